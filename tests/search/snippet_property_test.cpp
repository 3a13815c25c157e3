#include <algorithm>
#include <chrono>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "izde/text/analyze.hpp"
#include "izde/text/utf8.hpp"

#include "search/snippet.hpp"
#include "search/wanted_words.hpp"

namespace {

using namespace izde;
using namespace izde::test;
using query::Wanted;
using query::WantedUnit;
using search::make_snippet;
using search::Marked;

struct Sample {
    std::string text, lang;
    std::vector<std::string> words;  // as they stand in it
};

Sample random_sample(std::mt19937& random) {
    static const std::vector<std::string> latin{"bridge", "river",    "The",     "café",   "Ürümqi",
                                                "a",      "engineer", "don’t",   "Almaty", "2022",
                                                "COVID",  "I",        "harbours"};
    static const std::vector<std::string> cyrillic{"мост",  "Река",      "и",   "строительство",
                                                   "көпір", "Қазақстан", "ёлка"};
    static const std::vector<std::string> han{"桥", "长江", "新疆", "的", "哈", "铁路"};
    static const std::vector<std::string> between{" ",      " ",   " ",  " ",  ", ", ". ", "\n", "\n\n",
                                                  "\u00A0", " — ", " «", "» ", "。", " (", ") "};
    static const std::vector<std::string> langs{"en", "ru", "kk", "zh", "und"};
    Sample sample;
    sample.lang = langs[random() % langs.size()];
    const std::size_t size = random() % 120;
    const auto mix = random() % 4;
    bool was_han = false;
    for (std::size_t i = 0; i < size; ++i) {
        const auto script = mix == 3 ? random() % 3 : mix;
        const auto& words = script == 0 ? latin : script == 1 ? cyrillic : han;
        const std::string& word = words[random() % words.size()];
        if (!(script == 2 && was_han && random() % 4 != 0)) sample.text += between[random() % between.size()];
        was_han = script == 2;
        sample.text += word;
        sample.words.push_back(word);
    }
    return sample;
}

// Whether a word of the text ends or begins at `at`, or what stands there is no word.
bool at_word_border(const std::vector<text::Token>& tokens, std::size_t at) {
    return std::ranges::none_of(tokens, [&](const text::Token& token) {
        return token.kind != text::TokenKind::pair && token.span.begin < at && at < token.span.end;
    });
}

std::string without_ellipses(std::string text) {
    if (text.starts_with("… ")) text.erase(0, std::string("… ").size());
    if (text.ends_with(" …")) text.erase(text.size() - std::string(" …").size());
    return text;
}

std::size_t widest(const std::vector<std::string>& words) {
    std::size_t width = 2;
    for (const std::string& word : words) width = std::max(width, text::display_width(word));
    return width;
}

}  // namespace

TEST_CASE("a thousand snippets of random texts keep every promise", "[search]") {
    std::mt19937 random(7);
    for (int round = 0; round < 1000; ++round) {
        const Sample sample = random_sample(random);
        Wanted some = wanted({"tunnel"}, sample.lang);
        std::vector<std::string> picked;
        for (std::size_t n = random() % 4; n-- > 0 && !sample.words.empty();)
            picked.push_back(sample.words[random() % sample.words.size()]);
        for (const std::string& word : picked) some.units.push_back(unit(word, sample.lang));
        const std::size_t width = 16 + random() % 150;

        // Every third time the text begins with what stands above it.
        const std::string title =
            round % 3 == 0 ? sample.text.substr(0, sample.text.find_first_of("\n.")) : std::string();

        const Marked snippet = make_snippet(sample.text, sample.lang, some, width, title);

        CAPTURE(round, sample.text, sample.lang, picked, width, shown(snippet));
        check_marks(snippet);
        REQUIRE(text::display_width(snippet.text) <= width + widest(sample.words));
        REQUIRE(snippet.marks.empty() == picked.empty());

        // What is shown is a part of the text, cut at words.
        const std::string whole = text::collapse_spaces(sample.text);
        const std::string part = without_ellipses(snippet.text);
        const std::vector<text::Token> tokens = text::analyze(whole, sample.lang);
        bool found = false;
        for (std::size_t at = whole.find(part); !found && at != std::string::npos;
             at = whole.find(part, at + 1))
            found = at_word_border(tokens, at) && at_word_border(tokens, at + part.size());
        REQUIRE(found);

        // Each mark is made of wanted words.
        for (const text::Span mark : snippet.marks) {
            const std::string lit = snippet.text.substr(mark.begin, mark.end - mark.begin);
            for (const text::Token& token : text::analyze(lit, sample.lang)) {
                if (token.kind == text::TokenKind::pair) continue;
                const bool wanted_form = std::ranges::any_of(picked, [&](const std::string& word) {
                    const auto forms = text::analyze(word, sample.lang);
                    return std::ranges::any_of(
                        forms, [&](const text::Token& form) { return form.exact == token.exact; });
                });
                CAPTURE(lit);
                REQUIRE(wanted_form);
            }
        }
    }
}

