#include "read/feed_entry.hpp"

#include <initializer_list>
#include <memory>
#include <optional>

#include <libxml/uri.h>

#include "izde/text/language.hpp"

#include "read/formats.hpp"
#include "read/mail_header.hpp"
#include "read/tidy.hpp"

namespace izde::read {
namespace {

constexpr std::size_t longest_record = 500;

const FeedField* find(const FeedFields& fields, std::initializer_list<const char*> keys) {
    for (const char* key : keys)
        if (const auto found = fields.find(key); found != fields.end()) return &found->second;
    return nullptr;
}

std::string line_of(const FeedFields& fields, std::initializer_list<const char*> keys) {
    for (const char* key : keys)
        if (const auto* field = find(fields, {key}))
            if (std::string line = one_line(field->text); !line.empty()) return line;
    return {};
}

std::optional<index::Document> page_of(const std::string& html, const Origin& origin) {
    std::optional<index::Document> page;
    read_html("\xEF\xBB\xBF" + html, origin, [&](Result<index::Document> read) {
        if (read) page = std::move(*read);
    });
    return page;
}

std::string resolved(const std::string& address, const std::string& base) {
    std::string whole = web_address(address);
    if (!whole.empty() || address.empty() || base.empty() || address.size() > 4096) return whole;
    const std::unique_ptr<xmlChar, void (*)(void*)> built(
        xmlBuildURI(reinterpret_cast<const xmlChar*>(address.c_str()),
                    reinterpret_cast<const xmlChar*>(base.c_str())),
        xmlFree);
    return built ? web_address(reinterpret_cast<const char*>(built.get())) : std::string();
}

std::string url_of(const FeedEntry& entry, const Feed& feed) {
    const std::string base = web_address(feed.link);
    std::string url = resolved(line_of(entry.fields, {"link"}), base);
    if (url.empty() && entry.guid_is_link) url = web_address(line_of(entry.fields, {"guid"}));
    return url.empty() ? web_address(line_of(entry.fields, {"id", "rdf:about"})) : url;
}

index::Date date_of(const FeedFields& fields) {
    index::Date first;
    for (const char* key : {"pubDate", "published", "issued", "dc:date", "created", "updated", "modified"}) {
        index::Date date = header_date(line_of(fields, {key}));
        if (!date.value.empty()) return date;
        if (first.text.empty()) first = std::move(date);
    }
    return first;
}

// RSS has "mail@example.org (Name)" here, most feeds have a name.
std::string author_of(const FeedFields& fields) {
    const std::string author = line_of(fields, {"author/name", "dc:creator", "author", "author/email"});
    return author.find('@') == std::string::npos ? author : header_names(author);
}

void read_body(const FeedEntry& entry, const Origin& origin, index::Document& document) {
    for (const char* key :
         {"content:encoded", "content", "description", "summary", "dc:description", "media:description"}) {
        const FeedField* field = find(entry.fields, {key});
        if (field == nullptr) continue;
        if (!field->is_html) {
            document.body = paragraphs(field->text);
        } else if (auto page = page_of(field->text, origin)) {
            document.body = std::move(page->body);
            document.boilerplate = std::move(page->boilerplate);
        }
        if (!document.body.empty()) return;
    }
}

}  // namespace

std::string plain_field(const FeedField& field, const Origin& origin) {
    if (!field.is_html) return one_line(field.text);
    const auto page = page_of("<body><div>" + field.text + "</div>", origin);
    return page ? one_line(page->body) : std::string();
}

Result<index::Document> read_entry(const FeedEntry& entry, const Feed& feed, const Origin& origin) {
    const FeedFields& fields = entry.fields;
    index::Document document;
    document.record = line_of(fields, {"guid", "id", "rdf:about", "link"});
    if (document.record.size() > longest_record) document.record.clear();
    if (const auto* title = find(fields, {"title", "dc:title", "media:title"}))
        document.title = plain_field(*title, origin);
    if (!document.title.empty()) document.title_source = "metadata";
    document.url = url_of(entry, feed);
    document.date = date_of(fields);
    document.author = author_of(fields);
    document.source = line_of(fields, {"source/title", "source", "dc:source"});
    if (document.source.empty() || !web_address(document.source).empty()) document.source = feed.title;
    std::string lang = line_of(fields, {"lang", "dc:language"});
    if (lang.empty()) lang = feed.lang;
    if (!lang.empty()) document.lang = text::canonical_language(lang);
    read_body(entry, origin, document);
    if (document.title.empty() && document.body.empty())
        return fail(Errc::bad_document, "no title and no text");
    drop_repeated_title(document);
    return document;
}

}  // namespace izde::read
