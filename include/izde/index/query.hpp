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

struct Nothing {  // matches no document
    bool operator==(const Nothing&) const = default;
};
struct Everything {  // matches every document
    bool operator==(const Everything&) const = default;
};
struct Word {  // matches by any form of any tier; what the tiers score adds up
    struct Tier {
        std::vector<std::string> forms;  // exact spellings, counted as one word
        double weight = 1.0;
        bool operator==(const Tier&) const = default;
    };
    std::vector<Tier> tiers;
    std::optional<Field> in;
    bool operator==(const Word&) const = default;
};
struct Prefix {  // stands for the most frequent words that begin so
    std::string folded;
    std::optional<Field> in;
    std::size_t most = 64;
    bool operator==(const Prefix&) const = default;
};
struct Phrase {  // at consecutive positions, each by one of its spellings
    std::vector<std::vector<std::string>> words;
    std::optional<Field> in;
    bool operator==(const Phrase&) const = default;
};
struct Near {  // all within a window of `window` words beyond their number, in any order
    std::vector<std::vector<std::string>> words;
    std::uint32_t window = 10;
    std::optional<Field> in;
    bool operator==(const Near&) const = default;
};
struct Has {  // compared as analysed text, so without case and accents; of several authors, one is enough
    enum class Extent : std::uint8_t { whole, words } extent = Extent::whole;  // the value, or words of it
    Facet facet = Facet::lang;
    std::string value;
    bool operator==(const Has&) const = default;
};
struct Member {  // of a group of near-duplicates
    std::string group;
    bool operator==(const Member&) const = default;
};
struct Identified {  // the one document with that id
    std::string id;
    bool operator==(const Identified&) const = default;
};
struct Titled {  // by this and nothing more, compared as analysed text; adds a lot to the score
    std::string title;
    bool operator==(const Titled&) const = default;
};
struct Dated {  // inclusive, "YYYY", "YYYY-MM" or "YYYY-MM-DD"; empty: open
    std::string from, to;
    bool undated = false;  // whether documents without a date match as well
    bool operator==(const Dated&) const = default;
};
struct AllOf {  // `boost` parts are not required but raise the score
    std::vector<Query> parts, none_of, boost;
    bool operator==(const AllOf&) const = default;
};
struct AnyOf {
    std::vector<Query> parts;
    bool operator==(const AnyOf&) const = default;
};
struct Same {  // matches by any of its parts, which count as one word
    std::vector<Query> of;
    bool operator==(const Same&) const = default;
};
struct Only {  // matches like `what`, adds nothing to the score
    std::vector<Query> what;
    bool operator==(const Only&) const = default;
};
struct Scaled {
    std::vector<Query> what;
    double factor = 1.0;
    bool operator==(const Scaled&) const = default;
};

struct Query {
    std::variant<Nothing, Everything, Word, Prefix, Phrase, Near, Has, Member, Identified, Titled, Dated,
                 AllOf, AnyOf, Same, Only, Scaled>
        node;
    bool operator==(const Query&) const = default;
};

// One line for tests, logs and "parsed" in answers.
std::string to_string(const Query& query);

}  // namespace izde::index
