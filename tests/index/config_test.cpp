#include <catch2/catch.hpp>

#include "izde/config.hpp"
#include "izde/suggest.hpp"

#include "support/temp_dir.hpp"

using izde::Errc;
using izde::read_config;
using izde::tests::TempDir;

namespace {

struct Rejection {
    std::string message, hint;
};

// What is said about a file with this text; the file's name is cut off.
Rejection rejection_of(std::string_view text) {
    const TempDir dir;
    const auto file = dir.write("izde.toml", text);
    const auto config = read_config(file);
    REQUIRE_FALSE(config);
    CHECK(config.error().code == Errc::bad_argument);
    REQUIRE(config.error().message.starts_with(file.string() + ":"));
    return {config.error().message.substr(file.string().size() + 1), config.error().hint};
}

}  // namespace

TEST_CASE("a full configuration file sets everything", "[config]") {
    const TempDir dir;
    const auto file = dir.write("izde.toml", R"(
index = "/srv/izde"

[[source]]
path = "/srv/news"
name = "Жаңалықтар"
include = ["*.txt", "2023/**"]
exclude = ["drafts/", "*~"]
hidden = true
max_file_mb = 10
one_file_system = false

[[source]]
path = "-"

[indexer]
jobs = 3
max_shrink = 0
wait_live_seconds = 60
sandbox = "best-effort"
fields = {headline = "title", byline = "author"}

[[canary]]
query = "budget vote"

[[canary]]
query = "\"the bridge\""
min = 3
path = "a/b.txt"

[searchd]
listen = "127.0.0.1:9000"
aliases = ["/srv/names.txt", "/srv/more.txt"]
web = "/srv/page"
freshness = 0.25
threads = 12
public = true
url = "https://search.example.org"
allowed_hosts = ["search.example.org", "[fd00::1]", "*"]
cors_origins = ["https://app.example.org", "http://localhost:3000"]
trusted_proxies = ["127.0.0.1", "10.0.0.0/8", "fd00::/8"]
api_key_file = "keys"
rate = 5
burst = 50
log = "on"
log_queries = "hashed"
log_addresses = "truncated"
[searchd.limits]
connections = 100
connections_per_address = 10
queue = 20
)");

    const auto config = read_config(file);

    REQUIRE(config);
    CHECK(config->index == "/srv/izde");
    REQUIRE(config->sources.size() == 2);
    CHECK(config->sources[0].path == "/srv/news");
    CHECK(config->sources[0].name == "Жаңалықтар");
    CHECK(config->sources[1].path == "-");
    CHECK(config->sources[1].name.empty());
    CHECK(config->sources[0].include == std::vector<std::string>{"*.txt", "2023/**"});
    CHECK(config->sources[0].exclude == std::vector<std::string>{"drafts/", "*~"});
    CHECK(config->sources[0].hidden);
    CHECK(config->sources[0].max_file_mb == 10);
    CHECK_FALSE(config->sources[0].one_file_system);
    CHECK(config->sources[1].include.empty());
    CHECK(config->sources[1].exclude.empty());
    CHECK_FALSE(config->sources[1].hidden);
    CHECK(config->sources[1].max_file_mb == 256);
    CHECK(config->sources[1].one_file_system);
    CHECK(config->wait_live_seconds == 60);
    REQUIRE(config->canaries.size() == 2);
    CHECK(config->canaries[0].query == "budget vote");
    CHECK(config->canaries[0].min == 1);
    CHECK(config->canaries[0].path.empty());
    CHECK(config->canaries[1].min == 3);
    CHECK(config->canaries[1].path == "a/b.txt");
    CHECK(config->jobs == 3);
    CHECK(config->max_shrink == 0);
    CHECK(config->sandbox == izde::Sandbox::best_effort);
    CHECK(config->url == "https://search.example.org");
    CHECK(config->allowed_hosts.size() == 3);
    CHECK(config->cors_origins.back() == "http://localhost:3000");
    CHECK(config->trusted_proxies.size() == 3);
    CHECK(config->api_key_file == (dir.path() / "keys").string());
    CHECK(config->rate == 5);
    CHECK(config->burst == 50);
    CHECK(config->log == true);
    CHECK(config->log_queries == izde::QueryLog::hashed);
    CHECK(config->log_addresses == izde::AddressLog::truncated);
    CHECK(config->field_names ==
          std::map<std::string, std::string>{{"headline", "title"}, {"byline", "author"}});
    CHECK(config->listen == "127.0.0.1:9000");
    CHECK(config->web == "/srv/page");
    CHECK(config->aliases == std::vector<std::string>{"/srv/names.txt", "/srv/more.txt"});
    CHECK(config->freshness == 0.25);
    CHECK(config->threads == 12);
    CHECK(config->is_public == true);
    CHECK(config->limits.connections == 100);
    CHECK(config->limits.connections_per_address == 10);
    CHECK(config->limits.queue == 20);
}

