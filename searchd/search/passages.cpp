#include "search/passages.hpp"

#include <algorithm>
#include <functional>
#include <queue>
#include <tuple>

namespace izde::search {
namespace {

struct Place {
    std::uint32_t position = 0;
    std::size_t which = 0;  // of all that stands
};

// All that stands in the text, in its order.
std::vector<Place> in_order(std::span<const Standing> all) {
    std::vector<Place> places;
    struct Next {
        std::uint32_t position = 0;
        std::size_t which = 0, at = 0;
        bool operator>(const Next& other) const {
            return std::tie(position, which) > std::tie(other.position, other.which);
        }
    };
    std::priority_queue<Next, std::vector<Next>, std::greater<>> next;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (!all[i].positions.empty()) next.push({all[i].positions.front(), i, 0});
    while (!next.empty()) {
        Next one = next.top();
        next.pop();
        places.push_back({one.position, one.which});
        if (++one.at == all[one.which].positions.size()) continue;
        one.position = all[one.which].positions[one.at];
        next.push(one);
    }
    return places;
}

// Tells of ascending positions about where they stand.
class Guess {
  public:
    Guess(const index::Pieces& pieces, std::size_t body_bytes)
        : milestones_(pieces.milestones), body_bytes_(body_bytes) {}

    struct Where {
        std::size_t milestone = 0, at = 0;
    };
    Where where(std::uint32_t position) {
        while (now_ + 1 < milestones_.size() && milestones_[now_ + 1].position <= position) ++now_;
        const index::Milestone& here = milestones_[now_];
        const bool last = now_ + 1 == milestones_.size();
        const std::size_t bytes = (last ? body_bytes_ : milestones_[now_ + 1].at) - here.at;
        const std::size_t gone = position < here.position ? 0 : position - here.position;
        // Nothing says how many positions follow the last one.
        constexpr std::size_t bytes_a_word = 6;
        if (last) return {now_, here.at + std::min(bytes, gone * bytes_a_word)};
        return {now_, here.at + gone * bytes / (milestones_[now_ + 1].position - here.position)};
    }

  private:
    const std::vector<index::Milestone>& milestones_;
    std::size_t body_bytes_;
    std::size_t now_ = 0;
};

bool is_better(const Passage& one, const Passage& other) {
    return one.weight != other.weight ? one.weight > other.weight
           : one.apart != other.apart ? one.apart < other.apart
                                      : one.first < other.first;
}

// Slides over what stands in the text, as the choice of a window does over its matches.
class Sliding {
  public:
    Sliding(std::span<const Standing> all, const index::Pieces& pieces, std::size_t body_bytes,
            std::size_t reach)
        : all_(all), places_(in_order(all)), count_(all.size()), reach_(reach) {
        Guess guess(pieces, body_bytes);
        where_.reserve(places_.size());
        for (const Place& place : places_) where_.push_back(guess.where(place.position));
    }

    std::vector<Passage> passages() {
        std::vector<Passage> found;
        std::size_t first = 0;
        for (std::size_t last = 0; last < places_.size(); ++last) {
            add(places_[last].which);
            while (first < last &&
                   (where_[last].at > where_[first].at + reach_ || count_[places_[first].which] > 1))
                remove(places_[first++].which);
            const Passage passage{weight_, where_[last].at - where_[first].at, where_[first].milestone,
                                  where_[last].milestone};
            if (found.empty() || found.back().first != passage.first)
                found.push_back(passage);
            else if (is_better(passage, found.back()))
                found.back() = passage;
        }
        return found;
    }

  private:
    void add(std::size_t which) {
        if (count_[which]++ == 0) weight_ += all_[which].weight;
    }
    void remove(std::size_t which) {
        if (--count_[which] == 0) weight_ -= all_[which].weight;
    }

    std::span<const Standing> all_;
    std::vector<Place> places_;
    std::vector<Guess::Where> where_;
    std::vector<std::size_t> count_;
    std::size_t reach_;
    std::int64_t weight_ = 0;
};

}  // namespace

std::vector<Passage> find_passages(std::span<const Standing> all, const index::Pieces& pieces,
                                   std::size_t body_bytes, std::size_t reach, std::size_t most) {
    std::vector<Passage> found = Sliding(all, pieces, body_bytes, reach).passages();
    const auto end = found.begin() + static_cast<std::ptrdiff_t>(std::min(most, found.size()));
    std::ranges::partial_sort(found, end, is_better);
    found.erase(end, found.end());
    return found;
}

}  // namespace izde::search
