// A document's postings → what Xapian holds of it: terms, value slots, the stored record.
#pragma once

#include <xapian.h>

#include "izde/index/postings.hpp"

namespace izde::index {

Xapian::Document make_entry(const Postings& postings);

}  // namespace izde::index
