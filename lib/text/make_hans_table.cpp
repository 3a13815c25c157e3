// Prints the source that defines hans_table. chinese_test.cpp holds it against examples.
#include <cstdio>
#include <memory>

#include <unicode/translit.h>
#include <unicode/uniset.h>
#include <unicode/unistr.h>

#include "text/hans_table.hpp"

namespace izde::text {
namespace {

char16_t simplify(const icu::Transliterator& rules, char16_t c) {
    icu::UnicodeString text(c);
    rules.transliterate(text);
    return text.length() == 1 ? text.charAt(0) : c;
}

bool print_table() {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::Transliterator> rules(
        icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, status));
    if (U_FAILURE(status)) return false;
    icu::UnicodeSet traditional;
    rules->getSourceSet(traditional);
    std::puts(
        "// Written by make_hans_table.cpp.\n#include \"text/hans_table.hpp\"\n\nnamespace izde::text {\n\n"
        "const std::array<char16_t, last_ideograph - first_ideograph + 1> hans_table = {");
    for (char32_t c = first_ideograph; c <= last_ideograph; ++c) {
        auto simple = static_cast<char16_t>(c);
        if (traditional.contains(static_cast<UChar32>(c)))
            simple = simplify(*rules, simplify(*rules, simple));
        std::printf("0x%X,%c", static_cast<unsigned>(simple), c % 16 == 15 ? '\n' : ' ');
    }
    return std::puts("};\n\n}  // namespace izde::text") >= 0;
}

}  // namespace
}  // namespace izde::text

int main() {
    if (izde::text::print_table()) return 0;
    std::fputs("ICU has no rules from traditional to simplified characters\n", stderr);
    return 1;
}
