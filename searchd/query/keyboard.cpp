#include "query/keyboard.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "izde/text/analyze.hpp"
#include "izde/text/utf8.hpp"

#include "query/characters.hpp"

namespace izde::query {
namespace {

// What the keys give, row by row, without and with shift.
struct Layout {
    std::u32string_view plain, shifted;
};
constexpr Layout english{U"`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./",
                         U"~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:\"ZXCVBNM<>?"};
constexpr Layout russian{U"ё1234567890-=йцукенгшщзхъ\\фывапролджэячсмитьбю.",
                         U"Ё!\"№;%:?*()_+ЙЦУКЕНГШЩЗХЪ/ФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"};
constexpr Layout kazakh{U"(\"әіңғ,.үұқөһйцукенгшщзхъ\\фывапролджэячсмитьбю№",
                        U")!ӘІҢҒ;:ҮҰҚӨҺЙЦУКЕНГШЩЗХЪ/ФЫВАПРОЛДЖЭЯЧСМИТЬБЮ?"};
static_assert(english.plain.size() == russian.plain.size() && english.plain.size() == kazakh.plain.size() &&
              english.shifted.size() == russian.shifted.size() &&
              english.shifted.size() == kazakh.shifted.size());

struct Slip {
    const Layout &typed, &meant;
};
constexpr std::array slips{Slip{english, russian}, Slip{english, kazakh}, Slip{russian, english},
                           Slip{kazakh, english},  Slip{russian, kazakh}, Slip{kazakh, russian}};

constexpr std::size_t most_words = 16;      // of a query that is looked at
constexpr std::size_t convincing = 4;       // letters that one word must have
constexpr std::size_t longest_bytes = 512;  // of a query that may be a slip

// None where a character is not on the layout.
std::optional<std::string> retyped(std::string_view word, const Slip& slip) {
    std::string result;
    for (std::size_t at = 0; at < word.size();) {
        const Character c = character_at(word, at);
        at += c.bytes;
        const std::size_t plain = slip.typed.plain.find(c.value);
        const std::size_t shifted = slip.typed.shifted.find(c.value);
        if (plain != std::u32string_view::npos)
            text::append_utf8(result, slip.meant.plain[plain]);
        else if (shifted != std::u32string_view::npos)
            text::append_utf8(result, slip.meant.shifted[shifted]);
        else
            return std::nullopt;
    }
    return result;
}

// Words and what is between, in turn, beginning with what is before the first word.
std::vector<std::string_view> split(std::string_view typed) {
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    bool in_word = false;
    for (std::size_t at = 0; at < typed.size();) {
        const Character c = character_at(typed, at);
        if (is_space(c.value) == in_word) {
            parts.push_back(typed.substr(begin, at - begin));
            begin = at;
            in_word = !in_word;
        }
        at += c.bytes;
    }
    parts.push_back(typed.substr(begin));
    return parts;
}

class Retyping {
  public:
    explicit Retyping(const Lookup& lookup) : lookup_(lookup) {}

    bool knows(std::string_view text) const {
        return std::ranges::all_of(text::analyze(text, "und"), [&](const text::Token& token) {
            const bool digits_only =
                std::ranges::all_of(token.exact, [](char c) { return c >= '0' && c <= '9'; });
            return digits_only || !lookup_.vocabulary().spellings(token.folded).empty() ||
                   lookup_.is_known(token);
        });
    }

    // As a whole, or but for the signs around it, as in "njrftd".
    std::optional<std::string> meant(std::string_view word, const Slip& slip) const {
        if (auto whole = known(word, slip)) return whole;
        constexpr std::string_view signs = "\"'()-+=*.,:;!?";
        const std::size_t first = word.find_first_not_of(signs), last = word.find_last_not_of(signs);
        if (first == std::string_view::npos) return std::nullopt;
        const auto inner = known(word.substr(first, last + 1 - first), slip);
        if (!inner) return std::nullopt;
        return std::string(word.substr(0, first)) + *inner + std::string(word.substr(last + 1));
    }

  private:
    std::optional<std::string> known(std::string_view word, const Slip& slip) const {
        auto text = retyped(word, slip);
        if (!text || !has_wordlike(*text) || !knows(*text)) return std::nullopt;
        return text;
    }

    const Lookup& lookup_;
};

std::size_t letters_of(std::string_view text) {
    std::size_t letters = 0;
    for (const text::Token& token : text::analyze(text, "und")) {
        const auto count = text::count_code_points(token.folded);
        letters = std::max(letters, static_cast<std::size_t>(count));
    }
    return letters;
}

}  // namespace

std::optional<std::string> on_other_layout(std::string_view typed, const Lexicon& lexicon) {
    if (typed.size() > longest_bytes) return std::nullopt;
    const Lookup lookup(lexicon);
    const Retyping retyping(lookup);
    const std::vector<std::string_view> parts = split(typed);
    if (parts.size() > 2 * most_words + 1) return std::nullopt;
    std::vector<std::size_t> unknown;
    for (std::size_t i = 1; i < parts.size(); i += 2)
        if (!retyping.knows(parts[i])) unknown.push_back(i);
    if (unknown.empty()) return std::nullopt;
    for (const Slip& slip : slips) {
        std::vector<std::string> words(parts.begin(), parts.end());
        std::size_t longest = 0;
        const bool all = std::ranges::all_of(unknown, [&](std::size_t i) {
            const auto meant = retyping.meant(parts[i], slip);
            if (!meant) return false;
            words[i] = *meant;
            longest = std::max(longest, letters_of(*meant));
            return true;
        });
        if (!all || longest < convincing) continue;
        std::string text;
        for (const std::string& word : words) text += word;
        return text;
    }
    return std::nullopt;
}

}  // namespace izde::query
