#include "text/borders.hpp"

#include <array>

#include <unicode/uchar.h>

namespace izde::text {
namespace {

// `join` stands between two letters or two digits, `decimal` between two digits; `unsure` is what ICU's rules
// treat in a way of their own, or what looks further than at its neighbours.
enum class Kind : std::uint8_t { unsure, other, space, letter, digit, join, decimal };

Kind kind_of(UChar32 c) {
    switch (c) {
    case '\n':
    case ' ':
        return Kind::space;
    case '_':
    case '@':
    case ':':
    case '`':
    case 0xB4:  // ´, which people type for an apostrophe
        return Kind::unsure;
    default:
        break;
    }
    switch (u_getIntPropertyValue(c, UCHAR_WORD_BREAK)) {
    case U_WB_ALETTER:
        return Kind::letter;
    case U_WB_NUMERIC:
        return Kind::digit;
    case U_WB_MIDNUMLET:
    case U_WB_SINGLE_QUOTE:
        return Kind::join;
    case U_WB_MIDNUM:
        return Kind::decimal;
    case U_WB_OTHER:
    case U_WB_CR:
    case U_WB_NEWLINE:
    case U_WB_DOUBLE_QUOTE:  // joins Hebrew letters only
        return Kind::other;
    default:
        return Kind::unsure;
    }
}

constexpr UChar32 letters_end = 0x530;
constexpr UChar32 signs_begin = 0x2010, signs_end = 0x2028;  // dashes, quotation marks, ellipsis

struct Kinds {
    Kinds() {
        for (UChar32 c = 0; c < letters_end; ++c) letters[static_cast<std::size_t>(c)] = kind_of(c);
        for (UChar32 c = signs_begin; c < signs_end; ++c)
            signs[static_cast<std::size_t>(c - signs_begin)] = kind_of(c);
    }
    std::array<Kind, letters_end> letters{};
    std::array<Kind, signs_end - signs_begin> signs{};
};

const Kinds& kinds() {
    static const Kinds all;
    return all;
}

struct Sign {
    Kind kind = Kind::unsure;
    std::size_t bytes = 1;
};

Sign sign_at(std::string_view utf8, std::size_t at) {
    const auto byte = [&](std::size_t i) {
        return at + i < utf8.size() ? static_cast<unsigned char>(utf8[at + i]) : 0U;
    };
    const unsigned lead = byte(0);
    if (lead < 0x80) return {kinds().letters[lead], 1};
    if ((byte(1) & 0xC0) != 0x80) return {};
    if (lead >= 0xC2 && lead < 0xE0) {
        const unsigned c = (lead & 0x1F) << 6 | (byte(1) & 0x3F);
        return {c < letters_end ? kinds().letters[c] : Kind::unsure, 2};
    }
    if (lead != 0xE2 || byte(1) != 0x80 || (byte(2) & 0xC0) != 0x80) return {};
    const unsigned c = 0x2000 | (byte(2) & 0x3F);
    return {c >= signs_begin && c < signs_end ? kinds().signs[c - signs_begin] : Kind::unsure, 3};
}

bool is_in_word(Kind kind) {
    return kind == Kind::letter || kind == Kind::digit;
}

bool joins(Kind before, Kind sign, Kind behind) {
    if (before != behind) return false;
    return sign == Kind::join || (sign == Kind::decimal && before == Kind::digit);
}

}  // namespace

PlainWords::Found PlainWords::next(Span& word) {
    while (at_ < utf8_.size()) {
        const Sign sign = sign_at(utf8_, at_);
        if (sign.kind == Kind::unsure) return Found::unsure;
        if (is_in_word(sign.kind)) {
            word.begin = at_;
            skip_word();
            word.end = at_;
            return Found::word;
        }
        at_ += sign.bytes;
        if (sign.kind == Kind::space) break;
    }
    return Found::end;
}

void PlainWords::skip_word() {
    Sign last = sign_at(utf8_, at_);
    at_ += last.bytes;
    while (at_ < utf8_.size()) {
        Sign sign = sign_at(utf8_, at_);
        std::size_t behind = at_ + sign.bytes;
        if (sign.kind == Kind::join || sign.kind == Kind::decimal) {
            const Sign far = behind < utf8_.size() ? sign_at(utf8_, behind) : Sign{};
            if (!joins(last.kind, sign.kind, far.kind)) return;
            sign = far;
            behind += far.bytes;
        }
        if (!is_in_word(sign.kind)) return;
        last = sign;
        at_ = behind;
    }
}

std::size_t settled_after(std::string_view utf8, std::size_t begin, std::size_t end) {
    for (std::size_t at = begin; at < end; ++at) {
        if (utf8[at] != ' ' && utf8[at] != '\n') continue;
        // What is not known may belong to the space: a mark, a joiner.
        if (at + 1 == end || sign_at(utf8, at + 1).kind != Kind::unsure) return at + 1;
    }
    return end;
}

}  // namespace izde::text
