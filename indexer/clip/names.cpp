#include "clip/names.hpp"

#include <algorithm>
#include <array>

#include "izde/text/letters.hpp"
#include "izde/text/utf8.hpp"

#include "clip/lines.hpp"
#include "clip/rules.hpp"

namespace izde::clip {
namespace {

constexpr std::size_t longest_name = 60;
constexpr std::size_t longest_titled = 400;  // bytes
constexpr std::size_t most_names = 8;
constexpr std::string_view signs = " \t,;:|/-()[].\"'#*>_";

constexpr auto list_signs = std::to_array<std::string_view>({",", "，", "、", "/", "&", ";"});
constexpr auto wide_signs =
    std::to_array<std::string_view>({"–",  "—", "•", "·", "：", "，", "、", "（", "）", "【", "】",
                                     "｜", "«", "»", "“", "”",  "„",  "《", "》", "✍",  "©"});

bool is_wide(char c) {
    return static_cast<unsigned char>(c) >= 0x80;
}

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_name_word(std::string_view word, bool first) {
    if (word.find_first_of("0123456789@/:;!?()[]{}<>=+*#%$\"") != std::string_view::npos) return false;
    if (std::any_of(word.begin(), word.end(), [](char c) { return c == ','; })) return false;
    const auto written = text::capitals(word);
    if (written == text::Capitals::first || written == text::Capitals::all ||
        written == text::Capitals::mixed)
        return true;
    return !first && find_phrase(text::comparable(word).text, Role::small_in_names) != nullptr;
}

const std::string_view* list_sign(std::string_view rest) {
    if (!is_wide(rest.front()) && std::string_view(",/&;").find(rest.front()) == std::string_view::npos)
        return list_signs.end();
    return std::ranges::find_if(list_signs, [&](std::string_view one) { return rest.starts_with(one); });
}

// "Küstenblatt", "Spreewaldkurier"
bool has_paper_ending(std::string_view name) {
    static const auto papers = phrases(Role::paper_word);
    return std::ranges::any_of(papers, [&](std::string_view word) {
        return word.size() >= 4 && static_cast<unsigned char>(word[0]) < 0x80 &&
               name.size() > word.size() + 3 && name.ends_with(word) &&
               name.find(' ') == std::string_view::npos;
    });
}

}  // namespace

std::string_view strip(std::string_view text) {
    for (bool again = true; again;) {
        const std::string_view before = text;
        text = trimmed(text);
        while (!text.empty() && signs.find(text.front()) != std::string_view::npos) text.remove_prefix(1);
        while (!text.empty() && signs.find(text.back()) != std::string_view::npos) {
            // "Jr." and "J.K." keep their stop.
            if (text.back() == '.' && text.size() > 1 && text[text.size() - 2] >= 'A' &&
                text[text.size() - 2] <= 'Z')
                break;
            text.remove_suffix(1);
        }
        for (const std::string_view sign : wide_signs) {
            if (text.empty() || (!is_wide(text.front()) && !is_wide(text.back()))) break;
            if (text.starts_with(sign)) text.remove_prefix(sign.size());
            if (text.ends_with(sign)) text.remove_suffix(sign.size());
        }
        again = text.size() != before.size();
    }
    return text;
}

bool is_han(std::string_view text) {
    if (text.empty() || text.size() % 3 != 0) return false;
    for (std::size_t i = 0; i < text.size(); i += 3) {
        const auto lead = static_cast<unsigned char>(text[i]);
        if (lead < 0xE3 || lead > 0xE9) return false;
        if (lead == 0xE3 && static_cast<unsigned char>(text[i + 1]) < 0x90) return false;
    }
    return true;
}

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        if (end > at) words.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

// A person's name of at least `fewest` words.
bool is_name(std::string_view name, std::size_t fewest) {
    if (name.empty() || text::count_code_points(name) > longest_name) return false;
    if (is_han(name)) return name.size() >= 6 && name.size() <= 12;
    if (name.find("·") != std::string_view::npos)
        return text::count_code_points(name) <= 20 && !name.starts_with("·");
    const auto words = words_of(name);
    if (words.size() < fewest || words.size() > 4) return false;
    for (std::size_t i = 0; i < words.size(); ++i)
        if (!is_name_word(words[i], i == 0)) return false;
    // "A. B." is no name yet.
    return std::ranges::any_of(words,
                               [](std::string_view word) { return text::count_code_points(word) > 2; });
}

std::string_view without_titles(std::string_view name) {
    name = strip(name);
    if (name.size() > longest_titled) return name;
    while (const std::size_t end = phrase_size(name, Role::title_of_person)) {
        if (end >= name.size()) return {};
        name = strip(name.substr(end));
    }
    const text::Comparable line = text::comparable(name);
    for (std::size_t space = line.text.find(' '); space != std::string::npos;
         space = line.text.find(' ', space + 1))
        if (find_phrase(std::string_view(line.text).substr(space + 1), Role::title_of_person) != nullptr)
            return strip(name.substr(0, line.origin[space]));
    return name;
}

std::vector<std::string_view> split_names(std::string_view names) {
    std::vector<std::string_view> parts;
    const text::Comparable line = text::comparable(names);
    std::size_t begin = 0;
    const auto end_part = [&](std::size_t at, std::size_t behind) {
        parts.push_back(strip(names.substr(begin, at - begin)));
        begin = behind;
    };
    for (std::size_t at = 0; at < line.text.size(); ++at) {
        if (line.origin[at] < begin) continue;
        const std::string_view rest = names.substr(line.origin[at]);
        // Inside of a word.
        if (at > 0 && line.text[at - 1] != ' ' && is_letter_or_digit(line.text[at]) &&
            is_letter_or_digit(rest.front()))
            continue;
        const auto sign = list_sign(rest);
        if (sign != list_signs.end()) {
            end_part(line.origin[at], line.origin[at] + sign->size());
            continue;
        }
        const bool word_start = at > 0 && line.text[at - 1] == ' ';
        const bool is_han_space =
            line.text[at] == ' ' && at > 2 && is_han(std::string_view(line.text).substr(at - 3, 3));
        if (is_han_space) end_part(line.origin[at], line.origin[at]);
        if (!word_start) continue;
        const Hit hit = phrase_at(line.text, at, Role::between_names);
        if (hit.phrase != nullptr && hit.end < line.text.size())
            end_part(line.origin[at], line.origin[hit.end]);
    }
    end_part(names.size(), names.size());
    return parts;
}

std::string read_names(std::string_view names) {
    std::string list;
    std::size_t count = 0;
    const std::string_view whole = strip(names);
    if (is_phrase(whole, Role::nobody)) return {};
    for (const std::string_view part : split_names(whole)) {
        const std::string_view name = without_titles(part);
        if (part.empty() || name.empty() || is_phrase(part, Role::title_of_person)) continue;
        if (++count > most_names || !is_name(name, 1) || is_phrase(name, Role::nobody)) return {};
        list += (list.empty() ? "" : ", ") + text::with_small_letters(text::collapse_spaces(name));
    }
    return list;
}

bool looks_like_name(std::string_view line) {
    const std::string_view name = without_titles(line);
    if (!is_name(name, 2) || is_phrase(name, Role::section) || looks_like_paper(line)) return false;
    return !is_han(name) || (name.size() <= 9 && phrase_at(name, 0, Role::surname).phrase != nullptr);
}

bool looks_like_paper(std::string_view text) {
    while (!text.empty() && std::string_view(" ,;:.").find(text.back()) != std::string_view::npos)
        text.remove_suffix(1);
    const text::Comparable line = text::comparable(text);
    if (line.text.size() > 2 && line.text.front() == '"' && line.text.back() == '"') return true;
    const auto words = words_of(text);
    if (words.size() > 7 || text::count_code_points(text) > longest_name) return false;
    // A sentence has more small words than "of" and "the"; "Вестник лесника" has one.
    for (const std::string_view word : words)
        if (words.size() > 3 && text::capitals(word) == text::Capitals::small &&
            text::count_code_points(word) > 3 && !is_phrase(word, Role::paper_word))
            return false;
    if (line.text.starts_with("the ") || has_paper_ending(line.text)) return true;
    return !find_phrases(line.text, {Role::paper_word}, 1).empty();
}

}  // namespace izde::clip
