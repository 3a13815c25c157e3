#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "izde/names/aliases.hpp"
#include "izde/text/analyze.hpp"
#include "izde/text/utf8.hpp"

namespace izde::names {
namespace {

constexpr auto kinds = std::to_array<std::string_view>({"place", "person", "body", "term"});
constexpr std::string_view right_line =
    "a line reads: place: Astana = Астана = Nur-Sultan [2019..2022]; # begins a comment";

std::string_view trim(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r");
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(" \t\r") + 1 - first);
}

std::string_view without_comment(std::string_view line) {
    for (std::size_t at = line.find('#'); at != std::string_view::npos; at = line.find('#', at + 1))
        if (at == 0 || line[at - 1] == ' ' || line[at - 1] == '\t') return line.substr(0, at);
    return line;
}

bool has_control(std::string_view line) {
    return std::ranges::any_of(line, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\t' && c != '\r') || byte == 0x7F;
    });
}

bool is_lower_ascii(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
}

// "" is no bound.
std::optional<int> read_year(std::string_view text) {
    text = trim(text);
    int year = 0;
    if (text.empty()) return year;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), year);
    if (error != std::errc() || end != text.data() + text.size() || year < 1 || year > 9999)
        return std::nullopt;
    return year;
}

std::optional<Years> read_years(std::string_view text) {
    const auto dots = text.find("..");
    const auto first = read_year(text.substr(0, dots));
    const auto last = dots == std::string_view::npos ? first : read_year(text.substr(dots + 2));
    if (!first || !last || (*first == 0 && *last == 0)) return std::nullopt;
    if (*last != 0 && *first > *last) return std::nullopt;
    return Years{*first, *last};
}

std::string quoted(std::string_view text) {
    constexpr std::size_t shown = 60;
    const std::size_t end = text.size() <= shown ? text.size() : text::character_begin(text, shown);
    return "\"" + std::string(text.substr(0, end)) + (end < text.size() ? "…\"" : "\"");
}

std::string slug(const std::vector<Word>& words) {
    std::string joined;
    for (const Word& word : words) {
        if (!joined.empty()) joined += '-';
        joined += word.forms.front();
    }
    return joined;
}

bool reads_alike(const Member& a, const Member& b) {
    return std::ranges::equal(a.words, b.words, [](const Word& one, const Word& other) {
        return one.forms.front() == other.forms.front();
    });
}

// One line. What is wrong with it is a sentence's end: "line 3 " + wrong.
class LineParser {
  public:
    LineParser(std::string_view line, const MoreForms& more) : line_(line), more_(more) {}

    bool parse() {
        if (!read_kind()) return false;
        while (true) {
            const auto border = line_.find('=');
            if (!read_member(trim(line_.substr(0, border)))) return false;
            if (border == std::string_view::npos) break;
            line_.remove_prefix(border + 1);
        }
        if (given_ < 2) return refuse("has one name only: a group needs two or more, with = between them");
        if (group.members.size() < 2)
            return refuse("joins nothing: its names differ in case or accents only");
        group.label += slug(group.members.front().words);
        return true;
    }

    Group group;
    std::string wrong;

  private:
    bool refuse(std::string what) {
        wrong = std::move(what);
        return false;
    }

    bool read_kind() {
        const auto colon = line_.find(':');
        if (colon == std::string_view::npos || !is_lower_ascii(line_.substr(0, colon))) return true;
        const auto kind = line_.substr(0, colon);
        if (std::ranges::find(kinds, kind) == kinds.end())
            return refuse("begins with the unknown kind " + quoted(kind) +
                          ": known are place, person, body and term");
        group.label = std::string(kind) + "/";
        line_.remove_prefix(colon + 1);
        return true;
    }

    bool read_member(std::string_view text) {
        if (++given_ > most_members)
            return refuse("has more than " + std::to_string(most_members) + " names");
        Member member;
        if (text.ends_with(']') && text.find('[') != std::string_view::npos) {
            const auto bracket = text.rfind('[');
            const auto inside = text.substr(bracket + 1, text.size() - bracket - 2);
            const auto years = read_years(inside);
            if (!years) return refuse("has years that cannot be read: " + quoted(inside));
            member.years = *years;
            text = trim(text.substr(0, bracket));
        }
        if (text.empty()) return refuse("has a name missing beside an =");
        if (text.find_first_of("[]") != std::string_view::npos)
            return refuse("has a bracket that is not around years at a name's end: " + quoted(text));
        member.text = text;
        member.words = words_of(text::analyze(text, "und"), more_);
        if (member.words.empty()) return refuse("has a name without a letter or digit: " + quoted(text));
        if (member.words.size() > most_words)
            return refuse("has a name of more than " + std::to_string(most_words) +
                          " words: " + quoted(text));
        const bool known = std::ranges::any_of(
            group.members, [&](const Member& other) { return reads_alike(member, other); });
        if (!known) group.members.push_back(std::move(member));
        return true;
    }

    std::string_view line_;
    const MoreForms& more_;
    std::size_t given_ = 0;
};

Failure wrong_line(std::string_view file, std::size_t number, const std::string& wrong) {
    return fail(Errc::bad_argument, std::string(file) + ":" + std::to_string(number) + ": this line " + wrong,
                std::string(right_line));
}

// What makes a line no text at all; empty if nothing.
std::string unreadable(std::string_view line) {
    if (line.size() > most_line_bytes) return "is longer than " + std::to_string(most_line_bytes) + " bytes";
    if (!text::is_valid_utf8(line)) return "is not UTF-8";
    if (has_control(line)) return "has a control character";
    return {};
}

}  // namespace

Result<Aliases> parse_aliases(std::string_view utf8, std::string_view file_name, const MoreForms& more) {
    if (utf8.size() > most_file_bytes)
        return fail(Errc::bad_argument,
                    std::string(file_name) + " is larger than " + std::to_string(most_file_bytes >> 20) +
                        " MiB",
                    "split it into several files");
    if (utf8.starts_with("\xEF\xBB\xBF")) utf8.remove_prefix(3);
    Aliases aliases;
    for (std::size_t number = 1; !utf8.empty(); ++number) {
        const auto end = utf8.find('\n');
        const auto whole = utf8.substr(0, end);
        utf8.remove_prefix(end == std::string_view::npos ? utf8.size() : end + 1);
        if (auto wrong = unreadable(whole); !wrong.empty()) return wrong_line(file_name, number, wrong);
        const auto line = trim(without_comment(whole));
        if (line.empty()) continue;
        LineParser parser(line, more);
        if (!parser.parse()) return wrong_line(file_name, number, parser.wrong);
        aliases.add(std::move(parser.group));
    }
    return aliases;
}

}  // namespace izde::names
