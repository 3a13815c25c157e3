// ASCII is hashed byte by byte; two bytes of UTF-8 (Cyrillic, Latin with accents, Greek) go
// through a table made once of ICU's rules; ICU itself sees only the rest.
#include "izde/text/words.hpp"

#include <array>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "text/segment.hpp"

namespace izde::text {
namespace {

enum class Kind : std::uint8_t { sign, stop, letter, digit, unspaced, joiner, invisible, line_end };

struct Letter {
    std::uint32_t folded = 0;
    Kind kind = Kind::sign;
    bool capital = false;
};

constexpr std::uint32_t fullwidth_first = 0xFF01;
constexpr std::uint32_t fullwidth_last = 0xFF5E;
constexpr std::uint32_t fullwidth_offset = 0xFEE0;

Kind kind_of(UChar32 c) {
    switch (c) {
    case '\n':
        return Kind::line_end;
    case '.':
    case '!':
    case '?':
    case 0x3002:  // 。
    case 0x2026:  // …
        return Kind::stop;
    case '-':
    case '\'':
    case '`':
    case 0xB4:    // ´
    case 0x2BC:   // ʼ
    case 0x2010:  // hyphens
    case 0x2011:
    case 0x2018:  // ‘ ’ ′
    case 0x2019:
    case 0x2032:
        return Kind::joiner;
    default:
        break;
    }
    if (is_unspaced(c)) return Kind::unspaced;
    if (u_isdigit(c)) return Kind::digit;
    const std::uint32_t mask = U_GET_GC_MASK(c);
    if ((mask & (U_GC_L_MASK | U_GC_M_MASK)) != 0) return Kind::letter;
    return (mask & U_GC_CF_MASK) != 0 ? Kind::invisible : Kind::sign;
}

Letter look_up(UChar32 c) {
    const auto code = static_cast<std::uint32_t>(c);
    if (code >= fullwidth_first && code <= fullwidth_last) c = static_cast<UChar32>(code - fullwidth_offset);
    Letter letter{static_cast<std::uint32_t>(u_foldCase(c, U_FOLD_CASE_DEFAULT)), kind_of(c),
                  u_isupper(c) != 0};
    if (letter.folded == 0x451) letter.folded = 0x435;  // ё
    if (letter.kind == Kind::digit && u_charDigitValue(c) >= 0)
        letter.folded = '0' + static_cast<std::uint32_t>(u_charDigitValue(c));
    return letter;
}

constexpr std::size_t table_size = 0x800;

const std::array<Letter, table_size>& table() {
    static const auto made = [] {
        std::array<Letter, table_size> letters{};
        for (std::size_t c = 0; c < table_size; ++c) letters[c] = look_up(static_cast<UChar32>(c));
        return letters;
    }();
    return made;
}

// Letters and digits of ASCII as they are hashed, signs that do nothing but part words, and 0 for all else.
constexpr std::uint8_t plain_sign = 1;
constexpr auto plain_ascii = [] {
    std::array<std::uint8_t, 256> table{};
    constexpr std::string_view others = "\n.!?-'`";
    for (std::uint8_t c = 0; c < 0x80; ++c)
        if (others.find(static_cast<char>(c)) == std::string_view::npos) table[c] = plain_sign;
    for (std::uint8_t c = 'a'; c <= 'z'; ++c) table[c] = table[c - ('a' - 'A')] = c;
    for (std::uint8_t c = '0'; c <= '9'; ++c) table[c] = c;
    return table;
}();

bool is_chinese_numeral(std::uint32_t c) {
    constexpr std::u32string_view numerals = U"〇零一二三四五六七八九十百千万亿两";
    return numerals.find(static_cast<char32_t>(c)) != std::u32string_view::npos;
}

class Words {
  public:
    Words(std::string_view utf8, std::size_t limit) : utf8_(utf8), limit_(limit) {
        words_.reserve(std::min(limit, utf8.size() / 4 + 1));
    }

    std::vector<Word> all() {
        while (at_ < utf8_.size() && words_.size() < limit_)
            if (!add_ascii()) step();
        end_word();
        return std::move(words_);
    }

  private:
    Letter next(std::size_t& at) const {
        const auto first = static_cast<unsigned char>(utf8_[at]);
        if (first < 0x80) {
            ++at;
            return letters_[first];
        }
        return next_of_more_bytes(at);
    }

