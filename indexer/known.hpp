// What a run remembers of the files it read, so that the next one need not read them again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "izde/result.hpp"

#include "clip/duplicates.hpp"
#include "descriptor.hpp"
#include "stamp.hpp"
#include "walk.hpp"

namespace izde::indexer {

struct KnownFile {
    std::string source, path;
    Stamp stamp;
    std::uint64_t content = 0;               // XXH3-64 of its bytes
    std::uint32_t first = 0, documents = 0;  // those it gave
    bool ignored = false;                    // it is none izde reads
};

struct KnownDocument {
    std::uint64_t id = 0;
    std::uint64_t read = 0;     // XXH3-64 of its record as its reader gave it
    std::uint64_t repeats = 0;  // clip::repeats_of()
    clip::Duplicates::Place place;
    std::uint64_t begin = 0;  // of the record in the file of records
    std::uint32_t bytes = 0;
    std::uint32_t key = 0;  // in the index
    clip::Duplicates::Print print;
};

// A folder INDEX/known/GENERATION: `files` (this), `documents` (records as they were read), `words` (what
// index::Revision wants). Only a memory: without it everything is read again. Written for the live
// generation, and used only where program and settings are what they were.
class Known {
  public:
    // What it is the memory of.
    struct Of {
        std::filesystem::path generation;  // finished, or to be; with its manifest
        std::string settings;              // what else documents depend on, by any name
    };

    // Errc::not_found: there is nothing, or it is of no use; the message says why. `words` are as they were
    // written then.
    static Result<Known> load(const std::filesystem::path& folder, const Of& of);

    const KnownFile* find(const Entry& entry) const;
    // Whether the file is the one that was known, by its stamp alone. No, where it was touched so shortly
    // before it was read that it may have been written to once more without another stamp.
    bool is_same(const KnownFile& file, const Entry& entry) const;

    const std::vector<KnownDocument>& documents() const { return documents_; }
    // As its reader gave it; nothing if it is damaged. Any thread.
    std::optional<std::string> record(std::uint32_t document) const;

    std::filesystem::path words() const { return folder_ / "words"; }

    // Takes the next document or file.
    void add(const KnownDocument& document) { documents_.push_back(document); }
    void add(KnownFile file);
    // `began_ns`: when the run looked at the first file.
    Result<void> save(const std::filesystem::path& folder, const Of& of, std::int64_t began_ns);

  private:
    std::filesystem::path folder_;
    Descriptor records_;
    std::int64_t began_ns_ = 0;
    std::vector<KnownFile> files_;
    std::unordered_map<std::uint64_t, std::size_t> by_place_;
    std::vector<KnownDocument> documents_;
};

}  // namespace izde::indexer
