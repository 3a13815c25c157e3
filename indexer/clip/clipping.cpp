// Where the head ends, each line of the story, and what follows it, is judged alone.
#include "clip/clipping.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "izde/text/letters.hpp"
#include "izde/text/utf8.hpp"

#include "clip/head.hpp"
#include "clip/names.hpp"
#include "clip/rules.hpp"
#include "clip/set_aside.hpp"
#include "clip/title.hpp"

namespace izde::clip {
namespace {

constexpr std::size_t tail_units = 6;
constexpr std::size_t longest_menu_line = 60;  // characters
constexpr std::size_t longest_signature = 80;
constexpr std::size_t longest_list_item = 160;

class Clipping {
  public:
    explicit Clipping(Sorting& sorting)
        : sorting_(sorting), document_(sorting.document), facts_(sorting.facts), units_(sorting.units),
          aside_(sorting.aside), repeats_(sorting.repeats) {}

    void read() {
        const std::size_t story = walk_head(sorting_);
        read_story_start(story);
        judge_rest(story);
        read_tail(story);
        drop_links_at_end(story);
        facts_.take_names();
        if (document_.title.empty()) find_other_title(story);
        set_aside(document_, cuts());
    }

  private:
    void read_story_start(std::size_t story) {
        if (story >= units_.size()) return;
        std::string_view text = units_[story].text;
        std::size_t at = story;
        while (!units_.has_dateline(at) && at < story + 3 && at + 1 < units_.size()) ++at;
        const Dateline& line = units_.dateline(at);
        if (line.end > 0) text = units_[at].text;
        facts_.take(line);
        // A day in the first sentence of what is no report may be any day of history.
        const bool is_report = line.end > 0 || !document_.author.empty() || !document_.source.empty();
        if (document_.date.text.empty() && is_report)
            facts_.take_lead(text.substr(std::min(line.end, text.size())));
    }

    void judge_rest(std::size_t story) {
        bool in_list = false;
        bool in_links = false;
        for (std::size_t at = story; at < units_.size(); ++at) {
            const Unit& unit = units_[at];
            const Verdict& verdict = units_.verdict(at);
            in_list = in_list && !unit.after_blank && text::count_code_points(unit.text) <= longest_list_item;
            if (heading_before(at) && at > story) in_links = true;
            in_links = in_links && is_menu_line(unit.text);
            aside_[at] = verdict.is_furniture || repeats_[at] || in_list || in_links ||
                         is_caption_twice(at) || is_repeated_header(unit, story);
            if (verdict.is_furniture && is_list_heading(unit.text)) in_list = true;
            if (!verdict.is_furniture && verdict.story_end < unit.text.size()) {
                const auto begin = static_cast<std::size_t>(unit.text.data() - document_.body.data());
                credits_.emplace_back(at, begin + verdict.story_end);
            }
            if (verdict.is_furniture) facts_.take_furniture(unit.text);
        }
    }

    static bool is_menu_line(std::string_view text) {
        return text::count_code_points(text) <= longest_menu_line && !ends_sentence(text) &&
               text.find_first_of(":;?!") == std::string_view::npos &&
               text.find("？") == std::string_view::npos && text.find("！") == std::string_view::npos;
    }

    // A page's reader took "Related:" out, and left the links below it. Asked of one unit after the other.
    bool heading_before(std::size_t at) {
        const auto& pieces = document_.boilerplate;
        bool found = false;
        for (; next_piece_ < pieces.size() && pieces[next_piece_].at <= units_[at].begin; ++next_piece_) {
            const std::string_view text = pieces[next_piece_].text;
            found = found || is_list_heading(text.substr(0, text.find('\n')));
        }
        return found;
    }

    // Links that end a page with a date or an author: three short lines or more, behind sentences.
    void drop_links_at_end(std::size_t story) {
        if (document_.format != "html" || (document_.date.value.empty() && document_.author.empty())) return;
        std::size_t begin = units_.size();
        std::size_t lines = 0;
        while (begin > story && (aside_[begin - 1] || is_menu_line(units_[begin - 1].text)))
            lines += aside_[--begin] ? 0 : 1;
        if (lines < 3 || begin == story || !ends_sentence(units_[begin - 1].text)) return;
        for (std::size_t at = begin; at < units_.size(); ++at) aside_[at] = true;
    }

    bool is_caption_twice(std::size_t at) const {
        const std::string_view text = units_[at].text;
        const bool twice = (at > 0 && units_[at - 1].text == text) ||
                           (at + 1 < units_.size() && units_[at + 1].text == text);
        return twice && words_of(text).size() >= 3 && count_letters(text) * 2 > text::count_code_points(text);
    }

    static std::size_t count_letters(std::string_view text) {
        return text::count_code_points(text) -
               static_cast<std::size_t>(std::ranges::count_if(text, [](char c) {
                   return (c >= '0' && c <= '9') ||
                          std::string_view(" -./|,:").find(c) != std::string_view::npos;
               }));
    }

    // The header of a printed page stands on each page.
    bool is_repeated_header(const Unit& unit, std::size_t story) const {
        if (unit.text.size() < 20 || unit.text.size() > 300) return false;
        for (std::size_t at = 0; at < story; ++at)
            if (aside_[at] && units_[at].text == unit.text) return true;
        return false;
    }

