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
#include "clip/rules.hpp"

namespace izde::clip {
namespace {

constexpr std::size_t longest_line = 300;  // characters
constexpr std::size_t longest_name = 60;
constexpr std::size_t longest_source = 50;
constexpr std::size_t most_names = 8;
constexpr std::string_view signs = " \t,;:|/-()[].\"'#*>_";

constexpr auto separators =
    std::to_array<std::string_view>({"|", "·", "•", "│", "｜", "丨", "●", " / ", " – ", " — ", " - ", ";",
                                     "；", "\t", "　", "  ", " >> ", " » "});
constexpr auto list_signs = std::to_array<std::string_view>({",", "，", "、", "/", "&", ";"});

std::string_view strip(std::string_view text) {
    for (bool again = true; again;) {
        again = false;
        const std::string_view before = text;
        text = trimmed(text);
        while (!text.empty() && signs.find(text.front()) != std::string_view::npos) text.remove_prefix(1);
        while (!text.empty() && signs.find(text.back()) != std::string_view::npos) {
            // "Jr." and "J.K." keep their stop.
            if (text.back() == '.' && text.size() > 1 && text[text.size() - 2] >= 'A' &&
                text[text.size() - 2] <= 'Z')
                break;
            text.remove_suffix(1);
        }
        for (const std::string_view sign : {"–", "—", "•", "·", "：", "，", "、", "（", "）", "【", "】",
                                            "｜", "«", "»", "“", "”", "✍", "©", "«"}) {
            if (text.starts_with(sign)) text.remove_prefix(sign.size());
            if (text.ends_with(sign)) text.remove_suffix(sign.size());
        }
        again = text.size() != before.size();
    }
    return text;
}

bool is_han(std::string_view text) {
    if (text.empty() || text.size() % 3 != 0) return false;
    for (std::size_t i = 0; i < text.size(); i += 3) {
        const auto lead = static_cast<unsigned char>(text[i]);
        if (lead < 0xE3 || lead > 0xE9) return false;
        if (lead == 0xE3 && static_cast<unsigned char>(text[i + 1]) < 0x90) return false;
    }
    return true;
}

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        if (end > at) words.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

bool is_name_word(std::string_view word, bool first) {
    if (word.find_first_of("0123456789@/:;!?()[]{}<>=+*#%$\"") != std::string_view::npos) return false;
    if (std::any_of(word.begin(), word.end(), [](char c) { return c == ','; })) return false;
    const auto written = text::capitals(word);
    if (written == text::Capitals::first || written == text::Capitals::all ||
        written == text::Capitals::mixed)
        return true;
    return !first && find_phrase(text::comparable(word).text, Role::small_in_names) != nullptr;
}

// A person's name of at least `fewest` words.
bool is_name(std::string_view name, std::size_t fewest) {
    if (name.empty() || count_characters(name) > longest_name) return false;
    if (is_han(name)) return name.size() >= 6 && name.size() <= 12;
    if (name.find("·") != std::string_view::npos)
        return count_characters(name) <= 20 && !name.starts_with("·");
    const auto words = words_of(name);
    if (words.size() < fewest || words.size() > 4) return false;
    for (std::size_t i = 0; i < words.size(); ++i)
        if (!is_name_word(words[i], i == 0)) return false;
    // "A. B." is no name yet.
    return std::ranges::any_of(words, [](std::string_view word) { return count_characters(word) > 2; });
}

// Longest phrase of the role at the beginning, or nothing; bytes of the original.
std::size_t skip_phrase(std::string_view text, Role role) {
    const text::Comparable line = text::comparable(text);
    const Hit hit = phrase_at(line.text, 0, role);
    return hit.phrase == nullptr ? 0 : line.origin[hit.end];
}

bool is_phrase(std::string_view text, Role role) {
    return find_phrase(text::comparable(text).text, role) != nullptr;
}

// Without "Dr." before and "staff writer" behind.
std::string_view without_titles(std::string_view name) {
    name = strip(name);
    while (const std::size_t end = skip_phrase(name, Role::title_of_person)) {
        if (end >= name.size()) return {};
        name = strip(name.substr(end));
    }
    const text::Comparable line = text::comparable(name);
    for (std::size_t space = line.text.find(' '); space != std::string::npos;
         space = line.text.find(' ', space + 1))
        if (find_phrase(std::string_view(line.text).substr(space + 1), Role::title_of_person) != nullptr)
            return strip(name.substr(0, line.origin[space]));
    return name;
}

// Cut at commas, "and" and the like; Chinese names at spaces, too.
std::vector<std::string_view> split_names(std::string_view names) {
    std::vector<std::string_view> parts;
    const text::Comparable line = text::comparable(names);
    std::size_t begin = 0;
    const auto end_part = [&](std::size_t at, std::size_t behind) {
        parts.push_back(strip(names.substr(begin, at - begin)));
        begin = behind;
    };
    for (std::size_t at = 0; at < line.text.size(); ++at) {
        if (line.origin[at] < begin) continue;
        const std::string_view rest = names.substr(line.origin[at]);
        const auto sign =
            std::ranges::find_if(list_signs, [&](std::string_view one) { return rest.starts_with(one); });
        if (sign != list_signs.end()) {
            end_part(line.origin[at], line.origin[at] + sign->size());
            continue;
        }
        const bool word_start = at > 0 && line.text[at - 1] == ' ';
        const bool is_han_space =
            line.text[at] == ' ' && at > 2 && is_han(std::string_view(line.text).substr(at - 3, 3));
        if (is_han_space) end_part(line.origin[at], line.origin[at]);
        if (!word_start) continue;
        const Hit hit = phrase_at(line.text, at, Role::between_names);
        if (hit.phrase != nullptr && hit.end < line.text.size())
            end_part(line.origin[at], line.origin[hit.end]);
    }
    end_part(names.size(), names.size());
    return parts;
}

// "By X in SECTION", "By X for The Herald", "By X at 10:00": the name ends before these.
std::string_view before_preposition(std::string_view names) {
    for (const std::string_view word : {" in ", " for ", " at ", " from ", " for The ", " IN "}) {
        const std::size_t at = names.find(word);
        if (at != std::string_view::npos && at > 0) names = names.substr(0, at);
    }
    return names;
}

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

bool ends_with_separator(std::string_view text) {
    text = trimmed(text);
    if (text.empty()) return true;
    if (std::string_view(",;|/)(-]").find(text.back()) != std::string_view::npos) return true;
    return std::ranges::any_of(
        std::to_array<std::string_view>({"–", "—", "·", "•", "，", "｜", "丨", "│", "）", "（", "●"}),
        [&](std::string_view sign) { return text.ends_with(sign); });
}

bool starts_with_separator(std::string_view text) {
    text = trimmed(text);
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
            std::size_t label = found.begin;
            const DateKind kind = kind_before(line_, label);
            const bool labelled = kind != DateKind::plain;
            if (label < begin) label = found.begin;
            const std::string_view before = line_.substr(begin, label - begin);
            add_pieces(before, glued, !labelled && !ends_with_separator(before));
            note_date(found, kind);
            begin = found.end;
            glued = !starts_with_separator(line_.substr(begin));
        }
        add_pieces(line_.substr(begin), glued, false);
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
            const auto sign = std::ranges::find_if(
                separators, [&](std::string_view one) { return text.substr(at).starts_with(one); });
            if (sign == separators.end()) continue;
            pieces_.push_back({text.substr(begin, at - begin)});
            at += sign->size() - 1;
            begin = at + 1;
        }
        pieces_.push_back({text.substr(begin)});
        pieces_[first].glued_left = glued_left;
        pieces_.back().glued_right = glued_right;
    }

    bool take(const Piece& piece) {
        const std::string_view text = strip(piece.text);
        if (text.empty()) return true;
        if (take_labelled(piece.text) || consists_of_small_things(text)) return true;
        const text::Comparable line = text::comparable(text);
        if (find_phrase(line.text, Role::nobody) != nullptr) return facts_.author_is_marked = true;
        if (expects_author_ && take_author(text)) return true;
        if (const Phrase* agency = find_phrase(line.text, Role::agency)) {
            if (facts_.source.empty()) facts_.source = agency->shown;
            return true;
        }
        if (take_list(text)) return true;
        if (piece.glued_left || piece.glued_right) return false;
        return take_unmarked(text);
    }

    // "By ...", "Source: ...", "Headline: ...", "Editor: ...", an address.
    bool take_labelled(std::string_view piece) {
        const std::string_view text = trimmed(piece);
        std::string_view bare = text;
        while (!bare.empty() && (signs.find(bare.front()) != std::string_view::npos)) bare.remove_prefix(1);
        for (const std::string_view open : {"（", "【", "–", "—", "✍", "•"})
            if (bare.starts_with(open)) bare = trimmed(bare.substr(open.size()));
        if (const std::size_t end = skip_phrase(bare, Role::title_label)) return take_title(bare.substr(end));
        if (const std::size_t end = skip_phrase(bare, Role::source_label))
            return take_source(bare.substr(end));
        if (const std::size_t end = skip_phrase(bare, Role::byline)) return take_byline(bare, end);
        if (skip_phrase(bare, Role::editor) > 0) return facts_.is_labelled = true;
        if (const std::size_t end = skip_phrase(bare, Role::copyright)) {
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
        if (name.empty() || count_characters(name) > longest_source) return false;
        if (name.find("http") != std::string_view::npos) return take_address(name);
        // "来源：新华社 作者：张三" in one piece
        const text::Comparable line = text::comparable(name);
        for (const Hit& hit : find_phrases(line.text))
            if (hit.begin > 0 && (hit.phrase->role == Role::byline || hit.phrase->role == Role::editor)) {
                const std::string_view tail = name.substr(line.origin[hit.begin]);
                name = strip(name.substr(0, line.origin[hit.begin]));
                static_cast<void>(take_labelled(tail));
                break;
            }
        const Phrase* agency = find_phrase(text::comparable(name).text, Role::agency);
        if (facts_.source.empty()) facts_.source = agency != nullptr ? agency->shown : std::string(name);
        return facts_.is_labelled = true;
    }

    bool take_byline(std::string_view text, std::size_t end) {
        std::string_view rest = text.substr(end);
        // "作者：张三 来源：新华社", "文/张三 图/李四"
        const text::Comparable line = text::comparable(rest);
        for (const Hit& hit : find_phrases(line.text)) {
            const Role role = hit.phrase->role;
            if (role != Role::source_label && role != Role::editor &&
                (role != Role::byline || hit.begin == 0))
                continue;
            if (hit.begin == 0) return false;
            if (role == Role::byline && !is_han(line.text.substr(hit.begin, 3))) continue;
            static_cast<void>(take_labelled(rest.substr(line.origin[hit.begin])));
            rest = rest.substr(0, line.origin[hit.begin]);
            break;
        }
        if (strip(rest).empty()) {
            expects_author_ = true;
            return facts_.author_is_marked = true;
        }
        return take_author(rest);
    }

    bool take_author(std::string_view text) {
        std::string_view names = strip(before_preposition(strip(text)));
        if (names.empty()) return false;
        const text::Comparable line = text::comparable(names);
        if (find_phrase(line.text, Role::nobody) != nullptr) return facts_.author_is_marked = true;
        if (const Phrase* agency = find_phrase(line.text, Role::agency)) {
            if (facts_.source.empty()) facts_.source = agency->shown;
            return facts_.author_is_marked = true;
        }
        if (take_list(names)) return facts_.author_is_marked = true;
        const std::string author = read_names(names);
        if (author.empty()) return false;
        if (facts_.author.empty()) facts_.author = author;
        return facts_.author_is_marked = true;
    }

    // "Assel Satubaldina, The Astana Times": names first, then a paper.
    bool take_list(std::string_view text) {
        const auto parts = split_names(text);
        if (parts.size() < 2) return false;
        std::string names;
        std::string source;
        std::string place;
        for (const std::string_view part : parts) {
            if (part.empty() || consists_of_small_things(part)) continue;
            const text::Comparable line = text::comparable(part);
            if (find_phrase(line.text, Role::title_of_person) != nullptr ||
                find_phrase(line.text, Role::nobody) != nullptr)
                continue;
            const Phrase* agency = find_phrase(line.text, Role::agency);
            if (agency != nullptr && source.empty())
                source = agency->shown;
            else if (is_name(without_titles(part), 2) && source.empty())
                names += (names.empty() ? "" : ", ") + text::with_small_letters(without_titles(part));
            else if (is_name(part, 1) && !names.empty() && place.empty() && words_of(part).size() == 1)
                place = text::with_small_letters(part);
            else
                return false;
        }
        if (names.empty()) return false;
        if (facts_.author.empty()) facts_.author = names;
        if (facts_.source.empty()) facts_.source = source;
        if (facts_.place.empty()) facts_.place = place;
        return true;
    }

    bool take_address(std::string_view text) {
        if (!text.starts_with("http://") && !text.starts_with("https://") && !text.starts_with("www."))
            return false;
        if (text.find(' ') != std::string_view::npos) return false;
        if (facts_.url.empty() && !text.starts_with("www.")) facts_.url = text;
        return facts_.is_labelled = true;
    }

    // A name, a place or a paper: only what stands beside them tells which.
    bool take_unmarked(std::string_view text) {
        if (count_characters(text) > longest_source) return false;
        const auto written = text::capitals(text.substr(0, text.find(' ')));
        if (!is_han(text) && (written == text::Capitals::small || written == text::Capitals::none))
            return false;
        if (words_of(text).size() > 6) return false;
        unmarked_.push_back(text);
        return true;
    }

    std::optional<FactLine> settle() {
        const bool anchored = facts_.has_date || facts_.author_is_marked || facts_.is_labelled;
        if (!anchored || unmarked_.size() > 2) return std::nullopt;
        for (const std::string_view text : unmarked_) {
            const bool is_single = words_of(text).size() == 1 && !is_han(text);
            if (facts_.author.empty() && !facts_.author_is_marked && !is_single &&
                is_name(without_titles(text), 2) && !looks_like_paper(text))
                facts_.author = text::with_small_letters(without_titles(text));
            else if (is_single && facts_.has_date && facts_.place.empty() && facts_.author.empty())
                facts_.place = text::with_small_letters(text);
            else if (facts_.source.empty())
                facts_.source = text;
            else
                return std::nullopt;
        }
        return facts_;
    }

    static bool looks_like_paper(std::string_view text) {
        const text::Comparable line = text::comparable(text);
        return std::ranges::any_of(find_phrases(line.text),
                                   [](const Hit& hit) { return hit.phrase->role == Role::paper_word; });
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
    if (line.empty() || line.size() > 4 * longest_line || count_characters(line) > longest_line)
        return std::nullopt;
    return Reading(line).read();
}

std::string read_names(std::string_view names) {
    std::string list;
    std::size_t count = 0;
    const std::string_view whole = strip(names);
    if (is_phrase(whole, Role::nobody)) return {};
    for (const std::string_view part : split_names(whole)) {
        const std::string_view name = without_titles(part);
        if (part.empty() || name.empty() || is_phrase(part, Role::title_of_person)) continue;
        if (++count > most_names || !is_name(name, 1) || is_phrase(name, Role::nobody)) return {};
        list += (list.empty() ? "" : ", ") + text::with_small_letters(text::collapse_spaces(name));
    }
    return list;
}

bool looks_like_name(std::string_view line) {
    return is_name(strip(line), 2) && !is_phrase(strip(line), Role::section);
}

}  // namespace izde::clip
