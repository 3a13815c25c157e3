// The layout of the file `vocabulary` of a generation, which FORMAT.md describes.
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

#include <xxhash.h>

namespace izde::index::vocabulary_format {

static_assert(std::endian::native == std::endian::little, "the file is read in place");

inline constexpr const char* file_name = "vocabulary";
inline constexpr std::uint64_t magic = 0x32'63'6f'76'65'64'7a'69;  // "izdevoc2"

struct Header {
    // `langs` has a bit for each row of text::languages() that words were seen in.
    std::uint64_t magic = 0, langs = 0, words = 0, keys = 0, text_bytes = 0;
};
// Then: keys × u64 hash, ascending; keys × u32 word; (words + 1) × u32 begin of its text;
// words × u32 occurrences; words × u32 flags; the texts.

inline constexpr std::uint32_t name_flag = 1;

inline std::uint64_t stem_key(std::string_view lang, std::string_view stem) {
    const std::string key = std::string(lang).append(":").append(stem);
    return XXH3_64bits(key.data(), key.size());
}

inline std::uint64_t name_key(std::string_view key) {
    const std::string marked = std::string("name=").append(key);
    return XXH3_64bits(marked.data(), marked.size());
}

}  // namespace izde::index::vocabulary_format
