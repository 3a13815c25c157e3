#include <algorithm>
#include <ctime>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include <pthread.h>

#include <catch2/catch.hpp>

#include "izde/text/utf8.hpp"

#include "query/parse.hpp"
#include "query/warnings.hpp"

namespace {

using namespace izde::query;

bool same(const Syntax& a, const Syntax& b);

bool same(const std::vector<Syntax>& a, const std::vector<Syntax>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const Syntax& x, const Syntax& y) { return same(x, y); });
}

bool same(const Word& a, const Word& b) {
    return a.text == b.text;
}
bool same(const Exact& a, const Exact& b) {
    return a.text == b.text;
}
bool same(const Begins& a, const Begins& b) {
    return a.text == b.text;
}
bool same(const Quoted& a, const Quoted& b) {
    return a.text == b.text;
}
bool same(const Near& a, const Near& b) {
    return a.words == b.words && a.window == b.window;
}
bool same(const Scoped& a, const Scoped& b) {
    return a.field == b.field && same(a.of, b.of);
}
bool same(const All& a, const All& b) {
    return same(a.of, b.of) && same(a.none_of, b.none_of);
}
bool same(const Any& a, const Any& b) {
    return same(a.of, b.of);
}

bool same(const Syntax& a, const Syntax& b) {
    if (a.node.index() != b.node.index()) return false;
    return std::visit(
        [&](const auto& kind) { return same(kind, std::get<std::decay_t<decltype(kind)>>(b.node)); }, a.node);
}

std::size_t leaves(const Syntax& syntax);

std::size_t leaves(const std::vector<Syntax>& all) {
    std::size_t count = 0;
    for (const Syntax& one : all) count += leaves(one);
    return count;
}

std::size_t leaves(const Syntax& syntax) {
    if (const auto* all = std::get_if<All>(&syntax.node)) return leaves(all->of) + leaves(all->none_of);
    if (const auto* any = std::get_if<Any>(&syntax.node)) return leaves(any->of);
    if (const auto* scoped = std::get_if<Scoped>(&syntax.node)) return leaves(scoped->of);
    if (const auto* near = std::get_if<Near>(&syntax.node)) return near->words.size();
    return 1;
}

// A server's threads may have little stack.
void on_small_stack(std::function<void()> work) {
    pthread_attr_t attributes;
    REQUIRE(pthread_attr_init(&attributes) == 0);
    REQUIRE(pthread_attr_setstacksize(&attributes, 256 * 1024) == 0);
    pthread_t thread{};
    const auto run = [](void* argument) -> void* {
        (*static_cast<std::function<void()>*>(argument))();
        return nullptr;
    };
    REQUIRE(pthread_create(&thread, &attributes, run, &work) == 0);
    pthread_join(thread, nullptr);
    pthread_attr_destroy(&attributes);
}

std::string repeated(std::string_view piece, std::size_t bytes) {
    std::string text;
    text.reserve(bytes + piece.size());
    while (text.size() < bytes) text += piece;
    return text;
}

}  // namespace

TEST_CASE("a megabyte of syntax is read quickly on a small stack", "[query]") {
    constexpr std::size_t megabyte = 1 << 20;
    std::vector<std::string> bombs;
    for (const char* piece :
         {"(",       ")",       "\"",        "-",      "-(",       "*",      "a* ",     "OR ",
          "a OR (",  "NOT b ",  "a NEAR/5 ", "date:",  "()",       ")(",     "“",       "»",
          "„",       "«a\"",    "--",        "- ",     "-a ",      "a*",     "*a",      "=",
          "=a ",     "a OR ",   "(a OR ",    "AND ",   "NOT ",     "NOT (",  "NEAR ",   "NEAR/",
          "a\"",     "a\"b",    "a“",        "date:.", "date:x ",  "title:", "title:(", "title:\"",
          "-title:", "title:=", "path:/",    ":",      "：",       "（",     "桥",      "桥 ",
          "a.",      "a-",      "\\",        "\xFF",   "\xE4\xB8", "\u0301", "\u200D",  "\u3000"})
        bombs.push_back(repeated(piece, bombs.size() < 12 ? megabyte : megabyte / 8));
    bombs.push_back(repeated("(", megabyte / 2) + repeated(")", megabyte / 2));
    bombs.push_back(repeated("-(a ", megabyte / 2) + repeated(")", megabyte / 8));
    bombs.push_back(repeated("(a OR ", megabyte / 2) + repeated(")", megabyte / 12));
    bombs.push_back(repeated("title:(a ", megabyte / 2) + repeated(")", megabyte / 18));

    for (const std::string& bomb : bombs) {
        CAPTURE(bomb.substr(0, 12));
        std::size_t count = 0, warnings = 0;
        bool stable = false;
        const std::clock_t start = std::clock();
        on_small_stack([&] {
            const Parsed parsed = parse(bomb);
            const std::string read = to_string(parsed.syntax);
            stable = to_string(parse(read).syntax) == read;
            count = leaves(parsed.syntax);
            warnings = parsed.warnings.size();
        });
        const double took = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;  // of the processor

        CHECK(count <= 128);
        CHECK(warnings <= static_cast<std::size_t>(Trouble::count));
        CHECK(stable);
        // Generous for sanitizers; what grows with the square takes minutes.
        CHECK(took < 5.0);
    }
}

TEST_CASE("what to_string writes is read as the same tree", "[query]") {
    const std::vector<std::string> pieces{
        "(",     ")",    " ",    " ",      " ",      "\"",     "“",        "”",      "„",     "«",
        "»",     "‹",    "›",    "「",     "」",     "-",      "-",        "=",      "*",     ":",
        "：",    "OR",   " OR ", " AND ",  "NOT ",   " NEAR ", " NEAR/3 ", "title:", "date:", "path:",
        "lang:", "2022", "..",   "-01",    "/",      ".",      "a",        "bridge", "мост",  "桥",
        "'",     "’",    "\xFF", "\u00A0", "#",      "＊",     "－",       "＝",     "（",    "）",
        "x* ",   "yy*",  "or",   "NEAR",   "\u0301", ",",      "title",    "\u3000"};
    const std::vector<std::string> headline{
        "RED ", "MAN ", "EU ",      "É ", "МЭР ", "桥 ", "7 ", "OR ", "AND ", "NOT ", "NEAR ", "NEAR/3 ",
        "-",    "- ",   "\"A B\" ", "(",  ") ",   "x ",  "B*", " =",  "..",   ", ",   "title:"};
    std::mt19937 random(2022);
    const Limits tight{.words = 6, .depth = 2, .prefixes = 1, .near_words = 3, .phrase_bytes = 9};
    for (int round = 0; round < 30'000; ++round) {
        std::string typed;
        const auto& from = round % 3 == 0 ? headline : pieces;
        for (std::size_t n = random() % 24; n-- > 0;) typed += from[random() % from.size()];
        const Limits limits = round % 2 == 0 ? Limits{} : tight;

        const Parsed parsed = parse(typed, limits);
        const std::string read = to_string(parsed.syntax);
        const Parsed again = parse(read, limits);

        CAPTURE(round, typed, read, to_string(again.syntax));
        REQUIRE(izde::text::is_valid_utf8(read));
        REQUIRE(same(again.syntax, parsed.syntax));
    }
}
