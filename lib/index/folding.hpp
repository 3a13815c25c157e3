// Which member stands for a group of near-duplicates among the matches of a query.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include <xapian.h>

namespace izde::index {

// Group → the matching member that is shown: the leader, or else the earliest dated one.
using Shown = std::unordered_map<std::string, Xapian::docid>;

Shown shown_members(const Xapian::Database& database, const Xapian::Query& query);
Shown shown_members(const Xapian::Database& database, const Xapian::Query& query,
                    const std::vector<std::string>& groups);  // of these groups only

// Lets pass what is like no other, and of each group the member that is shown.
class OneOfEach final : public Xapian::MatchDecider {
  public:
    explicit OneOfEach(Shown shown) : shown_(std::move(shown)) {}

    bool operator()(const Xapian::Document& document) const override;

  private:
    Shown shown_;
};

}  // namespace izde::index
