// Kazakh glues suffixes to a root in a fixed order: derivation, plural, possessive, case, person. They
// are taken off from the right, one group after the other, and only when they agree with what would be
// left: in vowel harmony (бала-лар, мектеп-тер) and in the first consonant (қала-да, халық-та). One
// spelling in the tables stands for all harmonic variants of a suffix; see `matches`.
// What agreement cannot tell (алтын "gold" is not алт-ын) is in `roots`. Tested by kazakh_test.cpp.
#include "text/kazakh.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

namespace izde::text {
namespace {

using Letters = std::u16string_view;

constexpr std::size_t longest_word = 48;  // letters; the longest real ones have about 30
constexpr std::size_t shortest_stem = 3;

enum Sound : unsigned char {
    none = 0,
    letter = 1,
    vowel = 2,
    back = 4,
    front = 8,
    hard = 16,
    nasal = 32,
    glide = 64
};

// Cyrillic, U+0400 to U+04FF.
constexpr auto sounds = [] {
    std::array<unsigned char, 256> table{};
    const auto mark = [&table](Letters letters, int flags) {
        for (const char16_t c : letters)
            table[c - 0x400u] = static_cast<unsigned char>(table[c - 0x400u] | flags);
    };
    mark(u"абвгдежзийклмнопрстуфхцчшщъыьэюяёәғқңөұүһі", letter);
    mark(u"аоұыяё", vowel | back);
    mark(u"әөүіеэ", vowel | front);
    mark(u"ю", vowel);                 // и, у, ю go with either kind
    mark(u"пткқсшщчцфхһбвгғд", hard);  // б в г д end only loan words, and sound voiceless there
    mark(u"мнң", nasal);
    mark(u"рйуи", glide);
    return table;
}();

constexpr bool is(char16_t c, int flags) {
    return c >= 0x400 && c <= 0x4FF && (sounds[c - 0x400u] & flags) != 0;
}

constexpr bool sounds_as_vowel(char16_t c) {
    return is(c, vowel) || c == u'у' || c == u'и';
}

// What the letter before a suffix must be.
enum class After : unsigned char {
    any,
    vowel,
    consonant,
    nasal,
    possessed,
    belongs,
    passive,
    verb_vowel,
    verb_consonant
};

// A word being taken apart, without touching the heap.
class Word {
  public:
    Word() = default;
    Word(Letters letters) : size_(std::min(letters.size(), longest_word)) {
        std::ranges::copy(letters.substr(0, size_), letters_.begin());
    }
    operator Letters() const { return {letters_.data(), size_}; }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    char16_t& operator[](std::size_t i) { return letters_[i]; }
    char16_t& back() { return letters_[size_ - 1]; }
    void cut_to(std::size_t size) { size_ = size; }
    void push_back(char16_t c) {
        if (size_ < longest_word) letters_[size_++] = c;
    }

