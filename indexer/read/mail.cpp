// GMime makes a tree of the parts; which of them are the text is decided here, and their bytes are
// decoded as those of any other file. Depth and number of parts are bounded twice: before the tree
// is made (mail_bounds), and while it is walked.
#include "read/mail.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include <gmime/gmime.h>

#include "izde/text/language.hpp"

#include "clip/date.hpp"
#include "read/encoding.hpp"
#include "read/formats.hpp"
#include "read/mail_bounds.hpp"
#include "read/mail_header.hpp"
#include "read/mail_text.hpp"
#include "read/tidy.hpp"

namespace izde::read {
namespace {

constexpr int deepest = 50;
constexpr int most_parts = 1000;

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};
template <class Object>
using Owned = std::unique_ptr<Object, Unref>;

std::string text_or_empty(const char* text) {
    return text == nullptr ? std::string() : std::string(text);
}

std::string raw_header(GMimeObject* object, const char* name) {
    GMimeHeader* header = g_mime_header_list_get_header(g_mime_object_get_header_list(object), name);
    return header == nullptr ? std::string() : text_or_empty(g_mime_header_get_raw_value(header));
}

// Of a mail: what begins with "Content-" stands with the part that is its content.
std::string raw_header(GMimeMessage* message, const char* name) {
    std::string value = raw_header(GMIME_OBJECT(message), name);
    GMimeObject* part = g_mime_message_get_mime_part(message);
    return value.empty() && part != nullptr ? raw_header(part, name) : value;
}

std::string parameter(GMimeObject* object, const char* name) {
    return text_or_empty(g_mime_object_get_content_type_parameter(object, name));
}

// What was found in one part or in several.
struct Text {
    Letter letter;
    std::string encoding;
    std::optional<index::Document> page;  // of the first HTML part, for what its head says
    GMimeMessage* forwarded = nullptr;    // the first message within

    void add(Text other) {
        letter.add(other.letter);
        if (encoding.empty()) encoding = std::move(other.encoding);
        if (!page) page = std::move(other.page);
        if (forwarded == nullptr) forwarded = other.forwarded;
    }
};

class Parts {
  public:
    explicit Parts(const Origin& origin) : origin_(origin) {}

    Text read(GMimeObject* object, int depth = 0) {
        if (object == nullptr) return {};
        if (depth > deepest || ++count_ > most_parts) {
            is_cut_ = true;
            return {};
        }
        if (GMIME_IS_MULTIPART(object)) return read_multipart(GMIME_MULTIPART(object), depth);
        if (GMIME_IS_MESSAGE_PART(object)) return read_forwarded(GMIME_MESSAGE_PART(object), depth);
        return GMIME_IS_PART(object) ? read_part(GMIME_PART(object)) : Text();
    }

    bool is_cut() const { return is_cut_; }

  private:
    Text read_multipart(GMimeMultipart* parts, int depth);
    Text read_forwarded(GMimeMessagePart* part, int depth);
    Text read_part(GMimePart* part);
    Text read_page(const std::string& html) const;

    const Origin& origin_;
    int count_ = 0;
    bool is_cut_ = false;
};

bool is_alternative(GMimeMultipart* parts) {
    GMimeContentType* type = g_mime_object_get_content_type(GMIME_OBJECT(parts));
    return g_mime_content_type_is_type(type, "multipart", "alternative") != 0;
}

// The plain text, unless it only says that there is a page: those are written by their authors,
// plain texts often by a program.
Text choose(std::vector<Text> alternatives) {
    constexpr std::size_t most_times_longer = 8;
    Text chosen;
    for (Text& text : alternatives) {
        const bool is_first = chosen.letter.body.empty();
        const bool is_stub = chosen.letter.body.size() * most_times_longer < text.letter.body.size();
        if (is_first || (!chosen.page && is_stub)) {
            if (!text.page && chosen.page) text.page = std::move(chosen.page);
            chosen = std::move(text);
        } else if (!chosen.page) {
            chosen.page = std::move(text.page);
        }
    }
    return chosen;
}

Text Parts::read_multipart(GMimeMultipart* parts, int depth) {
    std::vector<Text> found;
    const int count = std::min(g_mime_multipart_get_count(parts), most_parts + 1);
    found.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) found.push_back(read(g_mime_multipart_get_part(parts, i), depth + 1));
    if (is_alternative(parts)) return choose(std::move(found));
    Text all;
    for (Text& text : found) all.add(std::move(text));
    return all;
}

