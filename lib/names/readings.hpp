// A word whose letters may be read in several ways.
#pragma once

#include <string>
#include <vector>

#include "names/sounds.hpp"

namespace izde::names {

// Reads a word once for each combination of `all_choices`, the bits a Reader may choose by. A Reader
// is made of the word and the choices; read() says whether it knew all letters, and leaves `sounds`
// and, in `met`, the choices there were.
template <class Reader>
std::vector<std::string> read_each_way(Letters word, unsigned all_choices) {
    std::vector<std::string> readings;
    for (unsigned choices = 0; choices <= all_choices; ++choices) {
        Reader reader(word, choices);
        if (!reader.read()) return {};
        if ((choices & ~reader.met) == 0) readings.push_back(std::move(reader.sounds));
        if (reader.met == 0) break;
    }
    return readings;
}

}  // namespace izde::names
