// A date is cut into numbers, words and signs, and read only if the whole of it has a known shape:
// what could be two different days (01/02/2022) keeps only what is certain.
#include "clip/date.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <utility>
#include <vector>

#include "izde/text/utf8.hpp"

namespace izde::clip {
namespace {

constexpr std::size_t longest_date = 120;

struct Part {
    enum class Kind { number, word, sign } kind = Kind::sign;
    std::string text;
    int number = 0;
    bool space_before = false;
};
using Parts = std::vector<Part>;

struct Day {
    int year = 0;
    int month = 0;
    int day = 0;
};

struct Month {
    std::string_view name;
    int number;
};
constexpr auto months = std::to_array<Month>(
    {{"january", 1},   {"february", 2},  {"march", 3},    {"april", 4},     {"may", 5},
     {"june", 6},      {"july", 7},      {"august", 8},   {"september", 9}, {"october", 10},
     {"november", 11}, {"december", 12}, {"jan", 1},      {"feb", 2},       {"mar", 3},
     {"apr", 4},       {"jun", 6},       {"jul", 7},      {"aug", 8},       {"sep", 9},
     {"sept", 9},      {"oct", 10},      {"nov", 11},     {"dec", 12},      {"января", 1},
     {"февраля", 2},   {"марта", 3},     {"апреля", 4},   {"мая", 5},       {"июня", 6},
     {"июля", 7},      {"августа", 8},   {"сентября", 9}, {"октября", 10},  {"ноября", 11},
     {"декабря", 12},  {"январь", 1},    {"февраль", 2},  {"март", 3},      {"апрель", 4},
     {"май", 5},       {"июнь", 6},      {"июль", 7},     {"август", 8},    {"сентябрь", 9},
     {"октябрь", 10},  {"ноябрь", 11},   {"декабрь", 12}, {"Январь", 1},    {"Февраль", 2},
     {"Март", 3},      {"Апрель", 4},    {"Май", 5},      {"Июнь", 6},      {"Июль", 7},
     {"Август", 8},    {"Сентябрь", 9},  {"Октябрь", 10}, {"Ноябрь", 11},   {"Декабрь", 12},
     {"қаңтар", 1},    {"ақпан", 2},     {"наурыз", 3},   {"сәуір", 4},     {"мамыр", 5},
     {"маусым", 6},    {"шілде", 7},     {"тамыз", 8},    {"қыркүйек", 9},  {"қазан", 10},
     {"қараша", 11},   {"желтоқсан", 12}});

constexpr auto weekdays =
    std::to_array<std::string_view>({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
                                     "sunday", "mon", "tue", "wed", "thu", "fri", "sat", "sun"});
// Words that add nothing to a date: "on 25 January", "25 января 2022 года", "2022 жылғы 25 қаңтар".
constexpr auto fillers = std::to_array<std::string_view>(
    {"on", "of", "the", "st", "nd", "rd", "th", "года", "г", "жылғы", "жылы"});
constexpr auto time_words = std::to_array<std::string_view>(
    {"t", "z", "utc", "gmt", "am", "pm", "at", "est", "edt", "cst", "pst", "msk", "в"});

template <class Words>
bool is_one_of(const Words& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

// 年, 月, 日 and 号 are signs between numbers, not letters of a word.
std::size_t han_sign(std::string_view text) {
    for (const std::string_view sign : {"年", "月", "日", "号"})
        if (text.starts_with(sign)) return sign.size();
    return 0;
}

char ascii_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

Parts cut(std::string_view text) {
    Parts parts;
    bool space = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        Part part;
        part.space_before = std::exchange(space, false);
        if (text[at] == ' ') {
            space = true;
            ++at;
            continue;
        }
        if (is_digit(text[at])) {
            while (at < text.size() && is_digit(text[at])) ++at;
            part.kind = Part::Kind::number;
            part.number = at - begin <= 8 ? std::stoi(std::string(text.substr(begin, at - begin))) : -1;
        } else if (const std::size_t length = han_sign(text.substr(at))) {
            at += length;
        } else if (is_word(text[at])) {
            while (at < text.size() && is_word(text[at]) && han_sign(text.substr(at)) == 0) ++at;
            part.kind = Part::Kind::word;
        } else {
            ++at;
        }
        part.text = text.substr(begin, at - begin);
        if (part.kind == Part::Kind::word)
            std::transform(part.text.begin(), part.text.end(), part.text.begin(), ascii_lower);
        parts.push_back(std::move(part));
    }
    return parts;
}

// "Tuesday, 25 January 2022" → 25 January 2022.
void drop_fillers(Parts& parts) {
    Parts kept;
    bool drop_sign = false;
    for (auto& part : parts) {
        const bool is_filler = part.kind == Part::Kind::word &&
                               (is_one_of(weekdays, part.text) || is_one_of(fillers, part.text));
        const bool is_its_sign = drop_sign && (part.text == "," || part.text == ".");
        drop_sign = is_filler;
        if (!is_filler && !is_its_sign) kept.push_back(std::move(part));
    }
    parts = std::move(kept);
}

int month_of(const Part& part) {
    if (part.kind != Part::Kind::word) return 0;
    for (const auto& [name, number] : months)
        if (name == part.text) return number;
    return 0;
}

bool is_leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

bool is_possible(const Day& day) {
    constexpr std::array<int, 12> lengths{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    // 0001-01-01 and 9999-12-31 are how programs write "none".
    if (day.year < 1000 || day.year > 2999 || day.month < 0 || day.month > 12 || day.day < 0) return false;
    if (day.day == 0) return true;
    if (day.month == 0 || day.day > lengths[static_cast<std::size_t>(day.month - 1)]) return false;
    return day.month != 2 || day.day < 29 || is_leap(day.year);
}

// Steps through the parts; a shape that does not fit leaves it where it began.
class Shape {
  public:
    explicit Shape(const Parts& parts) : parts_(parts) {}

    bool year(int& value) { return number(value, 4, 4); }
    bool two_digits(int& value) { return number(value, 1, 2); }
    bool exactly_two(int& value) { return number(value, 2, 2); }
    bool month_name(int& value) {
        if (at_ == parts_.size() || month_of(parts_[at_]) == 0) return false;
        value = month_of(parts_[at_++]);
        optional(".");
        return true;
    }
    bool sign(std::string_view text) {
        if (at_ == parts_.size() || parts_[at_].text != text) return false;
        ++at_;
        return true;
    }
    void optional(std::string_view text) { static_cast<void>(sign(text)); }
    bool at_end() const { return at_ == parts_.size(); }

    // Nothing, or what may be a time of day: "T10:00:00+06:00", " 10:00 GMT", ", 9 pm".
    bool only_time_follows() const {
        bool has_number = false;
        for (std::size_t i = at_; i < parts_.size(); ++i) {
            const Part& part = parts_[i];
            if (i == at_ && part.kind == Part::Kind::number && !part.space_before) return false;
            if (part.kind == Part::Kind::word && !is_one_of(time_words, part.text)) return false;
            if (part.kind == Part::Kind::sign &&
                std::string_view(":.,+-()").find(part.text) == std::string_view::npos)
                return false;
            has_number = has_number || part.kind == Part::Kind::number;
        }
        const std::size_t rest = parts_.size() - at_;
        return rest == 0 || has_number || (rest == 1 && (parts_[at_].text == "z" || parts_[at_].text == "."));
    }

  private:
    bool number(int& value, std::size_t fewest, std::size_t most) {
        if (at_ == parts_.size() || parts_[at_].kind != Part::Kind::number) return false;
        if (parts_[at_].text.size() < fewest || parts_[at_].text.size() > most) return false;
        value = parts_[at_++].number;
        // A month or day given as 0 is none, and not "unknown".
        return value > 0;
    }

    const Parts& parts_;
    std::size_t at_ = 0;
};

std::optional<Day> year_first(const Parts& parts) {
    Shape shape(parts);
    Day day;
    if (!shape.year(day.year)) return std::nullopt;
    if (shape.at_end()) return day;
    for (const std::string_view sign : {"-", "/", "."}) {
        if (!shape.sign(sign)) continue;
        if (!shape.two_digits(day.month))
            return sign == "." && shape.at_end() ? std::optional(day) : std::nullopt;
        if (shape.at_end()) return day;
        if (!shape.sign(sign) || !shape.two_digits(day.day) || !shape.only_time_follows())
            return std::nullopt;
        return day;
    }
    // "2022 жылғы 25 қаңтар"
    if (shape.two_digits(day.day) && shape.month_name(day.month) && shape.only_time_follows()) return day;
    return std::nullopt;
}

std::optional<Day> chinese(const Parts& parts) {
    Shape shape(parts);
    Day day;
    if (!shape.year(day.year) || !shape.sign("年")) return std::nullopt;
    if (shape.at_end()) return day;
    if (!shape.two_digits(day.month) || !shape.sign("月")) return std::nullopt;
    if (shape.at_end()) return day;
    if (!shape.two_digits(day.day) || !(shape.sign("日") || shape.sign("号"))) return std::nullopt;
    return shape.only_time_follows() || shape.at_end() ? std::optional(day) : std::nullopt;
}

// "20220125", "20220125T100000Z"
std::optional<Day> compact(const Parts& parts) {
    if (parts.empty() || parts[0].text.size() != 8 || parts[0].kind != Part::Kind::number)
        return std::nullopt;
    const int number = parts[0].number;
    const Day day{number / 10000, number / 100 % 100, number % 100};
    if (day.month == 0 || day.day == 0) return std::nullopt;
    if (parts.size() > 1 && parts[1].text != "t") return std::nullopt;
    return day;
}

std::optional<Day> day_first(const Parts& parts) {
    Shape shape(parts);
    Day day;
    if (!shape.two_digits(day.day)) return std::nullopt;
    shape.optional("-");
    shape.optional(".");
    if (!shape.month_name(day.month)) return std::nullopt;
    shape.optional("-");
    shape.optional(",");
    if (!shape.year(day.year) || !shape.only_time_follows()) return std::nullopt;
    return day;
}

std::optional<Day> month_first(const Parts& parts) {
    Shape shape(parts);
    Day day;
    if (!shape.month_name(day.month)) return std::nullopt;
    shape.optional(",");
    if (shape.year(day.year)) return shape.at_end() ? std::optional(day) : std::nullopt;
    if (!shape.two_digits(day.day)) return std::nullopt;
    shape.optional(",");
    if (!shape.year(day.year) || !shape.only_time_follows()) return std::nullopt;
    return day;
}

// "25.01.2022"; with slashes the order of day and month depends on the country.
std::optional<Day> figures(const Parts& parts) {
    for (const std::string_view sign : {".", "/", "-"}) {
        Shape shape(parts);
        Day day;
        if (!shape.two_digits(day.day) || !shape.sign(sign)) continue;
        if (!shape.two_digits(day.month) || !shape.sign(sign) || !shape.year(day.year)) return std::nullopt;
        if (!shape.only_time_follows()) return std::nullopt;
        if (sign == ".") return day;
        if (day.day == day.month || (day.day > 12 && day.month <= 12)) return day;
        if (day.month > 12 && day.day <= 12) return Day{day.year, day.day, day.month};
        return day.day <= 12 ? std::optional(Day{day.year, 0, 0}) : std::nullopt;
    }
    return std::nullopt;
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

}  // namespace

index::Date read_date(std::string_view declared, std::string_view source) {
    index::Date date;
    date.text = text::collapse_spaces(text::repair_utf8(declared.substr(0, 4 * longest_date)));
    if (date.text.empty()) return date;
    if (date.text.size() > longest_date) {
        date.text.resize(text::character_begin(date.text, longest_date));
        return date;
    }
    Parts parts = cut(date.text);
    drop_fillers(parts);
    for (const auto read : {year_first, chinese, compact, day_first, month_first, figures}) {
        const auto day = read(parts);
        if (!day) continue;
        if (!is_possible(*day)) return date;
        set_value(date, *day);
        date.source = source;
        return date;
    }
    return date;
}

}  // namespace izde::clip
