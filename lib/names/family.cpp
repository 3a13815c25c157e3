#include <array>

#include "names/sounds.hpp"

namespace izde::names {
namespace {

// Each mark is a kind of name; those in -ұлы and -қызы stand for a family's as well as a father's.
struct Ending {
    std::string_view sounds, marks;
};

// The longer of two that end alike first.
constexpr auto endings = std::to_array<Ending>({
    {"oviC", "i"},
    {"eviC", "i"},
    {"ovna", "n"},
    {"evna", "n"},
    {"kizi", "an"},
    {"ova", "a"},
    {"eva", "a"},
    {"uli", "oi"},
    {"ov", "o"},
    {"ev", "o"},
});

}  // namespace

std::vector<std::string> family_keys(std::string_view sounds) {
    for (const Ending& ending : endings) {
        if (!sounds.ends_with(ending.sounds)) continue;
        std::string father(sounds.substr(0, sounds.size() - ending.sounds.size()));
        // Жұмабай-ұлы, Жумаба-ев
        const bool glide_lost = ending.sounds.front() == 'e' && !father.empty() && father.back() == 'a';
        if (glide_lost) father += 'i';
        const std::string key = skeleton(father);
        if (key.empty()) return {};
        std::vector<std::string> keys;
        for (const char mark : ending.marks) keys.push_back(std::string{'~', mark} + key);
        return keys;
    }
    return {};
}

}  // namespace izde::names
