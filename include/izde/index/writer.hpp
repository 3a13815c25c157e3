// Writes one generation.
#pragma once

#include <filesystem>
#include <memory>

#include "izde/index/manifest.hpp"
#include "izde/index/postings.hpp"
#include "izde/result.hpp"

namespace izde::index {

// For one thread. Small segments are written first and merged at the end, which is about twice
// as fast as one growing database and bounds memory by the segment.
class Writer {
  public:
    // `building` is an empty folder.
    static Result<Writer> create(const std::filesystem::path& building);
    Writer(Writer&&) noexcept;
    Writer& operator=(Writer&&) noexcept;
    ~Writer();

    // Ids must be unique; the caller sees to it.
    Result<void> put(const Postings& postings);

    // Merges, writes the manifest, syncs; nothing written is durable before this succeeds.
    // `manifest` brings generation, built_at and seconds-so-far; the rest is filled in.
    Result<Manifest> finish(Manifest manifest);

  private:
    struct State;
    explicit Writer(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace izde::index