TEST_CASE("an empty configuration file leaves every setting to the defaults", "[config]") {
    const TempDir dir;

    const auto config = read_config(dir.write("izde.toml", "# nothing yet\n"));

    REQUIRE(config);
    CHECK(config->index.empty());
    CHECK(config->sources.empty());
    CHECK_FALSE(config->jobs);
    CHECK_FALSE(config->freshness);
    CHECK_FALSE(config->threads);
    CHECK_FALSE(config->is_public);
}

TEST_CASE("a fraction may be written as a whole number", "[config]") {
    const TempDir dir;

    const auto none = read_config(dir.write("none.toml", "[searchd]\nfreshness = 0"));
    const auto full = read_config(dir.write("full.toml", "[searchd]\nfreshness = 1"));

    REQUIRE(none);
    REQUIRE(full);
    CHECK(none->freshness == 0.0);
    CHECK(full->freshness == 1.0);
}

TEST_CASE("an unknown key is refused with its line and the nearest known one", "[config]") {
    struct Row {
        const char* text;
        const char* message;
        const char* hint;
    };
    const auto row = GENERATE(values<Row>({
        {"indx = \"a\"", "1: unknown key 'indx'", "did you mean 'index'?"},
        {"\n[searchd]\nlisen = \"a\"", "3: unknown key 'lisen'", "did you mean 'listen'?"},
        {"[indexer]\njob = 2", "2: unknown key 'job'", "did you mean 'jobs'?"},
        {"[serchd]\nthreads = 2", "1: unknown key 'serchd'", "did you mean 'searchd'?"},
        {"[[source]]\npath = \"a\"\nnmae = \"b\"", "3: unknown key 'nmae'", "did you mean 'name'?"},
        {"zzzzzz = 1", "1: unknown key 'zzzzzz'", "known here: index source canary indexer searchd"},
    }));

    const auto rejection = rejection_of(row.text);

    CHECK(rejection.message == row.message);
    CHECK(rejection.hint == row.hint);
}

TEST_CASE("a value of a wrong type or out of range is refused with its line", "[config]") {
    struct Row {
        const char* text;
        const char* message;
    };
    const auto row = GENERATE(values<Row>({
        {"index = 5", "1: 'index' must be a text in quotes"},
        {"index = \"\"", "1: 'index' must not be empty"},
        {"[indexer]\njobs = \"4\"", "2: 'jobs' must be a whole number, without quotes"},
        {"[indexer]\njobs = 2.5", "2: 'jobs' must be a whole number, without quotes"},
        {"[indexer]\njobs = 0", "2: 'jobs' is 0 but must be from 1 to 1024"},
        {"[indexer]\nmemory = 255", "2: 'memory' is 255 but must be from 256 to 1000000"},
        {"[indexer]\nmax_shrink = 101", "2: 'max_shrink' is 101 but must be from 0 to 100"},
        {"[searchd]\nthreads = 9000000000", "2: 'threads' is 9000000000 but must be from 1 to 1024"},
        {"[searchd.limits]\nqueue = 0", "2: 'queue' is 0 but must be from 1 to 100000"},
        {"[searchd]\nlimits = 1", "2: 'limits' must be a section"},
        {"[searchd]\npublic = \"yes\"", "2: 'public' must be true or false, without quotes"},
        {"[searchd]\nfreshness = \"0.2\"", "2: 'freshness' must be a number, without quotes"},
        {"[searchd]\nfreshness = true", "2: 'freshness' must be a number, without quotes"},
        {"[searchd]\nfreshness = [0.2]", "2: 'freshness' must be a number, without quotes"},
        {"[searchd]\nfreshness = -0.1", "2: 'freshness' must be from 0 to 1"},
        {"[searchd]\nfreshness = 2", "2: 'freshness' must be from 0 to 1"},
        {"[searchd]\nfreshness = nan", "2: 'freshness' must be from 0 to 1"},
        {"[searchd]\nfreshness = inf", "2: 'freshness' must be from 0 to 1"},
        {"searchd = 1", "1: 'searchd' must be a section"},
        {"source = \"news\"", "1: 'source' must be a list of tables"},
        {"source = [1, 2]", "1: 'source' must be a list of tables"},
        {"\n[[source]]\nname = \"x\"", "2: a [[source]] needs a path"},
        {"\n[[canary]]\nmin = 2", "2: a [[canary]] needs a query"},
        {"[[canary]]\nquery = \"a\"\nmin = 0", "3: 'min' is 0 but must be from 1 to 1000000000"},
        {"[[source]]\npath = \"a\"\nexclude = \"b\"", "3: 'exclude' must be a list of texts"},
        {"[[source]]\npath = \"a\"\nhidden = 1", "3: 'hidden' must be true or false, without quotes"},
        {"[[source]]\npath = \"a\"\nmax_file_mb = 0", "3: 'max_file_mb' is 0 but must be from 1 to 1000000"},
        {"[searchd]\nlog_queries = \"ful\"", "2: 'log_queries' is 'ful' but must be off, hashed or full"},
        {"[searchd]\nlog = \"yes\"", "2: 'log' is 'yes' but must be on or off"},
        {"[searchd]\nlog = 1", "2: 'log' must be true or false, without quotes"},
        {"[searchd]\nurl = \"search.example.org\"",
         "2: 'url' is no address of a server: 'search.example.org'"},
        {"[searchd]\nurl = \"https://a/b\"", "2: 'url' is no address of a server: 'https://a/b'"},
        {"[searchd]\ncors_origins = [\"https://a.example/\"]",
         "2: 'cors_origins' is no address of a server: 'https://a.example/'"},
        {"[searchd]\nallowed_hosts = [\"a.example:80\"]",
         "2: 'allowed_hosts' is no name of a server: 'a.example:80'"},
        {"[searchd]\nallowed_hosts = [\"http://a.example\"]",
         "2: 'allowed_hosts' is no name of a server: 'http://a.example'"},
        {"[searchd]\nallowed_hosts = \"a.example\"", "2: 'allowed_hosts' must be a list of texts"},
        {"[searchd]\ntrusted_proxies = [\n\"127.0.0.1\",\n\"proxy\"]",
         "4: 'trusted_proxies' is no address and no network: 'proxy'"},
        {"[searchd]\ntrusted_proxies = [\"*\"]", "2: 'trusted_proxies' is no address and no network: '*'"},
        {"[searchd]\nrate = -1", "2: 'rate' is -1 but must be from 0 to 1000000"},
        {"[searchd]\nburst = 0", "2: 'burst' is 0 but must be from 1 to 1000000"},
        {"[indexer]\nsandbox = \"off\"", "2: 'sandbox' is 'off' but must be required or best-effort"},
        {"[indexer]\nsandbox = true", "2: 'sandbox' must be a text in quotes"},
        {"[indexer]\nfields = 1", "2: 'fields' must be a table"},
        {"[indexer]\nfields = {headline = \"titel\"}",
         "2: 'headline' is mapped to 'titel', which izde does not know"},
    }));

    CHECK(rejection_of(row.text).message == row.message);
}

