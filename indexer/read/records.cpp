#include "read/records.hpp"

#include <algorithm>
#include <array>

#include "izde/text/language.hpp"

#include "clip/date.hpp"
#include "read/tidy.hpp"

namespace izde::read {
namespace {

constexpr auto known = std::to_array<std::string_view>(
    {"id", "url", "title", "body", "text", "content", "date", "author", "source", "place", "lang", "tags"});

// What scrapers and editors' systems call them, where the plain name is missing.
struct OtherName {
    std::string_view other, plain;
};
constexpr auto other_names = std::to_array<OtherName>(
    {{"headline", "title"},     {"byline", "author"},       {"authors", "author"},
     {"published", "date"},     {"published_at", "date"},   {"publishedAt", "date"},
     {"publish_date", "date"},  {"date_published", "date"}, {"date_publish", "date"},
     {"datePublished", "date"}, {"pubDate", "date"},        {"pub_date", "date"},
     {"publisher", "source"},   {"publication", "source"},  {"source_name", "source"},
     {"site_name", "source"},   {"maintext", "body"},       {"article_body", "body"},
     {"articleBody", "body"},   {"full_text", "body"},      {"link", "url"},
     {"dateline", "place"},     {"location", "place"},      {"language", "lang"}});

std::string take(Fields& fields, std::string_view key) {
    const auto found = fields.find(std::string(key));
    if (found != fields.end() && !found->second.empty()) return std::move(found->second);
    for (const auto& [other, plain] : other_names) {
        const auto named = plain == key ? fields.find(std::string(other)) : fields.end();
        if (named != fields.end() && !named->second.empty()) return std::move(named->second);
    }
    return {};
}

std::string unified(std::string text) {
    for (std::size_t at = text.find('\r'); at != std::string::npos; at = text.find('\r', at + 1))
        if (at + 1 == text.size() || text[at + 1] != '\n') text[at] = '\n';
    return text;
}

}  // namespace

std::string known_fields() {
    std::string names;
    for (const auto name : known) names.append(names.empty() ? "" : " ").append(name);
    return names;
}

bool is_known_field(std::string_view key) {
    return std::find(known.begin(), known.end(), key) != known.end() ||
           std::ranges::any_of(other_names, [&](const OtherName& name) { return name.other == key; });
}

Result<index::Document> Collection::add(Fields fields, const std::string& place, const std::string& number) {
    index::Document document = plain_fields(fields);
    const std::string id = one_line(take(fields, "id"));
    document.record = id.empty() ? number : id;
    for (const char* key : {"body", "text", "content"}) {
        document.body = paragraphs(unified(take(fields, key)));
        if (!document.body.empty()) break;
    }
    if (document.title.empty() && document.body.empty())
        return fail(Errc::bad_document, place + ": no title and no text");
    if (!document.record.empty()) {
        const auto [seen, is_new] = places_.emplace(document.record, place);
        if (!is_new)
            return fail(Errc::bad_document,
                        place + ": the id \"" + document.record + "\" is taken by " + seen->second);
    }
    return document;
}

index::Document Collection::plain_fields(Fields& fields) const {
    index::Document document;
    document.path = origin_.path;
    document.format = to_string(format_);
    document.encoding = encoding_;
    document.title = one_line(take(fields, "title"));
    if (!document.title.empty()) document.title_source = "metadata";
    document.url = web_address(take(fields, "url"));
    document.author = one_line(take(fields, "author"));
    document.source = one_line(take(fields, "source"));
    document.place = one_line(take(fields, "place"));
    document.date = clip::read_date(take(fields, "date"), "metadata");
    const std::string lang = take(fields, "lang");
    if (!lang.empty()) document.lang = text::canonical_language(lang);
    return document;
}

}  // namespace izde::read
