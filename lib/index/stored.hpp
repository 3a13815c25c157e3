// Documents as a generation's database stores them: record and packing in one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <xapian.h>

#include "izde/index/document.hpp"
#include "izde/result.hpp"

#include "index/packing.hpp"

namespace izde::index {

// What learn_dictionary wants of a document.
std::string sample_of(const Document& document);

std::string_view pack(Packer& packer, const Document& document);  // until the next call

// Of a longer body the first `most_body` bytes, which may end inside of a character. Errc::index_corrupt for
// damaged bytes. Throws what Xapian does.
Result<Document> read_stored(const Xapian::Database& database, std::uint32_t key, const Unpacker& unpacker,
                             std::size_t most_body = Unpacker::whole);

}  // namespace izde::index
