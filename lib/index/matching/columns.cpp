#include "index/matching/columns.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "index/glass/posting_cursor.hpp"
#include "index/schema.hpp"

namespace izde::index::matching {
namespace {

// Sorts as the bytes do.
std::uint64_t first_bytes(std::string_view value) {
    constexpr std::size_t bytes = sizeof(std::uint64_t);
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < bytes; ++i)
        number = number << 8 | (i < value.size() ? static_cast<unsigned char>(value[i]) : 0U);
    return number;
}

}  // namespace

Column::Column(const glass::MappedTable& postings, std::uint32_t slot, const Ordinals& ordinals) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> held;
    glass::ValueCursor(postings, slot).each([&](std::uint32_t key, std::string_view value) {
        if (ordinals.has(key)) held.emplace_back(first_bytes(value), ordinals.of(key));
    });
    if (held.empty()) return;
    of_.resize(std::size_t{held.back().second} + 1);
    std::ranges::sort(held);
    std::uint64_t last = 0;
    for (const auto& [value, document] : held) {
        if (values_ == 0 || value != last) ++values_;
        last = value;
        of_[document] = values_;
    }
}

Values::Values(const glass::MappedTable& postings, std::uint32_t slot, const Ordinals& ordinals) : texts_(1) {
    std::unordered_map<std::string, std::uint32_t> known;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> held;
    std::uint32_t last = 0;
    glass::ValueCursor(postings, slot).each([&](std::uint32_t key, std::string_view value) {
        if (!ordinals.has(key) || value.empty()) return;
        if (value != texts_[last]) {
            last = known.try_emplace(std::string(value), static_cast<std::uint32_t>(texts_.size()))
                       .first->second;
            if (last == texts_.size()) texts_.emplace_back(value);
        }
        held.emplace_back(ordinals.of(key), last);
    });
    if (held.empty()) return;
    while (bytes_ < 4 && texts_.size() > std::size_t{1} << (8 * bytes_)) bytes_ *= 2;
    end_ = held.back().first + 1;
    numbers_.resize(end_ * bytes_);
    for (const auto& [document, number] : held)
        for (std::size_t i = 0; i < bytes_; ++i)
            numbers_[document * bytes_ + i] = static_cast<unsigned char>(number >> (8 * i));
}

Groups::Groups(const glass::MappedTable& postings, const Ordinals& ordinals) {
    std::unordered_map<std::string, std::uint32_t> numbers;
    glass::ValueCursor(postings, schema::group_slot).each([&](std::uint32_t key, std::string_view group) {
        if (!ordinals.has(key)) return;
        const auto next = static_cast<std::uint32_t>(numbers.size());
        members_.push_back(
            {ordinals.of(key), numbers.try_emplace(std::string(group), next).first->second, 0});
    });
    count_ = static_cast<std::uint32_t>(numbers.size());

    struct Order {
        std::uint32_t group;
        std::string lead;
        std::uint32_t member;
    };
    std::vector<Order> orders;
    glass::ValueCursor leads(postings, schema::lead_slot);
    for (std::uint32_t i = 0; i < members_.size(); ++i)
        orders.push_back({members_[i].group, std::string(leads.at(ordinals.key(members_[i].document))), i});
    members_of_.resize((ordinals.end() + window_documents) / word_bits + 2);
    for (const Member& one : members_)
        members_of_[one.document / word_bits] |= std::uint64_t{1} << (one.document % word_bits);
    before_.reserve(members_of_.size());
    std::uint32_t before = 0;
    for (const std::uint64_t word : members_of_) {
        before_.push_back(before);
        before += ones(word);
    }
    std::ranges::sort(orders, [](const Order& a, const Order& b) {
        return std::tie(a.group, a.lead, a.member) < std::tie(b.group, b.lead, b.member);
    });
    for (std::uint32_t place = 0; place < orders.size(); ++place)
        members_[orders[place].member].place = place;
}

}  // namespace izde::index::matching
