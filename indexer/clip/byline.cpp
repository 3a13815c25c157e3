// A line is cut at its separators and at its dates; it holds facts only if every piece is one.
#include "clip/byline.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "izde/text/letters.hpp"
#include "izde/text/utf8.hpp"

#include "clip/date.hpp"
#include "clip/furniture.hpp"
#include "clip/lines.hpp"
#include "clip/names.hpp"
#include "clip/rules.hpp"

namespace izde::clip {
namespace {

constexpr std::size_t longest_line = 300;       // characters
constexpr std::size_t longest_with_stop = 120;  // characters of one that ends like a sentence
constexpr std::size_t longest_source = 50;

constexpr auto separators =
    std::to_array<std::string_view>({"|", "·", "•", "│", "｜", "丨", "●", " / ", " – ", " — ", " - ", ";",
                                     "；", "\t", "　", "  ", " >> ", " » "});

// "By X in SECTION", "By X for The Herald", "By X at 10:00": the name ends before these.
std::string_view before_preposition(std::string_view names) {
    for (const std::string_view word : {" in ", " for ", " at ", " from ", " IN "}) {
        const std::size_t at = names.find(word);
        if (at != std::string_view::npos && at > 0) names = names.substr(0, at);
    }
    return names;
}

bool is_address(std::string_view text) {
    return (text.starts_with("http://") || text.starts_with("https://") || text.starts_with("www.")) &&
           text.find(' ') == std::string_view::npos;
}

enum class DateKind : std::uint8_t { plain, published, updated, retrieved };

struct Piece {
    std::string_view text;
    bool glued_left = false, glued_right = false;  // a date stands right beside it, with no sign between
};

// What is left of a label before a date: "Published on", "Обновлено:".
DateKind kind_before(std::string_view line, std::size_t& begin) {
    constexpr auto labels =
        std::to_array<std::pair<Role, DateKind>>({{Role::published, DateKind::published},
                                                  {Role::updated, DateKind::updated},
                                                  {Role::retrieved, DateKind::retrieved}});
    const text::Comparable before = text::comparable(line.substr(0, begin));
    std::string_view text = before.text;
    while (!text.empty() &&
           (text.back() == ' ' || text.back() == ':' || text.back() == '-' || text.back() == '.'))
        text.remove_suffix(1);
    DateKind kind = DateKind::plain;
    std::size_t best = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool border = at == 0 || !((text[at - 1] >= 'a' && text[at - 1] <= 'z') ||
                                         (static_cast<unsigned char>(text[at - 1]) >= 0x80 &&
                                          static_cast<unsigned char>(text[at]) < 0xE3));
        if (!border || (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) continue;
        for (const auto& [role, meant] : labels) {
            const Hit hit = phrase_at(text, at, role);
            if (hit.phrase == nullptr || hit.end != text.size() || text.size() - at <= best) continue;
            best = text.size() - at;
            kind = meant;
            begin = before.origin[at];
        }
    }
    return kind;
}

// "经济早报 2023年10月26日": in Chinese a space is one.
bool ends_with_separator(std::string_view text) {
    const bool space = text.ends_with(" ");
    if (text.ends_with("　")) return true;
    text = trimmed(text);
    if (space && text.size() >= 3 && is_han(text.substr(text.size() - 3))) return true;
    if (text.empty()) return true;
    if (text.ends_with('.') && looks_like_paper(text.substr(0, text.size() - 1))) return true;
    if (std::string_view(",;|/)(-][").find(text.back()) != std::string_view::npos) return true;
    return std::ranges::any_of(
        std::to_array<std::string_view>({"–", "—", "·", "•", "，", "｜", "丨", "│", "）", "（", "●"}),
        [&](std::string_view sign) { return text.ends_with(sign); });
}

bool starts_with_separator(std::string_view text) {
    const bool space = text.starts_with(" ");
    if (text.starts_with("　")) return true;
    text = trimmed(text);
    if (space && text.size() >= 3 && is_han(text.substr(0, 3))) return true;
    if (text.empty()) return true;
    if (std::string_view(",;|/)(-[").find(text.front()) != std::string_view::npos) return true;
    return std::ranges::any_of(
        std::to_array<std::string_view>({"–", "—", "·", "•", "，", "｜", "丨", "│", "（", "●"}),
        [&](std::string_view sign) { return text.starts_with(sign); });
}

class Reading {
  public:
    explicit Reading(std::string_view line) : line_(line) {}

    std::optional<FactLine> read() {
        take_dates();
        for (const Piece& piece : pieces_)
            if (!take(piece)) return std::nullopt;
        return settle();
    }

