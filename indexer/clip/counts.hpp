// How often each of a great many things was seen, in a table of a fixed size: a count-min sketch (Cormode and
// Muthukrishnan 2005), from which things can be taken off again.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace izde::clip {

// Things are known by their hashes. Two that fall together are counted as one, so a count may be too high and
// never is too low. Memory: 8 MB, and some 50 bytes for each count above 65,535. Asking changes nothing.
class Counts {
  public:
    Counts();

    void change(std::uint64_t hash, bool add);  // by one; what is taken off was added before
    void change(std::span<const std::uint64_t> hashes, bool add);

    // As far as 65,535.
    std::uint16_t of(std::uint64_t hash) const;
    bool is_at_least(std::uint64_t hash, std::uint16_t count) const;

    // As bytes, put behind `to`: some 2 MB of a large archive, 2 KB of a small one.
    void write(std::string& to) const;
    // Takes them from the beginning of `bytes`; nothing where they are none.
    static std::optional<Counts> read(std::string_view& bytes);

  private:
    friend class SlotChanges;
    friend class Drift;
    static constexpr std::size_t slots = 1u << 21;  // of one row
    static std::size_t first(std::uint64_t hash) { return hash % slots; }
    static std::size_t second(std::uint64_t hash) { return slots + (hash >> 32) % slots; }

    std::vector<std::uint16_t> few_;                       // two rows
    std::unordered_map<std::size_t, std::uint64_t> more_;  // what is beyond that, by the slot
};

// Tells at a glance of most things that nothing has changed of them: a bit for each slot, some slots share
// one. Memory: 32 KB.
class SlotChanges {
  public:
    // Marks where `before` and `after` differ and what counts, before or after, is at least `least`.
    struct Tables {
        const Counts &before, &after;
    };
    void add(const Tables& tables, const Tables& what_counts, std::uint16_t least);
    bool may_concern(std::uint64_t hash) const {
        return !bits_.empty() && (is_set(Counts::first(hash)) || is_set(Counts::second(hash)));
    }

  private:
    static constexpr std::size_t size = 1u << 18;
    bool is_set(std::size_t slot) const { return (bits_[slot % size / 64] >> slot % 64 & 1) != 0; }
    std::vector<std::uint64_t> bits_;
};

// How far counts of one size have gone, at most, from one table to another. Memory: 256 KB.
class Drift {
  public:
    Drift();  // nowhere
    Drift(const Counts& before, const Counts& after);

    // What was counted so often at most, or at least, is now counted ...
    std::uint16_t at_most(std::uint16_t before) const { return most_[before]; }
    std::uint16_t at_least(std::uint16_t before) const { return least_[before]; }

  private:
    std::vector<std::uint16_t> most_, least_;
};

}  // namespace izde::clip
