// A date is cut into numbers, words and signs, and read only if they have a known shape: what could
// be two different days (01/02/2022) keeps only what is certain.
#include "clip/date.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <optional>
#include <utility>

#include "izde/text/letters.hpp"
#include "izde/text/utf8.hpp"

#include "clip/rules.hpp"

namespace izde::clip {
namespace {

constexpr std::size_t longest_date = 120;

struct Part {
    enum class Kind { number, word, sign } kind = Kind::sign;
    std::string_view text;
    int number = 0;
    int month = 0;
    std::size_t begin = 0, end = 0;  // bytes of the comparable text
    std::size_t reach = 0;           // with the fillers behind it
    bool is_clock = false;           // T, GMT, am ...
};
using Parts = std::vector<Part>;

struct Day {
    int year = 0;
    int month = 0;
    int day = 0;
};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

// Nothing but Han characters begins with it, or with a higher one, as far as dates are concerned.
constexpr unsigned char lowest_han_lead = 0xE3;

bool may_be_han(std::string_view text) {
    return !text.empty() && static_cast<unsigned char>(text[0]) >= lowest_han_lead;
}

// 年, 月, 日 and 号 are signs between numbers, not letters of a word.
std::size_t han_sign(std::string_view text) {
    if (!may_be_han(text)) return 0;
    for (const std::string_view sign : {"年", "月", "日", "号", "號"})
        if (text.starts_with(sign)) return sign.size();
    return 0;
}

constexpr auto han_digits = std::to_array<std::pair<std::string_view, int>>({{"〇", 0},
                                                                             {"零", 0},
                                                                             {"一", 1},
                                                                             {"二", 2},
                                                                             {"三", 3},
                                                                             {"四", 4},
                                                                             {"五", 5},
                                                                             {"六", 6},
                                                                             {"七", 7},
                                                                             {"八", 8},
                                                                             {"九", 9},
                                                                             {"十", 10}});

int han_digit(std::string_view text) {
    if (!may_be_han(text)) return -1;
    for (const auto& [sign, value] : han_digits)
        if (text.starts_with(sign)) return value;
    return -1;
}

// "二〇二四" digit by digit, "二十五" by tens; only before 年, 月 or 日. Its length, or 0.
std::size_t han_number(std::string_view text, int& number) {
    if (!may_be_han(text)) return 0;
    std::size_t at = 0;
    std::size_t digits = 0;
    int ones = 0;
    int tens = -1;
    for (int digit = han_digit(text); digit >= 0 && digits < 5;
         digit = han_digit(text.substr(at)), ++digits) {
        if (digit == 10) {
            tens = digits == 0 ? 1 : ones;
            ones = 0;
        } else {
            ones = tens >= 0 ? digit : ones * 10 + digit;
        }
        at += 3;
    }
    number = tens >= 0 ? tens * 10 + ones : ones;
    return han_sign(text.substr(at)) > 0 ? at : 0;
}

std::size_t cut_word(std::string_view text, std::size_t at) {
    while (at < text.size() &&
           (is_word(text[at]) || (text[at] == '\'' && at + 1 < text.size() && is_word(text[at + 1]))) &&
           han_sign(text.substr(at)) == 0)
        ++at;
    return at;
}

Part next_part(std::string_view text, std::size_t at) {
    Part part;
    part.begin = at;
    if (is_digit(text[at])) {
        while (at < text.size() && is_digit(text[at])) ++at;
        part.kind = Part::Kind::number;
        part.number = at - part.begin <= 8 ? 0 : -1;
        if (part.number == 0) std::from_chars(text.data() + part.begin, text.data() + at, part.number);
    } else if (const std::size_t length = han_number(text.substr(at), part.number)) {
        part.kind = Part::Kind::number;
        at += length;
    } else if (const std::size_t sign = han_sign(text.substr(at))) {
        at += sign;
    } else if ((text[at] == 'a' || text[at] == 'p') && text.substr(at + 1).starts_with(".m.")) {
        at += 4;
        part.kind = Part::Kind::word;
    } else if (is_word(text[at])) {
        at = cut_word(text, at);
        part.kind = Part::Kind::word;
        // "p.m." and "Moscow time" are one.
        at = std::max(at, phrase_at(text, part.begin, Role::clock).end);
    } else {
        ++at;
    }
    part.end = at;
    part.text = text.substr(part.begin, at - part.begin);
    return part;
}

// Fillers and weekdays are left out, with the sign behind them: "Tuesday, 25th of January". The parts look
// into `text`.
Parts cut(std::string_view text) {
    Parts parts;
    bool drop_sign = false;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == ' ') {
            ++at;
            continue;
        }
        Part part = next_part(text, at);
        at = part.end;
        if (part.kind == Part::Kind::word) {
            const Roles roles = roles_of(part.text);
            part.month = month_of(part.text);
            part.is_clock = roles.has(Role::clock);
            const bool filler = part.month == 0 && roles.meets({Role::weekday, Role::date_filler});
            drop_sign = filler;
            if (filler) {
                if (!parts.empty()) parts.back().reach = at;
                continue;
            }
        } else if (std::exchange(drop_sign, false) && (part.text == "," || part.text == ".")) {
            if (part.text == "." && !parts.empty()) parts.back().reach = at;
            continue;
        }
        part.reach = at;
        parts.push_back(std::move(part));
    }
    return parts;
}

