// Snowball first; then what it parts although a reader takes it for one word (men, said, labour), and what it
// joins although it is two (university and universe). Tested by english_test.cpp.
#include "text/english.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <string_view>

namespace izde::text {
namespace {

struct Entry {
    std::string_view word, stem;
};

// Words with stems of their own; the stem is what Snowball makes of the base form. A form that is more often
// another word is not here: left, lives, fed, lay, bit, bound. Sorted.
constexpr auto irregular = std::to_array<Entry>({
    {"added", "add"},
    {"adding", "add"},
    {"aide", "aide"},
    {"aides", "aide"},
    {"alumni", "alumnus"},
    {"analyses", "analys"},
    {"analysis", "analys"},
    {"appendices", "appendix"},
    {"arisen", "aris"},
    {"arose", "aris"},
    {"asia", "asia"},
    {"asian", "asian"},
    {"ate", "eat"},
    {"bacteria", "bacterium"},
    {"beaten", "beat"},
    {"became", "becom"},
    {"began", "begin"},
    {"begun", "begin"},
    {"bore", "bear"},
    {"bought", "buy"},
    {"bred", "breed"},
    {"broke", "break"},
    {"broken", "break"},
    {"brought", "bring"},
    {"built", "build"},
    {"buses", "bus"},
    {"came", "come"},
    {"catalogue", "catalog"},
    {"catalogues", "catalog"},
    {"caught", "catch"},
    {"centre", "center"},
    {"centres", "center"},
    {"children", "child"},
    {"chose", "choos"},
    {"chosen", "choos"},
    {"clung", "cling"},
    {"crept", "creep"},
    {"crises", "crisi"},
    {"criteria", "criterion"},
    {"customs", "customs"},
    {"davies", "davies"},
    {"davis", "davis"},
    {"dealt", "deal"},
    {"dialogue", "dialog"},
    {"dialogues", "dialog"},
    {"drawn", "draw"},
    {"drew", "draw"},
    {"driven", "drive"},
    {"drove", "drive"},
    {"eaten", "eat"},
    {"emergencies", "emergenc"},
    {"emergency", "emergenc"},
    {"evening", "evening"},
    {"evenings", "evening"},
    {"fallen", "fall"},
    {"feet", "foot"},
    {"fell", "fall"},
    {"felt", "feel"},
    {"fibre", "fiber"},
    {"fibres", "fiber"},
    {"fled", "flee"},
    {"flew", "fli"},
    {"flies", "fli"},
    {"flown", "fli"},
    {"forbade", "forbid"},
    {"forbidden", "forbid"},
    {"foresaw", "forese"},
    {"foreseen", "forese"},
    {"forgave", "forgiv"},
    {"forgiven", "forgiv"},
    {"forgot", "forget"},
    {"forgotten", "forget"},
    {"formation", "formation"},
    {"formations", "formation"},
    {"formulae", "formula"},
    {"fought", "fight"},
    {"found", "find"},
    {"froze", "freez"},
    {"frozen", "freez"},
    {"fungi", "fungus"},
    {"gases", "gas"},
    {"gave", "give"},
    {"geese", "goos"},
    {"given", "give"},
    {"goes", "go"},
    {"gone", "go"},
    {"got", "get"},
    {"gotten", "get"},
    {"grew", "grow"},
    {"grey", "gray"},
    {"grown", "grow"},
    {"halves", "half"},
    {"heard", "hear"},
    {"held", "hold"},
    {"hid", "hide"},
    {"hidden", "hide"},
    {"hung", "hang"},
    {"hypotheses", "hypothesi"},
    {"indexes", "index"},
    {"indices", "index"},
    {"internal", "internal"},
    {"internally", "internal"},
    {"kept", "keep"},
    {"kilometre", "kilomet"},
    {"kilometres", "kilomet"},
    {"knew", "know"},
    {"knives", "knife"},
    {"known", "know"},
    {"later", "later"},
    {"lateral", "lateral"},
    {"led", "lead"},
    {"lent", "lend"},
    {"lit", "light"},
    {"litre", "liter"},
    {"litres", "liter"},
    {"loaves", "loaf"},
    {"lost", "lose"},
    {"made", "make"},
    {"marine", "marine"},
    {"marines", "marine"},
    {"matrices", "matrix"},
    {"meant", "mean"},
    {"men", "man"},
    {"met", "meet"},
    {"metre", "meter"},
    {"metres", "meter"},
    {"mice", "mous"},
    {"misled", "mislead"},
    {"mistaken", "mistak"},
    {"mistook", "mistak"},
    {"nuclei", "nucleus"},
    {"number", "number"},
    {"numbers", "number"},
    {"organic", "organic"},
    {"overcame", "overcom"},
    {"oversaw", "overse"},
    {"overseen", "overse"},
    {"overtaken", "overtak"},
    {"overthrew", "overthrow"},
    {"overthrown", "overthrow"},
    {"overtook", "overtak"},
    {"paid", "pay"},
    {"phenomena", "phenomenon"},
    {"polite", "polite"},
    {"politely", "polite"},
    {"programme", "program"},
    {"programmes", "program"},
    {"proven", "prove"},
    {"quite", "quite"},
    {"radii", "radius"},
    {"ran", "run"},
    {"rebuilt", "rebuild"},
    {"repaid", "repay"},
    {"resold", "resel"},
    {"ridden", "ride"},
    {"risen", "rise"},
    {"rode", "ride"},
    {"rose", "rise"},
    {"said", "say"},
    {"sang", "sing"},
    {"sank", "sink"},
    {"sat", "sit"},
    {"saw", "see"},
    {"seen", "see"},
    {"sent", "send"},
    {"severe", "severe"},
    {"severely", "severe"},
    {"severity", "severe"},
    {"shaken", "shake"},
    {"shelves", "shelf"},
    {"shook", "shake"},
    {"shot", "shoot"},
    {"shown", "show"},
    {"shrank", "shrink"},
    {"shrunk", "shrink"},
    {"skier", "skier"},
    {"skiers", "skier"},
    {"skies", "sky"},
    {"slain", "slay"},
    {"slept", "sleep"},
    {"sold", "sell"},
    {"sought", "seek"},
    {"spent", "spend"},
    {"spoke", "speak"},
    {"spoken", "speak"},
    {"sprang", "spring"},
    {"spun", "spin"},
    {"stimuli", "stimulus"},
    {"stole", "steal"},
    {"stolen", "steal"},
    {"stood", "stand"},
    {"strata", "stratum"},
    {"strove", "strive"},
    {"struck", "strike"},
    {"stuck", "stick"},
    {"sung", "sing"},
    {"sunk", "sink"},
    {"swam", "swim"},
    {"swept", "sweep"},
    {"swore", "swear"},
    {"sworn", "swear"},
    {"swung", "swing"},
    {"taken", "take"},
    {"taught", "teach"},
    {"teeth", "tooth"},
    {"theatre", "theater"},
    {"theatres", "theater"},
    {"theses", "thesi"},
    {"thieves", "thief"},
    {"thought", "think"},
    {"threw", "throw"},
    {"thrown", "throw"},
    {"told", "tell"},
    {"took", "take"},
    {"tore", "tear"},
    {"torn", "tear"},
    {"undergone", "undergo"},
    {"understood", "understand"},
    {"undertaken", "undertak"},
    {"undertook", "undertak"},
    {"underwent", "undergo"},
    {"undid", "undo"},
    {"unite", "unite"},
    {"united", "unite"},
    {"unites", "unite"},
    {"uniting", "unite"},
    {"upheld", "uphold"},
    {"vertices", "vertex"},
    {"wander", "wander"},
    {"went", "go"},
    {"withdrawn", "withdraw"},
    {"withdrew", "withdraw"},
    {"withheld", "withhold"},
    {"withstood", "withstand"},
    {"wives", "wife"},
    {"woke", "wake"},
    {"woken", "wake"},
    {"wolves", "wolf"},
    {"won", "win"},
    {"wore", "wear"},
    {"worn", "wear"},
    {"written", "write"},
    {"wrote", "write"},
});

// Beginnings whose words are no forms of what Snowball joins them with. Sorted.
constexpr auto families = std::to_array<Entry>({
    {"authorit", "authorit"},       {"capitalis", "capitalist"},    {"conservativ", "conservativ"},
    {"considerabl", "considerabl"}, {"conversation", "conversat"},  {"cooperat", "cooperat"},
    {"customer", "customer"},       {"designat", "designat"},       {"empirical", "empirical"},
    {"engineer", "engineer"},       {"executiv", "executiv"},       {"experienc", "experienc"},
    {"federer", "federer"},         {"importan", "important"},      {"informal", "informal"},
    {"initiat", "initiat"},         {"integral", "integral"},       {"integrat", "integrat"},
    {"integrit", "integrit"},       {"internation", "internation"}, {"liquidat", "liquidat"},
    {"majorit", "majorit"},         {"mineral", "mineral"},         {"minorit", "minorit"},
    {"nationalis", "nationalist"},  {"nominat", "nominat"},         {"numerical", "numeric"},
    {"numerous", "numerous"},       {"objectiv", "objectiv"},       {"positiv", "positiv"},
    {"publication", "publicat"},    {"relativ", "relativ"},         {"respectiv", "respectiv"},
    {"securit", "securit"},         {"several", "several"},         {"severance", "severanc"},
    {"socialis", "socialist"},      {"succession", "succession"},   {"successiv", "successiv"},
    {"terminat", "terminat"},       {"underlie", "underli"},        {"underly", "underli"},
    {"universal", "universal"},     {"universit", "universit"},     {"utilit", "utilit"},
});

// Written without u in America. Sorted.
constexpr auto our_words = std::to_array<std::string_view>({
    "armour",  "behaviour", "candour",   "clamour", "colour",    "endeavour", "favour",  "fervour", "flavour",
    "harbour", "honour",    "humour",    "labour",  "neighbour", "odour",     "parlour", "rigour",  "rumour",
    "saviour", "savour",    "splendour", "tumour",  "valour",    "vapour",    "vigour",
});

// Not of the Greek -ize, however it is spelt: what stands before -ise. Sorted.
constexpr auto ise_words = std::to_array<std::string_view>({
    "advert", "appra", "circumc", "compr",  "comprom", "conc",  "disgu",    "enterpr",
    "exerc",  "exorc", "expert",  "franch", "improv",  "likew", "merchand", "otherw",
    "parad",  "prec",  "prem",    "prom",   "superv",  "surpr", "telev",    "treat",
});

constexpr auto by_word = [](const Entry& a, const Entry& b) { return a.word < b.word; };
static_assert(std::ranges::is_sorted(irregular, by_word) && std::ranges::is_sorted(families, by_word));
static_assert(std::ranges::is_sorted(our_words) && std::ranges::is_sorted(ise_words));

bool is_vowel(char c) {
    return std::string_view("aeiouy").find(c) != std::string_view::npos;
}

// No entry begins another, so only the last one that is not after the word may begin it.
template <typename Table, typename Key>
auto beginning_of(const Table& table, std::string_view word, Key key) {
    const auto after = std::ranges::upper_bound(table, word, {}, key);
    return after != table.begin() && word.starts_with(std::invoke(key, *std::prev(after))) ? std::prev(after)
                                                                                           : table.end();
}

// gunmen, firemen, spokeswomen; not specimen, Yemen.
bool is_plural_of_man(std::string_view word) {
    constexpr auto others = std::to_array<std::string_view>({"carmen", "dolmen", "turkmen"});
    if (word.ends_with("women") || (word.ends_with("emen") && word.size() > 6)) return true;
    return word.size() > 5 && word.ends_with("men") && !is_vowel(word[word.size() - 4]) &&
           std::ranges::find(others, word) == others.end();
}

// What stands before -ize, -ise and their forms; empty when the word has none.
std::string_view before_ize(std::string_view word) {
    constexpr auto tails =
        std::to_array<std::string_view>({"e", "ed", "es", "er", "ers", "ing", "ation", "ations", "ational"});
    constexpr std::size_t shortest = 4;
    for (const std::string_view tail : tails) {
        if (word.size() < shortest + 2 + tail.size() || !word.ends_with(tail)) continue;
        const std::string_view rest = word.substr(0, word.size() - tail.size());
        const std::string_view root = rest.substr(0, rest.size() - 2);
        if (rest.ends_with("iz") || (rest.ends_with("is") && !std::ranges::binary_search(ise_words, root)))
            return root;
    }
    return {};
}

}  // namespace

std::string stem_english(std::string_view word, std::string snowball) {
    const auto found = std::ranges::lower_bound(irregular, word, {}, &Entry::word);
    if (found != irregular.end() && found->word == word) return std::string(found->stem);
    if (is_plural_of_man(word)) return std::string(word.substr(0, word.size() - 2)) + "an";
    if (const auto root = before_ize(word); !root.empty()) return std::string(root) + "iz";
    if (const auto family = beginning_of(families, word, &Entry::word); family != families.end())
        return std::string(family->stem);
    if (const auto our = beginning_of(our_words, snowball, std::identity{}); our != our_words.end())
        snowball.erase(our->size() - 2, 1);
    if (snowball.ends_with("lyz")) snowball.back() = 's';
    if (snowball == "defenc" || snowball == "offenc" || snowball == "licenc") snowball.back() = 's';
    return snowball;
}

}  // namespace izde::text
