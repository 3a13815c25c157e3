// A footer stands at an end of every document that has it, while a phrase of stories stands anywhere;
// that and the number of documents tell them apart.
#include "clip/repetition.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>

#include "izde/text/words.hpp"

#include "clip/hashes.hpp"

namespace izde::clip {
namespace {

constexpr std::size_t run_words = 3;
constexpr std::size_t most_words = 120;   // of a line; longer ones are the story's
constexpr std::size_t most_units = 2000;  // looked at, of one document
constexpr std::size_t fewest_units = 4;   // of a document whose ends tell anything
constexpr std::size_t head_units = 2;
constexpr std::size_t tail_units = 3;
constexpr std::size_t longest_judged = 400;  // bytes of a line that rules are asked about
constexpr std::size_t farthest = 12;         // lines from an end
constexpr std::uint16_t fewest_documents = 4;
constexpr std::size_t smallest_line = 4;  // bytes; "***" and "2" say nothing

std::uint64_t mixed(std::uint64_t bits) {
    bits ^= bits >> 33;
    bits *= 0xff51afd7ed558ccdULL;
    bits ^= bits >> 33;
    bits *= 0xc4ceb9fe1a85ec53ULL;
    return bits ^ (bits >> 33);
}

std::uint64_t run_of(std::span<const text::Word> words) {
    std::uint64_t run = words.size();
    for (const text::Word& word : words) run = mixed(run * 31 + word.hash);
    return run;
}

// Appends the runs of a line; a line of fewer words is one run.
void put_runs(std::string_view line, std::vector<std::uint64_t>& runs) {
    if (line.size() < smallest_line) return;
    const auto all = text::words_of(line, most_words + 1);
    if (all.empty() || all.size() > most_words) return;
    const std::span<const text::Word> words(all);
    if (words.size() < run_words) return runs.push_back(run_of(words));
    for (std::size_t at = 0; at + run_words <= words.size(); ++at)
        runs.push_back(run_of(words.subspan(at).first<run_words>()));
}

// It has no more of them than words: a byte at least stands between two, or one of them is a character of
// three.
std::size_t most_runs_in(std::string_view line) {
    return std::min(most_words, (line.size() + 1) / 2);
}

// The first and last lines, not counting those that rules know as furniture.
std::vector<bool> ends_of(Units& units) {
    std::vector<bool> ends(units.size(), false);
    const auto mark = [&](std::size_t step, std::size_t at, std::size_t wanted) {
        for (std::size_t looked = 0; wanted > 0 && looked < farthest && at < units.size();
             ++looked, at += step) {
            ends[at] = true;
            if (units[at].text.size() > longest_judged || !units.is_furniture(at)) --wanted;
        }
    };
    mark(1, 0, head_units);
    mark(static_cast<std::size_t>(-1), units.size() - 1, tail_units);
    return ends;
}

// A number of the units that repeat, with one more of them.
std::uint64_t with_unit(std::uint64_t number, std::size_t unit) {
    return (number ^ (unit + 1)) * 0x9E3779B97F4A7C15u;
}

// A line at an end, among Runs::ends: which unit it is, how many runs it has, and these.
struct EndHead {
    std::uint32_t unit = 0, runs = 0;
};

// Calls `take` with each line of Runs::ends, its unit and its runs, until that says false; whether all were
// taken, and nothing was left over.
template <class Take>
bool each_end(std::string_view ends, Take take) {
    std::vector<std::uint64_t> runs;
    while (!ends.empty()) {
        EndHead head;
        if (ends.size() < sizeof head) return false;
        std::memcpy(&head, ends.data(), sizeof head);
        ends.remove_prefix(sizeof head);
        const std::size_t bytes = head.runs * sizeof runs[0];
        if (ends.size() < bytes || head.runs > most_words) return false;
        runs.resize(head.runs);
        std::memcpy(runs.data(), ends.data(), bytes);
        ends.remove_prefix(bytes);
        if (!take(head.unit, runs)) return false;
    }
    return true;
}

void put_end(std::string& out, std::size_t unit, std::span<const std::uint64_t> runs) {
    const EndHead head{static_cast<std::uint32_t>(unit), static_cast<std::uint32_t>(runs.size())};
    out.append(reinterpret_cast<const char*>(&head), sizeof head);
    out.append(reinterpret_cast<const char*>(runs.data()), runs.size() * sizeof runs[0]);
}

}  // namespace

std::optional<bool> Rarity::is_at_most(std::uint16_t count) const {
    if (count >= most) return true;
    if (count < least) return false;
    return std::nullopt;
}

void Rarity::learn(std::uint16_t count, bool is_at_most) {
    if (is_at_most)
        most = std::min(most, count);
    else
        least = std::max<std::uint16_t>(least, static_cast<std::uint16_t>(count + 1));
}

void Rarity::note(std::uint16_t count, bool is_at_most) {
    if (is_at_most)
        not_above = std::min(not_above, count);
    else
        above = std::max(above, count);
}

void Rarity::widen(const Drift& drift) {
    least = drift.at_least(least);
    most = drift.at_most(most);
}

Repetition::Repetition() = default;

Repetition::Runs Repetition::runs_of(const index::Document& document) {
    Runs found;
    Units units(document.body);
    if (units.size() < 2) return found;
    const auto ends = ends_of(units);
    const bool counts = units.size() >= fewest_units;
    for (std::size_t at = 0; at < units.size(); ++at) {
        if (!ends[at] && (at > most_units || !counts)) continue;
        const std::size_t before = found.anywhere.size();
        put_runs(units[at].text, found.anywhere);
        if (!ends[at]) continue;
        const auto runs = std::span<const std::uint64_t>(found.anywhere).subspan(before);
        if (!runs.empty()) put_end(found.ends, at, runs);
        if (counts) found.at_ends.insert(found.at_ends.end(), runs.begin(), runs.end());
    }
    if (!counts) found.anywhere.clear();
    keep_once(found.anywhere);
    keep_once(found.at_ends);
    return found;
}

void Repetition::add(const Runs& runs) {
    now_.anywhere.change(runs.anywhere, true);
    now_.at_ends.change(runs.at_ends, true);
}

void Repetition::take_off(const Runs& runs) {
    now_.anywhere.change(runs.anywhere, false);
    now_.at_ends.change(runs.at_ends, false);
}

// In how many documents the rarest quarter of a text stands: 1, but for reprints. Reads no more of the text,
// which must stay, than is asked about.
class Repetition::Usual {
  public:
    Usual(const Counts& counts, const Units& units) : counts_(&counts) {
        for (std::size_t at = 0; at < std::min(units.size(), most_units); ++at) {
            unread_.push_back(units[at].text);
            most_runs_ += most_runs_in(units[at].text);
        }
        std::ranges::reverse(unread_);
    }

