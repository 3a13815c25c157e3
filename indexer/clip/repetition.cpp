// A footer stands at an end of every document that has it, while a phrase of stories stands anywhere;
// that and the number of documents tell them apart.
#include "clip/repetition.hpp"

#include <algorithm>
#include <limits>
#include <optional>

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
std::vector<std::uint64_t> runs_of(std::string_view line) {
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

void Repetition::count(Counts& counts, std::uint64_t run) const {
    for (std::uint16_t* slot : {&counts[run % slots], &counts[slots + (run >> 32) % slots]})
        if (*slot < std::numeric_limits<std::uint16_t>::max()) ++*slot;
}

std::uint16_t Repetition::count_of(const Counts& counts, std::uint64_t run) const {
    return std::min(counts[run % slots], counts[slots + (run >> 32) % slots]);
}

void Repetition::see(const index::Document& document) {
    Units units(document.body);
    if (units.size() < fewest_units) return;
    std::vector<std::uint64_t> anywhere;
    std::vector<std::uint64_t> at_ends;
    const auto ends = ends_of(units);
    for (std::size_t at = 0; at < units.size(); ++at) {
        if (at > most_units && !ends[at]) continue;
        const auto runs = runs_of(units[at].text);
        anywhere.insert(anywhere.end(), runs.begin(), runs.end());
        if (ends[at]) at_ends.insert(at_ends.end(), runs.begin(), runs.end());
    }
    make_unique(anywhere);
    make_unique(at_ends);
    for (const std::uint64_t run : anywhere) count(anywhere_, run);
    for (const std::uint64_t run : at_ends) count(at_ends_, run);
}

// In how many documents the rarest quarter of the text stands: 1, but for reprints.
std::uint16_t Repetition::usual_count(const Units& units) const {
    std::vector<std::pair<std::uint16_t, std::size_t>> counts;
    std::size_t total = 0;
    for (std::size_t at = 0; at < std::min(units.size(), most_units); ++at) {
        auto runs = runs_of(units[at].text);
        if (runs.empty()) continue;
        std::vector<std::uint16_t> found;
        for (const std::uint64_t run : runs) found.push_back(count_of(anywhere_, run));
        std::ranges::nth_element(found, found.begin() + static_cast<std::ptrdiff_t>(found.size() / 2));
        counts.emplace_back(found[found.size() / 2], runs.size());
        total += runs.size();
    }
    std::ranges::sort(counts);
    std::size_t seen = 0;
    for (const auto& [count, size] : counts)
        if ((seen += size) * 4 >= total) return count;
    return 0;
}

bool Repetition::is_furniture(std::string_view line, std::uint16_t usual) const {
    const auto runs = runs_of(line);
    const std::size_t fewest = std::max<std::size_t>(fewest_documents, 2u * usual + 2u);
    const auto repeats = static_cast<std::size_t>(std::ranges::count_if(runs, [&](std::uint64_t run) {
        const std::size_t at_ends = count_of(at_ends_, run);
        return at_ends >= fewest && at_ends * 5 >= count_of(anywhere_, run) * std::size_t{4};
    }));
    return !runs.empty() && repeats * 2 >= runs.size();
}

std::vector<bool> Repetition::judge(Units& units) const {
    std::vector<bool> furniture(units.size(), false);
    if (units.size() < 2) return furniture;
    std::optional<std::uint16_t> usual;
    const auto ends = ends_of(units);
    for (std::size_t at = 0; at < units.size(); ++at) {
        // Of what does not repeat in few documents the usual count need not be known.
        if (!ends[at] || !is_furniture(units[at].text, 0)) continue;
        if (!usual) usual = usual_count(units);
        furniture[at] = is_furniture(units[at].text, *usual);
    }
    return furniture;
}

}  // namespace izde::clip
