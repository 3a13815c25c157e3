#include "read/html_head.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "izde/text/language.hpp"

#include "clip/date.hpp"
#include "read/tidy.hpp"

namespace izde::read {
namespace {

constexpr auto separators =
    std::to_array<std::string_view>({" | ", " - ", " — ", " – ", " :: ", " · ", " » ", " / "});

std::string first_of(const std::map<std::string, std::string>& facts,
                     std::initializer_list<const char*> keys) {
    for (const char* key : keys) {
        const auto found = facts.find(key);
        if (found == facts.end()) continue;
        std::string fact = one_line(found->second);
        if (!fact.empty()) return fact;
    }
    return {};
}

// "Title | Site" or "Site | Title" around `part`.
bool has_at_an_end(std::string_view title, std::string_view part) {
    if (part.empty() || part.size() >= title.size()) return false;
    for (const auto separator : separators) {
        if (title.starts_with(part) && title.substr(part.size()).starts_with(separator)) return true;
        if (title.ends_with(part) && title.substr(0, title.size() - part.size()).ends_with(separator))
            return true;
    }
    return false;
}

std::string without_site(std::string title, const std::string& site) {
    for (const auto separator : separators) {
        const std::string ending = std::string(separator) + site;
        if (!site.empty() && title.size() > ending.size() && title.ends_with(ending))
            title.resize(title.size() - ending.size());
    }
    return title;
}

void apply_title(const Head& head, index::Document& document) {
    const std::string heading = one_line(head.heading);
    std::string title = first_of(head.data, {"headline"});
    if (title.empty()) title = first_of(head.meta, {"og:title"});
    if (title.empty()) title = one_line(head.title);
    if (title.empty() || has_at_an_end(title, heading)) {
        document.title = heading;
        document.title_source = heading.empty() ? "" : "heading";
        return;
    }
    document.title = without_site(std::move(title), document.source);
    document.title_source = "metadata";
}

void apply_date(const Head& head, index::Document& document) {
    const std::array<std::string, 4> declared{
        first_of(head.data, {"date"}), first_of(head.meta, {"article:published_time"}),
        first_of(head.meta,
                 {"date", "dc.date", "dc.date.issued", "dcterms.date", "pubdate", "datepublished"}),
        head.time};
    for (const auto& text : declared) {
        auto date = clip::read_date(text, "metadata");
        if (document.date.text.empty() || !date.value.empty()) document.date = std::move(date);
        if (!document.date.value.empty()) return;
    }
}

std::string author_of(const Head& head) {
    std::string author = first_of(head.data, {"author"});
    if (author.empty()) author = first_of(head.meta, {"article:author"});
    if (!web_address(author).empty()) author.clear();
    return author.empty() ? first_of(head.meta, {"author", "dc.creator"}) : author;
}

// The word behind `name`= or `name` =, quoted or not.
std::string value_behind(std::string_view text, std::string_view name) {
    const std::size_t at = text.find(name);
    if (at == std::string_view::npos) return {};
    constexpr std::string_view skipped = " \t\r\n\"'=";
    const std::size_t begin = text.find_first_not_of(skipped, at + name.size());
    if (begin == std::string_view::npos) return {};
    return std::string(text.substr(begin, text.find_first_of(" \t\r\n\"'/>;?", begin) - begin));
}

}  // namespace

std::string declared_charset(std::string_view bytes) {
    const std::string head = ascii_lower(bytes.substr(0, 4096));
    for (std::size_t at = head.find("<meta"); at != std::string::npos; at = head.find("<meta", at + 1)) {
        const std::string tag = head.substr(at, head.find('>', at) - at);
        std::string charset = value_behind(tag, "charset");
        if (!charset.empty()) return charset;
    }
    if (!head.starts_with("<?xml")) return {};
    return value_behind(std::string_view(head).substr(0, head.find("?>")), "encoding");
}

void apply(const Head& head, index::Document& document) {
    document.source = first_of(head.meta, {"og:site_name"});
    if (document.source.empty()) document.source = first_of(head.data, {"publisher"});
    document.author = author_of(head);
    document.url = web_address(head.canonical);
    if (document.url.empty()) document.url = web_address(first_of(head.meta, {"og:url"}));
    if (!head.lang.empty()) document.lang = text::canonical_language(head.lang);
    apply_title(head, document);
    apply_date(head, document);
}

}  // namespace izde::read
