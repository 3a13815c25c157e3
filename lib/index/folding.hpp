// Which member stands for a group of near-duplicates among the matches of a query.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <unordered_set>
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

    std::uint64_t passed() const { return passed_; }

  private:
    Shown shown_;
    mutable std::uint64_t passed_ = 0;
};

// Of documents in groups, those that folding leaves out.
class FoldedAway final : public Xapian::MatchSpy {
  public:
    void operator()(const Xapian::Document& document, double weight) override;
    std::uint64_t count() const { return members_ - groups_.size(); }

  private:
    std::uint64_t members_ = 0;
    std::unordered_set<std::string> groups_;
};

class SeenCount final : public Xapian::MatchSpy {
  public:
    void operator()(const Xapian::Document&, double) override { ++seen_; }
    std::uint64_t seen() const { return seen_; }

  private:
    std::uint64_t seen_ = 0;
};

}  // namespace izde::index
