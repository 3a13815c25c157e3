// RSS 0.9x, 1.0, 2.0 and Atom as a stream of tags; one entry at a time is kept. The only entities are
// those of XML and HTML: what a file declares itself is not looked at.
#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <unordered_set>

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include "read/encoding.hpp"
#include "read/feed_entry.hpp"
#include "read/formats.hpp"
#include "read/tidy.hpp"

namespace izde::read {
namespace {

std::string_view view(const xmlChar* text) {
    return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

template <class Names>
bool is_one_of(const Names& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

// The vocabularies elements are of, by a part of their address; who forgets to declare one uses
// its usual prefix.
struct Vocabulary {
    std::string_view address;
    std::string_view prefix;
};
constexpr auto vocabularies = std::to_array<Vocabulary>({{"purl.org/dc/", "dc"},
                                                         {"purl.org/rss/1.0/modules/content", "content"},
                                                         {"search.yahoo.com/mrss", "media"},
                                                         {"www.w3.org/2005/Atom", ""},
                                                         {"purl.org/atom/ns", ""},
                                                         {"22-rdf-syntax-ns", "rdf"},
                                                         {"purl.org/rss/1.0/", ""},
                                                         {"my.netscape.com/rdf", ""},
                                                         {"channel.netscape.com/rdf", ""},
                                                         {"backend.userland.com", ""},
                                                         {"blogs.law.harvard.edu", ""}});

constexpr auto text_fields = std::to_array<std::string_view>(
    {"link", "guid", "id", "pubDate", "published", "issued", "created", "dc:date", "updated", "modified",
     "author", "dc:creator", "source", "dc:source", "dc:language", "language"});
constexpr auto markup_fields =
    std::to_array<std::string_view>({"title", "dc:title", "content:encoded", "content", "description",
                                     "summary", "dc:description", "media:title", "media:description"});
constexpr auto kept_attributes =
    std::to_array<std::string_view>({"href", "class", "id", "hidden", "aria-hidden", "datetime"});
constexpr auto never_closed = std::to_array<std::string_view>({"br", "hr", "img", "input", "wbr"});

struct Element {
    std::string name;  // "title", "dc:creator": as feeds that follow the usage write it
    std::string local;
    std::map<std::string, std::string> attributes;  // "href", "xml:lang"
    long line = 0;

    std::string value_of(const char* attribute) const {
        const auto found = attributes.find(attribute);
        return found == attributes.end() ? std::string() : found->second;
    }
};

std::string usual_name(const xmlChar* name, const xmlChar* prefix, const xmlChar* address) {
    std::string_view usual = view(prefix);
    for (const auto& vocabulary : vocabularies)
        if (view(address).find(vocabulary.address) != std::string_view::npos) {
            usual = vocabulary.prefix;
            break;
        }
    if (usual == "atom") usual = {};
    return (usual.empty() ? std::string() : std::string(usual) + ':').append(view(name));
}

void append_escaped(std::string& html, std::string_view text) {
    for (const char c : text) {
        if (c == '&')
            html += "&amp;";
        else if (c == '<')
            html += "&lt;";
        else if (c == '"')
            html += "&quot;";
        else
            html += c;
    }
}

// What stands in an element: its text, or once an element opens in it, its markup.
class Capture {
  public:
    Capture() = default;
    Capture(std::string key, std::size_t depth, std::string type)
        : key_(std::move(key)), type_(std::move(type)), depth_(depth) {}

    std::size_t depth() const { return depth_; }
    const std::string& key() const { return key_; }
    bool is_markup() const { return is_one_of(markup_fields, key_); }

    void text(std::string_view text) {
        has_elements_ ? append_escaped(text_, text) : static_cast<void>(text_.append(text));
    }
    void open(const Element& element) {
        if (!std::exchange(has_elements_, true))
            append_escaped(html_, text_), text_ = std::exchange(html_, {});
        text_.append("<").append(element.local);
        for (const auto& [name, value] : element.attributes) {
            if (!is_one_of(kept_attributes, name)) continue;
            text_.append(" ").append(name).append("=\"");
            append_escaped(text_, value);
            text_ += '"';
        }
        text_ += '>';
    }
    void close(std::string_view local) {
        if (has_elements_ && !is_one_of(never_closed, local)) text_.append("</").append(local).append(">");
    }

    FeedField take() {
        const bool may_be_html = type_.empty() || type_.find("html") != std::string::npos;
        const bool is_html = has_elements_ || (is_markup() && may_be_html && type_ != "xhtml" &&
                                               text_.find_first_of("<&") != std::string::npos);
        return {std::move(text_), is_html};
    }

  private:
    std::string key_;
    std::string type_;
    std::size_t depth_ = 0;  // 0: nothing is gathered
    bool has_elements_ = false;
    std::string text_;
    std::string html_;
};

// Listens to the parser, and knows where in a feed it is.
class Listener {
  public:
    using OnEntry = std::function<void(const FeedEntry&, const Feed&, long line)>;

    Listener(const Origin& origin, OnEntry on_entry) : origin_(origin), on_entry_(std::move(on_entry)) {}

    void open(const Element& element);
    void close(std::string_view local);
    void text(std::string_view text) {
        if (capture_.depth() != 0) capture_.text(text);
    }

    bool is_feed() const { return is_feed_; }
    bool is_atom() const { return is_atom_; }

    xmlEntity* entity(std::string_view name);

  private:
    void open_root(const Element& element);
    void open_entry(const Element& element);
    void open_field(const Element& element);
    void begin_capture(std::string key, const Element& element);
    void note_link(const Element& element);
    void keep();

    const Origin& origin_;
    OnEntry on_entry_;
    Feed feed_;
    FeedEntry entry_;
    long entry_line_ = 0;
    std::size_t depth_ = 0;
    std::size_t entry_depth_ = 0;    // 0: not in an entry
    std::size_t channel_depth_ = 0;  // 0: not in what is said of the feed
    std::string parent_;             // the author or source that a field stands in
    bool is_feed_ = false;
    bool is_atom_ = false;
    Capture capture_;
    std::string entity_text_;
    xmlEntity entity_{};
};

void Listener::open_root(const Element& element) {
    is_atom_ = element.name == "feed" || element.name == "entry";
    is_feed_ = is_atom_ || element.name == "rss" || element.name == "rdf:RDF" || element.name == "RDF";
    if (element.name == "feed") channel_depth_ = 1;
    feed_.lang = element.value_of("xml:lang");
    feed_.link = element.value_of("xml:base");
}

void Listener::open_entry(const Element& element) {
    entry_depth_ = depth_;
    entry_line_ = element.line;
    entry_ = {};
    for (const char* attribute : {"rdf:about", "xml:lang"})
        if (std::string value = element.value_of(attribute); !value.empty())
            entry_.fields.emplace(attribute == std::string_view("xml:lang") ? "lang" : attribute,
                                  FeedField{std::move(value), false});
}

void Listener::open(const Element& element) {
    ++depth_;
    if (depth_ == 1) open_root(element);
    if (!is_feed_) return;
    if (capture_.depth() != 0) {
        if (capture_.is_markup()) return capture_.open(element);
        if (depth_ == capture_.depth() + 1 && !parent_.empty())
            begin_capture(parent_ + "/" + element.local, element);
        return;
    }
    if (entry_depth_ == 0 && (element.name == "item" || element.name == "entry")) return open_entry(element);
    if (entry_depth_ == 0 && element.name == "channel") {
        channel_depth_ = depth_;
        if (std::string lang = element.value_of("xml:lang"); !lang.empty()) feed_.lang = std::move(lang);
        return;
    }
    open_field(element);
}

// Of a title that is a link, a date in a group and the like only media:* is looked for deeper down.
void Listener::open_field(const Element& element) {
    const std::size_t around = entry_depth_ != 0 ? entry_depth_ : channel_depth_;
    if (around == 0) return;
    const bool is_direct = depth_ == around + 1;
    if (is_direct) parent_ = element.name == "author" || element.name == "source" ? element.name : "";
    if (is_direct && element.name == "link") note_link(element);
    if (element.name == "guid" && element.value_of("isPermaLink") == "false") entry_.guid_is_link = false;
    if (!is_direct && depth_ == around + 2 && !parent_.empty())
        return begin_capture(parent_ + "/" + element.local, element);
    if (!is_direct && !(entry_depth_ != 0 && element.name.starts_with("media:"))) return;
    if (is_one_of(text_fields, element.name) || is_one_of(markup_fields, element.name))
        begin_capture(element.name, element);
}

void Listener::begin_capture(std::string key, const Element& element) {
    std::string type = ascii_lower(element.value_of("type"));
    if (is_atom_ && type.empty() && !element.name.starts_with("media:")) type = "text";
    capture_ = Capture(std::move(key), depth_, std::move(type));
}

// Atom's links are attributes; the alternate one is the entry's page.
void Listener::note_link(const Element& element) {
    const std::string relation = element.value_of("rel");
    const std::string address = element.value_of("href");
    if (address.empty() || (!relation.empty() && relation != "alternate")) return;
    if (entry_depth_ != 0)
        entry_.fields.emplace("link", FeedField{address, false});
    else if (feed_.link.empty())
        feed_.link = address;
}

void Listener::keep() {
    const std::string key = capture_.key();
    FeedField field = std::exchange(capture_, {}).take();
    if (one_line(field.text).empty()) return;
    if (entry_depth_ != 0) {
        const auto [known, is_new] = entry_.fields.emplace(key, field);
        const bool may_be_several = key == "author/name" || key == "dc:creator";
        if (!is_new && may_be_several) known->second.text += ", " + field.text;
        return;
    }
    if (key == "title" && feed_.title.empty()) feed_.title = plain_field(field, origin_);
    if (key == "language" || key == "dc:language") feed_.lang = one_line(field.text);
    if (key == "link" && feed_.link.empty()) feed_.link = one_line(field.text);
}

void Listener::close(std::string_view local) {
    if (capture_.depth() == depth_ && depth_ != 0)
        keep();
    else if (capture_.depth() != 0)
        capture_.close(local);
    if (depth_ == entry_depth_ && depth_ != 0) {
        on_entry_(entry_, feed_, entry_line_);
        entry_depth_ = 0;
        entry_ = {};
    }
    if (depth_ == channel_depth_) channel_depth_ = 0;
    if (depth_ > 0) --depth_;
}

void append_utf8(std::string& text, unsigned int character) {
    std::array<xmlChar, 8> bytes{};
    const int length = xmlCopyCharMultiByte(bytes.data(), static_cast<int>(character));
    text.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length));
}

// &nbsp; and the like, which feeds use without saying from where.
xmlEntity* Listener::entity(std::string_view name) {
    const std::string known(name);
    const auto* found = htmlEntityLookup(reinterpret_cast<const xmlChar*>(known.c_str()));
    if (found == nullptr) return nullptr;
    entity_text_.clear();
    append_utf8(entity_text_, found->value);
    entity_ = {};
    entity_.type = XML_ENTITY_DECL;
    entity_.etype = XML_INTERNAL_PREDEFINED_ENTITY;
    entity_.name = reinterpret_cast<const xmlChar*>(found->name);
    entity_.content = entity_.orig = reinterpret_cast<xmlChar*>(entity_text_.data());
    entity_.length = static_cast<int>(entity_text_.size());
    return &entity_;
}

struct Context {
    Listener listener;
    xmlParserCtxtPtr parser = nullptr;
    std::string problem;  // the first one past which nothing is read
};

void on_open(void* data, const xmlChar* name, const xmlChar* prefix, const xmlChar* address, int,
             const xmlChar**, int count, int, const xmlChar** attributes) {
    constexpr std::ptrdiff_t longest_value = 64 << 10;
    auto& context = *static_cast<Context*>(data);
    Element element{usual_name(name, prefix, address), std::string(view(name)), {}, 0};
    for (int i = 0; i < count; ++i, attributes += 5) {
        const std::ptrdiff_t length = std::min(attributes[4] - attributes[3], longest_value);
        std::string key = std::string(view(attributes[1])) + (attributes[1] == nullptr ? "" : ":");
        element.attributes.emplace(
            key.append(view(attributes[0])),
            std::string(reinterpret_cast<const char*>(attributes[3]), static_cast<std::size_t>(length)));
    }
    element.line = xmlSAX2GetLineNumber(context.parser);
    context.listener.open(element);
}

void on_close(void* data, const xmlChar* name, const xmlChar*, const xmlChar*) {
    static_cast<Context*>(data)->listener.close(view(name));
}

// The text goes on behind its length, to the end of the file.
void on_text(void* data, const xmlChar* text, int length) {
    static_cast<Context*>(data)->listener.text(
        {reinterpret_cast<const char*>(text), static_cast<std::size_t>(length)});
}

xmlEntityPtr on_entity(void* data, const xmlChar* name) {
    return static_cast<Context*>(data)->listener.entity(view(name));
}

void on_problem(void* data, xmlErrorPtr error) {
    auto& context = *static_cast<Context*>(data);
    if (error->level != XML_ERR_FATAL || !context.problem.empty()) return;
    context.problem = "line " + std::to_string(error->line) +
                      ": not valid XML: " + one_line(error->message == nullptr ? "" : error->message);
    xmlStopParser(context.parser);
}

// Empty, or why the rest could not be read.
std::string parse(const std::string& xml, Context& context) {
    static const bool initialized = (xmlInitParser(), true);
    static_cast<void>(initialized);
    const std::unique_ptr<xmlParserCtxt, decltype(&xmlFreeParserCtxt)> parser(
        xmlCreateMemoryParserCtxt(xml.data(), static_cast<int>(xml.size())), &xmlFreeParserCtxt);
    if (!parser) return "cannot be read as XML";
    *parser->sax = xmlSAXHandler{};
    parser->sax->initialized = XML_SAX2_MAGIC;
    parser->sax->startElementNs = on_open;
    parser->sax->endElementNs = on_close;
    parser->sax->characters = on_text;
    parser->sax->cdataBlock = on_text;
    parser->sax->getEntity = on_entity;
    parser->sax->serror = on_problem;
    parser->userData = &context;
    context.parser = parser.get();
    xmlCtxtUseOptions(parser.get(),
                      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_IGNORE_ENC);
    xmlParseDocument(parser.get());
    return context.problem;
}

// The encoding an XML declaration names; empty: none.
std::string declared_encoding(std::string_view bytes) {
    const std::string_view head = bytes.substr(0, std::min<std::size_t>(bytes.find("?>"), 200));
    const std::size_t at = head.find("encoding");
    const std::size_t quote = head.find_first_of("\"'", std::min(at, head.size()));
    if (at == std::string_view::npos || quote == std::string_view::npos) return {};
    const std::size_t end = head.find(head[quote], quote + 1);
    return std::string(head.substr(quote + 1, std::min(end, head.size()) - quote - 1));
}

// What XML forbids, and editors and databases put there all the same.
void blank_controls(std::string& text) {
    for (char& c : text)
        if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') c = ' ';
}

// Behind the mark that ends what begins at `at`; the text's end if there is none.
std::size_t behind(std::string_view text, std::string_view mark, std::size_t at) {
    const std::size_t end = text.find(mark, at);
    return end == std::string_view::npos ? text.size() : end + mark.size();
}

// Behind the declaration that begins at `at`, with all that stands in its brackets.
std::size_t doctype_end(std::string_view text, std::size_t at) {
    bool in_brackets = false;
    while (at < text.size()) {
        const char c = text[at];
        if (text.substr(at, 4) == "<!--")
            at = behind(text, "-->", at);
        else if (c == '"' || c == '\'')
            at = behind(text, text.substr(at, 1), at + 1);
        else if (c == '>' && !in_brackets)
            return at + 1;
        else
            ++at;
        if (c == '[') in_brackets = true;
        if (c == ']') in_brackets = false;
    }
    return at;
}

// Without a document type there are no entities to expand and nothing to fetch.
void blank_doctype(std::string& text) {
    for (std::size_t at = text.find('<'); at < text.size(); at = text.find('<', at)) {
        const std::string_view rest = std::string_view(text).substr(at);
        if (rest.starts_with("<?")) {
            at = behind(text, "?>", at);
        } else if (rest.starts_with("<!--")) {
            at = behind(text, "-->", at);
        } else {
            if (!rest.starts_with("<!DOCTYPE")) return;
            const std::size_t end = doctype_end(text, at);
            std::replace_if(
                text.begin() + static_cast<std::ptrdiff_t>(at),
                text.begin() + static_cast<std::ptrdiff_t>(end), [](char c) { return c != '\n'; }, ' ');
            return;
        }
    }
}

// Of two entries with one id the second is known by its number.
class Records {
  public:
    std::string take(const std::string& id) {
        ++number_;
        return !id.empty() && seen_.insert(id).second ? id : std::to_string(number_);
    }

