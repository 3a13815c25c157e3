// Who may come in: by the name the server is called, the site a request comes from, its key and its rate.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "izde/addresses.hpp"

#include "http/host.hpp"
#include "http/keys.hpp"
#include "http/message.hpp"
#include "http/problem.hpp"
#include "http/route.hpp"

namespace izde::http {

struct Access {
    Names names;
    std::vector<std::string> cors_origins;  // "https://app.example.org"; "*": any
    std::vector<Network> trusted_proxies;   // whose X-Forwarded-For and -Proto are believed
    std::vector<Key> keys;
    bool is_public = false;  // whether searching needs no key although there are some
    std::string url;         // what the server is called from outside; empty: as the client calls it
};

// What is known of a client before anything is decided.
struct Visit {
    std::string address;        // behind trusted proxies; empty: not known
    std::string base;           // "https://search.example.org": how the client calls the server
    std::string cors_origin;    // the other site that may read the answer; empty: none
    Scope scope = Scope::open;  // what its key allows
    bool has_key = false;       // whether it showed one, also one that is not known
    bool is_local = false;      // whether it is on this machine
};

Visit receive(const Access& access, const Message& request);

// Why the request is not answered. `route` as find_route has it: null for the page's files and for unknown
// addresses.
std::optional<Problem> refuse(const Access& access, const Message& request, const Visit& visit,
                              const Route* route);

// Whether the client may read what the server says of itself.
bool is_trusted(const Access& access, const Visit& visit);

// What browsers ask before a request to another site than the page's; nothing where it is another request.
std::optional<Answer> preflight(const Message& request, const Visit& visit, const Route* route);

// Lets the other site read the answer, if it may.
void add_cors(const Access& access, const Visit& visit, Answer& answer);

}  // namespace izde::http
