// ICU knows the characters but takes microseconds for each, so it is asked for all of them once.
// Tested by chinese_test.cpp.
#include "text/hans.hpp"

#include <array>
#include <memory>

#include <unicode/translit.h>
#include <unicode/uniset.h>
#include <unicode/unistr.h>

namespace izde::text {
namespace {

constexpr char32_t first = 0x3400, last = 0x9FFF;  // ICU maps none beyond
using Table = std::array<char16_t, last - first + 1>;

char16_t simplify(const icu::Transliterator& rules, char16_t c) {
    icu::UnicodeString text(c);
    rules.transliterate(text);
    return text.length() == 1 ? text.charAt(0) : c;
}

Table make_table() {
    Table table{};
    for (char32_t c = first; c <= last; ++c) table[c - first] = static_cast<char16_t>(c);
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::Transliterator> rules(
        icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, status));
    if (U_FAILURE(status)) return table;
    icu::UnicodeSet traditional;
    rules->getSourceSet(traditional);
    for (char32_t c = first; c <= last; ++c)
        if (traditional.contains(static_cast<UChar32>(c)))
            table[c - first] = simplify(*rules, simplify(*rules, static_cast<char16_t>(c)));
    return table;
}

}  // namespace

char32_t to_simplified(char32_t c) {
    if (c < first || c > last) return c;
    static const Table table = make_table();
    return table[c - first];
}

}  // namespace izde::text
