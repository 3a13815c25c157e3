// Names that no spelling rule joins: Astana and Nur-Sultan, Tokayev and 托卡耶夫, the SCO and ШОС.
//
// They come from text files of one group a line, whose members name the same thing:
//
//     # what follows a number sign that begins a line or follows a space is a comment
//     place: Ürümqi = Урумчи = Үрімші = 乌鲁木齐
//     place: Astana = Астана = Nur-Sultan [2019..2022] = 阿斯塔纳
//     term: Belt and Road = Один пояс, один путь = 一带一路
//
// The kind (place, person, body, term) may be missing; it begins the group's label, by which a
// search explains itself, and the first member ends it: "place/urumqi". Years say when a member
// was the name: [2019..2022], [2019..], [..1991] or [1997], inclusive. A member may stand in
// several groups. Members that differ only in case or accents are one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "izde/result.hpp"
#include "izde/text/token.hpp"

namespace izde::names {

// The ways one word may be met, of a member or of a query.
struct Word {
    std::vector<std::string> forms;  // folded; as it stands, then others (stems); not empty
    std::vector<std::string> keys;   // their name_keys of five sounds or more; may be empty
};

// Further forms by which a word may be met, such as its stems. Members and queries need the same ones.
using MoreForms = std::function<std::vector<std::string>(const text::Token&)>;

// A word for each token, without the pairs: Han is compared character by character.
std::vector<Word> words_of(std::span<const text::Token> tokens, const MoreForms& more = {});

// Whole years, both inclusive; 0 is no bound.
struct Years {
    int first = 0, last = 0;
    friend bool operator==(const Years&, const Years&) = default;
};

struct Member {
    std::string text;         // as its file has it, without the years: "Один пояс, один путь"
    std::vector<Word> words;  // 1 to most_words
    Years years;  // when it was the name of the thing; documents of other years mean something else
};

struct Group {
    std::string label;            // "place/urumqi", "urumqi" without a kind
    std::vector<Member> members;  // at least two
};

// Where a query says what a group is about.
struct Match {
    const Group* group;  // as long as the Aliases live and are not added to
    std::size_t member;  // the one that stands in the query: group->members[member]
    std::size_t words;   // the length of it
    bool exact;          // letter by letter, not by stems or keys
};

// A set of groups. Reading it from several threads is safe.
class Aliases {
  public:
    // The groups with a member that begins at query[at]; longest members first, then exact ones, then
    // in the order they were added; each group once. The cost is that of the groups that share the first
    // word.
    std::vector<Match> find(std::span<const Word> query, std::size_t at) const;

    // Adds the groups of another file behind these.
    void merge(const Aliases& others);
    void add(Group group);

    std::span<const Group> groups() const { return groups_; }

  private:
    struct Place {
        std::size_t group, member;
    };
    std::vector<Place> places(const Word& first) const;

    std::vector<Group> groups_;
    std::unordered_map<std::string, std::vector<Place>> by_first_word_;  // its forms and marked keys
};

// Reads a file's text. The first wrong line is an error that names file and line, says what is
// wrong with it and shows a right one: text that is no UTF-8, control characters, a kind or years
// that cannot be read, a group without two different members, or more than the limits below.
Result<Aliases> parse_aliases(std::string_view utf8, std::string_view file_name, const MoreForms& more = {});

inline constexpr std::size_t most_file_bytes = std::size_t{4} << 20;
inline constexpr std::size_t most_line_bytes = 4096;
inline constexpr std::size_t most_members = 64;
inline constexpr std::size_t most_words = 16;

// The text of the file that izde brings along: lib/names/aliases.txt.
std::string_view starter_aliases();

}  // namespace izde::names
