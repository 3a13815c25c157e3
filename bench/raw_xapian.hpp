// What izde's building is held against: Xapian's own way from text to a database.
#pragma once

#include <filesystem>
#include <vector>

#include "izde/index/document.hpp"

namespace izde::bench {

// Title, body and boilerplate by a TermGenerator with positions and English stems, stored as they are; one
// thread. Replaces `folder`.
void raw_build(const std::filesystem::path& folder, const std::vector<index::Document>& documents);

}  // namespace izde::bench
