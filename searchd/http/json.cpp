#include "http/json.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "http/clock.hpp"
#include "http/json_writer.hpp"
#include "http/marked.hpp"
#include "http/params.hpp"

namespace izde::http {
namespace {

// What a hit takes without its texts, and those of it that stand there twice or three times, roughly.
constexpr std::size_t bytes_of_hit = 1500;

double rounded(double value, double per_unit) {
    return std::round(value * per_unit) / per_unit;
}

template <class List, class Write>
void write_array(JsonWriter& json, const List& list, const Write& write) {
    json.open_array();
    for (const auto& one : list) write(one);
    json.close_array();
}

// A member that is an array of what `write` writes.
template <class List, class Write>
void write_list(JsonWriter& json, JsonWriter::Name name, const List& list, const Write& write) {
    json.name(name);
    write_array(json, list, write);
}

void write_parts(JsonWriter& json, const std::vector<Part>& parts) {
    write_list(json, "parts", parts, [&](const Part& part) {
        json.open_object();
        json.member("t", part.text);
        if (part.marked) json.member("m", true);
        json.close_object();
    });
}

void write_title(JsonWriter& json, const search::Marked& title) {
    const auto cut = parts(title);
    json.name("title");
    json.open_object();
    json.member("text", title.text);
    write_parts(json, cut);
    json.member("html", html(cut));
    json.close_object();
}

void write_snippet(JsonWriter& json, const search::Marked& snippet) {
    const auto cut = parts(snippet);
    json.name("snippet");
    json.open_object();
    json.member("html", html(cut));
    write_parts(json, cut);
    json.close_object();
}

enum class DateText { left_out, shown };

void write_date(JsonWriter& json, const index::Date& date, DateText text = DateText::left_out) {
    json.name("date");
    json.open_object();
    json.member_or_null("value", date.value);
    json.member("precision", index::to_string(date.precision));
    json.member_or_null("source", date.source);
    if (text == DateText::shown) json.member_or_null("text", date.text);
    json.close_object();
}

void write_seen(JsonWriter& json, JsonWriter::Name name, std::uint32_t seconds) {
    json.member_or_null(name, seconds == 0 ? std::string()
                                           : utc(std::chrono::sys_seconds(std::chrono::seconds(seconds))));
}

void write_index(JsonWriter& json, const search::Snapshot& index) {
    json.name("index");
    json.open_object();
    json.member("generation", index.generation);
    json.member("built_at", index.built_at);
    json.member("documents", index.documents);
    json.close_object();
}

void write_facets(JsonWriter& json, const search::Request& request, const search::Reply& reply) {
    json.name("facets");
    json.open_object();
    for (std::size_t i = 0; i < request.facets.size() && i < reply.facets.size(); ++i) {
        json.any_name(name_of(request.facets[i]));
        write_array(json, reply.facets[i].values, [&](const auto& one) {
            json.open_object();
            json.member("value", one.value);
            json.member("count", one.count);
            json.close_object();
        });
    }
    json.close_object();
}

// Of the facets that have more values than are listed.
void write_other(JsonWriter& json, const search::Request& request, const search::Reply& reply) {
    json.name("facets_other");
    json.open_object();
    for (std::size_t i = 0; i < request.facets.size() && i < reply.facets.size(); ++i)
        if (reply.facets[i].other > 0) {
            json.any_name(name_of(request.facets[i]));
            json.value(reply.facets[i].other);
        }
    json.close_object();
}

void write_expansions(JsonWriter& json, const std::vector<query::Expansion>& expansions) {
    write_list(json, "expansions", expansions, [&](const auto& one) {
        json.open_object();
        json.member("term", one.term);
        json.member("also", one.also);
        json.member("why", one.why);
        json.close_object();
    });
}

void write_warnings(JsonWriter& json, const std::vector<query::Warning>& warnings) {
    write_list(json, "warnings", warnings, [&](const auto& warning) { json.value(warning.text); });
    write_list(json, "warning_codes", warnings, [&](const auto& warning) {
        json.open_object();
        json.member("code", warning.code);
        json.member_or_null("about", warning.about);
        json.close_object();
    });
}

void write_query(JsonWriter& json, const search::Request& request, const search::Reply& reply) {
    json.name("query");
    json.open_object();
    json.member("text", request.text);
    json.member("parsed", reply.parsed);
    write_expansions(json, reply.expansions);
    json.member_or_null("suggestion", reply.suggestion);
    write_warnings(json, reply.warnings);
    json.close_object();
}

void write_address(JsonWriter& json, const index::Document& document) {
    json.member("id", document.id);
    json.member_or_null("url", document.url);
    json.member("path", document.path);
    json.member_or_null("record", document.record);
}

void write_origin(JsonWriter& json, const index::Document& document) {
    write_date(json, document.date);
    json.member("lang", document.lang);
    json.member("format", document.format);
    json.member_or_null("author", document.author);
    json.member_or_null("place", document.place);
    json.member_or_null("source", document.source);
}

void write_similar(JsonWriter& json, const index::Document& document) {
    json.open_object();
    write_address(json, document);
    write_title(json, {document.title, {}});
    write_origin(json, document);
    json.close_object();
}

void write_hit(JsonWriter& json, const search::Hit& hit, bool with_snippet) {
    json.open_object();
    write_address(json, hit.document);
    json.member("score", rounded(hit.score, 1000));
    write_title(json, hit.title);
    with_snippet ? write_snippet(json, hit.snippet) : json.member("snippet", nullptr);
    write_origin(json, hit.document);
    json.member("similar", hit.document.similar);
    json.close_object();
}

void write_sought(JsonWriter& json, const std::vector<search::Sought>& sought) {
    write_list(json, "looked_for", sought, [&](const auto& one) {
        json.open_object();
        json.member("tier", one.tier);
        json.member("forms", one.forms);
        json.close_object();
    });
}

void write_found(JsonWriter& json, const std::vector<search::Finding>& found) {
    write_list(json, "found", found, [&](const auto& one) {
        json.open_object();
        json.member("form", one.form);
        json.member("tier", one.tier);
        json.member("where", one.where);
        json.member("times", one.times);
        json.close_object();
    });
}

template <class Value>
void write_map(JsonWriter& json, JsonWriter::Name name, const std::map<std::string, Value>& map) {
    json.name(name);
    json.open_object();
    for (const auto& [key, value] : map) {
        json.any_name(key);
        json.value(value);
    }
    json.close_object();
}

void write_word(JsonWriter& json, const search::Asked& asked) {
    json.open_object();
    json.member("text", asked.text);
    json.member("tokens", asked.tokens);
    json.member_or_null("folded", asked.folded);
    write_map(json, "stems", asked.stems);
    json.member("stop", asked.stop);
    json.member("excluded", asked.excluded);
    write_sought(json, asked.sought);
    write_found(json, asked.found);
    json.member("passes", asked.passes);
    json.member_or_null("failed_at", asked.failed_at);
    json.close_object();
}

void write_filter(JsonWriter& json, const search::Passed& filter) {
    json.open_object();
    json.member("name", filter.name);
    json.member("wanted", filter.wanted);
    json.member_or_null("has", filter.has);
    json.member("passes", filter.passes);
    json.close_object();
}

}  // namespace

std::string to_json(const search::Request& request, const search::Reply& reply) {
    JsonWriter json;
    json.reserve((reply.hits.size() + 1) * (bytes_of_hit + 2 * request.snippet_width));
    json.open_object();
    write_query(json, request, reply);
    json.member("total", reply.total);
    json.member("total_exact", reply.total_exact);
    json.member("page", request.page);
    json.member("per_page", request.per_page);
    json.member("pages", pages_of(reply.total, request.per_page));
    json.member("took_ms", rounded(reply.took_ms, 10));
    json.member("timed_out", reply.timed_out);
    write_index(json, reply.index);
    write_list(json, "hits", reply.hits,
               [&](const auto& hit) { write_hit(json, hit, request.snippet_width > 0); });
    write_facets(json, request, reply);
    write_other(json, request, reply);
    json.close_object();
    return json.take();
}

std::string to_json(const search::Shown& shown) {
    const auto& document = shown.document;
    JsonWriter json;
    json.open_object();
    write_index(json, shown.index);
    json.member("id", document.id);
    json.member("path", document.path);
    json.member_or_null("record", document.record);
    json.member_or_null("url", document.url);
    write_title(json, shown.title);
    json.member("title_source", document.title_source);
    json.name("body");
    json.open_object();
    json.member("text", shown.body.text);
    write_parts(json, parts(shown.body));
    json.close_object();
    write_list(json, "boilerplate", document.boilerplate, [&](const auto& piece) { json.value(piece.text); });
    write_date(json, document.date, DateText::shown);
    json.member("lang", document.lang);
    json.member("format", document.format);
    json.member("encoding", document.encoding);
    json.member_or_null("author", document.author);
    json.member_or_null("author_source", document.author_source);
    json.member_or_null("place", document.place);
    json.member_or_null("place_source", document.place_source);
    json.member_or_null("source", document.source);
    json.member_or_null("source_source", document.source_source);
    json.member_or_null("group", document.group);
    json.member("similar", document.similar);
    write_seen(json, "first_seen", document.first_seen);
    json.close_object();
    return json.take();
}

std::string to_json(const search::Similar& similar) {
    JsonWriter json;
    json.open_object();
    write_index(json, similar.index);
    json.member("total", similar.total);
    write_list(json, "hits", similar.documents, [&](const auto& document) { write_similar(json, document); });
    json.close_object();
    return json.take();
}

std::string to_json(const std::string& typed, const search::Suggestions& suggestions) {
    JsonWriter json;
    json.open_object();
    json.member("query", typed);
    write_list(json, "suggestions", suggestions.items, [&](const search::Suggestion& one) {
        json.open_object();
        json.member("text", one.text);
        json.member("kind", one.id.empty() ? "words" : "title");
        if (!one.id.empty()) json.member("id", one.id);
        json.close_object();
    });
    json.close_object();
    return json.take();
}

std::string to_json(const search::Request& request, const search::Explanation& explanation) {
    JsonWriter json;
    json.open_object();
    json.name("query");
    json.open_object();
    json.member("text", request.text);
    json.member("parsed", explanation.parsed);
    write_warnings(json, explanation.warnings);
    json.close_object();
    write_index(json, explanation.index);
    json.member("id", explanation.document.id);
    json.member("path", explanation.document.path);
    json.member("title", explanation.document.title);
    json.member("summary", explanation.summary);
    json.member("matches", explanation.matches);
    json.member("all_of_it", explanation.all_of_it);
    json.member("score",
                explanation.matches ? std::optional(rounded(explanation.score, 1000)) : std::nullopt);
    json.member("rank", explanation.rank);
    json.member_or_null("shown_as", explanation.shown_as);
    json.member("total", explanation.total);
    write_list(json, "words", explanation.words, [&](const auto& word) { write_word(json, word); });
    write_list(json, "filters", explanation.filters, [&](const auto& filter) { write_filter(json, filter); });
    json.close_object();
    return json.take();
}

std::string to_json(const index::Manifest& manifest) {
    JsonWriter json;
    json.open_object();
    json.member("documents", manifest.documents);
    json.member("generation", manifest.generation);
    json.member("built_at", manifest.built_at);
    write_seen(json, "last_new_at", manifest.last_new);
    json.member("bytes", manifest.bytes());
    json.name("by");
    json.open_object();
    write_map(json, "lang", manifest.by_lang);
    write_map(json, "format", manifest.by_format);
    write_map(json, "source", manifest.by_source);
    write_map(json, "year", manifest.by_year);
    json.close_object();
    json.member("fingerprint", manifest.fingerprint);
    json.close_object();
    return json.take();
}

std::string to_json(const search::Status& status, std::chrono::sys_seconds now) {
    const auto built = time_of(status.index.built_at);
    JsonWriter json;
    json.open_object();
    json.member("status", status.ready ? "ready" : "unavailable");
    json.member_or_null("generation", status.index.generation);
    json.member_or_null("built_at", status.index.built_at);
    json.name("age_seconds");
    // A clock that was set back must not make an index younger than nothing.
    built ? json.value(std::max<std::int64_t>(0, (now - *built).count())) : json.value(nullptr);
    json.member("documents", status.index.documents);
    json.member_or_null("last_error", status.last_error);
    json.member("last_error_since",
                status.error_since ? std::optional(utc(*status.error_since)) : std::nullopt);
    json.close_object();
    return json.take();
}

}  // namespace izde::http
