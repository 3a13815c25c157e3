// Of several stars only the last is ever moved on: what an earlier one took at first serves as well as
// more, since the later one can take whatever is left. So there is nothing to go back to, and no recursion.
#include "patterns.hpp"

#include <algorithm>

namespace izde::indexer {
namespace {

constexpr std::string_view any_folders = "**";

// The first character; a byte where it is no UTF-8.
std::string_view first_character(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF8 ? 4 : 1;
    const auto follows = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; };
    if (length > text.size() || !std::all_of(text.begin() + 1, text.begin() + length, follows))
        return text.substr(0, 1);
    return text.substr(0, length);
}

// What one step of a pattern is: how long it is, and how much of the name it took; 0: it does not fit.
struct Step {
    std::size_t pattern = 1, name = 0;
};

// At pattern[at], which '\' may escape.
std::string_view member(std::string_view pattern, std::size_t& at) {
    if (pattern[at] == '\\') ++at;
    const auto character = first_character(pattern.substr(at));
    at += character.size();
    return character;
}

// Bytes of UTF-8 have the order of the characters they stand for, so a range needs no decoding.
Step step_class(std::string_view pattern, std::string_view name) {
    const auto character = first_character(name);
    std::size_t at = 1;
    const bool negated = pattern[at] == '!' || pattern[at] == '^';
    if (negated) ++at;
    bool found = false;
    const std::size_t begin = at;
    while (at == begin || pattern[at] != ']') {
        const auto low = member(pattern, at);
        const bool is_range = pattern[at] == '-' && pattern[at + 1] != ']';
        if (is_range) ++at;
        const auto high = is_range ? member(pattern, at) : low;
        found = found || (low <= character && character <= high);
    }
    return {at + 1, found != negated ? character.size() : 0};
}

Step step(std::string_view pattern, std::string_view name) {
    if (pattern.front() == '?') return {1, first_character(name).size()};
    if (pattern.front() == '[') return step_class(pattern, name);
    const bool escaped = pattern.front() == '\\';
    return {escaped ? 2u : 1u, pattern[escaped ? 1 : 0] == name.front() ? 1u : 0u};
}

bool fits_name(std::string_view pattern, std::string_view name) {
    std::optional<std::string_view> behind_star;
    std::string_view rest;  // of the name, that the star has not taken
    while (!name.empty()) {
        if (pattern.starts_with('*')) {
            behind_star = pattern = pattern.substr(1);
            rest = name;
            continue;
        }
        const Step taken = pattern.empty() ? Step{} : step(pattern, name);
        if (taken.name > 0) {
            pattern.remove_prefix(taken.pattern);
            name.remove_prefix(taken.name);
        } else if (behind_star) {
            rest.remove_prefix(first_character(rest).size());
            pattern = *behind_star;
            name = rest;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*') == std::string_view::npos;
}

bool fits_path(const std::vector<std::string>& pattern, const std::vector<std::string_view>& path) {
    std::size_t at = 0, begin = 0;
    std::optional<std::size_t> behind_star;
    for (std::size_t i = 0; i < path.size();) {
        if (at < pattern.size() && pattern[at] == any_folders) {
            behind_star = ++at;
            begin = i;
        } else if (at < pattern.size() && fits_name(pattern[at], path[i])) {
            ++at, ++i;
        } else if (behind_star) {
            at = *behind_star;
            i = ++begin;
        } else {
            return false;
        }
    }
    return at == pattern.size();
}

std::vector<std::string_view> split(std::string_view path) {
    std::vector<std::string_view> names;
    for (std::size_t begin = 0; begin <= path.size();) {
        const auto end = std::min(path.find('/', begin), path.size());
        if (end > begin) names.push_back(path.substr(begin, end - begin));
        begin = end + 1;
    }
    return names;
}

// What is wrong with one name of a pattern; empty: nothing.
std::string fault_of(std::string_view name) {
    for (std::size_t at = 0; at < name.size(); ++at) {
        if (name[at] == '\\' && ++at == name.size()) return R"(ends with a single '\')";
        if (name[at] != '[') continue;
        if (name.substr(at).starts_with("[[:")) return "has a class of named characters; write [0-9], [a-z]";
        std::size_t end = at + 1;
        if (end < name.size() && (name[end] == '!' || name[end] == '^')) ++end;
        for (const std::size_t begin = end; end < name.size() && (end == begin || name[end] != ']'); ++end)
            if (name[end] == '\\') ++end;
        if (end >= name.size()) return "has a '[' without its ']'";
        at = end;
    }
    return {};
}

Failure wrong(std::string_view pattern, const std::string& why) {
    return fail(Errc::bad_argument, "the pattern '" + std::string(pattern.substr(0, 80)) + "' " + why,
                "patterns are those of .gitignore: drafts/, *.log, /2023/**");
}

}  // namespace

Result<Patterns::Pattern> Patterns::read_one(std::string_view line) {
    if (line.size() > max_bytes) return wrong(line, "is longer than " + std::to_string(max_bytes) + " bytes");
    Pattern pattern;
    std::string_view rest = line;
    if (rest.starts_with('!')) {
        pattern.spares = true;
        rest.remove_prefix(1);
    }
    if (rest.ends_with('/')) {
        pattern.only_folders = true;
        rest.remove_suffix(1);
    }
    const auto names = split(rest);
    if (names.empty()) return wrong(line, "names nothing");
    if (rest.find('/') == std::string_view::npos) pattern.names.emplace_back(any_folders);
    for (const std::string_view name : names) {
        if (const std::string fault = fault_of(name); !fault.empty()) return wrong(line, fault);
        pattern.names.emplace_back(name);
    }
    // "a/**" is what lies in a, and not a itself.
    if (pattern.names.back() == any_folders) pattern.names.emplace_back("*");
    return pattern;
}

Result<Patterns> Patterns::read(const std::vector<std::string>& lines) {
    Patterns patterns;
    for (const std::string& line : lines) {
        auto pattern = read_one(line);
        if (!pattern) return fail(pattern.error());
        patterns.patterns_.push_back(*std::move(pattern));
    }
    return patterns;
}

std::optional<bool> Patterns::match(std::string_view path, Kind kind) const {
    if (patterns_.empty()) return std::nullopt;
    const auto names = split(path);
    for (auto pattern = patterns_.rbegin(); pattern != patterns_.rend(); ++pattern) {
        if (pattern->only_folders && kind != Kind::folder) continue;
        if (fits_path(pattern->names, names)) return !pattern->spares;
    }
    return std::nullopt;
}

}  // namespace izde::indexer