    bool is_at_most(std::size_t count) {
        std::size_t seen = 0;
        for (std::size_t at = 0; seen * 4 < most_runs_; ++at) {
            if (at == lines_.size() && !unread_.empty()) read();
            if (at == lines_.size()) return false;
            if (lines_[at].middle_count <= count) seen += lines_[at].runs;
        }
        return true;
    }

  private:
    struct Line {
        std::size_t runs;
        std::uint16_t middle_count;  // of them
    };

    void read() {
        runs_.clear();
        put_runs(unread_.back(), runs_);
        most_runs_ -= most_runs_in(unread_.back()) - runs_.size();
        unread_.pop_back();
        lines_.push_back({runs_.size(), runs_.empty() ? std::uint16_t{0} : middle_count()});
    }

    std::uint16_t middle_count() {
        counted_.clear();
        for (const std::uint64_t run : runs_) counted_.push_back(counts_->of(run));
        const auto middle = counted_.begin() + static_cast<std::ptrdiff_t>(counted_.size() / 2);
        std::ranges::nth_element(counted_, middle);
        return *middle;
    }

    const Counts* counts_;
    std::vector<std::string_view> unread_;  // the next one last
    std::vector<Line> lines_;               // those that were read
    std::size_t most_runs_ = 0;             // of all lines; right once all are read
    std::vector<std::uint64_t> runs_;       // of the line at hand
    std::vector<std::uint16_t> counted_;
};

// In how many documents a run stands at an end, and hardly anywhere else; 0 where they are few.
std::uint16_t Repetition::count_at_ends(std::uint64_t run, const Tables& tables) {
    if (!tables.at_ends.is_at_least(run, fewest_documents)) return 0;
    const std::uint16_t at_ends = tables.at_ends.of(run);
    return at_ends * 5 >= tables.anywhere.of(run) * 4 ? at_ends : std::uint16_t{0};
}

// The same of half of a line's runs.
std::optional<std::uint16_t> Repetition::count_at_ends(std::span<const std::uint64_t> runs,
                                                       const Tables& tables) {
    std::vector<std::uint16_t> counts;
    std::size_t others = 0;
    for (const std::uint64_t run : runs) {
        if (const std::uint16_t count = count_at_ends(run, tables); count > 0)
            counts.push_back(count);
        else if (++others * 2 > runs.size())
            return std::nullopt;
    }
    if (runs.empty()) return std::nullopt;
    const auto half = counts.begin() + static_cast<std::ptrdiff_t>((runs.size() + 1) / 2 - 1);
    std::ranges::nth_element(counts, half, std::greater<>());
    return *half;
}

namespace {

// A line that stands in so many documents repeats, if the rest of the text stands in so few.
std::uint16_t rest_may_stand_in(std::uint16_t count) {
    return static_cast<std::uint16_t>((count - 2) / 2);
}

// Most texts stand in fewer documents than these: asked first, they answer for many lines and many nights.
constexpr std::array<std::uint16_t, 2> asked_first{2, 16};

}  // namespace

// How rare a text is, asked of the text itself where it is not known.
class Repetition::Asking {
  public:
    using Make = std::function<std::optional<Usual>()>;
    Asking(Rarity& rarity, Make make) : rarity_(rarity), make_(std::move(make)) {}

