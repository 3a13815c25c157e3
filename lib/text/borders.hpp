// Word borders of the commonest letters and signs, without ICU.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "izde/text/token.hpp"

namespace izde::text {

// Finds the words (by UAX 29) of what stands between two spaces, as long as all of it is of letters and signs
// for which a look at the neighbours settles the borders: ASCII, Latin, Greek, Cyrillic, common quotation
// marks and dashes. Linear.
class PlainWords {
  public:
    // From `begin` up to `end`, or behind the first space or line end.
    PlainWords(std::string_view utf8, std::size_t begin, std::size_t end)
        : utf8_(utf8.substr(0, end)), at_(begin) {}

    enum class Found : std::uint8_t { word, end, unsure };  // unsure: only ICU can tell any of it
    Found next(Span& word);
    std::size_t at() const { return at_; }  // once there is no further word: where the next ones begin

  private:
    void skip_word();

    std::string_view utf8_;
    std::size_t at_;
};

// Where ICU, asked from `begin` on, has seen enough: the next place where borders do not depend on both
// sides.
std::size_t settled_after(std::string_view utf8, std::size_t begin, std::size_t end);

}  // namespace izde::text
