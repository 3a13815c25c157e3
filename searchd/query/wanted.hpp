// Which words of a text to light up.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace izde::query {

struct WantedTerm {
    std::vector<std::string> forms;  // as text::Token::exact
    std::string prefix;              // unless empty, any token matches whose folded spelling begins so
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
