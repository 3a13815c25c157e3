// Documents as a generation's database stores them: record and packing in one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <xapian.h>

#include "izde/index/document.hpp"
#include "izde/index/reader.hpp"
#include "izde/result.hpp"

#include "index/glass/table_lookup.hpp"
#include "index/packing.hpp"

namespace izde::index {

// What learn_dictionary wants of a document.
std::string sample_of(const Document& document);

// Until the next call.
std::string_view pack(Packer& packer, const Document& document, std::span<const Milestone> milestones);

// Errc::index_corrupt for damaged bytes, here and below. Throws what Xapian does.
Result<Document> read_stored(const Xapian::Database& database, std::uint32_t key, const Unpacker& unpacker);

// A generation's stored documents, of which only the parts are read that are asked for. One thread; their
// table must outlive it. Throws as glass::TableLookup.
class StoredDocuments {
  public:
    StoredDocuments(const glass::MappedTable& table, Unpacker unpacker);

    // Of a longer body the first `most_body` bytes, which may end inside of a character.
    Result<Document> document(std::uint32_t key, std::size_t most_body = Unpacker::whole) const;
    Result<Peeked> peek(std::uint32_t key) const;
    Result<std::string> pieces(const Peeked& peeked, std::size_t first, std::size_t end) const;

    const Unpacker& unpacker() const { return unpacker_; }

  private:
    ReadPacked find(std::uint32_t key) const;

    mutable glass::TableLookup table_;  // it remembers what it found last
    Unpacker unpacker_;
};

}  // namespace izde::index
