// Phrases are found by their first word, so that a line costs one look-up a word, however many
// phrases there are.
#include "clip/rules.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <charconv>
#include <map>
#include <numeric>
#include <utility>

#include "izde/eight.hpp"
#include "izde/text/utf8.hpp"

#include "clip/rule_text.hpp"

namespace izde::clip {
namespace {

struct Section {
    std::string_view name;
    Role role;
};
constexpr auto sections = std::to_array<Section>({{"weekdays", Role::weekday},
                                                  {"date fillers", Role::date_filler},
                                                  {"clock", Role::clock},
                                                  {"month endings", Role::month_ending},
                                                  {"published", Role::published},
                                                  {"updated", Role::updated},
                                                  {"retrieved", Role::retrieved},
                                                  {"not the date", Role::not_the_date},
                                                  {"bylines", Role::byline},
                                                  {"editors", Role::editor},
                                                  {"between names", Role::between_names},
                                                  {"titles of persons", Role::title_of_person},
                                                  {"nobody", Role::nobody},
                                                  {"agencies", Role::agency},
                                                  {"source labels", Role::source_label},
                                                  {"title labels", Role::title_label},
                                                  {"paper words", Role::paper_word},
                                                  {"surnames", Role::surname},
                                                  {"copyright", Role::copyright},
                                                  {"no places", Role::no_place},
                                                  {"small in names", Role::small_in_names},
                                                  {"sections", Role::section},
                                                  {"share", Role::share},
                                                  {"counters", Role::counter},
                                                  {"starts", Role::starts},
                                                  {"whole", Role::whole},
                                                  {"contains", Role::contains},
                                                  {"credits", Role::credit},
                                                  {"supplied", Role::supplied},
                                                  {"list headings", Role::list_heading},
                                                  {"months", Role::month}});

bool is_han(std::string_view text, std::size_t at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    return lead >= 0xE3 && lead <= 0xE9 && at + 3 <= text.size();
}

constexpr std::size_t character_size(std::size_t lead) {
    return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

// The size of a word's character by its first byte; 0 for signs.
constexpr auto word_steps = [] {
    std::array<std::uint8_t, 256> steps{};
    for (std::size_t byte = 0; byte < steps.size(); ++byte)
        // 0xC2: signs of Latin-1 (· © №'s neighbours); 0xE2: punctuation and symbols.
        if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
            (byte >= 0x80 && byte != 0xC2 && byte != 0xE2))
            steps[byte] = static_cast<std::uint8_t>(character_size(byte));
    return steps;
}();

// 0 where no word's character stands.
std::size_t word_step(std::string_view text, std::size_t at) {
    const std::size_t step = word_steps[static_cast<unsigned char>(text[at])];
    return step == 3 && is_han(text, at) ? 0 : step;
}

// Behind the small letters and digits of ASCII.
std::size_t plain_end(std::string_view text, std::size_t at) {
    for (; at + eight::size <= text.size(); at += eight::size) {
        const std::uint64_t bytes = eight::load_in_order(text.data() + at);
        const std::size_t plain =
            eight::before_other(eight::between(bytes, 'a', 'z') | eight::between(bytes, '0', '9'));
        if (plain < eight::size) return at + plain;
    }
    while (at < text.size() && word_steps[static_cast<unsigned char>(text[at])] == 1) ++at;
    return at;
}

// Behind the rest of a word that has other letters as well, or behind what is no word.
std::size_t odd_token_end(std::string_view text, std::size_t at, std::size_t plain) {
    std::size_t end = plain;
    for (std::size_t step = 1; end < text.size() && step > 0; end += step) step = word_step(text, end);
    if (end == at) end += character_size(static_cast<unsigned char>(text[at]));
    return std::min(end, text.size());
}

// The word, the Chinese character or the sign at `at`.
inline std::size_t token_end(std::string_view text, std::size_t at) {
    const std::size_t plain = plain_end(text, at);
    const bool is_whole =
        plain > at && (plain == text.size() || static_cast<unsigned char>(text[plain]) < 0x80);
    return is_whole ? plain : odd_token_end(text, at, plain);
}

// A word's place in the tables, so that most words get a quick no.
constexpr std::size_t traits = 65536;
inline std::size_t trait_of(std::string_view word) {
    auto bits = static_cast<std::uint32_t>(eight::load_beginning(word.substr(0, sizeof(std::uint32_t))));
    bits = bits * 31 + static_cast<std::uint32_t>(word.size());
    return (bits * 0x9E3779B1u >> 17) + static_cast<unsigned char>(word.back()) % 2 * 32768u;
}

// A phrase with what tells most others from it: the bytes that follow its first word, as far as it has some.
struct Begun {
    std::uint64_t behind, mask;
    const Phrase* phrase;
    Role role;
};

// The phrases that begin with a word, the longest first.
struct Beginning {
    std::string_view word;
    std::vector<Begun> phrases;
    Roles roles;  // that they have
};

Begun begun(const Phrase& phrase, std::string_view word) {
    const std::string_view rest = std::string_view(phrase.text).substr(word.size());
    const std::string all(std::min(rest.size(), eight::size), '\xFF');
    return {eight::load_beginning(rest), eight::load_beginning(all), &phrase, phrase.role};
}

constexpr std::size_t shortest_month = 3;  // bytes
constexpr std::size_t month_trait = 4;     // bytes of a month's name that its trait is made of

struct Table {
    std::vector<Phrase> phrases;
    std::vector<Beginning> beginnings;                      // by the trait of their word
    std::vector<Roles> roles = std::vector<Roles>(traits);  // of the beginnings with a trait
    std::vector<std::uint32_t> first = std::vector<std::uint32_t>(traits + 1);  // of them
    std::bitset<traits> begins;  // whether any phrase begins with that trait; small enough to stay near
    std::bitset<traits> may_begin_month;
    std::vector<std::string_view> month_endings;
    std::vector<std::string> errors;
};

std::string_view trim(std::string_view line) {
    const std::size_t begin = std::min(line.find_first_not_of(" \t\r"), line.size());
    return line.substr(begin, line.find_last_not_of(" \t\r") + 1 - begin);
}

void add_months(Table& table, std::string_view line) {
    int number = 0;
    const auto [end, status] = std::from_chars(line.data(), line.data() + line.size(), number);
    if (status != std::errc() || number < 1 || number > 12)
        table.errors.push_back("a line of months begins with its number: " + std::string(line));
    std::string_view names = trim(line.substr(static_cast<std::size_t>(end - line.data())));
    while (!names.empty()) {
        const std::size_t space = std::min(names.find(' '), names.size());
        table.phrases.push_back(
            {text::comparable(names.substr(0, space)).text, std::string(), Role::month, number});
        names = trim(names.substr(space));
    }
}

void read_rules(Table& table, std::string_view file) {
    const Section* section = nullptr;
    while (!file.empty()) {
        const std::size_t end = std::min(file.find('\n'), file.size());
        const std::string_view line = trim(file.substr(0, end));
        file.remove_prefix(std::min(end + 1, file.size()));
        if (line.empty() || line.starts_with('#')) continue;
        if (line.starts_with('[') && line.ends_with(']')) {
            const auto found = std::ranges::find(sections, line.substr(1, line.size() - 2), &Section::name);
            section = found == sections.end() ? nullptr : &*found;
            if (section == nullptr) table.errors.push_back("no such section: " + std::string(line));
        } else if (section == nullptr) {
            table.errors.push_back("a line outside of any section: " + std::string(line));
        } else if (section->role == Role::month) {
            add_months(table, line);
        } else {
            table.phrases.push_back({text::comparable(line).text, std::string(line), section->role, 0});
        }
    }
}

void index_beginnings(Table& table) {
    const auto trait = [](const Beginning& beginning) { return trait_of(beginning.word); };
    std::ranges::stable_sort(table.beginnings, {}, trait);
    for (std::size_t i = table.beginnings.size(); i-- > 0;) {
        table.begins.set(trait(table.beginnings[i]));
        table.roles[trait(table.beginnings[i])].add(table.beginnings[i].roles);
        ++table.first[trait(table.beginnings[i]) + 1];
    }
    std::partial_sum(table.first.begin(), table.first.end(), table.first.begin());
}

Table read_table() {
    Table table;
    std::map<std::string_view, Beginning> by_first_word;
    read_rules(table, rule_text());
    for (const Phrase& phrase : table.phrases) {
        if (phrase.text.empty()) {
            table.errors.push_back("nothing is left to compare of: " + phrase.shown);
            continue;
        }
        const std::string_view text = phrase.text;
        const std::string_view word = text.substr(0, token_end(text, 0));
        Beginning& beginning = by_first_word[word];
        beginning.phrases.push_back(begun(phrase, word));
        beginning.roles.add(phrase.role);
        if (phrase.role == Role::month) table.may_begin_month.set(trait_of(text.substr(0, month_trait)));
        if (phrase.role == Role::month && text.size() < shortest_month)
            table.errors.push_back("too short for a month: " + phrase.text);
        if (phrase.role == Role::month_ending) table.month_endings.push_back(text);
    }
    for (auto& [word, beginning] : by_first_word) {
        beginning.word = word;
        std::ranges::stable_sort(beginning.phrases, std::greater<>(),
                                 [](const Begun& one) { return one.phrase->text.size(); });
        table.beginnings.push_back(std::move(beginning));
    }
    index_beginnings(table);
    return table;
}

const Table& table() {
    static const Table instance = read_table();
    return instance;
}

// A phrase must not end inside of a word.
bool ends_well(std::string_view line, const Phrase& phrase, std::size_t end) {
    const std::string_view text = phrase.text;
    const std::size_t last = text::code_point_begin(text, text.size() - 1);
    return end >= line.size() || word_step(text, last) == 0 || word_step(line, end) == 0;
}

// Null where no phrase of these roles begins so.
const Beginning* beginning_with(const Table& known, std::string_view word, std::size_t trait, Roles wanted) {
    if (!known.roles[trait].meets(wanted)) return nullptr;
    for (std::size_t i = known.first[trait]; i < known.first[trait + 1]; ++i)
        if (known.beginnings[i].word == word) return &known.beginnings[i];
    return nullptr;
}

// A month is told by four letters, or by all of its three.
bool may_be_month(std::string_view word) {
    const auto& months = table().may_begin_month;
    return word.size() >= shortest_month && (months[trait_of(word.substr(0, month_trait))] ||
                                             months[trait_of(word.substr(0, shortest_month))]);
}

bool stands_at(std::string_view line, std::size_t at, const Phrase& phrase) {
    return line.substr(at).starts_with(phrase.text) && ends_well(line, phrase, at + phrase.text.size());
}

// Calls `take` with each phrase of these roles that stands at `at`, whose first word ends at `end`, the
// longest first; until that says false.
template <class Take>
bool each_phrase_at(const Table& known, std::string_view line, std::size_t at, std::size_t end, Roles wanted,
                    Take take) {
    const std::string_view word = line.substr(at, end - at);
    const std::size_t trait = trait_of(word);
    if (!known.begins[trait]) return true;
    const Beginning* const found = beginning_with(known, word, trait, wanted);
    if (found == nullptr) return true;
    const std::uint64_t behind = eight::load_beginning(line.substr(end));
    for (const Begun& one : found->phrases)
        if (((behind ^ one.behind) & one.mask) == 0 && wanted.has(one.role) &&
            stands_at(line, at, *one.phrase) && !take(*one.phrase))
            return false;
    return true;
}

}  // namespace

std::vector<Hit> find_phrases(std::string_view comparable, Roles wanted, std::size_t limit) {
    std::vector<Hit> hits;
    const Table& known = table();
    for (std::size_t at = 0, end = 0; at < comparable.size(); at = end) {
        end = at + 1;
        if (comparable[at] == ' ') continue;
        end = token_end(comparable, at);
        const bool is_room = each_phrase_at(known, comparable, at, end, wanted, [&](const Phrase& phrase) {
            if (hits.size() == limit) return false;
            hits.push_back({&phrase, at, at + phrase.text.size()});
            return true;
        });
        if (!is_room) break;
    }
    return hits;
}

Hit phrase_at(std::string_view comparable, std::size_t at, Roles wanted) {
    Hit hit;
    if (at >= comparable.size()) return hit;
    each_phrase_at(table(), comparable, at, token_end(comparable, at), wanted, [&](const Phrase& phrase) {
        hit = {&phrase, at, at + phrase.text.size()};
        return false;
    });
    return hit;
}

Hit phrase_at(std::string_view comparable, std::size_t at, Role role) {
    return phrase_at(comparable, at, Roles{role});
}

const Phrase* find_phrase(std::string_view comparable, Role role) {
    const Hit hit = phrase_at(comparable, 0, role);
    return hit.phrase != nullptr && hit.end == comparable.size() ? hit.phrase : nullptr;
}

Roles roles_of(std::string_view comparable) {
    Roles roles;
    if (comparable.empty()) return roles;
    const std::size_t end = token_end(comparable, 0);
    each_phrase_at(table(), comparable, 0, end, Roles::all(), [&](const Phrase& phrase) {
        if (phrase.text.size() == comparable.size()) roles.add(phrase.role);
        return true;
    });
    return roles;
}

std::size_t phrase_size(std::string_view text, Role role) {
    const text::Comparable line = text::comparable(text);
    const Hit hit = phrase_at(line.text, 0, role);
    return hit.phrase == nullptr ? 0 : line.origin[hit.end];
}

bool is_phrase(std::string_view text, Role role) {
    return find_phrase(text::comparable(text).text, role) != nullptr;
}

int month_of(std::string_view comparable) {
    if (!may_be_month(comparable)) return 0;
    if (const Phrase* phrase = find_phrase(comparable, Role::month)) return phrase->number;
    for (const std::string_view ending : table().month_endings) {
        if (comparable.size() <= ending.size() || !comparable.ends_with(ending)) continue;
        const std::string_view name = comparable.substr(0, comparable.size() - ending.size());
        if (const Phrase* phrase = find_phrase(name, Role::month)) return phrase->number;
    }
    return 0;
}

std::vector<std::string_view> phrases(Role role) {
    std::vector<std::string_view> found;
    for (const Phrase& phrase : table().phrases)
        if (phrase.role == role) found.emplace_back(phrase.text);
    return found;
}

std::vector<std::string> rule_errors() {
    return table().errors;
}

}  // namespace izde::clip
