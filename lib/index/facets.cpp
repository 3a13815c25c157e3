// Most documents share what their slots hold, so that is counted whole, and read once.
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

Tally::Tally(Breakdown by, const ValuesOf& values)
    : by_(by), held_(values(slot_of(by))),
      last_days_(by == Breakdown::month ? &values(schema::last_day) : nullptr), alone_(held_.count()) {}

// Known by its year alone it is of more than one.
bool Tally::is_of_one_month(std::uint32_t first_day, std::uint32_t last_day) const {
    const std::string_view first = held_.text(first_day);
    return first.size() < month_digits ||
           last_days_->text(last_day).starts_with(first.substr(0, month_digits));
}

std::string Tally::shown(std::string_view held) const {
    if (!is_date(by_) || held.size() < month_digits) return std::string(held);
    std::string shown(held.substr(0, year_digits));
    if (by_ == Breakdown::month) shown.append("-").append(held, year_digits, month_digits - year_digits);
    return shown;
}

const Tally::Entry& Tally::entry(std::uint32_t held) {
    const auto [known, is_new] = entries_.try_emplace(held);
    if (!is_new) return known->second;
    const std::string slot = shown(held_.text(held));
    std::vector<schema::FacetValue> values;
    if (is_date(by_))
        values.push_back({slot, slot});
    else
        values = schema::read_facet_slot(slot);
    for (schema::FacetValue& value : values) {
        const auto [key, added] = keys_.try_emplace(value.key, static_cast<std::uint32_t>(keys_.size()));
        if (added) counts_.push_back(0);
        known->second.keys.push_back(key->second);
        known->second.spellings.push_back(std::move(value.shown));
    }
    return known->second;
}

void Tally::add_in_group(std::uint32_t held, std::uint32_t group) {
    ++grouped_[held];
    for (const std::uint32_t key : entry(held).keys)
        if (seen_.insert(std::uint64_t{group} << 32 | key).second) ++counts_[key];
}

FacetCounts Tally::result() {
    std::vector<std::map<std::string, std::uint64_t>> spellings;
    for (std::uint32_t held = 1; held < alone_.size(); ++held) {
        const auto grouped = grouped_.find(held);
        const std::uint64_t documents = alone_[held] + (grouped == grouped_.end() ? 0 : grouped->second);
        if (documents == 0) continue;
        const Entry& entry = this->entry(held);
        spellings.resize(counts_.size());
        for (std::size_t i = 0; i < entry.keys.size(); ++i) {
            counts_[entry.keys[i]] += alone_[held];
            spellings[entry.keys[i]][entry.spellings[i]] += documents;
        }
    }
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

FacetTally::FacetTally(std::span<const Breakdown> by, const ValuesOf& values, const matching::Groups* groups)
    : groups_(groups) {
    for (const Breakdown one : by) tallies_.emplace_back(one, values);
}

void FacetTally::add(std::uint32_t document) {
    if (++seen_ > faceted_matches) return;
    const matching::Groups::Member* member = groups_ == nullptr ? nullptr : groups_->member(document);
    const std::uint32_t group = member == nullptr ? 0 : member->group + 1;
    for (Tally& tally : tallies_) tally.add(document, group);
}

std::vector<FacetCounts> FacetTally::results(bool complete) {
    std::vector<FacetCounts> results;
    for (Tally& tally : tallies_) {
        results.push_back(tally.result());
        results.back().complete = complete && seen_ <= faceted_matches;
    }
    return results;
}

}  // namespace izde::index
