// Written in blocks. Most counts of a large archive are small and take four bits each; where a block has
// hardly any, or large ones, it is written in another width, whichever is the smallest. What a width cannot
// hold follows the block as an exception, and a block of width 0 has nothing but exceptions:
//   block:      a byte, the width; counts in slots of so many bits, its highest number for an exception;
//               how many exceptions; of each how far it is from the one before, and the count. Varints.
#include "clip/counts.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <numeric>

#include "izde/varint.hpp"

namespace izde::clip {
namespace {

constexpr std::uint16_t full = std::numeric_limits<std::uint16_t>::max();
constexpr std::size_t block = 4096;                     // slots
constexpr std::array<unsigned, 4> widths{0, 4, 8, 16};  // bits
constexpr std::size_t exception_bytes = 3;              // about

using Block = std::span<const std::uint16_t, block>;

// What a slot of this width cannot hold begins here; of width 0: at 1.
constexpr std::uint16_t marker(unsigned width) {
    return static_cast<std::uint16_t>(width == 0 ? 1u : (1u << width) - 1);
}

constexpr std::size_t bytes_of(unsigned width) {
    return block * width / 8;
}

unsigned best_width(Block counts) {
    std::array<std::size_t, widths.size()> exceptions{};
    for (std::size_t i = 0; i < widths.size(); ++i) {
        const std::uint16_t from = marker(widths[i]);
        std::uint16_t found = 0;
        for (const std::uint16_t count : counts) found = static_cast<std::uint16_t>(found + (count >= from));
        exceptions[i] = found;
    }
    std::size_t best = 0;
    const auto size = [&](std::size_t i) { return bytes_of(widths[i]) + exceptions[i] * exception_bytes; };
    for (std::size_t i = 1; i < widths.size(); ++i)
        if (size(i) < size(best)) best = i;
    return widths[best];
}

void put_slots(std::string& out, Block counts, unsigned width) {
    const std::size_t begin = out.size();
    out.resize(begin + bytes_of(width));
    auto* const to = reinterpret_cast<unsigned char*>(out.data() + begin);
    const std::uint16_t most = marker(width);
    const auto held = [&](std::size_t i) { return std::min(counts[i], most); };
    if (width == 4)
        for (std::size_t i = 0; i < block / 2; ++i)
            to[i] = static_cast<unsigned char>(held(2 * i) | held(2 * i + 1) << 4);
    if (width == 8)
        for (std::size_t i = 0; i < block; ++i) to[i] = static_cast<unsigned char>(held(i));
    if (width == 16) std::memcpy(to, counts.data(), bytes_of(width));
}

// Calls `take` with each slot that a width cannot hold; four slots are passed over at once.
template <class Take>
void each_exception(Block counts, unsigned width, Take take) {
    constexpr std::uint64_t ones = 0x0001000100010001, highest = ones << 15U;
    const std::uint16_t from = marker(width);
    const std::uint64_t least = ones * std::min<std::uint16_t>(from, 0x8000);
    for (std::size_t begin = 0; begin < block; begin += 4) {
        std::uint64_t four = 0;
        std::memcpy(&four, &counts[begin], sizeof four);
        if (((((four | highest) - least) | four) & highest) == 0) continue;
        for (std::size_t slot = begin; slot < begin + 4; ++slot)
            if (counts[slot] >= from) take(slot);
    }
}

void take_slots(std::string_view bytes, std::span<std::uint16_t, block> counts, unsigned width) {
    const auto* const from = reinterpret_cast<const unsigned char*>(bytes.data());
    if (width == 4)
        for (std::size_t i = 0; i < block / 2; ++i) {
            counts[2 * i] = from[i] & 15u;
            counts[2 * i + 1] = from[i] >> 4;
        }
    if (width == 8)
        for (std::size_t i = 0; i < block; ++i) counts[i] = from[i];
    if (width == 16) std::memcpy(counts.data(), from, bytes_of(width));
}

}  // namespace

Counts::Counts() : few_(2 * slots) {}

void Counts::change(std::uint64_t hash, bool add) {
    for (const std::size_t slot : {first(hash), second(hash)}) {
        std::uint16_t& count = few_[slot];
        if (add && count < full) {
            ++count;
        } else if (add) {
            ++more_[slot];
        } else if (const auto rest = count < full ? more_.end() : more_.find(slot); rest != more_.end()) {
            if (--rest->second == 0) more_.erase(rest);
        } else if (count > 0) {
            --count;
        }
    }
}

// The table fits no cache: what is changed soon is fetched meanwhile.
void Counts::change(std::span<const std::uint64_t> hashes, bool add) {
    constexpr std::size_t ahead = 8;
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        if (i + ahead < hashes.size()) {
            __builtin_prefetch(&few_[first(hashes[i + ahead])], 1);
            __builtin_prefetch(&few_[second(hashes[i + ahead])], 1);
        }
        change(hashes[i], add);
    }
}

