#include "read/html_json_ld.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include <nlohmann/json.hpp>

#include "read/entities.hpp"
#include "read/persons.hpp"
#include "read/tidy.hpp"

namespace izde::read {
namespace {

using Json = nlohmann::json;

constexpr int deepest = 6;
constexpr std::size_t most_objects = 2000;
constexpr std::size_t longest_value = 2000;

bool is_white(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// Without what surrounds it: <!-- -->, //<![CDATA[ //]]>, a semicolon.
std::string_view bare(std::string_view json) {
    std::size_t from = json.find_first_of("{[");
    // "[CDATA[" has a bracket of its own.
    const std::size_t data = json.substr(0, 200).find("CDATA[");
    if (data != std::string_view::npos && data < json.find('{')) from = json.find_first_of("{[", data + 6);
    const std::size_t end = json.substr(0, json.rfind("]]>")).find_last_of("}]");
    if (from == std::string_view::npos || end == std::string_view::npos || end < from) return {};
    return json.substr(from, end - from + 1);
}

// Line ends and tabs in strings become spaces, \' an apostrophe; commas before a closing bracket go.
std::string repaired(std::string_view json) {
    std::string good;
    good.reserve(json.size());
    bool in_string = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (in_string && c == '\\' && i + 1 < json.size()) {
            const bool is_known = std::string_view("\"\\/bfnrtu").find(json[i + 1]) != std::string_view::npos;
            if (is_known) good += c;
            good += json[++i];
            continue;
        }
        if (c == '"') in_string = !in_string;
        if (!in_string && (c == '}' || c == ']')) {
            while (!good.empty() && is_white(good.back())) good.pop_back();
            if (!good.empty() && good.back() == ',') good.pop_back();
        }
        good += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return good;
}

Json parse(std::string_view text) {
    const std::string_view json = bare(text);
    Json data = Json::parse(json, nullptr, false);
    if (data.is_discarded()) data = Json::parse(repaired(json), nullptr, false);
    if (data.is_discarded() && json.find("&quot;") != std::string_view::npos)
        data = Json::parse(repaired(decode_entities(json)), nullptr, false);
    return data;
}

std::string string_of(const Json& value) {
    if (!value.is_string()) return {};
    const auto& text = value.get_ref<const std::string&>();
    return one_line(decode_entities(std::string_view(text).substr(0, longest_value)));
}

std::string member(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found == object.end() ? std::string() : string_of(*found);
}

std::vector<std::string> types_of(const Json& object) {
    std::vector<std::string> types;
    const auto type = object.find("@type");
    if (type == object.end()) return types;
    if (type->is_string()) types.push_back(string_of(*type));
    if (type->is_array())
        for (const auto& item : *type)
            if (types.size() < 8) types.push_back(string_of(item));
    for (auto& name : types) name.erase(0, name.find_last_of("/:") + 1);
    return types;
}

bool has_type(const Json& object, std::string_view wanted) {
    const auto types = types_of(object);
    return std::find(types.begin(), types.end(), wanted) != types.end();
}

bool is_article_type(std::string_view type) {
    return type.find("Article") != std::string_view::npos || type == "BlogPosting" ||
           type == "LiveBlogPosting" || type == "Report" || type == "Newscast";
}

bool is_article(const Json& object) {
    const auto types = types_of(object);
    return std::any_of(types.begin(), types.end(), is_article_type);
}

// The objects of a page, and those that others refer to by @id.
class Graph {
  public:
    explicit Graph(const Json& data) { gather(data, 0); }

    const std::vector<const Json*>& objects() const { return objects_; }

    // Itself, or what it refers to.
    const Json& resolve(const Json& value) const {
        if (!value.is_object() || value.contains("name")) return value;
        const auto known = by_id_.find(member(value, "@id"));
        return known == by_id_.end() ? value : *known->second;
    }

  private:
    void gather(const Json& data, int depth) {
        if (depth > deepest || objects_.size() >= most_objects) return;
        if (data.is_array())
            for (const auto& item : data) gather(item, depth + 1);
        if (!data.is_object()) return;
        objects_.push_back(&data);
        const std::string id = member(data, "@id");
        if (!id.empty() && data.contains("name")) by_id_.emplace(id, &data);
        for (const char* key : {"@graph", "mainEntity", "mainEntityOfPage"})
            if (const auto inner = data.find(key); inner != data.end()) gather(*inner, depth + 1);
    }

    std::vector<const Json*> objects_;
    std::map<std::string, const Json*> by_id_;
};

std::string name_of(const Graph& graph, const Json& value) {
    const bool is_list = value.is_array() && !value.empty();
    const Json& known = graph.resolve(is_list ? value.front() : value);
    if (known.is_string()) return string_of(known);
    return known.is_object() ? member(known, "name") : std::string();
}

// Persons before organisations; an organisation only where no person is named.
std::string authors_of(const Graph& graph, const Json& value) {
    std::string people;
    std::string bodies;
    const auto add = [&](const Json& author) {
        const Json& known = graph.resolve(author);
        const bool is_body = known.is_object() &&
                             (has_type(known, "Organization") || has_type(known, "NewsMediaOrganization"));
        if (known.is_array()) return;
        std::string& list = is_body ? bodies : people;
        if (list.size() < longest_value) add_person(list, name_of(graph, known));
    };
    if (value.is_array())
        for (const auto& author : value) add(author);
    else
        add(value);
    return people.empty() ? bodies : people;
}

// "Astana", or an address within it. Of several places none is the one.
std::string place_of(const Graph& graph, const Json& value) {
    if (value.is_array() && value.size() != 1) return {};
    const Json& place = graph.resolve(value.is_array() ? value.front() : value);
    std::string name = name_of(graph, place);
    if (name.empty() && place.is_object() && place.contains("address")) {
        const Json& address = place["address"];
        name = address.is_object() ? member(address, "addressLocality") : string_of(address);
    }
    return name;
}

void read_article(const Graph& graph, const Json& article, Head& head) {
    const auto add = [&](const char* name, std::string value) {
        if (!value.empty()) head.data.emplace(name, std::move(value));
    };
    add("headline", member(article, "headline"));
    if (!article.contains("headline")) add("headline", member(article, "name"));
    add("date", member(article, "datePublished"));
    add("created", member(article, "dateCreated"));
    add("modified", member(article, "dateModified"));
    add("lang", member(article, "inLanguage"));
    add("url", member(article, "url"));
    add("dateline", member(article, "dateline"));
    if (article.contains("author")) add("author", authors_of(graph, article["author"]));
    if (article.contains("publisher")) add("publisher", name_of(graph, article["publisher"]));
    for (const char* key : {"locationCreated", "contentLocation"})
        if (article.contains(key)) add("place", place_of(graph, article[key]));
}

}  // namespace

void note_type(std::string_view type, Head& head) {
    constexpr auto talks = std::to_array<std::string_view>({"DiscussionForumPosting", "QAPage", "FAQPage"});
    if (std::find(talks.begin(), talks.end(), type) != talks.end()) head.is_talk = true;
    // A manual's pages call themselves so.
    if (is_article_type(type) && type != "TechArticle" && type != "APIReference") head.is_article = true;
}

void read_json_ld(std::string_view json, Head& head) {
    const Json data = parse(json);
    if (data.is_discarded()) return;
    const Graph graph(data);
    bool has_article = head.data.contains("headline");
    for (const Json* object : graph.objects()) {
        for (const auto& type : types_of(*object)) note_type(type, head);
        if (is_article(*object) && !has_article) {
            read_article(graph, *object, head);
            has_article = true;
        }
    }
    for (const Json* object : graph.objects()) {
        if (has_type(*object, "WebSite")) head.data.emplace("site", member(*object, "name"));
        if (!has_type(*object, "WebPage")) continue;
        const std::string date = member(*object, "datePublished");
        if (!date.empty()) head.data.emplace("page date", date);
    }
}

}  // namespace izde::read
