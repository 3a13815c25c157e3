// Cuts a text into words and characters in one pass over its bytes. Words of plain letters are cut here,
// by rules that are those of segment.cpp as far as such letters go; a stretch with any other letter or
// mark in it goes through segment() as it is. White space, most signs and ideographs part words
// whatever stands around them, so what stands between two of these can be read by itself.
#pragma once

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "izde/text/analyze.hpp"
#include "izde/text/scan.hpp"
#include "izde/text/utf8.hpp"

#include "text/ascii_word.hpp"
#include "text/scan_characters.hpp"
#include "text/segment.hpp"

namespace izde::text {

struct ScannedCharacter {
    char32_t value = 0;
    std::size_t bytes = 0;  // 0: ill-formed, or NUL
    ScanCharacter about{};
};

// Of those blocks that hold nothing else; all are two columns wide.
inline bool is_ideograph(char32_t c) {
    return (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF);
}

// Whether a character folds to what its code says, traditional ones aside.
inline bool folds_plainly(char32_t c) {
    return is_ideograph(c) || (c >= 0x3041 && c < 0x30FF);
}

// From here on a word may be too long for a token when it is folded, and is cut then.
inline constexpr std::size_t long_word = max_token_bytes / 2;

// Half a column wide, these make another letter of the Kana before: ｶﾞ is ガ.
inline bool is_sound_mark(char32_t c) {
    return c == 0xFF9E || c == 0xFF9F;
}

inline bool is_ascii_space(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

// Letters and digits that segment() looks past where they stand alone between ideographs, such as Ⅷ.
inline bool has_words_without_letters(std::string_view stretch) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(stretch.data());
    bool words = false, letters = false;
    for (std::int32_t i = 0; i < static_cast<std::int32_t>(stretch.size());) {
        UChar32 c = 0;
        U8_NEXT_OR_FFFD(bytes, i, static_cast<std::int32_t>(stretch.size()), c);
        if (is_unspaced(c)) {
            if (words && !letters) return true;
            words = letters = false;
            continue;
        }
        letters |= u_isalnum(c) != 0;
        const int breaks = u_getIntPropertyValue(c, UCHAR_WORD_BREAK);
        words |= breaks == U_WB_ALETTER || breaks == U_WB_NUMERIC || breaks == U_WB_KATAKANA ||
                 breaks == U_WB_HEBREW_LETTER || breaks == U_WB_EXTENDNUMLET || c == '@';
    }
    return words && !letters;
}

// Gives its `Sink` every word and character of a text, in order. Stops where it meets what it cannot
// tell: see `well_formed` and `told`.
template <class Sink>
class Scanner {
  public:
    Scanner(std::string_view utf8, Span part, Sink& sink)
        : utf8_(utf8.substr(0, part.end)), sink_(sink),
          at_(part.begin), restart_{part.begin, 0}, last_end_{part.begin, 0} {}

    void run() {
        while (at_ < utf8_.size() && well_formed && told) {
            const unsigned lead = static_cast<unsigned char>(utf8_[at_]);
            if (lead == ' ')
                space();
            else if (lead < 0x80 && tables_.keys[lead] == 0)
                step();
            else if (!(lead < 0x80 ? plain_words() : skip()))
                step();
        }
    }

    std::size_t end_of_words() const { return last_end_.at; }
    std::size_t column() const { return column_; }

    bool well_formed = true;
    bool told = true;

  private:
    struct Stand {
        std::size_t at = 0, column = 0;
    };

    unsigned byte(std::size_t i) const {
        return i < utf8_.size() ? static_cast<unsigned char>(utf8_[i]) : 0u;
    }
    bool follows(std::size_t i) const { return (byte(i) & 0xC0u) == 0x80u; }

    ScannedCharacter character_at(std::size_t at) const {
        const unsigned lead = byte(at);
        if (lead >= 0x80) return wide_character_at(at, lead);
        return {lead, lead == 0 ? std::size_t{0} : std::size_t{1}, tables_.characters[lead]};
    }

    ScannedCharacter wide_character_at(std::size_t at, unsigned lead) const {
        char32_t c = 0;
        if (lead >= 0xC2 && lead < 0xE0 && follows(at + 1)) {
            c = (lead & 0x1Fu) << 6 | (byte(at + 1) & 0x3Fu);
            return {c, 2, tables_.characters[c]};
        }
        if (lead >= 0xE0 && lead < 0xF0 && follows(at + 1) && follows(at + 2)) {
            c = (lead & 0x0Fu) << 12 | (byte(at + 1) & 0x3Fu) << 6 | (byte(at + 2) & 0x3Fu);
            if (c < 0x800 || (c >= 0xD800 && c <= 0xDFFF)) return {};
            return {c, 3, tables_.characters[c]};
        }
        if (lead >= 0xF0 && lead < 0xF5 && follows(at + 1) && follows(at + 2) && follows(at + 3)) {
            c = (lead & 0x07u) << 18 | (byte(at + 1) & 0x3Fu) << 12 | (byte(at + 2) & 0x3Fu) << 6 |
                (byte(at + 3) & 0x3Fu);
            if (c < 0x10000 || c > 0x10FFFF) return {};
            ScanCharacter about{};
            if (is_unspaced(static_cast<std::int32_t>(c))) about.kind = ScanKind::unspaced;
            about.width = display_width(utf8_.substr(at, 4)) & 3u;
            return {c, 4, about};
        }
        return {};
    }

