#include <algorithm>

#include "names/sounds.hpp"

namespace izde::names {
namespace {

constexpr Letters kazakh_only = U"әғқңөұүһі";
constexpr Letters vowels = U"aàáâãäåāăąǎəeèéêëēėęěiìíîïīıįǐyoòóôõöøōőǒuùúûüūŭůű"
                           U"аәоөұүыіеёиуэюя";
constexpr Letters latin_before_h = U"bcdgkpstwz";  // kh, sh, th

bool is_one_of(char32_t c, Letters set) {
    return set.find(c) != Letters::npos;
}

}  // namespace

// Герман is Herman, but hardly ever beside Германия.
std::vector<std::u32string> with_aspirates(Letters word) {
    if (word.starts_with(U"герман")) return {};
    std::u32string all(word);
    std::vector<std::u32string> changed;
    for (std::size_t at = 0; at + 1 < word.size(); ++at) {
        const bool h = word[at] == U'h' && (at == 0 || !is_one_of(word[at - 1], latin_before_h));
        if ((!h && word[at] != U'г') || !is_one_of(word[at + 1], vowels)) continue;
        all[at] = aspirate;
        if (at == 0 && !h) changed.push_back(all);
    }
    if (all != word && (changed.empty() || changed.back() != all)) changed.push_back(std::move(all));
    return changed;
}

std::u32string with_raised_vowel(Letters word) {
    const std::size_t first = word.find_first_of(vowels);
    const bool raised = first != Letters::npos && is_one_of(word[first], U"оө") &&
                        word.find_first_of(kazakh_only) != Letters::npos;
    if (!raised) return {};
    std::u32string changed(word);
    changed[first] = U'у';
    return changed;
}

}  // namespace izde::names
