// cmark makes the tree, a walk over it collects the text. Neither recurses, so depth does not matter.
#include <algorithm>
#include <initializer_list>
#include <memory>
#include <mutex>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>

#include "izde/text/language.hpp"
#include "izde/text/utf8.hpp"

#include "clip/date.hpp"
#include "read/encoding.hpp"
#include "read/flow.hpp"
#include "read/formats.hpp"
#include "read/front_matter.hpp"
#include "read/tidy.hpp"

namespace izde::read {
namespace {

constexpr std::ptrdiff_t most_columns = 200;
constexpr std::size_t piece_bytes = 1u << 20;

template <class T, void (*release)(T*)>
struct Release {
    void operator()(T* held) const { release(held); }
};
using Parser = std::unique_ptr<cmark_parser, Release<cmark_parser, cmark_parser_free>>;
using Tree = std::unique_ptr<cmark_node, Release<cmark_node, cmark_node_free>>;
using Steps = std::unique_ptr<cmark_iter, Release<cmark_iter, cmark_iter_free>>;

// cmark fills each row of a table up to the columns of its head: a head of thousands of columns
// makes a tree a thousand times the file.
bool has_monstrous_table(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = text.substr(at, end - at);
        if (line.find_first_not_of("|-: \t>*+") == std::string_view::npos &&
            std::count(line.begin(), line.end(), '|') > most_columns)
            return true;
        at = end + 1;
    }
    return false;
}

Tree parse(std::string_view text) {
    static std::once_flag registered;
    std::call_once(registered, cmark_gfm_core_extensions_ensure_registered);
    const Parser parser(cmark_parser_new(CMARK_OPT_DEFAULT));
    const bool tables = !has_monstrous_table(text);
    for (const char* name : {"table", "strikethrough"}) {
        cmark_syntax_extension* extension = cmark_find_syntax_extension(name);
        if (extension != nullptr && (tables || std::string_view(name) != "table"))
            cmark_parser_attach_syntax_extension(parser.get(), extension);
    }
    cmark_parser_feed(parser.get(), text.data(), text.size());
    return Tree(cmark_parser_finish(parser.get()));
}

bool is_in_tight_list(cmark_node* node) {
    cmark_node* item = cmark_node_parent(node);
    cmark_node* list = item == nullptr ? nullptr : cmark_node_parent(item);
    return list != nullptr && cmark_node_get_type(list) == CMARK_NODE_LIST &&
           cmark_node_get_list_tight(list) != 0;
}

// What stands between this node and what comes before or after it. A table's nodes are known by
// name alone: the extension does not publish their types.
void add_border(Flow& flow, cmark_node* node) {
    const std::string_view type = cmark_node_get_type_string(node);
    const auto is_one_of = [&](std::initializer_list<std::string_view> types) {
        return std::find(types.begin(), types.end(), type) != types.end();
    };
    if (type == "table_cell") return flow.break_cell();
    const bool is_inner_list =
        type == "list" && cmark_node_get_type(cmark_node_parent(node)) == CMARK_NODE_ITEM;
    if (is_one_of({"table_row", "table_header", "item", "linebreak"}) || is_inner_list ||
        (type == "paragraph" && is_in_tight_list(node)))
        return flow.break_line();
    if (is_one_of({"paragraph", "heading", "code_block", "thematic_break", "html_block", "list", "table"}))
        flow.break_paragraph();
}

struct Content {
    std::string text;
    std::string heading;    // the first one, on one line
    std::size_t begin = 0;  // where it stands in the text
    std::size_t end = 0;
};

void add_text(Flow& flow, cmark_node* node) {
    const cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_SOFTBREAK) return flow.add(" ");
    const bool is_code_block = type == CMARK_NODE_CODE_BLOCK;
    if (!is_code_block && type != CMARK_NODE_TEXT && type != CMARK_NODE_CODE) return;
    const char* literal = cmark_node_get_literal(node);
    if (literal == nullptr) return;
    is_code_block ? flow.add_preformatted(literal) : flow.add(literal);
}

void collect(cmark_node* root, Flow& flow, Content& content) {
    const Steps steps(cmark_iter_new(root));
    for (auto event = cmark_iter_next(steps.get()); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(steps.get())) {
        cmark_node* node = cmark_iter_get_node(steps.get());
        const bool entering = event == CMARK_EVENT_ENTER;
        add_border(flow, node);
        if (entering) add_text(flow, node);
        if (cmark_node_get_type(node) != CMARK_NODE_HEADING || !content.heading.empty()) continue;
        if (entering) {
            content.begin = flow.size();
            continue;
        }
        content.heading = one_line(flow.since(content.begin));
        content.end = flow.size();
    }
}

// Up to an empty line if there is one, else a line's end, else a character's.
std::string_view first_piece(std::string_view text) {
    if (text.size() <= piece_bytes) return text;
    for (const std::string_view border : {"\n\n", "\n"}) {
        const std::size_t at = text.rfind(border, piece_bytes);
        if (at != std::string_view::npos && at > 0) return text.substr(0, at + border.size());
    }
    return text.substr(0, text::character_begin(text, piece_bytes));
}

// cmark's tree takes some hundred times its text, so a giant file is read in pieces.
Content collect(std::string_view text) {
    Flow flow;
    Content content;
    while (!text.empty()) {
        const std::string_view piece = first_piece(text);
        const Tree tree = parse(piece);
        collect(tree.get(), flow, content);
        flow.break_paragraph();
        text.remove_prefix(piece.size());
    }
    content.text = flow.take();
    return content;
}

std::string take(const FrontMatter& facts, std::initializer_list<const char*> keys) {
    for (const char* key : keys) {
        const auto found = facts.values.find(key);
        if (found != facts.values.end() && !found->second.empty()) return one_line(found->second);
    }
    return {};
}

void apply(const FrontMatter& facts, index::Document& document) {
    document.title = take(facts, {"title"});
    if (!document.title.empty()) document.title_source = "metadata";
    document.author = take(facts, {"author", "authors"});
    document.place = take(facts, {"place"});
    document.source = take(facts, {"source"});
    document.url = web_address(take(facts, {"url"}));
    const std::string lang = take(facts, {"lang", "language"});
    if (!lang.empty()) document.lang = text::canonical_language(lang);
    document.date = clip::read_date(take(facts, {"date"}), "metadata");
}

}  // namespace

void read_markdown(std::string_view bytes, const Origin& origin, const Sink& sink) {
    const Decoded decoded = decode(bytes);
    const FrontMatter facts = read_front_matter(decoded.text);
    index::Document document;
    document.path = origin.path;
    document.format = to_string(Format::markdown);
    document.encoding = decoded.encoding;
    apply(facts, document);

    Content content = collect(std::string_view(decoded.text).substr(facts.end));
    if (document.title.empty() && !content.heading.empty()) {
        document.title = content.heading;
        document.title_source = "heading";
    }
    const bool is_repeated = !content.heading.empty() && document.title == content.heading;
    if (is_repeated) content.text.erase(content.begin, content.end - content.begin);
    document.body = paragraphs(content.text);
    sink(std::move(document));
}

}  // namespace izde::read