    static bool is_list_heading(std::string_view text) {
        constexpr std::string_view counts = "0123456789() ";
        std::string_view bare = strip(text);
        while (!bare.empty() && counts.find(bare.back()) != std::string_view::npos) bare.remove_suffix(1);
        const std::string line = text::comparable(strip(bare)).text;
        return line.size() < 80 && find_phrase(line, Role::list_heading) != nullptr;
    }

    // Who wrote it may stand behind the story: "— Jane Doe", "Автор: ...".
    void read_tail(std::size_t story) {
        std::size_t seen = 0;
        bool only_facts = true;
        for (std::size_t at = units_.size(); at-- > story + 1 && seen < tail_units;) {
            if (aside_[at]) continue;
            ++seen;
            const std::string_view text = units_[at].text;
            if (const auto& facts = units_.facts(at);
                facts && (only_facts || facts->author_is_marked || facts->is_labelled)) {
                facts_.take(*facts, facts->is_labelled ? Rank::labelled : Rank::lead);
                aside_[at] = true;
            } else if (is_signature(text) || (seen == 1 && is_last_name(text))) {
                facts_.take_signature(text);
                aside_[at] = true;
            } else if (read_reporting(text)) {
                aside_[at] = true;
            } else if (is_phrase(text, Role::agency)) {
                facts_.take_source(text, "text");
                aside_[at] = true;
            } else {
                only_facts = false;
            }
        }
    }

    // The last line of all, where nobody else is named.
    bool is_last_name(std::string_view text) const {
        const bool is_report =
            !document_.place.empty() || !document_.date.text.empty() || !document_.source.empty();
        return document_.author.empty() && is_report && words_of(text).size() <= 3 && looks_like_name(text) &&
               !ends_sentence(text) && !is_han(strip(text));
    }

    // "— Jane Doe", "Айгүл СЕЙІТОВА", "— Тургай-информ."
    static bool is_signature(std::string_view text) {
        if (text::count_code_points(text) > longest_signature) return false;
        const bool dash = text.starts_with("—") || text.starts_with("–") || text.starts_with("- ");
        if (dash && looks_like_paper(text) && words_of(text).size() <= 6) return true;
        if (!looks_like_name(text)) return false;
        const std::size_t space = text.rfind(' ');
        return dash || text::capitals(text.substr(space + 1)) == text::Capitals::all;
    }

    // "(Reporting by A in B; Editing by C)"
    bool read_reporting(std::string_view text) {
        const text::Comparable line = text::comparable(text);
        if (line.text.size() > 300 || line.text.empty()) return false;
        const bool bracket = line.text.front() == '(' || line.text.front() == '[';
        const Hit by = phrase_at(line.text, bracket ? 1 : 0, Role::byline);
        const Hit editor = phrase_at(line.text, bracket ? 1 : 0, Role::editor);
        if (editor.phrase != nullptr && bracket) return true;
        if (by.phrase == nullptr || !bracket) return false;
        std::string_view names = text.substr(line.origin[by.end]);
        names = names.substr(0, names.find_first_of(";)"));
        for (const std::string_view word : {" in ", "; "}) names = names.substr(0, names.find(word));
        facts_.take_authors(names);
        return true;
    }

    void find_other_title(std::size_t story) {
        while (story < units_.size() && aside_[story]) ++story;
        if (story < units_.size()) {
            document_.title = lead_of(std::string_view(document_.body).substr(units_[story].begin));
            document_.title_source = "lead";
        } else if (!units_.empty()) {
            // Furniture alone is still more than a file's name.
            document_.title = lead_of(units_[0].text);
            document_.title_source = "lead";
            std::fill(aside_.begin(), aside_.end(), false);
        } else {
            document_.title = name_of(file_of(document_));
            document_.title_source = "file-name";
        }
    }

    std::vector<Cut> cuts() const {
        std::vector<Cut> cuts;
        auto credit = credits_.begin();
        for (std::size_t at = 0; at < units_.size(); ++at) {
            const bool has_credit = credit != credits_.end() && credit->first == at;
            if (aside_[at])
                cuts.push_back({units_[at].begin, units_[at].end,
                                std::ranges::find(sorting_.titles, at) == sorting_.titles.end()});
            else if (has_credit)
                cuts.push_back({credit->second, units_[at].end, true});
            if (has_credit) ++credit;
        }
        return cuts;
    }

    Sorting& sorting_;
    index::Document& document_;
    Facts& facts_;
    Units& units_;
    std::vector<bool>& aside_;
    const std::vector<bool>& repeats_;
    std::vector<std::pair<std::size_t, std::size_t>> credits_;  // behind a unit, and from which byte on
    std::size_t next_piece_ = 0;                                // of the boilerplate the reader set aside
};

}  // namespace

Repeats repeats_of(const index::Document& document, const Repetition& archive) {
    Units units(document.body);
    Repeats repeats;
    repeats.number = Repetition::number_of(archive.judge(units, repeats.rarity));
    return repeats;
}

Repeats read_clipping(index::Document& document, const Repetition* archive) {
    Sorting sorting{document, Facts(document), Units(document.body), {}, {}, {}};
    sorting.aside.resize(sorting.units.size(), false);
    Repeats repeats;
    sorting.repeats = archive == nullptr ? sorting.aside : archive->judge(sorting.units, repeats.rarity);
    repeats.number = Repetition::number_of(sorting.repeats);
    Clipping(sorting).read();
    return repeats;
}

}  // namespace izde::clip
