#include "http/json.hpp"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "http/clock.hpp"
#include "http/marked.hpp"
#include "http/params.hpp"

namespace izde::http {
namespace {

using Json = nlohmann::ordered_json;

// Whatever bytes came this far, what leaves is valid JSON in valid UTF-8.
std::string text_of(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json or_null(const std::string& text) {
    return text.empty() ? Json(nullptr) : Json(text);
}

double rounded(double value, double per_unit) {
    return std::round(value * per_unit) / per_unit;
}

Json parts_json(const search::Marked& marked) {
    Json list = Json::array();
    for (const auto& part : parts(marked)) {
        Json one = {{"t", part.text}};
        if (part.marked) one["m"] = true;
        list.push_back(std::move(one));
    }
    return list;
}

Json title_json(const search::Marked& title) {
    return {{"text", title.text}, {"parts", parts_json(title)}, {"html", html(title)}};
}

Json snippet_json(const search::Marked& snippet) {
    return {{"html", html(snippet)}, {"parts", parts_json(snippet)}};
}

Json date_json(const index::Date& date) {
    return {{"value", or_null(date.value)},
            {"precision", index::to_string(date.precision)},
            {"source", or_null(date.source)}};
}

Json index_json(const search::Snapshot& index) {
    return {{"generation", index.generation}, {"built_at", index.built_at}, {"documents", index.documents}};
}

Json facets_json(const search::Request& request, const search::Reply& reply) {
    Json facets = Json::object();
    for (std::size_t i = 0; i < request.facets.size() && i < reply.facets.size(); ++i) {
        Json values = Json::array();
        for (const auto& [value, count] : reply.facets[i].values)
            values.push_back({{"value", value}, {"count", count}});
        facets[std::string(name_of(request.facets[i]))] = std::move(values);
    }
    return facets;
}

// Of the facets that have more values than are listed.
Json other_json(const search::Request& request, const search::Reply& reply) {
    Json other = Json::object();
    for (std::size_t i = 0; i < request.facets.size() && i < reply.facets.size(); ++i)
        if (reply.facets[i].other > 0) other[std::string(name_of(request.facets[i]))] = reply.facets[i].other;
    return other;
}

Json similar_json(const index::Document& document) {
    return {{"id", document.id},
            {"url", or_null(document.url)},
            {"path", document.path},
            {"record", or_null(document.record)},
            {"title", title_json({document.title, {}})},
            {"date", date_json(document.date)},
            {"lang", document.lang},
            {"format", document.format},
            {"author", or_null(document.author)},
            {"place", or_null(document.place)},
            {"source", or_null(document.source)}};
}

Json hit_json(const search::Hit& hit, bool with_snippet) {
    const auto& document = hit.document;
    return {{"id", document.id},
            {"url", or_null(document.url)},
            {"path", document.path},
            {"record", or_null(document.record)},
            {"score", rounded(hit.score, 1000)},
            {"title", title_json(hit.title)},
            {"snippet", with_snippet ? snippet_json(hit.snippet) : Json(nullptr)},
            {"date", date_json(document.date)},
            {"lang", document.lang},
            {"format", document.format},
            {"author", or_null(document.author)},
            {"place", or_null(document.place)},
            {"source", or_null(document.source)},
            {"similar", document.similar}};
}

Json word_json(const search::Asked& asked) {
    Json sought = Json::array(), found = Json::array();
    for (const auto& [tier, forms] : asked.sought) sought.push_back({{"tier", tier}, {"forms", forms}});
    for (const auto& [form, tier, where, times] : asked.found)
        found.push_back({{"form", form}, {"tier", tier}, {"where", where}, {"times", times}});
    return {{"text", asked.text},
            {"tokens", asked.tokens},
            {"folded", or_null(asked.folded)},
            {"stems", asked.stems},
            {"stop", asked.stop},
            {"excluded", asked.excluded},
            {"looked_for", std::move(sought)},
            {"found", std::move(found)},
            {"passes", asked.passes},
            {"failed_at", or_null(asked.failed_at)}};
}

// As a whole: each member that is added by its name is looked for among all before it.
Json counts_json(const index::Counts& counts) {
    return counts;
}

}  // namespace

std::string to_json(const search::Request& request, const search::Reply& reply) {
    Json hits = Json::array();
    for (const auto& hit : reply.hits) hits.push_back(hit_json(hit, request.snippet_width > 0));
    Json expansions = Json::array();
    for (const auto& one : reply.expansions)
        expansions.push_back({{"term", one.term}, {"also", one.also}, {"why", one.why}});
    return text_of({{"query",
                     {{"text", request.text},
                      {"parsed", reply.parsed},
                      {"expansions", expansions},
                      {"suggestion", or_null(reply.suggestion)},
                      {"warnings", reply.warnings}}},
                    {"total", reply.total},
                    {"total_exact", reply.total_exact},
                    {"page", request.page},
                    {"per_page", request.per_page},
                    {"pages", pages_of(reply.total, request.per_page)},
                    {"took_ms", rounded(reply.took_ms, 10)},
                    {"timed_out", reply.timed_out},
                    {"index", index_json(reply.index)},
                    {"hits", std::move(hits)},
                    {"facets", facets_json(request, reply)},
                    {"facets_other", other_json(request, reply)}});
}

std::string to_json(const search::Shown& shown) {
    Json boilerplate = Json::array();
    for (const auto& piece : shown.document.boilerplate) boilerplate.push_back(piece.text);
    const auto& document = shown.document;
    auto date = date_json(document.date);
    date["text"] = or_null(document.date.text);
    return text_of({{"index", index_json(shown.index)},
                    {"id", document.id},
                    {"path", document.path},
                    {"record", or_null(document.record)},
                    {"url", or_null(document.url)},
                    {"title", title_json(shown.title)},
                    {"title_source", document.title_source},
                    {"body", {{"text", shown.body.text}, {"parts", parts_json(shown.body)}}},
                    {"boilerplate", std::move(boilerplate)},
                    {"date", std::move(date)},
                    {"lang", document.lang},
                    {"format", document.format},
                    {"encoding", document.encoding},
                    {"author", or_null(document.author)},
                    {"author_source", or_null(document.author_source)},
                    {"place", or_null(document.place)},
                    {"place_source", or_null(document.place_source)},
                    {"source", or_null(document.source)},
                    {"source_source", or_null(document.source_source)},
                    {"group", or_null(document.group)},
                    {"similar", document.similar}});
}

std::string to_json(const search::Similar& similar) {
    Json hits = Json::array();
    for (const auto& document : similar.documents) hits.push_back(similar_json(document));
    return text_of(
        {{"index", index_json(similar.index)}, {"total", similar.total}, {"hits", std::move(hits)}});
}

std::string to_json(const std::string& typed, const search::Suggestions& suggestions) {
    Json items = Json::array();
    for (const auto& one : suggestions.items) {
        Json item = {{"text", one.text}, {"kind", one.id.empty() ? "words" : "title"}};
        if (!one.id.empty()) item["id"] = one.id;
        items.push_back(std::move(item));
    }
    return text_of({{"query", typed}, {"suggestions", std::move(items)}});
}

std::string to_json(const search::Request& request, const search::Explanation& explanation) {
    Json words = Json::array(), filters = Json::array();
    for (const auto& word : explanation.words) words.push_back(word_json(word));
    for (const auto& filter : explanation.filters)
        filters.push_back({{"name", filter.name},
                           {"wanted", filter.wanted},
                           {"has", or_null(filter.has)},
                           {"passes", filter.passes}});
    return text_of(
        {{"query",
          {{"text", request.text}, {"parsed", explanation.parsed}, {"warnings", explanation.warnings}}},
         {"index", index_json(explanation.index)},
         {"id", explanation.document.id},
         {"path", explanation.document.path},
         {"title", explanation.document.title},
         {"summary", explanation.summary},
         {"matches", explanation.matches},
         {"all_of_it", explanation.all_of_it},
         {"score", explanation.matches ? Json(rounded(explanation.score, 1000)) : Json(nullptr)},
         {"rank", explanation.rank ? Json(*explanation.rank) : Json(nullptr)},
         {"shown_as", or_null(explanation.shown_as)},
         {"total", explanation.total},
         {"words", std::move(words)},
         {"filters", std::move(filters)}});
}

std::string to_json(const index::Manifest& manifest) {
    return text_of({{"documents", manifest.documents},
                    {"generation", manifest.generation},
                    {"built_at", manifest.built_at},
                    {"bytes", manifest.bytes()},
                    {"by",
                     {{"lang", counts_json(manifest.by_lang)},
                      {"format", counts_json(manifest.by_format)},
                      {"source", counts_json(manifest.by_source)},
                      {"year", counts_json(manifest.by_year)}}},
                    {"fingerprint", manifest.fingerprint}});
}

std::string to_json(const search::Status& status, std::chrono::sys_seconds now) {
    const auto built = time_of(status.index.built_at);
    // A clock that was set back must not make an index younger than nothing.
    const auto age = built ? Json(std::max<std::int64_t>(0, (now - *built).count())) : Json(nullptr);
    return text_of(
        {{"status", status.ready ? "ready" : "unavailable"},
         {"generation", or_null(status.index.generation)},
         {"built_at", or_null(status.index.built_at)},
         {"age_seconds", age},
         {"documents", status.index.documents},
         {"last_error", or_null(status.last_error)},
         {"last_error_since", status.error_since ? Json(utc(*status.error_since)) : Json(nullptr)}});
}

}  // namespace izde::http
