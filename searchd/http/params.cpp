// One table of parameters: its names are what is known, its rows say how each is read.
#include "http/params.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "izde/dates.hpp"
#include "izde/suggest.hpp"
#include "izde/text/utf8.hpp"

namespace izde::http {
namespace {

constexpr std::size_t longest_query = 8192;  // bytes
constexpr std::size_t most_values = 100;     // of one repeatable parameter
constexpr std::uint32_t most_per_page = 100, widest_snippet = 1000, most_suggestions = 20;

using Complaint = std::optional<Problem>;

struct Draft {
    search::Request request;
    index::Dated dated;
    std::optional<bool> undated;
};

struct Given {
    std::string_view name;
    std::string value;
};

using Names = std::span<const std::string_view>;

struct Param {
    std::string_view name;
    Complaint (*read)(const Given& given, Draft& draft);
    std::optional<index::Facet> facet = {};  // set: a filter by it
    std::size_t most = 1;                    // how often it may be given; a filter: most_values
};

std::string shown(std::string_view value) {
    constexpr std::size_t enough = 60;
    std::string text = text::repair_utf8(value.substr(0, enough));
    return "'" + text + (value.size() > enough ? "…'" : "'");
}

std::string listed(Names names) {
    std::string list;
    for (const auto name : names) list.append(list.empty() ? "" : ", ").append(name);
    return list;
}

Problem bad_value(const Given& given, std::string_view wanted, std::string hint = {}) {
    return {.status = 400,
            .code = "bad_parameter",
            .detail =
                std::string(given.name) + " is " + shown(given.value) + " but must be " + std::string(wanted),
            .param = std::string(given.name),
            .hint = std::move(hint)};
}

struct Range {
    std::uint32_t least, most;
};

Complaint read_number(const Given& given, Range range, std::uint32_t& into) {
    const char* const end = given.value.data() + given.value.size();
    const auto [stop, error] = std::from_chars(given.value.data(), end, into);
    if (error == std::errc{} && stop == end && into >= range.least && into <= range.most) return {};
    const auto wanted =
        "a whole number from " + std::to_string(range.least) + " to " + std::to_string(range.most);
    return bad_value(given, wanted);
}

template <class Value, std::size_t size>
Complaint read_choice(const Given& given, const std::array<std::pair<std::string_view, Value>, size>& choices,
                      Value& into) {
    std::array<std::string_view, size> names;
    for (std::size_t i = 0; i < size; ++i) {
        names[i] = choices[i].first;
        if (given.value != names[i]) continue;
        into = choices[i].second;
        return {};
    }
    const auto meant = nearest(given.value, names);
    return bad_value(given, "one of: " + listed(names), meant ? "did you mean '" + *meant + "'?" : "");
}

Complaint read_query(const Given& given, Draft& draft) {
    if (given.value.size() > longest_query) {
        return Problem{.status = 400,
                       .code = "query_too_long",
                       .detail = "q has " + std::to_string(given.value.size()) + " bytes but may have " +
                                 std::to_string(longest_query),
                       .param = "q",
                       .hint = "search for fewer words"};
    }
    draft.request.text = text::repair_utf8(given.value);
    return {};
}

Complaint read_order(const Given& given, Draft& draft) {
    static constexpr std::array<std::pair<std::string_view, index::Order>, 3> orders = {
        {{"relevance", index::Order::relevance},
         {"newest", index::Order::newest},
         {"oldest", index::Order::oldest}}};
    return read_choice(given, orders, draft.request.order);
}

Complaint read_date(const Given& given, std::string& into) {
    if (!is_date(given.value)) {
        return bad_value(given, "a date: YYYY, YYYY-MM or YYYY-MM-DD",
                         "for example 2022, 2022-01 or 2022-01-25");
    }
    into = given.value;
    return {};
}

Complaint read_undated(const Given& given, Draft& draft) {
    static constexpr std::array<std::pair<std::string_view, bool>, 2> choices = {
        {{"include", true}, {"exclude", false}}};
    return read_choice(given, choices, draft.undated.emplace());
}

constexpr std::array<std::pair<std::string_view, index::Breakdown>, 7> breakdowns = {
    {{"lang", index::Breakdown::lang},
     {"source", index::Breakdown::source},
     {"author", index::Breakdown::author},
     {"place", index::Breakdown::place},
     {"format", index::Breakdown::format},
     {"year", index::Breakdown::year},
     {"month", index::Breakdown::month}}};

// A list with commas between, each counted once however often it is named.
Complaint read_facets(const Given& given, Draft& draft) {
    auto& facets = draft.request.facets;
    for (std::size_t begin = 0; begin <= given.value.size();) {
        const std::size_t end = std::min(given.value.find(',', begin), given.value.size());
        const Given one{given.name, text::collapse_spaces(given.value.substr(begin, end - begin))};
        begin = end + 1;
        if (one.value.empty()) continue;
        index::Breakdown by{};
        if (auto complaint = read_choice(one, breakdowns, by)) return complaint;
        if (std::ranges::find(facets, by) == facets.end()) facets.push_back(by);
    }
    return {};
}

Complaint read_collapse(const Given& given, Draft& draft) {
    static constexpr std::array<std::pair<std::string_view, index::Fold>, 2> choices = {
        {{"on", index::Fold::on}, {"off", index::Fold::off}}};
    return read_choice(given, choices, draft.request.fold);
}

Complaint read_typo(const Given& given, Draft& draft) {
    static constexpr std::array<std::pair<std::string_view, bool>, 2> choices = {
        {{"on", true}, {"off", false}}};
    return read_choice(given, choices, draft.request.typo);
}

Complaint read_variants(const Given& given, Draft& draft) {
    static constexpr std::array<std::pair<std::string_view, bool>, 2> choices = {
        {{"on", true}, {"off", false}}};
    return read_choice(given, choices, draft.request.variants);
}

Complaint read_snippet(const Given& given, Draft& draft) {
    std::uint32_t width = 0;
    auto complaint = read_number(given, {0, widest_snippet}, width);
    draft.request.snippet_width = width;
    return complaint;
}

constexpr std::array known = {
    Param{"q", read_query},
    Param{"page",
          [](const Given& g, Draft& d) {
              return read_number(g, {1, reachable_hits}, d.request.page);
          }},
    Param{"per_page",
          [](const Given& g, Draft& d) {
              return read_number(g, {1, most_per_page}, d.request.per_page);
          }},
    Param{"sort", read_order},
    Param{"lang", nullptr, index::Facet::lang},
    Param{"source", nullptr, index::Facet::source},
    Param{"author", nullptr, index::Facet::author},
    Param{"place", nullptr, index::Facet::place},
    Param{"format", nullptr, index::Facet::format},
    Param{"from", [](const Given& g, Draft& d) { return read_date(g, d.dated.from); }},
    Param{"to", [](const Given& g, Draft& d) { return read_date(g, d.dated.to); }},
    Param{"undated", read_undated},
    Param{"variants", read_variants},
    Param{"typo", read_typo},
    Param{"collapse", read_collapse},
    Param{"facets", read_facets, {}, most_values},
    Param{"snippet", read_snippet},
};

constexpr auto known_names = [] {
    std::array<std::string_view, known.size()> names;
    std::ranges::transform(known, names.begin(), &Param::name);
    return names;
}();

Problem unknown(std::string_view name, Names names) {
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

Problem repeated(std::string_view name, std::size_t allowed) {
    return {.status = 400,
            .code = "repeated_parameter",
            .detail = std::string(name) + " may be given " +
                      (allowed == 1 ? "once" : std::to_string(allowed) + " times"),
            .param = std::string(name)};
}

// Every name is known and none comes too often.
Complaint check_names(const Params& params) {
    std::array<std::size_t, known.size()> seen{};
    for (const auto& [name, value] : params) {
        const auto param = std::ranges::find(known, std::string_view(name), &Param::name);
        if (param == known.end()) return unknown(name, known_names);
        const std::size_t allowed = param->facet ? most_values : param->most;
        if (++seen[static_cast<std::size_t>(param - known.begin())] > allowed) return repeated(name, allowed);
    }
    return {};
}

Complaint read_one(const Given& given, Draft& draft) {
    const auto& param = *std::ranges::find(known, given.name, &Param::name);
    if (!param.facet) return param.read(given, draft);
    draft.request.filters[*param.facet].push_back(text::repair_utf8(given.value));
    return {};
}

// What each parameter allows but together they do not.
Complaint check_together(const Draft& draft) {
    const auto& request = draft.request;
    if (request.page * request.per_page > reachable_hits) {
        return Problem{.status = 400,
                       .code = "too_deep",
                       .detail = "page × per_page is " + std::to_string(request.page * request.per_page) +
                                 " but may be " + std::to_string(reachable_hits),
                       .param = "page",
                       .hint = "narrow the search by more words, from and to, or a filter"};
    }
    if (is_reversed(draft.dated.from, draft.dated.to)) {
        return bad_value({"from", draft.dated.from}, "no later than to, which is " + shown(draft.dated.to),
                         "swap from and to");
    }
    return {};
}

std::optional<std::string> text_of(const nlohmann::json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_boolean()) return value.get<bool>() ? "on" : "off";
    if (value.is_number()) return value.dump();
    return std::nullopt;
}

Problem bad_body(const std::string& detail, const std::string& param = {}) {
    return {.status = 400,
            .code = "bad_body",
            .detail = detail,
            .param = param,
            .hint = R"(send one JSON object with the names of GET: {"q": "words", "lang": ["kk", "ru"]})"};
}

// null is as good as leaving the name out; an array repeats it.
Complaint append(const std::string& name, const nlohmann::json& value, Params& params) {
    if (value.is_null()) return {};
    const auto put = [&](const nlohmann::json& one) {
        auto text = text_of(one);
        if (text) params.emplace_back(name, std::move(*text));
        return text.has_value();
    };
    const bool fine = value.is_array() ? std::ranges::all_of(value, put) : put(value);
    if (fine) return {};
    return bad_body("a parameter must be a text, a number or a list of these",
                    text::repair_utf8(name.substr(0, 60)));
}

bool is_json(const Message& request) {
    const auto type = request.headers.find("content-type");
    if (type == request.headers.end()) return false;
    const std::string_view name =
        std::string_view(type->second).substr(0, type->second.find_first_of("; \t"));
    return name == "application/json";
}

Complaint append_body(const Message& request, Params& params) {
    if (!is_json(request)) {
        return Problem{.status = 415,
                       .code = "unsupported_media_type",
                       .detail = "a POST needs Content-Type: application/json",
                       .hint = "or use GET"};
    }
    const auto body = nlohmann::json::parse(text::repair_utf8(request.body), nullptr, false);
    if (body.is_discarded()) return bad_body("the body is not valid JSON");
    if (!body.is_object()) return bad_body("the body must be a JSON object");
    for (const auto& [name, value] : body.items()) {
        if (auto complaint = append(name, value, params)) return complaint;
    }
    return {};
}

}  // namespace

std::uint64_t pages_of(std::uint64_t total, std::uint64_t per_page) {
    if (per_page == 0) return 0;
    return std::min((total + per_page - 1) / per_page, reachable_hits / per_page);
}

std::string_view name_of(index::Breakdown by) {
    return std::ranges::find(breakdowns, by, &std::pair<std::string_view, index::Breakdown>::second)->first;
}

std::variant<Params, Problem> all_params(const Message& request) {
    Params params = request.params;
    if (request.method != "POST") return params;
    if (auto complaint = append_body(request, params)) return std::move(*complaint);
    return params;
}

std::variant<search::Request, Problem> search_request(const Params& params) {
    if (auto complaint = check_names(params)) return std::move(*complaint);
    Draft draft;
    for (const auto& [name, value] : params) {
        // An HTML form sends its empty fields too.
        if (value.empty()) continue;
        if (auto complaint = read_one({name, value}, draft)) return std::move(*complaint);
    }
    if (auto complaint = check_together(draft)) return std::move(*complaint);
    const bool has_range = !draft.dated.from.empty() || !draft.dated.to.empty();
    draft.dated.undated = draft.undated.value_or(false);
    // Everything, dated or not, is no filter.
    if (has_range || draft.undated == false) draft.request.dated = draft.dated;
    return std::move(draft.request);
}

std::variant<AboutOne, Problem> explain_request(const Params& params) {
    static constexpr auto names = [] {
        std::array<std::string_view, known.size() + 1> all{"id"};
        std::ranges::copy(known_names, all.begin() + 1);
        return all;
    }();
    AboutOne wanted;
    Params others;
    for (const auto& [name, value] : params) {
        if (std::ranges::find(names, name) == names.end()) return unknown(name, names);
        if (name != "id") {
            others.emplace_back(name, value);
            continue;
        }
        if (!wanted.id.empty()) return repeated("id", 1);
        wanted.id = value;
    }
    if (wanted.id.empty()) {
        return Problem{.status = 400,
                       .code = "missing_parameter",
                       .detail = "id is missing",
                       .param = "id",
                       .hint = "give the id of a document, as the hits of a search have it"};
    }
    auto request = search_request(others);
    if (auto* problem = std::get_if<Problem>(&request)) return std::move(*problem);
    wanted.request = std::get<search::Request>(std::move(request));
    return wanted;
}

std::variant<std::string, Problem> document_query(const Params& params) {
    static constexpr std::array<std::string_view, 1> names = {"q"};
    for (const auto& [name, value] : params) {
        if (name != "q") return unknown(name, names);
    }
    if (params.size() > 1) return repeated("q", 1);
    Draft draft;
    if (params.empty()) return std::string();
    if (auto complaint = read_query({"q", params.front().second}, draft)) return std::move(*complaint);
    return std::move(draft.request.text);
}

std::variant<Typed, Problem> typed_so_far(const Params& params) {
    static constexpr std::array<std::string_view, 2> names = {"q", "limit"};
    std::array<bool, names.size()> seen{};
    Draft draft;
    Typed typed;
    for (const auto& [name, value] : params) {
        const auto found = std::ranges::find(names, std::string_view(name));
        if (found == names.end()) return unknown(name, names);
        if (std::exchange(seen[static_cast<std::size_t>(found - names.begin())], true))
            return repeated(name, 1);
        if (value.empty()) continue;
        auto complaint = name == "q" ? read_query({name, value}, draft)
                                     : read_number({name, value}, {1, most_suggestions}, typed.limit);
        if (complaint) return std::move(*complaint);
    }
    typed.text = std::move(draft.request.text);
    return typed;
}

std::optional<Problem> refuse_all(const Params& params) {
    if (params.empty()) return std::nullopt;
    return unknown(params.front().first, {});
}

}  // namespace izde::http
