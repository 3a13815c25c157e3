// Tested by door_test.cpp.
#include "http/door.hpp"

#include <algorithm>
#include <array>

#include "http/headers.hpp"

namespace izde::http {
namespace {

std::string_view trimmed(std::string_view text) {
    text.remove_prefix(std::min(text.size(), text.find_first_not_of(" \t")));
    return text.substr(0, text.find_last_not_of(" \t") + 1);
}

std::string_view last_of_list(std::string_view& list) {
    const auto comma = list.rfind(',');
    const auto last = trimmed(comma == std::string_view::npos ? list : list.substr(comma + 1));
    list = comma == std::string_view::npos ? std::string_view() : list.substr(0, comma);
    return last;
}

bool is_proxy(const Access& access, const Address& address) {
    return std::ranges::any_of(access.trusted_proxies,
                               [&](const Network& network) { return contains(network, address); });
}

// The last address that no trusted proxy has; what stands before it anybody may have written.
std::optional<Address> client_of(const Access& access, const Message& request) {
    auto address = parse_address(request.address);
    auto forwarded = header_of(request, "x-forwarded-for");
    while (address && is_proxy(access, *address) && !forwarded.empty()) {
        const auto before = parse_address(last_of_list(forwarded));
        if (!before) break;
        address = before;
    }
    return address;
}

// Whether the request tells that somebody hands it on.
bool is_forwarded(const Message& request) {
    constexpr std::array names = {"x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded", "via"};
    return std::ranges::any_of(names, [&](const char* name) { return !header_of(request, name).empty(); });
}

bool comes_by_proxy(const Access& access, const Message& request) {
    const auto peer = parse_address(request.address);
    return peer && is_proxy(access, *peer);
}

bool is_local(const Access& access, const Message& request, const std::optional<Address>& client) {
    if (is_forwarded(request) && !comes_by_proxy(access, request)) return false;
    // Without an address the client came to where the server listens.
    return client ? is_loopback(*client) : !access.names.beyond && request.address.empty();
}

std::string base_of(const Access& access, const Message& request) {
    if (!access.url.empty()) return access.url;
    const auto host = header_of(request, "host");
    const bool is_safe =
        comes_by_proxy(access, request) && header_of(request, "x-forwarded-proto") == "https";
    return std::string(is_safe ? "https://" : "http://") + (host.empty() ? "localhost" : std::string(host));
}

// The token of "Bearer TOKEN"; nothing where no key is shown.
std::optional<std::string_view> token_of(const Message& request) {
    constexpr std::string_view scheme = "bearer ";
    const auto value = header_of(request, "authorization");
    if (value.size() < scheme.size()) return std::nullopt;
    const bool is_bearer = std::ranges::equal(value.substr(0, scheme.size()), scheme,
                                              [](char a, char b) { return (a | 0x20) == (b | 0x20); });
    return is_bearer ? std::optional(trimmed(value.substr(scheme.size()))) : std::nullopt;
}

std::string allowed_origin(const Access& access, const Message& request) {
    const auto origin = header_of(request, "origin");
    const auto allows = [&](const std::string& one) { return one == origin || one == "*"; };
    const bool is_allowed = !origin.empty() && std::ranges::any_of(access.cors_origins, allows);
    return is_allowed ? std::string(origin) : std::string();
}

// The page's files show no documents.
Scope scope_of(const Route* route) {
    return route == nullptr ? Scope::open : route->scope;
}

std::optional<Problem> refuse_name(const Access& access, const Message& request) {
    const auto host = request.headers.find("host");
    // Only programs leave it out, and none that another site can steer.
    if (host == request.headers.end()) return std::nullopt;
    const auto name = host_name(host->second);
    if (!name)
        return Problem{
            .status = 400, .code = "bad_host", .detail = "the Host header is not NAME or NAME:PORT"};
    if (is_called(access.names, *name)) return std::nullopt;
    return Problem{.status = 403,
                   .code = "unknown_host",
                   .detail = "this server is not called " + shown(*name),
                   .hint = "if it is, add the name to allowed_hosts in its configuration"};
}

// By what browsers say of a request; programs that are no browsers say nothing.
bool comes_from_other_site(const Message& request) {
    const auto site = header_of(request, "sec-fetch-site");
    if (!site.empty()) return site == "cross-site";
    const auto origin = header_of(request, "origin");
    return !origin.empty() && !is_same_origin(origin, header_of(request, "host"));
}

std::optional<Problem> refuse_site(const Message& request, const Visit& visit, Scope scope,
                                   const Route* route) {
    // Anybody may lead to a page.
    if (scope == Scope::open || route->is_page || !visit.cors_origin.empty()) return std::nullopt;
    if (!comes_from_other_site(request)) return std::nullopt;
    return Problem{.status = 403,
                   .code = "cross_site",
                   .detail = "pages of other sites may not ask here",
                   .hint = "if one is to, add it to cors_origins in the configuration"};
}

Problem needs_key(bool is_wrong) {
    return {.status = 401,
            .code = is_wrong ? "wrong_key" : "key_needed",
            .detail = is_wrong ? "that key is not known here" : "a key is needed",
            .hint = "send it as: Authorization: Bearer KEY"};
}

std::optional<Problem> refuse_key(const Access& access, const Visit& visit, Scope scope) {
    if (scope == Scope::open) return std::nullopt;
    if (access.keys.empty()) {
        if (scope == Scope::search || visit.is_local) return std::nullopt;
        return Problem{.status = 403,
                       .code = "not_from_there",
                       .detail = "without keys only this machine itself may ask that",
                       .hint = "make one on the server: izde-searchd genkey --scope admin"};
    }
    if (visit.has_key && visit.scope == Scope::open) return needs_key(true);
    if (visit.scope >= scope || (scope == Scope::search && access.is_public)) return std::nullopt;
    if (!visit.has_key) return needs_key(false);
    return Problem{.status = 403,
                   .code = "key_too_weak",
                   .detail = "that key may search, but not this",
                   .hint = "use one that was made with --scope admin"};
}

}  // namespace

Visit receive(const Access& access, const Message& request) {
    const auto client = client_of(access, request);
    const auto token = token_of(request);
    return {.address = client ? to_string(*client) : std::string(),
            .base = base_of(access, request),
            .cors_origin = allowed_origin(access, request),
            .scope = token ? scope_of(access.keys, *token) : Scope::open,
            .has_key = token.has_value(),
            .is_local = is_local(access, request, client)};
}

std::optional<Problem> refuse(const Access& access, const Message& request, const Visit& visit,
                              const Route* route) {
    const auto scope = scope_of(route);
    if (auto problem = refuse_name(access, request)) return problem;
    if (auto problem = refuse_site(request, visit, scope, route)) return problem;
    return refuse_key(access, visit, scope);
}

bool is_trusted(const Access& access, const Visit& visit) {
    return visit.is_local || (!access.keys.empty() && visit.scope == Scope::admin);
}

std::optional<Answer> preflight(const Message& request, const Visit& visit, const Route* route) {
    if (request.method != "OPTIONS" || route == nullptr || visit.cors_origin.empty()) return std::nullopt;
    if (header_of(request, "access-control-request-method").empty()) return std::nullopt;
    Answer answer{.status = 204, .type = "text/plain; charset=utf-8"};
    add_headers(answer, Kind::api);
    answer.headers.emplace_back("Access-Control-Allow-Methods", std::string(route->methods));
    answer.headers.emplace_back("Access-Control-Allow-Headers", "Authorization, Content-Type, If-None-Match");
    answer.headers.emplace_back("Access-Control-Max-Age", "600");
    return answer;
}

void add_cors(const Access& access, const Visit& visit, Answer& answer) {
    // Whichever site asks, a cache must know that answers differ by it.
    if (!access.cors_origins.empty()) answer.headers.emplace_back("Vary", "Origin");
    if (visit.cors_origin.empty()) return;
    answer.headers.emplace_back("Access-Control-Allow-Origin", visit.cors_origin);
    answer.headers.emplace_back("Access-Control-Expose-Headers",
                                "ETag, Retry-After, X-Request-Id, Izde-Total, Izde-Complete");
}

}  // namespace izde::http
