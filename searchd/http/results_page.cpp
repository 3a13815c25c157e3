#include "http/results_page.hpp"

#include <algorithm>
#include <array>
#include <variant>

#include "izde/text/utf8.hpp"

#include "http/facts.hpp"
#include "http/frame.hpp"
#include "http/headers.hpp"
#include "http/hit_markup.hpp"
#include "http/params.hpp"
#include "http/rail.hpp"

namespace izde::http {
namespace {

constexpr std::size_t most_listed = 6;  // words of an expansion

constexpr std::array<std::string_view, 5> filters = {"lang", "source", "author", "place", "format"};

std::string listed(const std::vector<std::string>& words) {
    std::string text;
    for (std::size_t i = 0; i < std::min(words.size(), most_listed); ++i)
        text += (i == 0 ? "" : ", ") + words[i];
    return text + (words.size() > most_listed ? ", …" : "");
}

std::string count_line(const Words& words, const search::Request& request, const search::Reply& reply) {
    if (reply.total == 0) return words.say("none");
    auto line = words.count("results", reply.total);
    if (!reply.total_exact) line = words.say("about", line);
    if (request.page > 1)
        line += " · " + words.page_of(request.page, pages_of(reply.total, request.per_page));
    return line;
}

void write_orders(Sheet& sheet, const search::Request& request) {
    static constexpr std::array<std::pair<std::string_view, index::Order>, 3> orders = {
        {{"relevance", index::Order::relevance},
         {"newest", index::Order::newest},
         {"oldest", index::Order::oldest}}};
    auto& html = sheet.html;
    html.open("nav", {{"class", "orders"}, {"aria-label", sheet.words.say("sort")}});
    for (const auto& [name, order] : orders) {
        const auto next = order == index::Order::relevance ? without(sheet.params, "sort")
                                                           : with(sheet.params, "sort", name);
        html.element("a",
                     {{"href", href(results_path, next)}, {"aria-current", "true", order == request.order}},
                     sheet.words.say(name));
    }
    html.close("nav");
}

void write_chip(Sheet& sheet, const Params& next, const std::string& text) {
    sheet.html.element("a",
                       {{"class", "chip"},
                        {"href", href(results_path, next)},
                        {"aria-label", sheet.words.say("remove", text)}},
                       text);
}

void write_chips(Sheet& sheet, const search::Request& request) {
    auto& html = sheet.html;
    const auto& words = sheet.words;
    html.open("div", {{"id", "chips"}});
    for (const auto& [name, value] : sheet.params) {
        if (std::ranges::find(filters, name) != filters.end())
            write_chip(sheet, toggled(sheet.params, name, value), shown_value(words, name, value));
        else if (value == "off" && std::ranges::find(switches, name) != switches.end())
            write_chip(sheet, without(sheet.params, name), words.say("off", words.say(name)));
    }
    if (request.dated) {
        const auto from = words.date(request.dated->from), to = words.date(request.dated->to);
        const auto range = from == to ? from : (from.empty() ? "…" : from) + " – " + (to.empty() ? "…" : to);
        write_chip(sheet, undated(sheet.params), range);
    }
    html.close("div");
}

void write_linked(Sheet& sheet, std::string_view key, const Params& next, const std::string& text) {
    const auto [before, after] = sheet.words.around(key);
    sheet.html.open("p").text(before);
    sheet.html.element("a", {{"href", href(results_path, next)}}, text).text(after).close("p");
}

void write_widened(Sheet& sheet, const std::vector<query::Expansion>& expansions) {
    if (expansions.empty()) return;
    auto& html = sheet.html;
    Params literal = sheet.params;
    std::vector<std::string> names;
    html.open("p", {{"class", "quiet"}});
    for (const auto& [term, also, why] : expansions) {
        literal = with(literal, why == "typo" ? "typo" : "variants", "off");
        if (why == "typo") {
            auto text = sheet.words.say("readAs", listed(also));
            html.text(text.replace(text.find("{a}"), 3, term) + " ");
            continue;
        }
        for (const auto& one : also)
            if (std::ranges::find(names, one) == names.end()) names.push_back(one);
    }
    if (!names.empty()) html.text(sheet.words.say("also", listed(names)) + " ");
    html.element("a", {{"href", href(results_path, literal)}}, sheet.words.say("literal")).close("p");
}

void write_notes(Sheet& sheet, const search::Reply& reply) {
    auto& html = sheet.html;
    html.open("div", {{"id", "notes"}});
    if (!reply.suggestion.empty())
        write_linked(sheet, "meant", with(sheet.params, "q", reply.suggestion), reply.suggestion);
    for (const auto& warning : reply.warnings)
        html.element("p", {{"class", "warning"}}, sheet.words.warning(warning));
    write_widened(sheet, reply.expansions);
    html.close("div");
}

void write_nothing(Sheet& sheet, const search::Request& request, const search::Reply& reply) {
    auto& html = sheet.html;
    const auto& words = sheet.words;
    html.open("div", {{"id", "nothing"}});
    if (reply.total > 0) {
        html.element("p", {{"class", "big"}}, words.count("noPage", request.page));
        html.open("p").element("a", {{"href", href(results_path, without(sheet.params, "page"))}},
                               words.say("firstPage"));
        html.close("p");
    } else {
        const auto q = text::collapse_spaces(request.text);
        html.element("p", {{"class", "big"}},
                     q.empty() ? words.say("nothingAtAll") : words.say("nothing", q));
        html.element("p", {}, words.say("try")).open("ul");
        for (const auto* key : {"tryWords", "trySpelling", "tryStar"}) html.element("li", {}, words.say(key));
        if (!request.filters.empty() || request.dated)
            html.open("li")
                .element("a", {{"href", href(results_path, {{"q", request.text}})}}, words.say("tryFilters"))
                .close("li");
        html.close("ul");
    }
    html.close("div");
}

void write_pages(Sheet& sheet, const search::Request& request, std::uint64_t total) {
    const auto pages = pages_of(total, request.per_page);
    if (pages < 2) return;
    auto& html = sheet.html;
    const auto link = [&](std::uint64_t page, std::string_view rel, const std::string& text) {
        auto next = without(sheet.params, "page");
        if (page > 1) next.emplace_back("page", std::to_string(page));
        html.element("a",
                     {{"href", href(results_path, next)},
                      {"rel", rel, !rel.empty()},
                      {"aria-current", "page", page == request.page}},
                     text);
    };
    html.open("nav", {{"id", "pages"}, {"aria-label", sheet.words.say("pages")}});
    if (request.page > 1) link(request.page - 1, "prev", sheet.words.say("previous"));
    std::uint64_t last = 0;
    for (std::uint64_t page : {std::uint64_t{1}, std::uint64_t{request.page} - 1, std::uint64_t{request.page},
                               std::uint64_t{request.page} + 1, pages}) {
        if (page <= last || page > pages) continue;
        if (page > last + 1) html.element("span", {{"class", "gap"}}, "…");
        link(page, {}, sheet.words.number(page));
        last = page;
    }
    if (request.page < pages) link(request.page + 1, "next", sheet.words.say("next"));
    html.close("nav");
}

void write_take(Sheet& sheet) {
    auto& html = sheet.html;
    const auto all = without(sheet.params, "page");
    html.open("p", {{"id", "take"}});
    html.element("a", {{"href", href("/feed.atom", all)}, {"type", "application/atom+xml"}},
                 sheet.words.say("feed"));
    html.element("a", {{"href", href("/export.csv", all)}, {"download", ""}}, sheet.words.say("csv"));
    html.element("a", {{"href", href("/", all)}}, sheet.words.say("full")).close("p");
}

void write_column(Sheet& sheet, const search::Request& request, const search::Reply& reply) {
    auto& html = sheet.html;
    html.open("div", {{"id", "column"}}).open("div", {{"id", "line"}});
    html.element("p", {{"id", "count"}}, count_line(sheet.words, request, reply));
    write_orders(sheet, request);
    html.close("div");
    write_chips(sheet, request);
    write_notes(sheet, reply);
    html.open("ol", {{"id", "hits"}, {"start", std::to_string((request.page - 1) * request.per_page + 1)}});
    for (const auto& hit : reply.hits) write_hit(sheet, hit);
    html.close("ol");
    if (reply.hits.empty()) write_nothing(sheet, request, reply);
    write_pages(sheet, request, reply.total);
    if (!reply.hits.empty()) write_take(sheet);
    html.close("div");
}

struct Trouble {
    std::string_view title, hint;  // of the words
};

Trouble trouble_of(int status, Errc code) {
    if (status == 404) return {"missing", "missingHint"};
    if (status == 400) return {"request", "requestHint"};
    if (code == Errc::index_missing) return {"noindex", "noindexHint"};
    if (code == Errc::index_incompatible || code == Errc::index_corrupt) return {"badindex", "badindexHint"};
    return status == 503 ? Trouble{"busy", "slowHint"} : Trouble{"server", "serverHint"};
}

struct Refusal {
    Trouble trouble;
    std::string detail, hint;  // as the API says them; may be empty
};

Answer refusal_page(const Message& request, const Refusal& refusal, const Answer& refused) {
    const auto words = Words::of(request);
    Sheet sheet(words, request);
    const Frame frame{.title = words.say(refusal.trouble.title), .script = {}, .path = results_path};
    open_frame(sheet, frame);
    auto& html = sheet.html;
    html.open("main", {{"id", "main"}}).open("div", {{"id", "column"}}).open("div", {{"id", "problem"}});
    html.element("p", {{"class", "big"}}, frame.title);
    html.element("p", {}, words.say(refusal.trouble.hint));
    for (const auto& line : {refusal.detail, refusal.hint})
        if (!line.empty()) html.element("p", {{"lang", "en"}}, line);
    html.close("div").close("div").close("main");
    close_frame(sheet, frame, {});
    auto answer = page_answer(sheet, refused.status);
    for (const auto& header : refused.headers)
        if (header.first == "X-Request-Id" || header.first == "Retry-After") answer.headers.push_back(header);
    answer.facts = refused.facts;
    return answer;
}

Answer refuse_request(const Message& request, const Problem& problem) {
    return refusal_page(request,
                        {trouble_of(problem.status, Errc::bad_argument), problem.detail, problem.hint},
                        to_answer(problem));
}

}  // namespace

Result<Answer> results_page(const search::Service& service, const Message& request) {
    const auto words = Words::of(request);
    Sheet sheet(words, request);
    auto wanted = search_request(sheet.params);
    if (const auto* problem = std::get_if<Problem>(&wanted)) return refuse_request(request, *problem);
    auto& search = std::get<search::Request>(wanted);
    search.facets = rail_facets(search);
    search.counting = search::Counting::choices;
    const auto reply = service.search(search);
    if (!reply) return fail(reply.error());

    const auto title = text::collapse_spaces(search.text);
    const Frame frame{.title = title, .script = {}, .path = results_path};
    open_frame(sheet, frame);
    sheet.html.open("main", {{"id", "main"}});
    write_column(sheet, search, *reply);
    write_rail(sheet, search, *reply);
    sheet.html.close("main");
    close_frame(sheet, frame,
                words.count("count", reply->index.documents) + " · " +
                    words.say("built", words.date(reply->index.built_at.substr(0, 10))));
    auto answer = page_answer(sheet);
    answer.facts = facts_of(*reply, search.text);
    return answer;
}

Answer error_page(const Message& request, const Error& error, const Answer& refused) {
    const auto trouble = trouble_of(refused.status, error.code);
    const bool tells = refused.status == 400;  // of the rest, the page's own words say what to do
    return refusal_page(request, {trouble, tells ? error.message : "", tells ? error.hint : ""}, refused);
}

Answer start_page(const Asset& page, const Message& request) {
    Answer answer{.status = 200, .type = page.type, .body = page.body};
    add_headers(answer, Kind::page);
    const auto at = answer.body.find("</head>");
    if (at == std::string::npos) return answer;
    Markup html;
    html.open("noscript")
        .open("meta",
              {{"http-equiv", "refresh"},
               {"content", "0; url=" + std::string(results_path) + "?" + encode_form(request.params)}});
    answer.body.insert(at, html.close("noscript").take());
    return answer;
}

}  // namespace izde::http
