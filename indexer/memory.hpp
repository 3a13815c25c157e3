// The folder INDEX/known: what each generation's run remembered, for the next `update`.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "izde/index/generations.hpp"
#include "izde/result.hpp"

#include "archive.hpp"
#include "known.hpp"

namespace izde::indexer {

// Only the holder of the index's lock may use it. Losing it costs time, nothing else.
class Memory {
  public:
    explicit Memory(const index::Generations& generations)
        : generations_(generations), root_(generations.root() / "known") {}

    std::filesystem::path folder(const std::string& generation) const { return root_ / generation; }

    // Removes what belongs to no generation, and makes a folder to write to.
    Result<std::filesystem::path> begin(const index::Lock& lock, const std::string& generation);
    // Removes what belongs to no generation any more.
    void prune(const index::Lock& lock) noexcept;

  private:
    const index::Generations& generations_;
    std::filesystem::path root_;
};

// Adds to `now` all documents of an archive that is settled, with their keys in the index.
void remember(const Archive& archive, const std::vector<std::uint32_t>& keys, Known& now);

}  // namespace izde::indexer
