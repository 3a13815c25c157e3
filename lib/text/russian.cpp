// Take a case ending off a word; when what remains ends like a noun in the tables below, that is
// the stem. Otherwise Snowball decides. A table holds ends of words; ^ begins a whole word. The
// longest end that fits wins, so an exception is only a longer entry. Grammar decides first: what
// ends in -ан is a noun unless it ends like a participle (сказан), -ев after most letters makes
// surnames, the genitive plural has it after a few. Tested by russian_test.cpp.
#include "text/russian.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>
#include <unordered_set>

namespace izde::text {
namespace {

constexpr std::size_t letter = 2;  // bytes of a Cyrillic letter in UTF-8
constexpr std::size_t longest_ending = 3 * letter;
constexpr std::size_t longest_tail = 9 * letter;
constexpr std::size_t shortest_word = 3 * letter;
constexpr std::size_t longest_word = 40 * letter;

constexpr std::array<std::string_view, 27> endings = {
    "",   "а",  "е",  "и",  "й",  "о",  "у",  "ы",  "ь",  "ю",  "я",   "ам",  "ах", "ев",
    "ей", "ем", "ею", "ов", "ой", "ом", "ою", "ью", "ям", "ях", "ами", "ией", "ями"};

constexpr std::string_view nouns =
    // -ан, -ян: the rule; its exceptions are below
    "ан ян "
    // -ал, -ил: others are verbs in the past tense
    "иал ^байкал деал реал уал ^анал канал игнал рсенал рминал риминал финал гинал рдинал сонал "
    "журнал "
    "бунал ерал дмирал ^урал ртал ^тикал вокал вокзал скандал ^провал подвал карнавал тервал "
    "зеркал стивал медал страл ^детал ^печал "
    "ихаил маил аниил ^автомобил рофил окодил ^чернил ^правил ^могил людмил "
    // -ен: others are participles
    "смен змен рдомен ^домен бмен амен ремен ^времен ^имен ^йемен тмен ^орден ^арен ^елен нгрен "
    "^стивен юнхен ахен "
    // -им, -ам, -ом, -ем: others are adjectives and cases
    "режим ^максим русалим ^вадим доним ноним брагим ^рахим ^карим ^керим ^халим ^алим ^хаким нажим "
    "ислам ^имам ^адам стердам тердам вьетнам суринам версам уильям реклам "
    "альбом диплом индром мптом азпром ^атом огром агроном строном эконом втоном фантом одром "
    "роблем систем ингем квием ^прием ^артем бъем одъем "
    // -ит, -ыт: others are verbs in the present tense
    "саммит кредит ^визит рополит ефицит фаворит ранзит лимит бандит защит орбит утилит ^элит "
    "^гранит агнит ппетит ^зенит инамит шиит уннит ргарит лфавит теорит ^опыт "
    // -ив, -ыв, -ав: others are gerunds
    "ассив нсив рхив ктив цидив ^мотив комотив матив ератив натив циатив ^залив ^авив митив зитив "
    "рыв зыв плыв слав остав ^устав ^густав ^держав нклав "
    // -ах
    "^казах ^аллах ^монах "
    // -сь: others are reflexive verbs
    "апис дпис опис репис етопис ивопис укопис "
    // -ев: surnames, and Киев; the genitive plural is below
    "ев "
    // -ов: surnames and a few nouns; others are the genitive plural
    "^лавров ^песков ^иванов ^петров идоров ^федоров мирнов узнецов ^павлов ихайлов лександров "
    "^антонов ^лужков ^тихонов ^усманов римаков ^алферов ^борисов ^астахов адыров азимов анфилов "
    "росляков касымов хамедов хметов мбетов ^каримов ^рахимов ^керимов рагимов юсупов исмаилов "
    "^смаилов бектенов жапаров ^сапаров ^масимов ^саипов ^самедов ^сидоров макаров ^михалков ^абрамов "
    "^азаров ^миронов ^зюганов ^кравцов ^белов елоусов немцов ^быков рьков ^трифонов икифоров "
    "ерасимов ^морозов ^волков ^удальцов ^собянов ^чехов ^ростов ^тамбов ^саратов остров ^вызов "
    "^попов ^новиков ^золотов ^козлов ^соколов ^фролов ^беляков ^жуков ^крылов ^титов ^ершов ^громов "
    "^филатов ^давыдов ^семенов ^степанов ^захаров ^гаврилов ^максимов ^денисов ^маслов ^родионов "
    "^щербаков ^колесников ^карпов ^мельников ^прохоров ^назаров ^куликов ^воронов ^горбунов ^быстров "
    "^уваров ^суворов ^платонов ^нестеров ^данилов ^шестаков ^калашников ^ларионов ^ермаков ^жданов "
    "^агафонов ^богданов ^осипов ^марков ^большаков ^емельянов ^сафронов ^лобанов ^леонов ^третьяков "
    "^панов ^пахомов ^харитонов ^самойлов ^тарасов ^власов ^демидов ^логинов ^мартынов ^наумов ^гончаров "
    "^ниязов ^оразов ^турсунов ^юнусов ^рашидов ^мурадов ^байрамов "
    "^гасанов ^маликов ^султанов ^закиров ^шакиров бакиров рахманов "
    "лейменов ханов жанов беков кулов магулов мамедов гомедов дуллов ириллов липпов усейнов усеинов динов "
    "жабаров "
    "^голов ^основ ^готов ^здоров ^покров "
    "^паразит апитал ^запах ^коров ^дн ";

// What ends like one of these and is none: here Snowball decides.
constexpr std::string_view others =
    // participles on -ан, -ян
    "ован еван зван рван дан держан казан резан вязан обязан слан делан йман ломан думан знан бран гран "
    "писан "
    "читан считан питан пытан ботан чатан катан утан сыпан копан искан ыскан ткан мешан вешан слушан "
    "слышан щан ждан гнан желан чесан еян терян трелян мазан лизан ырван "
    // verbs
    "кратив вратив тратив крыв зарыв "
    // the genitive plural on -ов
    "узбеков баклажанов паладинов "
    // the genitive plural on -ев
    "цев еев оев ^краев ^раев ^чаев лучаев рамваев рожаев бычаев пугаев ^сараев егодяев лентяев риев ниев "
    "диев циев братьев листьев ревьев тульев рыльев перьев веньев латьев лопьев мотьев лосьев устьев "
    "ручьев ^ульев робьев уравьев рутьев целуев "
    "пуган руган видев мотрев успев сумев долев хотев летев осев ^сев терпев болев зрев владев умев аперев "
    "жалев ^имев ^одев азогрев фтиев сидев горев бледнев ";

// What ends like one of the others and is a noun after all.
constexpr std::string_view names =
    "стан граждан султан капитан судан иордан чемодан магадан богдан руслан ^аслан арслан беслан бислан "
    "ереван ^иван ^диван караван ^ливан партизан ^отан ^тан каштан фонтан метан экран ^роман "
    "ргеев лексеев твеев ндреев имофеев осеев ремеев авдеев рзиеев гореев "
    "митриев азариев ";

// Stems before -й or -я, whose forms lose more than an ending: музей, музея; идея, идей.
constexpr std::string_view vowel_stems =
    "^кита ^случа ^никола арагва уругва ^алта ^кра ^ма рамва ^обыча ^ча ^ра ^аба ^дуба "
    "^мумба ^костана ^сара "
    "музе юбиле хокке обсле ^лице ^серге ^андре ^алексе ^матве ^трофе ^евре имофе ^елисе ^апоге ^иде "
    "^коре ссамбле ^галере гвине ритре ^зате ^алле анаце ^эпопе ^моисе ^одиссе ^бруне ^сидне "
    "^бомбе авзоле "
    "^геро овбо ^изго ^поко ^отбо ^разбо ^перебо ^прибо ^засто ^отсто "
    "^урожа ^попуга ^шанха ^батаре ^ыбыра ";

// A vowel that only the form without an ending has, and what the other forms have.
struct Fleeting {
    std::string_view with, without;
};
constexpr std::array fleeting = std::to_array<Fleeting>({
    {"ок", "к"},           {"чек", "чк"},         {"шек", "шк"},           {"жек", "жк"},
    {"еек", "ейк"},        {"ец", "ц"},           {"лец", "льц"},          {"аец", "айц"},
    {"еец", "ейц"},        {"иец", "ийц"},        {"оец", "ойц"},          {"уец", "уйц"},
    {"ровень", "ровн"},    {"парень", "парн"},    {"камень", "камн"},      {"гребень", "гребн"},
    {"корень", "корн"},    {"речень", "речн"},    {"^день", "дн"},         {"полдень", "полдн"},
    {"ливень", "ливн"},    {"песен", "песн"},     {"^сотен", "сотн"},      {"узел", "узл"},
    {"^павел", "павл"},    {"^орел", "орл"},      {"^писем", "письм"},     {"^чисел", "числ"},
    {"^должен", "должн"},  {"^нужен", "нужн"},    {"звестен", "звестн"},   {"дарок", "дарк"},
    {"молоток", "молотк"}, {"пособен", "пособн"}, {"можен", "можн"},       {"гласен", "гласн"},
    {"иновен", "иновн"},   {"важен", "важн"},     {"^доволен", "довольн"}, {"земель", "земл"},
});

// Vowels that stay: восток, востока.
constexpr std::string_view steady =
    "восток строк урок ^срок морок ^высок широк жесток лубок динок сорок блок ^волок артишок "
    "молок ^шок ^исток олок итрок кузнец удрец близнец беглец мертвец гордец подлец ^жрец ^чтец ^спец "
    "^чек чебурек месяц можен "
    "^рок порок ророк ^оброк ^поток ^приток ^отток ^джек ^игрок ^знаток мердок ";

// Who lives or belongs somewhere: -ин only in the singular.
constexpr std::string_view people =
    "гражданин ссиянин лавянин рмянин млянин стьянин стианин льманин ожанин льтянин ичанин тчанин верянин "
    "ворянин влянин гиптянин ";

// What a verb has or has not: начало, начать; могла, мог.
constexpr std::string_view before_l =
    "^начал "
    "^могл ^смогл ^помогл ^погибл ^умерл ^выросл ^возросл ^достигл ^возникл ^проникл ";

struct Base {
    bool noun = true;                 // otherwise Snowball decides
    std::size_t surplus = 0;          // letters that are no part of the stem
    std::size_t shortest_ending = 0;  // in letters
};

template <typename Meaning>
class Tails {
  public:
    void add(std::string_view entry, Meaning meaning) {
        const bool whole = entry.starts_with('^');
        finals_.insert(entry.substr(entry.size() - 2 * letter));
        (whole ? words_ : ends_).insert_or_assign(whole ? entry.substr(1) : entry, meaning);
    }

