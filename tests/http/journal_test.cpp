#include <algorithm>
#include <sstream>

#include <fcntl.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "http/journal.hpp"

using namespace izde::http;
using namespace std::string_literals;
using nlohmann::json;

namespace {

// A pipe whose lines a test reads.
class Pipe {
  public:
    Pipe() { REQUIRE(pipe2(ends_, O_CLOEXEC | O_NONBLOCK) == 0); }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    ~Pipe() {
        close(ends_[0]);
        close(ends_[1]);
    }
    int in() const { return ends_[1]; }
    std::string read() const {
        std::string text;
        char buffer[65536];
        for (ssize_t got = 0; (got = ::read(ends_[0], buffer, sizeof buffer)) > 0;)
            text.append(buffer, static_cast<std::size_t>(got));
        return text;
    }

  private:
    int ends_[2] = {};
};

Answer answer(const std::string& query = "") {
    Answer answer{.status = 200, .body = "12345"};
    answer.facts = {.query = query, .generation = "g", .hits = 3};
    return answer;
}

const Entry entry{.time = std::chrono::sys_days(std::chrono::January / 2 / 2026) +
                          std::chrono::milliseconds(1234),
                  .id = "abc",
                  .route = "/api/v1/search",
                  .method = "GET",
                  .address = "192.0.2.77",
                  .milliseconds = 1.23456};

json line(const LogSettings& settings, const Answer& answer, const Entry& of = entry) {
    const Pipe pipe;
    Journal journal(pipe.in(), settings);
    CHECK(journal.write(of, answer));
    const auto text = pipe.read();
    CHECK(text.find('\n') == text.size() - 1);
    return json::parse(text);
}

}  // namespace

TEST_CASE("a request is a line that names neither query nor address", "[http][journal]") {
    const Pipe pipe;
    Journal journal(pipe.in(), {});

    journal.write(entry, answer("secret words"));

    CHECK(pipe.read() ==
          R"({"time":"2026-01-02T00:00:01.234Z","id":"abc","route":"/api/v1/search","method":"GET",)"
          R"("status":200,"ms":1.23,"bytes":5,"hits":3,"generation":"g","partial":false})"
          "\n");
}

TEST_CASE("queries and addresses are told as far as it is set", "[http][journal]") {
    CHECK(line({.queries = LogQueries::full}, answer("мост"))["query"] == "мост");
    CHECK(line({.addresses = LogAddresses::full}, answer())["address"] == "192.0.2.77");
    CHECK(line({.addresses = LogAddresses::truncated}, answer())["address"] == "192.0.2.0");
    auto v6 = entry;
    v6.address = "2001:db8:1:2:3::4";
    CHECK(line({.addresses = LogAddresses::truncated}, answer(), v6)["address"] == "2001:db8:1::");
}

TEST_CASE("a hashed query tells equal ones of a day, and no others", "[http][journal]") {
    const Pipe pipe;
    Journal journal(pipe.in(), {.queries = LogQueries::hashed});
    auto tomorrow = entry;
    tomorrow.time += std::chrono::days(1);
    journal.write(entry, answer("bridge"));
    journal.write(entry, answer("bridge"));
    journal.write(entry, answer("ferry"));
    journal.write(tomorrow, answer("bridge"));

    std::vector<std::string> hashes;
    std::istringstream lines(pipe.read());
    for (std::string one; std::getline(lines, one);) hashes.push_back(json::parse(one)["query_hash"]);

    REQUIRE(hashes.size() == 4);
    CHECK(hashes[0].size() == 16);
    CHECK(hashes[0] == hashes[1]);
    CHECK(hashes[0] != hashes[2]);
    CHECK(hashes[0] != hashes[3]);
}

TEST_CASE("whatever is asked, a line is one line of plain JSON with short fields", "[http][journal]") {
    const auto evil = GENERATE("a\r\nb"s, "\x1b[31mred"s, "\0nul"s, "{\"status\":200}\n{\"fake\":1}"s,
                               "a\xff\xfe"s, "\xe2\x80\xa8line\xc2\x85next"s, "\x7f\x08"s,
                               std::string(8192, 'a'), std::string(8192, '\x01'),
                               "\xd0"s + std::string(300, '\xd1'), std::string(255, 'a') + "мм"s);
    auto wrong = answer(evil);
    wrong.facts.generation = wrong.facts.error = evil;
    auto of = entry;
    of.id = of.route = of.method = of.address = evil;
    const Pipe pipe;
    Journal journal(pipe.in(), {.queries = LogQueries::full, .addresses = LogAddresses::full});

    CHECK(journal.write(of, wrong));

    const auto text = pipe.read();
    CHECK(std::ranges::count(text, '\n') == 1);
    CHECK(std::ranges::all_of(text, [](char c) { return (c >= ' ' && c < 0x7f) || c == '\n'; }));
    CHECK(text.size() < 16'384);
    const auto parsed = json::parse(text);
    for (const auto& [name, value] : parsed.items())
        if (value.is_string()) CHECK(value.get<std::string>().size() <= 256);
}

TEST_CASE("a log that is off tells of bugs only", "[http][journal]") {
    const Pipe pipe;
    Journal journal(pipe.in(), {.on = false});
    journal.write(entry, answer());
    CHECK(pipe.read().empty());
    auto bug = answer();
    bug.facts.error = "why";
    journal.write(entry, bug);
    CHECK(json::parse(pipe.read())["error"] == "why");
    journal.use({.on = true});
    journal.write(entry, answer());
    CHECK_FALSE(pipe.read().empty());
}

TEST_CASE("a log that nobody reads holds up no request", "[http][journal]") {
    const Pipe pipe;
    Journal journal(pipe.in(), {});
    int lost = 0;
    for (int i = 0; i < 20'000; ++i)
        if (!journal.write(entry, answer())) ++lost;
    CHECK(lost > 10'000);

    const auto text = pipe.read();
    CHECK(text.ends_with("}\n"));
    CHECK(journal.write(entry, answer()));
}
