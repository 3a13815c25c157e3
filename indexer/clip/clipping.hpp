// What a document's own text says of it: the one place where facts are read from text and what is
// no part of the story is set aside, for every format alike.
#pragma once

#include <cstdint>

#include "izde/index/document.hpp"

#include "clip/repetition.hpp"

namespace izde::clip {

// All that reading a text takes from the archive.
struct Repeats {
    std::uint64_t number = 0;  // of a document that was read before, an equal one means an equal outcome
    Rarity rarity = {};        // for Repetition::judge(), when the archive has changed a little
};

// A reader hands over the body and what the file declares (each such value's source is named here
// "metadata" where the reader named none). This fills in what was not declared, from the text, the
// address and the file's name, and moves furniture from the body to the boilerplate. `archive` knows
// what repeats in the documents beside this one; null: there are none. Done once to a document.
// Returns repeats_of() the document.
Repeats read_clipping(index::Document& document, const Repetition* archive = nullptr);

Repeats repeats_of(const index::Document& document, const Repetition& archive);

}  // namespace izde::clip
