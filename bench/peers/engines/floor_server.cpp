// The least that a server over cpp-httplib costs, and the least that one over Xapian does.
//
//   floor_server hello PORT                   a constant answer
//   floor_server plain|snippets PORT DATABASE ten hits for /search?q=, with plain snippets or Xapian's own
#include <cstdio>
#include <cstdlib>
#include <memory>

#include <httplib.h>
#include <nlohmann/json.hpp>

#include "raw_searcher.hpp"

namespace {

using namespace izde::peers;

// A worker of cpp-httplib keeps its connection, so there must be as many as connections.
constexpr std::size_t most_connections = 260;

void answer(const std::string& path, Way way, const httplib::Request& request, httplib::Response& response) {
    static thread_local std::unique_ptr<RawSearcher> searcher;
    if (!searcher) searcher = std::make_unique<RawSearcher>(path);
    Query query;
    query.typed = request.get_param_value("q");
    auto hits = nlohmann::json::array();
    for (const RawSearcher::Hit& hit : searcher->search(way, query))
        hits.push_back({{"id", hit.id}, {"title", hit.title}, {"snippet", hit.snippet}});
    const nlohmann::json page{{"total", searcher->total()}, {"hits", std::move(hits)}};
    response.set_content(page.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace),
                         "application/json");
}

}  // namespace

int main(int count, char** values) {
    const std::vector<std::string> arguments(values + 1, values + count);
    if (arguments.size() < 2) return 2;
    httplib::Server server;
    server.new_task_queue = [] { return new httplib::ThreadPool(most_connections); };
    server.set_tcp_nodelay(true);  // else an answer waits for the acknowledgement of the one before
    server.set_keep_alive_max_count(100'000'000);
    server.Get("/readyz", [](const httplib::Request&, httplib::Response& response) {
        response.set_content("{}", "application/json");
    });
    if (arguments[0] == "hello") {
        server.Get("/search", [](const httplib::Request&, httplib::Response& response) {
            response.set_content(R"({"total":1,"hits":[{"snippet":"<b>hello</b>"}]})", "application/json");
        });
    } else {
        const Way way = arguments[0] == "plain" ? Way::plain : Way::xapian;
        server.Get("/search", [&](const httplib::Request& request, httplib::Response& response) {
            answer(arguments.at(2), way, request, response);
        });
    }
    return server.listen("127.0.0.1", std::atoi(arguments[1].c_str())) ? 0 : 1;
}
