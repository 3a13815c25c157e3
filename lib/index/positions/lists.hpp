// Where words stand in the documents of a generation: the file `positions`, read in place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "index/mapped_file.hpp"
#include "index/phrase.hpp"
#include "index/positions/format.hpp"
#include "index/positions/list.hpp"

namespace izde::index::positions {

// Looks into the list of one term. One thread; the Lists it is of must outlive it.
class Cursor {
  public:
    Cursor() = default;  // of a term that is nowhere
    explicit Cursor(const List& list) : list_(list) {}

    // Appends where the term stands in a document; false: it does not. Documents that ascend from call to
    // call cost no more than going once through the list, and those far apart much less. Throws
    // glass::Damaged.
    bool read(std::uint32_t document, Positions& to);

  private:
    void seek(std::uint32_t document);
    void begin(std::size_t chunk);

    List list_;
    std::size_t chunk_ = 0;
    std::uint32_t first_behind_ = 0;  // the first document of the next chunk; 0: there is none
    Entries entries_;
    std::uint32_t at_ = 0;  // the document at hand; 0: none yet
    bool at_end_ = true;    // of the chunk
};

// Read-only, for any number of threads.
class Lists {
  public:
    // Of a generation. Throws std::filesystem::filesystem_error, and glass::Damaged for what is no such file;
    // whether all of it is as it was written is for its checksum to say.
    explicit Lists(const std::filesystem::path& generation);
    // Of the bytes of such a file, which must outlive it.
    explicit Lists(std::string_view bytes);

    // Of no document where the term has no positions. Throws glass::Damaged.
    List find(std::string_view term) const;

    bool is_lost() const { return file_ && file_->is_lost(); }  // as MappedFile

    // Reads all of it. Throws glass::Damaged for whatever could not have been written.
    void check() const;

  private:
    friend class Walk;
    struct Block {
        std::string_view before, directory;  // what lies before its lists' end, and what follows
    };
    Block block(std::size_t number) const;
    std::size_t block_of(std::string_view term) const;  // the last one that begins at or before it
    format::BlockEnd end_of(std::size_t block) const;

    void lay_out(std::string_view bytes);

    std::optional<MappedFile> file_;
    std::string_view blocks_, ends_;  // with the magic; BlockEnds
    std::size_t block_count_ = 0;
};

// Goes through all lists in the order of their terms, and lets go of the memory behind it. Throws
// glass::Damaged, and std::filesystem::filesystem_error at the end of what could not be read.
class Walk {
  public:
    explicit Walk(const Lists& lists);

    bool at_end() const { return at_end_; }
    const std::string& term() const { return term_; }
    const List& list() const { return list_; }
    bool is_at_border() const { return row_ == 0 || row_ + 1 == rows_.size(); }  // of a block
    void next();

  private:
    void begin_block();

    struct Row {
        std::string term;
        List list;
    };
    const Lists& lists_;
    std::size_t block_ = 0, row_ = 0;
    std::vector<Row> rows_;
    std::string term_;
    List list_;
    std::size_t forgotten_ = 0;  // bytes
    bool at_end_ = false;
};

}  // namespace izde::index::positions
