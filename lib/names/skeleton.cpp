#include <algorithm>

#include "names/sounds.hpp"

namespace izde::names {
namespace {

constexpr std::size_t fewest_sounds = 4;
constexpr std::size_t fewest_consonants = 2;
constexpr std::size_t long_word = 5;  // sounds that must stay when the last vowel goes

bool is_vowel(char sound) {
    return std::string_view("aeiou").find(sound) != std::string_view::npos;
}

// Writers disagree on the glide (Токаев, Tokaev, Tokayev; Еревана, Yerevan).
bool is_lost_glide(std::string_view sounds, std::size_t at) {
    const bool leads = at == 0 || is_vowel(sounds[at - 1]);
    return leads && sounds[at] == 'i' && at + 1 < sounds.size() && sounds[at + 1] == 'e';
}

// Doubling is a matter of taste (Kassym, Qasym), but for Shaanxi and Shanxi.
bool may_be_one(char before, char sound) {
    return before == sound && sound != 'a';
}

// Stems end before it (урумч-и), and cases change it (Астан-ы).
void drop_last_vowel(std::string& sounds) {
    const std::size_t size = sounds.size();
    if (size > long_word && is_vowel(sounds[size - 1]) && !is_vowel(sounds[size - 2])) sounds.pop_back();
}

// Four sounds with a vowel last are a word in every language (бері, Berry; доме, dome).
bool tells_names_apart(std::string_view sounds) {
    const auto vowels = static_cast<std::size_t>(std::ranges::count_if(sounds, is_vowel));
    if (sounds.size() < fewest_sounds || sounds.size() - vowels < fewest_consonants || vowels == 0)
        return false;
    const bool glide = sounds.back() == 'i' && is_vowel(sounds[sounds.size() - 2]);
    return sounds.size() > fewest_sounds || glide || !is_vowel(sounds.back());
}

}  // namespace

std::string skeleton(std::string_view sounds) {
    std::string left;
    for (std::size_t at = 0; at < sounds.size(); ++at)
        if (!is_lost_glide(sounds, at) && (left.empty() || !may_be_one(left.back(), sounds[at])))
            left += sounds[at];
    drop_last_vowel(left);
    return tells_names_apart(left) ? left : std::string();
}

}  // namespace izde::names
