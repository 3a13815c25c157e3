// All units are followed at once, a bit for each of their terms (the Shift-And algorithm): a bit is
// set while the terms of its unit up to it match the tokens up to here. So a query of many phrases
// costs no more than one of few.
#include "search/matching.hpp"

#include <algorithm>
#include <bit>
#include <string>

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

}  // namespace

// Follows the units through one text.
class Search {
  public:
    Search(const Finder& finder, std::span<const text::Token> tokens)
        : finder_(finder), tokens_(tokens), alive_(finder.starts_.size()), matched_(alive_.size()),
          // Enough for any sensible text and query, and a bound for the others.
          max_matches_(1000 + 4 * tokens.size()), last_match_(finder.wanted().units.size(), nowhere) {}

    std::vector<Match> run() {
        firsts_.reserve(tokens_.size());
        matches_.reserve(std::min(tokens_.size(), max_matches_));
        std::uint32_t position = 0;
        for (std::size_t at = 0; at < tokens_.size();) {
            std::size_t end = at + 1;
            while (end < tokens_.size() && tokens_[end].position == tokens_[at].position) ++end;
            if (tokens_[at].position != position + 1) clear(alive_);
            position = tokens_[at].position;
            firsts_.push_back(at);
            step(at, end);
            at = end;
        }
        const auto begin = [](const Match& match) { return match.span.begin; };
        if (!std::ranges::is_sorted(matches_, {}, begin)) std::ranges::stable_sort(matches_, {}, begin);
        return std::move(matches_);
    }

  private:
    static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

    // The tokens of one position.
    void step(std::size_t first, std::size_t end) {
        clear(matched_);
        bool any = false;
        for (std::size_t at = first; at < end; ++at) any |= finder_.look_up(tokens_[at], matched_);
        if (!any) return clear(alive_);
        std::uint64_t carry = 0;
        for (std::size_t i = 0; i < alive_.size(); ++i) {
            const std::uint64_t shifted = alive_[i] << 1 | carry;
            carry = alive_[i] >> (word_bits - 1);
            alive_[i] = (shifted | finder_.starts_[i]) & matched_[i];
            for (std::uint64_t ended = alive_[i] & finder_.ends_[i]; ended != 0; ended &= ended - 1)
                add(i * word_bits + static_cast<std::size_t>(std::countr_zero(ended)), first, end);
        }
    }

    void add(std::size_t bit, std::size_t first, std::size_t end) {
        const std::size_t unit = finder_.unit_of_bit_[bit];
        const std::size_t begins = firsts_[firsts_.size() - finder_.wanted().units[unit].terms.size()];
        const std::size_t begin = tokens_[begins].span.begin;
        const std::size_t ends = last_of_match(bit, first, end);
        const std::size_t span_end = tokens_[ends].span.end;
        const std::size_t last = last_match_[unit];
        if (last != nowhere && begin < matches_[last].span.end) {
            matches_[last].span.end = std::max(matches_[last].span.end, span_end);
            return;
        }
        if (matches_.size() >= max_matches_) return;
        last_match_[unit] = matches_.size();
        matches_.push_back({unit, {begin, span_end}, span_end, begins, ends});
    }

    // Which of the tokens of one position ends the match.
    std::size_t last_of_match(std::size_t bit, std::size_t first, std::size_t end) const {
        std::size_t last = first;
        for (std::size_t at = first + 1; at < end; ++at) {
            Bits found(alive_.size());
            finder_.look_up(tokens_[at], found);
            if (test(found, bit) && tokens_[at].span.end > tokens_[last].span.end) last = at;
        }
        return last;
    }

    const Finder& finder_;
    std::span<const text::Token> tokens_;
    Bits alive_, matched_;
    std::size_t max_matches_;
    std::vector<std::size_t> last_match_;
    std::vector<std::size_t> firsts_;  // the first token of each position so far
    std::vector<Match> matches_;
};

Finder::Finder(const query::Wanted& wanted) : wanted_(&wanted), units_(distinct_units(wanted)) {
    for (const std::size_t unit : units_)
        unit_of_bit_.insert(unit_of_bit_.end(), wanted.units[unit].terms.size(), unit);
    starts_ = ends_ = Bits((unit_of_bit_.size() + word_bits - 1) / word_bits);
    std::size_t bit = 0;
    for (const std::size_t unit : units_) {
        set(starts_, bit);
        for (const query::WantedTerm& term : wanted.units[unit].terms) learn(term, bit++);
        set(ends_, bit - 1);
    }
}

void Finder::learn(const query::WantedTerm& term, std::size_t bit) {
    const auto add = [&](Table& table, std::string_view key) {
        if (!key.empty()) set(table.try_emplace(key, Bits(starts_.size())).first->second, bit);
    };
    for (const std::string& form : term.forms) {
        add(forms_, form);
        sieve_.add(form);
    }
    add(prefixes_, term.prefix);
    sieve_.add_beginning(term.prefix);
    if (!term.prefix.empty()) prefix_lengths_.insert(term.prefix.size());
}

// The terms that match a token.
bool Finder::look_up(const text::Token& token, Bits& found) const {
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

std::vector<Match> Finder::find(std::span<const text::Token> tokens) const {
    if (unit_of_bit_.empty() || tokens.empty()) return {};
    return Search(*this, tokens).run();
}

}  // namespace izde::search
