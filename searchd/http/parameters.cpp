#include "http/parameters.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <vector>

#include "izde/dates.hpp"
#include "izde/suggest.hpp"
#include "izde/text/utf8.hpp"

namespace izde::http {
namespace {

using Kind = Shape::Kind;
using Complaint = std::optional<Problem>;
using Known = std::span<const Parameter* const>;

constexpr std::uint32_t longest_query = 8192;  // bytes
constexpr std::uint32_t most_values = 100;     // of one repeatable parameter

constexpr std::array<std::string_view, 2> on_off = {"on", "off"};
constexpr std::array<std::string_view, 3> orders = {"relevance", "newest", "oldest"};
constexpr std::array<std::string_view, 2> undated_words = {"include", "exclude"};
constexpr std::array<std::string_view, 2> countings = {"hits", "choices"};
constexpr std::array<std::string_view, 7> breakdowns = {"lang",   "source", "author", "place",
                                                        "format", "year",   "month"};

constexpr Parameter filter(std::string_view name, std::string_view about) {
    return {.name = name, .about = about, .shape = {}, .times = most_values};
}

constexpr Parameter on_or_off(std::string_view name, std::string_view about) {
    return {
        .name = name, .about = about, .shape = {.kind = Kind::choice, .words = on_off, .otherwise = "on"}};
}

constexpr Parameter number(std::string_view name, std::string_view about, std::uint32_t least,
                           std::uint32_t most, std::string_view otherwise) {
    return {.name = name,
            .about = about,
            .shape = {.kind = Kind::whole_number, .least = least, .most = most, .otherwise = otherwise}};
}

constexpr Parameter q{
    .name = "q", .about = "The query; empty: everything, the newest first", .shape = {.most = longest_query}};
constexpr Parameter page =
    number("page", "Which page of hits; page × per_page is at most 10000", 1, reachable_hits, "1");
constexpr Parameter per_page = number("per_page", "Hits on a page", 1, 100, "10");
constexpr Parameter sort{.name = "sort",
                         .about = "The order of the hits",
                         .shape = {.kind = Kind::choice, .words = orders, .otherwise = "relevance"}};
constexpr Parameter lang = filter("lang", "Only documents in this language, as in lang of the hits");
constexpr Parameter source = filter("source", "Only documents of this publication or agency");
constexpr Parameter author = filter("author", "Only documents by this author");
constexpr Parameter place = filter("place", "Only documents written in this place");
constexpr Parameter format = filter("format", "Only documents of this format");
constexpr Parameter from{.name = "from",
                         .about = "Only documents dated then or later: YYYY, YYYY-MM or YYYY-MM-DD",
                         .shape = {.kind = Kind::date}};
constexpr Parameter to{.name = "to",
                       .about = "Only documents dated then or earlier: YYYY, YYYY-MM or YYYY-MM-DD",
                       .shape = {.kind = Kind::date}};
constexpr Parameter undated{
    .name = "undated",
    .about = "Whether documents without a date are found too; exclude is the default where from or "
             "to is given",
    .shape = {.kind = Kind::choice, .words = undated_words}};
constexpr Parameter variants =
    on_or_off("variants", "Whether names are found in their other spellings and scripts");
constexpr Parameter typo = on_or_off("typo", "Whether misspelt words are corrected");
constexpr Parameter collapse = on_or_off("collapse", "Whether near-duplicates are folded into one hit");
constexpr Parameter facets{.name = "facets",
                           .about = "By what the hits are counted, with commas between",
                           .shape = {.kind = Kind::choices, .words = breakdowns},
                           .times = most_values};
constexpr Parameter facet_counts{
    .name = "facet_counts",
    .about = "What facets are counted of: hits; choices: what would be found if nothing of that facet, or no "
             "date, were chosen (for months: whole years)",
    .shape = {.kind = Kind::choice, .words = countings, .otherwise = "hits"}};
constexpr Parameter snippet =
    number("snippet", "Characters of text shown of each hit; 0: none", 0, 1000, "200");
constexpr Parameter id{
    .name = "id", .about = "The id of a document, as hits have it", .shape = {}, .required = true};
constexpr Parameter marked{
    .name = "q", .about = "A query whose words are marked", .shape = {.most = longest_query}};
constexpr Parameter typed{
    .name = "q", .about = "What has been typed so far", .shape = {.most = longest_query}};
constexpr Parameter suggestions = number("limit", "How many suggestions", 1, 20, "10");
constexpr std::array<std::string_view, 2> suggest_forms = {"izde", "opensearch"};
constexpr Parameter form{.name = "form",
                         .about = "opensearch: the bare list that browsers want in their address bar",
                         .shape = {.kind = Kind::choice, .words = suggest_forms, .otherwise = "izde"}};
constexpr Parameter feed_entries = number("per_page", "Entries of the feed", 1, 100, "20");
constexpr Parameter rows = number("limit", "How many documents at most", 1, reachable_hits, "10000");

constexpr std::array of_search = {&q,        &page,  &per_page, &sort,   &lang,         &source,
                                  &author,   &place, &format,   &from,   &to,           &undated,
                                  &variants, &typo,  &collapse, &facets, &facet_counts, &snippet};
constexpr std::array of_explain = {&id,     &q,        &page,   &per_page,     &sort,   &lang,    &source,
                                   &author, &place,    &format, &from,         &to,     &undated, &variants,
                                   &typo,   &collapse, &facets, &facet_counts, &snippet};
constexpr std::array of_document = {&marked};
constexpr std::array of_suggest = {&typed, &suggestions, &form};
constexpr std::array of_feed = {&q,      &page, &feed_entries, &lang,    &source,   &author, &place,
                                &format, &from, &to,           &undated, &variants, &typo,   &collapse};
constexpr std::array of_export = {&q,      &rows, &sort, &lang,    &source,   &author, &place,
                                  &format, &from, &to,   &undated, &variants, &typo,   &collapse};

std::string listed(std::span<const std::string_view> names) {
    std::string list;
    for (const auto name : names) list.append(list.empty() ? "" : ", ").append(name);
    return list;
}

Problem bad_value(const Parameter& parameter, std::string_view value, std::string_view wanted,
                  std::string hint = {}) {
    const std::string name(parameter.name);
    return {.status = 400,
            .code = "bad_parameter",
            .detail = name + " is " + shown(value) + " but must be " + std::string(wanted),
            .param = name,
            .hint = std::move(hint)};
}

Complaint check_text(const Parameter& parameter, std::string_view value) {
    const auto most = parameter.shape.most;
    if (most == 0 || value.size() <= most) return {};
    return Problem{.status = 400,
                   .code = "query_too_long",
                   .detail = std::string(parameter.name) + " has " + std::to_string(value.size()) +
                             " bytes but may have " + std::to_string(most),
                   .param = std::string(parameter.name),
                   .hint = "search for fewer words"};
}

Complaint check_number(const Parameter& parameter, std::string_view value) {
    std::uint32_t number = 0;
    const char* const end = value.data() + value.size();
    const auto [stop, error] = std::from_chars(value.data(), end, number);
    const auto& shape = parameter.shape;
    if (error == std::errc{} && stop == end && number >= shape.least && number <= shape.most) return {};
    return bad_value(parameter, value,
                     "a whole number from " + std::to_string(shape.least) + " to " +
                         std::to_string(shape.most));
}

Complaint check_date(const Parameter& parameter, std::string_view value) {
    if (is_date(value)) return {};
    return bad_value(parameter, value, "a date: YYYY, YYYY-MM or YYYY-MM-DD",
                     "for example 2022, 2022-01 or 2022-01-25");
}

Complaint check_choice(const Parameter& parameter, std::string_view value) {
    const auto words = parameter.shape.words;
    if (std::ranges::find(words, value) != words.end()) return {};
    const auto meant = nearest(value, words);
    return bad_value(parameter, value, "one of: " + listed(words),
                     meant ? "did you mean '" + *meant + "'?" : "");
}

Complaint check_choices(const Parameter& parameter, std::string_view value) {
    for (const auto& one : split_choices(value))
        if (auto complaint = check_choice(parameter, one)) return complaint;
    return {};
}

Complaint check_value(const Parameter& parameter, std::string_view value) {
    switch (parameter.shape.kind) {
    case Kind::text:
        return check_text(parameter, value);
    case Kind::whole_number:
        return check_number(parameter, value);
    case Kind::date:
        return check_date(parameter, value);
    case Kind::choice:
        return check_choice(parameter, value);
    case Kind::choices:
        return check_choices(parameter, value);
    }
    return {};
}

Problem unknown(std::string_view name, Known known) {
    std::vector<std::string_view> names;
    for (const auto* one : known) names.push_back(one->name);
    const auto meant = nearest(name, names);
    std::string hint = "there are no parameters here";
    if (meant)
        hint = "did you mean '" + *meant + "'?";
    else if (!names.empty())
        hint = "known are: " + listed(names);
    return {.status = 400,
            .code = "unknown_parameter",
            .detail = "there is no parameter " + shown(name),
            .param = text::repair_utf8(name.substr(0, 60)),
            .hint = std::move(hint)};
}

Problem repeated(const Parameter& parameter) {
    return {.status = 400,
            .code = "repeated_parameter",
            .detail = std::string(parameter.name) + " may be given " +
                      (parameter.times == 1 ? "once" : std::to_string(parameter.times) + " times"),
            .param = std::string(parameter.name)};
}

Problem missing(const Parameter& parameter) {
    return {.status = 400,
            .code = "missing_parameter",
            .detail = std::string(parameter.name) + " is missing",
            .param = std::string(parameter.name),
            .hint = "give the id of a document, as the hits of a search have it"};
}

// Every name is known and none comes too often.
Complaint check_names(const Params& params, Known known) {
    std::vector<std::uint32_t> seen(known.size());
    for (const auto& [name, value] : params) {
        const auto found = std::ranges::find(known, std::string_view(name), &Parameter::name);
        if (found == known.end()) return unknown(name, known);
        if (++seen[static_cast<std::size_t>(found - known.begin())] > (*found)->times)
            return repeated(**found);
    }
    return {};
}

}  // namespace

namespace parameters {

Known search() {
    return of_search;
}
Known explain() {
    return of_explain;
}
Known document() {
    return of_document;
}
Known suggest() {
    return of_suggest;
}
Known feed() {
    return of_feed;
}
Known exported() {
    return of_export;
}
Known none() {
    return {};
}

}  // namespace parameters

std::optional<Problem> check(const Params& params, Known known) {
    if (auto complaint = check_names(params, known)) return complaint;
    for (const auto* one : known) {
        const auto is_given = [&](const auto& given) {
            return given.first == one->name && !given.second.empty();
        };
        if (one->required && std::ranges::none_of(params, is_given)) return missing(*one);
    }
    for (const auto& [name, value] : params) {
        if (value.empty()) continue;
        const auto& parameter = **std::ranges::find(known, std::string_view(name), &Parameter::name);
        if (auto complaint = check_value(parameter, value)) return complaint;
    }
    return {};
}

std::vector<std::string> split_choices(std::string_view value) {
    std::vector<std::string> words;
    for (std::size_t begin = 0; begin <= value.size();) {
        const std::size_t end = std::min(value.find(',', begin), value.size());
        auto word = text::collapse_spaces(value.substr(begin, end - begin));
        begin = end + 1;
        if (!word.empty()) words.push_back(std::move(word));
    }
    return words;
}

std::string shown(std::string_view value) {
    constexpr std::size_t enough = 60;
    std::string text = text::repair_utf8(value.substr(0, enough));
    return "'" + text + (value.size() > enough ? "…'" : "'");
}

}  // namespace izde::http