    ScanKind kind_at(std::size_t at) const {
        return at < utf8_.size() ? character_at(at).about.kind : ScanKind::space;
    }

    // Words of ASCII as long as the sink takes them so: most of most texts in Latin letters. False where it
    // takes none. A line's end behind one ends a paragraph only with another one, which is not taken here.
    bool plain_words() {
        std::size_t at = at_, words = 0;
        Stand last;
        while (at + AsciiWord::looked_at <= utf8_.size()) {
            const AsciiWord word = ascii_word(utf8_.data() + at);
            const std::size_t column = column_ + (at - at_);
            if (word.bytes == 0 || !sink_.takes({at, at + word.bytes}, column, word.opening)) break;
            ++words;
            last = {at + word.bytes, column + word.bytes};
            at = last.at + word.gap;
            sink_.border(at, last.column + word.gap);
        }
        if (words == 0) return false;
        begin_segment(at_);
        sink_.skip(words);
        column_ += at - at_;
        at_ = at;
        end_segment(last.at, last.column);
        in_space_ = true;
        part_words();
        return true;
    }

    // The same of words that begin with another plain letter, which the sink does not want, with a space
    // behind each, and perhaps a comma or full stop before it: none of it leaves the registers.
    bool skip() {
        if constexpr (!Sink::skips) return false;
        const auto* const bytes = reinterpret_cast<const unsigned char*>(utf8_.data());
        const std::size_t end = utf8_.size(), start = at_;
        std::size_t at = start, column = column_, words = 0;
        Stand last = last_end_;
        for (;;) {
            const Run run = sink_.wants_beginnings() ? letters<true>(at) : letters<false>(at);
            std::size_t behind = run.end;
            if (behind == at || behind - at >= long_word || behind + 1 >= end) break;
            behind += (bytes[behind] == ',' || bytes[behind] == '.') && bytes[behind + 1] == ' ' ? 1 : 0;
            if (bytes[behind] != ' ' || run.wanted || sink_.wants_word(run.letters)) break;
            ++words;
            last = {run.end, column + run.count};
            column = last.column + (behind - run.end) + 1;
            at = behind + 1;
            sink_.border(at, column);
        }
        if (words == 0) return false;
        begin_segment(start);
        sink_.skip(words);
        end_segment(last.at, last.column);
        at_ = at;
        column_ = column;
        in_space_ = true;
        part_words();
        return true;
    }

    // The same for ideographs, but for the last, which marks may follow.
    bool skip_unspaced() {
        if constexpr (!Sink::skips) return false;
        std::size_t at = at_, count = 0;
        while (at + 2 < utf8_.size() && follows(at + 1) && follows(at + 2)) {
            const char32_t c =
                (byte(at) & 0x0Fu) << 12 | (byte(at + 1) & 0x3Fu) << 6 | (byte(at + 2) & 0x3Fu);
            if ((byte(at) & 0xF0u) != 0xE0u || !is_ideograph(c) || sink_.wants_character(c)) break;
            at += 3;
            ++count;
        }
        if (count < 2) return false;
        begin_segment(at_);
        sink_.skip(count - 1);
        at_ = at - 3;
        column_ += 2 * (count - 1);
        in_space_ = false;
        end_segment(at_, column_);
        part_words();
        sink_.border(at_, column_);
        return true;
    }

    void space() {
        column_ += in_space_ ? 0 : 1;
        in_space_ = true;
        ++at_;
        part_words();
        sink_.border(at_, column_);
    }

    void step() {
        const ScannedCharacter c = character_at(at_);
        if (c.bytes == 0) {
            well_formed = false;
            return;
        }
        switch (c.about.kind) {
        case ScanKind::letter:
        case ScanKind::digit:
            return word();
        case ScanKind::unspaced:
            if (!skip_unspaced()) unspaced(c);
            return;
        case ScanKind::odd:
            return odd();
        case ScanKind::space:
            column_ += in_space_ ? 0 : 1;
            in_space_ = true;
            line_end_ |= c.value == '\n';
            break;
        case ScanKind::sign:
        case ScanKind::joiner:
        case ScanKind::accent:
            column_ += c.about.width;
            in_space_ = false;
            break;
        }
        at_ += c.bytes;
        if (c.about.kind == ScanKind::joiner || c.about.kind == ScanKind::accent) return;
        part_words();
        sink_.border(at_, column_);
    }

