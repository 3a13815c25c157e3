#include "http/routes.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>
#include <vector>

#include "izde/suggest.hpp"

#include "http/document_page.hpp"
#include "http/etag.hpp"
#include "http/export.hpp"
#include "http/facts.hpp"
#include "http/feed.hpp"
#include "http/frame.hpp"
#include "http/headers.hpp"
#include "http/json.hpp"
#include "http/metrics.hpp"
#include "http/openapi.hpp"
#include "http/opensearch.hpp"
#include "http/params.hpp"
#include "http/problem.hpp"
#include "http/rail.hpp"
#include "http/results_page.hpp"
#include "http/route.hpp"

namespace izde::http {
namespace {

constexpr std::string_view json_type = "application/json; charset=utf-8";
constexpr std::string_view read_methods = "GET, HEAD";

Answer api_answer(std::string body, std::string_view type = json_type, int status = 200) {
    Answer answer{.status = status, .type = std::string(type), .body = std::move(body)};
    add_headers(answer, Kind::api);
    return answer;
}

Answer about(const search::Snapshot& index, Answer answer) {
    answer.facts.generation = index.generation;
    return answer;
}

// What clients must not read, the log has, under the id that clients were given.
Answer refuse(const Question& question, const Error& error) {
    auto problem = problem_of(error);
    if (problem.status == 503 && !question.around.trusted) {
        problem.detail = "the index cannot be searched at the moment";
        problem.hint = {};
    }
    auto answer = to_answer(problem);
    if (answer.status == 500) answer.facts.error = error.message;
    return answer;
}

Answer not_modified(const std::string& etag) {
    Answer answer{.status = 304, .type = {}};
    add_headers(answer, Kind::api);
    allow_keeping(answer, etag);
    return answer;
}

// An answer that a client may keep, or word that the one it has is still right, without a search.
template <class Produce>
Answer kept(const Question& question, const Produce& produce) {
    const auto& request = question.request;
    if (!allows(read_methods, request.method)) return produce();
    const auto etag = [&](const std::string& generation) {
        return etag_of({request.path, request.params, generation, question.around.settings});
    };
    if (const auto status = question.service.status(); status.ready) {
        const auto live = etag(status.index.generation);
        if (is_known_to_client(request, live)) return about(status.index, not_modified(live));
    }
    auto answer = produce();
    // Another generation may have gone live meanwhile, and what was cut short may be whole the next time.
    const auto& facts = answer.facts;
    if (answer.status == 200 && !facts.generation.empty() && !facts.partial)
        allow_keeping(answer, etag(facts.generation));
    return answer;
}

// The reply to a search in the form that `render` gives it.
template <class Render>
Answer searched(const Question& question, const search::Request& request, const Render& render) {
    const auto reply = question.service.search(request);
    if (!reply) return refuse(question, reply.error());
    Answer answer = render(*reply);
    answer.facts = facts_of(*reply, request.text);
    return answer;
}

Answer get_search(const Question& question) {
    const auto params = all_params(question.request);
    if (const auto* problem = std::get_if<Problem>(&params)) return to_answer(*problem);
    const auto wanted = search_request(std::get<Params>(params));
    if (const auto* problem = std::get_if<Problem>(&wanted)) return to_answer(*problem);
    const auto& request = std::get<search::Request>(wanted);
    return kept(question, [&] {
        return searched(question, request,
                        [&](const search::Reply& reply) { return api_answer(to_json(request, reply)); });
    });
}

Answer get_document(const Question& question) {
    const auto query = document_query(question.request.params);
    if (const auto* problem = std::get_if<Problem>(&query)) return to_answer(*problem);
    const auto& text = std::get<std::string>(query);
    return kept(question, [&] {
        const auto shown = question.service.document(question.id, text);
        if (!shown) return refuse(question, shown.error());
        auto answer = api_answer(to_json(*shown));
        answer.facts = facts_of(*shown, text);
        return answer;
    });
}

Answer get_similar(const Question& question) {
    if (const auto problem = refuse_all(question.request.params)) return to_answer(*problem);
    return kept(question, [&] {
        const auto similar = question.service.similar(question.id);
        if (!similar) return refuse(question, similar.error());
        auto answer = api_answer(to_json(*similar));
        answer.facts = facts_of(*similar);
        return answer;
    });
}

Answer get_suggest(const Question& question) {
    const auto typed = typed_so_far(question.request.params);
    if (const auto* problem = std::get_if<Problem>(&typed)) return to_answer(*problem);
    const auto& [text, limit, form] = std::get<Typed>(typed);
    return kept(question, [&] {
        const auto suggestions = question.service.suggest(text, limit);
        if (!suggestions) return refuse(question, suggestions.error());
        const bool for_browsers = form == Typed::Form::opensearch;
        auto answer = for_browsers ? api_answer(to_opensearch_json(text, *suggestions), suggestions_type)
                                   : api_answer(to_json(text, *suggestions));
        answer.facts = facts_of(*suggestions, text);
        return answer;
    });
}

Answer get_explain(const Question& question) {
    const auto wanted = explain_request(question.request.params);
    if (const auto* problem = std::get_if<Problem>(&wanted)) return to_answer(*problem);
    const auto& [request, id] = std::get<AboutOne>(wanted);
    const auto explanation = question.service.explain(request, id);
    if (!explanation) return refuse(question, explanation.error());
    auto answer = api_answer(to_json(request, *explanation));
    answer.facts = facts_of(*explanation, request.text);
    return answer;
}

Answer get_stats(const Question& question) {
    if (const auto problem = refuse_all(question.request.params)) return to_answer(*problem);
    return kept(question, [&] {
        const auto manifest = question.service.stats();
        if (!manifest) return refuse(question, manifest.error());
        auto answer = api_answer(to_json(*manifest));
        answer.facts.generation = manifest->generation;
        return answer;
    });
}

Answer get_feed(const Question& question) {
    const auto wanted = feed_request(question.request.params);
    if (const auto* problem = std::get_if<Problem>(&wanted)) return to_answer(*problem);
    const auto& request = std::get<search::Request>(wanted);
    return kept(question, [&] {
        return searched(question, request, [&](const search::Reply& reply) {
            return api_answer(to_atom({request, reply, question.around.base, question.request.params}),
                              atom_type);
        });
    });
}

template <ExportForm form>
Answer get_export(const Question& question) {
    const auto wanted = export_request(question.request.params);
    if (const auto* problem = std::get_if<Problem>(&wanted)) return to_answer(*problem);
    const auto& request = std::get<search::Request>(wanted);
    return kept(question, [&] {
        return searched(question, request, [&](const search::Reply& reply) {
            Answer answer = to_export(form, reply);
            add_headers(answer, Kind::api);
            return answer;
        });
    });
}

Answer get_opensearch(const Question& question) {
    if (const auto problem = refuse_all(question.request.params)) return to_answer(*problem);
    return api_answer(to_opensearch_description(question.around.base), opensearch_type);
}

Answer get_openapi(const Question& question) {
    if (const auto problem = refuse_all(question.request.params)) return to_answer(*problem);
    return api_answer(to_openapi(routes()));
}

Answer get_health(const Question& question) {
    if (const auto problem = refuse_all(question.request.params)) return to_answer(*problem);
    return api_answer(R"({"status":"ok"})");
}

std::chrono::sys_seconds now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

Answer get_ready(const Question& question) {
    if (const auto problem = refuse_all(question.request.params)) return to_answer(*problem);
    auto status = question.service.status();
    if (!status.last_error.empty() && !question.around.trusted)
        status.last_error = "the newest index could not be opened";
    auto answer =
        about(status.index, api_answer(to_json(status, now()), json_type, status.ready ? 200 : 503));
    if (!status.ready) answer.headers.emplace_back("Retry-After", "5");
    return answer;
}

Answer get_metrics(const Question& question) {
    if (const auto problem = refuse_all(question.request.params)) return to_answer(*problem);
    const auto* metrics = question.around.metrics;
    return api_answer(metrics == nullptr ? "" : metrics->text(question.service.status(), now()),
                      metrics_type);
}

// The pages that are rendered here, for those without JavaScript and for reading a document.
Answer page_or_error(const Question& question, Result<Answer> page) {
    if (page) return *std::move(page);
    return error_page(question.request, page.error(), refuse(question, page.error()));
}

Answer get_results_page(const Question& question) {
    return page_or_error(question, results_page(question.service, question.request));
}

Answer get_document_page(const Question& question) {
    return page_or_error(question, document_page(question.service, question.request, question.id));
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
    std::vector<std::string_view> known;
    for (const auto& route : routes()) known.push_back(route.path);
    const auto meant = nearest(path, known);
    return to_answer({.status = 404,
                      .code = "not_found",
                      .detail = "there is nothing at this address",
                      .hint = meant ? "did you mean " + *meant + "?"
                                    : "the page is at /, the search at /api/v1/search?q="});
}

constexpr std::string_view id_mark = "{id}";

// What stands for {id}; empty where the address is another one.
std::string_view id_in(std::string_view path, std::string_view pattern) {
    const auto mark = pattern.find(id_mark);
    if (mark == std::string_view::npos) return {};
    const auto before = pattern.substr(0, mark), after = pattern.substr(mark + id_mark.size());
    if (path.size() <= before.size() + after.size() || !path.starts_with(before) || !path.ends_with(after))
        return {};
    const auto id = path.substr(before.size(), path.size() - before.size() - after.size());
    return id.find('/') == std::string_view::npos ? id : std::string_view();
}

constexpr std::array table = {
    Route{"/api/v1/search", "GET, HEAD, POST", Scope::search, "Ranked hits with snippets", parameters::search,
          json_type, "SearchReply", true, get_search},
    Route{"/api/v1/documents/{id}", read_methods, Scope::search, "A stored document", parameters::document,
          json_type, "Document", true, get_document},
    Route{"/api/v1/documents/{id}/similar", read_methods, Scope::search, "The near-duplicates of a document",
          parameters::none, json_type, "SimilarReply", true, get_similar},
    Route{"/api/v1/suggest", read_methods, Scope::search, "How what is being typed may go on",
          parameters::suggest, json_type, "SuggestReply", true, get_suggest},
    Route{"/api/v1/explain", read_methods, Scope::search,
          "Why a search finds a document, or at which step it does not", parameters::explain, json_type,
          "ExplainReply", false, get_explain},
    Route{"/api/v1/stats", read_methods, Scope::search, "What the index holds", parameters::none, json_type,
          "Stats", true, get_stats},
    Route{"/feed.atom", read_methods, Scope::search,
          "What a query finds, as an Atom feed: first what the index saw last", parameters::feed, atom_type,
          "", true, get_feed},
    Route{"/export.csv", read_methods, Scope::search, "What a query finds, as a table", parameters::exported,
          csv_type, "", true, get_export<ExportForm::csv>},
    Route{"/export.jsonl", read_methods, Scope::search, "What a query finds, one JSON object a line",
          parameters::exported, jsonl_type, "", true, get_export<ExportForm::jsonl>},
    Route{"/opensearch.xml", read_methods, Scope::open, "How browsers search here", parameters::none,
          opensearch_type, "", false, get_opensearch},
    Route{"/openapi.json", read_methods, Scope::open, "This description", parameters::none, json_type,
          "OpenApi", false, get_openapi},
    Route{"/healthz", read_methods, Scope::open, "Whether the process answers", parameters::none, json_type,
          "Health", false, get_health},
    Route{"/readyz", read_methods, Scope::open, "Whether an index is served, which one, and the last error",
          parameters::none, json_type, "Ready", false, get_ready},
    Route{"/metrics", read_methods, Scope::admin, "Figures for Prometheus", parameters::none, metrics_type,
          "", false, get_metrics},
    // They take `hl` beside these.
    Route{results_path, read_methods, Scope::search, "The results of a search as a page", parameters::search,
          page_type, "", false, get_results_page, true},
    Route{document_route, read_methods, Scope::search, "A stored document as a page", parameters::document,
          page_type, "", false, get_document_page, true},
};

}  // namespace

bool allows(std::string_view methods, std::string_view method) {
    for (std::size_t begin = 0; begin < methods.size();) {
        const auto end = std::min(methods.find(", ", begin), methods.size());
        if (methods.substr(begin, end - begin) == method) return true;
        begin = end + 2;
    }
    return false;
}

std::span<const Route> routes() {
    return table;
}

const Route* find_route(std::string_view path) {
    const auto* const found = std::ranges::find_if(
        table, [&](const Route& route) { return route.path == path || !id_in(path, route.path).empty(); });
    return found == table.end() ? nullptr : found;
}

std::string_view label_of(const Route* route, int status) {
    // What is no route and yet no error is one of the page's files.
    if (route == nullptr) return status == 404 ? "unknown" : "page";
    return route->is_page ? "page" : route->path;
}

Answer handle(const search::Service& service, const Assets& assets, const Message& request,
              const Surroundings& around) {
    if (const auto* route = find_route(request.path)) {
        if (!allows(route->methods, request.method)) return wrong_method(route->methods);
        return route->answer({service, request, around, id_in(request.path, route->path)});
    }
    const auto asset = assets.find(request.path);
    if (asset != assets.end()) {
        if (!allows(read_methods, request.method)) return wrong_method(read_methods);
        if (request.path == "/" && !request.params.empty()) return start_page(asset->second, request);
        return answer(asset->second, request);
    }
    return no_such_page(request.path);
}

}  // namespace izde::http
