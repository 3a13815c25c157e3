// Tested by forms_test.cpp.
#include "http/feed.hpp"

#include <algorithm>
#include <chrono>

#include "http/clock.hpp"
#include "http/markup.hpp"
#include "http/params.hpp"
#include "http/xml.hpp"

namespace izde::http {
namespace {

std::string element(std::string_view name, std::string_view text) {
    return "<" + std::string(name) + ">" + xml_escaped(text) + "</" + std::string(name) + ">\n";
}

struct Link {
    std::string_view rel, type;
    std::string href;
};

std::string to_xml(const Link& link) {
    return "<link rel=\"" + std::string(link.rel) + "\" type=\"" + std::string(link.type) + "\" href=\"" +
           xml_escaped(link.href) + "\"/>\n";
}

// Of one that no run has seen, the time the index was built.
std::string first_seen(const search::Hit& hit, const Feed& feed) {
    const std::chrono::seconds seconds(hit.document.first_seen);
    return seconds.count() == 0 ? feed.reply.index.built_at : utc(std::chrono::sys_seconds(seconds));
}

// Where a page is to be had that shows the same; without a query that of the start.
std::string address(std::string_view base, std::string_view path, const Params& params) {
    const auto query = encode_form(params);
    return std::string(base) + std::string(path) + (query.empty() ? "" : "?") + query;
}

Params on_page(const Params& params, std::uint32_t page) {
    Params others;
    for (const auto& one : params)
        if (one.first != "page" && !one.second.empty()) others.push_back(one);
    if (page > 1) others.emplace_back("page", std::to_string(page));
    return others;
}

// The addresses of the same feed, of its neighbours and of the page in a browser.
std::string links(const Feed& feed) {
    const auto& [request, reply, base, params] = feed;
    const auto feed_link = [&](std::string_view rel, std::uint32_t page) {
        return to_xml({rel, "application/atom+xml", address(base, "/feed.atom", on_page(params, page))});
    };
    Params on_screen = on_page(params, 1);
    std::erase_if(on_screen, [](const auto& one) { return one.first == "per_page"; });
    on_screen.emplace_back("sort", "newest");
    std::string text = feed_link("self", request.page);
    text += to_xml({"alternate", "text/html", address(base, "/", on_screen)});
    text +=
        to_xml({"search", "application/opensearchdescription+xml", std::string(base) + "/opensearch.xml"});
    if (request.page > 1) text += feed_link("previous", request.page - 1);
    const auto next_end = (request.page + 1) * request.per_page;
    if (request.page * request.per_page < reply.total && next_end <= reachable_hits)
        text += feed_link("next", request.page + 1);
    return text;
}

std::string entry(const search::Hit& hit, const Feed& feed) {
    const auto& document = hit.document;
    const auto name = document.title.empty() ? document.path : document.title;
    std::string text = "<entry>\n" + element("id", "urn:izde:document:" + document.id);
    text += element("title", name);
    text += element("updated", first_seen(hit, feed));
    if (document.date.precision == index::Precision::day)
        text += element("published", document.date.value + "T00:00:00Z");
    if (!document.author.empty()) text += "<author>\n" + element("name", document.author) + "</author>\n";
    text += to_xml({"alternate", "text/html", std::string(feed.base) + "/doc/" + document.id});
    if (is_web_address(document.url)) text += to_xml({"via", "text/html", document.url});
    for (const auto& [scheme, term] : {std::pair{"lang", document.lang}, std::pair{"source", document.source},
                                       std::pair{"place", document.place}}) {
        if (!term.empty())
            text += "<category scheme=\"urn:izde:" + std::string(scheme) + "\" term=\"" + xml_escaped(term) +
                    "\"/>\n";
    }
    if (!hit.snippet.text.empty()) text += element("summary", hit.snippet.text);
    return text + "</entry>\n";
}

}  // namespace

std::string to_atom(const Feed& feed) {
    const auto& [request, reply, base, params] = feed;
    std::string text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                       "<feed xmlns=\"http://www.w3.org/2005/Atom\" "
                       "xmlns:opensearch=\"http://a9.com/-/spec/opensearch/1.1/\">\n";
    text += element("id", address(base, "/feed.atom", on_page(params, 1)));
    text += element("title", request.text.empty() ? "izde: new documents" : "izde: " + request.text);
    text +=
        element("updated", reply.hits.empty() ? reply.index.built_at : first_seen(reply.hits.front(), feed));
    text += "<author>\n<name>izde</name>\n</author>\n<generator>izde</generator>\n";
    text += links(feed);
    text += element("opensearch:totalResults", std::to_string(reply.total));
    text += element("opensearch:startIndex", std::to_string((request.page - 1) * request.per_page + 1));
    text += element("opensearch:itemsPerPage", std::to_string(request.per_page));
    for (const auto& hit : reply.hits) text += entry(hit, feed);
    return text + "</feed>\n";
}

}  // namespace izde::http
