// Line by line until the story begins: each line is known by what it says, or by what follows it.
#include "clip/head.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "izde/text/letters.hpp"
#include "izde/text/utf8.hpp"

#include "clip/byline.hpp"
#include "clip/date.hpp"
#include "clip/dateline.hpp"
#include "clip/furniture.hpp"
#include "clip/names.hpp"
#include "clip/title.hpp"

namespace izde::clip {
namespace {

constexpr std::size_t longest_head = 40;         // units before the story begins
constexpr std::size_t longest_standfirst = 400;  // characters
constexpr std::size_t longest_menu = 80;         // lines
constexpr std::size_t longest_menu_line = 60;    // characters
constexpr std::size_t longest_signature = 80;
constexpr std::size_t longest_time_line = 70;

class Head {
  public:
    explicit Head(Sorting& sorting)
        : document_(sorting.document), facts_(sorting.facts), units_(sorting.units), aside_(sorting.aside),
          repeats_(sorting.repeats), titles_(sorting.titles) {}

    std::size_t walk() {
        std::size_t at = skip_to_title();
        for (const std::size_t first = at; at < units_.size() && at < first + longest_head; ++at) {
            const std::string_view text = units_[at].text;
            if (is_repeated_title(text)) {
                drop(at, 1);
                continue;
            }
            if (units_.has_dateline(at)) break;
            if (is_head_line(at) || is_page_header(at) || is_name_and_day(at) || is_time_line(at)) continue;
            if (is_author_line(at) || is_masthead(at) || is_twice(at)) continue;
            if (repeats_[at] && (facts_.title_is_known() || title_follows(at))) {
                aside_[at] = true;
                continue;
            }
            if (!facts_.title_is_known()) {
                const std::size_t lines = read_title(at);
                if (lines == 0) break;
                at += lines - 1;
                continue;
            }
            if (!is_standfirst(at)) break;
        }
        return at;
    }

  private:
    // Takes the title, or sets aside what stands above it; how many units that were. 0: the story begins.
    std::size_t read_title(std::size_t at) {
        const bool chosen = at == title_at_;
        if ((at < title_at_ && title_at_ < units_.size()) || (!chosen && is_small_heading(at))) {
            aside_[at] = true;
            return 1;
        }
        const std::size_t lines = std::max<std::size_t>(title_units(units_, at), chosen ? 1 : 0);
        if (lines > 0) take_title(at, lines);
        return lines;
    }

    // A page that declares its title may show a menu before it: short lines, no sentence.
    std::size_t skip_to_title() {
        if (!facts_.title_is_known()) return 0;
        std::size_t at = 0;
        while (at < units_.size() && at < longest_menu && !is_title_line(units_[at].text)) {
            if (text::count_code_points(units_[at].text) > longest_menu_line ||
                ends_sentence(units_[at].text))
                return 0;
            ++at;
        }
        if (at == units_.size() || at == longest_menu) return 0;
        std::fill_n(aside_.begin(), at, true);
        return at;
    }

    bool is_title_line(std::string_view text) const {
        return same_words(text, document_.title) ||
               (text::count_code_points(text) >= 12 && document_.title.size() > text.size() + 3 &&
                document_.title.starts_with(text));
    }

    // A caption that a clipping tool copied twice; a title may stand so, too.
    bool is_twice(std::size_t at) {
        const bool before = at > 0 && units_[at - 1].text == units_[at].text;
        const bool behind = at + 1 < units_.size() && units_[at + 1].text == units_[at].text;
        if ((!before && !behind) || text::count_code_points(units_[at].text) < 12) return false;
        if (!facts_.title_is_known() && !ends_sentence(units_[at].text)) return false;
        return aside_[at] = true;
    }

    // "24/11/2023, 16:20 Second track past the Aral - The Post" above the title itself, and lines of a
    // date, rates and weather.
    bool is_page_header(std::size_t at) {
        if (facts_.title_seen()) return false;
        const std::string_view text = units_[at].text;
        const auto dates = find_dates(text.substr(0, text::character_begin(text, 200)), 1);
        if (!dates.empty() && std::ranges::count(text, '|') >= 2 && units_[at].lines == 1 &&
            text::count_code_points(text) <= 160 && !ends_sentence(text)) {
            facts_.take_date(dates[0].date, Rank::head, "text");
            return aside_[at] = true;
        }
        const bool dated = !dates.empty() && dates[0].begin == 0;
        const std::string_view rest = trimmed(text.substr(dated ? dates[0].end : 0));
        for (std::size_t next = at + 1; next < units_.size() && next <= at + 8; ++next) {
            const std::string_view title = units_[next].text;
            const bool begins = begins_with_words(rest, title);
            if (!begins || rest.size() > title.size() + 80) continue;
            if (rest.size() > title.size())
                facts_.take_source(rest.substr(std::min(title.size(), rest.size())), "text");
            return aside_[at] = true;
        }
        return false;
    }

