// The texts are aligned as a patience diff does it: runs of words that occur once in both are anchors,
// the longest chain of anchors in the same order is kept and each is widened; what lies between is
// what differs.
#include "clip/story.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <limits>
#include <utility>

namespace izde::clip {
namespace {

using Words = std::vector<text::Word>;

constexpr std::size_t run_words = 4;
constexpr double byline_words = 12;   // what both texts may begin with that is not of the story
constexpr double much = 100;          // words
constexpr double dateline_words = 8;  // the day in it is no fact either

struct Anchor {
    std::size_t a = 0, b = 0;
};

using Runs = std::vector<std::pair<std::uint64_t, std::size_t>>;

// Runs that occur once, by their hash.
Runs runs_of(const Words& words) {
    Runs runs;
    if (words.size() < run_words) return runs;
    runs.reserve(words.size());
    for (std::size_t at = 0; at + run_words <= words.size(); ++at) {
        std::uint64_t hash = 0;
        for (std::size_t i = 0; i < run_words; ++i) hash = (hash ^ words[at + i].hash) * 0x9E3779B97F4A7C15u;
        runs.emplace_back(hash, at);
    }
    std::ranges::sort(runs, {}, &Runs::value_type::first);
    const auto same = [](const auto& x, const auto& y) { return x.first == y.first; };
    Runs once;
    once.reserve(runs.size());
    for (auto it = runs.begin(); it != runs.end();) {
        auto next = std::find_if_not(it, runs.end(), [&](const auto& run) { return same(*it, run); });
        if (next - it == 1) once.push_back(*it);
        it = next;
    }
    return once;
}

// In the order of the first text.
std::vector<Anchor> common_anchors(const Words& a, const Words& b) {
    const Runs in_a = runs_of(a);
    const Runs in_b = runs_of(b);
    constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();
    std::vector<std::size_t> place_in_b(a.size(), nowhere);
    for (auto x = in_a.begin(), y = in_b.begin(); x != in_a.end() && y != in_b.end();) {
        if (x->first == y->first) place_in_b[x->second] = y->second;
        const bool forward_y = y->first <= x->first;
        if (x->first <= y->first) ++x;
        if (forward_y) ++y;
    }
    std::vector<Anchor> anchors;
    for (std::size_t at = 0; at < a.size(); ++at)
        if (place_in_b[at] != nowhere) anchors.push_back({at, place_in_b[at]});
    return anchors;
}

// The longest chain that ascends in both texts (patience sorting).
std::vector<Anchor> longest_chain(const std::vector<Anchor>& anchors) {
    std::vector<std::size_t> tops;
    std::vector<std::size_t> before(anchors.size(), anchors.size());
    for (std::size_t i = 0; i < anchors.size(); ++i) {
        const auto pile =
            std::ranges::lower_bound(tops, anchors[i].b, {}, [&](std::size_t top) { return anchors[top].b; });
        if (pile != tops.begin()) before[i] = *(pile - 1);
        if (pile == tops.end())
            tops.push_back(i);
        else
            *pile = i;
    }
    std::vector<Anchor> chain;
    for (std::size_t i = tops.empty() ? anchors.size() : tops.back(); i < anchors.size(); i = before[i])
        chain.push_back(anchors[i]);
    std::ranges::reverse(chain);
    return chain;
}

double weight(const Words& words, std::size_t begin, std::size_t end) {
    std::size_t halves = 0;
    for (std::size_t i = begin; i < end; ++i) halves += words[i].unspaced ? 1 : 2;
    return static_cast<double>(halves) / 2;
}

// What stands in one text only, of the two stretches that lie between the same runs.
struct Difference {
    std::vector<std::uint32_t> numbers, names;
};

Difference only_in(const Words& words, std::size_t begin, std::size_t end, const Words& others,
                   std::size_t from, std::size_t to) {
    std::vector<std::uint32_t> there;
    for (std::size_t i = from; i < to; ++i) there.push_back(others[i].hash);
    std::ranges::sort(there);
    Difference found;
    for (std::size_t i = begin; i < end; ++i) {
        const text::Word& word = words[i];
        if (std::ranges::binary_search(there, word.hash)) continue;
        if (word.number) found.numbers.push_back(word.hash);
        if (word.capital && !word.begins_sentence) found.names.push_back(word.hash);
    }
    return found;
}

// As long as a name or a term.
bool is_chinese_word(const Words& words, std::size_t begin, std::size_t end) {
    return end - begin >= 2 && end - begin <= 6 &&
           std::all_of(words.begin() + static_cast<std::ptrdiff_t>(begin),
                       words.begin() + static_cast<std::ptrdiff_t>(end),
                       [](const text::Word& word) { return word.unspaced; });
}

// Walks the shared runs from left to right and adds up what lies in them and between them.
class Alignment {
  public:
    Alignment(const Words& a, const Words& b, Likeness& likeness) : a_(a), b_(b), likeness_(likeness) {}

    void run() {
        widen({0, 0});
        for (const Anchor& anchor : longest_chain(common_anchors(a_, b_)))
            if (anchor.a >= end_.a && anchor.b >= end_.b) widen(anchor);
        widen({a_.size(), b_.size()});
        if (!any_) return;
        beginning();
        ending();
    }

  private:
    void widen(Anchor begin) {
        Anchor end = begin;
        while (begin.a > end_.a && begin.b > end_.b && equal(begin.a - 1, begin.b - 1)) --begin.a, --begin.b;
        while (end.a < a_.size() && end.b < b_.size() && equal(end.a, end.b)) ++end.a, ++end.b;
        if (end.a == begin.a) return;
        if (any_)
            between(end_, begin);
        else
            begin_ = begin;
        any_ = true;
        if (!is_run_ && (end.a - begin.a >= run_words || end.a == a_.size() || end.b == b_.size()))
            first_run(begin);
        likeness_.shared += weight(a_, begin.a, end.a);
        for (std::size_t i = begin.a; i < end.a; ++i) {
            likeness_.numbers += a_[i].number ? 1 : 0;
            likeness_.figures += text::is_figure(a_[i]) ? 1 : 0;
        }
        end_ = end;
    }

