// The file that makes a folder of glass tables a database.
#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <limits>

#include "index/glass/table.hpp"

namespace izde::index::glass {

// The files of a folder's tables.
namespace table_name {
inline constexpr const char* postlist = "postlist.glass";
inline constexpr const char* docdata = "docdata.glass";
}  // namespace table_name

struct Roots {
    Root postlist, docdata;
};

// Bounds and sums over all documents.
struct Statistics {
    std::uint32_t documents = 0;
    std::uint32_t last_key = 0;
    std::uint64_t length = 0;
    std::uint32_t least_length = 0, most_length = 0;  // the least of those that are not 0
    std::uint32_t most_wdf = 0;

    void see_document(std::uint32_t key, std::uint32_t words) {
        ++documents;
        last_key = std::max(last_key, key);
        length += words;
        most_length = std::max(most_length, words);
        if (words > 0) least_length = least_length == 0 ? words : std::min(least_length, words);
    }
    void add(const Statistics& other) {
        documents += other.documents;
        last_key = std::max(last_key, other.last_key);
        length += other.length;
        most_length = std::max(most_length, other.most_length);
        most_wdf = std::max(most_wdf, other.most_wdf);
        if (other.least_length > 0)
            least_length =
                least_length == 0 ? other.least_length : std::min(least_length, other.least_length);
    }
};

// FOLDER/iamglass, synced. Names the database after its content, so that equal ones are equal to the byte.
void write_version(const std::filesystem::path& folder, const Roots& roots, const Statistics& statistics);

}  // namespace izde::index::glass
