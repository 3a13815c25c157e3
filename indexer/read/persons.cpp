#include "read/persons.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "read/tidy.hpp"

namespace izde::read {
namespace {

constexpr std::size_t longest_byline = 400;
constexpr std::size_t longest_name = 100;
constexpr int most_words = 5;

// Longer ones before those they begin with.
constexpr auto lead_ins = std::to_array<std::string_view>(
    {"written by ",   "reported by ", "story by ", "text by ",    "posted by ",
     "published by ", "by: ",         "by ",       "author: ",    "authors: ",
     "author ",       "reporter: ",   "Авторы:",   "Автор:",      "Автор ",
     "автор:",        "Текст:",       "Мәтін:",    "Дайындаған:", "Подготовила ",
     "Подготовил ",   "Подготовили ", "Тілші:",    "АВТОР:",      "Материалды дайындаған",
     "本报记者",      "特约记者",     "记者：",    "记者:",       "记者",
     "作者：",        "作者:",        "作者",      "文：",        "文/",
     "文／",          "撰稿：",       "撰文："});
constexpr auto ends = std::to_array<std::string_view>(
    {"|", "｜", "•", " · ", " — ", " – ", " - ", "（", "(", "\t", " for ", " in ", " on ", "发自", "报道"});
constexpr auto joints = std::to_array<std::string_view>(
    {",", ";", "、", "，", "；", " and ", " & ", " with ", " и ", " және ", " мен ", "/", " 和 "});
constexpr auto no_names = std::to_array<std::string_view>(
    {"admin",          "administrator", "root",     "user",          "webmaster",       "moderator", "guest",
     "anonymous",      "unknown",       "none",     "null",          "editor",          "author",    "staff",
     "staff reporter", "staff writer",  "reporter", "correspondent", "senior reporter", "test",      "n/a",
     "редактор",       "админ",         "автор",    "модератор",     "管理员",          "佚名"});

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view around = " \t.:;,-";
    const std::size_t begin = text.find_first_not_of(around);
    if (begin == std::string_view::npos) return {};
    const std::size_t end = text.find_last_not_of(around);
    // "Martin Luther King Jr.", "J. R."
    const bool has_stop = text.substr(end + 1).starts_with('.') && end > 0;
    const bool is_short = has_stop && end >= 2 && (text[end - 1] == ' ' || text[end - 2] == ' ');
    return text.substr(begin, end - begin + (is_short ? 2 : 1));
}

bool is_han(std::string_view text) {
    return !text.empty() && static_cast<unsigned char>(text[0]) >= 0xE3 &&
           static_cast<unsigned char>(text[0]) <= 0xE9;
}

std::string_view without_lead_in(std::string_view text) {
    for (bool again = true; again;) {
        again = false;
        text = trimmed(text);
        const std::string lower = ascii_lower(text);
        for (const auto words : lead_ins) {
            if (!lower.starts_with(ascii_lower(words)) || text.size() <= words.size()) continue;
            text.remove_prefix(words.size());
            again = true;
            break;
        }
    }
    return text;
}

// "ANNA SMITH" → "Anna Smith"
std::string in_small_letters(std::string_view name) {
    const bool is_loud =
        name.find(' ') != std::string_view::npos && std::all_of(name.begin(), name.end(), [](char c) {
            return static_cast<unsigned char>(c) < 0x80 && !(c >= 'a' && c <= 'z');
        });
    if (!is_loud) return std::string(name);
    std::string quiet = ascii_lower(name);
    for (std::size_t i = 0; i < quiet.size(); ++i)
        if (i == 0 || std::string_view(" -'").find(quiet[i - 1]) != std::string_view::npos)
            quiet[i] = name[i];
    return quiet;
}

bool is_name(std::string_view name) {
    if (name.empty() || name.size() > longest_name) return false;
    if (name.find_first_of("0123456789@:?!#<>{}=_\"\\") != std::string_view::npos) return false;
    if (name[0] >= 'a' && name[0] <= 'z' && name.find(' ') == std::string_view::npos) return false;
    if (std::count(name.begin(), name.end(), ' ') >= most_words) return false;
    if (is_han(name) && name.size() > 30) return false;
    return std::find(no_names.begin(), no_names.end(), ascii_lower(name)) == no_names.end();
}

// A person's own rank, behind the name: "Anna Smith, staff reporter".
bool is_rank(std::string_view part) {
    return !part.empty() && part[0] >= 'a' && part[0] <= 'z';
}

void append(std::string& list, std::string_view name) {
    const std::string all = ", " + list + ", ";
    if (all.find(", " + std::string(name) + ", ") != std::string::npos) return;
    if (!list.empty()) list += ", ";
    list += name;
}

// The first joint at or behind `from`, and its length.
std::pair<std::size_t, std::size_t> next_joint(std::string_view text) {
    std::pair<std::size_t, std::size_t> first{text.size(), 0};
    for (const auto joint : joints) {
        const std::size_t at = text.find(joint);
        if (at < first.first) first = {at, joint.size()};
    }
    if (const std::size_t at = text.find(' '); is_han(text) && at < first.first) first = {at, 1};
    return first;
}

}  // namespace

std::string persons(std::string_view byline) {
    const std::string line = one_line(byline.substr(0, longest_byline));
    std::string_view text = line;
    if (!web_address(text).empty()) return {};
    text = without_lead_in(text);
    for (const auto end : ends) text = text.substr(0, text.find(end));
    // What follows a figure is a date: the words before it may be part of it.
    if (text.find_first_of("0123456789") != std::string_view::npos) {
        const std::size_t figure = text.find_first_of("0123456789");
        const std::size_t comma = text.substr(0, figure).rfind(',');
        if (comma == std::string_view::npos) return {};
        text = text.substr(0, comma);
    }
    std::string list;
    for (bool more = true; more;) {
        const auto [at, length] = next_joint(text);
        const std::string_view part = trimmed(text.substr(0, at));
        if (!list.empty() && is_rank(part)) break;
        if (!part.empty() && !is_name(part) && list.empty()) return {};
        if (is_name(part)) append(list, in_small_letters(part));
        more = length > 0;
        text.remove_prefix(at + length);
    }
    return list;
}

void add_person(std::string& list, std::string_view byline) {
    std::string names = persons(byline);
    for (std::string_view rest = names; !rest.empty();) {
        const std::size_t end = std::min(rest.find(", "), rest.size());
        append(list, rest.substr(0, end));
        rest.remove_prefix(std::min(end + 2, rest.size()));
    }
}

}  // namespace izde::read
