// libxml2 reads the page as a stream of tags; no tree is built, so its limits on depth do not
// apply. Its stack of open tags is walked at each stray end tag, though: past a depth nobody
// writes, the rest of the page is read afresh.
#include <algorithm>
#include <memory>
#include <vector>

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include "read/encoding.hpp"
#include "read/formats.hpp"
#include "read/html_attributes.hpp"
#include "read/html_page.hpp"
#include "read/html_story.hpp"
#include "read/html_text.hpp"
#include "read/tidy.hpp"

namespace izde::read {
namespace {

constexpr std::size_t deepest = 1000;
constexpr std::size_t slice_bytes = 256u << 10;

std::string_view view(const xmlChar* text) {
    return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

struct Listener {
    PageBuilder page;
    htmlParserCtxtPtr parser = nullptr;
    Attributes attributes = {};
    long resume_at = -1;  // where a new parser has to go on
};

void on_open(void* context, const xmlChar* name, const xmlChar** attributes) {
    auto& listener = *static_cast<Listener*>(context);
    if (listener.resume_at >= 0) return;
    Attributes& found = listener.attributes;
    found.clear();
    for (; attributes != nullptr && *attributes != nullptr; attributes += 2)
        found.add(view(attributes[0]), view(attributes[1]));
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

// A parser copies what it is given: were it the whole rest each time, a deep page would cost its square.
std::string_view slice(std::string_view html) {
    if (html.size() <= slice_bytes) return html;
    const std::size_t tag = html.rfind('<', slice_bytes);
    return html.substr(0, tag == 0 || tag == std::string_view::npos ? html.size() : tag);
}

Page parse_page(std::string_view html, Hints& hints) {
    static const bool initialized = (xmlInitParser(), true);
    static_cast<void>(initialized);
    Listener listener{PageBuilder(hints)};
    for (bool first = true; !html.empty(); first = false) {
        const std::string_view part = first ? html : slice(html);
        html.remove_prefix(std::clamp<std::size_t>(parse(part, listener), 1, part.size()));
        listener.page.forget_depth();
    }
    return listener.page.take();
}

}  // namespace

std::string html_text(std::string_view html) {
    std::string thin(html);
    Hints hints;
    drop_unread(thin, hints);
    const Page page = parse_page(thin, hints);
    index::Document document;
    write_story(page, find_story(page), document);
    return std::move(document.body);
}

void read_html(std::string_view bytes, const Origin& origin, const Sink& sink) {
    Decoded decoded = decode(bytes, declared_charset(bytes));
    Hints hints;
    drop_unread(decoded.text, hints);
    const Page page = parse_page(decoded.text, hints);
    const Story story = find_story(page);

    index::Document document;
    document.path = origin.path;
    document.format = to_string(Format::html);
    document.encoding = decoded.encoding;
    apply(page, story, document);
    write_story(page, story, document);
    drop_repeated_title(document);
    sink(std::move(document));
}

}  // namespace izde::read
