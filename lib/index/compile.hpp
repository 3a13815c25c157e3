// index::Query → Xapian::Query.
#pragma once

#include <xapian.h>

#include "izde/index/query.hpp"
#include "izde/index/vocabulary.hpp"

namespace izde::index {

// `vocabulary` is asked for the words a prefix stands for.
Xapian::Query compile(const Query& query, const Vocabulary& vocabulary);

}  // namespace izde::index