    bool equal(std::size_t a, std::size_t b) const { return a_[a].hash == b_[b].hash; }

    void first_run(Anchor begin) {
        is_run_ = true;
        const double in_a = weight(a_, 0, begin.a);
        const double in_b = weight(b_, 0, begin.b);
        likeness_.skipped = a_.size() > b_.size()   ? in_a
                            : b_.size() > a_.size() ? in_b
                                                    : std::max(in_a, in_b);
    }

    // Not of the story: a dateline, a byline, an agency's name; before much that is the same, any passage.
    void beginning() {
        const bool is_short = std::min(weight(a_, 0, begin_.a), weight(b_, 0, begin_.b)) <= byline_words;
        const bool is_passage = a_[begin_.a].begins_sentence && b_[begin_.b].begins_sentence;
        if (!is_short && !(is_passage && likeness_.shared >= much)) between({0, 0}, begin_);
        if (is_short && others({0, 0}, begin_).numbers > 0) likeness_.other_day = true;
    }

    // Another ending is a passage like any other, unless it ends the same sentence.
    void ending() {
        if (end_.a == a_.size() || end_.b == b_.size()) return;
        if (!a_[end_.a].begins_sentence && !b_[end_.b].begins_sentence) between(end_, {a_.size(), b_.size()});
    }

    struct Others {
        std::size_t numbers = 0;
        double names = 0;
    };

    Others others(Anchor from, Anchor to) const {
        const Difference in_a = only_in(a_, from.a, to.a, b_, from.b, to.b);
        const Difference in_b = only_in(b_, from.b, to.b, a_, from.a, to.a);
        Others found{std::min(in_a.numbers.size(), in_b.numbers.size()), 0};
        if (!in_a.names.empty() && !in_b.names.empty())
            found.names = 1;
        else if (is_chinese_word(a_, from.a, to.a) && is_chinese_word(b_, from.b, to.b))
            found.names = 0.5;
        return found;
    }

    void between(Anchor from, Anchor to) {
        if (from.a == to.a || from.b == to.b) return;
        ++likeness_.edits;
        const Others found = others(from, to);
        if (std::max(weight(a_, 0, to.a), weight(b_, 0, to.b)) <= dateline_words) {
            likeness_.other_day = likeness_.other_day || found.numbers > 0;
            return;
        }
        likeness_.other_numbers += found.numbers;
        likeness_.other_names += found.names;
    }

    const Words& a_;
    const Words& b_;
    Likeness& likeness_;
    Anchor begin_, end_;
    bool any_ = false;
    bool is_run_ = false;
};

// All numbers and seven words of eight are the same.
bool titles_agree(const Words& a, const Words& b) {
    const auto hashes_of = [](const Words& words, bool only_numbers) {
        std::vector<std::uint32_t> hashes;
        for (const text::Word& word : words)
            if (word.number || !only_numbers) hashes.push_back(word.hash);
        std::ranges::sort(hashes);
        return hashes;
    };
    if (hashes_of(a, true) != hashes_of(b, true)) return false;
    std::vector<std::uint32_t> both;
    const auto in_a = hashes_of(a, false);
    const auto in_b = hashes_of(b, false);
    std::ranges::set_intersection(in_a, in_b, std::back_inserter(both));
    return both.size() * 8 >= std::max(a.size(), b.size()) * 7;
}

}  // namespace

Story story_of(const index::Document& document) {
    return {text::words_of(document.title, longest_story), text::words_of(document.body, longest_story)};
}

double length_of(const Words& words) {
    return weight(words, 0, words.size());
}

Likeness compare(const Story& a, const Story& b) {
    Likeness likeness;
    const double in_a = length_of(a.body);
    const double in_b = length_of(b.body);
    likeness.shorter = std::min(in_a, in_b);
    likeness.longer = std::max(in_a, in_b);
    likeness.titles = titles_agree(a.title, b.title);
    Alignment(a.body, b.body, likeness).run();
    return likeness;
}

bool says_little(double words, std::size_t figures) {
    constexpr double few_words = 30;
    return words < few_words || static_cast<double>(figures) * 3 > words;
}

bool is_same_story(const Likeness& likeness) {
    constexpr double words_a_fact = 150;
    constexpr double words_a_day = 60;
    constexpr double words_an_edit = 20;
    constexpr double most_skipped = 0.2;  // of the longer text
    const double shared = likeness.shared;
    const auto others = static_cast<double>(likeness.other_numbers);
    const auto numbers = static_cast<double>(likeness.numbers);
    const double facts = others + likeness.other_names;
    if (likeness.other_day && shared < words_a_day) return false;
    if (says_little(likeness.shorter, 0) || says_little(shared, likeness.figures))
        return likeness.titles && facts == 0 && shared > 0 && shared >= 0.9 * likeness.longer;
    const bool begins_alike = likeness.skipped <= most_skipped * likeness.longer;
    const double least = facts == 0 && likeness.edits <= 1 && begins_alike ? 0.65 : 0.75;
    if (shared < least * likeness.shorter || shared < 0.42 * likeness.longer) return false;
    if (facts * words_a_fact > shared || others * 3 > numbers) return false;
    if (static_cast<double>(likeness.edits) * words_an_edit > shared) return false;
    return likeness.shorter * 3 >= likeness.longer * 2 || begins_alike;
}

}  // namespace izde::clip
