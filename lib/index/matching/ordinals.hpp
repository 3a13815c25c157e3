// The documents of an index, numbered from 0 on with hardly a hole.
#pragma once

#include <cstdint>
#include <vector>

#include "izde/index/keys.hpp"

#include "index/matching/bits.hpp"

namespace izde::index::matching {

// Keys stand apart (see key_distance). What is kept of each document, and what is worked out for it, is so
// much shorter by ordinals. They ascend as keys do; key_distance keys share a place in memory, and only where
// an update put documents between others may some of their ordinals belong to nothing. Never changes once all
// are added, so threads may share it. Four bytes for each key_distance keys, and for each document.
class Ordinals {
  public:
    // Keys ascend.
    void add(std::uint32_t key);
    void finish();

    std::uint32_t end() const { return end_; }  // behind the last document
    std::uint32_t end_of_keys() const { return end_of_keys_; }

    // Of a key below end_of_keys(). Where no document has it, that of another one, at most slack above.
    std::uint32_t of(std::uint32_t key) const { return firsts_[key / key_distance] + key % key_distance; }
    static constexpr std::uint32_t slack = key_distance - 1;

    // Whether that leads back to it, as of all documents; ordinals of such keys ascend.
    bool has(std::uint32_t key) const { return key < end_of_keys_ && keys_[of(key)] == key; }

    // Of an ordinal below end(), or as far behind it as the words of Bits reach.
    std::uint32_t key(std::uint32_t ordinal) const { return keys_[ordinal]; }

    // Of documents of a window: which place in it a key has. A copy, for loops.
    struct Places {
        const std::uint32_t* firsts;
        std::uint32_t begin;
        std::uint32_t operator()(std::uint32_t key) const {
            return firsts[key / key_distance] + key % key_distance - begin;
        }
    };
    Places places(std::uint32_t first_ordinal) const { return {firsts_.data(), first_ordinal}; }

  private:
    std::vector<std::uint32_t> firsts_;  // of each key_distance keys, the ordinal of the first
    std::vector<std::uint32_t> keys_;
    std::uint32_t end_ = 0, end_of_keys_ = 0;
};

}  // namespace izde::index::matching
