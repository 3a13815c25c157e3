// Order matters: folding accents before stemming would feed stemmers words they do not know, and
// taking the breve from й makes two words of one; so case first, then the stem, then accents.
#include "text/fold.hpp"

#include <algorithm>
#include <array>

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

namespace izde::text {
namespace {

bool is_ascii(std::string_view word) {
    return std::ranges::all_of(word, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

void append(std::string& out, UChar32 c) {
    std::array<std::uint8_t, U8_MAX_LENGTH> bytes{};
    std::int32_t length = 0;
    U8_APPEND_UNSAFE(bytes.data(), length, c);
    out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length));
}

template <class Visit>
void for_each_code_point(std::string_view utf8, Visit visit) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(utf8.data());
    const auto length = static_cast<std::int32_t>(utf8.size());
    for (std::int32_t i = 0; i < length;) {
        UChar32 c = 0;
        U8_NEXT_OR_FFFD(bytes, i, length, c);
        visit(c);
    }
}

std::string nfkc_casefold(std::string_view word) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* folding = icu::Normalizer2::getNFKCCasefoldInstance(status);
    std::string folded;
    icu::StringByteSink<std::string> sink(&folded, static_cast<std::int32_t>(word.size()));
    if (U_SUCCESS(status))
        folding->normalizeUTF8(0, icu::StringPiece(word.data(), static_cast<std::int32_t>(word.size())), sink,
                               nullptr, status);
    return folded;
}

bool is_turkic(std::string_view lang) {
    return lang == "tr" || lang == "az";
}

// Turkic capitals: I is the capital of ı, İ that of i.
std::string turkic_lower(std::string_view word) {
    std::string lowered;
    for_each_code_point(word, [&](UChar32 c) { append(lowered, c == 'I' ? 0x131 : c == 0x130 ? 'i' : c); });
    return lowered;
}

bool is_apostrophe(UChar32 c) {
    return c == 0x2018 || c == 0x2019 || c == 0x201B || c == 0x2BC || c == 0x2B9 || c == 0x2BB || c == 0x60 ||
           c == 0xB4;
}

void drop_possessive(std::string& word) {
    if (word.size() > 2 && word.ends_with("'s")) word.resize(word.size() - 2);
    while (!word.empty() && word.back() == '\'') word.pop_back();
}

// Letters with a stroke or of their own, which no decomposition reaches.
std::string_view latin_special(UChar32 c) {
    switch (c) {
    case 0xE6:
        return "ae";
    case 0x153:
        return "oe";
    case 0xF8:
        return "o";
    case 0x111:
        return "d";
    case 0xF0:
        return "d";
    case 0xFE:
        return "th";
    case 0x142:
        return "l";
    case 0x131:
        return "i";
    default:
        return {};
    }
}

bool has_foldable_accents(UChar32 c) {
    if (c < 0xC0) return false;
    const bool latin_block = c <= 0x24F || (c >= 0x1E00 && c <= 0x1EFF);
    return latin_block || (c >= 0x370 && c <= 0x3FF) || (c >= 0x1F00 && c <= 0x1FFF);
}

UChar32 base_letter(UChar32 c) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* canonical = icu::Normalizer2::getNFDInstance(status);
    icu::UnicodeString parts;
    return U_SUCCESS(status) && canonical->getDecomposition(c, parts) ? parts.char32At(0) : c;
}

// A mark that stands alone was not composed: over Latin it is an accent, over Cyrillic a stress
// mark, in Arabic a vowel sign that print leaves out.
bool is_droppable_mark(UChar32 c) {
    return (c >= 0x300 && c <= 0x36F) || (c >= 0x64B && c <= 0x652) || c == 0x640 || c == 0x670;
}

}  // namespace

std::string fold_case(std::string_view word, std::string_view lang) {
    std::string folded;
    if (is_turkic(lang)) {
        folded = nfkc_casefold(turkic_lower(word));
    } else if (is_ascii(word)) {
        folded.resize(word.size());
        std::ranges::transform(word, folded.begin(),
                               [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    } else {
        folded = nfkc_casefold(word);
    }
    if (!is_ascii(folded)) {
        std::string plain;
        plain.reserve(folded.size());
        for_each_code_point(folded, [&](UChar32 c) {
            append(plain, is_apostrophe(c) ? '\'' : c == 0x451 ? 0x435 : c);
        });
        folded = std::move(plain);
    }
    drop_possessive(folded);
    return folded;
}

std::string fold_accents(std::string_view case_folded) {
    if (is_ascii(case_folded)) return std::string(case_folded);
    std::string folded;
    folded.reserve(case_folded.size());
    for_each_code_point(case_folded, [&](UChar32 c) {
        if (is_droppable_mark(c)) return;
        if (const auto special = latin_special(c); !special.empty())
            folded += special;
        else
            append(folded, has_foldable_accents(c) ? base_letter(c) : c);
    });
    return folded;
}

}  // namespace izde::text
