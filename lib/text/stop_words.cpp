#include "text/stop_words.hpp"

#include <algorithm>
#include <array>

namespace izde::text {
namespace {

using namespace std::string_view_literals;

constexpr std::array de{
    "aber"sv,  "als"sv,   "am"sv,     "an"sv,     "auch"sv, "auf"sv,    "aus"sv,   "bei"sv,  "bin"sv,
    "bis"sv,   "da"sv,    "das"sv,    "dass"sv,   "dem"sv,  "den"sv,    "der"sv,   "des"sv,  "die"sv,
    "dies"sv,  "diese"sv, "dieser"sv, "dieses"sv, "doch"sv, "du"sv,     "durch"sv, "ein"sv,  "eine"sv,
    "einem"sv, "einen"sv, "einer"sv,  "eines"sv,  "er"sv,   "es"sv,     "fur"sv,   "hat"sv,  "hatte"sv,
    "ich"sv,   "ihr"sv,   "im"sv,     "in"sv,     "ist"sv,  "ja"sv,     "kann"sv,  "man"sv,  "mit"sv,
    "nach"sv,  "nicht"sv, "noch"sv,   "nur"sv,    "ob"sv,   "oder"sv,   "sein"sv,  "sich"sv, "sie"sv,
    "sind"sv,  "so"sv,    "uber"sv,   "um"sv,     "und"sv,  "uns"sv,    "unter"sv, "vom"sv,  "von"sv,
    "vor"sv,   "war"sv,   "waren"sv,  "was"sv,    "wenn"sv, "werden"sv, "wie"sv,   "wir"sv,  "wird"sv,
    "wo"sv,    "wurde"sv, "wurden"sv, "zu"sv,     "zum"sv,  "zur"sv};
constexpr std::array en{
    "a"sv,      "about"sv,  "after"sv, "all"sv,     "also"sv, "an"sv,      "and"sv,    "any"sv,     "are"sv,
    "as"sv,     "at"sv,     "be"sv,    "because"sv, "been"sv, "before"sv,  "being"sv,  "between"sv, "both"sv,
    "but"sv,    "by"sv,     "can"sv,   "could"sv,   "did"sv,  "do"sv,      "does"sv,   "doing"sv,   "down"sv,
    "during"sv, "each"sv,   "few"sv,   "for"sv,     "from"sv, "further"sv, "had"sv,    "has"sv,     "have"sv,
    "having"sv, "he"sv,     "her"sv,   "here"sv,    "hers"sv, "him"sv,     "his"sv,    "how"sv,     "i"sv,
    "if"sv,     "in"sv,     "into"sv,  "is"sv,      "it"sv,   "its"sv,     "itself"sv, "just"sv,    "me"sv,
    "more"sv,   "most"sv,   "my"sv,    "no"sv,      "nor"sv,  "not"sv,     "of"sv,     "off"sv,     "on"sv,
    "once"sv,   "only"sv,   "or"sv,    "other"sv,   "our"sv,  "out"sv,     "over"sv,   "own"sv,     "same"sv,
    "she"sv,    "should"sv, "so"sv,    "some"sv,    "such"sv, "than"sv,    "that"sv,   "the"sv,     "their"sv,
    "them"sv,   "then"sv,   "there"sv, "these"sv,   "they"sv, "this"sv,    "those"sv,  "through"sv, "to"sv,
    "too"sv,    "under"sv,  "until"sv, "up"sv,      "very"sv, "was"sv,     "we"sv,     "were"sv,    "what"sv,
    "when"sv,   "where"sv,  "which"sv, "while"sv,   "who"sv,  "whom"sv,    "whose"sv,  "why"sv,     "will"sv,
    "with"sv,   "would"sv,  "you"sv,   "your"sv};
constexpr std::array es{
    "a"sv,     "al"sv,      "algo"sv,  "como"sv, "con"sv,   "cual"sv, "cuando"sv, "de"sv,  "del"sv,
    "desde"sv, "donde"sv,   "el"sv,    "ella"sv, "ellos"sv, "en"sv,   "entre"sv,  "era"sv, "es"sv,
    "esa"sv,   "ese"sv,     "esta"sv,  "este"sv, "esto"sv,  "fue"sv,  "ha"sv,     "han"sv, "hasta"sv,
    "hay"sv,   "la"sv,      "las"sv,   "le"sv,   "les"sv,   "lo"sv,   "los"sv,    "mas"sv, "me"sv,
    "mi"sv,    "muy"sv,     "no"sv,    "nos"sv,  "o"sv,     "para"sv, "pero"sv,   "por"sv, "porque"sv,
    "que"sv,   "quien"sv,   "se"sv,    "ser"sv,  "si"sv,    "sin"sv,  "sobre"sv,  "son"sv, "su"sv,
    "sus"sv,   "tambien"sv, "tiene"sv, "un"sv,   "una"sv,   "uno"sv,  "y"sv,      "ya"sv,  "yo"sv};
constexpr std::array fr{
    "a"sv,    "au"sv,  "aux"sv,  "avec"sv,  "ce"sv,   "ces"sv,   "cette"sv, "comme"sv, "dans"sv,  "de"sv,
    "des"sv,  "du"sv,  "elle"sv, "elles"sv, "en"sv,   "est"sv,   "et"sv,    "etait"sv, "etre"sv,  "eu"sv,
    "il"sv,   "ils"sv, "je"sv,   "l"sv,     "la"sv,   "le"sv,    "les"sv,   "leur"sv,  "leurs"sv, "lui"sv,
    "mais"sv, "me"sv,  "meme"sv, "mes"sv,   "mon"sv,  "n"sv,     "ne"sv,    "nous"sv,  "on"sv,    "ont"sv,
    "ou"sv,   "par"sv, "pas"sv,  "plus"sv,  "pour"sv, "qu"sv,    "que"sv,   "qui"sv,   "s"sv,     "sa"sv,
    "se"sv,   "ses"sv, "si"sv,   "son"sv,   "sont"sv, "sous"sv,  "sur"sv,   "t"sv,     "ta"sv,    "te"sv,
    "tes"sv,  "tu"sv,  "un"sv,   "une"sv,   "vos"sv,  "votre"sv, "vous"sv,  "y"sv};
constexpr std::array it{
    "a"sv,     "ad"sv,    "ai"sv,     "al"sv,     "alla"sv,   "alle"sv,   "anche"sv, "c"sv,     "che"sv,
    "chi"sv,   "ci"sv,    "come"sv,   "con"sv,    "cui"sv,    "da"sv,     "dal"sv,   "dalla"sv, "dei"sv,
    "del"sv,   "della"sv, "delle"sv,  "di"sv,     "e"sv,      "ed"sv,     "era"sv,   "gli"sv,   "ha"sv,
    "hanno"sv, "i"sv,     "il"sv,     "in"sv,     "io"sv,     "la"sv,     "le"sv,    "lo"sv,    "loro"sv,
    "ma"sv,    "mi"sv,    "ne"sv,     "nel"sv,    "nella"sv,  "noi"sv,    "non"sv,   "o"sv,     "per"sv,
    "piu"sv,   "quale"sv, "quando"sv, "quello"sv, "questa"sv, "questo"sv, "se"sv,    "si"sv,    "sono"sv,
    "su"sv,    "sul"sv,   "sulla"sv,  "tra"sv,    "un"sv,     "una"sv,    "uno"sv};
constexpr std::array<std::string_view, 316> kk{
    "ал"sv,         "ала"sv,          "алайда"sv,     "анадай"sv,     "анау"sv,
    "арқылы"sv,     "аса"sv,          "ба"sv,         "байланысты"sv, "бар"sv,
    "барлығы"sv,    "барлық"sv,       "барша"sv,      "бастап"sv,     "басқа"sv,
    "бе"sv,         "бен"sv,          "берді"sv,      "бойы"sv,       "бойынша"sv,
    "болады"sv,     "болар"sv,        "болатын"sv,    "болды"sv,      "болмады"sv,
    "болмайды"sv,   "болмаса"sv,      "болмаған"sv,   "болса"sv,      "болсын"sv,
    "болу"sv,       "болуы"sv,        "болуына"sv,    "болып"sv,      "болған"sv,
    "болғанда"sv,   "болғандықтан"sv, "болғаны"sv,    "бул"sv,        "былай"sv,
    "біз"sv,        "бізбен"sv,       "бізге"sv,      "бізде"sv,      "бізден"sv,
    "бізді"sv,      "біздің"sv,       "бір"sv,        "біраз"sv,      "бірақ"sv,
    "бірге"sv,      "біреу"sv,        "біреуі"sv,     "бірнеше"sv,    "бірі"sv,
    "бұдан"sv,      "бұл"sv,          "бұлай"sv,      "бұнда"sv,      "бұны"sv,
    "бұнымен"sv,    "бұның"sv,        "бұрын"sv,      "бұған"sv,      "бәрі"sv,
    "да"sv,         "де"sv,           "деген"sv,      "дегенде"sv,    "дегенді"sv,
    "дегенмен"sv,   "дегеніміз"sv,    "деді"sv,       "дейді"sv,      "дейтін"sv,
    "дейін"sv,      "делінген"sv,     "делінеді"sv,   "деп"sv,        "егер"sv,
    "еді"sv,        "едік"sv,         "едім"sv,       "екен"sv,       "екендігі"sv,
    "екені"sv,      "екенін"sv,       "емес"sv,       "емеспін"sv,    "енді"sv,
    "ет"sv,         "етеді"sv,        "ететін"sv,     "еткен"sv,      "етті"sv,
    "ету"sv,        "етуге"sv,        "етілген"sv,    "етілді"sv,     "етіледі"sv,
    "етіп"sv,       "еш"sv,           "ешкім"sv,      "ешнәрсе"sv,    "ештеңе"sv,
    "ешқандай"sv,   "ең"sv,           "ж"sv,          "жайлы"sv,      "жайында"sv,
    "жж"sv,         "жоқ"sv,          "жылы"sv,       "жүрген"sv,     "және"sv,
    "жөнінде"sv,    "иә"sv,           "кез"sv,        "кезде"sv,      "кезінде"sv,
    "кейбір"sv,     "кейін"sv,        "кім"sv,        "кімге"sv,      "кімде"sv,
    "кімдер"sv,     "кімдерге"sv,     "кімдерде"sv,   "кімдерден"sv,  "кімдерді"sv,
    "кімдердің"sv,  "кімдермен"sv,    "кімді"sv,      "кіммен"sv,     "кімнен"sv,
    "кімнің"sv,     "кімі"sv,         "ма"sv,         "маған"sv,      "ме"sv,
    "мен"sv,        "менде"sv,        "менен"sv,      "мені"sv,       "менімен"sv,
    "менің"sv,      "мына"sv,         "мынадай"sv,    "мынаны"sv,     "мынаның"sv,
    "мынау"sv,      "мысалы"sv,       "мұнан"sv,      "мұнда"sv,      "мұндай"sv,
    "мұны"sv,       "мұнымен"sv,      "мұның"sv,      "не"sv,         "неге"sv,
    "неде"sv,       "неден"sv,        "нелер"sv,      "нелерге"sv,    "нелерден"sv,
    "нелерді"sv,    "нелердің"sv,     "неліктен"sv,   "немен"sv,      "немесе"sv,
    "нені"sv,       "ненің"sv,        "несі"sv,       "несімен"sv,    "несін"sv,
    "неше"sv,       "нешеу"sv,        "нешінші"sv,    "неғұрлым"sv,   "одан"sv,
    "ол"sv,         "олай"sv,         "олар"sv,       "оларда"sv,     "олардан"sv,
    "оларды"sv,     "олардың"sv,      "олармен"sv,    "оларға"sv,     "онда"sv,
    "ондай"sv,      "оны"sv,          "онымен"sv,     "оның"sv,       "осы"sv,
    "осыдан"sv,     "осылай"sv,       "осымен"sv,     "осынау"sv,     "осында"sv,
    "осындай"sv,    "осыны"sv,        "осының"sv,     "осыған"sv,     "отыр"sv,
    "отырды"sv,     "отырған"sv,      "оған"sv,       "па"sv,         "пе"sv,
    "пен"sv,        "ретінде"sv,      "саған"sv,      "себебі"sv,     "секілді"sv,
    "сен"sv,        "сенде"sv,        "сенен"sv,      "сені"sv,       "сенің"sv,
    "сияқты"sv,     "содан"sv,        "сол"sv,        "солай"sv,      "сонда"sv,
    "сондай"sv,     "сондықтан"sv,    "соны"sv,       "сонымен"sv,    "соның"sv,
    "соған"sv,      "соң"sv,          "сіз"sv,        "сізге"sv,      "сізде"sv,
    "сізден"sv,     "сізді"sv,        "сіздің"sv,     "та"sv,         "тағы"sv,
    "те"sv,         "тек"sv,          "туралы"sv,     "тым"sv,        "тіпті"sv,
    "тұр"sv,        "тұрады"sv,       "тұратын"sv,    "тұрды"sv,      "тұрған"sv,
    "тәрізді"sv,    "шамамен"sv,      "ше"sv,         "шейін"sv,      "эм"sv,
    "я"sv,          "яки"sv,          "яғни"sv,       "ғ"sv,          "ғана"sv,
    "ғой"sv,        "ғғ"sv,           "қай"sv,        "қайда"sv,      "қайдан"sv,
    "қайдағы"sv,    "қайсы"sv,        "қайсылары"sv,  "қайсыларын"sv, "қайсысы"sv,
    "қайсысын"sv,   "қайсысында"sv,   "қайсысының"sv, "қайтіп"sv,     "қалай"sv,
    "қалайда"sv,    "қалайша"sv,      "қандай"sv,     "қанша"sv,      "қаншадан"sv,
    "қаншалықты"sv, "қаншама"sv,      "қаншаны"sv,    "қаншасы"sv,    "қаншаға"sv,
    "қарай"sv,      "қатысты"sv,      "қашан"sv,      "қашаннан"sv,   "қашанға"sv,
    "қашанғы"sv,    "қой"sv,          "қылады"sv,     "қылды"sv,      "қылған"sv,
    "үнемі"sv,      "үшін"sv,         "әлде"sv,       "әр"sv,         "әрбір"sv,
    "әркім"sv,      "әрі"sv,          "әсіресе"sv,    "өз"sv,         "өздері"sv,
    "өздерін"sv,    "өздеріне"sv,     "өздерінің"sv,  "өзі"sv,        "өзін"sv,
    "өзінде"sv,     "өзіне"sv,        "өзінен"sv,     "өзінің"sv,     "өйткені"sv,
    "өте"sv};
constexpr std::array ru{
    "а"sv,       "без"sv,     "более"sv,   "бы"sv,      "был"sv,      "была"sv,    "были"sv,    "было"sv,
    "быть"sv,    "в"sv,       "вам"sv,     "вас"sv,     "весь"sv,     "во"sv,      "вот"sv,     "все"sv,
    "всего"sv,   "всех"sv,    "вы"sv,      "где"sv,     "да"sv,       "даже"sv,    "для"sv,     "до"sv,
    "его"sv,     "ее"sv,      "если"sv,    "есть"sv,    "еще"sv,      "же"sv,      "за"sv,      "зачем"sv,
    "и"sv,       "из"sv,      "или"sv,     "им"sv,      "их"sv,       "к"sv,       "как"sv,     "какая"sv,
    "какие"sv,   "каким"sv,   "какими"sv,  "каких"sv,   "какого"sv,   "какое"sv,   "какой"sv,   "ко"sv,
    "когда"sv,   "кого"sv,    "кому"sv,    "которая"sv, "которого"sv, "которое"sv, "которой"sv, "которую"sv,
    "которые"sv, "который"sv, "которых"sv, "кто"sv,     "ли"sv,       "либо"sv,    "между"sv,   "меня"sv,
    "мне"sv,     "может"sv,   "мы"sv,      "на"sv,      "над"sv,      "надо"sv,    "нас"sv,     "не"sv,
    "него"sv,    "нее"sv,     "нет"sv,     "ни"sv,      "них"sv,      "но"sv,      "ну"sv,      "о"sv,
    "об"sv,      "однако"sv,  "он"sv,      "она"sv,     "они"sv,      "оно"sv,     "от"sv,      "очень"sv,
    "по"sv,      "под"sv,     "после"sv,   "потому"sv,  "почему"sv,   "при"sv,     "про"sv,     "с"sv,
    "сколько"sv, "со"sv,      "так"sv,     "также"sv,   "такой"sv,    "там"sv,     "те"sv,      "тем"sv,
    "то"sv,      "того"sv,    "тоже"sv,    "той"sv,     "только"sv,   "том"sv,     "тот"sv,     "тут"sv,
    "ты"sv,      "у"sv,       "уж"sv,      "уже"sv,     "чего"sv,     "чей"sv,     "чем"sv,     "что"sv,
    "чтобы"sv,   "чье"sv,     "чья"sv,     "эта"sv,     "эти"sv,      "это"sv,     "этого"sv,   "этой"sv,
    "этом"sv,    "этот"sv,    "эту"sv,     "я"sv};
constexpr std::array tr{
    "acaba"sv, "ama"sv,    "ancak"sv,   "bana"sv,  "bazi"sv,  "ben"sv,    "beni"sv,   "benim"sv, "bir"sv,
    "biri"sv,  "biz"sv,    "bu"sv,      "buna"sv,  "bunda"sv, "bundan"sv, "bunu"sv,   "bunun"sv, "cok"sv,
    "cunku"sv, "da"sv,     "daha"sv,    "de"sv,    "defa"sv,  "diye"sv,   "dolayi"sv, "en"sv,    "fakat"sv,
    "gibi"sv,  "hangi"sv,  "hangisi"sv, "hem"sv,   "hep"sv,   "her"sv,    "hic"sv,    "icin"sv,  "ile"sv,
    "ise"sv,   "kac"sv,    "kadar"sv,   "ki"sv,    "kim"sv,   "kime"sv,   "kimin"sv,  "kimse"sv, "mi"sv,
    "mu"sv,    "nasil"sv,  "ne"sv,      "neden"sv, "nedir"sv, "nerede"sv, "nereye"sv, "neye"sv,  "nicin"sv,
    "o"sv,     "olan"sv,   "olarak"sv,  "oldu"sv,  "olup"sv,  "ona"sv,    "ondan"sv,  "onlar"sv, "onu"sv,
    "onun"sv,  "sadece"sv, "sen"sv,     "siz"sv,   "son"sv,   "su"sv,     "tum"sv,    "ve"sv,    "veya"sv,
    "ya"sv,    "yani"sv};

constexpr std::array zh{
    "一个"sv, "与"sv,   "个"sv,     "为"sv,   "为什么"sv, "为何"sv, "么"sv,   "之"sv,   "也"sv,   "了"sv,
    "于"sv,   "什么"sv, "什么样"sv, "从"sv,   "他"sv,     "他们"sv, "以"sv,   "以及"sv, "但"sv,   "位"sv,
    "何"sv,   "何处"sv, "何时"sv,   "何种"sv, "你"sv,     "关于"sv, "其"sv,   "几"sv,   "几个"sv, "到"sv,
    "又"sv,   "及"sv,   "可以"sv,   "后"sv,   "吗"sv,     "吧"sv,   "呢"sv,   "和"sv,   "哪"sv,   "哪一"sv,
    "哪个"sv, "哪些"sv, "哪儿"sv,   "哪年"sv, "哪里"sv,   "啊"sv,   "因为"sv, "在"sv,   "多少"sv, "她"sv,
    "如何"sv, "它"sv,   "它们"sv,   "对"sv,   "将"sv,     "就"sv,   "并"sv,   "怎么"sv, "怎样"sv, "我"sv,
    "我们"sv, "或"sv,   "所以"sv,   "把"sv,   "时"sv,     "时候"sv, "是"sv,   "是否"sv, "有"sv,   "根据"sv,
    "此"sv,   "没有"sv, "由"sv,     "的"sv,   "等"sv,     "而"sv,   "被"sv,   "该"sv,   "请问"sv, "谁"sv,
    "还"sv,   "这"sv,   "这个"sv,   "通过"sv, "那"sv,     "那个"sv, "都"sv,   "里"sv,   "除了"sv};

struct List {
    std::string_view lang;
    std::span<const std::string_view> words;
};

constexpr std::array<List, 9> lists{{{"de", de},
                                     {"en", en},
                                     {"es", es},
                                     {"fr", fr},
                                     {"it", it},
                                     {"kk", kk},
                                     {"ru", ru},
                                     {"tr", tr},
                                     {"zh", zh}}};

}  // namespace

std::span<const std::string_view> stop_words(std::string_view lang) {
    const auto* const found = std::ranges::find(lists, lang, &List::lang);
    return found == lists.end() ? std::span<const std::string_view>{} : found->words;
}

}  // namespace izde::text
