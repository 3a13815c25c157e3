// Order matters: folding accents before stemming would feed stemmers words they do not know, and
// taking the breve from й makes two words of one; so case first, then the stem, then accents.
#include "text/fold.hpp"

#include <algorithm>
#include <array>

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include "izde/text/analyze.hpp"
#include "izde/text/utf8.hpp"

#include "text/hans.hpp"

namespace izde::text {
namespace {

void append(std::string& out, UChar32 c) {
    append_utf8(out, static_cast<char32_t>(c));
}

std::string utf8_of(UChar32 c) {
    std::string utf8;
    append(utf8, c);
    return utf8;
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

std::string folded_by_icu(std::string_view word) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* folding = icu::Normalizer2::getNFKCCasefoldInstance(status);
    std::string folded;
    icu::StringByteSink<std::string> sink(&folded, static_cast<std::int32_t>(word.size()));
    if (U_SUCCESS(status))
        folding->normalizeUTF8(0, icu::StringPiece(word.data(), static_cast<std::int32_t>(word.size())), sink,
                               nullptr, status);
    return folded;
}

// NFKC makes a space and a mark of it, so it is an apostrophe before that.
constexpr std::string_view acute = "\u00B4";

std::string without_acute(std::string_view word) {
    std::string plain;
    for (std::size_t at = word.find(acute); at != std::string_view::npos; at = word.find(acute)) {
        plain.append(word.substr(0, at)).push_back('\'');
        word.remove_prefix(at + acute.size());
    }
    return plain.append(word);
}

// Turkic capitals: I is the capital of ı, İ that of i.
std::string turkic_lower(std::string_view word) {
    std::string lowered;
    for_each_code_point(word, [&](UChar32 c) { append(lowered, c == 'I' ? 0x131 : c == 0x130 ? 'i' : c); });
    return lowered;
}

bool is_apostrophe(UChar32 c) {
    return c == 0x2018 || c == 0x2019 || c == 0x201B || c == 0x2BC || c == 0x2B9 || c == 0x2BB || c == 0x60 ||
           c == 0xB4 || c == 0x2032;
}

// Apostrophes of all kinds are one; ё is written е by most.
UChar32 plain_letter(UChar32 c) {
    return is_apostrophe(c) ? '\'' : c == 0x451 ? 0x435 : c;
}

void drop_possessive(std::string& word) {
    if (word.size() > 2 && word.ends_with("'s")) word.resize(word.size() - 2);
    while (!word.empty() && word.back() == '\'') word.pop_back();
}

// "1990'larda" is about 1990.
void drop_number_suffix(std::string& word) {
    if (!word.empty() && word.front() >= '0' && word.front() <= '9')
        word.resize(std::min(word.size(), word.find('\'')));
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

// Latin beyond ASCII or Greek: none of it in plain English, Cyrillic or Han.
bool may_have_accents(std::string_view word) {
    return std::ranges::any_of(word, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte >= 0xC3 && byte <= 0xCF) || byte == 0xE1;
    });
}

// A mark still apart once a word is composed: over Latin it is an accent, over Cyrillic a stress
// mark, in Arabic a vowel sign that print leaves out.
bool is_lone_mark(UChar32 c) {
    return (c >= 0x300 && c <= 0x36F) || (c >= 0x64B && c <= 0x652) || c == 0x640 || c == 0x670;
}

// Letters below this fold one by one in tables; beyond it, and where a letter becomes several or
// joins its neighbour, ICU folds the word as a whole.
constexpr UChar32 table_size = 0x530;

// What each letter folds to; 0 where that is not one letter of the table.
using CaseTable = std::array<char16_t, table_size>;

CaseTable make_case_table() {
    CaseTable table{};
    for (UChar32 c = 0; c < table_size; ++c) {
        const icu::UnicodeString folded = icu::UnicodeString::fromUTF8(folded_by_icu(utf8_of(c)));
        const bool joins = c >= 0x300 && c <= 0x36F;
        if (folded.length() == 1 && folded[0] < table_size && !joins)
            table[static_cast<std::size_t>(c)] = static_cast<char16_t>(plain_letter(folded[0]));
    }
    return table;
}

struct Character {
    UChar32 value = 0;
    std::size_t bytes = 0;  // 0 for what is not well-formed, or longer than three bytes
};

Character character_at(std::string_view word, std::size_t at) {
    const auto byte = [&](std::size_t i) {
        return at + i < word.size() ? static_cast<unsigned char>(word[at + i]) : 0u;
    };
    const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0u) == 0x80u; };
    const unsigned lead = byte(0);
    if (lead < 0x80) return {static_cast<UChar32>(lead), 1};
    if (lead >= 0xC2 && lead <= 0xDF && follows(1))
        return {static_cast<UChar32>((lead & 0x1Fu) << 6 | (byte(1) & 0x3Fu)), 2};
    if (lead > 0xE0 && lead <= 0xEF && follows(1) && follows(2))
        return {static_cast<UChar32>((lead & 0x0Fu) << 12 | (byte(1) & 0x3Fu) << 6 | (byte(2) & 0x3Fu)), 3};
    return {};
}