TEST_CASE("text that is no TOML is refused with its line", "[config]") {
    CHECK(rejection_of("index = \"a\"\nindex = \"b\"").message.starts_with("2: "));
    CHECK(rejection_of("index = ").message.starts_with("1: "));
    CHECK(rejection_of("a\n\n= [[[").message.starts_with("1: "));
    CHECK(rejection_of("index = \"\xff\xfe\"").message.starts_with("1: "));
    CHECK_FALSE(rejection_of("x = " + std::string(100'000, '[')).message.empty());
}

TEST_CASE("a configuration file that is missing or a folder is named", "[config]") {
    const TempDir dir;

    const auto missing = read_config(dir.path() / "none.toml");
    const auto folder = read_config(dir.path());

    REQUIRE_FALSE(missing);
    CHECK(missing.error().message == "there is no configuration file " + (dir.path() / "none.toml").string());
    REQUIRE_FALSE(folder);
    CHECK(folder.error().message == dir.path().string() + " is a folder, not a configuration file");
}

TEST_CASE("the nearest known word is suggested, and none that is far", "[suggest]") {
    constexpr std::array<std::string_view, 6> known = {"q", "page", "per_page", "lang", "author", "variants"};
    struct Row {
        const char* wrong;
        const char* meant;  // empty: nothing
    };
    const auto row = GENERATE(values<Row>({
        {"perpage", "per_page"},
        {"per-page", "per_page"},
        {"pgae", "page"},
        {"pages", "page"},
        {"language", "lang"},
        {"autor", "author"},
        {"variant", "variants"},
        {"x", ""},
        {"", ""},
        {"facets", ""},
        {"colour", ""},
    }));

    CHECK(izde::nearest(row.wrong, known).value_or("") == row.meant);
}

TEST_CASE("a word of any length is compared quickly", "[suggest]") {
    constexpr std::array<std::string_view, 1> known = {"page"};

    CHECK_FALSE(izde::nearest(std::string(10'000'000, 'p'), known));
}

TEST_CASE("relative paths start at the configuration file's folder, wherever it is read from", "[config]") {
    const TempDir dir;
    const auto file = dir.write("etc/izde.toml", "index = \"../index\"\n[[source]]\npath = \"news\"\n");

    const auto config = read_config(file);

    REQUIRE(config);
    CHECK(config->index == (dir.path() / "index").string());
    CHECK(config->sources.at(0).path == (dir.path() / "etc/news").string());
}