bool is_leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

// A year of 0 is one not said.
bool is_possible(const Day& day) {
    constexpr std::array<int, 12> lengths{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    // 0001-01-01 and 9999-12-31 are how programs write "none".
    if (day.year != 0 && (day.year < 1000 || day.year > 2999)) return false;
    if (day.month < 0 || day.month > 12 || day.day < 0) return false;
    if (day.day == 0) return true;
    if (day.month == 0 || day.day > lengths[static_cast<std::size_t>(day.month - 1)]) return false;
    return day.month != 2 || day.day < 29 || day.year == 0 || is_leap(day.year);
}

// Steps through the parts from one on.
class Shape {
  public:
    Shape(const Parts& parts, std::size_t from) : parts_(parts), at_(from) {}

    bool year(int& value) { return number(value, 4, 4); }
    bool two_digits(int& value) { return number(value, 1, 2); }
    bool month_name(int& value) {
        if (at_ == parts_.size() || parts_[at_].month == 0) return false;
        value = parts_[at_++].month;
        optional(".");
        return true;
    }
    bool sign(std::string_view text) {
        if (at_ == parts_.size() || parts_[at_].text != text) return false;
        ++at_;
        return true;
    }
    bool close_sign(std::string_view text) {  // without a space before it
        return at_ > 0 && at_ < parts_.size() && parts_[at_].begin == parts_[at_ - 1].end && sign(text);
    }
    void optional(std::string_view text) { static_cast<void>(sign(text)); }
    void comma() { sign(",") || sign("، "); }
    std::size_t at() const { return at_; }
    void go_to(std::size_t at) { at_ = at; }
    bool at_end() const { return at_ == parts_.size(); }

    // Whatever may be a time of day: "T10:00:00+06:00", " 10:00 GMT", ", 9 pm", "| 14:35", "[10:00]".
    void skip_time() {
        std::size_t behind = at_;
        bool has_number = false;
        int depth = 0;
        for (std::size_t i = at_; i < parts_.size() && i < at_ + 14; ++i) {
            const Part& part = parts_[i];
            const bool is_time = part.kind == Part::Kind::number && part.text.size() <= 4 && is_time_at(i);
            const bool is_zone = is_clock_at(i, has_number) || (has_number && is_offset_at(i));
            if (is_time || is_zone) {
                has_number = true;
                behind = i + 1;
            } else if (part.text == "(" || part.text == "[") {
                ++depth;
            } else if ((part.text == ")" || part.text == "]") && depth > 0) {
                --depth;
                behind = i + 1;
            } else if (part.kind != Part::Kind::sign || part.text.size() > 3 ||
                       std::string_view(":.,+-|").find(part.text) == std::string_view::npos) {
                break;
            }
        }
        if (has_number) at_ = behind;
    }

    bool only_time_follows() {
        const std::size_t before = at_;
        optional(".");
        if (at_end()) return true;
        at_ = before;
        // "2022-01-25x" is no date, nor is "1.2.20223".
        if (before > 0 && parts_[before].begin == parts_[before - 1].end && parts_[before].text != "," &&
            !parts_[before].is_clock && parts_[before].kind != Part::Kind::sign)
            return false;
        skip_time();
        optional(".");
        return at_end();
    }

  private:
    bool number(int& value, std::size_t fewest, std::size_t most) {
        if (at_ == parts_.size() || parts_[at_].kind != Part::Kind::number) return false;
        const std::size_t digits = parts_[at_].text.size();
        const bool is_han = static_cast<unsigned char>(parts_[at_].text[0]) >= 0x80;
        if (is_han ? (parts_[at_].number > 999) != (fewest == 4) : digits < fewest || digits > most)
            return false;
        value = parts_[at_++].number;
        // A month or day given as 0 is none, and not "unknown".
        return value > 0;
    }

    // A number beside a colon or a word of the clock, or two digits alone at the end.
    bool is_time_at(std::size_t i) const {
        const auto is = [&](std::size_t at, std::string_view text) {
            return at < parts_.size() && parts_[at].text == text;
        };
        // "06.00 BST"
        const auto two_digits = [&](std::size_t at) {
            return at < parts_.size() && parts_[at].kind == Part::Kind::number && parts_[at].text.size() == 2;
        };
        if (two_digits(i) && is(i + 1, ".") && two_digits(i + 2) && !is(i + 3, ".")) return true;
        if (i >= 2 && two_digits(i) && is(i - 1, ".") && two_digits(i - 2) && !is(i + 1, ".")) return true;
        if (is(i + 1, ":") || (i > 0 && is(i - 1, ":"))) return true;
        if (i + 1 < parts_.size() && parts_[i + 1].is_clock) return true;
        if (i > at_ && is(i - 1, ".") && i + 1 < parts_.size() && !is(i + 1, ","))
            return i >= 2 && is(i - 3, ":");
        return i > 0 && parts_[i - 1].is_clock && parts_[i - 1].text != "в";
    }

    // "saat 10:00", "10:00 GMT"; but the title "Saat kulesi" may follow a time as well.
    bool is_clock_at(std::size_t i, bool behind_number) const {
        if (!parts_[i].is_clock) return false;
        const bool last = i + 1 == parts_.size();
        if (!last && parts_[i + 1].kind == Part::Kind::number) return true;
        return behind_number && (last || parts_[i + 1].kind == Part::Kind::sign || parts_[i + 1].is_clock);
    }

    bool is_offset_at(std::size_t i) const {
        return parts_[i].kind == Part::Kind::number && i > 0 &&
               (parts_[i - 1].text == "+" || parts_[i - 1].text == "-");
    }

    const Parts& parts_;
    std::size_t at_;
};

using Read = bool (*)(Shape&, Day&);

bool year_first(Shape& shape, Day& day) {
    if (!shape.year(day.year)) return false;
    const std::size_t behind = shape.at();
    for (const std::string_view sign : {"-", "/", "."}) {
        shape.go_to(behind);
        Day full{day.year, 0, 0};
        if (shape.close_sign(sign) && shape.two_digits(full.month) && shape.close_sign(sign) &&
            shape.two_digits(full.day)) {
            day = full;
            return true;
        }
    }
    // "2022 жылғы 25 қаңтар", "2022, January 25"
    shape.go_to(behind);
    shape.comma();
    const std::size_t inner = shape.at();
    if (shape.two_digits(day.day) && shape.month_name(day.month)) return true;
    shape.go_to(inner);
    return shape.month_name(day.month) && shape.two_digits(day.day);
}

bool chinese(Shape& shape, Day& day) {
    const std::size_t begin = shape.at();
    if (!shape.year(day.year) || !shape.sign("年")) {
        day.year = 0;
        shape.go_to(begin);
    }
    return shape.two_digits(day.month) && shape.sign("月") && shape.two_digits(day.day) &&
           (shape.sign("日") || shape.sign("号") || shape.sign("號"));
}

bool day_first(Shape& shape, Day& day) {
    if (!shape.two_digits(day.day)) return false;
    shape.optional("-");
    shape.optional(".");
    if (!shape.month_name(day.month)) return false;
    const std::size_t behind = shape.at();
    shape.optional("-");
    shape.comma();
    if (!shape.year(day.year)) day.year = 0, shape.go_to(behind);
    return true;
}

bool month_first(Shape& shape, Day& day) {
    if (!shape.month_name(day.month) || !shape.two_digits(day.day)) return false;
    const std::size_t behind = shape.at();
    shape.comma();
    if (!shape.year(day.year)) day.year = 0, shape.go_to(behind);
    return true;
}

// "25.01.2022"; with slashes the order of day and month depends on the country.
bool figures(Shape& shape, Day& day) {
    const std::size_t begin = shape.at();
    for (const std::string_view sign : {".", "/", "-"}) {
        shape.go_to(begin);
        Day read;
        if (!shape.two_digits(read.day) || !shape.close_sign(sign) || !shape.two_digits(read.month) ||
            !shape.close_sign(sign) || !shape.year(read.year))
            continue;
        day = read;
        if (sign == "." || read.day == read.month || (read.day > 12 && read.month <= 12)) return true;
        if (read.month > 12) std::swap(day.day, day.month);
        if (read.month <= 12) day.day = day.month = 0;
        return read.day <= 31;
    }
    return false;
}

constexpr auto shapes = std::to_array<Read>({year_first, chinese, day_first, month_first, figures});

// Less than a day, or a day without signs; declared dates only.
bool year_or_month(const Parts& parts, Day& day) {
    Shape shape(parts, 0);
    const auto restart = [&] {
        day = {};
        shape.go_to(0);
    };
    if (shape.year(day.year) && (shape.sign("年"), true) && (shape.optional("."), shape.at_end()))
        return true;
    restart();
    if (shape.year(day.year) && (shape.sign("-") || shape.sign("/") || shape.sign(".")) &&
        shape.two_digits(day.month) && shape.at_end())
        return true;
    restart();
    if (shape.year(day.year) && shape.sign("年") && shape.two_digits(day.month) && shape.sign("月") &&
        shape.at_end())
        return true;
    restart();
    if (shape.month_name(day.month) && (shape.comma(), shape.year(day.year)) && shape.at_end()) return true;
    restart();
    if (shape.year(day.year) && (shape.comma(), shape.month_name(day.month)) && shape.at_end()) return true;
    restart();
    if (parts.empty() || parts[0].text.size() != 8 || parts[0].kind != Part::Kind::number) return false;
    if (parts.size() > 1 && parts[1].text != "t") return false;
    const int number = parts[0].number;
    day = {number / 10000, number / 100 % 100, number % 100};
    return day.month != 0 && day.day != 0;
}

void set_value(index::Date& date, const Day& day) {
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", day.year, day.month, day.day);
    date.precision = day.day != 0     ? index::Precision::day
                     : day.month != 0 ? index::Precision::month
                                      : index::Precision::year;
    constexpr std::array<std::size_t, 4> lengths{0, 4, 7, 10};
    date.value = std::string(text.data(), lengths.at(static_cast<std::size_t>(date.precision)));
}

std::optional<Day> whole_date(const Parts& parts) {
    for (const auto read : shapes) {
        Shape shape(parts, 0);
        Day day;
        if (read(shape, day) && shape.only_time_follows()) return day;
    }
    Day day;
    return year_or_month(parts, day) ? std::optional(day) : std::nullopt;
}

// "x2022" and "1.2022" hold no year; Chinese needs no space before one.
bool is_glued(const Part& before, const Part& part) {
    if (before.end != part.begin) return false;
    if (before.kind == Part::Kind::number) return true;
    return before.kind == Part::Kind::word && static_cast<unsigned char>(before.text.back()) < 0x80;
}

// Every day has one, in figures of whatever width, or in Chinese.
bool has_number(std::string_view text) {
    return std::ranges::any_of(
        text, [](char c) { return is_digit(c) || static_cast<unsigned char>(c) >= lowest_han_lead; });
}

// "march 26" may be an order to walk; English writes months with a capital.
bool is_plain_word(std::string_view text, const text::Comparable& line, const Part& part) {
    const std::size_t begin = line.origin[part.begin];
    return part.month != 0 && text[begin] >= 'a' && text[begin] <= 'z';
}

}  // namespace

