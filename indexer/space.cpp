#include "space.hpp"

#include <cstdint>
#include <filesystem>
#include <string>

#include "izde/index/manifest.hpp"

#include "figures.hpp"

namespace izde::indexer {
namespace {

std::uint64_t bytes_in(const std::filesystem::path& folder) {
    std::uint64_t bytes = 0;
    std::error_code ended;
    for (std::filesystem::directory_iterator file(folder, ended), end; !ended && file != end;
         file.increment(ended)) {
        std::error_code unknown;
        const auto size = file->file_size(unknown);
        if (!unknown) bytes += size;
    }
    return bytes;
}

// What is remembered; 2.6 times the text of the Reuters stories.
std::uint64_t memory_bytes(std::uint64_t remembered, const index::Manifest& manifest) {
    return remembered > 0 ? remembered : 3 * manifest.text_bytes;
}

// The parts and what they are merged to, and the documents on their way.
std::uint64_t needed_to_rebuild(const index::Manifest& manifest, std::uint64_t remembered) {
    return manifest.bytes() + memory_bytes(remembered, manifest) + manifest.text_bytes * 3 / 2;
}

// The new tables, and those parts that change; unless so much has changed that all is written anew.
std::uint64_t needed_to_update(const index::Manifest& manifest, std::uint64_t remembered) {
    return manifest.bytes() + manifest.bytes() / 8 + memory_bytes(remembered, manifest);
}

}  // namespace

Result<void> require_space(const index::Generations& generations, const Memories& memories, Command command) {
    const auto live = generations.live();
    if (!live) return {};
    const auto manifest = index::read_manifest(generations.path(*live));
    std::error_code unknown;
    const auto disk = std::filesystem::space(generations.root(), unknown);
    if (!manifest || unknown) return {};
    const std::uint64_t remembered = bytes_in(memories.folder(*live));
    const std::uint64_t guessed = command == Command::update && remembered > 0
                                      ? needed_to_update(*manifest, remembered)
                                      : needed_to_rebuild(*manifest, remembered);
    const std::uint64_t needed = guessed / 5 * 4;  // a guess must not keep a run back that would have room
    if (disk.available >= needed) return {};
    return fail(Errc::refused,
                "too little disk space for " + generations.root().string() + ": " +
                    megabytes(disk.available) + " free, at least " + megabytes(needed) +
                    " needed; nothing was published",
                "free some disk space, then run again; --force tries it all the same");
}

}  // namespace izde::indexer
