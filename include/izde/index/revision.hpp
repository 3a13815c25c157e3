// Makes a generation out of another of which most stays.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "izde/index/document.hpp"
#include "izde/index/manifest.hpp"
#include "izde/result.hpp"

namespace izde::index {

// Works on a copy of a finished generation's files. What it makes answers every query as what Writer makes of
// the same documents in the order of their keys; only its files are larger (by half where 1 % of small
// documents changed), until so much has changed that they are compacted again. One thread.
class Revision {
  public:
    // `words`: what Writer or a Revision left for the generation. `building` is an empty folder.
    static Result<Revision> create(const std::filesystem::path& generation,
                                   const std::filesystem::path& words, const std::filesystem::path& building);
    Revision(Revision&&) noexcept;
    Revision& operator=(Revision&&) noexcept;
    ~Revision();

    // Keys are those of first_key() and keys_in_order(). One that is removed can be put again.
    Result<Document> document(std::uint32_t key) const;
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
