#include "alignment.hpp"

#include <algorithm>

#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

namespace izde::bench {
namespace {

constexpr std::size_t shortest_run = 3;
constexpr UChar32 soft_hyphen = 0xAD;

}  // namespace

std::vector<std::string> words_of(const std::string& utf8) {
    const auto text = icu::UnicodeString::fromUTF8(utf8);
    std::vector<std::string> words;
    bool open = false;
    for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        const UChar32 c = text.char32At(i);
        if (c == soft_hyphen) continue;
        const bool inside = u_isalnum(c) || u_getCombiningClass(c) != 0;
        const bool alone = u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC) != 0;
        if (inside && (alone || !open)) words.emplace_back();
        if (inside) icu::UnicodeString(c).toUTF8String(words.back());
        open = inside && !alone;
    }
    return words;
}

std::size_t Remains::run_at(std::size_t at, const std::vector<std::string>& passage, std::size_t from) const {
    std::size_t length = 0;
    while (at + length < words_.size() && from + length < passage.size() && !taken_[at + length] &&
           words_[at + length] == passage[from + length])
        ++length;
    return length;
}

std::size_t Remains::take(const std::vector<std::string>& passage) {
    const std::size_t enough = std::min(shortest_run, passage.size());
    std::size_t found = 0;
    for (std::size_t from = 0; from < passage.size();) {
        std::size_t best = 0;
        std::size_t where = 0;
        for (std::size_t at = 0; at < words_.size(); ++at)
            if (const std::size_t length = run_at(at, passage, from); length > best) {
                best = length;
                where = at;
            }
        if (best < enough) {
            ++from;
            continue;
        }
        std::fill_n(taken_.begin() + static_cast<std::ptrdiff_t>(where), best, true);
        found += best;
        from += best;
    }
    return found;
}

}  // namespace izde::bench
