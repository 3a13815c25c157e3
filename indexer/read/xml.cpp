#include "read/xml.hpp"

#include <memory>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include "read/tidy.hpp"

namespace izde::read {
namespace {

constexpr std::size_t deepest = 250;  // libxml2 stops at 256
constexpr std::size_t most_attributes = 1000;

// libxml2 compares each attribute with all before it, so they are counted before it sees them: what follows
// a "=" as a value does, since the last "<". Nothing else has so many of them.
class TagWatch {
  public:
    bool is_sound(std::string_view bytes) {
        for (const char c : bytes) {
            if (c == '<') attributes_ = 0;
            if ((c == '"' || c == '\'') && behind_equal_ && ++attributes_ > most_attributes) return false;
            if (c != ' ' && c != '\n' && c != '\t' && c != '\0') behind_equal_ = c == '=';
        }
        return true;
    }

  private:
    bool behind_equal_ = false;
    std::size_t attributes_ = 0;
};

struct Context {
    const ByteSource& bytes;
    const XmlHandler& handler;
    xmlParserCtxtPtr parser = nullptr;
    XmlAttributes attributes;
    TagWatch tags;
    std::string problem;  // the first one, past which nothing is read
    std::size_t depth = 0;
    bool is_wide = false;  // UTF-16, where a zero is no control character
    bool has_begun = false;
};

std::string_view view(const xmlChar* text) {
    return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

void stop(Context& context, std::string problem) {
    if (context.problem.empty()) context.problem = std::move(problem);
    xmlStopParser(context.parser);
}

// XML forbids control characters, and editors and databases put them there all the same.
int give(void* data, char* to, int size) {
    Context& context = *static_cast<Context*>(data);
    const std::size_t got = context.bytes(to, static_cast<std::size_t>(size));
    const std::string_view given(to, got);
    if (!std::exchange(context.has_begun, true))
        context.is_wide = given.substr(0, 4).find('\0') != std::string_view::npos ||
                          given.starts_with("\xFF\xFE") || given.starts_with("\xFE\xFF");
    for (std::size_t i = 0; i < got && !context.is_wide; ++i)
        if (static_cast<unsigned char>(to[i]) < 0x20 && to[i] != '\n' && to[i] != '\t' && to[i] != '\r')
            to[i] = ' ';
    if (context.tags.is_sound(given)) return static_cast<int>(got);
    // Not stopped from here: libxml2 is in the middle of its buffer.
    if (context.problem.empty()) context.problem = "its XML has a tag with too many attributes";
    return 0;
}

void on_open(void* data, const xmlChar* name, const xmlChar*, const xmlChar*, int, const xmlChar**, int count,
             int, const xmlChar** attributes) {
    Context& context = *static_cast<Context*>(data);
    if (!context.problem.empty()) return;
    if (++context.depth > deepest) return stop(context, "its XML is nested too deeply");
    context.attributes.clear();
    for (int i = 0; i < count; ++i, attributes += 5)
        context.attributes.add(view(attributes[0]),
                               {reinterpret_cast<const char*>(attributes[3]),
                                static_cast<std::size_t>(attributes[4] - attributes[3])});
    if (context.handler.open) context.handler.open(view(name), context.attributes);
}

void on_close(void* data, const xmlChar* name, const xmlChar*, const xmlChar*) {
    Context& context = *static_cast<Context*>(data);
    if (!context.problem.empty()) return;
    --context.depth;
    if (context.handler.close) context.handler.close(view(name));
}

void on_text(void* data, const xmlChar* text, int length) {
    const Context& context = *static_cast<Context*>(data);
    if (context.problem.empty() && context.handler.text)
        // It goes on behind its length, to the end of the file.
        context.handler.text({reinterpret_cast<const char*>(text), static_cast<std::size_t>(length)});
}

void on_problem(void* data, xmlErrorPtr error) {
    Context& context = *static_cast<Context*>(data);
    if (error->level != XML_ERR_FATAL) return;
    stop(context, "its XML is not valid: " + one_line(error->message == nullptr ? "" : error->message));
}

}  // namespace

std::string_view XmlAttributes::value_of(std::string_view name) const {
    for (const auto& [known, value] : attributes_)
        if (known == name) return value;
    return {};
}

std::string read_xml(const ByteSource& bytes, const XmlHandler& handler) {
    static const bool initialized = (xmlInitParser(), true);
    static_cast<void>(initialized);
    Context context{bytes, handler, nullptr, {}, {}, {}, 0, false, false};
    xmlSAXHandler listener{};
    listener.initialized = XML_SAX2_MAGIC;
    listener.startElementNs = on_open;
    listener.endElementNs = on_close;
    listener.characters = on_text;
    listener.ignorableWhitespace = on_text;
    listener.cdataBlock = on_text;
    listener.serror = on_problem;
    const std::unique_ptr<xmlParserCtxt, decltype(&xmlFreeParserCtxt)> parser(
        xmlCreateIOParserCtxt(&listener, &context, give, nullptr, &context, XML_CHAR_ENCODING_NONE),
        &xmlFreeParserCtxt);
    if (!parser) return context.problem.empty() ? "its XML cannot be read" : context.problem;
    context.parser = parser.get();
    xmlCtxtUseOptions(parser.get(), XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    xmlParseDocument(parser.get());
    return context.problem;
}

}  // namespace izde::read
