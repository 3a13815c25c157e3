// Flags are read first, then the file they may name, then each setting is taken from the first of
// the two that has it. Tested by options_test.cpp.
#include "options.hpp"

#include <array>
#include <charconv>
#include <optional>
#include <string_view>
#include <type_traits>
#include <vector>

#include <unistd.h>

#include <CLI/CLI.hpp>

#include "izde/addresses.hpp"
#include "izde/config.hpp"
#include "izde/result.hpp"
#include "izde/suggest.hpp"
#include "izde/version.hpp"

#include "genkey.hpp"

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

  izde-searchd genkey [--scope search|admin] [--name WORD]   makes a key for programs that ask

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

struct HostAndPort {
    std::string host;
    int port = 0;
};

Failure bad_address(const Setting& setting, const std::string& why, const std::string& write_instead) {
    return wrong(setting.origin + " '" + setting.value + "' " + why, "write " + write_instead);
}

Result<HostAndPort> parse_address_and_port(const Setting& setting) {
    const std::string& text = setting.value;
    const auto colon = text.rfind(':');
    if (colon == std::string::npos)
        return bad_address(setting, "has no port", "HOST:PORT, as in 127.0.0.1:8080");
    HostAndPort address{.host = text.substr(0, colon)};
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

bool is_loopback_host(const std::string& host) {
    const auto address = parse_address(host);
    return address ? is_loopback(*address) : host == "localhost";
}

std::string machine_name() {
    std::array<char, 256> name{};
    return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

// Where others reach it, and no other rate is set, one address may ask so often.
constexpr int public_rate = 10, usual_burst = 30;

Result<void> read_access(const Config& config, Options& options) {
    auto& access = options.access;
    access.names.listed = config.allowed_hosts;
    access.names.listen = options.host;
    access.names.beyond = !is_loopback_host(options.host);
    access.names.machine = machine_name();
    access.cors_origins = config.cors_origins;
    for (const auto& proxy : config.trusted_proxies)
        if (const auto network = parse_network(proxy)) access.trusted_proxies.push_back(*network);
    access.is_public = config.is_public.value_or(false);
    access.url = config.url;
    if (!config.url.empty()) {
        const auto host = config.url.substr(config.url.find("//") + 2);
        access.names.called = http::host_name(host).value_or("");
    }
    options.rate = {.per_second = config.rate.value_or(access.names.beyond ? public_rate : 0),
                    .burst = config.burst.value_or(usual_burst),
                    .for_local = config.rate.has_value()};
    if (config.api_key_file.empty()) return {};
    auto keys = http::load_keys(config.api_key_file);
    if (!keys) return fail(keys.error());
    access.keys = *std::move(keys);
    return {};
}

http::LogSettings log_of(const Config& config) {
    using http::LogAddresses;
    using http::LogQueries;
    // Who sits before it wants to see what they do, not each request.
    http::LogSettings log{.on = config.log.value_or(isatty(STDERR_FILENO) == 0)};
    switch (config.log_queries.value_or(QueryLog::off)) {
    case QueryLog::off:
        break;
    case QueryLog::hashed:
        log.queries = LogQueries::hashed;
        break;
    case QueryLog::full:
        log.queries = LogQueries::full;
        break;
    }
    switch (config.log_addresses.value_or(AddressLog::off)) {
    case AddressLog::off:
        break;
    case AddressLog::truncated:
        log.addresses = LogAddresses::truncated;
        break;
    case AddressLog::full:
        log.addresses = LogAddresses::full;
        break;
    }
    return log;
}

Result<void> read_listen(const Setting& listen, Options& options) {
    if (listen.value.empty()) return {};
    auto address = parse_address_and_port(listen);
    if (!address) return fail(address.error());
    options.host = std::move(address->host);
    options.port = address->port;
    return {};
}

// Of what the file names; the rest stays as it is.
http::Limits limits_of(const LimitsConfig& config) {
    http::Limits limits;
    const auto put = [](const std::optional<int>& value, auto& into) {
        if (value) into = static_cast<std::remove_reference_t<decltype(into)>>(*value);
    };
    put(config.connections, limits.connections);
    put(config.connections_per_address, limits.per_address);
    put(config.queue, limits.queue);
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
    options.limits = limits_of(config.limits);
    if (options.index.empty()) {
        return wrong("no index folder is given", "add --index DIR, or index = \"DIR\" to the configuration");
    }
    options.log = log_of(config);
    const auto listen = choose(flags.listen, "--listen", config.listen, flags.config);
    if (auto read = read_listen(listen, options); !read) return fail(read.error());
    if (auto read = read_access(config, options); !read) return fail(read.error());
    const auto& access = options.access;
    options.limits.proxies.insert(options.limits.proxies.end(), access.trusted_proxies.begin(),
                                  access.trusted_proxies.end());
    if (!access.names.beyond || access.is_public || !access.keys.empty()) return options;
    return wrong(listen.origin + " '" + listen.value +
                     "' would let others than this machine search the index",
                 "listen on 127.0.0.1; or, below [searchd] in the configuration, let anybody search by\n"
                 "  public = true, or only those with a key by api_key_file (izde-searchd genkey makes one)");
}

Result<Options> read(const Flags& flags) {
    if (flags.config.empty()) return merge(flags, {});
    const auto config = read_config(flags.config);
    if (!config) return fail(config.error());
    return merge(flags, *config);
}

}  // namespace

std::vector<std::string_view> fixed_differences(const Options& running, const Options& fresh) {
    std::vector<std::string_view> names;
    const auto compare = [&](std::string_view name, bool is_same) {
        if (!is_same) names.push_back(name);
    };
    const auto &old = running.limits, &now = fresh.limits;
    compare("index", running.index == fresh.index);
    compare("listen", running.host == fresh.host && running.port == fresh.port);
    compare("threads", running.threads == fresh.threads);
    compare("limits.connections", old.connections == now.connections);
    compare("limits.connections_per_address", old.per_address == now.per_address);
    compare("limits.queue", old.queue == now.queue);
    compare("limits for trusted_proxies", old.proxies == now.proxies);
    return names;
}

std::variant<Options, Exit> read_options(int argc, const char* const* argv) {
    if (argc > 1 && std::string_view(argv[1]) == "genkey") return genkey(argc - 2, argv + 2);
    const auto flags = read_flags(argc, argv);
    if (!flags) return usage(flags.error());
    if (flags->wants_help) return Exit{.code = 0, .out = help};
    if (flags->wants_version) return Exit{.code = 0, .out = "izde-searchd " + version() + "\n"};
    auto options = read(*flags);
    if (!options) return usage(options.error());
    return *std::move(options);
}

}  // namespace izde