Text Parts::read_forwarded(GMimeMessagePart* part, int depth) {
    GMimeMessage* message = g_mime_message_part_get_message(part);
    if (message == nullptr) return {};
    Text text = read(g_mime_message_get_mime_part(message), depth + 1);
    text.forwarded = message;
    return text;
}

// "text/plain" that is meant to be saved is none to be read.
bool is_attached(GMimePart* part) {
    GMimeObject* object = GMIME_OBJECT(part);
    GMimeContentType* type = g_mime_object_get_content_type(object);
    const std::string disposition = text_or_empty(g_mime_object_get_disposition(object));
    if (ascii_lower(disposition) == "attachment") return true;
    if (type == nullptr) return false;
    constexpr auto readable = std::to_array<const char*>({"plain", "html", "markdown", "enriched"});
    return std::none_of(readable.begin(), readable.end(), [&](const char* subtype) {
        return g_mime_content_type_is_type(type, "text", subtype) != 0;
    });
}

std::string content_of(GMimePart* part) {
    GMimeDataWrapper* content = g_mime_part_get_content(part);
    if (content == nullptr) return {};
    const Owned<GMimeStream> memory(g_mime_stream_mem_new());
    g_mime_data_wrapper_write_to_stream(content, memory.get());
    const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory.get()));
    return {reinterpret_cast<const char*>(bytes->data), bytes->len};
}

Text Parts::read_part(GMimePart* part) {
    Text text;
    GMimeObject* object = GMIME_OBJECT(part);
    if (is_attached(part)) {
        text.letter.add_furniture(one_line(text_or_empty(g_mime_part_get_filename(part))));
        return text;
    }
    Decoded decoded = decode(content_of(part), parameter(object, "charset"));
    GMimeContentType* type = g_mime_object_get_content_type(object);
    if (type != nullptr && g_mime_content_type_is_type(type, "text", "html") != 0) {
        text = read_page(decoded.text);
    } else {
        if (ascii_lower(parameter(object, "format")) == "flowed")
            decoded.text = unflowed(decoded.text, ascii_lower(parameter(object, "delsp")) == "yes");
        text.letter = read_letter(decoded.text);
    }
    text.encoding = std::move(decoded.encoding);
    return text;
}

Text Parts::read_page(const std::string& html) const {
    Text text;
    read_html("\xEF\xBB\xBF" + html, origin_, [&](Result<index::Document> page) {
        if (page) text.page = std::move(*page);
    });
    if (!text.page) return text;
    text.letter.body = std::exchange(text.page->body, {});
    text.letter.boilerplate = std::exchange(text.page->boilerplate, {});
    return text;
}

// ---- what the headers say ----

std::string source_of(GMimeMessage* mail, const std::string& hint) {
    const std::string list = header_text(raw_header(mail, "List-Id"), hint);
    std::string name = one_line(list.substr(0, list.find('<')));
    if (name.size() > 2 && name.starts_with('"') && name.ends_with('"'))
        name = name.substr(1, name.size() - 2);
    for (const char* header : {"X-Newsletter", "Organization"})
        if (name.empty()) name = header_text(raw_header(mail, header), hint);
    return name;
}

std::string url_of(GMimeMessage* mail) {
    std::string url;
    for (const char* header : {"Archived-At", "X-Original-URL", "Content-Location"})
        if (url.empty()) url = header_address(raw_header(mail, header));
    return url;
}

void read_headers(GMimeMessage* mail, const std::string& hint, index::Document& document) {
    document.title = without_reply_marks(header_text(raw_header(mail, "Subject"), hint));
    if (!document.title.empty()) document.title_source = "metadata";
    document.author = header_names(raw_header(mail, "From"), hint);
    document.date = header_date(header_text(raw_header(mail, "Date"), hint));
    document.source = source_of(mail, hint);
    document.url = url_of(mail);
    const std::string lang = header_text(raw_header(mail, "Content-Language"));
    if (!lang.empty()) document.lang = text::canonical_language(lang.substr(0, lang.find(',')));
}

// What the mail's headers left open, as another document has it.
void complete(index::Document& document, const index::Document& other) {
    if (document.title.empty()) {
        document.title = other.title;
        document.title_source = other.title_source;
    }
    if (document.author.empty()) {
        document.author = other.author;
        document.author_source = other.author_source;
    }
    if (document.date.value.empty() && !other.date.value.empty()) document.date = other.date;
    if (document.source.empty()) {
        document.source = other.source;
        document.source_source = other.source_source;
    }
    if (document.place.empty()) {
        document.place = other.place;
        document.place_source = other.place_source;
    }
    if (document.url.empty()) document.url = other.url;
    if (document.lang == "und") document.lang = other.lang;
}

