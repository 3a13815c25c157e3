// Milestones part a body where it can be read from, and say which positions stand behind.
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "izde/text/analyze.hpp"
#include "izde/text/utf8.hpp"

#include "index/milestones.hpp"

using namespace izde;
using index::Milestone;
using index::MilestoneSetter;

namespace {

std::string repeated(const std::string& piece, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) text += piece;
    return text;
}

}  // namespace

TEST_CASE("positions part the words of a body as its milestones do", "[milestones]") {
    const std::uint32_t base = GENERATE(0U, 117U);
    const std::string body = GENERATE(
        repeated("A line of some words.\n", 900), repeated("one long line of words, ", 900),
        repeated("一行没有空格的文字", 900), repeated("Строка слов.\n\n", 900), repeated(".", 90'000),
        repeated("x", 90'000), "start" + repeated(" - ", 20'000) + "end", repeated("短 words 混 ", 2000));
    MilestoneSetter setter(body, base);
    const std::vector<text::Token> tokens = text::analyze(body, "und");
    const std::size_t half = tokens.size() / 2;
    setter.pass(std::span(tokens).first(half));
    setter.pass(std::span(tokens).subspan(half));
    const std::vector<Milestone> set = setter.finish();

    REQUIRE_FALSE(set.empty());
    CHECK(set.front().at == 0);
    CHECK(set.size() <= body.size() / MilestoneSetter::apart + 1);
    for (std::size_t i = 0; i < set.size(); ++i) {
        const std::size_t end = i + 1 < set.size() ? set[i + 1].at : body.size();
        CAPTURE(i, set[i].at, end);
        CHECK(set[i].at < end);
        CHECK(end - set[i].at <= MilestoneSetter::most_apart + 3);
        CHECK(text::code_point_begin(body, set[i].at) == set[i].at);
    }
    std::size_t wrong = 0;
    for (const text::Token& token : tokens)
        for (const Milestone& one : set)
            wrong += (token.span.begin < one.at) != (base + token.position < one.position) ? 1 : 0;
    CHECK(wrong == 0);
}
