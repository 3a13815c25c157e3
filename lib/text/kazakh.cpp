// Kazakh glues suffixes to a root in a fixed order: derivation, plural, possessive, case, person. They
// are taken off from the right, one group after the other, and only when they agree with what would be
// left: in vowel harmony (бала-лар, мектеп-тер) and in the first consonant (қала-да, халық-та). One
// spelling in the tables stands for all harmonic variants of a suffix; see `matches`.
// What agreement cannot tell (алтын "gold" is not алт-ын) is in `roots`. Tested by kazakh_test.cpp.
#include "text/kazakh.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <span>

namespace izde::text {
namespace {

using Letters = std::u16string_view;

constexpr std::size_t longest_word = 48;  // letters; the longest real ones have about 30
constexpr std::size_t shortest_stem = 3;
constexpr std::size_t known_only = longest_word + 1;  // a suffix that goes only when a known root is left

enum Sound : unsigned char {
    letter = 1,
    vowel = 2,
    back = 4,
    front = 8,
    hard = 16,
    nasal_sound = 32,
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
    mark(u"мнң", nasal_sound);
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
    open,
    consonant,
    nasal,
    possessed,
    owned,
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

struct Group {
    After after;
    std::size_t keep;
    Letters spellings;  // separated by spaces
};

// Suffixes that exclude each other in a word, the longest first.
class Suffixes {
  public:
    constexpr Suffixes(std::initializer_list<Group> groups) {
        for (Group group : groups)
            while (!group.spellings.empty()) {
                const Letters first = group.spellings.substr(0, group.spellings.find(u' '));
                all_[static_cast<std::size_t>(size_++)] = {first, group.after, group.keep};
                group.spellings.remove_prefix(std::min(first.size() + 1, group.spellings.size()));
            }
        std::sort(all_.begin(), all_.begin() + size_,
                  [](const Suffix& a, const Suffix& b) { return a.spelling.size() > b.spelling.size(); });
    }
    constexpr auto begin() const { return all_.begin(); }
    constexpr auto end() const { return all_.begin() + size_; }

