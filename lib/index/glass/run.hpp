// What a batch of documents gives the tables, sorted, as it lies in the scratch file until all are known.
//
// All numbers stand seven bits a byte, documents as the distance from the one before (the first one in an
// entry: from 0). Keys stand as the bytes they share with the key before, how many more, and these.
//   postings:  key, documents, occurrences; for each document wdf. Keys are those of the table's first
//              chunks: values of a slot (bytes for a wdf), lengths of documents, terms.
//   positions: term, documents; for each document the bytes that positions::put_positions made of them
//   docdata:   for each document that has any, the tag's bytes and the tag
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "index/bytes.hpp"
#include "index/glass/codes.hpp"
#include "index/glass/files.hpp"
#include "index/glass/table.hpp"
#include "index/glass/version.hpp"

namespace izde::index::glass {

struct Section {
    std::uint64_t begin = 0, bytes = 0;
};

struct ValueBounds {
    std::uint32_t documents = 0;
    std::string least, most;
    void add(const ValueBounds& other);
    void add(std::string_view value);
};
using ValueStatistics = std::map<std::uint32_t, ValueBounds>;  // by slot

struct Run {
    Section postings, positions, docdata;
    Statistics statistics;
    ValueStatistics values;
};

// Of the postings' keys.
inline constexpr std::string_view lengths_key("\0\xE0", 2);
inline constexpr std::string_view values_key("\0\xD8", 2);  // and the slot's number
inline bool is_values_key(std::string_view key) {
    return key.starts_with(values_key);
}

class KeyWriter {
  public:
    void put(Bytes& to, std::string_view key);

  private:
    std::string last_;
};

// Reads a section from its beginning, and drops what was read. Throws std::filesystem::filesystem_error.
class SectionReader {
  public:
    SectionReader(Scratch& scratch, Section section, std::size_t buffer_bytes)
        : scratch_(&scratch), left_(section), kept_(section.begin), buffer_bytes_(buffer_bytes) {}
    bool at_end() const { return at_ == end_ && left_.bytes == 0; }
    std::uint64_t number() {
        const bool is_one_byte = at_ < end_ && static_cast<unsigned char>(buffer_[at_]) < 0x80;
        return is_one_byte ? static_cast<unsigned char>(buffer_[at_++]) : long_number();
    }
    std::uint32_t number32() { return static_cast<std::uint32_t>(number()); }
    std::string_view bytes(std::size_t count);  // until the next call
    void key(std::string& last);                // the key before → the next

  private:
    std::uint64_t long_number();
    void fill(std::size_t wanted);

    Scratch* scratch_;
    Section left_;
    std::uint64_t kept_;  // what lies before is dropped
    std::size_t buffer_bytes_;
    std::string buffer_;
    std::size_t at_ = 0, end_ = 0;
};

}  // namespace izde::index::glass
