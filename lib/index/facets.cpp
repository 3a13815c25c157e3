// Most documents share what their slots hold, so that is looked up whole, and read once.
#include "index/facets.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "index/schema.hpp"

namespace izde::index {
namespace {

Xapian::valueno slot_of(Breakdown by) {
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
    return Xapian::BAD_VALUENO;
}

constexpr std::size_t year_digits = 4, month_digits = 6;

bool is_date(Breakdown by) {
    return by == Breakdown::year || by == Breakdown::month;
}

}  // namespace

std::string Tally::slot(const Xapian::Document& document) const {
    std::string value = document.get_value(slot_of(by_));
    if (!is_date(by_) || value.size() < month_digits) return value;
    if (by_ == Breakdown::year) return value.substr(0, year_digits);
    // Known by its year alone: from January to December.
    const bool one_month = document.get_value(schema::last_day).starts_with(value.substr(0, month_digits));
    return one_month ? value.substr(0, year_digits).append("-").append(value, year_digits, 2) : std::string();
}

Tally::Entry Tally::read(const std::string& slot) {
    Entry entry;
    std::vector<schema::FacetValue> values;
    if (is_date(by_))
        values.push_back({slot, slot});
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

void Tally::add(const Xapian::Document& document, std::uint32_t group) {
    std::string held = slot(document);
    if (held.empty()) return;
    auto known = entries_.find(held);
    if (known == entries_.end()) {
        Entry entry = read(held);
        known = entries_.emplace(std::move(held), std::move(entry)).first;
    }
    ++known->second.documents;
    for (const std::uint32_t key : known->second.keys)
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

void FacetSpy::operator()(const Xapian::Document& document, double /*weight*/) {
    ++seen_;
    std::uint32_t group = 0;
    if (fold_ == Fold::on) {
        std::string id = document.get_value(schema::group_slot);
        const auto next = static_cast<std::uint32_t>(groups_.size() + 1);
        if (!id.empty()) group = groups_.try_emplace(std::move(id), next).first->second;
    }
    for (Tally& tally : tallies_) tally.add(document, group);
}

std::vector<FacetCounts> FacetSpy::results(bool complete) const {
    std::vector<FacetCounts> results;
    for (const Tally& tally : tallies_) {
        results.push_back(tally.result());
        results.back().complete = complete;
    }
    return results;
}

}  // namespace izde::index
