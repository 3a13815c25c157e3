// A place is known by its letters: capitals and a dash, or a capitalised name that a date or an
// agency follows. A name and a dash alone begin definitions, too ("Astana – the capital").
#include "clip/dateline.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "izde/text/letters.hpp"
#include "izde/text/utf8.hpp"

#include "clip/date.hpp"
#include "clip/lines.hpp"
#include "clip/names.hpp"
#include "clip/rules.hpp"

namespace izde::clip {
namespace {

constexpr std::size_t longest_dateline = 160;  // bytes
constexpr std::size_t most_place_words = 4;
constexpr std::size_t shortest_report = 40;  // characters
constexpr std::size_t shortest_line = 5;
constexpr std::size_t shortest_bare_place = 4;  // characters, with neither a day nor an agency
constexpr std::size_t most_items = 8;

// Steps through the beginning of a paragraph, in its comparable form and its own.
class Head {
  public:
    explicit Head(std::string_view paragraph)
        : text_(paragraph.substr(0, text::character_begin(paragraph, longest_dateline))),
          line_(text::comparable(text_)) {}

    const std::string& line() const { return line_.text; }
    std::size_t at() const { return at_; }
    void go_to(std::size_t at) { at_ = std::min(at, line_.text.size()); }
    bool at_end() const { return at_ >= line_.text.size(); }
    char next() const { return at_end() ? '\0' : line_.text[at_]; }
    std::size_t origin() const { return line_.origin[at_]; }
    std::size_t origin(std::size_t at) const { return line_.origin[at]; }
    std::string_view original(std::size_t begin, std::size_t end) const {
        return trimmed(text_.substr(line_.origin[begin], line_.origin[end] - line_.origin[begin]));
    }
    bool skip(std::string_view sign) {
        if (!std::string_view(line_.text).substr(at_).starts_with(sign)) return false;
        at_ += sign.size();
        return true;
    }
    void skip_spaces() {
        while (next() == ' ') ++at_;
    }
    // The date that begins here.
    const FoundDate* date() {
        if (!may_begin_date(std::string_view(line_.text).substr(at_))) return nullptr;
        if (!dates_) dates_ = find_dates(text_, 4);
        for (const FoundDate& found : *dates_) {
            if (found.begin != origin()) continue;
            while (!at_end() && origin() < found.end) ++at_;
            return &found;
        }
        return nullptr;
    }
    const Phrase* phrase(Role role) {
        const Hit hit = phrase_at(line_.text, at_, role);
        if (hit.phrase != nullptr) at_ = hit.end;
        return hit.phrase;
    }

