// Writes one generation.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>

#include "izde/index/document.hpp"
#include "izde/index/manifest.hpp"
#include "izde/result.hpp"

namespace izde::index {

// Called from one thread; analyses and sorts on `jobs` threads of its own, batches of one to eight megabytes
// of text, and merges them into the tables at the end. The result depends on the documents and their order
// only, to the byte, not on the threads. Memory: two batches' documents a job, and three times as much for
// each that is being sorted; 40 MB at the end. Disk: hardly more than the generation takes, where the file
// system can give parts of a file back; else twice as much until it is finished.
class Writer {
  public:
    // `building` is an empty folder; `jobs` at least 1.
    static Result<Writer> create(const std::filesystem::path& building, unsigned jobs);
    Writer(Writer&&) noexcept;
    Writer& operator=(Writer&&) noexcept;
    ~Writer();  // waits for its threads

    // Before the first put(): looks at some of the `documents` that are to come, spread over all of them, for
    // what they have in common, so that they can be stored in less room. Of an eighth of them at most, and
    // 2,048. Without it they are stored all the same. Fails as `document` does, and as writing.
    using Fetch = std::function<Result<Document>(std::size_t number)>;
    Result<void> learn(std::size_t documents, const Fetch& document);

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
