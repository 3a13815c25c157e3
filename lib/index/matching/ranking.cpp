#include "index/matching/ranking.hpp"

#include <algorithm>
#include <limits>

namespace izde::index::matching {

Ranking::Ranking(const Sorting& sorting, std::size_t most) : sorting_(sorting), most_(most) {
    if (sorting.groups != nullptr) numbers_.resize(sorting.groups->count());
}

bool Ranking::is_before(const Candidate& one, const Candidate& other) const {
    if (one.rank != other.rank) return one.rank > other.rank;
    if (one.score != other.score && sorting_.order != Order::first_seen) return one.score > other.score;
    return one.document < other.document;
}

std::uint32_t Ranking::rank_of(std::uint32_t document) const {
    if (sorting_.column == nullptr) return 0;
    return sorting_.order == Order::oldest ? sorting_.column->descending(document)
                                           : sorting_.column->ascending(document);
}

void Ranking::add(const Bits& matches, const Bits& candidates, Range range, std::span<const double> scores,
                  std::uint32_t first) {
    total_ += matches.count(range);
    // What can be told to come behind all that are kept, without being made a candidate.
    const auto bar = [this] {
        return sorting_.column == nullptr && is_full() ? least() : -std::numeric_limits<double>::infinity();
    };
    const double* const score = scores.data();
    double least = bar();
    const auto add_alone = [&](std::uint32_t place) {
        if (score[place] <= least) return;
        keep({rank_of(first + place), first + place, score[place]});
        least = bar();
    };
    if (sorting_.groups == nullptr) return candidates.each(range, add_alone);
    const std::uint64_t* const grouped = sorting_.groups->members_from(first);
    candidates.each_beside(grouped, range, add_alone);
    matches.each_in(grouped, range, [&](std::uint32_t place) {
        --total_;
        const std::uint32_t document = first + place;
        keep_in_group({rank_of(document), document, score[place]}, *sorting_.groups->member(document));
    });
}

void Ranking::keep(const Candidate& candidate) {
    const auto before = [this](const Candidate& one, const Candidate& other) {
        return is_before(one, other);
    };
    if (is_full()) {
        if (most_ == 0 || !is_before(candidate, best_.front())) return;
        std::ranges::pop_heap(best_, before);
        best_.pop_back();
    }
    best_.push_back(candidate);
    std::ranges::push_heap(best_, before);
}

void Ranking::keep_in_group(const Candidate& candidate, const Groups::Member& member) {
    std::uint32_t& number = numbers_[member.group];
    if (number == 0) {
        groups_.push_back({candidate, candidate, member.place});
        number = static_cast<std::uint32_t>(groups_.size());
        ++total_;
        return;
    }
    Group& group = groups_[number - 1];
    if (is_before(candidate, group.first)) group.first = candidate;
    if (member.place < group.place) {
        group.shown = candidate;
        group.place = member.place;
    }
}

std::vector<Ranked> Ranking::best(const Ordinals& ordinals) const {
    struct Placed {
        Candidate candidate;
        std::uint32_t shown;
    };
    std::vector<Placed> all;
    for (const Candidate& one : best_) all.push_back({one, one.document});
    const bool by_shown = sorting_.order == Order::newest || sorting_.order == Order::first_seen;
    for (const Group& group : groups_)
        all.push_back({by_shown ? group.shown : group.first, group.shown.document});
    const std::size_t wanted = std::min(most_, all.size());
    std::ranges::partial_sort(
        all, all.begin() + static_cast<std::ptrdiff_t>(wanted),
        [this](const Placed& one, const Placed& other) { return is_before(one.candidate, other.candidate); });
    std::vector<Ranked> best;
    for (std::size_t i = 0; i < wanted; ++i)
        best.push_back(
            {ordinals.key(all[i].candidate.document), all[i].candidate.score, ordinals.key(all[i].shown)});
    return best;
}

}  // namespace izde::index::matching
