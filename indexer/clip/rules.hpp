// What izde knows of the words that stand around a story: months, bylines, captions, share lines, a
// file of plain text per language (indexer/clip/rules/*.txt, compiled in; common.txt explains the
// sections). All languages hold at once, since one page mixes them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
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

class Roles {
  public:
    constexpr Roles() = default;
    constexpr Roles(std::initializer_list<Role> roles) {
        for (const Role role : roles) add(role);
    }
    static constexpr Roles all() {
        Roles roles;
        roles.bits_ = ~std::uint32_t{0};
        return roles;
    }

    constexpr void add(Role role) { bits_ |= std::uint32_t{1} << static_cast<unsigned>(role); }
    constexpr void add(Roles roles) { bits_ |= roles.bits_; }
    constexpr bool has(Role role) const { return (bits_ >> static_cast<unsigned>(role) & 1) != 0; }
    constexpr bool meets(Roles other) const { return (bits_ & other.bits_) != 0; }

  private:
    std::uint32_t bits_ = 0;
};
static_assert(static_cast<unsigned>(Role::month) < 32);

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

// The phrases of these roles that stand in a line as whole words (Chinese ones anywhere), in the line's
// order and the longest first at one place; no longer than `limit` hits.
std::vector<Hit> find_phrases(std::string_view comparable, Roles wanted, std::size_t limit = 256);

// The longest phrase of that role, or of those roles, that begins at `at`, or nothing.
Hit phrase_at(std::string_view comparable, std::size_t at, Role role);
Hit phrase_at(std::string_view comparable, std::size_t at, Roles wanted);

// Whether the whole text is a phrase of that role; all roles it has.
const Phrase* find_phrase(std::string_view comparable, Role role);
Roles roles_of(std::string_view comparable);

// The same for text that is not comparable yet: the bytes of the phrase it begins with, or 0; whether
// it is a phrase.
std::size_t phrase_size(std::string_view text, Role role);
bool is_phrase(std::string_view text, Role role);

// The number of the month that a word names, whatever case ending it has; 0: it is none.
int month_of(std::string_view comparable);

// All phrases of a role.
std::vector<std::string_view> phrases(Role role);

// What a rule file may hold wrong, for the test that reads them all; empty: nothing.
std::vector<std::string> rule_errors();

}  // namespace izde::clip
