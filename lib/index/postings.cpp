#include "izde/index/postings.hpp"

#include "izde/text/analyze.hpp"

namespace izde::index {

Postings make_postings(Document document) {
    Postings postings;
    postings.title = text::analyze(document.title, document.lang);
    postings.body = text::analyze(document.body, document.lang);
    postings.document = std::move(document);
    return postings;
}

}  // namespace izde::index
