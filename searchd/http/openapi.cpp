// What answers hold is told in schemas.json; tests/http/live.py holds it against real ones.
#include "http/openapi.hpp"

#include <set>
#include <string_view>

#include <nlohmann/json.hpp>

#include "izde/version.hpp"

#include "http/ascii.hpp"
#include "http/opensearch.hpp"
#include "http/schemas.hpp"

namespace izde::http {
namespace {

using Json = nlohmann::ordered_json;

Json reference(std::string_view kind, std::string_view name) {
    return {{"$ref", "#/components/" + std::string(kind) + "/" + std::string(name)}};
}

Json schema_of(const Shape& shape) {
    switch (shape.kind) {
    case Shape::Kind::text:
        return {{"type", "string"}};
    case Shape::Kind::whole_number:
        return {{"type", "integer"}, {"minimum", shape.least}, {"maximum", shape.most}};
    case Shape::Kind::date:
        return {{"type", "string"}, {"pattern", "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}};
    case Shape::Kind::choice:
        return {{"type", "string"}, {"enum", shape.words}};
    case Shape::Kind::choices:
        return {
            {"type", "array"}, {"items", {{"type", "string"}, {"enum", shape.words}}}, {"uniqueItems", true}};
    }
    return {};
}

Json default_of(const Shape& shape) {
    if (shape.kind == Shape::Kind::whole_number) return Json::parse(shape.otherwise);
    return shape.otherwise;
}

Json value_schema(const Parameter& parameter) {
    Json schema = schema_of(parameter.shape);
    if (!parameter.shape.otherwise.empty()) schema["default"] = default_of(parameter.shape);
    const bool is_list = parameter.times > 1 && parameter.shape.kind != Shape::Kind::choices;
    if (!is_list) return schema;
    return {{"type", "array"}, {"items", std::move(schema)}, {"maxItems", parameter.times}};
}

Json to_json(const Parameter& parameter) {
    Json object = {{"name", parameter.name},
                   {"in", "query"},
                   {"description", parameter.about},
                   {"required", parameter.required},
                   {"schema", value_schema(parameter)}};
    if (parameter.times > 1) object["explode"] = parameter.shape.kind != Shape::Kind::choices;
    return object;
}

// As of POST: a list may also be one value alone, and what is no text may be written as one.
Json body_schema(const Route& route) {
    Json properties = Json::object();
    for (const auto* one : route.parameters()) {
        Json forms = Json::array({{{"type", "null"}}, {{"type", "string"}}});
        Json schema = value_schema(*one);
        schema.erase("default");
        forms.push_back(std::move(schema));
        if (one->shape.otherwise == "on") forms.push_back({{"type", "boolean"}});
        properties[std::string(one->name)] = {{"description", one->about}, {"anyOf", std::move(forms)}};
    }
    return {{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
}

// "/feed.atom" → "get_feed_atom"
std::string operation_id(const Route& route, const std::string& method) {
    constexpr std::string_view version_prefix = "/api/v1";
    auto path = route.path;
    if (path.starts_with(version_prefix)) path.remove_prefix(version_prefix.size());
    std::string id = method;
    for (const char c : path) {
        const bool is_letter = c >= 'a' && c <= 'z';
        id += is_letter ? c : '_';
    }
    return id;
}

Json path_parameter() {
    return {{"name", "id"},
            {"in", "path"},
            {"description", "The id of a document, as hits have it"},
            {"required", true},
            {"schema", {{"type", "string"}}}};
}

bool has_id(const Route& route) {
    return route.path.find("{id}") != std::string_view::npos;
}

bool knows(const Route& route, std::string_view parameter) {
    for (const auto* one : route.parameters())
        if (one->name == parameter) return true;
    return false;
}

Json content_of(std::string_view type, std::string_view schema) {
    const std::string name(type.substr(0, type.find(';')));
    const auto what = schema.empty() ? Json{{"type", "string"}} : reference("schemas", schema);
    return {{name, {{"schema", what}}}};
}

Json good_answer(const Route& route) {
    Json content = content_of(route.type, route.schema);
    if (knows(route, "form")) content.update(content_of(suggestions_type, "OpenSearchSuggestions"));
    return {{"description", "As asked for"}, {"content", std::move(content)}};
}

// The statuses that come with a problem.
std::set<std::string> problems_of(const Route& route, bool has_body) {
    std::set<std::string> statuses = {"400", "403"};
    if (route.scope != Scope::open) statuses.insert({"401", "429"});
    if (route.scope == Scope::search) statuses.insert("503");
    if (has_id(route) || knows(route, "id")) statuses.insert("404");
    if (has_body) statuses.insert({"413", "415"});
    return statuses;
}

Json answers_of(const Route& route, bool has_body) {
    Json answers = {{"200", good_answer(route)}};
    if (route.kept && !has_body)
        answers["304"] = {{"description", "What you have under that ETag is still right"}};
    for (const auto& status : problems_of(route, has_body))
        answers[status] = reference("responses", "Problem");
    // It is the same object, with the same names.
    if (route.path == "/readyz")
        answers["503"] = {{"description", "No index is served"},
                          {"content", content_of(route.type, route.schema)}};
    return answers;
}

Json security_of(const Route& route) {
    Json ways = Json::array();
    if (route.scope == Scope::search) ways.push_back(Json::object());  // where no key is needed
    if (route.scope != Scope::open) ways.push_back({{"key", Json::array()}});
    return ways;
}

Json operation(const Route& route, const std::string& method) {
    const bool has_body = method == "post";
    Json operation = {{"operationId", operation_id(route, method)}, {"summary", route.summary}};
    Json parameters = Json::array();
    if (has_id(route)) parameters.push_back(path_parameter());
    for (const auto* one : route.parameters()) parameters.push_back(to_json(*one));
    if (!parameters.empty()) operation["parameters"] = std::move(parameters);
    if (has_body) {
        operation["requestBody"] = {{"description", "The same names as in the address; null leaves one out"},
                                    {"required", true},
                                    {"content", {{"application/json", {{"schema", body_schema(route)}}}}}};
    }
    operation["responses"] = answers_of(route, has_body);
    operation["security"] = security_of(route);
    return operation;
}

}  // namespace

std::string to_openapi(std::span<const Route> routes) {
    Json paths = Json::object();
    for (const auto& route : routes) {
        if (route.is_page) continue;
        Json item = Json::object();
        for (const auto& method : {"GET", "HEAD", "POST"})
            if (allows(route.methods, method)) item[lower(method)] = operation(route, lower(method));
        paths[std::string(route.path)] = std::move(item);
    }
    Json components = Json::parse(schemas());
    components["securitySchemes"] = {
        {"key",
         {{"type", "http"}, {"scheme", "bearer"}, {"description", "A key made by izde-searchd genkey"}}}};
    const Json description = {{"openapi", "3.1.0"},
                              {"info",
                               {{"title", "izde"},
                                {"summary", "Full-text search of a folder of documents"},
                                {"version", version()}}},
                              {"paths", std::move(paths)},
                              {"components", std::move(components)}};
    return description.dump(1);
}

}  // namespace izde::http
