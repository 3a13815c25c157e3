// The tables of a finished database, without some documents, in the order that their successors are written
// in. They are those of write_database, or damaged.
//
// One thread each. They throw Damaged, and std::filesystem::filesystem_error.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "index/glass/numbers.hpp"
#include "index/glass/run.hpp"
#include "index/glass/table_reader.hpp"

namespace izde::index::glass {

struct Kept {
    std::filesystem::path folder;  // empty: no database
    std::vector<bool> removed;     // by documents' keys; those behind its end stay

    bool stays(std::uint32_t document) const { return document >= removed.size() || !removed[document]; }
};

// The stored documents, of which nothing is looked at but the key.
class KeptDocuments {
  public:
    explicit KeptDocuments(const Kept& kept);

    bool at_end() const { return at_end_; }
    std::string_view key() const { return table_.key(); }
    std::string_view tag() const { return table_.tag(); }
    void next();

  private:
    std::uint32_t document() const;

    const Kept& kept_;
    TableReader table_;
    bool at_end_ = false;
};

// The lists of the postlist table: values of slots, lengths of documents, documents of terms. Each begins
// with its key, as Run has it, and is then taken.
class KeptLists {
  public:
    explicit KeptLists(const Kept& kept);

    bool at_end() const { return at_end_; }
    const std::string& key() const { return key_; }

    struct Posting {
        std::uint32_t document, wdf;
    };
    // What stays of a list that is none of values; nothing may stay.
    void take(std::vector<Posting>& to);

    // The same of one of values, a value at a time: false at its end.
    struct Value {
        std::uint32_t document = 0;
        std::string_view bytes;  // until the next call
    };
    bool take(Value& value);

  private:
    void begin();
    void next_entry();
    void take_chunk(Numbers numbers, std::uint32_t document, std::vector<Posting>& to);

    const Kept& kept_;
    TableReader table_;
    std::string key_;
    bool at_end_ = false;

    Numbers values_{{}};          // what is left of a chunk of them
    std::uint32_t document_ = 0;  // the last one read
    bool is_in_chunk_ = false;
};

}  // namespace izde::index::glass
