// The ids of all documents of a run.
#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace izde::indexer {

// A set of hashes, some 14 bytes each. It grows part by part, so that it never takes twice its size.
class Ids {
  public:
    bool insert(std::uint64_t id) {  // false: it is there
        if (id == 0) return !std::exchange(has_zero_, true);
        Part& part = parts_[id >> 56];
        if ((part.size + 1) * 4 > part.slots.size() * 3) grow(part);
        if (!put(part.slots, id)) return false;
        ++part.size;
        return true;
    }

  private:
    struct Part {
        std::vector<std::uint64_t> slots;  // 0: free
        std::size_t size = 0;
    };

    static bool put(std::vector<std::uint64_t>& slots, std::uint64_t id) {
        const std::size_t mask = slots.size() - 1;
        std::size_t at = id & mask;
        for (; slots[at] != 0; at = (at + 1) & mask)
            if (slots[at] == id) return false;
        slots[at] = id;
        return true;
    }
    static void grow(Part& part) {
        std::vector<std::uint64_t> larger(part.slots.empty() ? 16 : part.slots.size() * 2);
        for (const std::uint64_t id : part.slots)
            if (id != 0) put(larger, id);
        part.slots = std::move(larger);
    }

    std::array<Part, 256> parts_;
    bool has_zero_ = false;
};

}  // namespace izde::indexer
