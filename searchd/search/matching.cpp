// All units are followed at once, a bit for each of their terms (the Shift-And algorithm): a bit is
// set while the terms of its unit up to it match the tokens up to here. So a query of many phrases
// costs no more than one of few.
#include "search/matching.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <set>
#include <string>
#include <unordered_map>

namespace izde::search {
namespace {

using Bits = std::vector<std::uint64_t>;
constexpr std::size_t word_bits = 64;

// Bounds memory, which grows with the square. No allowed query comes near.
constexpr std::size_t max_terms = 4096;

void set(Bits& bits, std::size_t bit) {
    bits[bit / word_bits] |= std::uint64_t{1} << (bit % word_bits);
}

bool test(const Bits& bits, std::size_t bit) {
    return (bits[bit / word_bits] >> (bit % word_bits) & 1) != 0;
}

void merge(Bits& into, const Bits& bits) {
    for (std::size_t i = 0; i < into.size(); ++i) into[i] |= bits[i];
}

void clear(Bits& bits) {
    std::ranges::fill(bits, 0);
}

// The units to follow: no equal ones, none that could match nothing or everything.
std::vector<std::size_t> distinct_units(const query::Wanted& wanted) {
    std::vector<std::size_t> distinct;
    std::set<std::string> seen;
    std::size_t terms = 0;
    for (std::size_t unit = 0; unit < wanted.units.size(); ++unit) {
        std::string key;
        bool usable = !wanted.units[unit].terms.empty();
        for (const query::WantedTerm& term : wanted.units[unit].terms) {
            usable = usable && (!term.forms.empty() || !term.prefix.empty());
            key += term.prefix + "\x01";
            for (const std::string& form : term.forms) key += form + "\x02";
        }
        terms += wanted.units[unit].terms.size();
        if (terms > max_terms) break;
        if (usable && seen.insert(key).second) distinct.push_back(unit);
    }
    return distinct;
}

class Matcher {
  public:
    explicit Matcher(const query::Wanted& wanted) : wanted_(wanted) {
        const std::vector<std::size_t> units = distinct_units(wanted);
        for (const std::size_t unit : units)
            unit_of_bit_.insert(unit_of_bit_.end(), wanted.units[unit].terms.size(), unit);
        const Bits none((unit_of_bit_.size() + word_bits - 1) / word_bits);
        starts_ = ends_ = alive_ = matched_ = none;
        std::size_t bit = 0;
        for (const std::size_t unit : units) {
            set(starts_, bit);
            for (const query::WantedTerm& term : wanted.units[unit].terms) learn(term, bit++, none);
            set(ends_, bit - 1);
        }
        last_match_.assign(wanted.units.size(), nowhere);
    }

    std::vector<Match> run(std::span<const text::Token> tokens) {
        if (unit_of_bit_.empty()) return {};
        // Enough for any sensible text and query, and a bound for the others.
        max_matches_ = 1000 + 4 * tokens.size();
        std::uint32_t position = 0;
        for (std::size_t at = 0; at < tokens.size();) {
            std::size_t end = at + 1;
            while (end < tokens.size() && tokens[end].position == tokens[at].position) ++end;
            if (tokens[at].position != position + 1) clear(alive_);
            position = tokens[at].position;
            begins_.push_back(tokens[at].span.begin);
            step(tokens.subspan(at, end - at));
            at = end;
        }
        std::ranges::stable_sort(matches_, {}, [](const Match& match) { return match.span.begin; });
        return std::move(matches_);
    }

  private:
    static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

    using Table = std::unordered_map<std::string_view, Bits>;

    void learn(const query::WantedTerm& term, std::size_t bit, const Bits& none) {
        const auto add = [&](Table& table, std::string_view key) {
            if (!key.empty()) set(table.try_emplace(key, none).first->second, bit);
        };
        for (const std::string& form : term.forms) add(forms_, form);
        add(prefixes_, term.prefix);
        if (!term.prefix.empty()) prefix_lengths_.insert(term.prefix.size());
    }

    // The terms that match a token.
    bool look_up(const text::Token& token, Bits& found) const {
        bool any = false;
        const auto look = [&](const Table& table, std::string_view key) {
            if (table.empty()) return;
            const auto entry = table.find(key);
            if (entry == table.end()) return;
            merge(found, entry->second);
            any = true;
        };
        look(forms_, token.exact);
        for (const std::size_t length : prefix_lengths_) {
            if (length > token.folded.size()) break;
            // The single character is there as well, and lights up no more than itself.
            if (token.kind == text::TokenKind::pair && length != token.folded.size()) continue;
            look(prefixes_, std::string_view(token.folded).substr(0, length));
        }
        return any;
    }

    // `same_position` are the tokens of one position.
    void step(std::span<const text::Token> same_position) {
        clear(matched_);
        bool any = false;
        for (const text::Token& token : same_position) any |= look_up(token, matched_);
        if (!any) return clear(alive_);
        std::uint64_t carry = 0;
        for (std::size_t i = 0; i < alive_.size(); ++i) {
            const std::uint64_t shifted = alive_[i] << 1 | carry;
            carry = alive_[i] >> (word_bits - 1);
            alive_[i] = (shifted | starts_[i]) & matched_[i];
            for (std::uint64_t ended = alive_[i] & ends_[i]; ended != 0; ended &= ended - 1)
                add(i * word_bits + static_cast<std::size_t>(std::countr_zero(ended)), same_position);
        }
    }

    void add(std::size_t bit, std::span<const text::Token> same_position) {
        const std::size_t unit = unit_of_bit_[bit];
        const std::size_t begin = begins_[begins_.size() - wanted_.units[unit].terms.size()];
        const std::size_t end = end_of_match(bit, same_position);
        const std::size_t last = last_match_[unit];
        if (last != nowhere && begin < matches_[last].span.end) {
            matches_[last].span.end = std::max(matches_[last].span.end, end);
            return;
        }
        if (matches_.size() >= max_matches_) return;
        last_match_[unit] = matches_.size();
        matches_.push_back({unit, {begin, end}, end});
    }

    std::size_t end_of_match(std::size_t bit, std::span<const text::Token> same_position) const {
        if (same_position.size() == 1) return same_position[0].span.end;
        std::size_t end = 0;
        for (const text::Token& token : same_position) {
            Bits found(alive_.size());
            look_up(token, found);
            if (test(found, bit)) end = std::max(end, token.span.end);
        }
        return end;
    }

    const query::Wanted& wanted_;
    Table forms_, prefixes_;
    std::set<std::size_t> prefix_lengths_;
    std::vector<std::size_t> unit_of_bit_;
    Bits starts_, ends_;  // the first and last terms of units
    Bits alive_, matched_;
    std::vector<std::size_t> begins_;  // where each position so far begins
    std::vector<std::size_t> last_match_;
    std::size_t max_matches_ = 0;
    std::vector<Match> matches_;
};

}  // namespace

std::vector<Match> find_matches(std::span<const text::Token> tokens, const query::Wanted& wanted) {
    return Matcher(wanted).run(tokens);
}

}  // namespace izde::search