  private:
    void take_dates() {
        std::size_t begin = 0;
        bool glued = false;
        for (const FoundDate& found : find_dates(line_)) {
            if (found.begin < begin) continue;
            // "Updated 18:40, 27-Dec-2021": the label stands before the time.
            std::size_t label = begin + without_time(line_.substr(begin, found.begin - begin)).size();
            const DateKind kind = kind_before(line_, label);
            const bool labelled = kind != DateKind::plain;
            if (label < begin) label = begin;
            const std::string_view before = line_.substr(begin, label - begin);
            add_pieces(before, glued, !labelled && !ends_with_separator(before));
            note_date(found, kind);
            begin = found.end;
            glued = !starts_with_separator(line_.substr(begin));
        }
        add_pieces(line_.substr(begin), glued, false);
    }

    // "16:22, 27-Dec-2021"
    static std::string_view without_time(std::string_view text) {
        std::string_view bare = trimmed(text);
        while (bare.ends_with(",") || bare.ends_with("|")) bare = trimmed(bare.substr(0, bare.size() - 1));
        const std::size_t digits = bare.find_last_not_of("0123456789:") + 1;  // npos + 1 is 0
        const std::string_view time = bare.substr(digits);
        const bool is_time = time.size() >= 4 && time.size() <= 8 && time.find(':') != std::string_view::npos;
        return is_time ? bare.substr(0, digits) : text;
    }

    void note_date(const FoundDate& found, DateKind kind) {
        facts_.has_date = true;
        facts_.is_labelled = facts_.is_labelled || kind != DateKind::plain;
        if (kind == DateKind::retrieved) return;
        index::Date& date = kind == DateKind::updated ? facts_.updated : facts_.published;
        // "Published 7 June, 2024 ... 8 June": the first of a kind is meant; a labelled one before others.
        if (date.text.empty() || (kind == DateKind::published && !published_is_labelled_)) date = found.date;
        if (kind == DateKind::published) published_is_labelled_ = true;
    }

    void add_pieces(std::string_view text, bool glued_left, bool glued_right) {
        std::size_t begin = 0;
        const std::size_t first = pieces_.size();
        for (std::size_t at = 0; at < text.size(); ++at) {
            if (is_plain_letter(text[at])) continue;
            // A single space is none.
            if (text[at] == ' ' && at + 1 < text.size() && is_plain_letter(text[at + 1])) continue;
            const auto sign = std::ranges::find_if(
                separators, [&](std::string_view one) { return text.substr(at).starts_with(one); });
            // The dot of 热娜·买买提 is part of the name.
            if (sign == separators.end() || (*sign == "·" && is_between_han(text, at))) continue;
            pieces_.push_back({text.substr(begin, at - begin)});
            at += sign->size() - 1;
            begin = at + 1;
        }
        pieces_.push_back({text.substr(begin)});
        pieces_[first].glued_left = glued_left;
        pieces_.back().glued_right = glued_right;
    }

    static bool is_plain_letter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               (static_cast<unsigned char>(c) & 0xC0) == 0x80;
    }

    static bool is_between_han(std::string_view text, std::size_t at) {
        return at >= 3 && is_han(text.substr(at - 3, 3)) && is_han(text.substr(at + 2, 3));
    }

    bool take(const Piece& piece) {
        const std::string_view text = strip(piece.text);
        if (text.empty()) return true;
        if (take_labelled(piece.text) || consists_of_small_things(text)) return true;
        const text::Comparable line = text::comparable(text);
        if (find_phrase(line.text, Role::nobody) != nullptr) return facts_.author_is_marked = true;
        if (expects_author_ && take_author(text)) return true;
        if (find_phrase(line.text, Role::agency) != nullptr) {
            take_paper(text);
            return true;
        }
        if (take_month(text)) return true;
        // "Person A and Person B 7 March 2018" is what a photo shows.
        const bool glued = piece.glued_left || piece.glued_right;
        if (!glued && take_name_and_paper(text)) return true;
        if (take_list(text, false)) return !glued || facts_.author_is_marked;
        if (glued) return false;
        return take_unmarked(trimmed(piece.text));
    }

