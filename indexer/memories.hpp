// The folder INDEX/known: what each generation's run remembered, for the next `update`.
#pragma once

#include <filesystem>
#include <string>

#include "izde/index/generations.hpp"
#include "izde/result.hpp"

namespace izde::indexer {

// Only the holder of the index's lock may use it. Losing it costs time, nothing else.
class Memories {
  public:
    explicit Memories(const index::Generations& generations)
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

}  // namespace izde::indexer
