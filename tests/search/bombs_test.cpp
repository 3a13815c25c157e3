// Queries that nobody should ask: each is answered, on a small stack and in bounded memory.
#include <fstream>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <pthread.h>

#include <catch2/catch.hpp>

#include "query/variants.hpp"
#include "search/searcher.hpp"
#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"

using namespace izde;
using namespace izde::search;
using namespace izde::tests;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
// Red zones make frames several times as large, and memory is not given back.
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif
constexpr std::size_t small_stack = std::size_t{sanitized ? 1024U : 256U} << 10;
constexpr std::size_t most_grown_kb = std::size_t{64} << 10;

// Runs it in a thread with so little stack.
void on_small_stack(const std::function<void()>& work) {
    pthread_attr_t attributes;
    REQUIRE(pthread_attr_init(&attributes) == 0);
    REQUIRE(pthread_attr_setstacksize(&attributes, small_stack) == 0);
    pthread_t thread{};
    const auto run = [](void* what) -> void* {
        (*static_cast<const std::function<void()>*>(what))();
        return nullptr;
    };
    REQUIRE(pthread_create(&thread, &attributes, run, const_cast<std::function<void()>*>(&work)) == 0);
    REQUIRE(pthread_join(thread, nullptr) == 0);
    pthread_attr_destroy(&attributes);
}

std::size_t own_memory_kb() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("RssAnon:")) return std::stoul(line.substr(8));
    throw std::runtime_error("there is no RssAnon in /proc/self/status");
}

std::string times(std::size_t n, const std::string& text) {
    std::string all;
    all.reserve(n * text.size());
    for (std::size_t i = 0; i < n; ++i) all += text;
    return all;
}

std::string numbered(std::size_t n, const std::string& before, const std::string& after) {
    std::string all;
    for (std::size_t i = 0; i < n; ++i) all += before + std::to_string(i) + after;
    return all;
}

std::string han(std::size_t n) {
    std::string all;
    for (std::size_t i = 0; i < n; ++i) {
        const auto c = static_cast<unsigned>(0x4E00 + i * 7 % 20000);
        all += static_cast<char>(0xE0 | c >> 12);
        all += static_cast<char>(0x80 | (c >> 6 & 0x3F));
        all += static_cast<char>(0x80 | (c & 0x3F));
    }
    return all;
}