  private:
    std::array<char16_t, longest_word> letters_{};
    std::size_t size_ = 0;
};

struct Suffix {
    Letters spelling;
    After after = After::any;
    std::size_t keep = shortest_stem;  // letters that must be left
};

// In `spelling` A is а е, I is ы і, G is ғ г қ к, Q is қ к (ғ г before a vowel), D is д т, L is л д т,
// N is н д т, M is м б п; other letters are themselves. Longer before shorter.
constexpr auto persons = std::to_array<Suffix>({
    {u"сIңдAр", After::any, 4},
    {u"MIн", After::consonant, 4},
    {u"сIң", After::any, 4},
});

constexpr auto cases = std::to_array<Suffix>({
    {u"нDAGI", After::possessed},
    {u"DAGI"},
    {u"Nікі", After::any, 4},
    {u"нан", After::possessed},
    {u"нен", After::possessed},
    {u"нDA", After::possessed},
    {u"NIң"},
    {u"Mен", After::any},
    {u"DAн"},
    {u"нAн", After::nasal},
    {u"нA", After::possessed},
    {u"DA"},
    {u"GA"},
    {u"нI", After::vowel},
    {u"DI", After::consonant},
    {u"н", After::possessed},
});

constexpr auto possessives = std::to_array<Suffix>({
    {u"IмIз", After::consonant},
    {u"IңIз", After::consonant},
    {u"мIз", After::vowel},
    {u"ңIз", After::vowel},
    {u"сI", After::belongs},
    {u"лI", After::vowel, 5},  // not a possessive, but журнал-ы and пайда-лы are told apart here
    {u"Iм", After::consonant, 4},
    {u"Iң", After::consonant, 4},
    {u"I", After::consonant},
});

constexpr auto plurals = std::to_array<Suffix>({
    {u"LAр"},
});

// Endings that leave no doubt that the word is a verb.
constexpr auto verbs = std::to_array<Suffix>({
    {u"AтIн", After::verb_consonant},
    {u"йтIн", After::verb_vowel},
    {u"итIн", After::consonant},
    {u"AмIн", After::verb_consonant},
    {u"ймIн", After::verb_vowel},
    {u"AмIз", After::verb_consonant},
    {u"ймIз", After::verb_vowel},
    {u"AдI", After::verb_consonant},
    {u"йдI", After::verb_vowel},
    {u"идI", After::consonant},
    {u"GAн"},
    {u"DIм"},
    {u"DIQ", After::vowel},
    {u"DI", After::vowel},
    {u"DI", After::passive, 4},
    {u"MAQ", After::any, 4},
    {u"сA"},
    {u"IптI", After::consonant},
    {u"птI", After::verb_vowel},
    {u"мAй"},
    {u"пAй"},
    {u"Iп", After::consonant},
    {u"п", After::verb_vowel},
    {u"сIн", After::any},
    {u"GAлI", After::any},
});

// Those that make nouns, so that plural, possessive and case may follow.
constexpr auto participles = std::to_array<Suffix>({
    {u"AтIн", After::verb_consonant},
    {u"йтIн", After::verb_vowel},
    {u"итIн", After::consonant},
    {u"GAн"},
    {u"ушI"},
    {u"уш"},
    {u"у"},
});

constexpr auto negations = std::to_array<Suffix>({{u"MA"}});

constexpr auto voices = std::to_array<Suffix>({
    {u"Iл", After::consonant},
    {u"л", After::verb_vowel, 4},
    {u"Iн", After::consonant, 4},
});

// What makes verbs of nouns: пайда-лан, мекен-дес.
constexpr auto verbalisers = std::to_array<Suffix>({
    {u"LAн", After::any, 4},
    {u"LAс", After::any, 4},
    {u"LAт", After::any, 4},
    {u"LA", After::any, 4},
});

constexpr auto derivations = std::to_array<Suffix>({
    {u"LIQ"},
    {u"сIз"},
    {u"шI", After::any, 4},
    {u"LI", After::any},
    {u"DAй", After::any, 4},
    {u"ша", After::any, 4},
    {u"ше", After::any, 4},
    {u"GI", After::consonant},
    {u"и", After::consonant, 4},
});

// Words that look inflected but are not, and words shorter than `shortest_stem`.
constexpr Letters root_words =
    u"абай адам азамат ай айгүл айдын аймақ айна айнұр айтыс айып ал алаш алма алмас алпыс алты алтын "
    u"ана анықтама апа арал арман армия арна арыстан ас астана ат ата атырау ау ауа аудан ауыз ауыл "
    u"ауғанстан ащы аяқ ақ ақпарат ақтау ақша ақы ақын ақыр аңшы байланыс бала балта балық бармақ барыс "
    u"баста басты басшы басқа бау бауыржан башқұртстан баға бағдарлама бейбіт бекзат бері берік бойын "
    u"болат болыс болған бостан бюджет білім бірінші бүгін бұлақ бөлек бөлме бөлім бөрік газет генерал "
    u"дайын дала дара дау дауыс дағыстан дейін дұшман дәптер дәрі егін екі екінші ел елу ер ереже еркін "
    u"ерлан ерік ерін есеп ет еңбек жаз жазы жазғы жалған жалғас жана жапырақ жара жарнама жарыс жарық "
    u"жаса жасыл жау жауап жағдай жақын жаңа жергілік жетпіс жеті жетісу жина жиым жиын жолда жолдас "
    u"журнал журналист жыл жылу жылқы жігін жүз жүйе жұлдыз жұмса жұмыс жәрдем закон заман зейін "
    u"интернет ислам ит кабинет канал капитал кедей кеден кедендік кездесу кейін кейіп келін келісім "
    u"кеме кері кеңес киім комитет кіріс кітап күз күй күрделі күрес кәрі кәсіп көктем көлем көп көрме "
    u"көрші көрік көңіл мамай маман марат маса материал мағжан мақтап маңызды мекен мектеп мемлекет "
    u"мешіт минерал мойын моңғолстан мың міндет мүлік мүмкін мұрат мұрын мұхит мұғалім мәдени мәдениет "
    u"мәжіліс мәселе мәтін мәңгі нарық негіз нұрлан ой ойла ойна ойын он орал орган органы орда "
    u"ордабасы орман орта орын от отан отаны отыз отын оқ оқиға оқу оқушы пайда пара парық портал "
    u"потенциал пәкістан ресми роман сайлау сайын салдар салтанат салық сана сандық сара сарай сау "
    u"сауда сахна саясат саяси сағат сақина себеп сегіз сексен семей сенат сенім серік соғыс соңы су "
    u"сыла сүйін сұлтан сөйле табиғат талай талант талап талдан талдау талдықорған талғат тамақ тапсыр "
    u"тара тарап тарату тарих татарстан тау тақта тақырып тегін текше терминал теңіз топ топырақ торғай "
    u"тоға тоғай тоғыз тоқсан тоқтар туын туыс туысқан туған тығын тыңда тіл тілеп тірі түркімен "
    u"түркістан түрікмен түрікменстан түсім түтін тұлпар тұлғ тұман тұрмыс тұрғын тұщы тәжікстан тәртіп "
    u"тәтті тәуелсіз төлем университет факультет фестиваль хабар халық халықаралық шапан шара шарап "
    u"шаруашылық шақырым шаңырақ шекара шешім шымкент шығарма шығын шығыс шыңғыс ыбырай ырық ірі іс іш "
    u"ғалым ғимарат ғылым ғұмыр ғұрып қабылан қазан қазақстан қазын қала қалдық қалып қалың қанат қара "
    u"қарағай қарағанды қаржы қарлұқ қарсы қару қарым қарын қарындас қасиет қасым қатты қауіп қаға қиын "
    u"қозғалыс қойын қонақ қоныс қорған қоян қоға қуат қызмет қызыл қымбат қырық қырғызстан қыс қысқы "
    u"құйын құлақ құлық құпия құран құрдас құрлық құрмет құрылыс құқық үй үйлен үлкен үн үндістан үш "
    u"үшінші ұзақ ұзын ұйым ұл ұлт ұлтан ұлы ұғым әдебиет ән әріп өз өзбек өзбекстан өзге өлім өмір "
    u"өнім өскемен өсім ";

constexpr auto roots = [] {
    std::array<Letters, static_cast<std::size_t>(std::ranges::count(root_words, u' '))> words;
    Letters text = root_words;
    for (Letters& word : words) {
        word = text.substr(0, text.find(u' '));
        text.remove_prefix(word.size() + 1);
    }
    std::ranges::sort(words);
    return words;
}();

struct Elision {
    Letters cut, whole;
};

// Roots that lose their last vowel before a possessive: халқы, ерні. Sorted by `cut`.
constexpr auto elisions = [] {
    auto table = std::to_array<Elision>({
        {u"халқ", u"халық"}, {u"ерн", u"ерін"},   {u"орн", u"орын"},   {u"ауз", u"ауыз"},
        {u"мұрн", u"мұрын"}, {u"қарн", u"қарын"}, {u"мойн", u"мойын"}, {u"көңл", u"көңіл"},
        {u"ойн", u"ойын"},   {u"қойн", u"қойын"}, {u"көрк", u"көрік"}, {u"құлқ", u"құлық"},
        {u"ырқ", u"ырық"},   {u"қауп", u"қауіп"}, {u"әрп", u"әріп"},   {u"ғұрп", u"ғұрып"},
        {u"қалп", u"қалып"}, {u"нарқ", u"нарық"}, {u"парқ", u"парық"}, {u"мүлк", u"мүлік"},
        {u"ерк", u"ерік"},   {u"зейн", u"зейін"}, {u"кейп", u"кейіп"}, {u"бөрк", u"бөрік"},
        {u"ғұмр", u"ғұмыр"}, {u"мәтн", u"мәтін"}, {u"оқ", u"оқу"},     {u"оқы", u"оқу"},
        {u"айб", u"айып"},   {u"айп", u"айып"},
    });
    std::ranges::sort(table, {}, &Elision::cut);
    return table;
}();

// Where the roots of each first letter start: a binary search over few words.
constexpr auto root_begins = [] {
    std::array<std::uint16_t, 257> begins{};
    for (const Letters root : roots) ++begins[root[0] - 0x400u + 1];
    for (std::size_t i = 1; i < begins.size(); ++i)
        begins[i] = static_cast<std::uint16_t>(begins[i] + begins[i - 1]);
    return begins;
}();

bool is_root(Letters word) {
    const std::size_t first = word[0] - 0x400u;
    const auto same_letter =
        std::span(roots).subspan(root_begins[first], root_begins[first + 1] - root_begins[first]);
    return std::ranges::binary_search(same_letter, word);
}

// No root ends like қолд-, баст-: the vowel after it is the root's own (қолда-ды, not қолд-ады).
bool ends_in_cluster(Letters rest) {
    if (rest.size() < 2 || sounds_as_vowel(rest[rest.size() - 2])) return false;
    return rest.back() != u'т' || !is(rest[rest.size() - 2], glide);
}

bool after_allows(After after, Letters rest) {
    const char16_t last = rest.back();
    switch (after) {
    case After::any:
        return true;
    case After::vowel:
        return is(last, vowel);
    case After::consonant:
        return !is(last, vowel);
    case After::nasal:
        return is(last, nasal);
    case After::possessed:
        return last == u'ы' || last == u'і';
    case After::belongs:  // жұмыс-ы, but бала-сы and оқушы-сы
        return is(last, vowel) && ((last != u'ы' && last != u'і') || rest.ends_with(u"шы") ||
                                   rest.ends_with(u"ші") || is_root(rest));
    case After::passive:
        return rest.ends_with(u"ыл") || rest.ends_with(u"іл");
    case After::verb_consonant:
        return !sounds_as_vowel(last) && !ends_in_cluster(rest);
    case After::verb_vowel:
        return is(last, vowel) || last == u'и' || last == u'у';
    }
    return false;
}

// The variants of a suffix's first consonant: which one follows which ending.
bool joins(char16_t sign, char16_t first, char16_t last) {
    if (last == u'ь') return true;
    const bool voiceless = is(last, hard);
    switch (sign) {
    case u'D':
        return (first == u'т' && voiceless) || (first == u'д' && !voiceless);
    case u'G':
        return voiceless ? first == u'қ' || first == u'к' : first == u'ғ' || first == u'г';
    case u'M':
        return first == u'п' ? voiceless : !voiceless && (first == u'м' || first == u'б');
    case u'L':
        return first == u'т'   ? voiceless
               : first == u'л' ? is(last, vowel | glide)
                               : first == u'д' && !voiceless && !is(last, vowel);
    case u'N':
        return first == u'т'   ? voiceless
               : first == u'н' ? is(last, vowel | nasal)
                               : first == u'д' && !voiceless && !is(last, vowel);
    default:
        return true;
    }
}

bool stands_for(char16_t sign, char16_t c) {
    switch (sign) {
    case u'A':
        return c == u'а' || c == u'е';
    case u'I':
        return c == u'ы' || c == u'і';
    case u'G':
        return c == u'ғ' || c == u'г' || c == u'қ' || c == u'к';
    case u'Q':
        return c == u'қ' || c == u'к';
    case u'D':
        return c == u'д' || c == u'т';
    case u'L':
        return c == u'л' || c == u'д' || c == u'т';
    case u'N':
        return c == u'н' || c == u'д' || c == u'т';
    case u'M':
        return c == u'м' || c == u'б' || c == u'п';
    default:
        return c == sign;
    }
}

bool harmonises(Letters rest, Letters suffix) {
    const auto sounding = std::ranges::find_if(suffix, [](char16_t c) { return is(c, back | front); });
    if (sounding == suffix.end() || rest.back() == u'в' || rest.back() == u'ь') return true;
    const int kind = is(*sounding, back) ? back : front;
    for (std::size_t i = rest.size(); i-- > 0;)
        if (sounds_as_vowel(rest[i])) return is(rest[i], kind) || !is(rest[i], back | front);
    return false;
}

bool matches(Letters word, const Suffix& suffix) {
    const Letters spelling = suffix.spelling;
    if (word.size() <= spelling.size()) return false;
    const Letters rest = word.substr(0, word.size() - spelling.size());
    const Letters tail = word.substr(rest.size());
    bool harmonic = false;
    for (std::size_t i = tail.size(); i-- > 0;) {
        if (!stands_for(spelling[i], tail[i])) return false;
        harmonic |= spelling[i] == u'A' || spelling[i] == u'I';
    }
    return after_allows(suffix.after, rest) && joins(spelling[0], tail[0], rest.back()) &&
           (!harmonic || harmonises(rest, tail));
}

bool can_stand(Letters rest, std::size_t letters) {
    return (rest.size() >= letters && std::ranges::any_of(rest, sounds_as_vowel)) ||
           (letters == shortest_stem && is_root(rest));
}

// Takes the longest suffix that fits off the end of a word, or a shorter one when that leaves a known root.
enum class To : unsigned char { any_stem, known_root };

bool strip(Word& word, std::span<const Suffix> suffixes, To to = To::any_stem) {
    std::size_t left = 0;
    bool looked_up = false;
    for (const Suffix& suffix : suffixes) {
        if (!matches(word, suffix)) continue;
        if (!looked_up && is_root(word)) return false;
        looked_up = true;
        const Letters rest = Letters(word).substr(0, word.size() - suffix.spelling.size());
        const bool known = rest.size() + 1 >= suffix.keep && is_root(rest);
        if (known || (to == To::any_stem && left == 0 && can_stand(rest, suffix.keep))) left = rest.size();
        if (known) break;
    }
    if (left == 0) return false;
    word.cut_to(left);
    return true;
}

void harden(Word& word) {
    char16_t& last = word.back();
    last = last == u'б' ? u'п' : last == u'г' ? u'к' : last == u'ғ' ? u'қ' : last;
}

void restore_vowel(Word& word) {
    const auto found = std::ranges::lower_bound(elisions, Letters(word), {}, &Elision::cut);
    if (found != elisions.end() && found->cut == Letters(word)) word = found->whole;
}

bool strip_possessive(Word& word) {
    if (!strip(word, possessives)) return false;
    harden(word);
    restore_vowel(word);
    return true;
}

// Plural, possessive, case; twice, for қала-лар-ы-ндағы-лар-дың.
bool strip_noun_endings(Word& word) {
    const std::size_t before = word.size();
    for (int round = 0; round < 2; ++round) {
        if (strip(word, possessives, To::known_root)) break;  // аудан-ы, not ауда-ны
        strip(word, cases);
        strip_possessive(word);
        strip(word, plurals);
    }
    return word.size() != before;
}

bool strip_verb_endings(Word& word, std::span<const Suffix> endings) {
    if (!strip(word, endings)) return false;
    strip(word, negations);
    strip(word, voices);
    strip(word, verbalisers);
    return true;
}

bool strip_derivations(Word& word) {
    const std::size_t before = word.size();
    for (int round = 0; round < 3 && strip(word, derivations); ++round) harden(word);
    return word.size() != before;
}

void finish(Word& word) {
    if (word.size() > shortest_stem && is(word.back(), vowel) &&
        (word.back() == u'ы' || word.back() == u'і') && !is_root(word))
        word.cut_to(word.size() - 1);
    harden(word);
    restore_vowel(word);
}

// The letters of a word, or none when some are not Kazakh.
Word decode(std::string_view utf8) {
    if (utf8.size() > longest_word * 2) return {};
    Word letters;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const auto byte = static_cast<unsigned char>(utf8[i]);
        if (byte < 0x80) {
            letters.push_back(byte);
            continue;
        }
        const auto next = i + 1 < utf8.size() ? static_cast<unsigned char>(utf8[i + 1]) : 0u;
        if (byte < 0xC2 || byte > 0xDF || (next & 0xC0u) != 0x80u) return {};
        letters.push_back(static_cast<char16_t>((byte & 0x1Fu) << 6 | (next & 0x3Fu)));
        ++i;
    }
    return letters;
}

std::string write(Letters letters) {
    std::string utf8;
    for (const char16_t c : letters) {
        utf8.push_back(static_cast<char>(0xC0 | c >> 6));
        utf8.push_back(static_cast<char>(0x80 | (c & 0x3F)));
    }
    return utf8;
}

struct Romanised {
    Letters latin;
    char16_t cyrillic;
};

// Longer before shorter. What i, ı and u mean depends on the alphabet; they are settled afterwards.
constexpr auto alphabet = std::to_array<Romanised>({
    {u"sh", u'ш'}, {u"ch", u'ч'}, {u"i\u0307", u'i'}, {u"ia", u'я'}, {u"ıa", u'я'}, {u"ıý", u'ю'},
    {u"iu", u'ю'}, {u"a", u'а'},  {u"ä", u'ә'},       {u"á", u'ә'},  {u"b", u'б'},  {u"d", u'д'},
    {u"e", u'е'},  {u"f", u'ф'},  {u"g", u'г'},       {u"ğ", u'ғ'},  {u"ǵ", u'ғ'},  {u"h", u'х'},
    {u"i", u'i'},  {u"ı", u'ı'},  {u"j", u'ж'},       {u"k", u'к'},  {u"l", u'л'},  {u"m", u'м'},
    {u"n", u'н'},  {u"ñ", u'ң'},  {u"ń", u'ң'},       {u"o", u'о'},  {u"ö", u'ө'},  {u"ó", u'ө'},
    {u"p", u'п'},  {u"q", u'қ'},  {u"r", u'р'},       {u"s", u'с'},  {u"ş", u'ш'},  {u"t", u'т'},
    {u"u", u'u'},  {u"ū", u'ұ'},  {u"ú", u'ү'},       {u"ü", u'ү'},  {u"v", u'в'},  {u"y", u'ы'},
    {u"ý", u'у'},  {u"z", u'з'},
});

enum class Alphabet : unsigned char { plain, of_2018, of_2021 };

Alphabet alphabet_of(Letters latin) {
    if (latin.find_first_of(u"äöüūğñş") != Letters::npos) return Alphabet::of_2021;
    if (latin.find_first_of(u"áóúýǵń") != Letters::npos) return Alphabet::of_2018;
    return latin.find(u'ı') != Letters::npos ? Alphabet::of_2021 : Alphabet::plain;
}

bool is_sung(char16_t c) {
    return is(c, vowel) || c == u'i' || c == u'ı';
}

char16_t settle(Letters word, std::size_t at, Alphabet script, bool foreign) {
    const bool after_vowel = at > 0 && is_sung(word[at - 1]);
    if (word[at] == u'u') {
        if (script != Alphabet::plain) return script == Alphabet::of_2018 ? u'ұ' : u'у';
        const bool open = after_vowel || at + 1 == word.size() || is_sung(word[at + 1]);
        return open || foreign || at > 1 || (at == 1 && word[0] == u'к') ? u'у' : u'ұ';
    }
    const bool full =
        script == Alphabet::plain ? foreign : (word[at] == u'i') == (script == Alphabet::of_2021);
    if (after_vowel && (full || script == Alphabet::plain)) return u'й';
    return full ? u'и' : u'і';
}

// в, ф and two consonants in front tell a loan word, where u is у.
bool is_loan(Letters word) {
    const auto closed = [&](std::size_t i) { return !is_sung(word[i]) && word[i] != u'u'; };
    return word.find_first_of(u"вф") != Letters::npos || (word.size() > 1 && closed(0) && closed(1));
}

// Those and words where i stands beside back vowels: there i is и.
bool has_full_i(Letters word) {
    return is_loan(word) || (word[0] != u'қ' && word.find_first_of(u"аоы") != Letters::npos);
}

Word transliterate(Letters latin) {
    const Alphabet script = alphabet_of(latin);
    if (latin.find(u"oo") != Letters::npos || latin.find(u"ee") != Letters::npos) return {};  // English
    Word word;
    while (!latin.empty()) {
        const auto found =
            std::ranges::find_if(alphabet, [&](const Romanised& r) { return latin.starts_with(r.latin); });
        if (found == alphabet.end()) return {};
        word.push_back(found->cyrillic);
        latin.remove_prefix(found->latin.size());
    }
    const bool loan = is_loan(word), full_i = has_full_i(word);
    if (full_i && word[0] == u'е') word[0] = u'э';
    for (std::size_t i = 0; i < word.size(); ++i)
        if (word[i] < 0x400) word[i] = settle(word, i, script, word[i] == u'u' ? loan : full_i);
    return word;
}

bool is_cyrillic(Letters letters) {
    return std::ranges::all_of(letters, [](char16_t c) { return is(c, letter); });
}

Word read(std::string_view utf8) {
    const Word letters = decode(utf8);
    return is_cyrillic(letters) ? letters : transliterate(letters);
}

// A reading that ends in a known root wins (қызметі-н, not қызм-етін); then that of a verb.
void strip_inflection(Word& word) {
    auto noun = word;
    strip_noun_endings(noun);
    if (is_root(noun)) {
        word = noun;
        return;
    }
    strip(word, persons);
    if (strip_verb_endings(word, verbs)) return;
    if (word.size() == noun.size())
        word = noun;
    else
        strip_noun_endings(word);
    strip_verb_endings(word, participles);
}

void reduce(Word& word) {
    if (!is_root(word)) strip_inflection(word);
    if (strip_derivations(word)) strip_verb_endings(word, participles);
    finish(word);
}

}  // namespace

std::string stem_kazakh(std::string_view case_folded_word) {
    auto word = read(case_folded_word);
    if (word.empty()) return std::string(case_folded_word);
    if (word.size() < shortest_stem) return write(word);
    reduce(word);
    return write(word);
}

}  // namespace izde::text