TEST_CASE("marking finds each unit wherever a plain search finds it", "[search]") {
    std::mt19937 random(11);
    for (int round = 0; round < 300; ++round) {
        const Sample sample = random_sample(random);
        if (sample.words.size() < 4) continue;
        const std::vector<text::Token> tokens = text::analyze(sample.text, "und");
        Wanted some;
        for (int n = 0; n < 3; ++n) {
            const std::size_t first = random() % (sample.words.size() - 2);
            std::string phrase;
            for (std::size_t i = first; i < first + 1 + random() % 3 && i < sample.words.size(); ++i)
                phrase += sample.words[i] + " ";
            some.units.push_back(unit(phrase, "und"));
        }

        const Marked marked = search::mark(sample.text, "und", some);

        std::vector<bool> expected(sample.text.size());
        for (const WantedUnit& one : some.units) {
            for (const text::Token& start : tokens) {
                std::size_t end = 0;
                for (std::size_t i = 0; i < one.terms.size(); ++i) {
                    const auto next = std::ranges::find_if(tokens, [&](const text::Token& token) {
                        return token.position == start.position + i &&
                               token.exact == one.terms[i].forms.front();
                    });
                    end = next == tokens.end() ? 0 : next->span.end;
                    if (end == 0) break;
                }
                for (std::size_t at = start.span.begin; at < end; ++at) expected[at] = true;
            }
        }
        std::vector<bool> lit(sample.text.size());
        for (const text::Span mark : marked.marks)
            for (std::size_t at = mark.begin; at < mark.end; ++at) lit[at] = true;
        CAPTURE(round, shown(marked));
        REQUIRE(lit == expected);
    }
}

TEST_CASE("a long text and a query of many words take little time", "[search]") {
    std::mt19937 random(5);
    std::string text;
    while (text.size() < 200'000) text += "word" + std::to_string(random() % 5000) + " bridge and river. ";
    Wanted many;
    for (int i = 0; i < 128; ++i)
        many.units.push_back(unit("bridge and river word" + std::to_string(i), "en"));
    const std::string same = repeated("the ", 50'000);
    Wanted nested;
    for (std::size_t i = 1; i <= 64; ++i) nested.units.push_back(unit(repeated("the ", i), "en"));
    const std::string thai = repeated("แมว", 20'000);
    const std::string letters(200'000, 'x'), han = repeated("桥", 70'000);
    const auto start = std::chrono::steady_clock::now();

    check_marks(make_snippet(text, "en", many, 200));
    check_marks(make_snippet(same, "en", nested, 200));
    check_marks(search::mark(same, "en", nested));
    check_marks(make_snippet(letters, "en", wanted({letters}), 200));
    check_marks(make_snippet(thai, "und", wanted({"แมว"}, "und"), 200));
    check_marks(make_snippet(repeated("a-Ⓐ-b-", 20'000), "en", wanted({"a", "b"}), 200));
    check_marks(make_snippet(han, "zh", wanted({"桥桥桥"}, "zh"), 200));

    // Generous for sanitizers and a busy machine; what grows with the square takes minutes.
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    CHECK(took.count() < 10.0);
}
