// Which words are spelt nearly like another.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "izde/text/analyze.hpp"

namespace izde::text {

// The letters of a word that edits are counted in.
struct Letters {
    std::array<char32_t, max_token_bytes> of{};
    std::size_t count = 0;

    // Any bytes; those beyond max_token_bytes are left out.
    static Letters decode(std::string_view utf8);
};

// What a word may have been if only its beginning was typed wrong: by one edit at its first letter.
// Nothing but the word's own script is tried, Latin or Cyrillic.
std::vector<std::string> with_other_beginning(std::string_view folded);

// A word at a glance: which letters it has. Kept of each word of a list, it tells most of those that are not
// near before anything of them is read.
using Sketch = std::uint32_t;
Sketch sketch_of(std::string_view exact);

// One word, as a list of words is compared with it. Edits are letters changed, left out, put in, or two
// neighbours swapped (optimal string alignment).
class Neighbourhood {
  public:
    // `folded` as text::Token::folded.
    Neighbourhood(std::string_view folded, std::size_t most_edits);

    struct Distance {
        std::size_t edits = 0;
        // 1 for an edit, less for one that hands and ears make often (a neighbouring key, a doubled
        // letter, a vowel for a vowel, к for қ), more for another first letter.
        double cost = 0;
    };
    // None to a word that is further away than most_edits, has a digit, or is the same.
    std::optional<Distance> distance_to(std::string_view other_exact) const;

    // False: no word with such a sketch has a distance.
    bool may_be_near(Sketch other) const {
        Sketch differ = other ^ sketch_;
        for (std::size_t i = 0; i < 2 * most_edits_; ++i) differ &= differ - 1;
        return differ == 0;
    }

  private:
    bool may_be_near(std::string_view other, std::uint64_t mask) const;

    Letters letters_;
    std::size_t most_edits_, bytes_;
    std::uint64_t mask_;  // of the bytes it has
    Sketch sketch_;
};

}  // namespace izde::text