    // Letters and digits.
    struct Run {
        std::size_t end = 0, count = 0;
        std::uint64_t letters = no_letters;
        bool wanted = false;  // begins as a word of the sieve may
    };

    template <bool beginnings>
    Run letters(std::size_t at) const {
        Run run;
        const auto* const bytes = reinterpret_cast<const unsigned char*>(utf8_.data());
        const char16_t* const keys = tables_.keys.data();
        const std::size_t end = utf8_.size();
        for (; at < end; ++run.count) {
            std::size_t c = bytes[at], length = 1;
            if (c >= 0x80) {
                if (c < 0xC2 || c > 0xD4 || at + 1 == end || (bytes[at + 1] & 0xC0u) != 0x80u) break;
                c = (c & 0x1Fu) << 6 | (bytes[at + 1] & 0x3Fu);
                length = 2;
                if (c >= ScanTables::keyed) break;
            }
            const char16_t letter = keys[c];
            if (letter == 0) break;
            at += length;
            run.letters = with_letter(run.letters, letter);
            if constexpr (beginnings)
                run.wanted |=
                    run.count < Sieve::longest_beginning && sink_.wants_beginning(run.letters, run.count + 1);
        }
        run.end = at;
        return run;
    }

    // Letters and digits from here on.
    Run letters() {
        const Run run = sink_.wants_beginnings() ? letters<true>(at_) : letters<false>(at_);
        at_ = run.end;
        column_ += run.count;
        return run;
    }

    // Whether the sign here is part of the word: "3.14", "don't".
    bool joins(const ScannedCharacter& sign) const {
        const std::size_t next = at_ + sign.bytes;
        const ScanKind behind = kind_at(next);
        const bool digits = is_digit(byte(at_ - 1)) && is_digit(byte(next));
        const bool letters = !is_digit(byte(at_ - 1)) && behind == ScanKind::letter;
        switch (sign.value) {
        case '.':
        case ',':
        case ';':
            return digits;
        case '\'':
        case 0x2018:
        case 0x2019:
            return digits || letters;
        default:
            return false;
        }
    }

    static bool is_digit(unsigned c) { return c >= '0' && c <= '9'; }
    static bool is_ascii_letter(unsigned c) { return (c | 0x20u) >= 'a' && (c | 0x20u) <= 'z'; }

    void word() {
        const Stand begin{at_, column_};
        bool plain = true;
        const Run run = letters();
        while (at_ < utf8_.size() && utf8_[at_] != ' ') {
            const ScannedCharacter next = character_at(at_);
            if (next.bytes == 0) {
                well_formed = false;
                return;
            }
            if (next.about.kind == ScanKind::odd) return odd();
            const bool accent = next.about.kind == ScanKind::accent;
            if (next.about.kind != ScanKind::joiner && !accent) break;
            const ScanKind behind = kind_at(at_ + next.bytes);
            if (behind == ScanKind::odd ||
                (accent && (behind == ScanKind::letter || behind == ScanKind::digit))) {
                at_ += next.bytes;
                return odd();
            }
            if (!joins(next)) break;
            plain = false;
            at_ += next.bytes;
            ++column_;
            letters();
        }
        const std::size_t signs = signs_after({begin.at, at_});
        at_ += signs;
        column_ += signs;
        in_space_ = false;
        begin_segment(begin.at);
        sink_.word({begin.at, at_}, {begin.column, column_}, run.wanted || sink_.wants_word(run.letters),
                   plain);
        end_segment(at_, column_);
    }

    // "C++", "C#".
    std::size_t signs_after(Span word) const {
        if (word.end - word.begin != 1 || !is_ascii_letter(byte(word.begin))) return 0;
        const std::size_t signs = utf8_.substr(word.end).starts_with("++") ? 2
                                  : byte(word.end) == '#'                  ? 1
                                                                           : 0;
        return is_ascii_letter(byte(word.end + signs)) ? 0 : signs;
    }

    void unspaced(const ScannedCharacter& c) {
        const Stand begin{at_, column_};
        sink_.border(at_, column_);
        at_ += c.bytes;
        column_ += c.about.width;
        in_space_ = false;
        ScannedCharacter next;
        if (at_ < utf8_.size()) {
            next = character_at(at_);
            well_formed = next.bytes > 0;
            // Marks belong to the character before.
            const auto marks = U_GC_M_MASK | U_GC_CF_MASK;
            told = next.about.kind != ScanKind::odd ||
                   (U_GET_GC_MASK(static_cast<UChar32>(next.value)) & marks) == 0;
            if (!well_formed || !told) return;
        }
        begin_segment(begin.at);
        const bool pair = next.about.kind == ScanKind::unspaced && next.bytes > 0;
        sink_.character({begin.at, at_}, {begin.column, column_},
                        is_sound_mark(next.value) ? always : c.value,
                        pair ? std::optional(Placed{{begin.at, at_ + next.bytes},
                                                    {begin.column, column_ + next.about.width}})
                             : std::nullopt);
        end_segment(at_, column_);
        part_words();
    }

