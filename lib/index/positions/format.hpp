// The layout of the file `positions` of a generation, which FORMAT.md describes.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace izde::index::positions::format {

static_assert(std::endian::native == std::endian::little, "the file is read in place");

inline constexpr const char* file_name = "positions";
inline constexpr std::string_view magic = "izdepos1";

// Then blocks: the lists of so many terms, and a directory of them; the last one may have fewer.
inline constexpr std::size_t terms_in_block = 16;
// The directory: a byte with the number of terms; for each term, numbers as varint.hpp writes them: the bytes
// it has in common with the term before, how many more, and these; the bytes of its list, times two, and one
// more if the list has several chunks; then their number.

// Then for each block:
struct BlockEnd {
    std::uint64_t lists_end = 0;  // where its lists end and its directory begins
    std::uint64_t beginning = 0;  // of its first term: eight bytes as a number that sorts as they do
};
// Last, in eight bytes, the number of blocks.

inline std::uint64_t beginning_of(std::string_view term) {
    std::uint64_t number = 0;
    std::memcpy(&number, term.data(), std::min(term.size(), sizeof number));
    return __builtin_bswap64(number);
}

}  // namespace izde::index::positions::format
