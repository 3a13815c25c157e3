// Finds a few words in a text many times faster than analyze() reads all of it: what a search does
// with each of its hits.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "izde/text/token.hpp"

namespace izde::text {

// Which words to look for. It may let others through as well, but never holds back one of its own.
class Sieve {
  public:
    void add(std::string_view exact);             // as Token::exact
    void add_beginning(std::string_view folded);  // of Token::folded
    bool empty() const { return empty_; }         // nothing was added

    // For scan() only: the keys of words, see scan.cpp.
    bool has_word(std::uint64_t key) const { return test(words_, key >> key_shift); }
    bool has_beginning(std::uint64_t key) const { return test(beginnings_, key >> key_shift); }
    bool has_beginning_of(std::size_t letters) const { return (beginning_lengths_ >> letters & 1) != 0; }
    bool has_beginnings() const { return beginning_lengths_ != 0; }
    // Of a word of ASCII, by its first eight letters, see ascii_word.hpp.
    bool has_opening(std::uint64_t letters) const {
        for (const Opening& one : beginning_openings_)
            if ((letters & one.mask) == one.letters) return true;
        return test(openings_, opening_of(letters));
    }
    bool has_character(char32_t c) const { return c >= characters || test(characters_, c); }

    static constexpr std::size_t longest_beginning = 63;  // letters looked at

  private:
    static constexpr unsigned key_shift = 50;  // leaves 14 bits
    static constexpr std::size_t characters = 0x10000;
    static constexpr unsigned opening_shift = 52;  // leaves 12
    using Openings = std::array<std::uint64_t, (std::uint64_t{1} << (64 - opening_shift)) / 64>;
    using Keys = std::array<std::uint64_t, (std::uint64_t{1} << (64 - key_shift)) / 64>;
    using Characters = std::array<std::uint64_t, characters / 64>;

    template <class Bits>
    static bool test(const Bits& bits, std::uint64_t i) {
        return (bits[i / 64] >> (i % 64) & 1) != 0;
    }
    static std::uint64_t opening_of(std::uint64_t letters) {
        return (letters * 0x9E3779B97F4A7C15u) >> opening_shift;
    }
    struct Opening {
        std::uint64_t letters = 0, mask = 0;
    };
    struct Beginning;
    static Beginning beginning_of(std::string_view word, std::size_t most);
    void add_word(const Beginning& word);
    void add_character(char32_t c);

    Openings openings_{};
    std::vector<Opening> beginning_openings_;
    Keys words_{}, beginnings_{};
    std::uint64_t beginning_lengths_ = 0;
    Characters characters_{};
    bool empty_ = true;
};

// Columns from the start of the text, as it stands on one line: white space in a row counts one.
struct Columns {
    std::size_t begin = 0, end = 0;
};

struct Scanned {
    // What analyze() gives, without the tokens that the sieve holds back and but for Token::lang and
    // Token::casing; positions agree up to a constant.
    std::vector<Token> tokens;
    std::vector<Columns> columns;  // of each token

    // Where the text can be cut and each part be read by itself, a hundred bytes apart or more; the
    // first is its beginning.
    struct Border {
        std::size_t at = 0, column = 0;
    };
    std::vector<Border> borders;
    std::size_t width = 0;  // columns of all the text

    bool well_formed = true;  // valid UTF-8 without NUL; nothing else is told of a text that is not
};

// Linear in the bytes, and hardly slower than reading them where the script is Latin, Cyrillic or Han.
// May be called from any thread.
Scanned scan(std::string_view utf8, std::string_view lang, const Sieve& sieve);

// A word, or one character of a script without spaces.
struct Placed {
    Span span;
    Columns columns;  // from the start of the part
    bool unspaced = false;
    bool capital = false;  // begins with a capital letter
};

// All words of a part that begins and ends at borders of a valid text, or at its ends. Spans count
// from the start of the text.
std::vector<Placed> place_words(std::string_view utf8, Span part);

}  // namespace izde::text
