// An HTTP request and its answer as values; no sockets here.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace izde::http {

struct Message {
    std::string method = {};                                       // GET, HEAD, POST, ...
    std::string path = {};                                         // decoded, without the query
    std::vector<std::pair<std::string, std::string>> params = {};  // decoded, in order, repeats kept
    std::map<std::string, std::string> headers = {};               // names in lower case
    std::string body = {};
    // Of the client, without a port: "192.0.2.7", "2001:db8::1"; empty: not known, on a Unix socket.
    std::string address = {};
};

// What the log and the figures say of an answer; never sent.
struct Facts {
    std::string query = {};  // as it was asked; empty: there was none
    std::string generation = {};
    std::string error = {};  // what clients must not read of a bug
    std::optional<std::uint64_t> hits = {};
    bool partial = false;
};

struct Answer {
    int status = 200;
    std::string type = "application/json; charset=utf-8";
    std::string body = {};
    std::vector<std::pair<std::string, std::string>> headers = {};
    Facts facts = {};
};

// The first header of that name, in this spelling; empty: there is none.
std::string_view header_of(const Answer& answer, std::string_view name);
std::string_view header_of(const Message& message, std::string_view name);  // in lower case

}  // namespace izde::http
