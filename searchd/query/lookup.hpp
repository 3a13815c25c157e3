// What the words of a query are in the index that is asked.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "izde/deadline.hpp"
#include "izde/index/query.hpp"
#include "izde/index/vocabulary.hpp"
#include "izde/names/aliases.hpp"
#include "izde/text/token.hpp"

#include "query/wanted.hpp"
#include "query/warnings.hpp"

namespace izde::query {

using Tokens = std::vector<text::Token>;
using Spellings = std::vector<std::vector<std::string>>;  // of a phrase: those of each word

// The index that is asked: its words, and the languages of its documents.
struct Lexicon {
    const index::Vocabulary& vocabulary;
    std::vector<std::string> languages;
    const names::Aliases* aliases = nullptr;  // null: only what was typed is looked for
    bool typos = false;                       // whether words the index lacks are taken for near ones
    const Deadline* deadline = nullptr;       // null: takes as long as it takes
    Warnings* warnings = nullptr;             // where to say what was left out; null: nowhere

    // Of words that were looked up, by their exact spelling: each step of understanding a query asks anew.
    // One thread uses a Lexicon.
    mutable std::map<std::string, std::vector<std::string>, std::less<>> forms = {};
};

// A part of what was typed that a document may be required to have.
struct Unit {
    Tokens tokens;  // as typed
    index::Query query;
    bool weighs = true;                 // whether `query` scores, or only `partial` and `boost`
    std::vector<index::Query> partial;  // what else may match when not all units are required
    std::vector<index::Query> boost;    // what raises the score, and makes nothing match
    std::vector<WantedUnit> wanted;
    bool stop = false;  // carries grammar only
};

// A query's language is rarely known, so each word is looked up in every language the index holds.
class Lookup {
  public:
    explicit Lookup(const Lexicon& lexicon) : lexicon_(lexicon) {}

    // How a text may spell a token that must stand as such: with other accents.
    std::vector<std::string> spelt(const text::Token& token) const;
    Spellings spelt(const Tokens& tokens) const;

    bool is_stop_word(std::string_view folded) const;

    // The spellings of all forms of a word, in every language it may be of; the word itself as well.
    std::vector<std::string> forms(const text::Token& token) const;

    // Those that the index has: none for a word it lacks, or a pair of which it lacks a character.
    std::vector<std::string> known_forms(const text::Token& token) const;
    bool is_known(const text::Token& token) const;  // whether there are any

    const index::Vocabulary& vocabulary() const { return lexicon_.vocabulary; }

    void tell(Trouble trouble, std::string_view about) const;

    // Whether what is only looked for beside what was typed must be left out, so that time is left to
    // search; tells so.
    bool is_out_of_time() const;

    // A word with all its forms.
    Unit word(const text::Token& token, std::optional<index::Field> in) const;

    // Of forms and spellings, the first ones that all the words of a query may still have: each reads a list
    // of documents, and holds memory while it does. A word has a few in any case.
    void cut_forms(std::vector<std::string>& forms, std::string_view word) const;

  private:
    bool carries_grammar(const text::Token& token) const;
    const std::vector<std::string>& forms(const text::Token& token,
                                          const std::vector<std::string>& spellings) const;
    std::vector<std::string> looked_up(const text::Token& token,
                                       const std::vector<std::string>& spellings) const;
    // `all` becomes false where something was left out, which was told.
    std::vector<std::string> with_stems_of(const text::Token& token,
                                           const std::vector<std::string>& spellings, bool& all) const;
    bool has_parts(const text::Token& run) const;

    const Lexicon& lexicon_;
    mutable std::size_t forms_left_ = 1536;  // one thread uses a Lookup
};

// What a document must have of a unit, and what that scores.
index::Query required(const Unit& unit);

// The tokens of consecutive positions, as phrases are made of: at each position the pair, or the
// word or character where there is none; the last character of a run says nothing its pair did not.
Tokens chain(const Tokens& tokens);

// A phrase, or the word where it has only one.
index::Query to_query(index::Phrase phrase);
WantedUnit to_wanted(const Spellings& words);

}  // namespace izde::query
