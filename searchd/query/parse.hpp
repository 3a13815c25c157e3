// What the user typed, as a tree. Everything that can be typed means something: an unclosed quote
// closes at the end, a lone OR is a word. So parse() cannot fail. It knows nothing of languages:
// what a word is made of is for text::analyze to say.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "query/warnings.hpp"

namespace izde::query {

struct Syntax;

struct Word {  // bridge
    std::string text;
};
struct Exact {  // =bridge: just this spelling
    std::string text;
};
struct Begins {  // bridg*
    std::string text;
};
struct Quoted {  // "across the river", in any quotes
    std::string text;
    bool printed =
        false;  // in quotes as print has them, which name a thing as often as they ask for a phrase
};
struct Near {  // bridge NEAR/5 river
    std::vector<std::string> words;
    std::uint32_t window = 10;
};
struct Scoped {  // title:bridge, author:"a b", date:2022-01..2023-06
    std::string field;
    std::vector<Syntax> of;  // one
};
struct All {  // bridge -toll; may be empty: nothing was typed
    std::vector<Syntax> of, none_of;
};
struct Any {  // bridge OR ferry
    std::vector<Syntax> of;
};
struct Syntax {
    std::variant<Word, Exact, Begins, Quoted, Near, Scoped, All, Any> node;
};

struct Parsed {
    Syntax syntax;                  // the root is always an All
    std::vector<Warning> warnings;  // what was cut or read as something else, for the user
};

// Bounds on what one query may cost; beyond them the rest is dropped with a warning.
struct Limits {
    // In all; two Han characters are one, and two words of phrases, of NEAR or behind "=" are three.
    std::size_t words = 128;
    std::size_t depth = 8;       // of parentheses; deeper ones are ignored
    std::size_t prefixes = 4;    // further ones are read as words
    std::size_t dates = 8;       // further ones are ignored
    std::size_t near_words = 8;  // joined by NEAR; further ones may stand anywhere
    std::size_t phrase_bytes = 512;
};

// Linear in the bytes of `typed`, which may be anything; its stack use does not grow with it.
Parsed parse(std::string_view typed, const Limits& limits = {});

// In the query language again: parse(to_string(s)) gives s.
std::string to_string(const Syntax& syntax);

}  // namespace izde::query