    // Nothing: the text is not to be had.
    std::optional<bool> is_at_most(std::uint16_t count) {
        if (!rarity_.is_at_most(count)) {
            if (!usual_) usual_ = make_();
            if (!usual_) return std::nullopt;
            for (const std::uint16_t first : asked_first)
                if (first < count) learn(first);
            learn(count);
        }
        const auto is = rarity_.is_at_most(count);
        rarity_.note(count, *is);
        return is;
    }

  private:
    void learn(std::uint16_t count) {
        if (!rarity_.is_at_most(count)) rarity_.learn(count, usual_->is_at_most(count));
    }

    Rarity& rarity_;
    Make make_;
    std::optional<Usual> usual_;
};

std::vector<bool> Repetition::judge(Units& units, Rarity& rarity) const {
    std::vector<bool> furniture(units.size(), false);
    rarity = {};
    if (units.size() < 2) return furniture;
    Asking asking(rarity, [&] { return Usual(now_.anywhere, units); });
    const auto ends = ends_of(units);
    std::vector<std::uint64_t> runs;
    for (std::size_t at = 0; at < units.size(); ++at) {
        if (!ends[at]) continue;
        runs.clear();
        put_runs(units[at].text, runs);
        const auto count = count_at_ends(runs, now_);
        furniture[at] = count && *asking.is_at_most(rest_may_stand_in(*count));
    }
    return furniture;
}

std::vector<bool> Repetition::judge(Units& units) const {
    Rarity ignored;
    return judge(units, ignored);
}

std::uint64_t Repetition::number_of(const std::vector<bool>& repeats) {
    std::uint64_t number = 0;
    for (std::size_t at = 0; at < repeats.size(); ++at)
        if (repeats[at]) number = with_unit(number, at);
    return number;
}

std::optional<std::uint64_t> Repetition::judge(std::string_view ends, Rarity& rarity,
                                               const Body& body) const {
    std::uint64_t number = 0;
    rarity.above = 0;
    rarity.not_above = Rarity::none;
    Asking asking(rarity, [&]() -> std::optional<Usual> {
        const auto text = body();
        if (!text) return std::nullopt;
        return Usual(now_.anywhere, Units(*text));
    });
    const bool is_told = each_end(ends, [&](std::size_t unit, const std::vector<std::uint64_t>& runs) {
        const auto count = count_at_ends(runs, now_);
        const auto repeats = count ? asking.is_at_most(rest_may_stand_in(*count)) : std::optional(false);
        if (repeats == true) number = with_unit(number, unit);
        return repeats.has_value();
    });
    return is_told ? std::optional(number) : std::nullopt;
}

void Repetition::compare_with_before() {
    if (!before_) return;
    drift_ = Drift(before_->anywhere, now_.anywhere);
    const SlotChanges::Tables at_ends{before_->at_ends, now_.at_ends};
    changed_.add(at_ends, at_ends, fewest_documents);
    changed_.add({before_->anywhere, now_.anywhere}, at_ends, fewest_documents);
}

bool Repetition::is_as_before(std::uint64_t run) const {
    return !changed_.may_concern(run) || count_at_ends(run, *before_) == count_at_ends(run, now_);
}

bool Repetition::may_judge_differently(std::string_view ends, Rarity& rarity) const {
    if (!before_ || !rarity.answers_as_before()) return true;
    Asking asking(rarity, [] { return std::optional<Usual>(); });
    const auto repeats = [&](std::span<const std::uint64_t> runs, const Tables& tables) {
        const auto count = count_at_ends(runs, tables);
        return count ? asking.is_at_most(rest_may_stand_in(*count)) : std::optional(false);
    };
    return !each_end(ends, [&](std::size_t, const std::vector<std::uint64_t>& runs) {
        if (std::ranges::all_of(runs, [&](std::uint64_t run) { return is_as_before(run); })) return true;
        const auto before = repeats(runs, *before_);
        return before && repeats(runs, now_) == before;
    });
}

Result<void> Repetition::write(indexer::Tape& tape) const {
    for (const Counts* counts : {&now_.anywhere, &now_.at_ends}) {
        std::string bytes;
        counts->write(bytes);
        if (auto added = tape.add(bytes); !added) return added;
    }
    return {};
}

std::optional<Repetition> Repetition::read(std::string_view bytes) {
    Repetition read;
    for (Counts* counts : {&read.now_.anywhere, &read.now_.at_ends}) {
        auto some = Counts::read(bytes);
        if (!some) return std::nullopt;
        *counts = *std::move(some);
    }
    if (!bytes.empty()) return std::nullopt;
    read.before_ = read.now_;
    return read;
}

}  // namespace izde::clip
