#include "query/typed_date.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <vector>

#include "izde/text/analyze.hpp"

#include "query/date_value.hpp"

namespace izde::query {
namespace {

constexpr std::size_t most_parts = 8;  // words and phrases; more is a text, not a question for a day

using Months = std::array<std::string_view, 12>;

// As text::Token::folded. Names that are spelt alike stand in the first language that has them.
constexpr std::array months = std::to_array<Months>({
    {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
     "november", "december"},
    {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"},
    {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября",
     "ноября", "декабря"},
    {"қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша",
     "желтоқсан"},
    {"januar", "februar", "marz", "april", "mai", "juni", "juli", "august", "september", "oktober",
     "november", "dezember"},
    {"janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre",
     "novembre", "decembre"},
    {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
     "noviembre", "diciembre"},
    {"ocak", "subat", "mart", "nisan", "mayis", "haziran", "temmuz", "agustos", "eylul", "ekim", "kasim",
     "aralik"},
});

// What may stand within a date and says nothing.
constexpr std::array fillers =
    std::to_array<std::string_view>({"of", "the", "de", "th", "st", "nd", "rd", "жылғы", "жылы"});

// A number or a word of a text.
struct Piece {
    std::size_t digits = 0;  // 0: a word
    int number = 0;
    unsigned month = 0;   // that the word names; 0: none
    char32_t before = 0;  // the sign directly before it; 0: a space, several signs or nothing
    bool han = false;     // 年 月 日
};

unsigned month_named(std::string_view folded) {
    for (const Months& names : months) {
        const auto found = std::ranges::find(names, folded);
        if (found != names.end()) return static_cast<unsigned>(found - names.begin()) + 1;
    }
    return 0;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// A token may hold several: 27.03.2023, 27th.
void cut(std::string_view folded, char sign, std::vector<Piece>& pieces) {
    for (std::size_t at = 0; at < folded.size();) {
        const bool number = is_digit(folded[at]);
        std::size_t end = at;
        if (!number && (folded[at] == '.' || folded[at] == ',')) {
            sign = folded[at++];
            continue;
        }
        while (end < folded.size() && is_digit(folded[end]) == number &&
               (number || (folded[end] != '.' && folded[end] != ',')))
            ++end;
        const std::string_view text = folded.substr(at, end - at);
        Piece piece{.before = static_cast<char32_t>(sign)};
        if (number && text.size() <= 4) {
            piece.digits = text.size();
            for (const char c : text) piece.number = piece.number * 10 + (c - '0');
        } else {
            piece.month = month_named(text);
            piece.han = text == "年" || text == "月" || text == "日" || text == "号";
        }
        if (std::ranges::find(fillers, text) == fillers.end()) pieces.push_back(piece);
        sign = 0;
        at = end;
    }
}

std::vector<Piece> pieces_of(std::string_view utf8) {
    std::vector<Piece> pieces;
    std::size_t end = 0;
    for (const text::Token& token : text::analyze(utf8, "und")) {
        if (token.kind == text::TokenKind::pair) continue;
        const bool one_sign = end > 0 && token.span.begin == end + 1;
        cut(token.folded, one_sign && utf8[end] != ' ' ? utf8[end] : '\0', pieces);
        end = token.span.end;
    }
    return pieces;
}

std::optional<std::string> valid(int year, int month, int day) {
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", year, month, day);
    if (year < 1000 || !is_date_value(text.data())) return std::nullopt;
    return text.data();
}

bool is_year(const Piece& piece) {
    return piece.digits == 4;
}

bool is_short(const Piece& piece) {
    return piece.digits == 1 || piece.digits == 2;
}

std::optional<std::string> in_numbers(const Piece& a, const Piece& b, const Piece& c) {
    const char32_t sign = b.before;
    if ((sign != U'-' && sign != U'.' && sign != U'/') || c.before != sign || !is_short(b))
        return std::nullopt;
    if (is_year(a) && is_short(c)) return valid(a.number, b.number, c.number);
    if (!is_short(a) || !is_year(c)) return std::nullopt;
    const bool day_first = sign != U'/' || a.number > 12;
    if (!day_first && b.number <= 12) return std::nullopt;
    return day_first ? valid(c.number, b.number, a.number) : valid(c.number, a.number, b.number);
}

std::optional<std::string> in_words(const Piece& a, const Piece& b, const Piece& c) {
    const auto month = [](const Piece& piece) { return static_cast<int>(piece.month); };
    if (is_short(a) && b.month > 0 && is_year(c)) return valid(c.number, month(b), a.number);
    if (a.month > 0 && is_short(b) && is_year(c)) return valid(c.number, month(a), b.number);
    if (is_year(a) && is_short(b) && c.month > 0) return valid(a.number, month(c), b.number);
    return std::nullopt;
}

std::optional<std::string> in_han(const std::vector<Piece>& pieces, std::size_t i) {
    if (i + 5 >= pieces.size() || !pieces[i + 1].han || !pieces[i + 3].han || !pieces[i + 5].han)
        return std::nullopt;
    if (!is_year(pieces[i]) || !is_short(pieces[i + 2]) || !is_short(pieces[i + 4])) return std::nullopt;
    return valid(pieces[i].number, pieces[i + 2].number, pieces[i + 4].number);
}

}  // namespace

std::optional<std::string> date_in(std::string_view utf8) {
    const std::vector<Piece> pieces = pieces_of(utf8);
    for (std::size_t i = 0; i + 2 < pieces.size(); ++i) {
        if (auto date = in_numbers(pieces[i], pieces[i + 1], pieces[i + 2])) return date;
        if (auto date = in_words(pieces[i], pieces[i + 1], pieces[i + 2])) return date;
        if (auto date = in_han(pieces, i)) return date;
    }
    return std::nullopt;
}

std::optional<std::string> typed_date(const Syntax& root) {
    const All& all = std::get<All>(root.node);
    if (all.of.size() > most_parts) return std::nullopt;
    std::string text;
    for (const Syntax& part : all.of) {
        if (const auto* word = std::get_if<Word>(&part.node)) text.append(word->text).append(" ");
        if (const auto* quoted = std::get_if<Quoted>(&part.node)) text.append(quoted->text).append(" ");
    }
    return date_in(text);
}

}  // namespace izde::query
