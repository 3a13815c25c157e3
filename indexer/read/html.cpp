// libxml2 reads the page as a stream of tags; no tree is built, so its limits on depth do not
// apply. Its stack of open tags is walked at each stray end tag, though: past a depth nobody
// writes, the rest of the page is read afresh.
#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <nlohmann/json.hpp>

#include "read/encoding.hpp"
#include "read/flow.hpp"
#include "read/formats.hpp"
#include "read/html_head.hpp"
#include "read/tidy.hpp"

namespace izde::read {
namespace {

constexpr std::size_t deepest = 1000;
constexpr std::size_t most_attributes = 1000;
constexpr std::size_t longest_json_ld = 1u << 20;
constexpr std::size_t slice_bytes = 256u << 10;

constexpr auto never_shown =
    std::to_array<std::string_view>({"script", "style", "noscript", "template", "svg", "iframe", "object",
                                     "button", "select", "textarea", "math"});
constexpr auto furniture = std::to_array<std::string_view>({"nav", "aside", "footer"});
constexpr auto blocks = std::to_array<std::string_view>(
    {"address", "article", "aside",    "blockquote", "body",    "dd",      "details", "dialog", "div",
     "dl",      "dt",      "fieldset", "figcaption", "figure",  "footer",  "form",    "h1",     "h2",
     "h3",      "h4",      "h5",       "h6",         "header",  "hr",      "html",    "legend", "main",
     "nav",     "ol",      "p",        "pre",        "section", "summary", "table",   "ul"});
constexpr auto lines = std::to_array<std::string_view>({"br", "li", "tr", "caption", "option"});
constexpr auto cells = std::to_array<std::string_view>({"td", "th"});

template <class Names>
bool is_one_of(const Names& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

using Attributes = std::vector<std::pair<std::string, std::string>>;

std::string value_of(const Attributes& attributes, std::string_view name) {
    for (const auto& [key, value] : attributes)
        if (key == name) return value;
    return {};
}

bool is_hidden(const Attributes& attributes) {
    for (const auto& [key, value] : attributes)
        if (key == "hidden" || (key == "aria-hidden" && value == "true")) return true;
    return false;
}

// Whole sites wrap their pages in one form; then it is no furniture.
enum class Forms { dropped, kept };

// Listens to the parser and keeps the visible text and the facts of the head.
class Page {
  public:
    explicit Page(Forms forms) : forms_(forms) {}

    void open(std::string_view name, const Attributes& attributes);
    void close(std::string_view name);
    void text(std::string_view text);
    void raw(std::string_view text);  // of script and style

    // A new parser starts with an empty stack.
    void forget_depth();

    Head& head() { return head_; }
    std::string take_body() { return flow_.take(); }
    std::size_t body_bytes() const { return flow_.size(); }
    std::size_t form_bytes() const { return form_bytes_; }
    std::size_t depth() const { return depth_; }

  private:
    bool is_dropped(std::string_view name, const Attributes& attributes) const;
    void open_header();
    void close_header();
    void note(std::string_view name, const Attributes& attributes);
    void add_border(std::string_view name);

    Forms forms_;
    Head head_;
    Flow flow_;
    std::size_t depth_ = 0;
    std::size_t dropped_at_ = 0;  // depth of the outermost element that is not shown; 0: none
    bool dropped_is_form_ = false;
    std::size_t form_bytes_ = 0;
    std::size_t pre_depth_ = 0;
    std::size_t article_depth_ = 0;
    bool in_head_ = false;
    bool in_title_ = false;
    bool title_done_ = false;
    bool in_heading_ = false;
    bool in_json_ld_ = false;
    bool nav_in_header_ = false;
    std::size_t header_depth_ = 0;  // 0: not in a page's header
    std::size_t header_begin_ = 0;
    Flow heading_;
    std::string json_ld_;
};

std::string text_of(const nlohmann::json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_object() && value.contains("name")) return text_of(value["name"]);
    std::string list;
    if (!value.is_array()) return list;
    for (const auto& item : value) {
        const std::string text = item.is_array() ? std::string() : text_of(item);
        if (!text.empty()) list += (list.empty() ? "" : ", ") + text;
    }
    return list;
}

bool is_article(const nlohmann::json& object) {
    const auto type = object.find("@type");
    if (type == object.end()) return false;
    const std::string name = text_of(*type);
    return name.find("Article") != std::string::npos || name.find("BlogPosting") != std::string::npos;
}

void read_json_ld(const nlohmann::json& data, Head& head, int depth = 0) {
    if (depth > 4) return;
    if (data.is_array()) {
        for (const auto& item : data) read_json_ld(item, head, depth + 1);
        return;
    }
    if (!data.is_object()) return;
    if (data.contains("@graph")) read_json_ld(data["@graph"], head, depth + 1);
    if (!is_article(data)) return;
    constexpr std::array<std::pair<const char*, const char*>, 4> wanted{{{"headline", "headline"},
                                                                         {"datePublished", "date"},
                                                                         {"author", "author"},
                                                                         {"publisher", "publisher"}}};
    for (const auto& [key, name] : wanted)
        if (data.contains(key)) head.data.emplace(name, text_of(data[key]));
}

bool Page::is_dropped(std::string_view name, const Attributes& attributes) const {
    if (is_one_of(never_shown, name) || is_one_of(furniture, name)) return true;
    if (name == "form") return forms_ == Forms::dropped;
    return is_hidden(attributes) && name != "html" && name != "body";
}

void Page::open(std::string_view name, const Attributes& attributes) {
    ++depth_;
    if (name == "nav" && header_depth_ != 0) nav_in_header_ = true;
    if (name == "script") in_json_ld_ = value_of(attributes, "type") == "application/ld+json";
    if (dropped_at_ != 0) return;
    add_border(name);
    if (is_dropped(name, attributes)) {
        dropped_at_ = depth_;
        dropped_is_form_ = name == "form";
        return;
    }
    note(name, attributes);
    if (name == "head") in_head_ = true;
    if (name == "body") in_head_ = false;
    if (name == "title") in_title_ = !title_done_;
    if (name == "h1") in_heading_ = head_.heading.empty();
    if (name == "pre") ++pre_depth_;
    if (name == "article" || name == "main") ++article_depth_;
    if (name == "header") open_header();
}

void Page::close(std::string_view name) {
    if (name == "script" && in_json_ld_) {
        in_json_ld_ = false;
        const auto data = nlohmann::json::parse(json_ld_, nullptr, false);
        if (!data.is_discarded()) read_json_ld(data, head_);
        json_ld_.clear();
    }
    if (dropped_at_ == 0) {
        if (name == "head") in_head_ = false;
        if (name == "title" && in_title_) in_title_ = false, title_done_ = true;
        if (name == "h1" && in_heading_) in_heading_ = false, head_.heading = one_line(heading_.take());
        if (name == "pre" && pre_depth_ > 0) --pre_depth_;
        if ((name == "article" || name == "main") && article_depth_ > 0) --article_depth_;
        add_border(name);
        if (depth_ == header_depth_) close_header();
    }
    if (depth_ == dropped_at_) dropped_at_ = 0;
    if (depth_ > 0) --depth_;
}

void Page::open_header() {
    if (header_depth_ != 0 || article_depth_ != 0) return;
    header_depth_ = depth_;
    header_begin_ = flow_.size();
    nav_in_header_ = false;
}

// A header with the site's navigation in it is the site's, not the document's.
void Page::close_header() {
    header_depth_ = 0;
    if (nav_in_header_) flow_.cut_back(header_begin_);
}

void Page::forget_depth() {
    depth_ = dropped_at_ = header_depth_ = pre_depth_ = article_depth_ = 0;
    in_head_ = in_title_ = in_json_ld_ = false;
}

void Page::note(std::string_view name, const Attributes& attributes) {
    if (name == "html" && head_.lang.empty()) head_.lang = value_of(attributes, "lang");
    if (name == "time" && head_.time.empty()) head_.time = value_of(attributes, "datetime");
    if (name == "link" && ascii_lower(value_of(attributes, "rel")) == "canonical" && head_.canonical.empty())
        head_.canonical = value_of(attributes, "href");
    if (name != "meta") return;
    for (const char* key : {"property", "name", "itemprop"}) {
        const std::string fact = ascii_lower(value_of(attributes, key));
        if (!fact.empty()) head_.meta.emplace(fact, value_of(attributes, "content"));
    }
}

void Page::add_border(std::string_view name) {
    const auto ask = [&](Flow& flow) {
        if (is_one_of(blocks, name)) flow.break_paragraph();
        if (is_one_of(lines, name)) flow.break_line();
        if (is_one_of(cells, name)) flow.break_cell();
    };
    ask(flow_);
    if (in_heading_) ask(heading_);
}

void Page::text(std::string_view text) {
    if (in_json_ld_) return raw(text);
    if (dropped_at_ != 0) {
        if (dropped_is_form_) form_bytes_ += text.size();
        return;
    }
    if (in_title_) {
        head_.title += text;
        return;
    }
    if (in_head_) return;
    if (in_heading_) heading_.add(text);
    pre_depth_ > 0 ? flow_.add_preformatted(text) : flow_.add(text);
}

void Page::raw(std::string_view text) {
    if (in_json_ld_ && json_ld_.size() + text.size() <= longest_json_ld) json_ld_ += text;
}

std::string_view view(const xmlChar* text) {
    return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

struct Listener {
    Page page;
    htmlParserCtxtPtr parser = nullptr;
    long resume_at = -1;  // where a new parser has to go on
};

void on_open(void* context, const xmlChar* name, const xmlChar** attributes) {
    auto& listener = *static_cast<Listener*>(context);
    if (listener.resume_at >= 0) return;
    Attributes found;
    for (; attributes != nullptr && *attributes != nullptr; attributes += 2)
        found.emplace_back(view(attributes[0]), view(attributes[1]));
    listener.page.open(view(name), found);
    if (listener.page.depth() <= deepest) return;
    listener.resume_at = xmlByteConsumed(listener.parser);
    if (listener.resume_at >= 0) xmlStopParser(listener.parser);
}

void on_close(void* context, const xmlChar* name) {
    auto& listener = *static_cast<Listener*>(context);
    if (listener.resume_at < 0) listener.page.close(view(name));
}

void on_text(void* context, const xmlChar* text, int length) {
    auto& listener = *static_cast<Listener*>(context);
    if (listener.resume_at < 0) listener.page.text(view(text).substr(0, static_cast<std::size_t>(length)));
}

void on_raw(void* context, const xmlChar* text, int length) {
    auto& listener = *static_cast<Listener*>(context);
    if (listener.resume_at < 0) listener.page.raw(view(text).substr(0, static_cast<std::size_t>(length)));
}

// Up to where the parser came; all of it, unless the page is too deep for one parser.
std::size_t parse(std::string_view html, Listener& listener) {
    struct Free {
        void operator()(htmlParserCtxtPtr parser) const { htmlFreeParserCtxt(parser); }
    };
    const std::unique_ptr<htmlParserCtxt, Free> parser(
        htmlCreateMemoryParserCtxt(html.data(), static_cast<int>(html.size())));
    if (!parser) return html.size();
    // The context owns its handler block and its user data; neither touches the network.
    *parser->sax = htmlSAXHandler{};
    parser->sax->startElement = on_open;
    parser->sax->endElement = on_close;
    parser->sax->characters = on_text;
    parser->sax->ignorableWhitespace = on_text;
    parser->sax->cdataBlock = on_raw;
    parser->userData = &listener;
    htmlCtxtUseOptions(parser.get(), HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                         HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
    xmlSwitchEncoding(parser.get(), XML_CHAR_ENCODING_UTF8);
    listener.parser = parser.get();
    listener.resume_at = -1;
    htmlParseDocument(parser.get());
    return listener.resume_at > 0 ? static_cast<std::size_t>(listener.resume_at) : html.size();
}

// libxml2 compares each attribute with all before it; what is past any sense is made blank.
void thin_out_attributes(std::string& html) {
    for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at)) {
        const char first = ascii_lower(html.substr(++at, 1))[0];
        if (first < 'a' || first > 'z') continue;
        std::size_t attributes = 0;
        char quote = '\0';
        char before = ' ';  // the last character that is no white space
        for (; at < html.size() && (quote != '\0' || html[at] != '>'); ++at) {
            const bool white = html[at] == ' ' || html[at] == '\n' || html[at] == '\t' || html[at] == '/';
            if (quote == html[at])
                quote = '\0';
            else if (quote == '\0' && before == '=' && (html[at] == '"' || html[at] == '\''))
                quote = html[at];
            else if (quote == '\0' && white)
                ++attributes;
            if (!white) before = html[at];
            if (attributes > most_attributes) html[at] = ' ';
        }
    }
}

// A parser copies what it is given: were it the whole rest each time, a deep page would cost its square.
std::string_view slice(std::string_view html) {
    if (html.size() <= slice_bytes) return html;
    const std::size_t tag = html.rfind('<', slice_bytes);
    return html.substr(0, tag == 0 || tag == std::string_view::npos ? html.size() : tag);
}

Page parse_page(std::string_view html, Forms forms) {
    static const bool initialized = (xmlInitParser(), true);
    static_cast<void>(initialized);
    Listener listener{Page(forms)};
    for (bool first = true; !html.empty(); first = false) {
        const std::string_view part = first ? html : slice(html);
        html.remove_prefix(std::clamp<std::size_t>(parse(part, listener), 1, part.size()));
        listener.page.forget_depth();
    }
    return std::move(listener.page);
}

}  // namespace

void read_html(std::string_view bytes, const Origin& origin, const Sink& sink) {
    Decoded decoded = decode(bytes, declared_charset(bytes));
    thin_out_attributes(decoded.text);
    Page page = parse_page(decoded.text, Forms::dropped);
    if (page.form_bytes() > page.body_bytes()) page = parse_page(decoded.text, Forms::kept);

    index::Document document;
    document.path = origin.path;
    document.format = to_string(Format::html);
    document.encoding = decoded.encoding;
    apply(page.head(), document);
    document.body = paragraphs(page.take_body());
    drop_repeated_title(document);
    sink(std::move(document));
}

}  // namespace izde::read
