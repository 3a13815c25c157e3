// An HTTP request and its answer as values; no sockets here.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace izde::http {

struct Message {
    std::string method = {};                                       // GET, HEAD, POST, ...
    std::string path = {};                                         // decoded, without the query
    std::vector<std::pair<std::string, std::string>> params = {};  // decoded, in order, repeats kept
    std::map<std::string, std::string> headers = {};               // names in lower case
    std::string body = {};
    std::string address = {};  // of the client, as the system knows it: "192.0.2.1"; empty: on a Unix socket
};

struct Answer {
    int status = 200;
    std::string type = "application/json; charset=utf-8";
    std::string body = {};
    std::vector<std::pair<std::string, std::string>> headers = {};
};

}  // namespace izde::http
