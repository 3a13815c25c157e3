// A footer stands at an end of every document that has it, while a phrase of stories stands anywhere;
// that and the number of documents tell them apart.
#include "clip/repetition.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
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

// A number of the units that repeat, with one more of them.
std::uint64_t with_unit(std::uint64_t number, std::size_t unit) {
    return (number ^ (unit + 1)) * 0x9E3779B97F4A7C15u;
}

void make_unique(std::vector<std::uint64_t>& runs) {
    std::ranges::sort(runs);
    runs.erase(std::unique(runs.begin(), runs.end()), runs.end());
}

// Varints: a count, or 0 and how many slots in a row have none.
void put_number(std::string& out, std::uint64_t number) {
    for (; number > 0x7F; number >>= 7) out += static_cast<char>(number | 0x80);
    out += static_cast<char>(number);
}

std::optional<std::uint64_t> take_number(std::string_view& bytes) {
    std::uint64_t number = 0;
    for (unsigned shift = 0; shift < 64 && !bytes.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        number |= std::uint64_t{byte & 0x7Fu} << shift;
        if (byte < 0x80) return number;
    }
    return std::nullopt;
}

constexpr std::uint16_t full = std::numeric_limits<std::uint16_t>::max();

// A line at an end, among Runs::ends: which unit it is, how many runs it has, and these.
struct EndHead {
    std::uint32_t unit = 0, runs = 0;
};

void put_end(std::string& out, std::size_t unit, const std::vector<std::uint64_t>& runs) {
    const EndHead head{static_cast<std::uint32_t>(unit), static_cast<std::uint32_t>(runs.size())};
    out.append(reinterpret_cast<const char*>(&head), sizeof head);
    out.append(reinterpret_cast<const char*>(runs.data()), runs.size() * sizeof runs[0]);
}

}  // namespace

void Rarity::widen(std::uint16_t by) {
    least = static_cast<std::uint16_t>(least - std::min(least, by));
    most = static_cast<std::uint16_t>(most + std::min<int>(full - most, by));
}

Repetition::Repetition() : anywhere_{std::vector<std::uint16_t>(2 * slots), {}}, at_ends_(anywhere_) {}

void Repetition::Counts::change(std::uint64_t run, bool add) {
    for (const std::size_t slot : {run % slots, slots + (run >> 32) % slots}) {
        std::uint16_t& count = few[slot];
        if (add && count < full) {
            ++count;
        } else if (add) {
            ++more[slot];
        } else if (const auto rest = count < full ? more.end() : more.find(slot); rest != more.end()) {
            if (--rest->second == 0) more.erase(rest);
        } else if (count > 0) {
            --count;
        }
    }
}

std::uint16_t Repetition::Counts::of(std::uint64_t run) const {
    return std::min(few[run % slots], few[slots + (run >> 32) % slots]);
}

// Most runs are rare, and one look into a table that fits no cache tells.
bool Repetition::Counts::is_at_least(std::uint64_t run, std::uint16_t count) const {
    return few[run % slots] >= count && few[slots + (run >> 32) % slots] >= count;
}

Repetition::Runs Repetition::runs_of(const index::Document& document) {
    Runs found;
    Units units(document.body);
    if (units.size() < 2) return found;
    const auto ends = ends_of(units);
    const bool counts = units.size() >= fewest_units;
    for (std::size_t at = 0; at < units.size(); ++at) {
        if (!ends[at] && (at > most_units || !counts)) continue;
        const auto runs = runs_in(units[at].text);
        if (ends[at] && !runs.empty()) put_end(found.ends, at, runs);
        if (!counts) continue;
        found.anywhere.insert(found.anywhere.end(), runs.begin(), runs.end());
        if (ends[at]) found.at_ends.insert(found.at_ends.end(), runs.begin(), runs.end());
    }
    make_unique(found.anywhere);
    make_unique(found.at_ends);
    return found;
}

void Repetition::add(const Runs& runs) {
    for (const std::uint64_t run : runs.anywhere) anywhere_.change(run, true);
    for (const std::uint64_t run : runs.at_ends) at_ends_.change(run, true);
}

void Repetition::take_off(const Runs& runs) {
    for (const std::uint64_t run : runs.anywhere) anywhere_.change(run, false);
    for (const std::uint64_t run : runs.at_ends) at_ends_.change(run, false);
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
        for (const std::uint64_t run : runs) found.push_back(counts_.of(run));
        const auto middle = found.begin() + static_cast<std::ptrdiff_t>(found.size() / 2);
        std::ranges::nth_element(found, middle);
        return *middle;
    }

    const Counts& counts_;
    std::vector<std::vector<std::uint64_t>> units_;  // their runs
    std::size_t total_ = 0;
};

