// After Lavrenko and Croft, "Relevance-based language models" (SIGIR 2001). Figures: docs/ranking.md.
#include "index/feedback.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "izde/text/utf8.hpp"

#include "index/entry.hpp"
#include "index/term_table.hpp"

namespace izde::index {
namespace {

constexpr unsigned shared_by = 3;  // as many of them must have a word
constexpr std::size_t most_words = 30;
constexpr double most_documents = 0.2;  // a word in more of them says nothing

// What the best word counts where the last of them scores like the first.
constexpr double factor = 0.4;
constexpr double least_factor = 0.02;

// Of a longer text only its beginning is analysed. Nearly all news are shorter.
constexpr std::size_t read_bytes = 8u << 10;

struct Shared {
    double weight = 0;
    unsigned matches = 0;
    Xapian::docid last = 0;  // of them
};
using Found = std::unordered_map<std::string, Shared>;

// Words are the terms without a prefix; a single character says too little.
bool is_word(std::string_view term) {
    if (term.front() >= 'A' && term.front() <= 'Z') return false;
    const bool single = static_cast<unsigned char>(term.front()) >= 0xE0 && term.size() <= 4;
    return !single || (static_cast<unsigned char>(term.front()) < 0xF0 && term.size() > 3);
}

// Finds the words of one match.
class MatchWords final : public EntrySink {
  public:
    MatchWords(Xapian::docid match, double share, Found& found)
        : match_(match), share_(share), found_(found) {}
    std::uint32_t number_of(std::string_view term) override { return terms_.number_of(term); }
    void numbers_of(std::span<const text::Token> tokens, std::vector<std::uint32_t>& numbers) override {
        terms_.numbers_of(tokens, numbers);
    }
    void add_posting(std::uint32_t number, std::uint32_t, std::uint32_t wdf) override {
        const std::string_view term = terms_.term(number);
        if (!is_word(term)) return;
        Shared& word = found_[std::string(term)];
        word.weight += share_ * wdf;
        if (std::exchange(word.last, match_) != match_) ++word.matches;
    }
    void add_boolean_term(std::string_view) override {}
    void add_value(std::uint32_t, std::string_view) override {}
    void set_data(std::string_view) override {}

  private:
    Xapian::docid match_;
    double share_;
    Found& found_;
    TermTable terms_;
};

void find_words(const Texts& texts, Xapian::docid match, double weight, Found& found) {
    const auto peeked = texts.stored.peek(match);
    auto document = texts.stored.document(match, read_bytes + 1);
    if (!peeked || !document) return;
    double length = std::max<double>(texts.database.get_doclength(match), 1);
    if (const std::size_t whole = peeked->body_bytes; whole > read_bytes) {
        document->body.resize(text::code_point_begin(document->body, read_bytes));
        length *= static_cast<double>(read_bytes) / static_cast<double>(whole);
    }
    MatchWords words(match, weight / length, found);
    give_words(*document, words);
}

using Words = std::vector<std::pair<double, std::string>>;

// As much of the limit may be used for them, the rest is for the search itself.
constexpr double part_of_time = 0.25;

// None where time runs out.
Words shared_words(std::span<const Ranked> best, const std::function<bool(const std::string&)>& is_asked,
                   const Texts& texts, const Deadline* deadline) {
    Found found;
    for (const Ranked& match : best) {
        if (has_passed(deadline, part_of_time)) return {};
        find_words(texts, match.document, match.score, found);
    }
    const double documents = texts.database.get_doccount();
    Words words;
    for (const auto& [term, shared] : found) {
        if (shared.matches < shared_by || is_asked(term)) continue;
        if (has_passed(deadline, part_of_time)) return {};
        const double having = texts.database.get_termfreq(term);
        if (having > most_documents * documents) continue;
        words.emplace_back(shared.weight * std::log((documents - having + 0.5) / (having + 0.5)), term);
    }
    std::ranges::sort(words, [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    if (words.size() > most_words) words.resize(most_words);
    return words;
}

}  // namespace

Query with_feedback(const Query& query, std::span<const Ranked> best,
                    const std::function<bool(const std::string&)>& is_asked, const Texts& texts,
                    const Deadline* deadline) {
    if (best.size() < feedback_matches || best.front().score <= 0) return query;
    const double scale = factor * std::pow(best.back().score / best.front().score, 3);
    if (scale < least_factor) return query;
    AllOf raised{{query}, {}, {}};
    const Words words = shared_words(best, is_asked, texts, deadline);
    for (const auto& [weight, term] : words)
        raised.boost.push_back({Word{{{{term}, scale * weight / words.front().first}}, {}}});
    return raised.boost.empty() ? query : Query{std::move(raised)};
}

}  // namespace izde::index
