// What to look for, in terms the index holds. It says nothing of what the user typed and nothing
// of Xapian, so tests can evaluate it by brute force and compare.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace izde::index {

// Where a word must stand. Without a field it may stand in title or body, and never in the furniture.
enum class Field : std::uint8_t { title, boilerplate };

// Values documents carry that a query can demand exactly.
enum class Facet : std::uint8_t { lang, source, author, place, format, path };

struct Query;

struct Nothing {};     // matches no document
struct Everything {};  // matches every document
struct Word {          // matches by any form of any tier; what the tiers score adds up
    struct Tier {
        std::vector<std::string> forms;  // exact spellings, counted as one word
        double weight = 1.0;
    };
    std::vector<Tier> tiers;
    std::optional<Field> in;
};
struct Prefix {  // stands for the most frequent words that begin so
    std::string folded;
    std::optional<Field> in;
    std::size_t most = 64;
};
struct Phrase {  // at consecutive positions, each by one of its spellings
    std::vector<std::vector<std::string>> words;
    std::optional<Field> in;
};
struct Near {  // all within a window of `window` words beyond their number, in any order
    std::vector<std::vector<std::string>> words;
    std::uint32_t window = 10;
    std::optional<Field> in;
};
struct Has {  // compared as analysed text, so without case and accents; of several authors, one is enough
    enum class Extent : std::uint8_t { whole, words } extent = Extent::whole;  // the value, or words of it
    Facet facet = Facet::lang;
    std::string value;
};
struct Member {  // of a group of near-duplicates
    std::string group;
};
struct Identified {  // the one document with that id
    std::string id;
};
struct Titled {  // by this and nothing more, compared as analysed text; adds a lot to the score
    std::string title;
};
struct Dated {  // inclusive, "YYYY", "YYYY-MM" or "YYYY-MM-DD"; empty: open
    std::string from, to;
    bool undated = false;  // whether documents without a date match as well
};
struct AllOf {  // `boost` parts are not required but raise the score
    std::vector<Query> parts, none_of, boost;
};
struct AnyOf {
    std::vector<Query> parts;
};
struct Same {  // matches by any of its parts, which count as one word
    std::vector<Query> of;
};
struct Only {  // matches like `what`, adds nothing to the score
    std::vector<Query> what;
};
struct Scaled {
    std::vector<Query> what;
    double factor = 1.0;
};

struct Query {
    std::variant<Nothing, Everything, Word, Prefix, Phrase, Near, Has, Member, Identified, Titled, Dated,
                 AllOf, AnyOf, Same, Only, Scaled>
        node;
};

// One line for tests, logs and "parsed" in answers.
std::string to_string(const Query& query);

}  // namespace izde::index