std::vector<std::string> bombs() {
    std::vector<std::string> all{std::string(1'000'000, 'a'),
                                 times(200'000, "word "),
                                 numbered(10'000, "w", " "),
                                 times(10'000, "(") + "a" + times(10'000, ")"),
                                 times(10'000, "(a OR ") + "b" + times(10'000, ")"),
                                 times(100'000, "("),
                                 times(100'000, ")"),
                                 times(5'000, "()"),
                                 times(100'000, "NOT b "),
                                 times(1'000, "NOT "),
                                 times(20'000, "-a "),
                                 times(10'000, "--"),
                                 "w*",
                                 "*",
                                 "*a*",
                                 "wo*",
                                 "w* w* w* w* w*",
                                 times(1'000, "?"),
                                 times(1'000, "w* "),
                                 times(1'000, "wo* "),
                                 times(1'000, "*"),
                                 "\"" + times(10'000, "bridge ") + "\"",
                                 "\"" + times(100, "the of and ") + "\"",
                                 times(1'000, "\"the of\" "),
                                 "the NEAR/99999 of",
                                 "the NEAR/18446744073709551616 of",
                                 "the NEAR/-1 of",
                                 "the" + times(1'000, " NEAR/50 the"),
                                 times(2'000, "a NEAR "),
                                 times(10'000, "a."),
                                 times(10'000, "a-"),
                                 times(2'500, "a' "),
                                 times(4'000, "=a"),
                                 times(4'000, "=a "),
                                 han(100'000),
                                 han(2'700),
                                 "\"" + han(2'700) + "\"",
                                 times(2'700, "的"),
                                 times(700, "3月2日"),
                                 times(500, "アイウエオ"),
                                 times(380, "ภาษาไทย"),
                                 "e" + times(4'000, "\xCC\x81"),
                                 times(2'000, "a\xE2\x80\x8D"),
                                 times(700, "\xE2\x80\xAE"
                                            "abc"
                                            "\xE2\x80\xAC "),
                                 times(320, "👨‍👩‍👧‍👦"),
                                 times(2'700, "\xEF\xBB\xBF"),
                                 times(2'700, std::string("a\0b", 3)),
                                 times(1'100, "\xED\xA0\x80x\xED\xBF\xBF"),
                                 times(1'000, "\xFF\xFE\xC0\xAF\xF8"),
                                 times(4'000, "\xE6\x96"),
                                 times(300, "<script>alert(1)</script>"),
                                 times(300, "title:(author:(place:(") + "a" + times(300, ")))"),
                                 times(2'600, "no:"),
                                 times(2'600, "title:"),
                                 times(300, "date:2022-13 date:..2023 "),
                                 numbered(90, "date:19", "-01-02..2020-03-04 OR "),
                                 numbered(90, "date:20", " "),
                                 std::string(8'000, '9'),
                                 numbered(4'000, "", " "),
                                 "/" + times(2'600, "../"),
                                 times(160, "https://user:secret@example.org:99999/a?b=c&d=e#f "),
                                 times(400, "Urumqi Tokayev Xi Jinping "),
                                 times(400, "Urumqi OR China OR "),
                                 numbered(200, "zqw", "vkxz "),
                                 times(100, "bridgge ferrry rivver tolll "),
                                 times(100, "title:bridge title:ferry "),
                                 times(300, "-\"old bridge\" "),
                                 times(300, "\"old bridge\" OR "),
                                 times(60, "author:\"a b c d e f\" path:\"x y z\" "),
                                 "",
                                 " ",
                                 "\"",
                                 "-",
                                 "=",
                                 "OR",
                                 "AND",
                                 "NEAR/5",
                                 "()",
                                 "«",
                                 "\xF0\x9F",
                                 times(2'000, "é"),
                                 times(1'000, "ё Ё "),
                                 times(500, "ңғүұқөһі "),
                                 times(1'000, "1.2.3.4 ")};
    for (const char* sign :
         {"\"", "-", "=", ":", "~", "^", "\\", "%", "&", "+", "/", "«", "“", "「", "‘", "OR ", "AND "})
        all.push_back(times(10'000, sign));
    return all;
}

const Searcher& searcher() {
    static const TempDir dir;
    static const auto made = [] {
        std::vector<index::Document> documents;
        for (std::size_t i = 1; i <= 400; ++i) {
            auto document = make_document(i, "The old bridge " + std::to_string(i),
                                          "The bridge of Urumqi and the ferry, the of and word" +
                                              std::to_string(i) + " wolf a b 的 3月2日 乌鲁木齐 Үрімжі мост");
            document.date.value = std::to_string(1900 + i % 120);
            documents.push_back(std::move(document));
        }
        publish(dir.path(), documents);
        return Searcher::start(dir.path(), expect(query::load_aliases({})));
    }();
    return *made;
}

Request request_of(const std::string& text, std::size_t turn) {
    using index::Breakdown, index::Order;
    Request request;
    request.text = text;
    request.order = turn % 3 == 0 ? Order::relevance : turn % 3 == 1 ? Order::newest : Order::oldest;
    request.per_page = 100;
    request.page = turn % 2 == 0 ? 1 : 100;
    request.snippet_width = 1000;
    request.facets = {Breakdown::lang,   Breakdown::source, Breakdown::author, Breakdown::place,
                      Breakdown::format, Breakdown::year,   Breakdown::month};
    return request;
}

}  // namespace

TEST_CASE("no query ends the process, whatever it is made of, and none takes much stack or memory",
          "[search]") {
    const std::vector<std::string> all = bombs();
    REQUIRE(all.size() >= 80);
    const std::size_t before = own_memory_kb();
    std::vector<std::string> failed;
    on_small_stack([&] {
        for (std::size_t i = 0; i < all.size(); ++i) {
            const Request request = request_of(all[i], i);
            const auto reply = searcher().search(request);
            if (!reply) failed.push_back(all[i].substr(0, 60) + ": " + reply.error().message);
        }
    });
    CHECK(failed == std::vector<std::string>());
    if (!sanitized) CHECK(own_memory_kb() < before + most_grown_kb);
}

TEST_CASE("bombs in the search box, beside a document and to be explained are answered as well", "[search]") {
    std::vector<std::string> failed;
    on_small_stack([&] {
        for (const std::string& bomb : bombs()) {
            const std::string text = bomb.substr(0, 8'192);
            const auto note = [&](const char* what, bool fine) {
                if (!fine) failed.push_back(what + (": " + text.substr(0, 60)));
            };
            note("suggest", bool(searcher().suggest(text, 20)));
            note("document", bool(searcher().document(hex_id(1), text)));
            Request request = request_of(text, 0);
            note("explain", bool(searcher().explain(request, hex_id(1))));
        }
    });
    CHECK(failed == std::vector<std::string>());
}