std::uint16_t Counts::of(std::uint64_t hash) const {
    return std::min(few_[first(hash)], few_[second(hash)]);
}

// Most things are rare, and one look into a table that fits no cache tells.
bool Counts::is_at_least(std::uint64_t hash, std::uint16_t count) const {
    return few_[first(hash)] >= count && few_[second(hash)] >= count;
}

void Counts::write(std::string& to) const {
    std::string tail(block * 2 * most_varint_bytes, '\0');
    for (std::size_t begin = 0; begin < few_.size(); begin += block) {
        const Block counts(&few_[begin], block);
        const unsigned width = best_width(counts);
        to += static_cast<char>(width);
        put_slots(to, counts, width);
        std::uint64_t exceptions = 0;
        std::size_t last = 0;
        char* end = tail.data();
        each_exception(counts, width, [&](std::size_t slot) {
            const auto rest = counts[slot] < full ? more_.end() : more_.find(begin + slot);
            end = put_varint(end, slot - last);
            end = put_varint(end, counts[slot] + (rest == more_.end() ? 0 : rest->second));
            last = slot;
            ++exceptions;
        });
        put_varint(to, exceptions);
        to.append(tail.data(), end);
    }
}

std::optional<Counts> Counts::read(std::string_view& bytes) {
    Counts all;
    for (std::size_t begin = 0; begin < all.few_.size(); begin += block) {
        const std::span<std::uint16_t, block> counts(&all.few_[begin], block);
        if (bytes.empty()) return std::nullopt;
        const unsigned width = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        if (std::ranges::find(widths, width) == widths.end() || bytes.size() < bytes_of(width))
            return std::nullopt;
        take_slots(bytes, counts, width);
        bytes.remove_prefix(bytes_of(width));
        const auto exceptions = take_varint(bytes);
        if (!exceptions || *exceptions > block) return std::nullopt;
        for (std::uint64_t i = 0, slot = 0; i < *exceptions; ++i) {
            const auto distance = take_varint(bytes);
            const auto count = take_varint(bytes);
            if (!distance || !count || *distance >= block - slot || *count < marker(width))
                return std::nullopt;
            slot += *distance;
            counts[slot] = static_cast<std::uint16_t>(std::min<std::uint64_t>(*count, full));
            if (*count > full) all.more_[begin + slot] = *count - full;
        }
    }
    return all;
}

namespace {

// Calls `take` with each place where the two differ.
template <class Take>
void each_difference(const std::vector<std::uint16_t>& a, const std::vector<std::uint16_t>& b, Take take) {
    constexpr std::size_t piece = 64;
    for (std::size_t begin = 0; begin < a.size(); begin += piece) {
        if (std::memcmp(&a[begin], &b[begin], piece * sizeof a[0]) == 0) continue;
        for (std::size_t at = begin; at < begin + piece; ++at)
            if (a[at] != b[at]) take(at);
    }
}

}  // namespace

void SlotChanges::add(const Tables& tables, const Tables& what_counts, std::uint16_t least) {
    bits_.resize(size / 64);
    each_difference(tables.before.few_, tables.after.few_, [&](std::size_t slot) {
        if (std::max(what_counts.before.few_[slot], what_counts.after.few_[slot]) >= least)
            bits_[slot % size / 64] |= std::uint64_t{1} << slot % 64;
    });
}

Drift::Drift() : most_(std::size_t{full} + 1), least_(most_.size()) {
    std::iota(most_.begin(), most_.end(), std::uint16_t{0});
    least_ = most_;
}

Drift::Drift(const Counts& before, const Counts& after) : Drift() {
    each_difference(before.few_, after.few_, [&](std::size_t slot) {
        const std::uint16_t was = before.few_[slot], is = after.few_[slot];
        most_[was] = std::max(most_[was], is);
        least_[was] = std::min(least_[was], is);
    });
    for (std::size_t count = 1; count < most_.size(); ++count)
        most_[count] = std::max(most_[count], most_[count - 1]);
    for (std::size_t count = least_.size() - 1; count > 0; --count)
        least_[count - 1] = std::min(least_[count - 1], least_[count]);
}

}  // namespace izde::clip