    // Weekly reports may share their title; a masthead has one below it.
    bool title_follows(std::size_t at) {
        std::size_t next = at + 1;
        while (next < units_.size() && next < at + 4 && (repeats_[next] || units_.is_furniture(next))) ++next;
        return title_units(units_, next) > 0;
    }

    // A few words above a line that is a title of more: names of sections, a paper's name, a menu.
    bool is_small_heading(std::size_t at) {
        if (!is_few_words(at, 2)) return false;
        std::size_t next = at + 1;
        while (next < units_.size() && next < at + 12 &&
               (is_few_words(next, 3) || units_.is_furniture(next) || is_section_line(units_[next].text)))
            ++next;
        const std::size_t lines = title_units(units_, next);
        if (lines == 0 || words_of(units_[next].text).size() < 4 || next + lines >= units_.size())
            return false;
        return aside_[at] = true;
    }

    bool is_few_words(std::size_t at, std::size_t most) const {
        const std::string_view text = units_[at].text;
        return words_of(text).size() <= most && !is_han(strip(text)) && !ends_sentence(text);
    }

    // "Peter Lindqvist Oct 21, 2022" behind a title
    bool is_name_and_day(std::size_t at) {
        const std::string_view text = units_[at].text;
        if (!facts_.title_seen() || text::count_code_points(text) > longest_time_line) return false;
        const auto dates = find_dates(text, 2);
        if (dates.size() != 1 || dates[0].date.value.empty() || dates[0].end < text.size()) return false;
        const std::string_view name = strip(text.substr(0, dates[0].begin));
        if (!looks_like_name(name) || is_han(name)) return false;
        facts_.take_authors(name);
        facts_.take_date(dates[0].date, Rank::byline, "byline");
        return aside_[at] = true;
    }

    // "原创 老查 草原来信 2023-06-11 21:05 发表于内蒙古": a time of day tells that a line beside the title
    // is about the page, whatever else it says.
    bool is_time_line(std::size_t at) {
        const std::string_view text = units_[at].text;
        if (units_[at].lines > 1 || text::count_code_points(text) > longest_time_line || ends_sentence(text))
            return false;
        const auto dates = find_dates(text, 2);
        if (dates.empty() || !dates[0].has_time || dates[0].date.value.empty()) return false;
        const bool at_end = dates[0].begin == 0 || text.size() - dates[0].end <= 24;
        if (!facts_.title_is_known() && !at_end) return false;
        facts_.take_date(dates[0].date, facts_.title_seen() ? Rank::byline : Rank::head,
                         facts_.title_seen() ? "byline" : "text");
        return aside_[at] = true;
    }

    static bool begins_with_words(std::string_view line, std::string_view title) {
        if (title.size() < 12 || text::count_code_points(title) > 200) return false;
        const std::string one = text::comparable(line).text;
        const std::string other = text::comparable(title).text;
        return one.starts_with(other);
    }

    // "Caspian Ledger" alone above the title.
    bool is_masthead(std::size_t at) {
        const std::string_view text = units_[at].text;
        if (facts_.title_seen() || at + 1 >= units_.size() || !looks_like_paper(text)) return false;
        const auto words = words_of(text);
        if (words.size() > 5 || units_[at].lines > 1 || text::count_code_points(text) > 40) return false;
        if (words.size() > 3 && std::ranges::any_of(words, [](std::string_view word) {
                return text::capitals(word) == text::Capitals::small && text::count_code_points(word) > 3;
            }))
            return false;
        if (title_units(units_, at + 1) == 0 && !units_.facts(at + 1)) return false;
        facts_.take_source(text, "text");
        return aside_[at] = true;
    }

    bool is_repeated_title(std::string_view text) {
        if (document_.title.empty() || text.size() > 2 * document_.title.size() + 16) return false;
        return same_words(text, document_.title) || is_title_beside_site(text);
    }

