#include "http/routes.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <iostream>
#include <optional>
#include <string_view>

#include "izde/suggest.hpp"

#include "http/document_page.hpp"
#include "http/headers.hpp"
#include "http/json.hpp"
#include "http/params.hpp"
#include "http/problem.hpp"
#include "http/rail.hpp"
#include "http/results_page.hpp"

namespace izde::http {
namespace {

Answer json_answer(std::string body, int status = 200) {
    Answer answer{.status = status, .body = std::move(body)};
    add_headers(answer, Kind::api);
    return answer;
}

// What clients must not read, the log has, under the id that clients were given.
Answer refuse(const Error& error) {
    auto answer = to_answer(problem_of(error));
    if (answer.status != 500) return answer;
    const auto id =
        std::ranges::find(answer.headers, "X-Request-Id", &std::pair<std::string, std::string>::first);
    std::cerr << "izde-searchd: request " << id->second << " failed: " << error.message << std::endl;
    return answer;
}

template <class Value>
Answer answer_of(const Result<Value>& result) {
    if (!result) return refuse(result.error());
    return json_answer(to_json(*result));
}

Answer get_search(const search::Service& service, const Message& request) {
    const auto params = all_params(request);
    if (const auto* problem = std::get_if<Problem>(&params)) return to_answer(*problem);
    const auto wanted = search_request(std::get<Params>(params));
    if (const auto* problem = std::get_if<Problem>(&wanted)) return to_answer(*problem);
    const auto& search = std::get<search::Request>(wanted);
    const auto reply = service.search(search);
    if (!reply) return refuse(reply.error());
    return json_answer(to_json(search, *reply));
}

constexpr std::string_view documents_prefix = "/api/v1/documents/";

Answer get_similar(const search::Service& service, std::string_view id, const Message& request) {
    if (const auto problem = refuse_all(request.params)) return to_answer(*problem);
    return answer_of(service.similar(id));
}

Answer get_document(const search::Service& service, const Message& request) {
    constexpr std::string_view similar = "/similar";
    const std::string_view below = std::string_view(request.path).substr(documents_prefix.size());
    if (below.size() > similar.size() && below.ends_with(similar))
        return get_similar(service, below.substr(0, below.size() - similar.size()), request);
    const auto query = document_query(request.params);
    if (const auto* problem = std::get_if<Problem>(&query)) return to_answer(*problem);
    return answer_of(service.document(below, std::get<std::string>(query)));
}

Answer get_suggest(const search::Service& service, const Message& request) {
    const auto typed = typed_so_far(request.params);
    if (const auto* problem = std::get_if<Problem>(&typed)) return to_answer(*problem);
    const auto& [text, limit] = std::get<Typed>(typed);
    const auto suggestions = service.suggest(text, limit);
    if (!suggestions) return refuse(suggestions.error());
    return json_answer(to_json(text, *suggestions));
}

Answer get_explain(const search::Service& service, const Message& request) {
    const auto wanted = explain_request(request.params);
    if (const auto* problem = std::get_if<Problem>(&wanted)) return to_answer(*problem);
    const auto& [search, id] = std::get<AboutOne>(wanted);
    const auto explanation = service.explain(search, id);
    if (!explanation) return refuse(explanation.error());
    return json_answer(to_json(search, *explanation));
}

Answer get_stats(const search::Service& service, const Message& request) {
    if (const auto problem = refuse_all(request.params)) return to_answer(*problem);
    return answer_of(service.stats());
}

Answer get_health(const search::Service& /*service*/, const Message& /*request*/) {
    return json_answer(R"({"status":"ok"})");
}

Answer get_ready(const search::Service& service, const Message& /*request*/) {
    const auto status = service.status();
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    auto answer = json_answer(to_json(status, now), status.ready ? 200 : 503);
    if (!status.ready) answer.headers.emplace_back("Retry-After", "5");
    return answer;
}

struct Route {
    std::string_view path;  // ends with '/': everything below it
    std::string_view methods;
    Answer (*answer)(const search::Service& service, const Message& request);
};

constexpr std::string_view read_methods = "GET, HEAD";

constexpr std::array routes = {
    Route{"/api/v1/search", "GET, HEAD, POST", get_search},
    Route{documents_prefix, read_methods, get_document},
    Route{"/api/v1/suggest", read_methods, get_suggest},
    Route{"/api/v1/explain", read_methods, get_explain},
    Route{"/api/v1/stats", read_methods, get_stats},
    Route{"/healthz", read_methods, get_health},
    Route{"/readyz", read_methods, get_ready},
};

bool leads_to(const Route& route, std::string_view path) {
    if (!route.path.ends_with('/')) return path == route.path;
    return path.size() > route.path.size() && path.starts_with(route.path);
}

bool allows(std::string_view methods, std::string_view method) {
    for (std::size_t begin = 0; begin < methods.size();) {
        const auto end = std::min(methods.find(", ", begin), methods.size());
        if (methods.substr(begin, end - begin) == method) return true;
        begin = end + 2;
    }
    return false;
}

Answer wrong_method(std::string_view methods) {
    const std::string allowed(methods);
    auto answer = to_answer({.status = 405,
                             .code = "method_not_allowed",
                             .detail = "this address does not take that method",
                             .hint = "use one of: " + allowed});
    answer.headers.emplace_back("Allow", allowed);
    return answer;
}

Answer no_such_page(std::string_view path) {
    std::array<std::string_view, routes.size()> known;
    std::ranges::transform(routes, known.begin(), &Route::path);
    const auto meant = nearest(path, known);
    return to_answer({.status = 404,
                      .code = "not_found",
                      .detail = "there is nothing at this address",
                      .hint = meant ? "did you mean " + *meant + "?"
                                    : "the page is at /, the search at /api/v1/search?q="});
}

bool is_known_to_client(const Message& request, const std::string& etag) {
    const auto known = request.headers.find("if-none-match");
    if (known == request.headers.end()) return false;
    return known->second == "*" || known->second.find(etag) != std::string::npos;
}

Answer get_asset(const Asset& asset, const Message& request) {
    if (!allows(read_methods, request.method)) return wrong_method(read_methods);
    if (request.path == "/" && !request.params.empty()) return start_page(asset, request);
    Answer answer{.status = 200, .type = asset.type, .headers = {{"ETag", asset.etag}}};
    add_headers(answer, Kind::page);
    if (is_known_to_client(request, asset.etag))
        answer.status = 304;
    else
        answer.body = asset.body;
    return answer;
}

// The pages that are rendered here, for those without JavaScript and for reading a document.
std::optional<Answer> get_page(const search::Service& service, const Message& request) {
    const bool is_document =
        request.path.starts_with(document_path) && request.path.size() > document_path.size();
    if (!is_document && request.path != results_path) return std::nullopt;
    if (!allows(read_methods, request.method)) return wrong_method(read_methods);
    auto page = is_document ? document_page(service, request) : results_page(service, request);
    return page ? *std::move(page) : error_page(request, page.error(), refuse(page.error()));
}

}  // namespace

Answer handle(const search::Service& service, const Assets& assets, const Message& request) {
    const auto route =
        std::ranges::find_if(routes, [&](const auto& one) { return leads_to(one, request.path); });
    if (route != routes.end()) {
        if (!allows(route->methods, request.method)) return wrong_method(route->methods);
        return route->answer(service, request);
    }
    if (auto page = get_page(service, request)) return *std::move(page);
    const auto asset = assets.find(request.path);
    if (asset != assets.end()) return get_asset(asset->second, request);
    return no_such_page(request.path);
}

}  // namespace izde::http
