// Goes through the same section of several runs in the order of their keys.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "index/glass/run.hpp"

namespace izde::index::glass {

// One thread. Throws std::filesystem::filesystem_error.
class Merge {
  public:
    // A section that stands behind a key: whoever takes it reads its entries to their end.
    struct Source {
        SectionReader reader;
        std::string key;
        std::uint64_t beginning = 0;  // of the key, as a number that sorts as it does
        std::size_t run = 0;
    };

    Merge(Scratch& scratch, const std::vector<Run>& runs, Section Run::*section);

    // The lowest key's sources, in the order of their runs; none at the end. Until the next call.
    const std::vector<Source*>& next();

  private:
    struct Higher {
        bool operator()(const Source* a, const Source* b) const;
    };
    void take_key(Source& source);

    std::vector<Source> all_;
    std::vector<Source*> heap_;   // the lowest one first
    std::vector<Source*> taken_;  // of the last key
};

// How much of each section is read at once, where that many are.
std::size_t buffer_for(std::size_t runs);

}  // namespace izde::index::glass
