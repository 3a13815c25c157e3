#include "http/document_page.hpp"

#include <algorithm>
#include <variant>

#include "http/facts.hpp"
#include "http/frame.hpp"
#include "http/hit_markup.hpp"
#include "http/marked.hpp"
#include "http/paragraphs.hpp"
#include "http/params.hpp"
#include "http/rail.hpp"

namespace izde::http {
namespace {

// Paragraphs, which line ends part, but for those of a hard wrap; a mark that reaches over one is cut there.
void write_story(Sheet& sheet, const search::Marked& body, std::string_view lang) {
    auto& html = sheet.html;
    const auto wraps = wrapped_line_ends(body.text);
    auto wrap = wraps.begin();
    std::size_t at = 0;
    bool open = false;
    html.open("div", {{"class", "story"}, {"lang", lang, !lang.empty()}, {"dir", "auto"}});
    for (const auto& part : parts(body)) {
        std::string_view rest = part.text;
        while (!rest.empty()) {
            const auto line = rest.substr(0, rest.find('\n'));
            if (!line.empty() && !std::exchange(open, true)) html.open("p");
            if (!line.empty()) part.marked ? html.element("mark", {}, line) : html.text(line);
            rest.remove_prefix(line.size());
            at += line.size();
            if (rest.empty()) break;
            if (wrap != wraps.end() && *wrap == at) {
                html.text("\n");
                ++wrap;
            } else if (std::exchange(open, false)) {
                html.close("p");
            }
            rest.remove_prefix(1);
            ++at;
        }
    }
    if (open) html.close("p");
    html.close("div");
}

void write_furniture(Sheet& sheet, const index::Document& document) {
    if (document.boilerplate.empty()) return;
    auto& html = sheet.html;
    html.open("details").element("summary", {}, sheet.words.say("furniture"));
    for (const auto& piece : document.boilerplate)
        html.element("p", {{"lang", lang_of(document), !lang_of(document).empty()}, {"dir", "auto"}},
                     piece.text);
    html.close("details");
}

void write_similar(Sheet& sheet, const search::Similar& similar) {
    if (similar.documents.empty()) return;
    auto& html = sheet.html;
    html.open("section", {{"id", "similar"}}).element("h3", {}, sheet.words.say("similarTexts"));
    html.open("ul", {{"class", "similar"}});
    for (const auto& one : similar.documents) {
        const auto lang = lang_of(one);
        html.open("li").element(
            "a", {{"href", document_href(sheet, one.id)}, {"lang", lang, !lang.empty()}, {"dir", "auto"}},
            one.title.empty() ? one.path : one.title);
        write_meta(sheet, one);
        html.close("li");
    }
    if (similar.total > similar.documents.size())
        html.element("li", {}, sheet.words.count("moreSimilar", similar.total - similar.documents.size()));
    html.close("ul").close("section");
}

// One thing known of the document, and where from.
void write_fact(Sheet& sheet, std::string_view key, std::string_view value, const std::string& source = {}) {
    if (value.empty()) return;
    auto& html = sheet.html;
    html.element("dt", {}, sheet.words.say(key)).open("dd").element("bdi", {}, value);
    if (!source.empty()) html.text(" ").element("small", {}, sheet.words.origin(source));
    html.close("dd");
}

void write_facts(Sheet& sheet, const index::Document& document) {
    auto& html = sheet.html;
    const auto& date = document.date;
    html.open("aside", {{"id", "rail"}, {"aria-label", sheet.words.say("details")}});
    html.element("h2", {}, sheet.words.say("details")).open("dl", {{"class", "facts"}});
    write_fact(sheet, "title", document.title, document.title_source);
    write_fact(sheet, "date", date.value.empty() ? date.text : sheet.words.date(date.value), date.source);
    write_fact(sheet, "source", document.source, document.source_source);
    write_fact(sheet, "author", document.author, document.author_source);
    write_fact(sheet, "place", document.place, document.place_source);
    write_fact(sheet, "lang", sheet.words.language_name(document.lang));
    write_fact(sheet, "format", document.format);
    write_fact(sheet, "encoding", document.encoding);
    write_fact(sheet, "file", document.path);
    write_fact(sheet, "record", document.record);
    if (is_web_address(document.url)) {
        html.element("dt", {}, sheet.words.say("address")).open("dd");
        html.element("a", {{"href", document.url}, {"rel", "noopener noreferrer"}}, document.url).close("dd");
    } else {
        write_fact(sheet, "address", document.url);
    }
    html.close("dl").close("aside");
}

// "Author. Title. Source, place, date. Address or path"
std::string citation(const Words& words, const index::Document& document) {
    std::string text;
    const auto sentence = [&text](const std::string& part) {
        if (part.empty()) return;
        text += (text.empty() ? "" : " ") + part;
        if (text.find_last_of(".!?。！？…") != text.size() - 1) text += '.';
    };
    std::string where;
    for (const auto& part : {document.source, document.place, words.date(document.date.value)})
        if (!part.empty()) where += (where.empty() ? "" : ", ") + part;
    sentence(document.author);
    sentence(document.title);
    sentence(where);
    return text + (text.empty() ? "" : " ") + (document.url.empty() ? document.path : document.url);
}

void write_citation(Sheet& sheet, const index::Document& document) {
    auto& html = sheet.html;
    html.open("section").element("h3", {}, sheet.words.say("cite"));
    html.open("p").element("cite", {{"id", "cite"}, {"dir", "auto"}}, citation(sheet.words, document));
    html.close("p").close("section");
}

void write_article(Sheet& sheet, const search::Shown& shown, const search::Similar& similar) {
    auto& html = sheet.html;
    const auto& document = shown.document;
    const auto lang = lang_of(document);
    html.open("article", {{"id", "column"}, {"class", "document"}});
    html.open("p", {{"class", "back"}})
        .element("a", {{"id", "back"}, {"href", href(results_path, sheet.params)}}, sheet.words.say("back"))
        .close("p");
    html.open("h2", {{"lang", lang, !lang.empty()}, {"dir", "auto"}});
    if (shown.title.text.empty())
        html.text(document.path);
    else
        html.marked(shown.title);
    html.close("h2");
    write_meta(sheet, document);
    write_story(sheet, shown.body, lang);
    write_furniture(sheet, document);
    write_similar(sheet, similar);
    write_citation(sheet, document);
    html.close("article");
}

}  // namespace

Result<Answer> document_page(const search::Service& service, const Message& request, std::string_view id) {
    const auto words = Words::of(request);
    Sheet sheet(words, request);
    const auto query = document_query(sheet.params);
    if (const auto* problem = std::get_if<Problem>(&query))
        return fail(Errc::bad_argument, problem->detail, problem->hint);
    const auto& text = std::get<std::string>(query);
    const auto shown = service.document(id, text);
    if (!shown) return fail(shown.error());
    auto similar = shown->document.similar > 0 ? service.similar(id) : search::Similar();
    if (!similar) return fail(similar.error());

    const Frame frame{.title = shown->document.title, .script = "/document.js", .path = request.path};
    open_frame(sheet, frame);
    sheet.html.open("main", {{"id", "main"}, {"class", "reading"}});
    write_article(sheet, *shown, *similar);
    write_facts(sheet, shown->document);
    sheet.html.close("main");
    close_frame(sheet, frame, {});
    auto answer = page_answer(sheet);
    answer.facts = facts_of(*shown, text);
    answer.facts.partial = similar->timed_out;
    return answer;
}

}  // namespace izde::http
