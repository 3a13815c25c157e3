#include "query/word_count.hpp"

#include "query/characters.hpp"

namespace izde::query {
namespace {

// Scripts that a dictionary cuts are written without a break for whole sentences.
constexpr std::size_t longest_word = 32;  // characters

bool is_accent(char32_t c) {
    return c >= 0x300 && c <= 0x36F;
}

}  // namespace

Counted take_words(std::string_view utf8, std::size_t most_halves) {
    Counted counted;
    std::size_t letters = 0, end = 0;  // of the word that goes on here; behind the last character of a word
    for (std::size_t at = 0; at < utf8.size();) {
        const Character c = character_at(utf8, at);
        std::size_t more = 0;
        if (is_unspaced(c.value)) {
            more = 1;
            letters = 0;
        } else if (is_wordlike(c.value)) {
            if (letters == longest_word) letters = 0;
            if (letters++ == 0) more = 2;
        } else if (!is_accent(c.value)) {
            letters = 0;
            at += c.bytes;
            continue;
        }
        if (counted.halves + more > most_halves) return {utf8.substr(0, end), counted.halves};
        counted.halves += more;
        at += c.bytes;
        end = at;
    }
    counted.text = utf8;
    return counted;
}

}  // namespace izde::query
