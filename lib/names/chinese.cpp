// Palladius' system as Russian uses it for Chinese; a table of all syllables of Standard Chinese.
#include <algorithm>
#include <array>
#include <optional>

#include "names/sounds.hpp"

namespace izde::names {
namespace {

struct Syllable {
    Letters palladius;
    std::string_view pinyin;
};

// By the Cyrillic letters.
constexpr auto syllables = std::to_array<Syllable>({
    {U"а", "a"},         {U"ай", "ai"},        {U"ан", "ang"},       {U"ань", "an"},     {U"ао", "ao"},
    {U"ба", "ba"},       {U"бай", "bai"},      {U"бан", "bang"},     {U"бань", "ban"},   {U"бао", "bao"},
    {U"бе", "bie"},      {U"би", "bi"},        {U"бин", "bing"},     {U"бинь", "bin"},   {U"бо", "bo"},
    {U"бу", "bu"},       {U"бэй", "bei"},      {U"бэн", "beng"},     {U"бэнь", "ben"},   {U"бянь", "bian"},
    {U"бяо", "biao"},    {U"ва", "wa"},        {U"вай", "wai"},      {U"ван", "wang"},   {U"вань", "wan"},
    {U"во", "wo"},       {U"вэй", "wei"},      {U"вэн", "weng"},     {U"вэнь", "wen"},   {U"га", "ga"},
    {U"гай", "gai"},     {U"ган", "gang"},     {U"гань", "gan"},     {U"гао", "gao"},    {U"го", "guo"},
    {U"гоу", "gou"},     {U"гу", "gu"},        {U"гуа", "gua"},      {U"гуай", "guai"},  {U"гуан", "guang"},
    {U"гуань", "guan"},  {U"гуй", "gui"},      {U"гун", "gong"},     {U"гунь", "gun"},   {U"гэ", "ge"},
    {U"гэй", "gei"},     {U"гэн", "geng"},     {U"гэнь", "gen"},     {U"да", "da"},      {U"дай", "dai"},
    {U"дан", "dang"},    {U"дань", "dan"},     {U"дао", "dao"},      {U"де", "die"},     {U"ди", "di"},
    {U"дин", "ding"},    {U"до", "duo"},       {U"доу", "dou"},      {U"ду", "du"},      {U"дуань", "duan"},
    {U"дуй", "dui"},     {U"дун", "dong"},     {U"дунь", "dun"},     {U"дэ", "de"},      {U"дэй", "dei"},
    {U"дэн", "deng"},    {U"дэнь", "den"},     {U"дю", "diu"},       {U"дянь", "dian"},  {U"дяо", "diao"},
    {U"е", "ye"},        {U"жан", "rang"},     {U"жань", "ran"},     {U"жао", "rao"},    {U"жи", "ri"},
    {U"жо", "ruo"},      {U"жоу", "rou"},      {U"жу", "ru"},        {U"жуа", "rua"},    {U"жуань", "ruan"},
    {U"жуй", "rui"},     {U"жун", "rong"},     {U"жунь", "run"},     {U"жэ", "re"},      {U"жэн", "reng"},
    {U"жэнь", "ren"},    {U"и", "yi"},         {U"ин", "ying"},      {U"инь", "yin"},    {U"ка", "ka"},
    {U"кай", "kai"},     {U"кан", "kang"},     {U"кань", "kan"},     {U"као", "kao"},    {U"ко", "kuo"},
    {U"коу", "kou"},     {U"ку", "ku"},        {U"куа", "kua"},      {U"куай", "kuai"},  {U"куан", "kuang"},
    {U"куань", "kuan"},  {U"куй", "kui"},      {U"кун", "kong"},     {U"кунь", "kun"},   {U"кэ", "ke"},
    {U"кэн", "keng"},    {U"кэнь", "ken"},     {U"ла", "la"},        {U"лай", "lai"},    {U"лан", "lang"},
    {U"лань", "lan"},    {U"лао", "lao"},      {U"ле", "lie"},       {U"ли", "li"},      {U"лин", "ling"},
    {U"линь", "lin"},    {U"ло", "luo"},       {U"лоу", "lou"},      {U"лу", "lu"},      {U"луань", "luan"},
    {U"лун", "long"},    {U"лунь", "lun"},     {U"лэ", "le"},        {U"лэй", "lei"},    {U"лэн", "leng"},
    {U"лю", "liu"},      {U"люй", "lu"},       {U"люэ", "lue"},      {U"ля", "lia"},     {U"лян", "liang"},
    {U"лянь", "lian"},   {U"ляо", "liao"},     {U"ма", "ma"},        {U"май", "mai"},    {U"ман", "mang"},
    {U"мань", "man"},    {U"мао", "mao"},      {U"ме", "mie"},       {U"ми", "mi"},      {U"мин", "ming"},
    {U"минь", "min"},    {U"мо", "mo"},        {U"моу", "mou"},      {U"му", "mu"},      {U"мэ", "me"},
    {U"мэй", "mei"},     {U"мэн", "meng"},     {U"мэнь", "men"},     {U"мю", "miu"},     {U"мянь", "mian"},
    {U"мяо", "miao"},    {U"на", "na"},        {U"най", "nai"},      {U"нан", "nang"},   {U"нань", "nan"},
    {U"нао", "nao"},     {U"не", "nie"},       {U"ни", "ni"},        {U"нин", "ning"},   {U"нинь", "nin"},
    {U"но", "nuo"},      {U"ноу", "nou"},      {U"ну", "nu"},        {U"нуань", "nuan"}, {U"нун", "nong"},
    {U"нэ", "ne"},       {U"нэй", "nei"},      {U"нэн", "neng"},     {U"нэнь", "nen"},   {U"ню", "niu"},
    {U"нюй", "nu"},      {U"нюэ", "nue"},      {U"нян", "niang"},    {U"нянь", "nian"},  {U"няо", "niao"},
    {U"оу", "ou"},       {U"па", "pa"},        {U"пай", "pai"},      {U"пан", "pang"},   {U"пань", "pan"},
    {U"пао", "pao"},     {U"пе", "pie"},       {U"пи", "pi"},        {U"пин", "ping"},   {U"пинь", "pin"},
    {U"по", "po"},       {U"поу", "pou"},      {U"пу", "pu"},        {U"пэй", "pei"},    {U"пэн", "peng"},
    {U"пэнь", "pen"},    {U"пянь", "pian"},    {U"пяо", "piao"},     {U"са", "sa"},      {U"сай", "sai"},
    {U"сан", "sang"},    {U"сань", "san"},     {U"сао", "sao"},      {U"се", "xie"},     {U"си", "xi"},
    {U"син", "xing"},    {U"синь", "xin"},     {U"со", "suo"},       {U"соу", "sou"},    {U"су", "su"},
    {U"суань", "suan"},  {U"суй", "sui"},      {U"сун", "song"},     {U"сунь", "sun"},   {U"сы", "si"},
    {U"сэ", "se"},       {U"сэн", "seng"},     {U"сэнь", "sen"},     {U"сю", "xiu"},     {U"сюань", "xuan"},
    {U"сюй", "xu"},      {U"сюн", "xiong"},    {U"сюнь", "xun"},     {U"сюэ", "xue"},    {U"ся", "xia"},
    {U"сян", "xiang"},   {U"сянь", "xian"},    {U"сяо", "xiao"},     {U"та", "ta"},      {U"тай", "tai"},
    {U"тан", "tang"},    {U"тань", "tan"},     {U"тао", "tao"},      {U"те", "tie"},     {U"ти", "ti"},
    {U"тин", "ting"},    {U"то", "tuo"},       {U"тоу", "tou"},      {U"ту", "tu"},      {U"туань", "tuan"},
    {U"туй", "tui"},     {U"тун", "tong"},     {U"тунь", "tun"},     {U"тэ", "te"},      {U"тэн", "teng"},
    {U"тянь", "tian"},   {U"тяо", "tiao"},     {U"у", "wu"},         {U"фа", "fa"},      {U"фан", "fang"},
    {U"фань", "fan"},    {U"фо", "fo"},        {U"фоу", "fou"},      {U"фу", "fu"},      {U"фын", "feng"},
    {U"фэй", "fei"},     {U"фэн", "feng"},     {U"фэнь", "fen"},     {U"ха", "ha"},      {U"хай", "hai"},
    {U"хан", "hang"},    {U"хань", "han"},     {U"хао", "hao"},      {U"хо", "huo"},     {U"хой", "hui"},
    {U"хоу", "hou"},     {U"ху", "hu"},        {U"хуа", "hua"},      {U"хуай", "huai"},  {U"хуан", "huang"},
    {U"хуань", "huan"},  {U"хуй", "hui"},      {U"хун", "hong"},     {U"хунь", "hun"},   {U"хуэй", "hui"},
    {U"хэ", "he"},       {U"хэй", "hei"},      {U"хэн", "heng"},     {U"хэнь", "hen"},   {U"ца", "ca"},
    {U"цай", "cai"},     {U"цан", "cang"},     {U"цань", "can"},     {U"цао", "cao"},    {U"це", "qie"},
    {U"цза", "za"},      {U"цзай", "zai"},     {U"цзан", "zang"},    {U"цзань", "zan"},  {U"цзао", "zao"},
    {U"цзе", "jie"},     {U"цзи", "ji"},       {U"цзин", "jing"},    {U"цзинь", "jin"},  {U"цзо", "zuo"},
    {U"цзоу", "zou"},    {U"цзу", "zu"},       {U"цзуань", "zuan"},  {U"цзуй", "zui"},   {U"цзун", "zong"},
    {U"цзунь", "zun"},   {U"цзы", "zi"},       {U"цзэ", "ze"},       {U"цзэй", "zei"},   {U"цзэн", "zeng"},
    {U"цзэнь", "zen"},   {U"цзю", "jiu"},      {U"цзюань", "juan"},  {U"цзюй", "ju"},    {U"цзюн", "jiong"},
    {U"цзюнь", "jun"},   {U"цзюэ", "jue"},     {U"цзя", "jia"},      {U"цзян", "jiang"}, {U"цзянь", "jian"},
    {U"цзяо", "jiao"},   {U"ци", "qi"},        {U"цин", "qing"},     {U"цинь", "qin"},   {U"цо", "cuo"},
    {U"цоу", "cou"},     {U"цу", "cu"},        {U"цуань", "cuan"},   {U"цуй", "cui"},    {U"цун", "cong"},
    {U"цунь", "cun"},    {U"цы", "ci"},        {U"цэ", "ce"},        {U"цэн", "ceng"},   {U"цэнь", "cen"},
    {U"цю", "qiu"},      {U"цюань", "quan"},   {U"цюй", "qu"},       {U"цюн", "qiong"},  {U"цюнь", "qun"},
    {U"цюэ", "que"},     {U"ця", "qia"},       {U"цян", "qiang"},    {U"цянь", "qian"},  {U"цяо", "qiao"},
    {U"ча", "cha"},      {U"чай", "chai"},     {U"чан", "chang"},    {U"чань", "chan"},  {U"чао", "chao"},
    {U"чжа", "zha"},     {U"чжай", "zhai"},    {U"чжан", "zhang"},   {U"чжань", "zhan"}, {U"чжао", "zhao"},
    {U"чжи", "zhi"},     {U"чжо", "zhuo"},     {U"чжоу", "zhou"},    {U"чжу", "zhu"},    {U"чжуа", "zhua"},
    {U"чжуай", "zhuai"}, {U"чжуан", "zhuang"}, {U"чжуань", "zhuan"}, {U"чжуй", "zhui"},  {U"чжун", "zhong"},
    {U"чжунь", "zhun"},  {U"чжэ", "zhe"},      {U"чжэн", "zheng"},   {U"чжэнь", "zhen"}, {U"чи", "chi"},
    {U"чо", "chuo"},     {U"чоу", "chou"},     {U"чу", "chu"},       {U"чуа", "chua"},   {U"чуай", "chuai"},
    {U"чуан", "chuang"}, {U"чуань", "chuan"},  {U"чуй", "chui"},     {U"чун", "chong"},  {U"чунь", "chun"},
    {U"чэ", "che"},      {U"чэн", "cheng"},    {U"чэнь", "chen"},    {U"ша", "sha"},     {U"шай", "shai"},
    {U"шан", "shang"},   {U"шань", "shan"},    {U"шао", "shao"},     {U"ши", "shi"},     {U"шо", "shuo"},
    {U"шоу", "shou"},    {U"шу", "shu"},       {U"шуа", "shua"},     {U"шуай", "shuai"}, {U"шуан", "shuang"},
    {U"шуань", "shuan"}, {U"шуй", "shui"},     {U"шунь", "shun"},    {U"шэ", "she"},     {U"шэй", "shei"},
    {U"шэн", "sheng"},   {U"шэнь", "shen"},    {U"э", "e"},          {U"энь", "en"},     {U"эр", "er"},
    {U"ю", "you"},       {U"юань", "yuan"},    {U"юй", "yu"},        {U"юн", "yong"},    {U"юнь", "yun"},
    {U"юэ", "yue"},      {U"я", "ya"},         {U"ян", "yang"},      {U"янь", "yan"},    {U"яо", "yao"},
});
static_assert(std::ranges::is_sorted(syllables, {}, &Syllable::palladius));

constexpr auto by_pinyin = [] {
    std::array<std::string_view, syllables.size()> sorted{};
    std::ranges::transform(syllables, sorted.begin(), &Syllable::pinyin);
    std::ranges::sort(sorted);
    return sorted;
}();

// Those that begin with a letter stand from its place on to the next letter's.
constexpr auto first_by_letter = [] {
    std::array<std::size_t, 'z' - 'a' + 2> firsts{};
    for (std::size_t i = 0; i < firsts.size(); ++i)
        firsts[i] = static_cast<std::size_t>(std::ranges::count_if(
            by_pinyin, [&](std::string_view s) { return s[0] - 'a' < static_cast<int>(i); }));
    return firsts;
}();

// `letters`: small ones of ASCII, some.
bool is_pinyin(std::string_view letters) {
    const auto letter = static_cast<std::size_t>(letters.front() - 'a');
    const auto begin = by_pinyin.begin() + first_by_letter[letter],
               end = by_pinyin.begin() + first_by_letter[letter + 1];
    return std::binary_search(begin, end, letters);
}

constexpr std::size_t longest_syllable = 6;

const Syllable* find_palladius(Letters letters) {
    const auto found = std::ranges::lower_bound(syllables, letters, {}, &Syllable::palladius);
    return found != syllables.end() && found->palladius == letters ? &*found : nullptr;
}

// The fewest whole syllables a word is made of, by the length of each; empty if it is not.
// `fits(begin, length)` says whether those letters may be one.
template <class Fits>
std::vector<std::size_t> cut(std::size_t size, Fits fits) {
    struct Best {
        std::size_t count, last;
    };
    std::vector<std::optional<Best>> best(size + 1);
    best[0] = {0, 0};
    for (std::size_t end = 1; end <= size; ++end)
        for (std::size_t length = 1; length <= std::min(end, longest_syllable); ++length) {
            const auto& before = best[end - length];
            if (!before || (best[end] && best[end]->count <= before->count + 1)) continue;
            if (fits(end - length, length)) best[end] = {before->count + 1, length};
        }
    std::vector<std::size_t> lengths;
    if (!best[size]) return lengths;
    for (std::size_t end = size; end > 0; end -= best[end]->last) lengths.push_back(best[end]->last);
    std::ranges::reverse(lengths);
    return lengths;
}

bool is_cyrillic_vowel(char32_t c) {
    return Letters(U"аеоуэюяий").find(c) != Letters::npos;
}

// Letters that Russian words hardly have where Palladius puts them.
bool is_chinese_looking(Letters syllable) {
    for (const Letters part :
         {U"чж", U"цз", U"ь", U"юй", U"уй", U"эй", U"юэ", U"уа", U"оу", U"яо", U"сян", U"цян"})
        if (syllable.find(part) != Letters::npos) return true;
    return syllable.size() > 1 && syllable.find(U'э', 1) != Letters::npos;
}

bool is_surely_chinese(Letters syllable) {
    return syllable.size() >= 4 && (syllable.starts_with(U"чж") || syllable.starts_with(U"цз"));
}

char32_t plain_letter(char32_t c) {
    constexpr Letters accented = U"āáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ";
    constexpr Letters plain = U"aaaaeeeeiiiioooouuuuuuuuu";
    static_assert(accented.size() == plain.size());
    if (c < 0x80) return c;
    const auto at = accented.find(c);
    return at == Letters::npos ? c : plain[at];
}

std::string romanise(Letters word) {
    // A vowel after н belongs to it, unless ъ or ь parts them.
    const auto lengths = cut(word.size(), [&](std::size_t begin, std::size_t length) {
        const bool torn = begin > 0 && word[begin - 1] == U'н' && is_cyrillic_vowel(word[begin]);
        const bool parted = word[begin + length - 1] == U'ъ' && length > 1;
        return !torn && find_palladius(word.substr(begin, length - (parted ? 1 : 0))) != nullptr;
    });
    std::string pinyin;
    bool chinese = false;
    for (std::size_t begin = 0; const std::size_t length : lengths) {
        const bool parted = word[begin + length - 1] == U'ъ';
        const Letters syllable = word.substr(begin, length - (parted ? 1 : 0));
        chinese |= lengths.size() > 1 ? is_chinese_looking(syllable) : is_surely_chinese(syllable);
        pinyin += find_palladius(syllable)->pinyin;
        begin += length;
    }
    return chinese ? pinyin : std::string();
}

// Of a soft н or й that cases and stemmers lose: Ухане, Уханем → Ухань, Синжуя → Синжуй.
std::u32string with_soft_ending(Letters word) {
    for (const Letters ending :
         {Letters(U"я"), Letters(U"ю"), Letters(U"е"), Letters(U"и"), Letters(U"ем")}) {
        if (!word.ends_with(ending)) continue;
        const std::u32string base(word.substr(0, word.size() - ending.size()));
        if (base.ends_with(U'н')) return base + U'ь';
        if (!base.empty() && Letters(U"аеоуэ").find(base.back()) != Letters::npos) return base + U'й';
    }
    return {};
}

}  // namespace

std::vector<std::string> pinyin_of_palladius(Letters word) {
    std::vector<std::string> readings;
    for (const std::u32string& form : {std::u32string(word), with_soft_ending(word)})
        if (std::string pinyin = romanise(form); !pinyin.empty()) readings.push_back(std::move(pinyin));
    return readings;
}

std::string pinyin_of_latin(Letters word) {
    std::string plain;
    for (const char32_t c : word) {
        const char32_t letter = plain_letter(c);
        if (letter < U'a' || letter > U'z') return {};
        plain += static_cast<char>(letter);
    }
    const auto lengths = cut(plain.size(), [&](std::size_t begin, std::size_t length) {
        return is_pinyin(std::string_view(plain).substr(begin, length));
    });
    const bool enough = lengths.size() > 1 || (lengths.size() == 1 && plain.size() > 3);
    return enough ? plain : std::string();
}

}  // namespace izde::names
