// Most documents share what their slots hold, so that is looked up whole, and read once.
#include "index/facets.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "index/schema.hpp"

namespace izde::index {
namespace {

std::uint32_t slot_of(Breakdown by) {
    switch (by) {
    case Breakdown::lang:
        return schema::lang_slot;
    case Breakdown::source:
        return schema::source_slot;
    case Breakdown::author:
        return schema::author_slot;
    case Breakdown::place:
        return schema::place_slot;
    case Breakdown::format:
        return schema::format_slot;
    case Breakdown::year:
    case Breakdown::month:
        return schema::first_day;
    }
    return schema::first_day;
}

constexpr std::size_t year_digits = 4, month_digits = 6;

bool is_date(Breakdown by) {
    return by == Breakdown::year || by == Breakdown::month;
}

}  // namespace

Tally::Tally(Breakdown by, const glass::MappedTable& postings)
    : by_(by), values_(postings, slot_of(by)), last_days_(postings, schema::last_day) {}

std::string_view Tally::held_by(std::uint32_t document) {
    const std::string_view value = values_.at(document);
    if (!is_date(by_) || value.size() < month_digits) return value;
    if (by_ == Breakdown::year) return value.substr(0, year_digits);
    // Known by its year alone: from January to December.
    if (!last_days_.at(document).starts_with(value.substr(0, month_digits))) return {};
    month_ = value.substr(0, year_digits);
    month_.append("-").append(value, year_digits, month_digits - year_digits);
    return month_;
}

Tally::Entry Tally::read(std::string_view slot) {
    Entry entry;
    std::vector<schema::FacetValue> values;
    if (is_date(by_))
        values.push_back({std::string(slot), std::string(slot)});
    else
        values = schema::read_facet_slot(slot);
    for (schema::FacetValue& value : values) {
        const auto [known, added] = keys_.try_emplace(value.key, static_cast<std::uint32_t>(keys_.size()));
        if (added) counts_.push_back(0);
        entry.keys.push_back(known->second);
        entry.spellings.push_back(std::move(value.shown));
    }
    return entry;
}

void Tally::add(std::uint32_t document, std::uint32_t group) {
    const std::string_view held = held_by(document);
    if (held.empty()) return;
    if (last_ == nullptr || held != last_held_) {
        auto known = entries_.find(held);
        if (known == entries_.end()) known = entries_.emplace(std::string(held), read(held)).first;
        last_ = &known->second;
        last_held_ = held;
    }
    ++last_->documents;
    for (const std::uint32_t key : last_->keys)
        if (group == 0 || seen_.insert(std::uint64_t{group} << 32 | key).second) ++counts_[key];
}

FacetCounts Tally::result() const {
    std::vector<std::map<std::string, std::uint64_t>> spellings(counts_.size());
    for (const auto& [slot, entry] : entries_)
        for (std::size_t i = 0; i < entry.keys.size(); ++i)
            spellings[entry.keys[i]][entry.spellings[i]] += entry.documents;
    FacetCounts result;
    for (std::size_t key = 0; key < counts_.size(); ++key) {
        const auto commonest =
            std::ranges::max_element(spellings[key], {}, [](const auto& one) { return one.second; });
        result.values.push_back({commonest->first, counts_[key]});
    }
    std::ranges::sort(result.values, [](const FacetCount& a, const FacetCount& b) {
        return std::tie(b.count, a.value) < std::tie(a.count, b.value);
    });
    for (std::size_t i = FacetCounts::most_values; i < result.values.size(); ++i)
        result.other += result.values[i].count;
    if (result.values.size() > FacetCounts::most_values) result.values.resize(FacetCounts::most_values);
    return result;
}

FacetTally::FacetTally(std::span<const Breakdown> by, const glass::MappedTable& postings,
                       const matching::Groups* groups)
    : walk_(groups) {
    for (const Breakdown one : by) tallies_.emplace_back(one, postings);
}

void FacetTally::add(std::uint32_t document) {
    if (++seen_ > faceted_matches) return;
    const matching::Groups::Member* member = walk_.member(document);
    const std::uint32_t group = member == nullptr ? 0 : member->group + 1;
    for (Tally& tally : tallies_) tally.add(document, group);
}

std::vector<FacetCounts> FacetTally::results(bool complete) const {
    std::vector<FacetCounts> results;
    for (const Tally& tally : tallies_) {
        results.push_back(tally.result());
        results.back().complete = complete && seen_ <= faceted_matches;
    }
    return results;
}

}  // namespace izde::index
