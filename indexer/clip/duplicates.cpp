#include "clip/duplicates.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <deque>
#include <numeric>
#include <optional>
#include <tuple>

#include "izde/hex.hpp"

#include "clip/story.hpp"
#include "in_order.hpp"

namespace izde::clip {
namespace {

constexpr std::size_t band_bins = 2;
constexpr std::size_t neighbours = 32;             // of a crowded bucket, on either side
constexpr double seems_contained = 0.4;            // is_same_story asks for more, but a sketch is a guess
constexpr double fewer_words = 0.4;                // of the longer text
constexpr std::size_t least_words = 8;             // of title and body; fewer say nothing
constexpr std::size_t met_bytes = 32u << 20;       // of bands that are looked through at once
constexpr std::uint32_t longest_ahead = 1u << 18;  // half words of a text that is compared beside others
constexpr std::uint32_t nowhere = 0xFFFFFFFFu;
constexpr std::uint32_t undated = 0xFFFFFFFFu;

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
    print.id = number_of_hex(document.id);
    print.date = day_of(document.date);
    if (!story.body.empty() && story.body.size() + story.title.size() >= least_words) {
        print.length = static_cast<std::uint32_t>(length_of(story.body) * 2);
        print.content = content_of(story);
        print.sketch = sketch_of(story.body);
    }
    return print;
}

Result<void> Duplicates::add(const Print& print) {
    seen_.push_back({print.id, print.content, print.length, print.date});
    return prints_.add(print);
}

Result<void> Duplicates::group(const Fetch& fetch, const Recall& recall, const Note& note, unsigned jobs) {
    if (auto finished = prints_.finish(); !finished) return finished;
    merge_equal_texts();
    if (auto found = find_candidates(); !found) return found;
    if (auto joined = join_all(fetch, recall, note, jobs); !joined) return joined;
    order_ = {};
    candidates_ = {};
    choose_leaders();
    return {};
}

// Afterwards each document stands with the first of its text, and `order_` holds these.
void Duplicates::merge_equal_texts() {
    struct Rank {
        std::uint32_t shortness, number;
        std::uint64_t content, id;
        auto key() const { return std::tie(shortness, content, id); }
    };
    std::vector<Rank> ranks;
    ranks.reserve(seen_.size());
    for (const Seen& seen : seen_)
        ranks.push_back({~seen.length, static_cast<std::uint32_t>(ranks.size()), seen.content, seen.id});
    std::ranges::sort(ranks, [](const Rank& a, const Rank& b) { return a.key() < b.key(); });
    centre_.assign(seen_.size(), 0);
    order_.clear();
    const Rank* last = nullptr;
    for (const Rank& rank : ranks) {
        const bool is_again =
            last != nullptr && rank.shortness != ~0u &&
            std::tie(rank.shortness, rank.content) == std::tie(last->shortness, last->content);
        if (!is_again) order_.push_back(rank.number);
        centre_[rank.number] = order_.back();
        last = &rank;
    }
    order_.shrink_to_fit();
}

Result<void> Duplicates::find_candidates() {
    candidates_.assign(order_.size(), {});
    std::vector<std::uint32_t> places(seen_.size(), nowhere);
    for (std::size_t place = 0; place < order_.size(); ++place)
        places[order_[place]] = static_cast<std::uint32_t>(place);
    constexpr std::size_t bands = sketch_bins / band_bins;
    const std::size_t in_a_band = std::max<std::size_t>(1, order_.size() * sizeof(std::uint64_t));
    std::vector<Met> met(std::clamp<std::size_t>(met_bytes / in_a_band, 1, bands));
    for (std::size_t first = 0; first < bands; first += met.size()) {
        const std::span some(met.data(), std::min(met.size(), bands - first));
        if (auto read = read_bands(first, some, places); !read) return read;
        for (Met& band : some)
            if (auto done = meet_in_band(band); !done) return done;
    }
    return {};
}

Result<void> Duplicates::read_bands(std::size_t first, std::span<Met> bands,
                                    const std::vector<std::uint32_t>& places) {
    for (Met& met : bands) {
        met.clear();
        met.reserve(order_.size());
    }
    Prints::Reader reader(prints_);
    for (std::size_t number = 0; number < places.size(); ++number) {
        if (places[number] == nowhere || seen_[number].length == 0) continue;
        const auto print = reader.row(number);
        if (!print) return fail(print.error());
        const Sketch& sketch = print->sketch;
        if (sketch.shingles == 0) continue;
        for (std::size_t i = 0; i < bands.size(); ++i) {
            const std::size_t bin = (first + i) * band_bins;
            bands[i].push_back(std::uint64_t{sketch.bins.at(bin)} << 48 |
                               std::uint64_t{sketch.bins.at(bin + 1)} << 32 | places[number]);
        }
    }
    return {};
}

namespace {

// Takes out nearly all that share their two bins with nobody, and few others do: they need not be sorted.
void drop_lonely(std::vector<std::uint64_t>& met) {
    const std::size_t bits = std::bit_ceil(std::max<std::size_t>(64, met.size() * 16));
    const auto place = [&](std::uint64_t one) {
        return static_cast<std::size_t>((one >> 32) * 0x9E3779B97F4A7C15u >> 32) & (bits - 1);
    };
    std::vector<bool> once(bits), again(bits);
    for (const std::uint64_t one : met) {
        const std::size_t at = place(one);
        if (once[at]) again[at] = true;
        once[at] = true;
    }
    std::erase_if(met, [&](std::uint64_t one) { return !again[place(one)]; });
}

}  // namespace

Result<void> Duplicates::meet_in_band(Met& met) {
    drop_lonely(met);
    std::ranges::sort(met);
    for (auto begin = met.begin(); begin != met.end();) {
        const auto end =
            std::find_if(begin, met.end(), [&](std::uint64_t one) { return one >> 32 != *begin >> 32; });
        if (end - begin > 1)
            if (auto done = meet_in_bucket({begin, end}); !done) return done;
        begin = end;
    }
    return {};
}

// Each one meets those before it; in a crowd, the longest of all and the nearest in length.
Result<void> Duplicates::meet_in_bucket(std::span<const std::uint64_t> bucket) {
    const auto place = [&](std::size_t i) { return static_cast<std::uint32_t>(bucket[i]); };
    std::vector<Print> longest;
    std::deque<Print> nearest;
    for (std::size_t i = 0; i < bucket.size(); ++i) {
        auto print = prints_.row(order_[place(i)]);
        if (!print) return fail(print.error());
        for (std::size_t j = 0; j < longest.size(); ++j) meet(place(j), longest[j], place(i), *print);
        for (std::size_t j = 0; j < nearest.size(); ++j)
            meet(place(i - nearest.size() + j), nearest[j], place(i), *print);
        if (longest.size() < neighbours) {
            longest.push_back(*std::move(print));
            continue;
        }
        nearest.push_back(*std::move(print));
        if (nearest.size() > neighbours) nearest.pop_front();
    }
    return {};
}

void Duplicates::meet(std::uint32_t longer, const Print& other, std::uint32_t shorter, const Print& print) {
    if (print.length < fewer_words * other.length) return;
    Candidates& known = candidates_[shorter];
    const std::size_t agreement = agreeing(print.sketch, other.sketch);
    // Of equally alike ones the longer comes first, whichever bucket they met in.
    std::size_t at = 0;
    while (at < most_candidates &&
           std::tuple(known.agreement.at(at), longer) > std::tuple(agreement, known.places.at(at)))
        ++at;
    if (at == most_candidates || (known.agreement.at(at) == agreement && known.places.at(at) == longer))
        return;
    if (containment(print.sketch, other.sketch) < seems_contained) return;
    const auto from = static_cast<std::ptrdiff_t>(at);
    std::shift_right(known.places.begin() + from, known.places.end(), 1);
    std::shift_right(known.agreement.begin() + from, known.agreement.end(), 1);
    known.places.at(at) = longer;
    known.agreement.at(at) = static_cast<std::uint8_t>(agreement);
}

namespace {

// Compares texts; the first of a pair is kept for the next one.
class Comparing {
  public:
    explicit Comparing(const Duplicates::Fetch& fetch) : fetch_(fetch) {}