    void add_list(std::string_view list, Meaning meaning) {
        while (!list.empty()) {
            const std::size_t end = std::min(list.find(' '), list.size());
            add(list.substr(0, end), meaning);
            list.remove_prefix(std::min(end + 1, list.size()));
        }
    }

    // `word` has two letters at least.
    std::optional<Meaning> find(std::string_view word) const {
        if (!finals_.contains(word.substr(word.size() - 2 * letter))) return std::nullopt;
        if (const auto whole = words_.find(word); whole != words_.end()) return whole->second;
        for (std::size_t size = std::min(word.size(), longest_tail); size >= 2 * letter; size -= letter)
            if (const auto end = ends_.find(word.substr(word.size() - size)); end != ends_.end())
                return end->second;
        return std::nullopt;
    }

  private:
    std::unordered_map<std::string_view, Meaning> words_, ends_;
    std::unordered_set<std::string_view> finals_;  // the last two letters of all; most words stop here
};

const Tails<Base>& bases() {
    static const Tails<Base> tails = [] {
        Tails<Base> all;
        all.add_list(nouns, {});
        all.add_list(others, {.noun = false});
        all.add_list(names, {});
        all.add_list(vowel_stems, {.shortest_ending = 1});
        all.add_list(before_l, {.surplus = 1});
        all.add_list(people, {.surplus = 2});
        return all;
    }();
    return tails;
}

const Tails<const Fleeting*>& full_forms() {
    static const Tails<const Fleeting*> tails = [] {
        Tails<const Fleeting*> all;
        for (const Fleeting& change : fleeting) all.add(change.with, &change);
        all.add_list(steady, nullptr);
        return all;
    }();
    return tails;
}

bool is_cyrillic(std::string_view word) {
    if (word.size() % letter != 0) return false;
    for (std::size_t i = 0; i < word.size(); i += letter)
        if (word[i] != '\xD0' && word[i] != '\xD1') return false;
    return true;
}

std::optional<std::string> without_fleeting_vowel(std::string_view word) {
    if (word.size() <= shortest_word) return std::nullopt;
    const auto found = full_forms().find(word);
    if (!found || *found == nullptr) return std::nullopt;
    std::string_view with = (*found)->with;
    if (with.starts_with('^')) with.remove_prefix(1);
    std::string stem(word.substr(0, word.size() - with.size()));
    return stem.append((*found)->without);
}

std::optional<std::string_view> without_case_ending(std::string_view word) {
    for (std::size_t size = 0; size <= longest_ending && size + 2 * letter <= word.size(); size += letter) {
        const std::string_view base = word.substr(0, word.size() - size);
        if (std::find(endings.begin(), endings.end(), word.substr(base.size())) == endings.end()) continue;
        const auto found = bases().find(base);
        if (!found || size < found->shortest_ending * letter) continue;
        if (!found->noun) return std::nullopt;
        return base.substr(0, base.size() - found->surplus * letter);
    }
    return std::nullopt;
}

}  // namespace

std::string stem_russian(std::string_view case_folded, std::string_view snowball_stem) {
    if (case_folded.size() >= shortest_word && case_folded.size() <= longest_word &&
        is_cyrillic(case_folded)) {
        if (auto stem = without_fleeting_vowel(case_folded)) return *std::move(stem);
        if (const auto stem = without_case_ending(case_folded)) return std::string(*stem);
    }
    return std::string(snowball_stem);
}

}  // namespace izde::text
