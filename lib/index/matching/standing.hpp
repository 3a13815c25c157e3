// Where words stand in a document.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <xapian.h>

#include "index/matching/plan.hpp"
#include "index/phrase.hpp"

namespace izde::index::matching {

// One thread; the database must outlive it. Throws what Xapian does.
class Standing {
  public:
    explicit Standing(const Xapian::Database& database) : database_(database) {}

    // Whether the words of a row, or those that shall be near, do so in this document.
    bool is_as_asked(const Node& node, std::uint32_t document);

  private:
    const Xapian::Database& database_;
    std::vector<Positions> words_;
};

}  // namespace izde::index::matching
