// Whatever of a query is cut or read as something else, its author is told.
#include <algorithm>
#include <set>
#include <tuple>

#include <catch2/catch.hpp>

#include "izde/deadline.hpp"

#include "query/parse.hpp"
#include "query/resolve.hpp"
#include "query/variants.hpp"
#include "query/warnings.hpp"
#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"

using namespace izde;
using namespace izde::query;
using namespace izde::tests;

namespace {

std::string repeated(int n, const std::string& text) {
    std::string all;
    for (int i = 0; i < n; ++i) all += text;
    return all;
}

// The sentence of a trouble, up to what it is about.
std::string beginning_of(Trouble trouble) {
    Warnings warnings;
    warnings.add(trouble, "\x01");
    const std::string sentence = warnings.take().front().text;
    return sentence.substr(0, sentence.find('\x01'));
}

std::string end_of(Trouble trouble) {
    Warnings warnings;
    warnings.add(trouble, "\x01");
    const std::string sentence = warnings.take().front().text;
    const std::size_t gap = sentence.find('\x01');
    return gap == std::string::npos ? std::string() : sentence.substr(gap + 1);
}

// Words with many beginnings, forms and numbers.
std::filesystem::path made_index(const TempDir& dir) {
    std::string body;
    for (int i = 0; i < 100; ++i)
        body += " begins" + std::string(1, static_cast<char>('a' + i % 26)) + repeated(i / 26, "z");
    for (char first = 'a'; first <= 'z'; ++first)
        for (char second = 'a'; second <= 'b'; ++second) body += std::string(" 7") + first + second;
    return publish(dir.path(), {make_document(1, "Beginnings", body)});
}

std::vector<std::string> told(const std::string& typed, const index::Reader& reader,
                              const Deadline* deadline) {
    static const auto aliases = expect(load_aliases({}));
    Warnings warnings;
    const Lexicon lexicon{reader.vocabulary(), reader.languages(), aliases.get(), true, deadline, &warnings};
    const Parsed parsed = parse(typed);
    std::vector<std::string> all;
    for (const Warning& one : parsed.warnings) all.push_back(one.text);
    std::ignore = resolve(parsed.syntax, lexicon);
    for (const Warning& one : warnings.take()) all.push_back(one.text);
    return all;
}

}  // namespace

TEST_CASE("each cut and each reading as something else is told of", "[query]") {
    const TempDir dir;
    made_index(dir);
    const index::Reader reader = open_live(dir.path());
    const Deadline over(std::chrono::milliseconds(0));
    struct Case {
        Trouble trouble;
        std::string typed;
        const Deadline* deadline = nullptr;
    };
    const std::vector<Case> cases{
        {Trouble::unclosed_quote, "old \"bridge OR river -toll (old)"},
        {Trouble::unmatched_parenthesis, "(bridge"},
        {Trouble::deep_parentheses, repeated(9, "(") + "bridge" + repeated(9, ")")},
        {Trouble::many_words, repeated(130, "bridge ")},
        {Trouble::many_prefixes, "beg* ber* bes* bet* bel*"},
        {Trouble::short_prefix, "b*"},
        {Trouble::stray_star, "br*idge"},
        {Trouble::stray_minus, "bridge --river"},
        {Trouble::stray_operator, "bridge OR"},
        {Trouble::headline, "FED NOT EXPECTED TO TAKE ACTION -DEALERS"},
        {Trouble::near_without_words, "\"old bridge\" NEAR/5 river"},
        {Trouble::wide_near, "old NEAR/99 bridge"},
        {Trouble::many_near, "a1" + repeated(9, " NEAR/5 b1")},
        {Trouble::near_without_number, "old NEAR/x bridge"},
        {Trouble::field_without_value, "title: bridge"},
        {Trouble::bad_date, "date:2022-13"},
        {Trouble::backwards_date, "date:2023..2022"},
        {Trouble::long_text, "\"" + repeated(200, "bridge ") + "\""},
        {Trouble::many_dates, repeated(9, "date:2022 ")},
        {Trouble::many_beginnings, "beg*"},
        {Trouble::many_forms, "7"},
        {Trouble::many_unknown, "qwertzy asdfghj yxcvbnm poiuztr lkjhgfd"},
        {Trouble::no_time, "bridges", &over},
    };
    std::set<Trouble> seen;
    for (const Case& one : cases) {
        CAPTURE(one.typed);
        const auto warnings = told(one.typed, reader, one.deadline);
        CAPTURE(warnings);
        const auto is_it = [&](const std::string& warning) {
            return warning.starts_with(beginning_of(one.trouble)) && warning.ends_with(end_of(one.trouble));
        };
        CHECK(std::ranges::any_of(warnings, is_it));
        seen.insert(one.trouble);
    }
    // What follows is told by a search (searcher_test).
    CHECK(seen.size() == static_cast<std::size_t>(Trouble::no_words));
}

TEST_CASE("what is within its bounds is not told of", "[query]") {
    const TempDir dir;
    made_index(dir);
    const index::Reader reader = open_live(dir.path());

    CHECK(told("beginsa* title:beginnings \"begins a\" date:2022 (old OR new) -no", reader, nullptr).empty());
}
