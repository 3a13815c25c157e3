#include <algorithm>
#include <filesystem>
#include <vector>

#include <unistd.h>

#include <catch2/catch.hpp>

#include "options.hpp"
#include "support/temp_dir.hpp"

using izde::Exit;
using izde::Options;
using izde::tests::TempDir;

namespace {

std::variant<Options, Exit> read(const std::vector<std::string>& flags) {
    std::vector<const char*> arguments = {"izde-searchd"};
    for (const auto& flag : flags) arguments.push_back(flag.c_str());
    return izde::read_options(static_cast<int>(arguments.size()), arguments.data());
}

Options accepted(const std::vector<std::string>& flags) {
    const auto result = read(flags);
    if (const auto* exit = std::get_if<Exit>(&result)) FAIL(exit->err);
    return std::get<Options>(result);
}

std::string refused(const std::vector<std::string>& flags) {
    const auto result = read(flags);
    REQUIRE(std::holds_alternative<Exit>(result));
    CHECK(std::get<Exit>(result).code == 2);
    CHECK(std::get<Exit>(result).out.empty());
    return std::get<Exit>(result).err;
}

}  // namespace

TEST_CASE("an index folder is all that searchd must be told", "[http][options]") {
    const auto options = accepted({"--index", "/srv/izde"});

    CHECK(options.index == "/srv/izde");
    CHECK(options.host == "127.0.0.1");
    CHECK(options.port == 8080);
    CHECK(options.web.empty());
    CHECK_FALSE(options.check_config);
    CHECK(refused({}).find("no index folder is given") != std::string::npos);
}

TEST_CASE("flags win over the configuration file", "[http][options]") {
    const TempDir dir;
    const auto file = dir.write("izde.toml", R"(
index = "/from/file"
[searchd]
listen = "127.0.0.1:7000"
threads = 5
web = "/page"
)")
                          .string();

    const auto configured = accepted({"--config", file});
    const auto flagged =
        accepted({"--config", file, "--index=/flag", "--listen", "[::1]:0", "--threads", "9"});

    CHECK(configured.index == "/from/file");
    CHECK(configured.port == 7000);
    CHECK(configured.threads == 5);
    CHECK(configured.web == "/page");
    CHECK(flagged.index == "/flag");
    CHECK(flagged.host == "::1");
    CHECK(flagged.port == 0);
    CHECK(flagged.threads == 9);
    CHECK(flagged.web == "/page");
}

TEST_CASE("an address that cannot be is refused with what to write", "[http][options]") {
    struct Row {
        const char* listen;
        const char* hint;
    };
    const auto row = GENERATE(values<Row>({
        {":8080", "write 127.0.0.1:8080"},
        {"8080", "write HOST:PORT"},
        {"127.0.0.1:", "write HOST:PORT"},
        {"127.0.0.1:http", "write HOST:PORT"},
        {"127.0.0.1:65536", "write HOST:PORT"},
        {"127.0.0.1:-1", "write HOST:PORT"},
        {"::1:8080", "as in [::1]:8080"},
        {"[]:80", "write [::1]:80"},
    }));

    CHECK(refused({"--index", "i", "--listen", row.listen}).find(row.hint) != std::string::npos);
}

TEST_CASE("only a public server listens beyond this machine", "[http][options]") {
    const TempDir dir;
    const auto file = dir.write("izde.toml", "[searchd]\npublic = true\n").string();
    const auto* address =
        GENERATE("0.0.0.0:80", "[::]:80", "192.168.1.2:80", "example.org:80", "128.0.0.1:80");

    CHECK(refused({"--index", "i", "--listen", address}).find("public = true") != std::string::npos);
    CHECK(accepted({"--index", "i", "--listen", address, "--config", file}).port == 80);
    CHECK(accepted({"--index", "i", "--listen", "localhost:80"}).host == "localhost");
    CHECK(accepted({"--index", "i", "--listen", "127.9.9.9:80"}).host == "127.9.9.9");
}

TEST_CASE("a wrong command line says what is wrong and what was meant", "[http][options]") {
    CHECK(refused({"--indx", "a"}) == "izde-searchd: unknown flag --indx\n  did you mean --index?\n");
    CHECK(refused({"--lisen=1"}).find("did you mean --listen?") != std::string::npos);
    CHECK(refused({"--index", "a", "stray"}).find("unexpected argument 'stray'") != std::string::npos);
    CHECK(refused({"--index", "a", "--threads", "0"}).find("threads") != std::string::npos);
    CHECK(refused({"--index", "a", "--threads", "many"}).find("threads") != std::string::npos);
    CHECK(refused({"--index"}).find("--index") != std::string::npos);
    CHECK(refused({"--index", "a", "--config", "/none.toml"}).find("/none.toml") != std::string::npos);
}

TEST_CASE("the address of a configuration file is blamed on the file", "[http][options]") {
    const TempDir dir;
    const auto file = dir.write("izde.toml", "index = \"i\"\n[searchd]\nlisten = \":80\"\n").string();

    CHECK(refused({"--config", file}).find(file + ": listen ':80' names no host") != std::string::npos);
}

TEST_CASE("help fits one screen and needs nothing else", "[http][options]") {
    const auto result = read({"--help", "--nonsense"});

    const auto& exit = std::get<Exit>(result);
    CHECK(exit.code == 0);
    CHECK(std::ranges::count(exit.out, '\n') <= 24);
    for (const auto* word : {"--index", "--listen", "--config", "--web", "--threads", "--check-config",
                             "--version", "genkey", "example", "exit:"}) {
        CHECK(exit.out.find(word) != std::string::npos);
    }
    CHECK(std::get<Exit>(read({"--version"})).out.starts_with("izde-searchd "));
}

