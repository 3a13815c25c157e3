// Makes a generation out of another of which most stays.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "izde/index/document.hpp"
#include "izde/index/manifest.hpp"
#include "izde/result.hpp"

namespace izde::index {

// Writes new tables out of a finished generation's and the documents that are put: what it makes is, to the
// byte, what is written of the same documents under the same keys at once. Called from one thread; analyses
// on `jobs` threads of its own. Memory: as Writer, and a bit for each document, and 8 bytes for each while
// the tables are written.
class Revision {
  public:
    // `words`: what Writer or a Revision left for the generation. `building` is an empty folder.
    static Result<Revision> create(const std::filesystem::path& generation,
                                   const std::filesystem::path& words, const std::filesystem::path& building,
                                   unsigned jobs);
    Revision(Revision&&) noexcept;
    Revision& operator=(Revision&&) noexcept;
    ~Revision();

    // Keys are those of first_key() and keys_in_order(). First what goes is removed, each key once; then what
    // comes is put, under ascending keys that are free by then.
    Result<Document> document(std::uint32_t key) const;  // of the finished generation
    Result<void> remove(std::uint32_t key);
    Result<void> put(std::uint32_t key, const Document& document);

    // As Writer::finish; `words`: a file to leave them in.
    Result<Manifest> finish(Manifest manifest, const std::filesystem::path& words);

  private:
    struct State;
    explicit Revision(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace izde::index
