#include "izde/text/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include "izde/eight.hpp"

namespace izde::text {
namespace {

constexpr char replacement[] = "\xEF\xBF\xBD";

// The code point at `at` (negative where the bytes are ill-formed), and `at` moved behind it.
UChar32 next_code_point(std::string_view utf8, std::size_t& at) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(utf8.data());
    std::int64_t i = static_cast<std::int64_t>(at);
    const auto length = static_cast<std::int64_t>(utf8.size());
    UChar32 c = 0;
    U8_NEXT(bytes, i, length, c);
    at = static_cast<std::size_t>(i);
    return c;
}

bool goes_on(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

// Behind the ASCII without NUL at `at`, up to seven bytes of it left.
std::size_t plain_end(std::string_view bytes, std::size_t at) {
    for (; at + eight::size <= bytes.size(); at += eight::size) {
        const auto all = eight::load(bytes.data() + at);
        if (eight::any(all | eight::below(all, 1))) break;
    }
    return at;
}

// ICU's character borders are only asked near `at`, so that a long text costs nothing.
constexpr std::size_t context_bytes = 256;

// A character's mark, a part of a syllable, the end of a line: what may join its neighbour.
bool may_join(std::string_view utf8, std::size_t at) {
    const auto byte = static_cast<unsigned char>(utf8[at]);
    if (byte < 0x80) return byte < 0x20;
    const UChar32 c = next_code_point(utf8, at);
    return c < 0 || u_getIntPropertyValue(c, UCHAR_GRAPHEME_CLUSTER_BREAK) != U_GCB_OTHER;
}

// Between two code points that join nothing is a border; ICU need not be asked, which costs microseconds.
bool is_plain_border(std::string_view utf8, std::size_t at) {
    return !may_join(utf8, at) && !may_join(utf8, code_point_begin(utf8, at - 1));
}

std::size_t nearest_border(std::string_view utf8, std::size_t at, bool forward) {
    if (at >= utf8.size()) return utf8.size();
    while (forward && at < utf8.size() && goes_on(utf8[at])) ++at;
    at = code_point_begin(utf8, at);
    if (at == 0 || at == utf8.size() || is_plain_border(utf8, at)) return at;
    const std::size_t first = code_point_begin(utf8, at > context_bytes ? at - context_bytes : 0);
    const std::size_t last = code_point_begin(utf8, std::min(utf8.size(), at + context_bytes));
    const std::string_view window = utf8.substr(first, last - first);
    UErrorCode status = U_ZERO_ERROR;
    UText text = UTEXT_INITIALIZER;
    utext_openUTF8(&text, window.data(), static_cast<std::int64_t>(window.size()), &status);
    const std::unique_ptr<icu::BreakIterator> borders(
        icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
    std::size_t border = at;
    if (U_SUCCESS(status)) {
        borders->setText(&text, status);
        const auto offset = static_cast<std::int32_t>(at - first);
        if (!borders->isBoundary(offset))
            border = first + static_cast<std::size_t>(forward ? borders->following(offset)
                                                              : borders->preceding(offset));
    }
    utext_close(&text);
    return border;
}

}  // namespace

std::size_t code_point_begin(std::string_view utf8, std::size_t at) {
    while (at > 0 && at < utf8.size() && goes_on(utf8[at])) --at;
    return at;
}

// Eight bytes at a time: of those that go on, the highest bit is set and the next one is not.
std::size_t count_code_points(std::string_view utf8) {
    std::size_t inner = 0;
    std::size_t at = 0;
    for (; at + eight::size <= utf8.size(); at += eight::size) {
        const auto all = eight::load(utf8.data() + at);
        inner += (all >> 7 & ~all >> 6 & eight::ones) * eight::ones >> 56;  // the sum of its bytes
    }
    inner += static_cast<std::size_t>(std::ranges::count_if(utf8.substr(at), goes_on));
    return utf8.size() - inner;
}

void append_utf8(std::string& utf8, char32_t code_point) {
    std::array<std::uint8_t, U8_MAX_LENGTH> bytes{};
    std::int32_t size = 0;
    U8_APPEND_UNSAFE(bytes.data(), size, code_point);
    utf8.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(size));
}

bool is_ascii(std::string_view bytes) {
    for (; bytes.size() >= eight::size; bytes.remove_prefix(eight::size))
        if (eight::any(eight::load(bytes.data()))) return false;
    return std::ranges::none_of(bytes, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

bool is_valid_utf8(std::string_view bytes) {
    for (std::size_t at = plain_end(bytes, 0); at < bytes.size(); at = plain_end(bytes, at))
        if (next_code_point(bytes, at) < 0) return false;
    return true;
}

std::string repair_utf8(std::string_view bytes) {
    std::string repaired;
    repaired.reserve(bytes.size());
    std::size_t kept = 0;  // up to here
    const auto keep_until = [&](std::size_t end) { repaired.append(bytes.substr(kept, end - kept)); };
    for (std::size_t at = plain_end(bytes, 0); at < bytes.size(); at = plain_end(bytes, at)) {
        const std::size_t begin = at;
        const UChar32 c = next_code_point(bytes, at);
        if (c > 0) continue;
        keep_until(begin);
        if (c < 0) repaired += replacement;
        kept = at;
    }
    keep_until(bytes.size());
    return repaired;
}

std::size_t character_begin(std::string_view utf8, std::size_t at) {
    return nearest_border(utf8, at, false);
}
std::size_t character_end(std::string_view utf8, std::size_t at) {
    return nearest_border(utf8, at, true);
}

std::size_t display_width(std::string_view utf8) {
    if (is_ascii(utf8)) return utf8.size();
    std::size_t width = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        const UChar32 c = next_code_point(utf8, at);
        const int kind = c < 0 ? static_cast<int>(U_OTHER_SYMBOL) : u_charType(c);
        if (kind == U_NON_SPACING_MARK || kind == U_ENCLOSING_MARK || kind == U_FORMAT_CHAR) continue;
        const int east_asian = c < 0 ? U_EA_NEUTRAL : u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
        width += east_asian == U_EA_WIDE || east_asian == U_EA_FULLWIDTH ? 2 : 1;
    }
    return width;
}

std::string collapse_spaces(std::string_view utf8) {
    std::string collapsed;
    collapsed.reserve(utf8.size());
    bool space = false;
    for (std::size_t at = 0; at < utf8.size();) {
        const std::size_t begin = at;
        const UChar32 c = next_code_point(utf8, at);
        if (c >= 0 && u_isUWhiteSpace(c)) {
            space = true;
            continue;
        }
        if (space && !collapsed.empty()) collapsed += ' ';
        space = false;
        collapsed.append(utf8.substr(begin, at - begin));
    }
    return collapsed;
}

}  // namespace izde::text