TEST_CASE("keys open a server to others as well as public does", "[http][options]") {
    const TempDir dir;
    const auto made = izde::http::make_key(izde::http::Scope::search, "a");
    const auto keys = dir.write("keys", made.line + "\n");
    std::filesystem::permissions(keys, std::filesystem::perms::owner_read);
    const auto file = dir.write("izde.toml", "index = \"i\"\n[searchd]\napi_key_file = \"keys\"\n").string();

    const auto options = accepted({"--config", file, "--listen", "0.0.0.0:80"});

    CHECK(options.access.keys.size() == 1);
    CHECK_FALSE(options.access.is_public);
    std::filesystem::permissions(keys, std::filesystem::perms::others_read,
                                 std::filesystem::perm_options::add);
    CHECK(refused({"--config", file}).find("chmod 640") != std::string::npos);
    std::filesystem::remove(keys);
    CHECK(refused({"--config", file}).find("cannot be read") != std::string::npos);
}

TEST_CASE("where others reach the server their rate is bounded, unless it is said otherwise",
          "[http][options]") {
    const TempDir dir;
    const auto with = [&](const std::string& settings, const std::string& listen) {
        const auto file =
            dir.write("izde.toml", "index = \"i\"\n[searchd]\npublic = true\n" + settings).string();
        return accepted({"--config", file, "--listen", listen}).rate;
    };
    CHECK(with("", "127.0.0.1:80").per_second == 0);
    CHECK(with("", "0.0.0.0:80").per_second == 10);
    CHECK(with("", "0.0.0.0:80").burst == 30);
    CHECK_FALSE(with("", "0.0.0.0:80").for_local);
    CHECK(with("rate = 3", "0.0.0.0:80").for_local);
    CHECK(with("rate = 0", "0.0.0.0:80").per_second == 0);
    CHECK(with("rate = 3\nburst = 4", "127.0.0.1:80").per_second == 3);
    CHECK(with("rate = 3\nburst = 4", "127.0.0.1:80").burst == 4);
}

TEST_CASE("without a terminal requests are logged, unless it is said otherwise", "[http][options]") {
    const TempDir dir;
    const auto with = [&](const std::string& settings) {
        return accepted(
                   {"--config", dir.write("izde.toml", "index = \"i\"\n[searchd]\n" + settings).string()})
            .log;
    };
    CHECK(with("").on == (isatty(STDERR_FILENO) == 0));
    CHECK_FALSE(with("log = \"off\"").on);
    CHECK(with("log = true").on);
    CHECK(with("").queries == izde::http::LogQueries::off);
    CHECK(with("").addresses == izde::http::LogAddresses::off);
    CHECK(with("log_queries = \"full\"\nlog_addresses = \"truncated\"").queries ==
          izde::http::LogQueries::full);
    CHECK(with("log_queries = \"full\"\nlog_addresses = \"truncated\"").addresses ==
          izde::http::LogAddresses::truncated);
}

TEST_CASE("genkey needs no index", "[http][options]") {
    const auto result = read({"genkey", "--scope", "admin"});
    CHECK(std::get<Exit>(result).out.starts_with("izde_"));
    CHECK(refused({"genkey", "--scop", "admin"}).find("usage: izde-searchd genkey") != std::string::npos);
}

TEST_CASE("limits come from the configuration, and those it leaves out stay as they are", "[http][options]") {
    const TempDir dir;
    const auto file =
        dir.write("izde.toml", "index = \"/srv/izde\"\n[searchd.limits]\nconnections_per_address = 7\n");

    const auto options = accepted({"--config", file.string()});

    CHECK(options.limits.per_address == 7);
    CHECK(options.limits.connections == 4096);
}

TEST_CASE("what a running server cannot change is named as the configuration calls it", "[http][options]") {
    const TempDir dir;
    using Names = std::vector<std::string_view>;
    const auto with = [&](const std::string& settings) {
        return accepted({"--config", dir.write("izde.toml", settings).string()});
    };
    const std::string index = "index = \"i\"\n[searchd]\n";
    const auto running = with(index);
    for (const auto& [settings, names] : std::vector<std::pair<std::string, Names>>{
             {index, {}},
             {index + "freshness = 0.5\nlog = \"off\"\nrate = 3\n", {}},
             {"index = \"j\"\n", {"index"}},
             {index + "listen = \"127.0.0.1:81\"\n", {"listen"}},
             {index + "listen = \"[::1]:8080\"\n", {"listen"}},
             {index + "threads = 3\n", {"threads"}},
             {index + "[searchd.limits]\nconnections = 100\n", {"limits.connections"}},
             {index + "[searchd.limits]\nconnections_per_address = 9\n", {"limits.connections_per_address"}},
             {index + "[searchd.limits]\nqueue = 9\n", {"limits.queue"}},
             {index + "trusted_proxies = [\"192.0.2.0/24\"]\n", {"limits for trusted_proxies"}},
             {index + "threads = 3\n[searchd.limits]\nqueue = 9\n", {"threads", "limits.queue"}},
         }) {
        CAPTURE(settings);
        CHECK(fixed_differences(running, with(settings)) == names);
    }
}
