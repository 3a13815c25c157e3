#include "search/excerpt.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "izde/index/vocabulary.hpp"
#include "izde/text/utf8.hpp"

#include "search/passages.hpp"

namespace izde::search {
namespace {

using Positions = std::vector<std::uint32_t>;

// Of each spelling; where nothing but one word is wanted, the first ones will do.
constexpr std::size_t most_positions = 1u << 16, most_alone = 256;

// Looking a spelling up costs about as much as reading so many bytes.
constexpr std::size_t bytes_a_spelling = 4096, few_spellings = 64;

// Of the words that begin alike, as many are looked for.
constexpr std::size_t most_beginnings = 64;

// Parts that are read for one snippet; where positions tell no lies, one.
constexpr std::size_t most_parts = 4;

// Where nothing is to be shown, the beginning is.
constexpr std::size_t beginning_bytes = 4096;

class Excerpt {
  public:
    Excerpt(const index::Reader& reader, const index::Peeked& peeked, const Finder& finder, std::size_t width)
        : reader_(reader), peeked_(peeked), finder_(finder), width_(width),
          is_one_word_(finder.units().size() == 1 &&
                       finder.wanted().units[finder.units().front()].terms.size() == 1) {}

    Result<std::optional<Marked>> make() {
        std::size_t spellings = 0;
        for (const std::size_t unit : finder_.units())
            for (const query::WantedTerm& term : finder_.wanted().units[unit].terms)
                spellings += term.forms.size() + (term.prefix.empty() ? 0 : most_beginnings);
        if (spellings > few_spellings + peeked_.body_bytes / bytes_a_spelling) return std::optional<Marked>();
        const auto passages = find();
        if (!passages) return fail(passages.error());
        auto best = passages->empty() ? beginning() : best_of(*passages);
        if (!best) return fail(best.error());
        return std::optional(std::move(best->shown));
    }

  private:
    const std::vector<index::Milestone>& milestones() const { return peeked_.long_body.milestones; }

    Result<std::vector<Passage>> find();
    Result<std::vector<Standing>> standing();
    Result<Positions> positions_of(const query::WantedTerm& term);
    Result<void> add_positions(std::string_view spelling, Positions& to);

    Result<Snippet> best_of(const std::vector<Passage>& passages);
    Result<Snippet> beginning();
    Result<Snippet> cut(std::size_t first, std::size_t end);

    const index::Reader& reader_;
    const index::Peeked& peeked_;
    const Finder& finder_;
    std::size_t width_;
    bool is_one_word_;  // nothing else is wanted
};

Result<void> Excerpt::add_positions(std::string_view spelling, Positions& to) {
    if (spelling.empty()) return {};
    const auto positions = reader_.positions(peeked_, spelling, is_one_word_ ? most_alone : most_positions);
    if (!positions) return fail(positions.error());
    const auto before = static_cast<std::ptrdiff_t>(to.size());
    to.insert(to.end(), positions->begin(), positions->end());
    std::ranges::inplace_merge(to, to.begin() + before);
    return {};
}

Result<Positions> Excerpt::positions_of(const query::WantedTerm& term) {
    Positions positions;
    std::vector<std::string> beginnings;
    if (!term.prefix.empty()) beginnings = reader_.vocabulary().completions(term.prefix, most_beginnings);
    for (const auto* spellings : {&std::as_const(beginnings), &term.forms})
        for (const std::string& spelling : *spellings)
            if (const auto added = add_positions(spelling, positions); !added) return fail(added.error());
    positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
    return positions;
}

// Of words side by side, where the first one stands.
Positions side_by_side(const Positions& begun, std::size_t words, const Positions& next) {
    Positions both;
    for (const std::uint32_t begin : begun)
        if (std::ranges::binary_search(next, begin + static_cast<std::uint32_t>(words)))
            both.push_back(begin);
    return both;
}

Result<std::vector<Standing>> Excerpt::standing() {
    std::vector<Standing> all;
    for (const std::size_t unit : finder_.units()) {
        const query::WantedUnit& wanted = finder_.wanted().units[unit];
        Standing standing{{}, thousandths(wanted)};
        for (std::size_t i = 0; i < wanted.terms.size(); ++i) {
            auto positions = positions_of(wanted.terms[i]);
            if (!positions) return fail(positions.error());
            standing.positions =
                i == 0 ? *std::move(positions) : side_by_side(standing.positions, i, *positions);
            if (standing.positions.empty()) break;
        }
        all.push_back(std::move(standing));
    }
    return all;
}

Result<std::vector<Passage>> Excerpt::find() {
    const auto all = standing();
    if (!all) return fail(all.error());
    // A column takes three bytes at most, where a script takes two columns four.
    const std::size_t reach = 2 * width_;
    return find_passages(*all, peeked_.long_body, peeked_.body_bytes, reach, most_parts);
}

// Positions promise too much where words take more room than others, or where the title has told it already.
Result<Snippet> Excerpt::best_of(const std::vector<Passage>& passages) {
    std::optional<Snippet> best;
    for (const Passage& passage : passages) {
        if (best && !best->rank.told && -best->rank.missing_weight >= passage.weight) break;
        auto snippet = cut(passage.first, passage.last + 1);
        if (!snippet) return fail(snippet.error());
        if (!best || snippet->rank < best->rank) best = *std::move(snippet);
    }
    return *std::move(best);
}

Result<Snippet> Excerpt::beginning() {
    std::size_t end = 1;
    while (end < milestones().size() && milestones()[end].at < beginning_bytes + 4 * width_) ++end;
    return cut(0, end);
}

// Of what stands between two milestones, with enough around it.
Result<Snippet> Excerpt::cut(std::size_t first, std::size_t end) {
    constexpr std::size_t slack = 64;
    const std::size_t margin = 4 * width_ + slack, count = milestones().size();
    const auto at = [&](std::size_t milestone) {
        return milestone < count ? milestones()[milestone].at : peeked_.body_bytes;
    };
    const std::size_t begin_at = at(first), end_at = at(end);
    while (first > 0 && at(first) + margin > begin_at) --first;
    while (end < count && at(end) < end_at + margin) ++end;
    const auto& pieces = peeked_.long_body.pieces;
    const auto piece = [&](std::size_t byte) {
        return std::ranges::upper_bound(pieces, byte, {}, &index::Pieces::Piece::at) - pieces.begin();
    };
    const auto first_piece = static_cast<std::size_t>(piece(at(first)) - 1);
    const auto text = reader_.read(peeked_, first_piece, static_cast<std::size_t>(piece(at(end) - 1)));
    if (!text) return fail(text.error());
    const std::string_view part =
        std::string_view(*text).substr(at(first) - pieces[first_piece].at, at(end) - at(first));
    return make_snippet_of({part, first == 0, end == count}, peeked_.document.lang, finder_, width_,
                           peeked_.document.title);
}

}  // namespace

Result<std::optional<Marked>> make_excerpt(const index::Reader& reader, const index::Peeked& peeked,
                                           const Finder& finder, std::size_t width) {
    return Excerpt(reader, peeked, finder, width).make();
}

}  // namespace izde::search
