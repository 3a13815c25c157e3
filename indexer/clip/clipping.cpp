#include "clip/clipping.hpp"

#include "izde/text/utf8.hpp"

#include "clip/title.hpp"

namespace izde::clip {
namespace {

void name_declared(const std::string& value, std::string& source) {
    if (!value.empty() && source.empty()) source = "metadata";
}

void title_from_body(index::Document& document) {
    const Title title = find_title(document.body, document.path);
    document.title = text::collapse_spaces(title.text);
    document.title_source = title.source;
    document.body.erase(title.begin, title.end - title.begin);
    document.body.erase(0, document.body.find_first_not_of('\n'));
}

}  // namespace

void read_clipping(index::Document& document) {
    name_declared(document.author, document.author_source);
    name_declared(document.place, document.place_source);
    name_declared(document.source, document.source_source);
    if (document.title.empty()) title_from_body(document);
}

}  // namespace izde::clip
