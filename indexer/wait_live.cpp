#include "wait_live.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <string_view>
#include <thread>

#include <httplib.h>
#include <nlohmann/json.hpp>

namespace izde::indexer {
namespace {

constexpr std::chrono::milliseconds between{250};
constexpr std::chrono::seconds patience{2};      // with one request
constexpr std::size_t max_answer_bytes = 65536;  // more is no /readyz

Failure wrong(const std::string& url, const std::string& why) {
    return fail(Errc::bad_argument, "cannot ask '" + url + "': " + why,
                "write the address of a searchd: --wait-live http://127.0.0.1:8080");
}

bool is_host(std::string_view host) {
    const auto allowed = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return std::isalnum(byte) != 0 || c == '.' || c == '-' || c == '_' || c == ':';
    };
    return !host.empty() && std::ranges::all_of(host, allowed);
}

bool is_path(std::string_view path) {
    return std::ranges::all_of(path, [](char c) { return c > ' ' && c < 0x7F && c != '#'; });
}

struct Said {
    std::string generation;  // empty: none
    std::string otherwise;   // why there is none
};

Said ask(httplib::Client& client, const std::string& path) {
    std::string body;
    const auto answer = client.Get(path, [&](const char* bytes, std::size_t length) {
        body.append(bytes, length);
        return body.size() <= max_answer_bytes;
    });
    if (!answer) return {"", "does not answer (" + httplib::to_string(answer.error()) + ")"};
    const auto json = nlohmann::json::parse(body, nullptr, false);
    if (!json.is_object() || !json.contains("generation"))
        return {"", "answers " + std::to_string(answer->status) + " without a generation"};
    if (!json["generation"].is_string()) return {"", "serves no index"};
    return {json["generation"].get<std::string>(), ""};
}

}  // namespace

Result<Address> read_address(const std::string& url) {
    constexpr std::string_view scheme = "http://";
    if (!url.starts_with(scheme)) return wrong(url, "it does not begin with http://");
    const std::string_view rest = std::string_view(url).substr(scheme.size());
    const auto slash = std::min(rest.find('/'), rest.size());
    std::string_view authority = rest.substr(0, slash);
    Address address;
    if (slash + 1 < rest.size()) address.path = rest.substr(slash);
    if (!is_path(address.path)) return wrong(url, "its path has letters that an address cannot have");
    const bool bracketed = authority.starts_with('[');
    const auto close = bracketed ? authority.find(']') : authority.find(':');
    address.host = authority.substr(bracketed ? 1 : 0, close - (bracketed ? 1 : 0));
    if (!is_host(address.host)) return wrong(url, "it has no host");
    if (close == std::string_view::npos) return bracketed ? wrong(url, "it has no host") : Result(address);
    authority.remove_prefix(bracketed ? close + 1 : close);
    if (authority.empty()) return address;
    const char* const end = authority.data() + authority.size();
    const auto [read, error] = std::from_chars(authority.data() + 1, end, address.port);
    const bool is_port = authority.front() == ':' && error == std::errc() && read == end;
    if (!is_port || address.port < 1 || address.port > 65535) return wrong(url, "it has no port");
    return address;
}

Result<void> wait_live(const Address& address, const Wait& wait) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(wait.seconds);
    httplib::Client client(address.host, address.port);
    client.set_connection_timeout(patience);
    client.set_read_timeout(patience);
    client.set_write_timeout(patience);
    while (true) {
        const Said said = ask(client, address.path);
        if (said.generation >= wait.generation) return {};
        const bool late = std::chrono::steady_clock::now() + between > deadline;
        if (late || wait.stop())
            return fail(Errc::io,
                        said.generation.empty() ? said.otherwise : "still serves " + said.generation);
        std::this_thread::sleep_for(between);
    }
}

}  // namespace izde::indexer
