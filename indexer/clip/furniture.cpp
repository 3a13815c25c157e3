// Long lines are the story's: only what is shorter than a few sentences can be furniture, and the
// longer a line is, the plainer it must say so.
#include "clip/furniture.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "izde/text/letters.hpp"
#include "izde/text/utf8.hpp"

#include "clip/date.hpp"
#include "clip/lines.hpp"
#include "clip/rules.hpp"

namespace izde::clip {
namespace {

constexpr std::size_t longest_start = 420;    // characters of a line that begins like furniture
constexpr std::size_t longest_inside = 600;   // of one that has a phrase of it somewhere
constexpr std::size_t longest_caption = 420;  // with the photo's credit
constexpr std::size_t longest_credit = 110;   // of the credit alone, behind a caption
constexpr std::size_t longest_bare_credit = 110;
constexpr std::size_t longest_small = 160;
constexpr std::size_t most_caption_sentences = 2;

constexpr auto image_endings = std::to_array<std::string_view>(
    {".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".bmp", ".tif", ".tiff", ".avif", ".heic"});

bool is_letter(std::string_view text, std::size_t at) {
    return at < text.size() &&
           ((text[at] >= 'a' && text[at] <= 'z') || static_cast<unsigned char>(text[at]) >= 0xC3) &&
           static_cast<unsigned char>(text[at]) != 0xE2;
}

bool is_image_name(std::string_view line) {
    constexpr std::size_t longest_ending = 5;
    const std::string_view end = line.substr(line.size() - std::min(line.size(), longest_ending));
    const std::size_t dot = end.rfind('.');
    if (dot == std::string_view::npos) return false;
    // "IMG 2041.JPG" has a space, but not many words.
    return std::ranges::find(image_endings, end.substr(dot)) != image_endings.end() &&
           std::ranges::count(line, ' ') <= 3;
}

// "1/3", "[2/3]" are page numbers; a number alone may be a line of a table.
bool is_page_number(std::string_view line) {
    if (line.starts_with("[") && line.ends_with("]")) line = line.substr(1, line.size() - 2);
    if (line.size() > 9) return false;
    const std::size_t slash = line.find('/');
    if (slash == std::string_view::npos || slash == 0 || slash + 1 == line.size()) return false;
    return line.find_first_not_of("0123456789 ") == slash &&
           line.find_first_not_of("0123456789 ", slash + 1) == std::string_view::npos;
}

// "#trade #china", "@steppeherald"
bool is_tags(std::string_view line) {
    if (line.empty() || std::string_view("#@ ,").find(line.front()) == std::string_view::npos) return false;
    bool any = false;
    for (std::size_t at = 0; at < line.size();) {
        const std::size_t end = std::min(line.find_first_of(" ,", at), line.size());
        if (end > at) {
            if ((line[at] != '#' && line[at] != '@') || end - at < 3) return false;
            if (line[at] == '#' && !is_letter(line, at + 1)) return false;
            any = true;
        }
        at = end + 1;
    }
    return any;
}

bool is_address(std::string_view line) {
    if (line.starts_with("http://") || line.starts_with("https://") || line.starts_with("www.")) {
        const std::size_t space = std::min(line.find(' '), line.size());
        return line.find_first_not_of(" 0123456789/-", space) == std::string_view::npos;
    }
    if (line.find(' ') != std::string_view::npos) return false;
    // "pic.twitter.com/9dKe0sOngK", "news@steppe.example"
    const std::size_t slash = line.find('/');
    const std::size_t dot = line.find('.');
    if (dot != std::string_view::npos && slash != std::string_view::npos && dot > 0 && dot < slash &&
        is_letter(line, dot + 1) && is_letter(line, dot - 1) &&
        line.find_first_of("()\"") == std::string_view::npos)
        return true;
    const std::size_t sign = line.find('@');
    return sign != std::string_view::npos && sign > 0 && line.find('.', sign) != std::string_view::npos;
}

// "Write to Helen Marsh at helen.marsh@example.com"
bool has_mail_address(std::string_view line) {
    const std::size_t sign = line.find('@');
    return sign != std::string_view::npos && sign > 0 && is_letter(line, sign - 1) &&
           is_letter(line, sign + 1) &&
           line.substr(sign, line.find(' ', sign) - sign).find('.') != std::string_view::npos;
}

struct Small {
    std::size_t share = 0, counter = 0, whole = 0, section = 0, emoji = 0, other = 0;
};

// Counts the phrases a text consists of; false if anything else stands in it.
bool count_small(std::string_view line, Small& small) {
    // The first of them counts where a phrase has several.
    constexpr auto roles =
        std::to_array<std::pair<Role, std::size_t Small::*>>({{Role::whole, &Small::whole},
                                                              {Role::counter, &Small::counter},
                                                              {Role::share, &Small::share},
                                                              {Role::section, &Small::section},
                                                              {Role::clock, &Small::other},
                                                              {Role::weekday, &Small::other}});
    constexpr Roles any{Role::whole, Role::counter, Role::share, Role::section, Role::clock, Role::weekday};
    for (std::size_t at = 0; at < line.size();) {
        if (const Hit longest = phrase_at(line, at, any); longest.phrase != nullptr) {
            const auto counted = std::ranges::find_if(
                roles, [&](const auto& one) { return phrase_at(line, at, one.first).end == longest.end; });
            ++(small.*counted->second);
            at = longest.end;
            continue;
        }
        if (is_letter(line, at) && static_cast<unsigned char>(line[at]) < 0xF0) return false;
        small.emoji += static_cast<unsigned char>(line[at]) >= 0xF0 ? 1 : 0;
        const auto lead = static_cast<unsigned char>(line[at]);
        at += lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        // "3k", "12th", "3.2万"
        if (lead >= '0' && lead <= '9' && at < line.size() && (line[at] == 'k' || line[at] == 'm') &&
            !is_letter(line, at + 1))
            ++at;
    }
    return true;
}

bool ends_part(std::string_view before) {
    while (!before.empty() && before.back() == ' ') before.remove_suffix(1);
    if (before.empty()) return true;
    if (before.back() == '"' && before.size() > 1)
        return std::string_view(".!?,").find(before[before.size() - 2]) != std::string_view::npos;
    return std::string_view(".!?/(|[-)]:;*").find(before.back()) != std::string_view::npos ||
           before.ends_with("\xC2\xB7");
}

// "» Read also: ..." begins so as well; what a quotation begins with, somebody says in the story.
bool only_signs(std::string_view text) {
    return text.find('"') == std::string_view::npos && std::ranges::none_of(text, [](char c) {
               const auto byte = static_cast<unsigned char>(c);
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || byte >= 0xE3 ||
                      (byte >= 0xC3 && byte < 0xE2);
           });
}

// "Photo:", "(Photo by", "© Reuters" as against "Getty Images", which may begin a sentence.
bool names_a_credit(std::string_view phrase) {
    return phrase.ends_with(':') || phrase.ends_with('/') || phrase.ends_with(')') || phrase.ends_with(" by");
}

std::size_t count_sentences(std::string_view text) {
    std::size_t count = 0;
    for (text = trimmed(text); !text.empty(); text = trimmed(text.substr(first_sentence_end(text)))) ++count;
    return count;
}

bool has_step_sign(std::string_view text) {
    return std::ranges::any_of(std::to_array({'>', '"', '/', '\xE2'}),  // the last one begins › and →
                               [&](char sign) { return text.find(sign) != std::string_view::npos; });
}

// "Home > City > Green", "Lakeside Courier › Transport › Ferries"
bool is_breadcrumb(std::string_view text) {
    if (!has_step_sign(text)) return false;
    std::size_t steps = 0;
    std::size_t piece_end = 60;  // the last place for the next step
    const auto begins_with_section = [&] { return phrase_at(text, 0, Role::section).phrase != nullptr; };
    for (std::size_t at = text.find(' '); at < text.size(); at = text.find(' ', at + 1)) {
        const std::string_view rest = text.substr(at + 1);
        if (rest.empty() || is_letter(rest, 0)) continue;
        const bool step = rest.starts_with("> ") || rest.starts_with("› ") || rest.starts_with("\" ") ||
                          rest.starts_with("→ ") || rest.starts_with(">> ") ||
                          (rest.starts_with("/ ") && begins_with_section());
        if (!step) continue;
        if (at > piece_end) return false;
        ++steps;
        piece_end = at + 60;
    }
    return steps >= 2 || (steps == 1 && text.size() < 60 && begins_with_section());
}

// Where this stands for the last time; its second byte is a sign that most lines have not.
std::size_t last_of(std::string_view text, std::string_view wanted) {
    const char sign = wanted[1];
    if (text.find(sign) == std::string_view::npos) return std::string_view::npos;
    for (std::size_t at = text.rfind(sign); at != std::string_view::npos && at > 0;
         at = text.rfind(sign, at - 1))
        if (text.substr(at - 1).starts_with(wanted)) return at - 1;
    return std::string_view::npos;
}

// "A street sweeper in Turpan. - Xinhua", "The heron at nine. (Supplied)": a caption and whose photo it
// is. An agency in brackets may also sign the last paragraph of a report.
bool is_agency_credit(std::string_view text, std::size_t length) {
    if (length > 200) return false;
    const std::size_t dash = last_of(text, " - ");
    const std::size_t bracket = last_of(text, " (");
    const bool by_dash =
        dash != std::string_view::npos && (bracket == std::string_view::npos || bracket < dash);
    const std::size_t last = by_dash ? dash : bracket;
    if (last == std::string_view::npos || last == 0) return false;
    std::string_view name = text.substr(last + (by_dash ? 3 : 2));
    while (!name.empty() && std::string_view(").").find(name.back()) != std::string_view::npos)
        name.remove_suffix(1);
    if (find_phrase(name, Role::supplied) != nullptr) return true;
    return by_dash && find_phrase(name, Role::agency) != nullptr &&
           count_sentences(text.substr(0, last)) == 1;
}

// "Printed on 2 April 2022 from the pages of Morning Tide"
bool is_print_note(std::string_view line, std::string_view text) {
    if (text.size() > 200) return false;
    const Hit label = phrase_at(text, 0, Role::retrieved);
    return label.phrase != nullptr && !find_dates(line.substr(0, 80), 1).empty();
}

// "Copyright law will be changed" is of the story: behind the word, not the sign, an owner or a year
// would follow.
bool names_an_owner(std::string_view phrase, std::string_view behind) {
    const std::string_view rest = trimmed(behind);
    return !is_letter(phrase, phrase.size() - 1) ||
           text::capitals(rest.substr(0, rest.find(' '))) != text::Capitals::small || rest.starts_with("by ");
}

bool has_year(std::string_view text) {
    return std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; }) >= 4;
}

struct Credit {
    bool found = false;
    std::size_t begin = 0;  // of the comparable line
};

Credit find_credit(std::string_view line, const std::vector<Hit>& hits, bool sentence) {
    for (const Hit& hit : hits) {
        if (hit.phrase->role != Role::credit) continue;
        const bool plain = names_a_credit(hit.phrase->text);
        const std::size_t rest = text::count_code_points(line.substr(hit.begin));
        if (hit.begin == 0) {
            const bool is_short =
                text::count_code_points(line) <= (plain ? 3 * longest_bare_credit : longest_bare_credit);
            if (is_short && (plain || !sentence || rest <= 60)) return {true, 0};
            continue;
        }
        const bool chinese = static_cast<unsigned char>(hit.phrase->text[0]) >= 0xE3;
        if (rest > longest_credit) continue;
        if (ends_part(line.substr(0, hit.begin)) || (chinese && rest <= 12)) return {true, hit.begin};
    }
    return {};
}

}  // namespace

bool consists_of_small_things(std::string_view text) {
    if (text.size() > 4 * longest_small) return false;
    Small small;
    return count_small(text::comparable(text).text, small);
}

bool is_section_line(std::string_view line) {
    if (line.size() > 4 * longest_small) return false;
    const std::string text = text::comparable(line).text;
    Small small;
    return count_small(text, small) && small.section > 0;
}

Verdict judge(std::string_view line) {
    Verdict verdict{false, line.size()};
    if (line.size() > 4 * longest_inside || line.empty()) return verdict;
    const text::Comparable comparable = text::comparable(line);
    const std::string_view text = comparable.text;
    const std::size_t length = text::count_code_points(text);
    if (length > longest_inside) return verdict;
    const auto is_furniture = [&] { return Verdict{true, 0}; };
    if (is_address(text) || is_image_name(text) || is_page_number(text) || is_tags(text) ||
        is_breadcrumb(text) || is_agency_credit(text, length) || is_print_note(line, text) ||
        (length < 90 &&
         (text.find("(@") != std::string_view::npos || text.starts_with('@') || has_mail_address(text))))
        return is_furniture();

    // "郑有福在展开地图。吴桐 摄": who took it.
    constexpr std::string_view taken = "摄", taken_traditional = "攝";
    if (length <= 60 && (text.ends_with(taken) || text.ends_with(taken_traditional))) return is_furniture();
    if (length <= longest_small) {
        Small small;
        if (count_small(text, small) && small.share + small.counter + small.whole + small.emoji > 0)
            return is_furniture();
    }
    const auto hits =
        find_phrases(text, {Role::contains, Role::starts, Role::editor, Role::copyright, Role::credit});
    if (hits.empty()) return verdict;
    // What a quotation begins with, somebody says in the story; but for «Paper» © 2024.
    if (text.starts_with('"')) {
        const bool owned = std::ranges::any_of(hits, [](const Hit& hit) { return hit.phrase->text == "©"; });
        return owned && length <= longest_small ? is_furniture() : verdict;
    }
    for (const Hit& hit : hits) {
        const Role role = hit.phrase->role;
        if (role == Role::contains && length <= longest_inside) return is_furniture();
        // "Eurasianet © 2022"
        if (hit.phrase->text == "©" && has_year(text) && length <= longest_small && !ends_sentence(line))
            return is_furniture();
        if (hit.begin > 0 && !only_signs(text.substr(0, hit.begin))) continue;
        if (role == Role::starts && length <= longest_start) return is_furniture();
        // "责任编辑：李四"
        const bool is_label = text.substr(0, hit.end).ends_with(':') || text.substr(hit.end).starts_with(":");
        if (role == Role::editor && is_label && length <= longest_bare_credit) return is_furniture();
        if (role == Role::copyright && length <= longest_start && hit.begin == 0 &&
            names_an_owner(hit.phrase->text, line.substr(comparable.origin[hit.end])))
            return is_furniture();
    }
    if (const Credit credit = find_credit(text, hits, ends_sentence(line)); credit.found) {
        const std::string_view before = line.substr(0, comparable.origin[credit.begin]);
        if (length <= longest_caption && count_sentences(before) <= most_caption_sentences)
            return is_furniture();
        verdict.story_end = comparable.origin[credit.begin];
    }
    return verdict;
}

}  // namespace izde::clip
