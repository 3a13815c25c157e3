#include "index/glass/version.hpp"

#include <array>
#include <string>

#include <xxhash.h>

#include "index/glass/block.hpp"
#include "index/glass/codes.hpp"
#include "index/glass/files.hpp"

namespace izde::index::glass {
namespace {

// The last two bytes: the format's date, years since 2014 (7 bits), month (4), day (5).
constexpr std::string_view magic = "\x0F\x0DXapian Glass\x04\x6E";

// Tags above this Xapian tries to deflate when it changes a table.
constexpr unsigned deflated_above = 18;

void put_root(std::string& to, const Root& root, unsigned deflate) {
    constexpr unsigned sequential = 2, not_written = 1;
    put_varint(to, root.block);
    put_varint(to, root.level << 2 | sequential | (root.is_written ? 0 : not_written));
    put_varint(to, root.entries);
    put_varint(to, block_bytes >> 11);
    put_varint(to, deflate);
    std::string free_blocks;
    if (root.is_written) {
        put_varint(free_blocks, revision);
        put_varint(free_blocks, root.blocks);
        free_blocks.append(4, '\0');  // none are free: the list begins and ends nowhere
    }
    put_text(to, free_blocks);
}

void put_statistics(std::string& to, const Statistics& statistics) {
    put_varint(to, statistics.documents);
    put_varint(to, statistics.last_key - statistics.documents);
    put_varint(to, statistics.least_length);
    put_varint(to, statistics.most_wdf);
    put_varint(to, statistics.most_length - statistics.most_wdf);
    put_varint(to, 0);  // the oldest change set; there are none
    put_varint(to, statistics.length);
    put_varint(to, 0);  // how often a word of the spelling dictionary occurs; there is none
}

std::string name_of(const Roots& roots, const std::string& content) {
    const std::array<std::uint64_t, 2> sums{roots.postlist.sum, roots.docdata.sum};
    const std::uint64_t seed = ::XXH3_64bits(sums.data(), sizeof sums);
    const XXH128_hash_t hash = ::XXH3_128bits_withSeed(content.data(), content.size(), seed);
    std::string name;
    for (const std::uint64_t half : {hash.high64, hash.low64})
        for (int shift = 56; shift >= 0; shift -= 8) name += static_cast<char>(half >> shift);
    // Version 8 of RFC 9562, for what is not made by chance nor by the time.
    name[6] = static_cast<char>((name[6] & 0x0F) | 0x80);
    name[8] = static_cast<char>((name[8] & 0x3F) | 0x80);
    return name;
}

}  // namespace

void write_version(const std::filesystem::path& folder, const Roots& roots, const Statistics& statistics) {
    std::string content;
    put_varint(content, revision);
    put_root(content, roots.postlist, 0);
    put_root(content, roots.docdata, deflated_above);
    put_root(content, {}, deflated_above);  // term lists
    put_root(content, {}, 0);               // positions
    put_root(content, {}, deflated_above);  // spelling
    put_root(content, {}, deflated_above);  // synonyms
    put_statistics(content, statistics);
    SequentialFile file(folder / "iamglass");
    file.append(magic);
    file.append(name_of(roots, content));
    file.append(content);
    file.sync();
}

}  // namespace izde::index::glass
