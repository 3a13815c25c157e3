#include "search/suggest.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "izde/text/analyze.hpp"
#include "izde/text/letters.hpp"
#include "izde/text/utf8.hpp"

#include "query/parse.hpp"
#include "query/resolve.hpp"

namespace izde::search {
namespace {

using index::Vocabulary;

constexpr std::size_t most_titles = 5;
constexpr std::size_t words_looked_at = 64;  // of those that begin so
constexpr std::size_t searches = 12;         // that one answer may take
constexpr std::uint32_t titles_looked_at = 24;
constexpr std::size_t longest_typed = 512;  // bytes
constexpr std::size_t longest_title = 200;  // bytes

// What is typed, cut before its last word.
struct Typed {
    std::string_view before, last;
    std::string folded;  // of the last word; empty: there is none to complete
};

Typed cut(std::string_view typed, const std::vector<text::Token>& tokens) {
    if (tokens.empty()) return {typed, {}, {}};
    const text::Token& last = tokens.back();
    if (last.kind != text::TokenKind::word || last.span.end != typed.size()) return {typed, {}, {}};
    return {typed.substr(0, last.span.begin), typed.substr(last.span.begin), last.folded};
}

// By what two suggestions are the same.
std::string key_of(std::string_view text) {
    std::string key;
    for (const text::Token& token : text::analyze(text, "und"))
        if (token.kind != text::TokenKind::pair) key.append(token.folded).append(" ");
    return key;
}

class Completer {
  public:
    Completer(const index::Reader& reader, const names::Aliases* aliases, const Deadline& deadline)
        : reader_(reader), lexicon_{reader.vocabulary(), reader.languages(), aliases}, deadline_(deadline) {
        lexicon_.deadline = &deadline;
    }

    bool timed_out() const { return timed_out_; }

    Result<std::vector<Suggestion>> run(std::string_view typed, std::size_t limit) {
        const auto tokens = text::analyze(typed, "und");
        if (tokens.empty()) return std::vector<Suggestion>();
        seen_.insert(key_of(typed));
        auto words = words_of(cut(typed, tokens), limit);
        if (!words) return words;
        auto titles = titles_of(tokens, typed, std::min(most_titles, (limit + 1) / 2));
        if (!titles) return titles;
        words->resize(std::min(words->size(), limit - titles->size()));
        std::ranges::move(*titles, std::back_inserter(*words));
        return words;
    }

  private:
    // The most frequent words that begin so; a form of one that is there already says nothing new.
    std::vector<Vocabulary::Word> candidates(const std::string& folded) const {
        std::vector<Vocabulary::Word> words;
        for (const std::string& exact : reader_.vocabulary().completions(folded, words_looked_at))
            if (auto word = reader_.vocabulary().find(exact)) words.push_back(*std::move(word));
        std::erase_if(words, [](const Vocabulary::Word& word) { return word.occurrences == 0; });
        std::ranges::stable_sort(words, std::ranges::greater{}, &Vocabulary::Word::occurrences);
        std::vector<Vocabulary::Word> different;
        std::set<std::string> forms;
        const query::Lookup lookup(lexicon_);
        for (Vocabulary::Word& word : words) {
            if (different.size() == searches) break;
            const auto tokens = text::analyze(word.exact, "und");
            if (tokens.size() != 1 || forms.contains(word.exact)) continue;
            for (std::string& form : lookup.known_forms(tokens.front())) forms.insert(std::move(form));
            different.push_back(std::move(word));
        }
        return different;
    }

    Result<std::vector<Suggestion>> words_of(const Typed& typed, std::size_t limit) {
        std::vector<Suggestion> found;
        if (typed.folded.empty()) return found;
        const bool alone = text::analyze(typed.before, "und").empty();
        for (const Vocabulary::Word& word : candidates(typed.folded)) {
            if (found.size() == limit || is_out_of_time()) break;
            const std::string text =
                std::string(typed.before) + (word.name ? text::with_capital(word.exact) : word.exact);
            if (seen_.contains(key_of(text))) continue;
            if (!alone) {
                const auto finds = finds_something(text);
                if (!finds) return fail(finds.error());
                if (!*finds) continue;
            }
            seen_.insert(key_of(text));
            found.push_back({text, {}});
        }
        return found;
    }

    Result<bool> finds_something(const std::string& text) const {
        const query::Resolved resolved = query::resolve(query::parse(text).syntax, lexicon_);
        const auto matches = reader_.match({index::Only{{resolved.strict}}},
                                           {.limit = 1, .counted = false, .deadline = &deadline_});
        if (!matches) return fail(matches.error());
        return !matches->items.empty();
    }

    // Of plain words only: what other syntax asks for is not for titles to say.
    std::optional<query::Syntax> in_titles(const std::vector<text::Token>& tokens,
                                           std::string_view typed) const {
        const query::Parsed parsed = query::parse(typed);
        const auto& asked = std::get<query::All>(parsed.syntax.node);
        if (asked.of.empty() || !asked.none_of.empty()) return std::nullopt;
        query::All all;
        for (const query::Syntax& part : asked.of) {
            if (!std::holds_alternative<query::Word>(part.node)) return std::nullopt;
            all.of.push_back({query::Scoped{"title", {part}}});
        }
        const bool open = tokens.back().span.end == typed.size();
        auto& last = std::get<query::Scoped>(all.of.back().node).of.front();
        if (open) last = {query::Begins{std::get<query::Word>(last.node).text}};
        return query::Syntax{std::move(all)};
    }

    Result<std::vector<Suggestion>> titles_of(const std::vector<text::Token>& tokens, std::string_view typed,
                                              std::size_t limit) {
        std::vector<Suggestion> found;
        const auto syntax = in_titles(tokens, typed);
        if (!syntax) return found;
        const query::Resolved resolved = query::resolve(*syntax, lexicon_);
        const auto matches = reader_.match(
            resolved.strict, {.limit = titles_looked_at, .counted = false, .deadline = &deadline_});
        if (!matches) return fail(matches.error());
        timed_out_ = timed_out_ || !matches->complete;
        for (const index::Match& match : matches->items) {
            if (found.size() == limit || is_out_of_time()) break;
            auto document = reader_.fetch(match);
            if (!document) return fail(document.error());
            std::string title = text::collapse_spaces(document->title);
            if (title.size() > longest_title || !seen_.insert(key_of(title)).second) continue;
            found.push_back({std::move(title), document->id});
        }
        return found;
    }

    bool is_out_of_time() { return timed_out_ = timed_out_ || deadline_.passed(); }

    const index::Reader& reader_;
    query::Lexicon lexicon_;
    const Deadline& deadline_;
    bool timed_out_ = false;
    std::set<std::string> seen_;
};

}  // namespace

Result<Suggestions> completions(const index::Reader& reader, std::string_view typed,
                                const names::Aliases* aliases, std::size_t limit, const Deadline& deadline) {
    Suggestions suggestions;
    if (typed.size() > longest_typed) return suggestions;
    Completer completer(reader, aliases, deadline);
    auto items = completer.run(typed, limit);
    if (!items) return fail(items.error());
    suggestions.items = *std::move(items);
    suggestions.timed_out = completer.timed_out();
    return suggestions;
}

}  // namespace izde::search
