// cmark makes the tree, a walk over it collects the text. Neither recurses, so depth does not matter.
#include <algorithm>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

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
#include "read/html_text.hpp"
#include "read/persons.hpp"
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
    std::vector<index::Furniture> images;  // what images are said to show
};

// A heading below the first level that comes behind this much text is a section's.
constexpr std::size_t longest_preface = 400;

// Goes over the nodes of a tree, or of several that follow each other.
class Collector {
  public:
    explicit Collector(Content& content) : content_(content) {}

    void collect(cmark_node* root);
    void end_piece() { flow_.break_paragraph(); }
    void finish() { content_.text = flow_.take(); }

  private:
    void add_text(cmark_node* node);
    void add_html(const char* literal);
    void visit_image(bool entering);
    void visit_heading(cmark_node* node, bool entering);

    Content& content_;
    Flow flow_;
    Flow image_;
    std::size_t images_open_ = 0;
};

// A parser for each lone tag would be a waste.
bool has_text(std::string_view html) {
    for (std::size_t at = 0; at < html.size();) {
        if (html[at] == '<') {
            at = std::min(html.find('>', at), html.size() - 1) + 1;
            continue;
        }
        if (html[at] != ' ' && html[at] != '\n' && html[at] != '\t') return true;
        ++at;
    }
    return false;
}

void Collector::add_html(const char* literal) {
    std::string text = html_text(literal);
    while (text.ends_with('\n')) text.pop_back();
    flow_.add_preformatted(text);
}

void Collector::add_text(cmark_node* node) {
    const cmark_node_type type = cmark_node_get_type(node);
    Flow& flow = images_open_ > 0 ? image_ : flow_;
    if (type == CMARK_NODE_SOFTBREAK) return flow.add(" ");
    const bool is_code_block = type == CMARK_NODE_CODE_BLOCK;
    const bool is_html = type == CMARK_NODE_HTML_BLOCK;
    if (!is_code_block && !is_html && type != CMARK_NODE_TEXT && type != CMARK_NODE_CODE) return;
    const char* literal = cmark_node_get_literal(node);
    if (literal == nullptr) return;
    if (is_html) {
        if (has_text(literal)) add_html(literal);
        return;
    }
    const std::string text = without_controls(literal);
    is_code_block ? flow.add_preformatted(text) : flow.add(text);
}

// What stands for an image is about the page's looks, not in its text.
void Collector::visit_image(bool entering) {
    if (entering) {
        ++images_open_;
        return;
    }
    if (images_open_ == 0 || --images_open_ > 0) return;
    std::string shown = one_line(image_.take());
    image_ = Flow();
    if (!shown.empty()) content_.images.push_back({std::move(shown), flow_.size()});
}

void Collector::visit_heading(cmark_node* node, bool entering) {
    if (!content_.heading.empty()) return;
    if (entering) {
        content_.begin = flow_.size();
        return;
    }
    const bool is_section = cmark_node_get_heading_level(node) > 1 && content_.begin > longest_preface;
    if (!is_section) content_.heading = one_line(flow_.since(content_.begin));
    content_.end = flow_.size();
}

