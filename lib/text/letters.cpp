#include "izde/text/letters.hpp"

#include <array>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "izde/text/utf8.hpp"

namespace izde::text {
namespace {

UChar32 next(std::string_view utf8, std::size_t& at) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(utf8.data());
    auto i = static_cast<std::int64_t>(at);
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(bytes, i, static_cast<std::int64_t>(utf8.size()), c);
    at = static_cast<std::size_t>(i);
    return c;
}

void append(std::string& text, UChar32 c) {
    append_utf8(text, static_cast<char32_t>(c));
}

struct Kin {
    std::u32string_view signs;
    UChar32 as;
};
constexpr auto kins = std::to_array<Kin>({{U"\u2013\u2014\u2010\u2011\u2012\u2015\u2212", '-'},
                                          {U"«»“”„‟《》「」『』", '"'},
                                          {U"’‘‚‛\u02BC\u00B4", '\''},
                                          {U"、", ','},
                                          {U"。", '.'},
                                          {U"【", '['},
                                          {U"】", ']'},
                                          {U"│┃", '|'},
                                          {U"·•∙●・", 0xB7},
                                          {U"Ёё", 0x435},
                                          {U"İı", 'i'}});

// The ASCII kin of a sign, or the character itself in small letters; 0 for what cannot be seen.
UChar32 plain(UChar32 c) {
    if (c == '`') return '\'';
    if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
    if (c >= 0x0410 && c <= 0x044F) return c < 0x0430 ? c + 0x20 : c;
    if (c >= 0x4E00 && c <= 0x9FFF) return c;
    if (c > 0xBF && c < 0x2000 && c != 0x401 && c != 0x451 && c != 0x130 && c != 0x131 && c != 0x2BC)
        return u_tolower(c);
    for (const auto& [signs, kin] : kins)
        if (signs.find(static_cast<char32_t>(c)) != std::u32string_view::npos) return kin;
    if (c >= 0xFF01 && c <= 0xFF5E) return plain(c - 0xFEE0);
    if (u_isUWhiteSpace(c)) return ' ';
    if (u_charType(c) == U_FORMAT_CHAR || c == 0xFE0F) return 0;
    return u_tolower(c);
}

bool is_turkish(std::string_view word) {
    for (const char* letter : {"İ", "Ş", "Ğ"})
        if (word.find(letter) != std::string_view::npos) return true;
    return false;
}

bool joins_words(UChar32 c) {
    return c == '\'' || c == 0x2019 || c == 0x2BC || c == '-' || c == 0x2010 || c == 0x2011;
}

struct Count {
    std::size_t small = 0, large = 0, letters = 0;
    bool first_is_large = false;
};

Count count(std::string_view word) {
    Count found;
    for (std::size_t at = 0; at < word.size();) {
        const UChar32 c = next(word, at);
        const bool is_large = u_isupper(c) != 0 || u_istitle(c) != 0;
        const bool is_small = u_islower(c) != 0;
        if (is_large && found.letters == 0) found.first_is_large = true;
        found.large += is_large ? 1 : 0;
        found.small += is_small ? 1 : 0;
        found.letters += is_large || is_small || u_isalpha(c) != 0 ? 1 : 0;
    }
    return found;
}

// From `begin` up to white space or a full stop, which an initial ends with.
std::size_t word_end(std::string_view name, std::size_t begin) {
    std::size_t at = begin;
    while (at < name.size()) {
        std::size_t behind = at;
        const UChar32 c = next(name, behind);
        if (u_isUWhiteSpace(c) || c == '.') return c == '.' ? behind : at;
        at = behind;
    }
    return at;
}

}  // namespace

Comparable comparable(std::string_view utf8) {
    Comparable line;
    line.text.reserve(utf8.size());
    line.origin.reserve(utf8.size() + 1);
    bool space = false;
    for (std::size_t at = 0; at < utf8.size();) {
        const auto begin = static_cast<std::uint32_t>(at);
        const auto byte = static_cast<unsigned char>(utf8[at]);
        UChar32 c = byte;
        if (byte < 0x80)
            ++at;
        else
            c = next(utf8, at);
        c = c >= '\t' && c <= '\r' ? ' ' : plain(c);
        if (c == 0) continue;
        if (c == ' ') {
            space = !line.text.empty();
            continue;
        }
        if (space) {
            line.text += ' ';
            line.origin.push_back(begin);
            space = false;
        }
        if (c < 0x80)
            line.text += static_cast<char>(c);
        else
            append(line.text, c);
        line.origin.resize(line.text.size(), begin);
    }
    line.origin.push_back(static_cast<std::uint32_t>(utf8.size()));
    return line;
}

Capitals capitals(std::string_view word) {
    const Count found = count(word);
    if (found.large + found.small == 0) return Capitals::none;
    if (found.large == 0) return Capitals::small;
    if (found.small == 0) return found.large == 1 && found.letters == 1 ? Capitals::first : Capitals::all;
    return found.first_is_large && found.large == 1 ? Capitals::first : Capitals::mixed;
}

std::string with_small_letters(std::string_view name) {
    std::string result;
    for (std::size_t at = 0; at < name.size();) {
        const std::size_t end = word_end(name, at);
        const std::string_view word = name.substr(at, end - at);
        const Count found = count(word);
        const bool change = found.small == 0 && found.letters > 1;
        const bool turkish = change && is_turkish(word);
        bool at_start = true;
        std::size_t letters = 0;
        for (std::size_t i = 0; i < word.size();) {
            const UChar32 c = next(word, i);
            const bool keep = !change || at_start;
            append(result, keep ? c : turkish && c == 'I' ? 0x131 : c == 0x130 ? 'i' : u_tolower(c));
            // O'Brien, but Xi'an.
            at_start = joins_words(c) && (c == '-' || c == 0x2010 || c == 0x2011 || letters == 1);
            ++letters;
        }
        std::size_t behind = end;
        if (end < name.size() && word.empty()) append(result, next(name, behind));
        at = behind;
    }
    return result;
}

std::string with_capital(std::string_view word) {
    if (word.empty()) return {};
    std::string result;
    std::size_t at = 0;
    append(result, u_totitle(next(word, at)));
    return result.append(word.substr(at));
}

}  // namespace izde::text
