// A stored document ↔ bytes. Fields as tag, length, bytes: a reader skips tags it does not know.
#pragma once

#include <string>
#include <string_view>

#include "izde/index/document.hpp"
#include "izde/result.hpp"

namespace izde::index {

std::string write_record(const Document& document);

// Errc::index_corrupt for what write_record cannot have written.
Result<Document> read_record(std::string_view bytes);

}  // namespace izde::index