void Collector::collect(cmark_node* root) {
    const Steps steps(cmark_iter_new(root));
    for (auto event = cmark_iter_next(steps.get()); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(steps.get())) {
        cmark_node* node = cmark_iter_get_node(steps.get());
        const bool entering = event == CMARK_EVENT_ENTER;
        add_border(flow_, node);
        if (entering) add_text(node);
        if (cmark_node_get_type(node) == CMARK_NODE_IMAGE) visit_image(entering);
        if (cmark_node_get_type(node) == CMARK_NODE_HEADING) visit_heading(node, entering);
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
    Content content;
    Collector collector(content);
    while (!text.empty()) {
        const std::string_view piece = first_piece(text);
        const Tree tree = parse(piece);
        collector.collect(tree.get());
        collector.end_piece();
        text.remove_prefix(piece.size());
    }
    collector.finish();
    return content;
}

using Keys = std::initializer_list<const char*>;

std::string take(const FrontMatter& facts, Keys keys) {
    for (const char* key : keys) {
        const auto found = facts.values.find(key);
        if (found != facts.values.end() && !found->second.empty()) return one_line(found->second);
    }
    return {};
}

// The first that is a date; days of clipping and saving are nobody's.
index::Date take_date(const FrontMatter& facts, Keys keys) {
    index::Date unread;
    for (const char* key : keys) {
        index::Date date = clip::read_date(take(facts, {key}), "metadata");
        if (!date.value.empty()) return date;
        if (unread.text.empty()) unread = std::move(date);
    }
    return unread;
}

void apply(const FrontMatter& facts, index::Document& document) {
    document.title = take(facts, {"title", "headline", "Заголовок", "заголовок", "Название", "название",
                                  "Тақырып", "тақырып", "标题"});
    if (!document.title.empty()) document.title_source = "metadata";
    const std::string author = take(facts, {"author", "authors", "author.name", "byline", "by", "writer",
                                            "creator", "Автор", "автор", "Авторы", "авторы", "作者", "记者"});
    document.author = persons(author);
    if (document.author.empty() && web_address(author).empty()) document.author = author;
    document.place = take(facts, {"place", "location", "dateline", "city", "Место", "место", "Город", "город",
                                  "Орны", "орны", "Қала", "қала", "地点"});
    document.source = take(facts, {"publication", "publisher", "outlet", "newspaper", "site", "sitename",
                                   "source", "source.name", "agency", "Источник", "источник", "Издание",
                                   "издание", "Дереккөз", "дереккөз", "来源"});
    document.url = web_address(take(facts, {"url", "link", "canonical", "canonicalurl", "original",
                                            "originalurl", "sourceurl", "source.url", "permalink"}));
    const std::string address = web_address(document.source);
    if (!address.empty()) {
        if (document.url.empty()) document.url = address;
        document.source.clear();
    }
    const std::string lang =
        take(facts, {"lang", "language", "locale", "Язык", "язык", "Тіл", "тіл", "语言"});
    if (!lang.empty()) document.lang = text::canonical_language(lang.substr(0, lang.find('_')));
    document.date =
        take_date(facts, {"date", "published", "pubdate", "publishdate", "datepublished", "publicationdate",
                          "publishedat", "publishedon", "published.date", "issued", "Дата", "дата",
                          "Опубликовано", "опубликовано", "Күні", "күні", "日期", "发布日期"});
    // A source that is an address is what clipping tools write; the days they add are those of clipping.
    if (document.date.value.empty() && address.empty())
        document.date = take_date(facts, {"created", "createdat", "datecreated"});
    if (document.date.value.empty() && address.empty()) {
        index::Date update = take_date(facts, {"updated", "lastmod", "modified", "datemodified",
                                               "lastmodified", "updatedat", "Обновлено"});
        if (!update.value.empty()) document.date = std::move(update);
    }
}

// What a piece stood before is the text behind it, not the space between.
std::size_t next_text(const std::string& body, std::size_t at) {
    return std::min(body.find_first_not_of(" \n", at), body.size());
}

// The text becomes the body, and what images show goes beside it.
void write_body(Content& content, bool is_repeated, index::Document& document) {
    std::vector<std::size_t> marks;
    const std::size_t removed = is_repeated ? content.end - content.begin : 0;
    for (const auto& [shown, at] : content.images)
        marks.push_back(at >= content.end ? at - removed : std::min(at, content.begin));
    content.text.erase(content.begin, removed);
    document.body = paragraphs(content.text, marks);
    for (std::size_t i = 0; i < marks.size(); ++i)
        document.boilerplate.push_back(
            {std::move(content.images[i].text), next_text(document.body, marks[i])});
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
    write_body(content, is_repeated, document);
    sink(std::move(document));
}

}  // namespace izde::read