    Result<bool> operator()(std::uint32_t number, std::uint32_t centre) {
        const auto other = fetch_(centre);
        if (!other) return fail(other.error());
        if (!story_ || number_ != number) {
            const auto own = fetch_(number);
            if (!own) return fail(own.error());
            story_ = story_of(*own);
            number_ = number;
        }
        return is_same_story(compare(*story_, story_of(*other)));
    }

  private:
    const Duplicates::Fetch& fetch_;
    std::uint32_t number_ = 0;
    std::optional<Story> story_;  // of that number
};

}  // namespace

// Lets one text after the other join a group. What each is compared with depends on where those before it
// went; so some are compared ahead on all threads, as if these stayed where they are. What fails there is
// met again when its turn comes.
class Duplicates::Joining {
  public:
    Joining(Duplicates& all, const Fetch& fetch, const Recall& recall, const Note& note)
        : all_(all), fetch_(fetch), recall_(recall), note_(note), comparing_(fetch) {}

    void look_ahead(std::size_t begin, std::size_t end, unsigned jobs) {
        begin_ = begin;
        seen_.assign(end - begin, {});
        indexer::side_by_side(jobs, end - begin, [&] {
            return [&, comparing = Comparing(fetch_)](std::size_t i) mutable {
                const std::uint32_t number = all_.order_[begin_ + i];
                std::ignore = walk(begin_ + i, [&](std::uint32_t centre) -> Result<bool> {
                    if (all_.seen_[centre].length > longest_ahead)
                        return fail(Errc::refused, "would take much memory on every thread");
                    const auto same = comparing(number, centre);
                    if (same) seen_[i].push_back({centre, *same});
                    return same;
                });
                return true;
            };
        });
    }

