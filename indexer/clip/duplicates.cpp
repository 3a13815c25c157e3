#include "clip/duplicates.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <numeric>
#include <optional>
#include <tuple>

#include "clip/story.hpp"

namespace izde::clip {
namespace {

constexpr std::size_t band_bins = 2;
constexpr std::size_t neighbours = 32;   // of a crowded bucket, on either side
constexpr double seems_contained = 0.4;  // is_same_story asks for more, but a sketch is a guess
constexpr double fewer_words = 0.4;      // of the longer text
constexpr std::size_t least_words = 8;   // of title and body; fewer say nothing
constexpr std::uint32_t undated = 0xFFFFFFFFu;

std::uint64_t number_of(const std::string& hex) {
    std::uint64_t number = 0;
    std::from_chars(hex.data(), hex.data() + hex.size(), number, 16);
    return number;
}

std::string hex_of(std::uint64_t number) {
    std::array<char, 17> hex{};
    std::snprintf(hex.data(), hex.size(), "%016llx", static_cast<unsigned long long>(number));
    return hex.data();
}

// 20220100 for "2022-01", so that a coarse date stands at its first day.
std::uint32_t day_of(const index::Date& date) {
    std::uint32_t day = 0;
    std::size_t digits = 0;
    for (const char c : date.value)
        if (c >= '0' && c <= '9' && digits < 8)
            day = day * 10 + static_cast<std::uint32_t>(c - '0'), ++digits;
    if (digits == 0) return undated;
    constexpr std::array<std::uint32_t, 9> rest{0, 0, 0, 0, 101, 0, 1, 0, 0};
    for (std::size_t i = digits; i < 8; ++i) day *= 10;
    return day + rest.at(digits);
}

std::uint64_t content_of(const Story& story) {
    std::uint64_t hash = 0x9E3779B97F4A7C15u;
    const auto add = [&](const std::vector<text::Word>& words) {
        for (const text::Word& word : words) hash = (hash ^ word.hash ^ (hash >> 29)) * 0xBF58476D1CE4E5B9u;
        hash = (hash ^ (hash >> 31)) * 0x94D049BB133111EBu;
    };
    add(story.body);
    const auto figures = std::ranges::count_if(story.body, text::is_figure);
    if (says_little(length_of(story.body), static_cast<std::size_t>(figures))) add(story.title);
    return hash;
}

}  // namespace

Duplicates::Print Duplicates::print_of(const index::Document& document) {
    const Story story = story_of(document);
    Print print;
    print.id = number_of(document.id);
    print.date = day_of(document.date);
    if (!story.body.empty() && story.body.size() + story.title.size() >= least_words) {
        print.length = static_cast<std::uint32_t>(length_of(story.body) * 2);
        print.content = content_of(story);
        print.sketch = sketch_of(story.body);
    }
    return print;
}

Result<void> Duplicates::group(const Fetch& fetch) {
    merge_equal_texts();
    find_candidates();
    for (const std::uint32_t number : order_)
        if (auto joined = join(number, fetch); !joined) return joined;
    choose_leaders();
    return {};
}

// Afterwards each document stands with the first of its text, and `order_` holds these.
void Duplicates::merge_equal_texts() {
    std::vector<std::uint32_t> all(seen_.size());
    std::iota(all.begin(), all.end(), 0u);
    const auto rank = [&](std::uint32_t number) {
        const Seen& seen = seen_[number];
        return std::tuple(~seen.length, seen.content, seen.id);
    };
    std::ranges::sort(all, [&](std::uint32_t a, std::uint32_t b) { return rank(a) < rank(b); });
    centre_.assign(seen_.size(), 0);
    for (const std::uint32_t number : all) {
        const Seen& seen = seen_[number];
        const bool again = !order_.empty() && seen.length > 0 && seen_[order_.back()].length == seen.length &&
                           seen_[order_.back()].content == seen.content;
        if (!again) order_.push_back(number);
        centre_[number] = order_.back();
    }
}

void Duplicates::find_candidates() {
    std::vector<std::uint64_t> met;  // the two bins, then the place in the order
    met.reserve(order_.size());
    for (std::size_t band = 0; band < sketch_bins; band += band_bins) {
        met.clear();
        for (std::size_t place = 0; place < order_.size(); ++place) {
            const Sketch& sketch = seen_[order_[place]].sketch;
            if (sketch.shingles == 0) continue;
            met.push_back(std::uint64_t{sketch.bins.at(band)} << 48 |
                          std::uint64_t{sketch.bins.at(band + 1)} << 32 | place);
        }
        std::ranges::sort(met);
        for (auto begin = met.begin(); begin != met.end();) {
            const auto end =
                std::find_if(begin, met.end(), [&](std::uint64_t one) { return one >> 32 != *begin >> 32; });
            meet_in_bucket({begin, end});
            begin = end;
        }
    }
}

// Each one meets those before it; in a crowd, the longest of all and the nearest in length.
void Duplicates::meet_in_bucket(std::span<const std::uint64_t> bucket) {
    const auto place = [&](std::size_t i) { return static_cast<std::uint32_t>(bucket[i]); };
    for (std::size_t i = 1; i < bucket.size(); ++i) {
        const std::size_t first = std::min(i, neighbours);
        for (std::size_t j = 0; j < first; ++j) meet(place(j), place(i));
        for (std::size_t j = std::max(first, i - first); j < i; ++j) meet(place(j), place(i));
    }
}

void Duplicates::meet(std::uint32_t longer, std::uint32_t shorter) {
    const Seen& other = seen_[order_[longer]];
    Seen& seen = seen_[order_[shorter]];
    if (seen.length < fewer_words * other.length) return;
    const std::size_t agreement = agreeing(seen.sketch, other.sketch);
    // Of equally alike ones the longer comes first, whichever bucket they met in.
    std::size_t at = 0;
    while (at < most_candidates &&
           std::tuple(seen.agreement.at(at), longer) > std::tuple(agreement, seen.candidates.at(at)))
        ++at;
    if (at == most_candidates || (seen.agreement.at(at) == agreement && seen.candidates.at(at) == longer))
        return;
    if (containment(seen.sketch, other.sketch) < seems_contained) return;
    const auto from = static_cast<std::ptrdiff_t>(at);
    std::shift_right(seen.candidates.begin() + from, seen.candidates.end(), 1);
    std::shift_right(seen.agreement.begin() + from, seen.agreement.end(), 1);
    seen.candidates.at(at) = longer;
    seen.agreement.at(at) = static_cast<std::uint8_t>(agreement);
}

Result<void> Duplicates::join(std::uint32_t number, const Fetch& fetch) {
    const Seen& seen = seen_[number];
    std::array<std::uint32_t, most_candidates> tried{};
    std::optional<Story> story;
    for (std::size_t i = 0; i < most_candidates && seen.agreement.at(i) > 0; ++i) {
        const std::uint32_t centre = centre_[order_[seen.candidates.at(i)]];
        const auto end = tried.begin() + static_cast<std::ptrdiff_t>(i);
        const bool known = std::find(tried.begin(), end, centre) != end;
        tried.at(i) = centre;
        if (known) continue;
        const auto other = fetch(centre);
        if (!other) return fail(other.error());
        if (!story) {
            const auto own = fetch(number);
            if (!own) return fail(own.error());
            story = story_of(*own);
        }
        ++compared_;
        if (!is_same_story(compare(*story, story_of(*other)))) continue;
        centre_[number] = centre;
        break;
    }
    return {};
}

void Duplicates::choose_leaders() {
    const auto earlier = [&](std::uint32_t a, std::uint32_t b) {
        return std::tuple(seen_[a].date, seen_[a].id) < std::tuple(seen_[b].date, seen_[b].id);
    };
    leader_.resize(seen_.size());
    std::iota(leader_.begin(), leader_.end(), 0u);
    members_.assign(seen_.size(), 0);
    for (std::uint32_t number = 0; number < seen_.size(); ++number) {
        // An equal text stands with the first of its text, and that with the centre of the group.
        const std::uint32_t centre = centre_[number] = centre_[centre_[number]];
        ++members_[centre];
        if (earlier(number, leader_[centre])) leader_[centre] = number;
    }
}

Duplicates::Place Duplicates::place(std::size_t number) const {
    const std::uint32_t centre = centre_[number];
    if (members_[centre] == 1) return {};
    return {seen_[leader_[centre]].id, members_[centre] - 1};
}

void Duplicates::mark(const Place& place, index::Document& document) {
    document.similar = place.similar;
    document.group = place.similar > 0 ? hex_of(place.leader) : std::string();
}

}  // namespace izde::clip