  private:
    std::string_view text_;
    text::Comparable line_;
    std::optional<std::vector<FoundDate>> dates_;  // once they are asked for
    std::size_t at_ = 0;
};

bool is_name_sign(char c) {
    return c == '\'' || c == '-';
}

bool is_letter_byte(char c) {
    return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

// One word of a name with inner apostrophes, hyphens and the stop of "St.".
std::size_t name_word_end(std::string_view line, std::size_t at) {
    std::size_t end = at;
    while (end < line.size() &&
           (is_letter_byte(line[end]) ||
            (end > at && is_name_sign(line[end]) && end + 1 < line.size() && is_letter_byte(line[end + 1]))))
        ++end;
    return end;
}

struct Place {
    std::string name;
    bool in_capitals = false;
};

// "NEW YORK", "Ust-Kamenogorsk", "ST. PETERSBURG", "Rio de Janeiro"
std::optional<Place> read_place(Head& head) {
    const std::size_t begin = head.at();
    std::size_t end = begin;
    std::size_t words = 0;
    Place place;
    for (std::size_t at = begin; words < most_place_words;) {
        const std::size_t behind = name_word_end(head.line(), at);
        if (behind == at) break;
        const std::string_view word = head.original(at, behind);
        const auto written = text::capitals(word);
        const bool joins = phrase_at(head.line(), at, Role::small_in_names).end == behind;
        const bool is_capital = written == text::Capitals::all || written == text::Capitals::first ||
                                written == text::Capitals::mixed;
        if (!is_capital && !(joins && words > 0)) break;
        if (words == 0) place.in_capitals = written == text::Capitals::all;
        if (place.in_capitals && written != text::Capitals::all && !joins) break;
        ++words;
        if (is_capital) end = behind;
        at = behind;
        const std::string_view rest = std::string_view(head.line()).substr(at);
        const bool is_short = text::count_code_points(word) <= 2;
        if (is_short && rest.starts_with(". "))
            at += 2, end = is_capital ? at - 1 : end;
        else if (rest.starts_with(" "))
            ++at;
        else
            break;
    }
    if (end == begin) return std::nullopt;
    place.name = head.original(begin, end);
    if (text::count_code_points(place.name) < 3) return std::nullopt;
    if (find_phrase(text::comparable(place.name).text, Role::no_place) != nullptr ||
        find_phrase(text::comparable(place.name).text, Role::agency) != nullptr)
        return std::nullopt;
    place.name = text::with_small_letters(place.name);
    head.go_to(end);
    return place;
}

// One that the lists have, or letters in capitals: "TDI", "dpa/AFP". Brackets hold many other things.
bool is_agency_name(std::string_view name) {
    if (strip(name).size() != name.size()) return false;  // ("from Latin ...")
    if (is_phrase(name, Role::agency) || (looks_like_paper(name) && words_of(name).size() <= 4)) return true;
    for (std::size_t slash = name.find('/'); slash != std::string_view::npos;
         slash = name.find('/', slash + 1))
        if (is_phrase(name.substr(0, slash), Role::agency)) return true;
    const std::size_t letters = text::count_code_points(name);
    return letters >= 2 && letters <= 12 && text::capitals(name) == text::Capitals::all &&
           name.find_first_of("0123456789,;") == std::string_view::npos;
}

// "(TDI)", "(Reuters)", "/ТАСС/", "(dpa/AFP)"
bool read_bracketed(Head& head, Dateline& found, bool behind_capitals) {
    const std::size_t begin = head.at();
    const char close = head.next() == '(' ? ')' : head.next() == '/' ? '/' : head.next() == '[' ? ']' : '\0';
    if (close == '\0') return false;
    const std::size_t end = head.line().find(close, begin + 1);
    if (end == std::string::npos || end - begin > 60) return false;
    head.go_to(begin + 1);
    head.skip_spaces();
    if (close == ']') {  // "Rishtan [Uzbekistan], June 12"
        head.go_to(end + 1);
        return true;
    }
    if (const FoundDate* date = head.date()) {
        if (found.date.text.empty()) found.date = date->date;
    } else if (found.agency.empty()) {
        const std::string_view name = head.original(begin + 1, end);
        // Between slashes, and behind a place in capitals, stands little else.
        const bool is_name = (close == '/' || behind_capitals) && words_of(name).size() <= 3 &&
                             name.find_first_of("0123456789,;") == std::string_view::npos &&
                             text::capitals(name) != text::Capitals::small;
        if (!is_name && !is_agency_name(name)) {
            head.go_to(begin);
            return false;
        }
        found.agency = name;
    }
    head.go_to(end + 1);
    return true;
}

bool read_separator(Head& head) {
    head.skip_spaces();
    bool dash = false;
    while (head.skip("-") || head.skip("_")) dash = true;
    return dash;
}

struct Seen {
    bool agency = false, date = false, dash = false, colon = false, stop = false, region = false;
    bool told() const { return agency || date; }
};

// ", Australia", ", D.C.", ", Texas": it says which place is meant, and is let go.
bool skip_region(Head& head) {
    const std::size_t begin = head.at();
    std::size_t end = begin;
    for (std::size_t words = 0; words < 3; ++words) {
        const std::size_t behind = name_word_end(head.line(), end);
        if (behind == end || text::capitals(head.original(end, behind)) == text::Capitals::small) break;
        end = behind;
        while (end < head.line().size() && head.line()[end] == '.') {
            ++end;
            const std::size_t more = name_word_end(head.line(), end);
            if (more == end || more - end > 2) break;
            end = more;
        }
        if (end < head.line().size() && head.line()[end] == ' ' &&
            name_word_end(head.line(), end + 1) > end + 1)
            ++end;
        else
            break;
    }
    head.go_to(end);
    return end > begin;
}

bool read_agency(Head& head, Dateline& found) {
    const std::size_t begin = head.at();
    if (head.phrase(Role::agency) == nullptr) return false;
    if (found.agency.empty()) found.agency = head.original(begin, head.at());
    return true;
}

// "АСТАНА, 7 июня — РИА Новости. Президент ...": an agency behind the dash, if a sign follows it.
bool read_agency_behind_dash(Head& head, Dateline& found) {
    const std::size_t behind = head.at();
    Dateline tried = found;
    head.skip_spaces();
    if (found.agency.empty() && read_agency(head, tried)) {
        const bool stop = head.skip(".") || head.skip(",");
        const bool dash = read_separator(head);
        if (stop || dash) {
            found = tried;
            return true;
        }
    }
    head.go_to(behind);
    return false;
}

// What stands between the place and the report.
Seen read_items(Head& head, Dateline& found, bool behind_capitals) {
    Seen seen;
    for (std::size_t items = 0; items < most_items && !head.at_end(); ++items) {
        head.skip_spaces();
        const bool comma = head.skip(",");
        const bool stop = !comma && head.skip(".");
        head.skip_spaces();
        if (const FoundDate* date = head.date()) {
            if (found.date.text.empty()) found.date = date->date;
            seen.date = true;
        } else if (read_agency(head, found) || read_bracketed(head, found, behind_capitals)) {
            seen.agency = !found.agency.empty() || seen.agency;
        } else if (head.next() == ':' && seen.told()) {
            seen.colon = head.skip(":");
            return seen;
        } else if (read_separator(head)) {
            seen.dash = true;
            seen.agency = read_agency_behind_dash(head, found) || seen.agency;
            return seen;
        } else if (comma && !seen.region && !seen.date && skip_region(head)) {
            seen.region = true;
        } else {
            seen.stop = stop && seen.told();
            return seen;
        }
    }
    return seen;
}

bool begins_with_capital(std::string_view text) {
    text = trimmed(text);
    for (const std::string_view quote : {"“", "«", "\"", "„", "‘", "'"})
        if (text.starts_with(quote)) text.remove_prefix(quote.size());
    const std::size_t word = name_word_end(text, 0);
    if (word == 0) return !text.empty() && text[0] >= 'A' && text[0] <= 'Z';
    const auto written = text::capitals(text.substr(0, text.find(' ')));
    return written != text::Capitals::small && written != text::Capitals::none;
}

bool is_known_agency(std::string_view name) {
    if (looks_like_paper(name)) return true;
    return !name.empty() && is_phrase(name.substr(0, name.find('/')), Role::agency);
}

// "ALMATY (Reuters) Prices ..." has no dash, "Astana, 28 March. The ..." a stop that the date took.
bool is_behind_bracket(const Head& head) {
    std::size_t at = head.at();
    while (at > 0 && head.line()[at - 1] == ' ') --at;
    return at > 0 && std::string_view(").]/").find(head.line()[at - 1]) != std::string_view::npos;
}

// A report in small letters behind the stop of a place in capitals.
bool stop_follows(const Head& head, std::string_view report) {
    std::size_t at = head.at();
    while (at > 0 && head.line()[at - 1] == ' ') --at;
    if (at == 0 || head.line()[at - 1] != '.' || text::count_code_points(report) < 2 * shortest_report)
        return false;
    const std::string_view start =
        report.substr(0, report.find(' ', std::min<std::size_t>(report.size(), 30)));
    return begins_with_capital(report) && text::capitals(start) != text::Capitals::all;
}

Dateline by_place(std::string_view paragraph) {
    Head head(paragraph);
    Dateline found;
    const bool bracket = head.skip("(") || head.skip("/");
    const auto place = read_place(head);
    if (!place) return {};
    const Seen seen = read_items(head, found, place->in_capitals);
    if (bracket && !head.skip(")") && !head.skip("/")) return {};
    if (bracket) read_separator(head);
    const std::string_view report = paragraph.substr(std::min(head.origin(), paragraph.size()));
    // "RPT - EUROPEAN TRADE MAY ..." is a title; "Astana – Capital of ..." may be a definition.
    const bool by_letters = place->in_capitals &&
                            text::count_code_points(place->name) >= shortest_bare_place &&
                            text::capitals(report) != text::Capitals::all;
    const bool ended =
        seen.dash || seen.colon ||
        (seen.told() &&
         (bracket || seen.stop || ((seen.date || is_known_agency(found.agency)) && is_behind_bracket(head))));
    // "РИДДЕР. Молодой медведь ..."
    const bool by_stop = place->in_capitals && !seen.told() && !seen.dash && stop_follows(head, report);
    const bool by_dash = seen.dash && by_letters && (!seen.region || place->in_capitals);
    if (!by_stop && (!ended || !(seen.told() || by_dash))) return {};
    // Capitals, a day and a dash are plain enough for a report of a line.
    const bool is_plain = seen.date && (seen.dash || seen.colon) && (place->in_capitals || seen.agency);
    if (text::count_code_points(trimmed(report)) < (is_plain ? shortest_line : shortest_report)) return {};
    found.place = place->name;
    found.end = head.origin();
    return found;
}

// Behind "日电", "日 电", "号讯" ...; 0 without one.
std::size_t wire_sign_end(std::string_view head) {
    const bool has_wire =
        std::ranges::any_of(std::to_array<std::string_view>({"电", "電", "讯", "訊"}),
                            [&](std::string_view word) { return head.find(word) != std::string_view::npos; });
    if (!has_wire) return 0;
    std::size_t first = std::string_view::npos;
    std::size_t end = 0;
    for (const std::string_view day : {"日", "号", "號"})
        for (const std::string_view word : {"电", "電", "讯", "訊"})
            for (const std::string_view space : {"", " "}) {
                const std::string sign = std::string(day).append(space).append(word);
                const std::size_t at = head.find(sign);
                if (at < first) first = at, end = at + sign.size();
            }
    if (first < 90) return end;
    // 本报乌鲁木齐讯: the day is not said.
    for (const std::string_view word : {"电", "電", "讯", "訊"})
        if (const std::size_t at = head.find(word);
            at < 36 && phrase_at(head, 0, Role::agency).phrase != nullptr)
            return at + word.size();
    return 0;
}

// "（记者张三、李四）" behind the sign, or "记者张三 " without brackets.
void read_reporters(std::string_view head, Dateline& found) {
    std::string_view rest = head.substr(found.end);
    if (rest.starts_with(" ")) rest.remove_prefix(1);
    for (const auto& [open, close] :
         {std::pair<std::string_view, std::string_view>{"（", "）"}, {"(", ")"}}) {
        if (!rest.starts_with(open)) continue;
        const std::size_t end = rest.find(close);
        if (end == std::string_view::npos) continue;
        const std::string_view inside = rest.substr(open.size(), end - open.size());
        if (const Hit by = phrase_at(inside, 0, Role::byline); by.phrase != nullptr)
            found.author = inside.substr(by.end);
        else if (looks_like_name(inside))
            found.author = inside;
        rest.remove_prefix(end + close.size());
        break;
    }
    found.end = static_cast<std::size_t>(rest.data() - head.data());
    while (found.end < head.size() && head[found.end] == ' ') ++found.end;
}

// 新华社阿斯塔纳3月26日电（记者张三、李四）, 本报北京1月25日讯, 【新华社北京1月25日电】
Dateline chinese(std::string_view paragraph) {
    const std::string_view head = paragraph.substr(0, text::character_begin(paragraph, longest_dateline));
    Dateline found;
    const std::size_t wire = wire_sign_end(head);
    if (wire == 0) return found;
    const auto dates = find_dates(head.substr(0, wire), 2);
    if (!dates.empty()) found.date = dates.back().date;
    std::string_view before = trimmed(head.substr(0, dates.empty() ? wire - 3 : dates.back().begin));
    for (const std::string_view open : {"（", "(", "【", "["})
        if (before.starts_with(open)) before.remove_prefix(open.size());
    const Hit agency = phrase_at(before, 0, Role::agency);
    if (dates.empty() && agency.phrase == nullptr) return found;
    if (agency.phrase != nullptr) {
        if (find_phrase(agency.phrase->text, Role::nobody) == nullptr)
            found.agency = before.substr(0, agency.end);
        before.remove_prefix(agency.end);
    }
    before = trimmed(before);
    // 中央社記者林宜臻澎湖16日電
    if (const Hit by = phrase_at(before, 0, Role::byline);
        by.phrase != nullptr && before.size() > by.end + 9 &&
        phrase_at(before, by.end, Role::surname).phrase != nullptr) {
        found.author = before.substr(by.end, 9);
        before.remove_prefix(by.end + 9);
    }
    before = before.substr(0, before.find_first_of("0123456789"));
    if (agency.phrase == nullptr) {
        // 半岛观察网青岛: a paper that no list has.
        for (const Hit& hit : find_phrases(before, {Role::paper_word}))
            if (hit.begin > 0 && hit.end < before.size()) found.agency = before.substr(0, hit.end);
        before.remove_prefix(found.agency.size());
    }
    if (text::count_code_points(before) <= 12 && before.find("，") == std::string_view::npos)
        found.place = before;
    found.end = wire;
    for (const std::string_view close : {"】", "]", "）", ")"})
        if (head.substr(found.end).starts_with(close)) found.end += close.size();
    read_reporters(head, found);
    return found;
}

}  // namespace

Dateline read_dateline(std::string_view paragraph) {
    Dateline found = chinese(paragraph);
    return found.end > 0 ? found : by_place(paragraph);
}

}  // namespace izde::clip
