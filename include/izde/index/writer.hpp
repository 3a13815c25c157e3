// Writes one generation.
#pragma once

#include <filesystem>
#include <memory>

#include "izde/index/document.hpp"
#include "izde/index/manifest.hpp"
#include "izde/result.hpp"

namespace izde::index {

// Called from one thread; analyses and writes on `jobs` threads of its own. Documents go into
// segments of about a megabyte of text, which are merged at the end: about twice as fast as one
// growing database. The result depends on the documents and their order only, not on the threads.
// Memory: two segments' documents a job, and what Xapian needs for one (some 30 MB).
class Writer {
  public:
    // `building` is an empty folder; `jobs` at least 1.
    static Result<Writer> create(const std::filesystem::path& building, unsigned jobs);
    Writer(Writer&&) noexcept;
    Writer& operator=(Writer&&) noexcept;
    ~Writer();  // waits for its threads

    // Keys are those of first_key(). Ids must be unique; the caller sees to it. May wait for a thread to be
    // free; a failure may be that of an earlier document.
    Result<void> put(Document document);

    // Merges, writes the manifest, syncs; nothing written is durable before this succeeds.
    // `manifest` brings generation, built_at and seconds-so-far; the rest is filled in. `words`: a file in
    // which to leave what a Revision wants, on the same file system; empty: none.
    Result<Manifest> finish(Manifest manifest, const std::filesystem::path& words = {});

  private:
    struct State;
    explicit Writer(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace izde::index
