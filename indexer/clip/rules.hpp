// What izde knows of the words that stand around a story: months, bylines, captions, share lines, a
// file of plain text per language (indexer/clip/rules/*.txt, compiled in; common.txt explains the
// sections). All languages hold at once, since one page mixes them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "izde/text/letters.hpp"

namespace izde::clip {

// The sections of the rule files, one for each role a phrase can have.
enum class Role : std::uint8_t {
    weekday,
    date_filler,
    clock,
    month_ending,
    published,
    updated,
    retrieved,
    not_the_date,
    byline,
    editor,
    between_names,
    title_of_person,
    nobody,
    agency,
    source_label,
    paper_word,
    surname,
    title_label,
    copyright,
    no_place,
    small_in_names,
    section,
    share,
    counter,
    starts,
    whole,
    contains,
    credit,
    supplied,
    list_heading,
    month  // with its number
};

struct Phrase {
    std::string text;   // as text::comparable makes it
    std::string shown;  // as the file has it
    Role role = Role::whole;
    int number = 0;  // of a month
};

// A phrase found in a line, by bytes of the comparable line.
struct Hit {
    const Phrase* phrase = nullptr;
    std::size_t begin = 0, end = 0;
};

// The phrases that stand in a line as whole words (Chinese ones anywhere), in the line's order and
// the longest first at one place; no longer than `limit` hits.
std::vector<Hit> find_phrases(std::string_view comparable, std::size_t limit = 256);

// The longest phrase of that role that begins at `at`, or nothing.
Hit phrase_at(std::string_view comparable, std::size_t at, Role role);

// Whether the whole text is a phrase of that role.
const Phrase* find_phrase(std::string_view comparable, Role role);

// The same for text that is not comparable yet: the bytes of the phrase it begins with, or 0; whether
// it is a phrase.
std::size_t phrase_size(std::string_view text, Role role);
bool is_phrase(std::string_view text, Role role);

// All phrases of a role.
std::vector<std::string_view> phrases(Role role);

// What a rule file may hold wrong, for the test that reads them all; empty: nothing.
std::vector<std::string> rule_errors();

}  // namespace izde::clip
