#include "space.hpp"

#include <cstdint>
#include <filesystem>
#include <string>

#include "izde/index/manifest.hpp"

#include "figures.hpp"

namespace izde::indexer {
namespace {

constexpr std::uint64_t needed(std::uint64_t live_bytes) {
    return live_bytes + live_bytes / 3;
}

}  // namespace

Result<void> require_space(const index::Generations& generations) {
    const auto live = generations.live();
    if (!live) return {};
    const auto manifest = index::read_manifest(generations.path(*live));
    std::error_code unknown;
    const auto disk = std::filesystem::space(generations.root(), unknown);
    if (!manifest || unknown || disk.available >= needed(manifest->bytes())) return {};
    return fail(Errc::refused,
                "too little disk space for " + generations.root().string() + ": " +
                    megabytes(disk.available) + " free, at least " + megabytes(needed(manifest->bytes())) +
                    " needed; nothing was published",
                "free some disk space, then run again; --force tries it all the same");
}

}  // namespace izde::indexer