    // From the last certain end of a word to the next white space or ideograph, by segment().
    void odd() {
        const Stand from = last_end_.at > restart_.at ? last_end_ : restart_;
        const std::size_t begin = restart_.at, end = end_of_odd();
        if (!well_formed) return;
        const std::string_view stretch = utf8_.substr(begin, end - begin);
        told = !has_words_without_letters(stretch);
        if (!told) return;
        Stand seen = from;
        column_ = from.column;
        in_space_ = after_space_ && from.at == restart_.at;
        const std::vector<Segment> segments = segment(stretch);
        for (std::size_t i = 0; i < segments.size(); ++i) {
            const Span span{begin + segments[i].span.begin, begin + segments[i].span.end};
            if (span.begin < from.at) continue;  // was told before the odd character came
            advance(seen.at, span.begin);
            const std::size_t column = column_;
            in_space_ = false;
            advance(span.begin, span.end);
            in_space_ = false;
            seen.at = span.end;
            line_end_ = true;
            begin_segment(span.begin);
            if (segments[i].unspaced)
                odd_character(segments, i, begin, {column, column_});
            else
                sink_.word(span, {column, column_}, true, false);
            end_segment(span.end, column_);
        }
        advance(seen.at, end);
        line_end_ = true;
        at_ = last_odd_ = end;
        part_words();
    }

    void odd_character(const std::vector<Segment>& segments, std::size_t i, std::size_t offset,
                       Columns columns) {
        const Span span{offset + segments[i].span.begin, offset + segments[i].span.end};
        std::optional<Placed> pair;
        if (i + 1 < segments.size() && segments[i + 1].unspaced &&
            segments[i + 1].span.begin == segments[i].span.end) {
            const Span both{span.begin, offset + segments[i + 1].span.end};
            pair = {both,
                    {columns.begin,
                     columns.begin + display_width(utf8_.substr(both.begin, both.end - both.begin))}};
        }
        sink_.character(span, columns, always, pair);
    }

    // Where odd characters are the rule, longer and longer stretches save asking for each word.
    std::size_t end_of_odd() {
        constexpr std::size_t near = 16, most = 4096;
        reach_ = last_odd_ > 0 && at_ - last_odd_ < near ? std::min(most, 2 * reach_ + 64) : 0;
        const std::size_t least = at_ + reach_;
        std::size_t at = at_;
        while (at < utf8_.size()) {
            const ScannedCharacter c = character_at(at);
            well_formed = c.bytes > 0;
            if (!well_formed) break;
            if (at >= least && is_ascii_space(utf8_[at])) break;
            if (reach_ == 0 && c.about.kind == ScanKind::unspaced && at > at_) break;
            at += c.bytes;
        }
        return at;
    }

    void advance(std::size_t from, std::size_t to) {
        for (std::size_t at = from; at < to;) {
            const ScannedCharacter c = character_at(at);
            const bool space = u_isUWhiteSpace(static_cast<UChar32>(c.value));
            column_ += space ? (in_space_ ? 0u : 1u) : c.about.width;
            in_space_ = space;
            at += std::max<std::size_t>(c.bytes, 1);
        }
    }

    void begin_segment(std::size_t begin) {
        const bool first = !any_;
        const bool parted =
            !first && line_end_ && ends_paragraph(utf8_.substr(last_end_.at, begin - last_end_.at));
        any_ = true;
        if (first || parted) sink_.paragraph(begin, last_end_.at);
    }

    void end_segment(std::size_t end, std::size_t column) {
        last_end_ = {end, column};
        line_end_ = false;
    }

    void part_words() {
        restart_ = {at_, column_};
        after_space_ = in_space_;
    }

    static constexpr char32_t always = 0x10FFFF;  // a character that no sieve holds back

    const ScanTables& tables_ = scan_tables();
    std::string_view utf8_;
    Sink& sink_;
    std::size_t at_, column_ = 0;
    Stand restart_;   // what stands before is parted from what comes
    Stand last_end_;  // of the last segment
    std::size_t last_odd_ = 0, reach_ = 0;
    bool in_space_ = false, after_space_ = false;  // here, and at restart_
    bool line_end_ = false;                        // since the last segment, perhaps
    bool any_ = false;
};

}  // namespace izde::text
