// Which words of a text to light up.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace izde::query {

struct WantedTerm {
    struct Stem {
        std::string lang, stem;
    };
    std::string folded;
    std::vector<Stem> stems;  // match tokens of texts in that language
    bool prefix = false;      // whether any token that begins with `folded` matches
};

// Terms that must stand at consecutive positions to be lit; most units have one.
struct WantedUnit {
    std::vector<WantedTerm> terms;
    double weight = 1.0;  // how much a snippet should try to show it
};

struct Wanted {
    std::vector<WantedUnit> units;
};

}  // namespace izde::query
