// Host headers: what a server may be called. A page of another site can make its own name lead to this
// machine (DNS rebinding); it cannot make a browser send another name than its own.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace izde::http {

// The name in lower case, without the port and without a dot at its end; an IPv6 address as "[::1]" in its
// shortest form. Nothing where it is not "NAME" or "NAME:PORT".
std::optional<std::string> host_name(std::string_view header);

struct Names {
    std::vector<std::string> listed;  // allowed_hosts; "*": any
    std::string listen;               // the host that the server listens at, "0.0.0.0" for all
    bool beyond = false;              // whether others than this machine reach it
    std::string called;               // by its own `url`; empty: nothing is said
    std::string machine;              // what the machine calls itself, "nas" or "nas.example.org"
};

// The machine itself by its loopback names, the listen address and all that is listed. Where others reach the
// server and nothing is listed, also any address and any name that only a local network has: one without a
// dot, the machine's own, and this below .local, .lan, .home, .internal, .home.arpa.
bool is_called(const Names& names, std::string_view name);

// Whether the Origin header names the server that the Host header does, whatever their schemes.
bool is_same_origin(std::string_view origin, std::string_view host);

}  // namespace izde::http