    Letter next_of_more_bytes(std::size_t& at) const {
        const auto first = static_cast<unsigned char>(utf8_[at]);
        if (first >= 0xC2 && first < 0xE0 && at + 1 < utf8_.size() &&
            (static_cast<unsigned char>(utf8_[at + 1]) & 0xC0) == 0x80) {
            const std::size_t code =
                (first & 0x1Fu) << 6 | (static_cast<unsigned char>(utf8_[at + 1]) & 0x3Fu);
            at += 2;
            return letters_[code];
        }
        const auto* bytes = reinterpret_cast<const std::uint8_t*>(utf8_.data());
        auto i = static_cast<std::int64_t>(at);
        UChar32 c = 0;
        U8_NEXT_OR_FFFD(bytes, i, static_cast<std::int64_t>(utf8_.size()), c);
        at = static_cast<std::size_t>(i);
        // The heart of Chinese text, which ICU need not be asked about.
        if (c >= 0x4E00 && c <= 0x9FFF) return {static_cast<std::uint32_t>(c), Kind::unspaced, false};
        return look_up(c);
    }

    void step() {
        const Letter letter = next(at_);
        switch (letter.kind) {
        case Kind::letter:
        case Kind::digit:
            add(letter);
            break;
        case Kind::unspaced:
            end_word();
            add(letter);
            end_word();
            break;
        case Kind::invisible:
            break;
        case Kind::joiner:
            if (!joins_letters()) end_word();
            break;
        default:
            if (open_ && word_.number && joins_digits(letter)) return;
            end_word();
            sentence_ended_ = sentence_ended_ || letter.kind == Kind::stop ||
                              (letter.kind == Kind::line_end && at_ < utf8_.size() && utf8_[at_] == '\n');
        }
    }

    void add(const Letter& letter) {
        if (!open_) begin_word(letter);
        mix(letter.folded);
        last_is_letter_ = letter.kind == Kind::letter;
    }

    void begin_word(const Letter& first) {
        open_ = true;
        hash_ = 0xCBF29CE484222325u;
        word_.capital = first.capital;
        word_.unspaced = first.kind == Kind::unspaced;
        word_.number = first.kind == Kind::digit || (word_.unspaced && is_chinese_numeral(first.folded));
        word_.begins_sentence = sentence_ended_;
        sentence_ended_ = false;
    }

    // Letters and digits of ASCII, and the signs behind them: what most texts are made of.
    bool add_ascii() {
        const auto* at = reinterpret_cast<const unsigned char*>(utf8_.data()) + at_;
        const auto* const end = at + (utf8_.size() - at_);
        std::uint32_t plain = plain_ascii[*at];
        if (plain <= plain_sign) return false;
        if (!open_) begin_word(letters_[*at]);
        for (; plain > plain_sign; plain = ++at == end ? 0 : plain_ascii[*at]) mix(plain);
        last_is_letter_ = at[-1] > '9';
        if (plain == plain_sign && (*at != ',' || !word_.number)) {
            end_word();
            while (++at != end && plain_ascii[*at] == plain_sign) {
            }
        }
        at_ = utf8_.size() - static_cast<std::size_t>(end - at);
        return true;
    }

    void mix(std::uint32_t value) { hash_ = (hash_ ^ value) * 0x100000001B3u; }

    // Part of the loop over words.
    [[gnu::always_inline]] void end_word() {
        if (!open_) return;
        open_ = false;
        // The high bits are the mixed ones; a last turn spreads them over all that are kept.
        const std::uint64_t spread = (hash_ ^ (hash_ >> 29)) * 0xBF58476D1CE4E5B9u;
        words_.push_back(word_);
        words_.back().hash = static_cast<std::uint32_t>(spread >> 32);
    }

    // "co-operate", "agree-\nment", "Xi’an"; not "1986-87" and not a dash between spaces.
    bool joins_letters() {
        if (!open_ || !last_is_letter_) return false;
        std::size_t behind = at_;
        if (behind < utf8_.size() && utf8_[behind] == '\n') ++behind;
        const std::size_t letter_at = behind;
        if (behind >= utf8_.size() || next(behind).kind != Kind::letter) return false;
        at_ = letter_at;
        return true;
    }

    // "1,000" is 1000, and "3,5" is 3.5.
    bool joins_digits(const Letter& letter) {
        if (letter.folded != '.' && letter.folded != ',') return false;
        std::size_t digits = 0;
        for (std::size_t at = at_; at < utf8_.size() && digits < 4 && next(at).kind == Kind::digit;) ++digits;
        if (digits == 0) return false;
        if (digits != 3) mix('.');
        return true;
    }

    std::string_view utf8_;
    std::size_t limit_;
    const std::array<Letter, table_size>& letters_ = table();
    std::vector<Word> words_;
    std::size_t at_ = 0;
    std::uint64_t hash_ = 0;
    Word word_;
    bool open_ = false;
    bool last_is_letter_ = false;
    bool sentence_ended_ = true;
};

}  // namespace

std::vector<Word> words_of(std::string_view utf8, std::size_t limit) {
    return Words(utf8, limit).all();
}

}  // namespace izde::text