    // «Коммерсантъ» of: Газета «Коммерсантъ» N 68
    void take_paper(std::string_view name) {
        if (!facts_.source.empty()) return;
        for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>{"«", "»"},
                                          {"“", "”"},
                                          {"\"", "\""},
                                          {"《", "》"}}) {
            const std::size_t begin = name.find(open);
            if (begin == std::string_view::npos) continue;
            const std::size_t end = name.find(close, begin + open.size());
            if (end == std::string_view::npos) continue;
            name = name.substr(begin + open.size(), end - begin - open.size());
            break;
        }
        facts_.source = clean(name.substr(0, name.find(" (")));
    }

    // "BAKU, Azerbaijan"
    static bool is_town(std::string_view text) {
        const std::size_t comma = text.find(',');
        if (comma == std::string_view::npos || words_of(text).size() > 4) return false;
        return text::capitals(strip(text.substr(0, comma))) == text::Capitals::all &&
               words_of(text.substr(0, comma)).size() <= 2;
    }

    static std::string clean(std::string_view name) { return text::collapse_spaces(strip(name)); }

    // "Meridian Quarterly | June 2021"
    bool take_month(std::string_view text) {
        if (text.size() > 40) return false;
        const index::Date date = read_date(text, "text");
        if (date.precision != index::Precision::month) return false;
        facts_.has_date = true;
        if (facts_.published.text.empty()) facts_.published = date;
        return true;
    }

    // "By ...", "Source: ...", "Headline: ...", "Editor: ...", an address.
    bool take_labelled(std::string_view piece) {
        const std::string_view text = trimmed(piece);
        std::string_view bare = text;
        while (!bare.empty() &&
               (std::string_view(" \t,;:|/-()[].*>").find(bare.front()) != std::string_view::npos))
            bare.remove_prefix(1);
        for (const std::string_view open : {"（", "【", "–", "—", "✍", "•"})
            if (bare.starts_with(open)) bare = trimmed(bare.substr(open.size()));
        const text::Comparable line = text::comparable(bare);
        const auto behind = [&](Role role) -> std::size_t {
            const Hit label = phrase_at(line.text, 0, role);
            return label.phrase == nullptr ? 0 : line.origin[label.end];
        };
        if (const std::size_t end = behind(Role::title_label)) return take_title(bare.substr(end));
        if (const std::size_t end = behind(Role::source_label)) return take_source(bare.substr(end));
        if (const std::size_t end = behind(Role::byline)) return take_byline(bare, end);
        if (behind(Role::editor) > 0) return facts_.is_labelled = true;
        if (const std::size_t end = behind(Role::copyright)) {
            static_cast<void>(take_source(bare.substr(end)));
            return facts_.is_labelled = true;
        }
        return take_address(bare);
    }

    bool take_title(std::string_view rest) {
        facts_.title = text::collapse_spaces(trimmed(rest));
        return facts_.is_labelled = !facts_.title.empty();
    }

    bool take_source(std::string_view rest) {
        std::string_view name = strip(rest);
        if (name.empty() || text::count_code_points(name) > longest_source) return false;
        if (name.find("http") != std::string_view::npos) return take_address(name);
        // "来源：新华社 作者：张三" in one piece
        const text::Comparable line = text::comparable(name);
        for (const Hit& hit : find_phrases(line.text, {Role::byline, Role::editor}))
            if (hit.begin > 0) {
                const std::string_view tail = name.substr(line.origin[hit.begin]);
                name = strip(name.substr(0, line.origin[hit.begin]));
                static_cast<void>(take_labelled(tail));
                break;
            }
        take_paper(name);
        return facts_.is_labelled = true;
    }

    bool take_byline(std::string_view text, std::size_t end) {
        std::string_view rest = text.substr(end);
        // "作者：张三 来源：新华社", "文/张三 图/李四"
        const text::Comparable line = text::comparable(rest);
        for (const Hit& hit : find_phrases(line.text, {Role::source_label, Role::editor, Role::byline})) {
            const Role role = hit.phrase->role;
            if (role == Role::byline && hit.begin == 0) continue;
            if (hit.begin == 0) return false;
            if (role == Role::byline && !is_han(line.text.substr(hit.begin, 3))) continue;
            static_cast<void>(take_labelled(rest.substr(line.origin[hit.begin])));
            rest = rest.substr(0, line.origin[hit.begin]);
            break;
        }
        rest = without_report_place(rest);
        if (strip(rest).empty()) {
            expects_author_ = true;
            return facts_.author_is_marked = true;
        }
        return take_author(rest);
    }

    bool take_author(std::string_view text) {
        std::string_view names = strip(before_preposition(strip(text)));
        // "Posted by A on" a date
        const std::size_t last = names.rfind(' ');
        if (last != std::string_view::npos && is_phrase(names.substr(last + 1), Role::date_filler))
            names = strip(names.substr(0, last));
        if (names.empty()) return false;
        const text::Comparable line = text::comparable(names);
        if (find_phrase(line.text, Role::nobody) != nullptr) return facts_.author_is_marked = true;
        if (find_phrase(line.text, Role::agency) != nullptr) {
            take_paper(names);
            return facts_.author_is_marked = true;
        }
        if (take_list(names, true)) return facts_.author_is_marked = true;
        const std::string author = read_names(names);
        if (author.empty()) return false;
        if (facts_.author.empty()) facts_.author = author;
        return facts_.author_is_marked = true;
    }

    // "Assel Satubaldina, The Astana Times": names first, then a paper.
    bool take_list(std::string_view text, bool marked) {
        // "A and B in Almaty"
        if (const std::string_view names_only = before_preposition(text);
            !marked && words_of(names_only).size() > 1)
            text = names_only;
        const auto parts = split_names(text);
        if (parts.size() < 2) return false;
        std::string names;
        std::string_view source;
        std::string place;
        bool anchored = marked;
        for (const std::string_view part : parts) {
            if (part.empty() || consists_of_small_things(part) || phrase_size(part, Role::editor) > 0)
                continue;
            const text::Comparable line = text::comparable(part);
            if (find_phrase(line.text, Role::title_of_person) != nullptr ||
                find_phrase(line.text, Role::nobody) != nullptr)
                continue;
            const std::string_view name = without_titles(part);
            const bool agency = find_phrase(line.text, Role::agency) != nullptr;
            const bool behind = !names.empty() && source.empty();
            if (source.empty() && (agency || (behind && looks_like_paper(quoted(text, part)))))
                source = part, anchored = true;
            else if (is_name(name, 2) && (source.empty() || names.empty()) &&
                     (marked || names.empty() || is_joined(text, part)))
                names += (names.empty() ? "" : ", ") + text::with_small_letters(name);
            else if (behind && place.empty() && words_of(part).size() == 1 && is_name(part, 1))
                place = text::with_small_letters(part);
            else
                return false;
        }
        if (names.empty()) return false;
        // A title in capitals may hold anything.
        if (text::capitals(text) == text::Capitals::all) anchored = marked;
        anchored = anchored || has_surname_in_capitals(text);
        facts_.author_is_marked = facts_.author_is_marked || anchored;
        if (facts_.author.empty()) facts_.author = names;
        if (!source.empty()) take_paper(source);
        if (facts_.place.empty()) facts_.place = place;
        return true;
    }

    // "Rauan Beketov, Offside Almaty, 28/05/2023": two names, a comma each, and a day.
    bool take_name_and_paper(std::string_view text) {
        if (!facts_.has_date || !facts_.author.empty()) return false;
        const auto parts = split_names(text);
        if (parts.size() != 2 || is_joined(text, parts[1])) return false;
        const std::string_view behind =
            trimmed(line_.substr(static_cast<std::size_t>(text.data() + text.size() - line_.data())));
        if (!behind.starts_with(",") || !is_name(without_titles(parts[0]), 2) || !is_name(parts[1], 2))
            return false;
        facts_.author = text::with_small_letters(without_titles(parts[0]));
        take_paper(parts[1]);
        return true;
    }

    // The part with the quotation marks that stand around it.
    static std::string_view quoted(std::string_view text, std::string_view part) {
        const auto begin = static_cast<std::size_t>(part.data() - text.data());
        for (const std::string_view quote : {"«", "“", "\"", "《", "„"})
            if (begin >= quote.size() && text.substr(begin - quote.size()).starts_with(quote))
                return text.substr(begin - quote.size());
        return part;
    }

    // By "and" rather than by a comma, behind which a paper may stand.
    static bool is_joined(std::string_view text, std::string_view part) {
        const std::string_view before =
            trimmed(text.substr(0, static_cast<std::size_t>(part.data() - text.data())));
        return !before.ends_with(",") && !before.ends_with("，");
    }

    // "Игорь ВАСИН, Тараз": papers set surnames so in bylines only.
    static bool has_surname_in_capitals(std::string_view text) {
        const auto words = words_of(text.substr(0, text.find(',')));
        return words.size() >= 2 && text::capitals(words[0]) == text::Capitals::first &&
               text::capitals(words.back()) == text::Capitals::all &&
               text::count_code_points(words.back()) > 2;
    }

    bool take_address(std::string_view text) {
        if (!is_address(text)) return false;
        if (facts_.url.empty() && !text.starts_with("www.")) facts_.url = text;
        return facts_.is_labelled = true;
    }

    // "何欣 北京报道": the place is noted, the rest given back.
    std::string_view without_report_place(std::string_view text) {
        const std::string_view whole = trimmed(text);
        for (const std::string_view report : {"报道", "報導", "報道"}) {
            if (!whole.ends_with(report)) continue;
            const std::size_t space = whole.rfind(' ');
            const std::size_t begin = space == std::string_view::npos ? 0 : space + 1;
            const std::string_view place = whole.substr(begin, whole.size() - report.size() - begin);
            // "谢燕燕 报道"
            if (place.empty() && looks_like_name(trimmed(whole.substr(0, begin)))) {
                facts_.author_is_marked = true;
                if (facts_.author.empty()) facts_.author = trimmed(whole.substr(0, begin));
                return {};
            }
            if (place.empty() || place.size() > 18 || !is_han(place)) continue;
            facts_.place = place;
            return trimmed(whole.substr(0, begin));
        }
        return text;
    }

    // A name, a place or a paper: only what stands beside them tells which.
    bool take_unmarked(std::string_view text) {
        const std::string_view names = before_preposition(text);
        if (names.size() < text.size() && !read_names(names).empty() && words_of(names).size() > 1)
            text = names;
        if (without_report_place(text).empty()) return true;
        if (text::count_code_points(text) > longest_source) return false;
        if (is_issue(text)) {
            unmarked_.push_back(text);
            return true;
        }
        const auto written = text::capitals(text.substr(0, text.find(' ')));
        if (!is_han(text) && (written == text::Capitals::small || written == text::Capitals::none))
            return false;
        if (words_of(strip(text)).size() > 6) return false;
        unmarked_.push_back(text);
        return true;
    }

    // "X | Offside Almaty | 7 June 2024": whatever stands between bars is a fact.
    bool has_bars() const {
        return std::ranges::any_of(
            std::to_array<std::string_view>({"|", " · ", "｜", "│", " • ", "　"}),
            [&](std::string_view bar) { return line_.find(bar) != std::string_view::npos; });
    }

    // "«Оңтүстік тынысы» №39 (20 114)"
    static bool is_issue(std::string_view text) {
        const std::size_t close = text.find("»");
        return text.starts_with("«") && close != std::string_view::npos && close < 80 &&
               consists_of_small_things(text.substr(close + std::string_view("»").size()));
    }

    std::optional<FactLine> settle() {
        const bool anchored = facts_.has_date || facts_.author_is_marked || facts_.is_labelled;
        if (!anchored || unmarked_.size() > 2) return std::nullopt;
        for (const std::string_view text : unmarked_) {
            const bool is_single = words_of(text).size() == 1 && !is_han(strip(text));
            if (facts_.author.empty() && !facts_.author_is_marked && !is_single &&
                looks_like_name(strip(text)) && !looks_like_paper(text))
                facts_.author = text::with_small_letters(without_titles(text));
            else if (facts_.has_date && facts_.place.empty() && facts_.author.empty() && is_town(text))
                facts_.place = text::with_small_letters(strip(text.substr(0, text.find(','))));
            else if (is_single && facts_.has_date && facts_.place.empty() && !looks_like_paper(text) &&
                     (facts_.author.empty() || text::capitals(strip(text)) == text::Capitals::all))
                facts_.place = text::with_small_letters(strip(text));
            else if (facts_.source.empty() &&
                     (looks_like_paper(text) || has_bars() || facts_.author_is_marked || facts_.is_labelled))
                take_paper(text);
            else
                return std::nullopt;
        }
        return facts_;
    }

    std::string_view line_;
    std::vector<Piece> pieces_;
    std::vector<std::string_view> unmarked_;
    FactLine facts_;
    bool published_is_labelled_ = false;
    bool expects_author_ = false;
};

}  // namespace

std::optional<FactLine> read_fact_line(std::string_view line) {
    if (line.empty() || line.size() > 4 * longest_line) return std::nullopt;
    const std::size_t length = text::count_code_points(line);
    if (length > longest_line || (length > longest_with_stop && ends_sentence(line))) return std::nullopt;
    // "Published" alone above its date
    if (length <= 40 && (is_phrase(strip(line), Role::published) || is_phrase(strip(line), Role::updated))) {
        FactLine facts;
        facts.is_labelled = true;
        return facts;
    }
    if (is_address(line)) {
        FactLine facts;
        facts.is_labelled = true;
        if (!line.starts_with("www.")) facts.url = line;
        return facts;
    }
    return Reading(line).read();
}

}  // namespace izde::clip
