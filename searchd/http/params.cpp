// What each parameter means, once it is known that its value has the right shape. Tested by params_test.cpp.
#include "http/params.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "izde/dates.hpp"
#include "izde/text/utf8.hpp"

namespace izde::http {
namespace {

using Complaint = std::optional<Problem>;

constexpr std::uint32_t feed_entries = 20;
constexpr std::size_t feed_snippet = 300;

struct Draft {
    search::Request request;
    index::Dated dated;
    std::optional<bool> undated;
};

std::uint32_t number(std::string_view value) {
    std::uint32_t number = 0;
    std::from_chars(value.data(), value.data() + value.size(), number);
    return number;
}

index::Order order(std::string_view value) {
    if (value == "newest") return index::Order::newest;
    return value == "oldest" ? index::Order::oldest : index::Order::relevance;
}

constexpr std::array<std::pair<std::string_view, index::Breakdown>, 7> breakdowns = {
    {{"lang", index::Breakdown::lang},
     {"source", index::Breakdown::source},
     {"author", index::Breakdown::author},
     {"place", index::Breakdown::place},
     {"format", index::Breakdown::format},
     {"year", index::Breakdown::year},
     {"month", index::Breakdown::month}}};

// Each is counted once however often it is named.
void read_facets(std::string_view value, std::vector<index::Breakdown>& facets) {
    for (const auto& word : split_choices(value)) {
        const auto* found =
            std::ranges::find(breakdowns, word, &std::pair<std::string_view, index::Breakdown>::first);
        if (std::ranges::find(facets, found->second) == facets.end()) facets.push_back(found->second);
    }
}

template <index::Facet facet>
void read_filter(std::string_view value, Draft& draft) {
    draft.request.filters[facet].push_back(text::repair_utf8(value));
}

struct Meaning {
    std::string_view name;
    void (*read)(std::string_view value, Draft& draft);
};

constexpr std::array meanings = {
    Meaning{"q", [](std::string_view v, Draft& d) { d.request.text = text::repair_utf8(v); }},
    Meaning{"page", [](std::string_view v, Draft& d) { d.request.page = number(v); }},
    Meaning{"per_page", [](std::string_view v, Draft& d) { d.request.per_page = number(v); }},
    Meaning{"limit", [](std::string_view v, Draft& d) { d.request.per_page = number(v); }},
    Meaning{"sort", [](std::string_view v, Draft& d) { d.request.order = order(v); }},
    Meaning{"lang", read_filter<index::Facet::lang>},
    Meaning{"source", read_filter<index::Facet::source>},
    Meaning{"author", read_filter<index::Facet::author>},
    Meaning{"place", read_filter<index::Facet::place>},
    Meaning{"format", read_filter<index::Facet::format>},
    Meaning{"from", [](std::string_view v, Draft& d) { d.dated.from = v; }},
    Meaning{"to", [](std::string_view v, Draft& d) { d.dated.to = v; }},
    Meaning{"undated", [](std::string_view v, Draft& d) { d.undated = v == "include"; }},
    Meaning{"variants", [](std::string_view v, Draft& d) { d.request.variants = v == "on"; }},
    Meaning{"typo", [](std::string_view v, Draft& d) { d.request.typo = v == "on"; }},
    Meaning{"collapse", [](std::string_view v,
                           Draft& d) { d.request.fold = v == "on" ? index::Fold::on : index::Fold::off; }},
    Meaning{"facets", [](std::string_view v, Draft& d) { read_facets(v, d.request.facets); }},
    Meaning{"facet_counts",
            [](std::string_view v, Draft& d) {
                d.request.counting = v == "choices" ? search::Counting::choices : search::Counting::hits;
            }},
    Meaning{"snippet", [](std::string_view v, Draft& d) { d.request.snippet_width = number(v); }},
};

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
        return Problem{.status = 400,
                       .code = "bad_parameter",
                       .detail = "from is " + shown(draft.dated.from) +
                                 " but must be no later than to, which is " + shown(draft.dated.to),
                       .param = "from",
                       .hint = "swap from and to"};
    }
    return {};
}

// `draft` holds what is to be where nothing else is said. Parameters that mean nothing for a search are left
// alone.
std::variant<search::Request, Problem> read(const Params& params, std::span<const Parameter* const> known,
                                            Draft draft) {
    if (auto complaint = check(params, known)) return std::move(*complaint);
    for (const auto& [name, value] : params) {
        const auto* meaning = std::ranges::find(meanings, std::string_view(name), &Meaning::name);
        if (!value.empty() && meaning != meanings.end()) meaning->read(value, draft);
    }
    if (auto complaint = check_together(draft)) return std::move(*complaint);
    const bool has_range = !draft.dated.from.empty() || !draft.dated.to.empty();
    draft.dated.undated = draft.undated.value_or(false);
    // Everything, dated or not, is no filter.
    if (has_range || draft.undated == false) draft.request.dated = draft.dated;
    return std::move(draft.request);
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
    return read(params, parameters::search(), {});
}

std::variant<search::Request, Problem> feed_request(const Params& params) {
    Draft draft;
    draft.request.per_page = feed_entries;
    draft.request.order = index::Order::first_seen;
    draft.request.snippet_width = feed_snippet;
    return read(params, parameters::feed(), std::move(draft));
}

std::variant<search::Request, Problem> export_request(const Params& params) {
    Draft draft;
    draft.request.per_page = reachable_hits;
    draft.request.snippet_width = 0;
    return read(params, parameters::exported(), std::move(draft));
}

std::variant<AboutOne, Problem> explain_request(const Params& params) {
    auto request = read(params, parameters::explain(), {});
    if (auto* problem = std::get_if<Problem>(&request)) return std::move(*problem);
    const auto id = std::ranges::find(params, "id", &Params::value_type::first);
    return AboutOne{std::get<search::Request>(std::move(request)), id->second};
}

std::variant<std::string, Problem> document_query(const Params& params) {
    auto request = read(params, parameters::document(), {});
    if (auto* problem = std::get_if<Problem>(&request)) return std::move(*problem);
    return std::get<search::Request>(request).text;
}

std::variant<Typed, Problem> typed_so_far(const Params& params) {
    auto request = read(params, parameters::suggest(), {});
    if (auto* problem = std::get_if<Problem>(&request)) return std::move(*problem);
    const auto& typed = std::get<search::Request>(request);
    const bool for_browsers =
        std::ranges::find(params, Params::value_type("form", "opensearch")) != params.end();
    return Typed{typed.text, typed.per_page, for_browsers ? Typed::Form::opensearch : Typed::Form::izde};
}

std::optional<Problem> refuse_all(const Params& params) {
    return check(params, parameters::none());
}

}  // namespace izde::http