    // The page calls itself "Title :: Paper" or "Paper: Title", and the title stands in it.
    bool is_title_beside_site(std::string_view text) {
        if (facts_.title_seen() || text::count_code_points(text) < (is_han(text.substr(0, 3)) ? 4 : 12) ||
            text.size() + 4 > document_.title.size())
            return false;
        const std::string_view title = document_.title;
        const bool first = title.starts_with(text);
        // "Paper: Title", but "Title - Paper"
        const std::string_view before = trimmed(title.substr(0, title.size() - text.size()));
        if (!first && !(title.ends_with(text) && (before.ends_with(":") || before.ends_with("："))))
            return false;
        std::string_view rest =
            first ? title.substr(text.size()) : title.substr(0, title.size() - text.size());
        const std::string_view site = strip(rest);
        rest = first ? rest.substr(0, rest.find(site)) : rest.substr(rest.find(site) + site.size());
        if (site.empty() || trimmed(rest).empty() || words_of(site).size() > 6) return false;
        facts_.take_source(site, "metadata");
        document_.title = clean_title(text);
        return true;
    }

    // A line of facts, of furniture or of section names; what it says is noted.
    bool is_head_line(std::size_t at) {
        const std::string_view text = units_[at].text;
        const auto& facts = units_.facts(at);
        // A name and a day above a text without a title say what a photo shows.
        const bool is_caption = facts && !facts_.title_is_known() && !facts->author.empty() &&
                                !facts->author_is_marked && !facts->is_labelled && !title_follows(at);
        if (facts && !is_caption) {
            facts_.take(*facts, facts_.title_seen() ? Rank::byline : Rank::head);
            aside_[at] = true;
            return true;
        }
        const bool is_figures = text.find_first_not_of("0123456789 .,:/-") == std::string_view::npos;
        if (units_.is_furniture(at) || is_section_line(text) || is_figures) {
            aside_[at] = true;
            return true;
        }
        return false;
    }

    // "Assel Satubaldina", "Orhan Gülmez / RİZE" or a paper's name right before or behind a line with a date.
    bool is_author_line(std::size_t at) {
        const std::string_view text = units_[at].text;
        if (units_[at].lines > 1 || text::count_code_points(text) > longest_signature) return false;
        const bool behind_date = at > 0 && facts_.title_seen() && has_date(at - 1);
        const bool before_date = at + 1 < units_.size() && has_date(at + 1);
        if (!behind_date && !before_date && !(facts_.title_seen() && is_between_facts(at))) return false;
        if (!facts_.title_seen() && !looks_like_name(text)) return false;
        // A date that any line may stand beside.
        const auto facts = read_fact_line(std::string(text) + " | 2000-01-01");
        if (!facts || (facts->author.empty() && facts->source.empty())) return false;
        if (!facts->source.empty() && facts->author.empty() && !looks_like_paper(text)) return false;
        FactLine taken = *facts;
        taken.published = taken.updated = {};
        facts_.take(taken, Rank::byline);
        return aside_[at] = true;
    }

    // "Степной курьер" between the title and a name line with a date behind it.
    bool is_between_facts(std::size_t at) {
        return at + 2 < units_.size() && !units_[at + 1].after_blank && !units_[at + 2].after_blank &&
               has_date(at + 2);
    }

    bool has_date(std::size_t at) {
        const std::string_view text = units_[at].text;
        if (const auto& facts = units_.facts(at)) return facts->has_date && facts->author.empty();
        // "23 ноября, 2020 09:00 Темиртау"
        if (!aside_[at]) return false;
        const auto dates = find_dates(text.substr(0, text::character_begin(text, 200)), 2);
        return dates.size() == 1 && dates[0].has_time;
    }

    void take_title(std::size_t at, std::size_t lines) {
        std::string title(units_[at].text);
        for (std::size_t i = 1; i < lines; ++i) title.append(" ").append(units_[at + i].text);
        facts_.take_title(title, "first-line");
        drop(at, lines);
    }

    void drop(std::size_t at, std::size_t lines) {
        facts_.see_title();
        for (std::size_t i = 0; i < lines; ++i) {
            aside_[at + i] = true;
            titles_.push_back(at + i);
        }
    }

    // A sentence or two between title and byline: story, but not yet its beginning.
    bool is_standfirst(std::size_t at) {
        if (!facts_.title_is_known() || text::count_code_points(units_[at].text) > longest_standfirst)
            return false;
        for (std::size_t next = at + 1; next < units_.size() && next <= at + 2; ++next)
            if (const auto& facts = units_.facts(next)) return facts->has_date || facts->author_is_marked;
        return false;
    }

    index::Document& document_;
    Facts& facts_;
    Units& units_;
    std::vector<bool>& aside_;
    const std::vector<bool>& repeats_;
    std::vector<std::size_t>& titles_;
    std::size_t title_at_ = title_among(units_);
};

}  // namespace

std::size_t walk_head(Sorting& sorting) {
    return Head(sorting).walk();
}

}  // namespace izde::clip
