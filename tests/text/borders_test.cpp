// The words we cut ourselves are held against ICU's, which sees the whole text.
#include <algorithm>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <unicode/brkiter.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "izde/text/utf8.hpp"

#include "text/borders.hpp"

using namespace izde::text;

namespace {

std::vector<Span> words_by_icu(std::string_view utf8) {
    static const std::unique_ptr<icu::BreakIterator> words = [] {
        UErrorCode status = U_ZERO_ERROR;
        return std::unique_ptr<icu::BreakIterator>(
            icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    }();
    UErrorCode status = U_ZERO_ERROR;
    UText text = UTEXT_INITIALIZER;
    utext_openUTF8(&text, utf8.data(), static_cast<std::int64_t>(utf8.size()), &status);
    words->setText(&text, status);
    REQUIRE(U_SUCCESS(status));
    std::vector<Span> found;
    std::int32_t begin = words->first();
    for (std::int32_t end = words->next(); end != icu::BreakIterator::DONE; begin = end, end = words->next())
        if (words->getRuleStatus() >= UBRK_WORD_NUMBER)
            found.push_back({static_cast<std::size_t>(begin), static_cast<std::size_t>(end)});
    utext_close(&text);
    return found;
}

struct Cut {
    std::vector<Span> words;
    std::size_t sure = 0;  // how many of them ICU was not asked for
};

Cut cut(const std::string& text) {
    Cut cut;
    for (std::size_t at = 0; at < text.size();) {
        PlainWords plain(text, at, text.size());
        std::vector<Span> words;
        Span word;
        auto found = plain.next(word);
        for (; found == PlainWords::Found::word; found = plain.next(word)) words.push_back(word);
        std::size_t next = plain.at();
        cut.sure += words.size();
        if (found == PlainWords::Found::unsure) {
            cut.sure -= words.size();
            words.clear();
            next = settled_after(text, at, text.size());
            const std::size_t begin = at > 0 ? at - 1 : 0;
            for (const Span part : words_by_icu(std::string_view(text).substr(begin, next - begin)))
                words.push_back({part.begin + begin, part.end + begin});
        }
        cut.words.insert(cut.words.end(), words.begin(), words.end());
        at = next;
    }
    return cut;
}

std::string shown(const std::string& text, const std::vector<Span>& words) {
    std::string all;
    for (const Span word : words) all += "[" + text.substr(word.begin, word.end - word.begin) + "]";
    return all;
}

void check_same(const std::string& text) {
    const auto ours = cut(text).words;
    const auto theirs = words_by_icu(text);
    if (ours == theirs) return;
    FAIL("of " << text << ": ours " << shown(text, ours) << ", ICU's " << shown(text, theirs));
}

std::string utf8_of(char32_t c) {
    std::string utf8;
    append_utf8(utf8, c);
    return utf8;
}

const std::vector<std::string>& atoms() {
    static const std::vector<std::string> all{
        "a",      "B",      "z",      "word",     "7",          "42",         " ",      " ",      " ",
        "\n",     "\r\n",   "\t",     ".",        ".",          ",",          ";",      ":",      "'",
        "\"",     "-",      "_",      "@",        "`",          "!",          "(",      "/",      "é",
        "Ж",      "қ",      "σ",      "’",        "‘",          "”",          "—",      "…",      "«",
        "\u00B4", "\u2032", "\u00B7", "\u2027",   "\u2024",     "\u0301",     "\u00AD", "\u200D", "\u200B",
        "\uFEFF", "\u0483", "\u00A0", "\u202F",   "\u2009",     "\u3000",     "\u05D0", "\u05F4", "\u0661",
        "\u066B", "\u0E01", "\u0E19", "한",       "\U0001F1E6", "\U0001F600", "\u2028", "\x0B",   "\x0C",
        "\x01",   "\xFF",   "\xC3",   "\xE2\x80", "\u02D7",     "\u00AA",     "\u0387", "\u037E", "\u055F",
        "\u0589", "\uFF0E", "\uFE52"};
    return all;
}

}  // namespace

TEST_CASE("each letter and sign stands where ICU puts it", "[borders]") {
    for (char32_t c = 1; c < 0x2800; ++c) {
        if (c == 0x600) c = 0x2000;
        const std::string sign = utf8_of(c);
        for (const std::string before : {"a", "1", " ", "a ", ".", "_", "\u05D0", "я"})
            for (const std::string behind : {"a", "1", " ", " a", ".", "_", "\u05D0", "я"}) {
                check_same(before + sign + behind);
                if (c < 0x80) check_same(before + sign + sign + behind);
            }
    }
}

TEST_CASE("words of random texts are those of ICU", "[borders]") {
    const char* const more = std::getenv("IZDE_SEEDS");
    const int texts = more == nullptr ? 20000 : std::atoi(more);
    std::mt19937 random(1);
    for (int i = 0; i < texts; ++i) {
        std::string text;
        const std::size_t common = random() % 3 == 0 ? atoms().size() : 32;
        for (std::size_t left = random() % 24; left > 0; --left) text += atoms()[random() % common];
        check_same(text);
    }
}

TEST_CASE("ICU is not asked about plain text", "[borders]") {
    for (const std::string& text :
         {std::string("It isn’t 3.14, is it? “No — 1,000 (one) thousand”…\nU.S. exports rose 5.5%; don't."),
          std::string("Президент Қазақстан туралы айтты: «жоқ». Ёлка, été, Straße"),
          std::string("call `__init__()` of std::map_view_2 at 12:30"), std::string("plain")}) {
        const Cut found = cut(text);
        CHECK(found.sure == found.words.size());
    }
}
