// Why a query finds a document, or at which step it does not.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "izde/deadline.hpp"
#include "izde/index/document.hpp"
#include "izde/index/query.hpp"
#include "izde/index/reader.hpp"
#include "izde/result.hpp"

#include "query/lookup.hpp"
#include "query/parse.hpp"
#include "query/resolve.hpp"
#include "query/warnings.hpp"
#include "search/cuts.hpp"

namespace izde::search {

struct Request;

struct Snapshot {  // the generation that answered
    std::string generation, built_at;
    std::uint64_t documents = 0;
};

// What was looked for, by how far it is from what was typed: "exact", "accents" (other accents), "stem"
// (another form of the word), "variant" (another spelling or name), "typo", "phrase", "prefix".
struct Sought {
    std::string tier;
    std::vector<std::string> forms;  // the first of them
};

struct Finding {
    std::string form;   // as the document has it, without case
    std::string tier;   // as in Sought
    std::string where;  // title body boilerplate
    std::size_t times = 0;
    friend bool operator==(const Finding&, const Finding&) = default;
};

// A part of the query and what the document has of it.
struct Asked {
    std::string text;                          // as it was read
    std::vector<std::string> tokens;           // what analysis made of it: spellings without case
    std::string folded;                        // of a word: without accents
    std::map<std::string, std::string> stems;  // of a word: language → stem
    bool stop = false;                         // carries grammar only, so that a document may lack it
    bool excluded = false;                     // it must not be there
    std::vector<Sought> sought;
    std::vector<Finding> found;
    bool passes = false;    // the document is as this part wants it
    std::string failed_at;  // a step, for people; empty: at none
};

// A filter of the request, or a field of the query.
struct Passed {
    std::string name;    // lang source author place format path date
    std::string wanted;  // "2022..2023", "kk or ru"; with a minus before it: anything else
    std::string has;     // the document's; empty: nothing
    bool passes = false;
};

struct Explanation {
    Snapshot index;
    index::Document document;  // without texts
    std::string parsed;
    std::vector<query::Warning> warnings;  // of the search
    bool timed_out = false;                // the warnings say what is missing
    bool matches = false;                  // whether a search without folding finds it
    bool all_of_it = false;                // whether it has all that was asked for
    double score = 0;                      // 0 unless it matches
    std::optional<std::uint64_t> rank;     // from 1; none: not shown by itself, or too deep to tell
    std::string shown_as;                  // the near-duplicate that stands for it; empty: none
    std::uint64_t total = 0;               // of the search
    std::vector<Asked> words;
    std::vector<Passed> filters;
    std::string summary;  // one or two sentences
};

// What a search made of a query.
struct Searched {
    const query::Parsed& parsed;
    const index::Query& chosen;             // the reading that answers, with the filters
    const index::Refinement& refinement;    // of that reading
    const index::Query& strict;             // as it was typed, with the filters
    const std::vector<query::Unit>& units;  // of its plain words
    const std::vector<query::Expansion>& expansions;
    std::uint64_t total = 0;
    const Deadline& deadline;
    Cuts& cuts;  // learns of its own
};

// `document` must be one of the reader's. Costs a search for each part of the query, in this one
// document, and the analysis of its text.
Result<Explanation> explain(const index::Reader& reader, const query::Lexicon& lexicon,
                            const Request& request, const Searched& searched, index::Document document);

}  // namespace izde::search
