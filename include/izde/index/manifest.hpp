// What a finished generation says of itself, in its manifest.json.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "izde/result.hpp"

namespace izde::index {

// value → number of documents; "" stands for documents that carry none.
using Counts = std::map<std::string, std::uint64_t>;

// So many sources are named, by at most 200 bytes; documents of those beyond are counted under this name.
inline constexpr std::size_t most_sources = 10'000;
inline constexpr const char* other_sources = "(others)";

struct Manifest {
    struct File {
        std::string name;
        std::uint64_t bytes = 0;
        std::string xxh3;  // XXH3-64 of the content, 16 hexadecimal digits
    };

    int format = 0;           // of the index on disk, FORMAT.md
    std::string generation;   // its id, the name of its folder
    std::string fingerprint;  // of text analysis
    std::string built_at;     // UTC, "2026-11-22T03:15:00Z"
    std::string version;      // of izde
    std::uint64_t documents = 0;
    std::uint64_t text_bytes = 0;  // titles and bodies, before indexing
    double seconds = 0;            // it took to build
    std::uint32_t last_new = 0;    // the latest first_seen of its documents, or of some it had; 0: none
    // Documents put and removed when it was made out of another; 0: all were written.
    std::uint64_t revised = 0;
    Counts by_lang, by_format, by_source, by_year;
    std::vector<File> files;

    std::uint64_t bytes() const;  // on disk, all files
};

inline constexpr int index_format = 7;
inline constexpr const char* manifest_name = "manifest.json";

// Errc::index_corrupt when it is not a manifest or not as it was written, Errc::index_incompatible when it
// is of another format. Names no file outside its folder.
Result<Manifest> read_manifest(const std::filesystem::path& generation);

// Lists the folder's files, syncs and checksums those that `files` lacks, writes and syncs the manifest.
Result<void> write_manifest(const std::filesystem::path& generation, Manifest& manifest);

// Every file there, regular, with its size and, if wanted, its checksum, and none besides (but hidden ones).
enum class Depth { sizes, checksums };
Result<void> verify_files(const std::filesystem::path& generation, const Manifest& manifest, Depth depth);

}  // namespace izde::index
