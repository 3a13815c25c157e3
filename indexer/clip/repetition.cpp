// A footer stands at an end of every document that has it, while a phrase of stories stands anywhere;
// that and the number of documents tell them apart.
#include "clip/repetition.hpp"

#include <algorithm>
#include <functional>
#include <limits>

#include "izde/text/words.hpp"

namespace izde::clip {
namespace {

constexpr std::size_t slots = 1u << 21;  // of one row
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

// The runs of a line; a line of fewer words is one run.
std::vector<std::uint64_t> runs_in(std::string_view line) {
    std::vector<std::uint64_t> runs;
    if (line.size() < smallest_line) return runs;
    const auto words = text::words_of(line, most_words + 1);
    if (words.empty() || words.size() > most_words) return runs;
    const std::size_t length = std::min(run_words, words.size());
    for (std::size_t at = 0; at + length <= words.size(); ++at) {
        std::uint64_t run = length;
        for (std::size_t i = 0; i < length; ++i) run = mixed(run * 31 + words[at + i].hash);
        runs.push_back(run);
    }
    return runs;
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

void make_unique(std::vector<std::uint64_t>& runs) {
    std::ranges::sort(runs);
    runs.erase(std::unique(runs.begin(), runs.end()), runs.end());
}

}  // namespace

Repetition::Repetition() : anywhere_(2 * slots), at_ends_(2 * slots) {}

void Repetition::count(Counts& counts, std::uint64_t run) {
    for (std::uint16_t* slot : {&counts[run % slots], &counts[slots + (run >> 32) % slots]})
        if (*slot < std::numeric_limits<std::uint16_t>::max()) ++*slot;
}

std::uint16_t Repetition::count_of(const Counts& counts, std::uint64_t run) {
    return std::min(counts[run % slots], counts[slots + (run >> 32) % slots]);
}

Repetition::Runs Repetition::runs_of(const index::Document& document) {
    Runs found;
    Units units(document.body);
    if (units.size() < fewest_units) return found;
    const auto ends = ends_of(units);
    for (std::size_t at = 0; at < units.size(); ++at) {
        if (at > most_units && !ends[at]) continue;
        const auto runs = runs_in(units[at].text);
        found.anywhere.insert(found.anywhere.end(), runs.begin(), runs.end());
        if (ends[at]) found.at_ends.insert(found.at_ends.end(), runs.begin(), runs.end());
    }
    make_unique(found.anywhere);
    make_unique(found.at_ends);
    return found;
}

void Repetition::add(const Runs& runs) {
    for (const std::uint64_t run : runs.anywhere) count(anywhere_, run);
    for (const std::uint64_t run : runs.at_ends) count(at_ends_, run);
}

// In how many documents the rarest quarter of a text stands: 1, but for reprints.
class Repetition::Usual {
  public:
    Usual(const Counts& counts, const Units& units) : counts_(counts) {
        for (std::size_t at = 0; at < std::min(units.size(), most_units); ++at) {
            auto runs = runs_in(units[at].text);
            if (runs.empty()) continue;
            total_ += runs.size();
            units_.push_back(std::move(runs));
        }
    }

    bool is_at_most(std::size_t count) const {
        std::size_t seen = 0;
        for (const auto& runs : units_) {
            if (seen * 4 >= total_) break;
            if (middle_count(runs) <= count) seen += runs.size();
        }
        return seen * 4 >= total_;
    }

  private:
    std::uint16_t middle_count(const std::vector<std::uint64_t>& runs) const {
        std::vector<std::uint16_t> found;
        found.reserve(runs.size());
        for (const std::uint64_t run : runs) found.push_back(count_of(counts_, run));
        const auto middle = found.begin() + static_cast<std::ptrdiff_t>(found.size() / 2);
        std::ranges::nth_element(found, middle);
        return *middle;
    }

    const Counts& counts_;
    std::vector<std::vector<std::uint64_t>> units_;  // their runs
    std::size_t total_ = 0;
};

// In how many documents half of the line's runs stand at an end, and hardly anywhere else.
std::optional<std::uint16_t> Repetition::count_at_ends(std::string_view line) const {
    const auto runs = runs_in(line);
    std::vector<std::uint16_t> counts;
    for (const std::uint64_t run : runs) {
        const std::uint16_t at_ends = count_of(at_ends_, run);
        if (at_ends >= fewest_documents && at_ends * 5 >= count_of(anywhere_, run) * 4)
            counts.push_back(at_ends);
    }
    if (runs.empty() || counts.size() * 2 < runs.size()) return std::nullopt;
    const auto half = counts.begin() + static_cast<std::ptrdiff_t>((runs.size() + 1) / 2 - 1);
    std::ranges::nth_element(counts, half, std::greater<>());
    return *half;
}

std::vector<bool> Repetition::judge(Units& units) const {
    std::vector<bool> furniture(units.size(), false);
    if (units.size() < 2) return furniture;
    std::optional<Usual> usual;  // known once a line asks for it
    const auto ends = ends_of(units);
    for (std::size_t at = 0; at < units.size(); ++at) {
        const auto count = ends[at] ? count_at_ends(units[at].text) : std::nullopt;
        if (!count) continue;
        if (!usual) usual.emplace(anywhere_, units);
        furniture[at] = usual->is_at_most((*count - 2u) / 2);
    }
    return furniture;
}

}  // namespace izde::clip