index::Date read_date(std::string_view declared, std::string_view source) {
    index::Date date;
    date.text = text::collapse_spaces(text::repair_utf8(declared.substr(0, 4 * longest_date)));
    if (date.text.empty()) return date;
    if (date.text.size() > longest_date) {
        date.text.resize(text::character_begin(date.text, longest_date));
        return date;
    }
    const text::Comparable line = text::comparable(date.text);
    const auto day = whole_date(cut(line.text));
    if (!day || day->year == 0 || !is_possible(*day)) return date;
    set_value(date, *day);
    date.source = source;
    return date;
}

std::vector<FoundDate> find_dates(std::string_view text, std::size_t limit) {
    std::vector<FoundDate> found;
    if (!has_number(text)) return found;
    const text::Comparable line = text::comparable(text);
    const Parts parts = cut(line.text);
    for (std::size_t at = 0; at < parts.size() && found.size() < limit; ++at) {
        // Every shape begins with one of these.
        if (parts[at].kind != Part::Kind::number && parts[at].month == 0) continue;
        if (at > 0 && is_glued(parts[at - 1], parts[at])) continue;
        for (const auto read : shapes) {
            Shape shape(parts, at);
            Day day;
            if (!read(shape, day) || !is_possible(day)) continue;
            if (day.year == 0 && is_plain_word(text, line, parts[at])) continue;
            const std::size_t last = shape.at() - 1;
            FoundDate one;
            one.begin = line.origin[parts[at].begin];
            const std::size_t text_end = line.origin[parts[last].end];
            one.date.text = text::collapse_spaces(text.substr(one.begin, text_end - one.begin));
            if (one.date.text.ends_with('.')) one.date.text.pop_back();
            if (day.year != 0) set_value(one.date, day);
            const std::size_t day_end = shape.at();
            shape.skip_time();
            one.has_time = shape.at() > day_end;
            one.end = line.origin[parts[shape.at() - 1].reach];
            found.push_back(std::move(one));
            at = shape.at() - 1;
            break;
        }
    }
    return found;
}

