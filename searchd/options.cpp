// Flags are read first, then the file they may name, then each setting is taken from the first of
// the two that has it. Tested by options_test.cpp.
#include "options.hpp"

#include <array>
#include <charconv>
#include <optional>
#include <string_view>
#include <type_traits>
#include <vector>

#include <arpa/inet.h>

#include <CLI/CLI.hpp>

#include "izde/config.hpp"
#include "izde/result.hpp"
#include "izde/suggest.hpp"
#include "izde/version.hpp"

#include "http/address.hpp"

namespace izde {
namespace {

constexpr const char* help =
    R"(izde-searchd answers searches of an index over HTTP and serves the search page.

usage: izde-searchd --index DIR [options]

  --index DIR          the index folder that izde-indexer writes
  --listen HOST:PORT   where to serve [127.0.0.1:8080]; port 0 takes a free one
  --config FILE        read settings from a TOML file; flags win
  --web DIR            serve the page from a folder instead of the built-in one
  --threads N          searches answered at once [one a core]
  --check-config       check flags and configuration, then leave
  --help, --version

example:
  izde-searchd --index /srv/izde --listen 127.0.0.1:8080

exit: 0 stopped   2 wrong usage or configuration   3 cannot serve
)";

struct Flags {
    std::string index, listen, config, web;
    std::optional<int> threads;
    bool check_config = false, wants_help = false, wants_version = false;
};

constexpr std::array<std::string_view, 8> flag_names = {
    "--index", "--listen", "--config", "--web", "--threads", "--check-config", "--help", "--version"};

Exit usage(const Error& error) {
    std::string text = "izde-searchd: " + error.message + "\n";
    if (!error.hint.empty()) text += "  " + error.hint + "\n";
    return {.code = 2, .err = std::move(text)};
}

Failure wrong(std::string message, std::string hint) {
    return fail(Errc::bad_argument, std::move(message), std::move(hint));
}

Failure unexpected(std::string_view argument) {
    const auto name = std::string(argument.substr(0, argument.find('=')));
    if (!name.starts_with('-')) return wrong("unexpected argument '" + name + "'", "see izde-searchd --help");
    const auto meant = nearest(name, flag_names);
    return wrong("unknown flag " + name, meant ? "did you mean " + *meant + "?" : "see izde-searchd --help");
}

Result<Flags> read_flags(int argc, const char* const* argv) {
    Flags flags;
    CLI::App app;
    app.set_help_flag();
    app.allow_extras();
    app.add_option("--index", flags.index);
    app.add_option("--listen", flags.listen);
    app.add_option("--config", flags.config);
    app.add_option("--web", flags.web);
    app.add_option("--threads", flags.threads)->check(CLI::Range(1, 1024));
    app.add_flag("--check-config", flags.check_config);
    app.add_flag("-h,--help", flags.wants_help);
    app.add_flag("--version", flags.wants_version);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return wrong(error.what(), "see izde-searchd --help");
    }
    if (flags.wants_help || flags.wants_version) return flags;
    for (const auto& extra : app.remaining()) return unexpected(extra);
    return flags;
}

// A setting and where it was written, for complaints.
struct Setting {
    std::string value, origin;
};

Setting choose(const std::string& flag, const char* flag_name, const std::string& configured,
               const std::string& file) {
    if (!flag.empty() || configured.empty()) return {flag, flag_name};
    return {configured, file + ": " + std::string(flag_name).substr(2)};
}

struct Address {
    std::string host;
    int port = 0;
};

Failure bad_address(const Setting& setting, const std::string& why, const std::string& write_instead) {
    return wrong(setting.origin + " '" + setting.value + "' " + why, "write " + write_instead);
}

