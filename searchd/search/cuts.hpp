// What an answer lacks because of the time or the number of matches, told to who asked.
#pragma once

#include <bitset>
#include <cstdint>
#include <string_view>
#include <vector>

#include "query/warnings.hpp"

namespace izde::search {

enum class Cut : std::uint8_t {
    search,     // the search was ended before all matches were seen
    partial,    // partial matches were not looked for
    total,      // matches were estimated, not counted
    facets,     // facets are of some of the matches
    snippets,   // some hits were not searched for the words to show
    long_text,  // of some hits only the beginning was
    hits,       // some hits were not read
    rank,       // explain: the place among the hits was not looked for
    words,      // explain: not all that was found is listed
    count,
};

// Its code, as query::Warning has it.
std::string_view code_of(Cut cut);

class Cuts {
  public:
    void add(Cut cut) { made_.set(static_cast<std::size_t>(cut)); }
    bool has(Cut cut) const { return made_.test(static_cast<std::size_t>(cut)); }

    // Whether one was made because the deadline passed.
    bool timed_out() const;

    // One for each, in the order of Cut; about nothing.
    std::vector<query::Warning> warnings() const;

  private:
    std::bitset<static_cast<std::size_t>(Cut::count)> made_;
};

}  // namespace izde::search
