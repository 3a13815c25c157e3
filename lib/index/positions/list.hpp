// The list of a term in the file `positions`: the documents it stands in, and where in each of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string_view>

#include "index/positions/code.hpp"

namespace izde::index::positions {

// Where a chunk begins; a list of more than one ends with these, in four and four bytes.
struct ChunkBegin {
    std::uint32_t document = 0;  // the first one
    std::uint32_t at = 0;        // of the list's bytes
};
static_assert(sizeof(ChunkBegin) == 8);

// A chunk ends with the document that makes it this long.
inline constexpr std::size_t chunk_documents = 128, chunk_position_bytes = 2048;

// How an entry begins: how far it is from the document before (the chunk's first one: from 0), with the bytes
// that its positions take in the place of the lowest two bits, which are 0 as long as documents keep their
// distances. What does not fit follows in a number of its own: the bytes above those two bits.
inline constexpr std::uint32_t low_bits = 3, most_short_bytes = 3;

inline void put_entry(std::string& to, std::uint32_t distance, std::string_view positions) {
    const auto bytes = static_cast<std::uint32_t>(positions.size());
    const std::uint32_t high = distance & ~low_bits;
    if (high == distance && bytes > 0 && bytes <= most_short_bytes) {
        put_number(to, high | (bytes - 1));
    } else {
        put_number(to, high | low_bits);
        put_number(to, bytes << 2 | (distance & low_bits));
    }
    to += positions;
}
// Of the positions of an entry.
inline constexpr std::size_t most_entry_bytes = std::numeric_limits<std::uint32_t>::max() >> 2;

// The entries of a chunk, in their order. Throws glass::Damaged for what is none.
class Entries {
  public:
    Entries() : numbers_({}) {}
    explicit Entries(std::string_view chunk) : numbers_(chunk) {}

    bool next() {  // to the next one, the first one at first; false: there is none
        if (numbers_.at_end()) return false;
        const std::uint32_t head = numbers_.number();
        std::uint32_t distance = head & ~low_bits, bytes = (head & low_bits) + 1;
        if (bytes > most_short_bytes) {
            const std::uint32_t rest = numbers_.number();
            distance |= rest & low_bits;
            bytes = rest >> 2;
        }
        if (distance == 0 || distance > std::numeric_limits<std::uint32_t>::max() - document_) raise();
        document_ += distance;
        positions_ = numbers_.bytes(bytes);
        return true;
    }

    // Of the entry at hand.
    std::uint32_t document() const { return document_; }
    std::string_view positions() const { return positions_; }  // for take_positions

  private:
    Numbers numbers_;
    std::uint32_t document_ = 0;
    std::string_view positions_;
};

// All of a list, as it lies in a file, which may be damaged. It holds no bytes of its own.
class List {
  public:
    List() = default;  // of no document
    // `chunks`: above 1 where it ends with that many ChunkBegins. Throws glass::Damaged if they do not fit.
    List(std::string_view bytes, std::size_t chunks) : bytes_(bytes), chunks_(bytes.empty() ? 0 : chunks) {
        if (chunks_ > 1 && chunks_ > bytes.size() / sizeof(ChunkBegin)) positions::raise();
    }

    std::string_view bytes() const { return bytes_; }
    std::size_t chunks() const { return chunks_; }

    // Where a chunk begins; of the only one nothing is known but that.
    ChunkBegin begin_of(std::size_t chunk) const {
        ChunkBegin begin;
        if (chunks_ > 1) std::memcpy(&begin, bytes_.data() + table() + chunk * sizeof begin, sizeof begin);
        return begin;
    }

    std::string_view chunk(std::size_t number) const {
        const std::size_t begin = begin_of(number).at;
        const std::size_t end = number + 1 < chunks_ ? begin_of(number + 1).at : table();
        if (begin > end || end > table()) positions::raise();
        return bytes_.substr(begin, end - begin);
    }

    // The chunk in which a document is, if any; not before `from`, a chunk that begins at or before it.
    std::size_t chunk_of(std::uint32_t document, std::size_t from) const {
        std::size_t low = from, high = chunks_;
        while (high - low > 1) {
            const std::size_t middle = low + (high - low) / 2;
            (begin_of(middle).document <= document ? low : high) = middle;
        }
        return low;
    }

  private:
    std::size_t table() const { return bytes_.size() - (chunks_ > 1 ? chunks_ * sizeof(ChunkBegin) : 0); }

    std::string_view bytes_;
    std::size_t chunks_ = 0;
};

}  // namespace izde::index::positions
