#include "izde/index/postings.hpp"

#include "izde/text/analyze.hpp"

namespace izde::index {

Postings make_postings(Document document) {
    Postings postings;
    postings.title = text::analyze(document.title, document.lang);
    postings.body = text::analyze(document.body, document.lang);
    for (const Furniture& piece : document.boilerplate)
        postings.boilerplate.push_back(text::analyze(piece.text, document.lang));
    postings.document = std::move(document);
    return postings;
}

}  // namespace izde::index
