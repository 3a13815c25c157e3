#include "http/opensearch.hpp"

#include <array>

#include <nlohmann/json.hpp>

#include "http/xml.hpp"

namespace izde::http {
namespace {

struct Template {
    std::string_view type, rel, address;
};

constexpr std::array templates = {
    Template{"text/html", "results", "/?q={searchTerms}"},
    Template{"application/x-suggestions+json", "suggestions",
             "/api/v1/suggest?form=opensearch&q={searchTerms}"},
    Template{"application/atom+xml", "results", "/feed.atom?q={searchTerms}&page={startPage?}"},
    Template{"application/json", "results",
             "/api/v1/search?q={searchTerms}&page={startPage?}&per_page={count?}"},
};

}  // namespace

std::string to_opensearch_description(std::string_view base) {
    std::string text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                       "<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n"
                       "<ShortName>izde</ShortName>\n"
                       "<Description>Full-text search of this collection</Description>\n"
                       "<InputEncoding>UTF-8</InputEncoding>\n<OutputEncoding>UTF-8</OutputEncoding>\n"
                       "<Image width=\"16\" height=\"16\" type=\"image/svg+xml\">" +
                       xml_escaped(std::string(base) + "/favicon.svg") + "</Image>\n";
    for (const auto& [type, rel, address] : templates) {
        text += "<Url type=\"" + std::string(type) + "\" rel=\"" + std::string(rel) +
                "\" method=\"get\" template=\"" + xml_escaped(std::string(base) + std::string(address)) +
                "\"/>\n";
    }
    return text + "</OpenSearchDescription>\n";
}

std::string to_opensearch_json(const std::string& typed, const search::Suggestions& suggestions) {
    using Json = nlohmann::json;
    Json texts = Json::array();
    for (const auto& one : suggestions.items) texts.push_back(one.text);
    return Json::array({typed, std::move(texts)}).dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace izde::http