  private:
    std::size_t number_ = 0;
    std::unordered_set<std::string> seen_;
};

}  // namespace

void read_feed(std::string_view bytes, const Origin& origin, const Sink& sink) {
    Decoded decoded = decode(bytes, declared_encoding(bytes));
    blank_controls(decoded.text);
    blank_doctype(decoded.text);
    decoded.text.erase(0, decoded.text.find_first_not_of(" \t\n"));
    Records records;
    Context* self = nullptr;
    const auto on_entry = [&](const FeedEntry& entry, const Feed& feed, long line) {
        auto document = read_entry(entry, feed, origin);
        const std::string record = records.take(document ? document->record : std::string());
        if (!document)
            return sink(
                fail(Errc::bad_document, "line " + std::to_string(line) + ": " + document.error().message));
        document->record = record;
        document->path = origin.path;
        document->format = to_string(self->listener.is_atom() ? Format::atom : Format::rss);
        document->encoding = decoded.encoding;
        sink(std::move(document));
    };
    Context context{Listener(origin, on_entry), nullptr, {}};
    self = &context;
    const std::string problem = parse(decoded.text, context);
    if (!context.listener.is_feed())
        sink(fail(Errc::bad_document, "neither RSS nor Atom" + (problem.empty() ? "" : "; " + problem)));
    else if (!problem.empty())
        sink(fail(Errc::bad_document, problem));
}

}  // namespace izde::read
