// The lines before a story: its title, who wrote it and when, and what stands there beside.
#pragma once

#include <cstddef>
#include <vector>

#include "izde/index/document.hpp"

#include "clip/facts.hpp"
#include "clip/units.hpp"

namespace izde::clip {

// A text while it is read. Units look into the document's body, which stays as it is meanwhile.
struct Sorting {
    index::Document& document;
    Facts facts;
    Units units;
    std::vector<bool> aside;          // by unit: no part of the story
    std::vector<bool> repeats;        // by unit: stands in many documents of the archive
    std::vector<std::size_t> titles;  // units aside that are the title, shown elsewhere
};

// Takes what the head says and sets its lines aside; the unit the story begins with.
std::size_t walk_head(Sorting& sorting);

}  // namespace izde::clip
