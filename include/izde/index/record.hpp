// A stored document ↔ bytes. Fields as tag, length, bytes: a reader skips tags it does not know.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "izde/index/document.hpp"
#include "izde/result.hpp"

namespace izde::index {

std::string write_record(const Document& document);
std::string write_head(const Document& document);  // a record without the body

// Errc::index_corrupt for what neither can have written.
Result<Document> read_record(std::string_view bytes);

// Equal for documents that say the same: of all that is stored but the group of near-duplicates, which
// depends on what else is in the index, and the time it was first seen.
std::uint64_t content_of(const Document& document);

}  // namespace izde::index