const CaseTable& case_table() {
    static const CaseTable table = make_case_table();
    return table;
}

// What a letter folds to by itself; 0 where only ICU can tell.
UChar32 folded_alone(UChar32 c, const CaseTable& table) {
    if (c < table_size) return table[static_cast<std::size_t>(c)];
    if (c >= 0x4E00 && c <= 0x9FFF) return static_cast<UChar32>(to_simplified(static_cast<char32_t>(c)));
    return c == 0x2019 ? '\'' : 0;
}

// Whether every letter folds by itself.
bool fold_by_table(std::string_view word, bool turkic, std::string& folded) {
    const CaseTable& table = case_table();
    folded.resize(turkic ? 2 * word.size() : word.size());  // none but I needs more bytes than it had
    char* const out = folded.data();
    std::size_t size = 0;
    for (std::size_t at = 0; at < word.size();) {
        const Character c = character_at(word, at);
        UChar32 to = c.bytes == 0 ? 0 : folded_alone(c.value, table);
        if (turkic && c.value == 'I') to = 0x131;
        if (turkic && c.value == 0x130) to = 'i';
        if (to == 0) return false;
        U8_APPEND_UNSAFE(out, size, to);
        at += c.bytes;
    }
    folded.resize(size);
    return true;
}

}  // namespace

bool has_dotless_i(std::string_view lang) {
    return lang == "tr" || lang == "az";
}

std::string fold_case(std::string_view word, std::string_view lang) {
    const bool turkic = has_dotless_i(lang);
    std::string folded;
    if (!fold_by_table(word, turkic, folded)) {
        const std::string plain = without_acute(word);
        const std::string lowered = folded_by_icu(turkic ? turkic_lower(plain) : plain);
        folded.clear();
        for_each_code_point(lowered, [&](UChar32 c) {
            if (!is_lone_mark(c))
                append(folded, static_cast<UChar32>(to_simplified(static_cast<char32_t>(plain_letter(c)))));
        });
    }
    if (turkic) drop_number_suffix(folded);
    drop_possessive(folded);
    return folded;
}

std::string fold_accents(std::string_view case_folded) {
    if (!may_have_accents(case_folded)) return std::string(case_folded);
    std::string folded;
    folded.reserve(case_folded.size());
    for_each_code_point(case_folded, [&](UChar32 c) {
        if (const auto special = latin_special(c); !special.empty())
            folded += special;
        else
            append(folded, has_foldable_accents(c) ? base_letter(c) : c);
    });
    return folded;
}

void cut_to_token(std::string& word) {
    if (word.size() <= max_token_bytes) return;
    word.resize(code_point_begin(word, max_token_bytes));
}

}  // namespace izde::text
