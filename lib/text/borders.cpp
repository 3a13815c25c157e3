#include "text/borders.hpp"

#include <array>

#include <unicode/uchar.h>

#include "izde/eight.hpp"

#include "text/ascii_word.hpp"

namespace izde::text {
namespace {

// `join` stands between two letters or two digits, `decimal` between two digits, `extend` (the underscore)
// beside any of a word; `typed` (what people type for an apostrophe) may join two words in rules of our own;
// `unsure` is what ICU's rules treat in a way of their own, or what looks further than at its neighbours.
enum class Kind : std::uint8_t { unsure, other, space, letter, digit, join, decimal, extend, typed };

Kind kind_of(UChar32 c) {
    switch (c) {
    case '\n':
    case ' ':
        return Kind::space;
    case '`':
        return Kind::typed;
    case ':':  // which joins letters by its property, but not by ICU's rules
        return Kind::other;
    case '@':
    case 0xB4:  // ´, also typed for an apostrophe
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
    case U_WB_EXTENDNUMLET:
        return Kind::extend;
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

struct Sign {
    Kind kind = Kind::unsure;
    std::size_t bytes = 1;
};

bool is_in_word(Kind kind) {
    return kind == Kind::letter || kind == Kind::digit || kind == Kind::extend;
}

bool joins(Kind before, Kind sign, Kind behind) {
    if (before != behind) return false;
    if (before == Kind::digit) return sign == Kind::join || sign == Kind::decimal;
    return before == Kind::letter && sign == Kind::join;
}

// Bytes of ASCII's letters and digits, as far as a look at eight at a time tells.
std::size_t ascii_run(std::string_view utf8, std::size_t at) {
    const std::size_t begin = at;
    std::size_t run = eight::size;
    for (; run == eight::size && at + eight::size <= utf8.size(); at += run)
        run = eight::before_other(ascii::alphanumeric(eight::load_in_order(utf8.data() + at)));
    return at - begin;
}

}  // namespace

struct PlainSigns {
    PlainSigns() {
        for (UChar32 c = 0; c < letters_end; ++c) letters[static_cast<std::size_t>(c)] = kind_of(c);
        for (UChar32 c = signs_begin; c < signs_end; ++c)
            signs[static_cast<std::size_t>(c - signs_begin)] = kind_of(c);
    }

    static const PlainSigns& all() {
        static const PlainSigns made;
        return made;
    }

    Sign at(std::string_view utf8, std::size_t at) const {
        const auto byte = [&](std::size_t i) {
            return at + i < utf8.size() ? static_cast<unsigned char>(utf8[at + i]) : 0U;
        };
        const unsigned lead = byte(0);
        if (lead < 0x80) return {letters[lead], 1};
        if ((byte(1) & 0xC0) != 0x80) return {};
        if (lead >= 0xC2 && lead < 0xE0) {
            const unsigned c = (lead & 0x1F) << 6 | (byte(1) & 0x3F);
            return {c < letters_end ? letters[c] : Kind::unsure, 2};
        }
        if (lead != 0xE2 || byte(1) != 0x80 || (byte(2) & 0xC0) != 0x80) return {};
        const unsigned c = 0x2000 | (byte(2) & 0x3F);
        return {c >= signs_begin && c < signs_end ? signs[c - signs_begin] : Kind::unsure, 3};
    }

    std::array<Kind, letters_end> letters{};
    std::array<Kind, signs_end - signs_begin> signs{};
};

PlainWords::PlainWords(std::string_view utf8, std::size_t begin, std::size_t end)
    : signs_(PlainSigns::all()), utf8_(utf8.substr(0, end)), at_(begin) {}

PlainWords::Found PlainWords::next(Span& word) {
    while (at_ < utf8_.size()) {
        const Sign sign = signs_.at(utf8_, at_);
        if (sign.kind == Kind::unsure) return Found::unsure;
        if (is_in_word(sign.kind)) {
            word.begin = at_;
            skip_word();
            word.end = last_end_ = at_;
            // An underscore by itself is none.
            if (sign.kind != Kind::extend || word.end > word.begin + sign.bytes) return Found::word;
            continue;
        }
        const bool behind_word = at_ == last_end_;
        at_ += sign.bytes;
        if (sign.kind == Kind::space) break;
        if (sign.kind == Kind::typed && behind_word && is_in_word(signs_.at(utf8_, at_).kind))
            return Found::unsure;
    }
    return Found::end;
}

void PlainWords::skip_word() {
    const Sign first = signs_.at(utf8_, at_);
    at_ += first.bytes;
    Kind last = first.kind;
    has_signs_ = last == Kind::extend;
    while (at_ < utf8_.size()) {
        if (const std::size_t run = ascii_run(utf8_, at_); run > 0) {
            at_ += run;
            last = signs_.letters[static_cast<unsigned char>(utf8_[at_ - 1])];
            continue;
        }
        Sign sign = signs_.at(utf8_, at_);
        std::size_t behind = at_ + sign.bytes;
        bool is_sign = sign.kind == Kind::extend;
        if (sign.kind == Kind::join || sign.kind == Kind::decimal) {
            const Sign far = signs_.at(utf8_, behind);
            if (!joins(last, sign.kind, far.kind)) return;
            is_sign = true;
            sign = far;
            behind += far.bytes;
        }
        if (!is_in_word(sign.kind)) return;
        has_signs_ = has_signs_ || is_sign;
        last = sign.kind;
        at_ = behind;
    }
}

std::size_t settled_after(std::string_view utf8, std::size_t begin, std::size_t end) {
    for (std::size_t at = begin; at < end; ++at) {
        if (utf8[at] != ' ' && utf8[at] != '\n') continue;
        // What is not known may belong to the space: a mark, a joiner.
        if (at + 1 == end || PlainSigns::all().at(utf8, at + 1).kind != Kind::unsure) return at + 1;
    }
    return end;
}

}  // namespace izde::text
