#include "izde/text/letters.hpp"

#include <array>
#include <bit>
#include <utility>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "izde/eight.hpp"
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

constexpr auto plain_ascii = [] {
    std::array<char, 0x80> table{};
    for (std::size_t i = 0; i < table.size(); ++i) {
        const char c = static_cast<char>(i);
        const bool space = c >= '\t' && c <= '\r';
        table[i] = space                  ? ' '
                   : c == '`'             ? '\''
                   : c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A'))
                                          : c;
    }
    return table;
}();

// Eight bytes as far as each is itself, or its small letter, where a line has begun: none if any of them is
// not so, or two spaces are; and not the last if it is a space, since another may follow.
struct PlainStart {
    std::size_t bytes = 0;
    std::uint64_t small = 0;
    std::uint64_t spaces = 0;  // the highest bit of each
};
PlainStart plain_start(std::uint64_t all) {
    if (eight::any(all | eight::below(all, 0x20) | eight::equal(all, '`'))) return {};
    const std::uint64_t spaces = ~((all ^ eight::ones * ' ') + eight::ones * 0x7FU) & eight::highest;
    if ((spaces & spaces << 8U) != 0) return {};
    const std::uint64_t capitals = eight::between(all, 'A', 'Z');
    return {eight::size - (spaces >> 63U), all | capitals >> 2U, spaces};
}

// The ASCII kin of a sign, or the character itself in small letters; 0 for what cannot be seen.
UChar32 plain(UChar32 c) {
    if (c < 0x80) return plain_ascii[static_cast<std::size_t>(c)];
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

// Writes over room made at once, since lines are compared more often than anything else is done to them.
class Comparing {
  public:
    explicit Comparing(std::string_view utf8) : utf8_(utf8) { make_room(utf8.size()); }

    Comparable run() {
        while (at_ < utf8_.size()) {
            add_plain_run();
            if (at_ < utf8_.size()) step();
        }
        line_.text.resize(size_);
        line_.origin.resize(size_ + 1);
        line_.origin.back() = static_cast<std::uint32_t>(utf8_.size());
        return std::move(line_);
    }

  private:
    // ASCII up to the next space, or over single ones where eight bytes can be looked at.
    void add_plain_run() {
        if (space_) return;
        const char* const from = utf8_.data();
        char* const text = line_.text.data();
        std::uint32_t* const origin = line_.origin.data();
        std::size_t at = at_, size = size_;
        while (size > 0 && at + eight::size <= utf8_.size()) {
            const auto plain = plain_start(eight::load_in_order(from + at));
            if (plain.bytes == 0) break;
            eight::store_in_order(text + size, plain.small);
            for (std::size_t i = 0; i < eight::size; ++i)
                origin[size + i] = static_cast<std::uint32_t>(at + i);
            for (std::uint64_t spaces = plain.spaces; spaces != 0; spaces &= spaces - 1)
                ++origin[size + static_cast<std::size_t>(std::countr_zero(spaces)) / 8];
            size += plain.bytes;
            at += plain.bytes;
        }
        for (const std::size_t end = utf8_.size(); at < end; ++at) {
            const auto byte = static_cast<unsigned char>(from[at]);
            const char c = byte < 0x80 ? plain_ascii[byte] : '\0';
            if (c == '\0' || c == ' ') break;
            text[size] = c;
            origin[size++] = static_cast<std::uint32_t>(at);
        }
        at_ = at;
        size_ = size;
    }

    void step() {
        const std::size_t begin = at_;
        const auto byte = static_cast<unsigned char>(utf8_[at_]);
        const UChar32 c = byte < 0x80 ? plain_ascii[byte] : plain(next(utf8_, at_));
        at_ += byte < 0x80 ? 1 : 0;
        if (c == ' ')
            space_ = size_ > 0;
        else if (c != 0)
            add(c, begin);
    }

    void add(UChar32 c, std::size_t begin) {
        // What a space came from had room for it. It stands for what comes next.
        if (std::exchange(space_, false)) put(' ', begin);
        if (c < 0x80) return put(static_cast<char>(c), begin);
        std::array<std::uint8_t, U8_MAX_LENGTH> bytes{};
        std::size_t size = 0;
        U8_APPEND_UNSAFE(bytes.data(), size, c);
        if (size > at_ - begin) make_room(line_.text.size() + size);
        for (std::size_t i = 0; i < size; ++i) put(static_cast<char>(bytes[i]), begin);
    }

    void put(char byte, std::size_t begin) {
        line_.text[size_] = byte;
        line_.origin[size_++] = static_cast<std::uint32_t>(begin);
    }

    void make_room(std::size_t bytes) {
        line_.text.resize(bytes);
        line_.origin.resize(bytes + 1);
    }

    std::string_view utf8_;
    std::size_t at_ = 0;
    Comparable line_;
    std::size_t size_ = 0;  // of the line so far
    bool space_ = false;    // comes before the next character
};

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
    return Comparing(utf8).run();
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
