#include "text/scan_characters.hpp"

#include <string>

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "izde/text/utf8.hpp"

#include "text/fold.hpp"
#include "text/segment.hpp"

namespace izde::text {
namespace {

std::string utf8_of(UChar32 c) {
    std::string utf8;
    append_utf8(utf8, static_cast<char32_t>(c));
    return utf8;
}

// What it folds to by itself, 0 where that is not one letter of the table.
char16_t key_of(UChar32 c) {
    const std::string folded = fold_accents(fold_case(utf8_of(c), "und"));
    const icu::UnicodeString letters = icu::UnicodeString::fromUTF8(folded);
    if (letters.length() != 1 || letters[0] >= static_cast<char16_t>(ScanTables::keyed)) return 0;
    constexpr char16_t dotless = 0x131;
    return letters[0] == dotless ? u'i' : letters[0];
}

// What joins letters or digits under conditions.
bool is_joiner(UChar32 c) {
    return c == '.' || c == ',' || c == ';' || c == ':' || c == '\'' || c == '_' || c == 0x2018 ||
           c == 0x2019;
}

ScanKind kind_of(UChar32 c, char16_t key) {
    if (is_joiner(c)) return ScanKind::joiner;
    if (is_unspaced(c)) return ScanKind::unspaced;
    if (c == '\n' || c == '\r' || c == '\t') return ScanKind::space;
    if (c == '`' || c == 0xB4 || c == 0x2032) return ScanKind::accent;
    if (c < ' ' || c == '@') return ScanKind::odd;
    const int breaks = u_getIntPropertyValue(c, UCHAR_WORD_BREAK);
    if (breaks == U_WB_ALETTER && key != 0 && u_isalpha(c)) return ScanKind::letter;
    if (breaks == U_WB_NUMERIC && key != 0 && c < 0x80) return ScanKind::digit;
    const bool plain = breaks == U_WB_OTHER || breaks == U_WB_WSEGSPACE || breaks == U_WB_DOUBLE_QUOTE;
    const bool by_dictionary = u_getIntPropertyValue(c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT;
    if (!plain || by_dictionary || u_isalnum(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0)
        return ScanKind::odd;
    return u_isUWhiteSpace(c) ? ScanKind::space : ScanKind::sign;
}

// Not every letter has a key that is one itself: a key must be a letter that stands for itself.
void drop_open_keys(ScanTables& tables) {
    const auto kind = [&](char16_t c) { return tables.characters[c].kind; };
    for (std::size_t c = 0; c < ScanTables::keyed; ++c) {
        const bool counts = kind(static_cast<char16_t>(c)) == ScanKind::letter ||
                            kind(static_cast<char16_t>(c)) == ScanKind::digit;
        const char16_t key = tables.keys[c];
        const bool closed = counts && tables.keys[key] == key &&
                            (kind(key) == ScanKind::letter || kind(key) == ScanKind::digit);
        if (counts && !closed) tables.characters[c].kind = ScanKind::odd;
        if (!closed) tables.keys[c] = 0;
    }
}

ScanTables make_tables() {
    ScanTables tables{};
    for (UChar32 c = 0; c < 0x10000; ++c) {
        const auto i = static_cast<std::size_t>(c);
        const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
        if (c == 0 || surrogate) continue;
        if (i < ScanTables::keyed) tables.keys[i] = key_of(c);
        ScanCharacter& character = tables.characters[i];
        character.kind = kind_of(c, i < ScanTables::keyed ? tables.keys[i] : u'\0');
        character.width = display_width(utf8_of(c)) & 3u;
        character.capital = u_isUUppercase(c) || u_istitle(c);
    }
    drop_open_keys(tables);
    return tables;
}

}  // namespace

const ScanTables& scan_tables() {
    static const ScanTables tables = make_tables();
    return tables;
}

}  // namespace izde::text
