// What a run remembers of the files it read, so that the next one need not read them again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "izde/result.hpp"

#include "clip/duplicates.hpp"
#include "clip/repetition.hpp"
#include "spool.hpp"
#include "stamp.hpp"
#include "tape.hpp"
#include "walk.hpp"

namespace izde::indexer {

struct KnownFile {
    std::uint64_t place = 0, place_too = 0;  // hashes of its source and path
    Stamp stamp;
    std::uint64_t content = 0;               // XXH3-64 of its bytes
    std::uint32_t first = 0, documents = 0;  // those it gave
    std::uint64_t ignored = 0;               // 1: it is none izde reads
};
void set_place(KnownFile& file, std::string_view source, std::string_view path);

struct KnownDocument {
    std::uint64_t id = 0;
    std::uint64_t read = 0;       // XXH3-64 of its record as its reader gave it
    std::uint64_t ends_read = 0;  // and of its Runs::ends
    std::uint64_t repeats = 0;    // clip::Repeats::number
    clip::Duplicates::Place place;
    std::uint64_t begin = 0;  // of the record on the tape of records; Runs::ends stand behind it
    std::uint32_t bytes = 0, ends_bytes = 0;
    std::uint32_t key = 0;  // in the index
    clip::Rarity rarity;
    std::uint32_t format = 0, encoding = 0;  // numbers in names()
    std::uint32_t unused = 0;                // so that no byte is left to chance

    Extent record() const { return {begin, bytes}; }
};

// Which documents were laid side by side, and whether they are one story. A million pairs at most, of 8
// bytes.
class Pairs {
  public:
    // By their ids, in any order.
    void add(std::uint64_t one, std::uint64_t other, bool same);
    std::optional<bool> find(std::uint64_t one, std::uint64_t other) const;  // once they are in order
    void sort();
    std::vector<std::uint64_t>& bytes() { return pairs_; }

  private:
    std::vector<std::uint64_t> pairs_;  // a hash; the last bit says whether they are the same
};

// A folder INDEX/known/GENERATION: `files` (this), `documents` (records as they were read, and what repeats
// in them), `rows` (a KnownDocument each), `prints`, `repetition` and `pairs` (of all of them), `words` (what
// index::Revision wants). Only a memory: without it everything is read again. Written for the live
// generation, and used only where program and settings are what they were. Memory: 12 bytes a file.
class Known {
  public:
    // What it is the memory of.
    struct Of {
        std::filesystem::path generation;  // finished, or to be; with its manifest
        std::string settings;              // what else documents depend on, by any name
    };
    using Rows = indexer::Rows<KnownDocument>;

    // Errc::not_found: there is nothing, or it is of no use; the message says why. `words` are as they were
    // written then. All may be asked by any thread.
    static Result<Known> load(const std::filesystem::path& folder, const Of& of);

    std::size_t files() const { return places_.size(); }
    // Finds files, fastest in about the order they were remembered in. One thread; any number of them.
    class Finder {
      public:
        explicit Finder(const Known& known) : known_(known), rows_(known.files_) {}
        std::optional<KnownFile> find(const Entry& entry);

      private:
        std::optional<KnownFile> row(std::size_t number);
        const Known& known_;
        Tape::Reader rows_;
        std::size_t next_ = 0;  // where the one that was found last stood, and one farther
    };
    // Whether the file is the one that was known, by its stamp alone. No, where it was touched so shortly
    // before it was read that it may have been written to once more without another stamp.
    bool is_same(const KnownFile& file, const Entry& entry) const;

    const Rows& documents() const { return documents_; }
    const clip::Duplicates::Prints& prints() const { return prints_; }
    const Tape& records() const { return records_; }
    bool is_mostly_left_over() const;  // what is on the tape
    const std::vector<std::string>& names() const { return names_; }
    // As its reader gave it; Errc::index_corrupt if it is damaged.
    Result<index::Document> document(const KnownDocument& known) const;
    Result<clip::Repetition> repetition() const;
    const Pairs& pairs() const { return pairs_; }

    const std::filesystem::path& folder() const { return folder_; }
    std::filesystem::path words() const { return folder_ / "words"; }

    // The file `files` begins with it.
    struct Header {
        std::uint64_t magic = 0, program = 0, settings = 0;
        std::int64_t began_ns = 0;
        std::uint64_t files = 0, documents = 0, names_bytes = 0;
        std::uint64_t records_bytes = 0, used_bytes = 0;  // of the tape, and of what is not left over on it
        std::uint64_t manifest = 0, words = 0, rows = 0, prints = 0, repetition = 0, pairs = 0;  // checksums
    };
    const Header& header() const { return header_; }

  private:
    std::filesystem::path folder_;
    Header header_;
    Tape files_;
    std::vector<std::uint64_t> places_;   // in order
    std::vector<std::uint32_t> numbers_;  // of the file at each
    std::vector<std::string> names_;
    Rows documents_;
    clip::Duplicates::Prints prints_;
    Tape records_, repetition_;
    Pairs pairs_;
};

// Writes such a folder. One thread, but where it says otherwise; failures are the disk's.
class Remembering {
  public:
    static Result<Remembering> create(const std::filesystem::path& folder);

    Result<void> add(const KnownFile& file) { return files_.add(file); }
    Result<void> add(const KnownDocument& document);
    // A name's number; there are few.
    std::uint32_t number_of(const std::string& name);
    void set_names(std::vector<std::string> names) { names_ = std::move(names); }
    const std::vector<std::string>& names() const { return names_; }
    std::size_t documents() const { return documents_.size(); }

    // Once; may go on beside the others.
    Result<void> add(const clip::Repetition& repetition);

    // When the generation is finished. `records` and `prints` stand in the folder already, as does `words`.
    // `began_ns`: when the run looked at the first file.
    Result<void> finish(const Known::Of& of, const Tape& records, const Tape& prints, Pairs pairs,
                        std::int64_t began_ns);
    // For a run that found nothing changed: `known` is to know the files as they are now.
    Result<void> renew(const Known& known, std::int64_t began_ns);

  private:
    Result<void> write_files(const std::filesystem::path& folder, Known::Header header);

    std::filesystem::path folder_;
    Rows<KnownFile> files_;
    Rows<KnownDocument> documents_;
    Tape repetition_;
    std::uint64_t used_bytes_ = 0;
    std::vector<std::string> names_;
};

}  // namespace izde::indexer