// In how many documents half of a line's runs stand at an end, and hardly anywhere else.
std::optional<std::uint16_t> Repetition::count_at_ends(std::span<const std::uint64_t> runs) const {
    std::vector<std::uint16_t> counts;
    for (const std::uint64_t run : runs) {
        if (!at_ends_.is_at_least(run, fewest_documents)) continue;
        const std::uint16_t at_ends = at_ends_.of(run);
        if (at_ends * 5 >= anywhere_.of(run) * 4) counts.push_back(at_ends);
    }
    if (runs.empty() || counts.size() * 2 < runs.size()) return std::nullopt;
    const auto half = counts.begin() + static_cast<std::ptrdiff_t>((runs.size() + 1) / 2 - 1);
    std::ranges::nth_element(counts, half, std::greater<>());
    return *half;
}

namespace {

// A line that stands in so many documents repeats, if the rest of the text stands in so few.
std::uint16_t rest_may_stand_in(std::uint16_t count) {
    return static_cast<std::uint16_t>((count - 2) / 2);
}

// Most texts stand in fewer documents than this: asked first, it answers for many lines and many nights.
constexpr std::uint16_t asked_first = 16;

}  // namespace

std::vector<bool> Repetition::judge(Units& units, Rarity& rarity) const {
    std::vector<bool> furniture(units.size(), false);
    rarity = {};
    if (units.size() < 2) return furniture;
    std::optional<Usual> usual;  // known once a line asks for it
    const auto is_at_most = [&](std::uint16_t count) {
        if (count >= rarity.most) return true;
        if (count < rarity.least) return false;
        if (!usual) usual.emplace(anywhere_, units);
        const bool is = usual->is_at_most(count);
        if (is)
            rarity.most = count;
        else
            rarity.least = static_cast<std::uint16_t>(count + 1);
        return is;
    };
    const auto ends = ends_of(units);
    for (std::size_t at = 0; at < units.size(); ++at) {
        const auto count = ends[at] ? count_at_ends(runs_in(units[at].text)) : std::nullopt;
        if (!count) continue;
        const std::uint16_t most = rest_may_stand_in(*count);
        furniture[at] = (most > asked_first && is_at_most(asked_first)) || is_at_most(most);
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

std::optional<std::uint64_t> Repetition::judge(std::string_view ends, const Rarity& rarity) const {
    std::uint64_t number = 0;
    std::vector<std::uint64_t> runs;
    while (!ends.empty()) {
        EndHead head;
        if (ends.size() < sizeof head) return std::nullopt;
        std::memcpy(&head, ends.data(), sizeof head);
        ends.remove_prefix(sizeof head);
        const std::size_t bytes = head.runs * sizeof runs[0];
        if (ends.size() < bytes || head.runs > most_words) return std::nullopt;
        runs.resize(head.runs);
        std::memcpy(runs.data(), ends.data(), bytes);
        ends.remove_prefix(bytes);
        const auto count = count_at_ends(runs);
        if (!count) continue;
        const std::uint16_t most = rest_may_stand_in(*count);
        if (most >= rarity.most)
            number = with_unit(number, head.unit);
        else if (most >= rarity.least)
            return std::nullopt;
    }
    return number;
}

std::uint16_t Repetition::drift() const {
    int most = 0;
    for (std::size_t slot = 0; slot < anywhere_before_.size(); ++slot)
        most = std::max(most, std::abs(anywhere_.few[slot] - anywhere_before_[slot]));
    return static_cast<std::uint16_t>(most);
}

void Repetition::write(const Counts& counts, indexer::Tape& tape, Result<void>& outcome) {
    constexpr std::size_t piece_bytes = 64u << 10;
    std::string out;
    for (std::size_t slot = 0; outcome && slot < counts.few.size();) {
        if (counts.few[slot] > 0) {
            const auto more = counts.few[slot] < full ? counts.more.end() : counts.more.find(slot);
            put_number(out, counts.few[slot] + (more == counts.more.end() ? 0 : more->second));
            ++slot;
        } else {
            const std::size_t begin = slot;
            while (slot < counts.few.size() && counts.few[slot] == 0) ++slot;
            out += '\0';
            put_number(out, slot - begin);
        }
        if (out.size() >= piece_bytes || slot == counts.few.size()) {
            outcome = tape.add(out);
            out.clear();
        }
    }
}

Result<void> Repetition::write(indexer::Tape& tape) const {
    Result<void> outcome;
    write(anywhere_, tape, outcome);
    write(at_ends_, tape, outcome);
    return outcome;
}

std::optional<Repetition> Repetition::read(std::string_view bytes) {
    Repetition read;
    for (Counts* counts : {&read.anywhere_, &read.at_ends_}) {
        for (std::size_t slot = 0; slot < counts->few.size();) {
            const auto count = take_number(bytes);
            const auto none = count == 0u ? take_number(bytes) : 0u;
            if (!count || !none || (*count == 0 && (*none == 0 || *none > counts->few.size() - slot)))
                return std::nullopt;
            if (*count == 0) {
                slot += *none;
                continue;
            }
            counts->few[slot] = static_cast<std::uint16_t>(std::min<std::uint64_t>(*count, full));
            if (*count > full) counts->more[slot] = *count - full;
            ++slot;
        }
    }
    if (!bytes.empty()) return std::nullopt;
    read.anywhere_before_ = read.anywhere_.few;
    return read;
}

}  // namespace izde::clip