// Whether the mail's author wrote nothing but passed another mail on.
bool only_forwards(GMimeMessage* message) {
    GMimeObject* part = g_mime_message_get_mime_part(message);
    if (part == nullptr) return false;
    if (GMIME_IS_MESSAGE_PART(part)) return true;
    if (!GMIME_IS_MULTIPART(part)) return false;
    GMimeMultipart* parts = GMIME_MULTIPART(part);
    const int count = std::min(g_mime_multipart_get_count(parts), most_parts);
    for (int i = 0; i < count; ++i) {
        GMimeObject* one = g_mime_multipart_get_part(parts, i);
        if (GMIME_IS_MESSAGE_PART(one)) return true;
        if (!GMIME_IS_PART(one) || is_attached(GMIME_PART(one))) return false;
        if (content_of(GMIME_PART(one)).find_first_not_of(" \t\r\n") != std::string::npos) return false;
    }
    return false;
}

index::Document document_of(GMimeMessage* message, Text text) {
    const bool is_plain = text.encoding == "UTF-8" || text.encoding.starts_with("UTF-16");
    const std::string hint = is_plain ? std::string() : text.encoding;
    index::Document document;
    document.encoding = text.encoding.empty() ? "UTF-8" : text.encoding;
    if (text.forwarded != nullptr && only_forwards(message)) {
        read_headers(text.forwarded, hint, document);
        index::Document outer;
        read_headers(message, hint, outer);
        complete(document, outer);
    } else {
        read_headers(message, hint, document);
    }
    if (text.page) complete(document, *text.page);
    document.body = std::move(text.letter.body);
    document.boilerplate = std::move(text.letter.boilerplate);
    return document;
}

Owned<GMimeMessage> parse(const std::string& bytes) {
    static const bool initialized = (g_mime_init(), true);
    static_cast<void>(initialized);
    const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
    const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
    return Owned<GMimeMessage>(g_mime_parser_construct_message(parser.get(), nullptr));
}

bool is_mail(GMimeMessage* message) {
    constexpr auto usual = std::to_array<const char*>(
        {"From", "Subject", "Date", "To", "Message-ID", "Received", "Content-Type", "MIME-Version"});
    return std::any_of(usual.begin(), usual.end(),
                       [&](const char* name) { return !raw_header(message, name).empty(); });
}

std::string message_id_of(GMimeMessage* message) {
    std::string id = header_text(raw_header(message, "Message-ID"));
    if (id.starts_with('<')) id = id.substr(1, id.find('>') - 1);
    return id;
}

// Saved from a mailbox by hand, or by an editor.
std::string_view without_preface(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    bytes.remove_prefix(std::min(bytes.find_first_not_of("\r\n"), bytes.size()));
    if (bytes.starts_with("From ")) bytes.remove_prefix(std::min(bytes.find('\n'), bytes.size() - 1) + 1);
    return bytes;
}

}  // namespace

Mail read_message(std::string_view bytes, const Origin& origin) {
    const bool is_wide = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
    const std::string narrow = is_wide ? decode(bytes).text : std::string();
    const Bounded bounded = bounded_mail(without_preface(is_wide ? narrow : bytes));
    const auto message = parse(bounded.bytes);
    if (!message || !is_mail(message.get()))
        return {fail(Errc::bad_document, "not a mail: it has none of a mail's headers"), {}, false};
    Parts parts(origin);
    Text text = parts.read(g_mime_message_get_mime_part(message.get()));
    index::Document document = document_of(message.get(), std::move(text));
    const std::string id = message_id_of(message.get());
    const bool is_cut = bounded.is_cut || parts.is_cut();
    if (document.title.empty() && document.body.empty())
        return {fail(Errc::bad_document, "no subject and no text"), id, is_cut};
    drop_repeated_title(document);
    return {std::move(document), id, is_cut};
}

void read_mail(std::string_view bytes, const Origin& origin, const Sink& sink) {
    Mail mail = read_message(bytes, origin);
    if (mail.document) {
        mail.document->path = origin.path;
        mail.document->format = to_string(Format::mail);
    }
    sink(std::move(mail.document));
    if (mail.is_cut) sink(fail(Errc::bad_document, std::string(cut_note)));
}

}  // namespace izde::read
