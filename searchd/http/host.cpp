// Tested by host_test.cpp.
#include "http/host.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "izde/addresses.hpp"

#include "http/ascii.hpp"

namespace izde::http {
namespace {

constexpr std::size_t longest_name = 253;
constexpr std::array<std::string_view, 3> loopback_names = {"localhost", "127.0.0.1", "[::1]"};
constexpr std::array<std::string_view, 5> local_domains = {".local", ".lan", ".home", ".internal",
                                                           ".home.arpa"};

bool is_port(std::string_view text) {
    unsigned port = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    return error == std::errc{} && stop == text.data() + text.size() && port <= 65535;
}

bool is_of_names(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

std::optional<std::string> v6_name(std::string_view inside) {
    const auto address = parse_address(inside);
    if (!address || inside.find(':') == std::string_view::npos) return std::nullopt;
    return "[" + (is_v4(*address) ? std::string(inside) : to_string(*address)) + "]";
}

std::string_view first_label(std::string_view name) {
    return name.substr(0, name.find('.'));
}

bool is_address(std::string_view name) {
    return name.starts_with('[') || parse_address(name).has_value();
}

bool is_local_name(std::string_view name, std::string_view machine) {
    if (name.find('.') == std::string_view::npos || name == machine) return true;
    const auto own = first_label(machine);
    return !own.empty() && name.starts_with(own) &&
           std::ranges::find(local_domains, name.substr(own.size())) != local_domains.end();
}

}  // namespace

std::optional<std::string> host_name(std::string_view header) {
    const bool is_v6 = header.starts_with('[');
    const auto end = is_v6 ? header.find(']') : header.find(':');
    if (is_v6 && end == std::string_view::npos) return std::nullopt;
    const auto rest = header.substr(std::min(header.size(), is_v6 ? end + 1 : end));
    if (!rest.empty() && (rest.front() != ':' || !is_port(rest.substr(1)))) return std::nullopt;
    if (is_v6) return v6_name(header.substr(1, end - 1));
    std::string name = lower(header.substr(0, end));
    if (name.ends_with('.')) name.pop_back();
    const bool is_fine = !name.empty() && name.size() <= longest_name && name.front() != '.' &&
                         name.back() != '.' && std::ranges::all_of(name, is_of_names);
    return is_fine ? std::optional(name) : std::nullopt;
}

bool is_called(const Names& names, std::string_view name) {
    if (std::ranges::find(loopback_names, name) != loopback_names.end()) return true;
    const auto is_it = [&](const std::string& one) { return one == "*" || host_name(one) == name; };
    if (std::ranges::any_of(names.listed, is_it)) return true;
    if (!names.called.empty() && names.called == name) return true;
    const bool is_v6 = names.listen.find(':') != std::string::npos;
    if (host_name(is_v6 ? "[" + names.listen + "]" : names.listen) == name) return true;
    if (!names.beyond || !names.listed.empty()) return false;
    return is_address(name) || is_local_name(name, lower(names.machine));
}

bool is_same_origin(std::string_view origin, std::string_view host) {
    for (const auto& [scheme, port] : {std::pair{"http://", ":80"}, std::pair{"https://", ":443"}}) {
        if (!origin.starts_with(scheme)) continue;
        auto from = lower(origin.substr(std::string_view(scheme).size()));
        auto to = lower(host);
        for (auto* one : {&from, &to})
            if (one->ends_with(port)) one->resize(one->size() - std::string_view(port).size());
        return !from.empty() && from == to;
    }
    return false;
}

}  // namespace izde::http
