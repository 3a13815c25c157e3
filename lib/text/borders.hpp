// Word borders of the commonest letters and signs, without ICU.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "izde/text/token.hpp"

namespace izde::text {

struct PlainSigns;

// Finds the words (by UAX 29) of what stands between two spaces, as long as all of it is of letters and signs
// for which a look at the neighbours settles the borders: ASCII, Latin, Greek, Cyrillic, common quotation
// marks and dashes. Linear.
class PlainWords {
  public:
    // From `begin` up to `end`, or behind the first space or line end.
    PlainWords(std::string_view utf8, std::size_t begin, std::size_t end);

    enum class Found : std::uint8_t { word, end, unsure };  // unsure: only ICU can tell any of it
    Found next(Span& word);
    bool has_signs() const { return has_signs_; }  // inside of the last word, as "3.14" and "a_b" have
    std::size_t at() const { return at_; }         // once there is no further word: where the next ones begin

  private:
    void skip_word();

    const PlainSigns& signs_;
    std::string_view utf8_;
    std::size_t at_;
    std::size_t last_end_ = std::string_view::npos;  // of the last word
    bool has_signs_ = false;
};

// Where ICU, asked from `begin` on, has seen enough: the next place where borders do not depend on both
// sides.
std::size_t settled_after(std::string_view utf8, std::size_t begin, std::size_t end);

}  // namespace izde::text