  private:
    std::array<Suffix, 32> all_{};
    std::ptrdiff_t size_ = 0;
};

// In spellings A is а е, I is ы і, G is ғ г қ к, Q is қ к, D is д т, L is л д т, N is н д т, M is м б п;
// other letters are themselves. See `signs`.
using enum After;
constexpr Suffixes persons{{any, 4, u"сIңдAр сIң"}, {consonant, 4, u"MIн"}};

constexpr Suffixes cases{{any, 3, u"DAGI NIң Mен DAн DA GA"},
                         {any, 4, u"Nікі"},
                         {possessed, 3, u"нDAGI нAн нDA нA н"},
                         {nasal, 3, u"нAн"},
                         {open, 3, u"нI"},
                         {consonant, 3, u"DI"}};

// лы is no possessive, but the place to tell пайда-лы from журнал-ы.
constexpr Suffixes possessives{
    {consonant, 3, u"IмIз IңIз"}, {consonant, 4, u"Iм Iң"}, {open, 3, u"мIз ңIз"},
    {belongs, 3, u"сI"},          {owned, 3, u"I"},         {open, known_only, u"лI"}};

constexpr Suffixes plurals{{any, 3, u"LAр"}};

// Endings that leave no doubt that the word is a verb.
constexpr Suffixes verbs{
    {verb_consonant, 3, u"AтIн AмIн AмIз AдI"}, {verb_vowel, 3, u"йтIн ймIн ймIз йдI птI п DIQ DI"},
    {consonant, 3, u"итIн идI IптI Iп"},        {passive, 4, u"DI"},
    {any, 3, u"GAн DIм мAй пAй сA сIн GAлI"},   {any, 4, u"MAQ"}};

// Those that make nouns, so that plural, possessive and case may follow.
constexpr Suffixes participles{{verb_consonant, 3, u"AтIн"},
                               {verb_vowel, 3, u"йтIн"},
                               {consonant, 3, u"итIн"},
                               {any, 3, u"GAн ушI уш у"}};

constexpr Suffixes negations{{any, 3, u"MA"}};

constexpr Suffixes voices{{consonant, 3, u"Iл"}, {consonant, 4, u"Iн"}, {verb_vowel, 4, u"л"}};

// What makes verbs of nouns: пайда-лан, бет-тес.
constexpr Suffixes verbalisers{{any, 4, u"LAн LAс LAт LA"}};

constexpr Suffixes derivations{
    {any, 3, u"LIQ сIз LI"}, {any, 4, u"шI DAй шA"}, {consonant, 3, u"GI"}, {consonant, 4, u"ш и"}};

// Words that look inflected but are not, and words shorter than `shortest_stem`.
constexpr Letters root_words =
    u"абай адам азамат ай айгүл айдын аймақ айна айнұр айтыс айып ал алаш алма алмас алпыс алты алтын ана "
    u"анықтама апа арал арман армия арна арыстан ас астана ат ата атырау ау ауа аудан ауыз ауыл ауғанстан "
    u"аш ащы аяқ ақ ақпарат ақтау ақша ақы ақын ақыр аңшы байланыс бала балта балық бармақ барыс баста "
    u"басты басшы басқа бау бауыржан башқұртстан баға бағдарлама бейбіт бекзат берік бойын болат болыс "
    u"болған бостан бюджет білім бірінші бүгін бұлақ бөлек бөлме бөлім бөрік газет генерал дайын дала "
    u"дара дау дауыс дағыстан дейін дұшман дәптер дәрі егін екі екінші ел елу ер ереже ерлан ерік ерін "
    u"есеп ет еңбек жаз жалған жалғас жана жапырақ жара жарнама жарыс жарық жаса жасыл жау "
    u"жауап жағдай жақын жаңа жергілік жетпіс жеті жетісу жина жиым жиын жолда жолдас журнал журналист "
    u"жыл жылу жылқы жігін жүз жүйе жұлдыз жұмса жұмыс жәрдем закон заман зейін интернет ислам ит кабинет "
    u"канал капитал кедей кеден кедендік кездесу кейін кейіп келін келісім кеме кеңес киім комитет кіріс "
    u"кітап күз күй күрделі күрес кәрі кәсіп көктем көлем көп көрме көрші көрік көңіл мамай маман марат "
    u"маса материал мағжан мақтап маңызды мекен мектеп мемлекет мешіт минерал мойын моңғолстан мың міндет "
    u"мүлік мүмкін мұрат мұрын мұхит мұғалім мәдени мәдениет мәжіліс мәселе мәтін мәңгі нарық негіз "
    u"нұрлан ой ойла ойна ойын он орал орган органы орда ордабасы орман орта орын от отан отаны отыз отын "
    u"оқ оқиға оқу оқушы пайда пара парық портал потенциал пәкістан ресми роман сайлау сайын салдар "
    u"салтанат салық сана сандық сара сарай сау сауда сахна саясат саяси сағат сақина себеп сегіз сексен "
    u"семей сенат сенім серік соғыс су сыла сүйін сұлтан сөйле табиғат талай талант талап талдан "
    u"талдау талдықорған талғат тамақ тапсыр тара тарап тарату тарих татарстан тау тақта тақырып тегін "
    u"текше терминал теңіз топ топырақ торғай тоға тоғай тоғыз тоқсан тоқтар туын туыс туысқан туған "
    u"тығын тыңда тіл тілеп тірі түркімен түркістан түрікмен түрікменстан түсім түтін тұлпар тұлғ тұман "
    u"тұрмыс тұрғын тұщы тәжікстан тәртіп тәтті тәуелсіз төлем университет факультет фестиваль хабар "
    u"халық халықаралық шапан шара шарап шаруашылық шақырым шаңырақ шекара шешім шымкент шығарма шығын "
    u"шығыс шыңғыс ыбырай ырық ірі іс іш ғалым ғимарат ғылым ғұмыр ғұрып қабылан қазан қазақстан қазын "
    u"қала қалдық қалып қалың қанат қара қарағай қарағанды қаржы қарлұқ қарсы қару қарым қарын қарындас "
    u"қасиет қасым қатты қауіп қаға қиын қозғалыс қойын қонақ қоныс қорған қоян қоға қуат қызмет қызыл "
    u"қымбат қырық қырғызстан қыс құйын құлақ құлық құпия құран құрдас құрлық құрмет құрылыс құқық "
    u"үз үй үйлен үлкен үн үндістан үш үшінші ұзақ ұзын ұйым ұл ұлт ұлтан ұлы ұр ұш әдебиет ән әріп өз "
    u"өзбек өзбекстан өзге өзен өл өлең өлім өмір өнім өс өскемен өсім өт ";

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
    const bool narrow = last == u'ы' || last == u'і';
    const bool agent = rest.ends_with(u"шы") || rest.ends_with(u"ші");
    if (after == open) return is(last, vowel);
    if (after == consonant) return !is(last, vowel);
    if (after == nasal) return is(last, nasal_sound);
    if (after == possessed) return narrow;
    if (after == owned) return !is(last, vowel) && !((last == u'ғ' || last == u'г') && ends_in_cluster(rest));
    if (after == belongs) return is(last, vowel) && (!narrow || agent || is_root(rest));  // жұмыс-ы, бала-сы
    if (after == passive) return rest.ends_with(u"ыл") || rest.ends_with(u"іл");
    if (after == verb_consonant) return !sounds_as_vowel(last) && !ends_in_cluster(rest);
    if (after == verb_vowel) return narrow || last == u'а' || last == u'е';
    return true;
}

// How a sign is spelt: its letters anywhere, and at the start of a suffix after each kind of sound.
struct Sign {
    char16_t sign;
    Letters letters, after_vowel, after_glide, after_nasal, after_voiced, after_hard;
};

constexpr auto signs = std::to_array<Sign>({
    {u'D', u"дт", u"д", u"д", u"д", u"д", u"т"},
    {u'G', u"ғгқк", u"ғг", u"ғг", u"ғг", u"ғг", u"қк"},
    {u'L', u"лдт", u"л", u"л", u"д", u"д", u"т"},
    {u'N', u"ндт", u"н", u"д", u"н", u"д", u"т"},
    {u'M', u"мбп", u"мб", u"мб", u"мб", u"мб", u"п"},
    {u'A', u"ае", u"ае", u"ае", u"ае", u"ае", u"ае"},
    {u'I', u"ыі", u"ыі", u"ыі", u"ыі", u"ыі", u"ыі"},
    {u'Q', u"қк", u"қк", u"қк", u"қк", u"қк", u"қк"},
});

constexpr auto sign_index = [] {
    std::array<unsigned char, 128> index{};
    for (std::size_t i = 0; i < signs.size(); ++i) index[signs[i].sign] = static_cast<unsigned char>(i);
    return index;
}();

// Which signs a letter may stand for, one bit each.
constexpr auto spelt_by = [] {
    std::array<unsigned char, 256> bits{};
    for (std::size_t i = 0; i < signs.size(); ++i)
        for (const char16_t c : signs[i].letters)
            bits[c - 0x400u] = static_cast<unsigned char>(bits[c - 0x400u] | 1u << i);
    return bits;
}();

bool stands_for(char16_t spelling, char16_t c) {
    return spelling < 128 ? ((spelt_by[c - 0x400u] >> sign_index[spelling]) & 1u) != 0 : spelling == c;
}

// Whether a suffix that begins with `first` may follow `last`: қала-да, халық-та.
bool joins(char16_t spelling, char16_t first, char16_t last) {
    if (spelling >= 128 || last == u'ь') return true;
    const Sign& sign = signs[sign_index[spelling]];
    const Letters allowed = is(last, hard)          ? sign.after_hard
                            : is(last, vowel)       ? sign.after_vowel
                            : is(last, nasal_sound) ? sign.after_nasal
                            : is(last, glide)       ? sign.after_glide
                                                    : sign.after_voiced;
    return std::ranges::find(allowed, first) != allowed.end();
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

enum class To : unsigned char { any_stem, known_root };

// Takes the longest suffix that fits off the end of a word, or a shorter one when that leaves a known root.
bool strip(Word& word, const Suffixes& suffixes, To to = To::any_stem) {
    std::size_t left = 0;
    bool looked_up = false;
    for (const Suffix& suffix : suffixes) {
        if (!matches(word, suffix)) continue;
        if (!looked_up && is_root(word)) return false;
        looked_up = true;
        const Letters rest = Letters(word).substr(0, word.size() - suffix.spelling.size());
        const bool known = (rest.size() + 1 >= suffix.keep || suffix.keep == known_only) && is_root(rest);
        if (known || (to == To::any_stem && left == 0 && can_stand(rest, suffix.keep))) left = rest.size();
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

bool strip_verb_endings(Word& word, const Suffixes& endings) {
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
    if (word.size() > shortest_stem && (word.back() == u'ы' || word.back() == u'і') && !is_root(word))
        word.cut_to(word.size() - 1);
    harden(word);
    restore_vowel(word);
}

// The letters of a word, or none when some are not Kazakh.
Word decode(std::string_view utf8) {
    if (utf8.size() > longest_word * 2) return {};
    Word letters;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        if (letters.size() == longest_word) return {};
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

// What i, ı and u mean depends on the alphabet; they stay, and are settled afterwards.
constexpr Letters latin_letters = u"aäábdefgğǵhiıjklmnñńoöópqrsştuūúüvyýz";
constexpr Letters cyrillic_ones = u"аәәбдефгғғхiıжклмнңңоөөпқрсштuұүүвыуз";
static_assert(latin_letters.size() == cyrillic_ones.size());

struct Digraph {
    Letters latin;
    char16_t cyrillic;
};

constexpr auto digraphs = std::to_array<Digraph>({
    {u"sh", u'ш'},
    {u"ch", u'ч'},
    {u"i\u0307", u'i'},
    {u"ia", u'я'},
    {u"ıa", u'я'},
    {u"iu", u'ю'},
    {u"ıý", u'ю'},
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
        const auto pair =
            std::ranges::find_if(digraphs, [&](const Digraph& d) { return latin.starts_with(d.latin); });
        const auto at = latin_letters.find(latin[0]);
        if (pair == digraphs.end() && at == Letters::npos) return {};
        word.push_back(pair != digraphs.end() ? pair->cyrillic : cyrillic_ones[at]);
        latin.remove_prefix(pair != digraphs.end() ? pair->latin.size() : 1);
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
