#include <algorithm>
#include <array>
#include <cstdint>

#include "names/readings.hpp"

namespace izde::names {
namespace {

struct Spelling {
    Letters letters;
    std::string_view sounds;
};

// The longest first.
constexpr auto clusters = std::to_array<Spelling>({
    {U"shch", "S"}, {U"tsch", "C"}, {U"dzh", "J"}, {U"sch", "S"}, {U"tch", "C"}, {U"zh", "J"}, {U"kh", "h"},
    {U"gh", "g"},   {U"ch", "C"},   {U"sh", "S"},  {U"ph", "f"},  {U"th", "t"},  {U"dh", "d"}, {U"bh", "b"},
    {U"dj", "J"},   {U"ck", "k"},   {U"tz", "ts"}, {U"oo", "u"},  {U"ee", "i"},  {U"ou", "u"},
});

constexpr auto single = std::to_array<Spelling>({
    {U"aàáâãäåāăąǎə", "a"}, {U"b", "b"},         {U"cćĉ", "k"},        {U"çč", "C"},
    {U"dďđ", "d"},          {U"eèéêëēėęě", "e"}, {U"f", "f"},          {U"gğǵģǧ", "g"},
    {U"hḩ", "h"},           {U"ʰ", "G"},         {U"iìíîïīıįǐy", "i"}, {U"j", "J"},
    {U"kķ", "k"},           {U"lłľļ", "l"},      {U"m", "m"},          {U"nñńňņ", "n"},
    {U"oòóôõöøōőǒ", "o"},   {U"p", "p"},         {U"q", "k"},          {U"rřŕ", "r"},
    {U"sß", "s"},           {U"şšșś", "S"},      {U"tţțť", "t"},       {U"uùúûüūŭůűǔǖǘǚǜ", "u"},
    {U"vw", "v"},           {U"x", "ks"},        {U"ýÿ", "i"},         {U"zź", "z"},
    {U"žż", "J"},
});

constexpr std::size_t ascii = 0x80;

// Where an ASCII letter stands in `single`; behind its end where none does.
constexpr auto single_of_ascii = [] {
    std::array<std::uint8_t, ascii> places{};
    places.fill(single.size());
    for (std::size_t i = 0; i < single.size(); ++i)
        for (const char32_t c : single[i].letters)
            if (c < ascii) places[c] = static_cast<std::uint8_t>(i);
    return places;
}();

// Whether a cluster begins with a letter, or has it second.
enum InClusters : std::uint8_t { nowhere = 0, first = 1, second = 2 };
constexpr auto in_clusters = [] {
    std::array<std::uint8_t, ascii> places{};
    for (const Spelling& cluster : clusters) {
        places[cluster.letters[0]] |= first;
        places[cluster.letters[1]] |= second;
    }
    return places;
}();

constexpr bool is_in_clusters(char32_t c, InClusters place) {
    return c < ascii && (in_clusters[c] & place) != 0;
}

// What a letter may stand for is up to the language, which a name does not tell.
enum Choice : unsigned {
    soft_q = 1,   // Ürümqi as in pinyin, against Qytai
    open_yo = 2,  // Mirziyoyev, Pyotr: Russian writes е
    vowel_ý = 4,  // у in the Kazakh alphabet of 2018, й in Turkmen
    all_choices = 7
};

bool is_one_of(char32_t c, Letters set) {
    return set.find(c) != Letters::npos;
}

constexpr Letters vowels = U"aàáâãäåāăąǎəeèéêëēėęěiìíîïīıįǐyýoòóôõöøōőǒuùúûüūŭůűǔǖǘǚǜ";

class Reader {
  public:
    Reader(Letters word, unsigned choices)
        : word_(word), choices_(choices), turkish_(word.find_first_of(U"şğı") != Letters::npos) {}

    // Whether all letters were known. Fills sounds.
    bool read() {
        while (at_ < word_.size())
            if (!read_special() && !read_cluster() && !read_single()) return false;
        return true;
    }

    std::string sounds;
    unsigned met = 0;  // the choices there were

  private:
    char32_t next(std::size_t ahead = 1) const {
        return at_ + ahead < word_.size() ? word_[at_ + ahead] : U'\0';
    }
    bool after_vowel() const { return at_ > 0 && is_one_of(word_[at_ - 1], vowels); }

    bool take(std::string_view said, std::size_t letters) {
        sounds += said;
        at_ += letters;
        return true;
    }
    bool choose(Choice choice) {
        met |= choice;
        return (choices_ & choice) != 0;
    }

    bool read_special() {
        switch (word_[at_]) {
        case U'c':
            if (turkish_ && next() != U'h') return take("J", 1);
            return is_one_of(next(), U"eiyéíý") && take("s", 1);
        case U'q':
            return next() == U'i' && choose(soft_q) && take("C", 1);
        case U'w':
            return after_vowel() && !is_one_of(next(), vowels) && take("u", 1);
        case U'x':  // Xinjiang, Xia; elsewhere Alexis
            return at_ == 0 && is_one_of(next(), U"iíìīǐuúùüūǔǖǘǚǜ") && take("s", 1);
        case U'y':
            return next() == U'o' && next(2) != U'\0' && choose(open_yo) && take("e", 2);
        case U'ý':
            return choose(vowel_ý) && take("u", 1);
        case U'f':  // Romanoff
            return next() == U'f' && at_ + 2 == word_.size() && at_ > 1 && is_one_of(word_[at_ - 1], U"oe") &&
                   take("v", 2);
        default:
            return false;
        }
    }

    bool read_cluster() {
        if (!is_in_clusters(word_[at_], first) || !is_in_clusters(next(), second)) return false;
        const auto rest = word_.substr(at_);
        const auto found =
            std::ranges::find_if(clusters, [&](const Spelling& s) { return rest.starts_with(s.letters); });
        return found != clusters.end() && take(found->sounds, found->letters.size());
    }

    bool read_single() {
        const char32_t c = word_[at_];
        const auto found =
            c < ascii
                ? single.begin() + single_of_ascii[c]
                : std::ranges::find_if(single, [&](const Spelling& s) { return is_one_of(c, s.letters); });
        return found != single.end() && take(found->sounds, 1);
    }

    Letters word_;
    unsigned choices_;
    bool turkish_;
    std::size_t at_ = 0;
};

}  // namespace

std::vector<std::string> read_latin(Letters word) {
    return read_each_way<Reader>(word, all_choices);
}

}  // namespace izde::names