bool may_begin_date(std::string_view comparable) {
    if (comparable.empty()) return false;
    const char first = comparable.front();
    return is_digit(first) || may_be_han(comparable) ||
           (is_word(first) && month_of(comparable.substr(0, cut_word(comparable, 0))) != 0);
}

index::Date date_in_name(std::string_view name, std::string_view source) {
    index::Date date;
    for (std::size_t at = 0; at < name.size(); ++at) {
        if (!is_digit(name[at]) || (at > 0 && is_digit(name[at - 1]))) continue;
        std::size_t end = at;
        std::size_t digits = 0;
        while (end < name.size() &&
               (is_digit(name[end]) || std::string_view("-_./").find(name[end]) != std::string_view::npos)) {
            if (!is_digit(name[end]) && !is_digit(name[end - 1])) break;
            digits += is_digit(name[end]) ? 1 : 0;
            if (++end - at == 10 || (digits == 8 && end - at == 8)) break;
        }
        if (end < name.size() && is_digit(name[end])) continue;
        std::string_view figures = name.substr(at, end - at);
        while (!figures.empty() && !is_digit(figures.back())) figures.remove_suffix(1);
        std::string plain(figures);
        std::ranges::replace(plain, '_', '-');
        date = read_date(plain, source);
        if (date.precision == index::Precision::day) return date;
    }
    return {};
}

}  // namespace izde::clip