Result<Address> parse_address(const Setting& setting) {
    const std::string& text = setting.value;
    const auto colon = text.rfind(':');
    if (colon == std::string::npos)
        return bad_address(setting, "has no port", "HOST:PORT, as in 127.0.0.1:8080");
    Address address{.host = text.substr(0, colon)};
    const std::string port = text.substr(colon + 1);
    const auto [stop, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
    const bool is_port = error == std::errc{} && stop == port.data() + port.size();
    if (!is_port || address.port < 0 || address.port > 65535) {
        return bad_address(setting, "has no port from 0 to 65535 after its last ':'",
                           "HOST:PORT, as in 127.0.0.1:8080");
    }
    if (address.host.empty()) return bad_address(setting, "names no host", "127.0.0.1:" + port);
    if (address.host.front() == '[' && address.host.back() == ']') {
        address.host = address.host.substr(1, address.host.size() - 2);
    } else if (address.host.find(':') != std::string::npos) {
        return bad_address(setting, "is ambiguous", "an IPv6 address in brackets, as in [::1]:8080");
    }
    if (address.host.empty()) return bad_address(setting, "names no host", "[::1]:" + port);
    return address;
}

bool is_loopback(const std::string& host) {
    in_addr v4 = {};
    in6_addr v6 = {};
    if (inet_pton(AF_INET, host.c_str(), &v4) == 1) return ntohl(v4.s_addr) >> 24 == 127;
    if (inet_pton(AF_INET6, host.c_str(), &v6) == 1) return IN6_IS_ADDR_LOOPBACK(&v6);
    return host == "localhost";
}

// Of what the file names; the rest stays as it is.
Result<http::Limits> limits_of(const LimitsConfig& config, const std::string& file) {
    http::Limits limits;
    const auto put = [](const std::optional<int>& value, auto& into) {
        if (value) into = static_cast<std::remove_reference_t<decltype(into)>>(*value);
    };
    put(config.connections, limits.connections);
    put(config.connections_per_address, limits.per_address);
    put(config.queue, limits.queue);
    put(config.requests_per_second, limits.rate);
    put(config.burst, limits.burst);
    if (!config.proxies.empty()) limits.proxies = config.proxies;
    for (const auto& proxy : limits.proxies) {
        if (!http::Address::parse(proxy))
            return wrong(file + ": proxies: '" + proxy + "' is no address",
                         "write it in numbers, as in 192.0.2.1");
    }
    return limits;
}

Result<Options> merge(const Flags& flags, const Config& config) {
    Options options;
    options.check_config = flags.check_config;
    options.index = choose(flags.index, "--index", config.index, flags.config).value;
    options.web = choose(flags.web, "--web", config.web, flags.config).value;
    options.aliases.assign(config.aliases.begin(), config.aliases.end());
    options.freshness = config.freshness.value_or(options.freshness);
    options.threads = flags.threads.value_or(config.threads.value_or(options.threads));
    auto limits = limits_of(config.limits, flags.config);
    if (!limits) return fail(limits.error());
    options.limits = *std::move(limits);
    if (options.index.empty()) {
        return wrong("no index folder is given", "add --index DIR, or index = \"DIR\" to the configuration");
    }
    const auto listen = choose(flags.listen, "--listen", config.listen, flags.config);
    if (listen.value.empty()) return options;
    auto address = parse_address(listen);
    if (!address) return fail(address.error());
    options.host = std::move(address->host);
    options.port = address->port;
    if (is_loopback(options.host) || config.is_public.value_or(false)) return options;
    return wrong(listen.origin + " '" + listen.value +
                     "' would let others than this machine search the index",
                 "listen on 127.0.0.1, or put public = true below [searchd] in the configuration");
}

Result<Options> read(const Flags& flags) {
    if (flags.config.empty()) return merge(flags, {});
    const auto config = read_config(flags.config);
    if (!config) return fail(config.error());
    return merge(flags, *config);
}

}  // namespace

std::variant<Options, Exit> read_options(int argc, const char* const* argv) {
    const auto flags = read_flags(argc, argv);
    if (!flags) return usage(flags.error());
    if (flags->wants_help) return Exit{.code = 0, .out = help};
    if (flags->wants_version) return Exit{.code = 0, .out = "izde-searchd " + version() + "\n"};
    auto options = read(*flags);
    if (!options) return usage(options.error());
    return *std::move(options);
}

}  // namespace izde