    Result<void> join(std::size_t place) {
        const std::uint32_t number = all_.order_[place];
        const auto joined = walk(place, [&](std::uint32_t centre) -> Result<bool> {
            const auto same = is_same(place, number, centre);
            if (same && note_) note_(number, centre, *same);
            return same;
        });
        if (!joined) return fail(joined.error());
        if (*joined) all_.centre_[number] = **joined;
        return {};
    }

  private:
    struct Verdict {
        std::uint32_t centre;
        bool is_same;
    };

    // Asks about the centre of each candidate, each centre once; the first that is the same, if any.
    template <class Ask>
    Result<std::optional<std::uint32_t>> walk(std::size_t place, const Ask& ask) const {
        const Candidates& candidates = all_.candidates_[place];
        std::array<std::uint32_t, most_candidates> tried{};
        for (std::size_t i = 0; i < most_candidates && candidates.agreement.at(i) > 0; ++i) {
            const std::uint32_t centre = all_.centre_[all_.order_[candidates.places.at(i)]];
            const auto end = tried.begin() + static_cast<std::ptrdiff_t>(i);
            const bool known = std::find(tried.begin(), end, centre) != end;
            tried.at(i) = centre;
            if (known) continue;
            const auto same = ask(centre);
            if (!same) return fail(same.error());
            if (*same) return std::optional(centre);
        }
        return std::optional<std::uint32_t>();
    }

    Result<bool> is_same(std::size_t place, std::uint32_t number, std::uint32_t centre) {
        if (recall_)
            if (const auto known = recall_(number, centre)) return *known;
        ++all_.compared_;
        if (place - begin_ < seen_.size())
            for (const Verdict& verdict : seen_[place - begin_])
                if (verdict.centre == centre) return verdict.is_same;
        return comparing_(number, centre);
    }

    Duplicates& all_;
    const Fetch& fetch_;
    const Recall& recall_;
    const Note& note_;
    Comparing comparing_;
    std::size_t begin_ = 0;  // the place of the first of seen_
    std::vector<std::vector<Verdict>> seen_;
};

Result<void> Duplicates::join_all(const Fetch& fetch, const Recall& recall, const Note& note, unsigned jobs) {
    constexpr std::size_t ahead = 1024;
    Joining joining(*this, fetch, recall, note);
    for (std::size_t begin = 0; begin < order_.size(); begin += ahead) {
        const std::size_t end = std::min(order_.size(), begin + ahead);
        if (jobs > 1) joining.look_ahead(begin, end, jobs);
        for (std::size_t place = begin; place < end; ++place)
            if (auto joined = joining.join(place); !joined) return joined;
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
