#include "http/hit_markup.hpp"

namespace izde::http {

std::string document_href(const Sheet& sheet, const std::string& id) {
    const auto q = sheet.query();
    return href("/doc/" + id, q.empty() ? Params() : Params{{"q", q}});
}

std::string_view lang_of(const index::Document& document) {
    return document.lang == "und" ? std::string_view() : std::string_view(document.lang);
}

void write_meta(Sheet& sheet, const index::Document& document) {
    auto& html = sheet.html;
    const auto item = [&](std::string_view tag, Attributes attributes, std::string_view text) {
        if (text.empty()) return;
        html.open("span").element(tag, attributes, text).close("span");
    };
    const auto lang = lang_of(document);
    html.open("p", {{"class", "meta"}});
    item("span", {{"class", "source"}, {"lang", lang, !lang.empty()}}, document.source);
    item("span", {{"lang", lang, !lang.empty()}}, document.place);
    item("span", {{"lang", lang, !lang.empty()}}, document.author);
    item("time", {{"datetime", document.date.value}}, sheet.words.date(document.date.value));
    item("span", {}, sheet.words.language_name(document.lang));
    if (is_web_address(document.url))
        item("a", {{"class", "out"}, {"href", document.url}, {"rel", "noopener noreferrer"}},
             sheet.words.say("original"));
    else
        item("span", {{"class", "path"}},
             document.path + (document.record.empty() ? "" : " # " + document.record));
    html.close("p");
}

void write_hit(Sheet& sheet, const search::Hit& hit) {
    auto& html = sheet.html;
    const auto& document = hit.document;
    const auto lang = lang_of(document);
    html.open("li", {{"class", "hit"}}).open("h2", {{"lang", lang, !lang.empty()}, {"dir", "auto"}});
    html.open("a", {{"href", document_href(sheet, document.id)}});
    if (hit.title.text.empty())
        html.text(document.path.empty() ? document.id : document.path);
    else
        html.marked(hit.title);
    html.close("a").close("h2");
    write_meta(sheet, document);
    if (!hit.snippet.text.empty())
        html.open("p", {{"class", "snippet"}, {"lang", lang, !lang.empty()}, {"dir", "auto"}})
            .marked(hit.snippet)
            .close("p");
    if (document.similar > 0)
        html.open("p", {{"class", "more"}})
            .element("a", {{"href", document_href(sheet, document.id) + "#similar"}},
                     sheet.words.count("similar", document.similar))
            .close("p");
    html.close("li");
}

}  // namespace izde::http
