#include "clip/facts.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "izde/text/letters.hpp"
#include "izde/text/utf8.hpp"

#include "clip/date.hpp"
#include "clip/furniture.hpp"
#include "clip/lines.hpp"
#include "clip/names.hpp"
#include "clip/rules.hpp"
#include "clip/title.hpp"

namespace izde::clip {
namespace {

constexpr std::size_t longest_lead = 1000;  // bytes
constexpr std::size_t longest_name = 50;    // characters of a paper's

// "Steppe Wire" and "早安西南" send mails, too.
bool may_be_person(std::string_view name) {
    if (looks_like_paper(name)) return false;
    return looks_like_name(name) || (words_of(name).size() < 2 && !is_han(name)) ||
           name.find_first_of("@,") != std::string_view::npos;
}

void take_once(std::string& value, std::string& source, const std::string& found, const char* from) {
    if (!value.empty() || found.empty()) return;
    value = found;
    source = from;
}

bool is_other_day(std::string_view before) {
    const std::string text = text::comparable(before).text;
    return std::ranges::any_of(find_phrases(text, {Role::not_the_date}),
                               [&](const Hit& hit) { return hit.end + 5 >= text.size(); });
}

// "2019–2024 The Steppe Herald. All rights reserved" → "The Steppe Herald"
std::string owner_in(std::string_view rest) {
    constexpr std::string_view figures = "0123456789-,. ";
    const auto is_figure = [&](std::string_view text) {
        return figures.find(text.front()) != std::string_view::npos ? 1u : text.starts_with("–") ? 3u : 0u;
    };
    // «Egemen Qazaqstan» республикалық газеті АҚ
    const std::size_t open = rest.find("«");
    const std::size_t close = rest.find("»");
    if (open < 12 && close != std::string_view::npos && close > open) rest = rest.substr(open, close - open);
    rest = strip(rest);
    while (!rest.empty() && is_figure(rest) > 0) rest.remove_prefix(is_figure(rest));
    if (rest.starts_with("by ")) rest.remove_prefix(3);
    for (const std::string_view end : {". ", ", ", "; ", " | ", " & Co", " Ltd", " GmbH", " Limited", " Inc",
                                       " – ", " — ", " - ", "。", "，", "："})
        rest = rest.substr(0, rest.find(end));
    while (!rest.empty() && figures.find(rest.back()) != std::string_view::npos) rest.remove_suffix(1);
    rest = strip(rest);
    if (!rest.empty() && is_han(rest.substr(0, 3))) rest = rest.substr(0, rest.find_first_of(" |"));
    if (is_han(rest.substr(0, 3)) && (rest.size() > 48 || rest.find("》") != std::string_view::npos))
        return {};
    const auto written = text::capitals(rest.substr(0, rest.find(' ')));
    if (rest.empty() || text::count_code_points(rest) > longest_name ||
        rest.find("。") != std::string_view::npos || words_of(rest).size() > 6 ||
        (written == text::Capitals::small || (written == text::Capitals::none && !is_han(rest))))
        return {};
    return judge(rest).is_furniture ? std::string() : clean_title(rest);
}

std::string copyright_owner(std::string_view text) {
    const text::Comparable line = text::comparable(text);
    const auto signs = find_phrases(line.text, {Role::copyright}, 1);
    if (signs.empty()) return {};
    // "Радио Азаттык © 2020 RFE/RL, Inc."
    const std::string owner = owner_in(text.substr(0, line.origin[signs[0].begin]));
    return owner.empty() ? owner_in(text.substr(line.origin[signs[0].end])) : owner;
}

}  // namespace

Facts::Facts(index::Document& document) : document_(document) {
    const auto note = [](const std::string& value, std::string& source) {
        if (!value.empty() && source.empty()) source = "metadata";
    };
    // Notes of Obsidian link names: [[Ержан Төлеу]].
    if (document_.format == "markdown")
        std::erase_if(document_.author, [](char c) { return c == '[' || c == ']'; });
    if (is_phrase(document_.author, Role::nobody)) document_.author.clear();
    if (is_phrase(document_.author, Role::agency)) sender_is_paper();
    note(document_.author, document_.author_source);
    note(document_.place, document_.place_source);
    note(document_.source, document_.source_source);
    if (!document_.date.text.empty()) {
        rank_ = Rank::declared;
        if (document_.date.source.empty()) document_.date.source = "metadata";
    }
    title_is_known_ = !document_.title.empty();
    if (title_is_known_) document_.title = clean_title(document_.title);
    // A mail's sender may be a paper.
    if (is_mail() && !may_be_person(document_.author)) sender_is_paper();
}

void Facts::sender_is_paper() {
    if (document_.source.empty()) {
        document_.source = std::move(document_.author);
        document_.source_source = std::move(document_.author_source);
    }
    document_.author.clear();
    document_.author_source.clear();
}

bool Facts::is_mail() const {
    return document_.format == "eml" || document_.format == "mbox";
}

void Facts::take(const FactLine& facts, Rank rank) {
    // Before the title stands the paper's name rather than a person's.
    const bool is_masthead = rank == Rank::head && !title_is_known_ && !facts.author_is_marked;
    if (is_masthead && looks_like_paper(facts.author)) take_source(facts.author, "byline");
    const bool from_sender = is_mail() && document_.author_source == "metadata";
    if (from_sender && !facts.author.empty() && facts.author != document_.author) sender_is_paper();
    if (!is_masthead) take_once(document_.author, document_.author_source, facts.author, "byline");
    take_once(document_.source, document_.source_source, facts.source, "byline");
    take_once(document_.place, document_.place_source, facts.place, "byline");
    if (document_.url.empty()) document_.url = facts.url;
    if (document_.title.empty() && !facts.title.empty()) take_title(facts.title, "first-line");
    // A date beside a name is a byline's, wherever the line stands.
    if (rank == Rank::head && (facts.is_labelled || !facts.author.empty()) && !is_page_header(facts))
        rank = Rank::byline;
    take_date(facts.published, rank, rank == Rank::byline ? "byline" : "text");
    take_date(facts.updated, Rank::updated, "byline");
}

void Facts::take(const Dateline& line) {
    if (line.end == 0) return;
    take_once(document_.place, document_.place_source, text::collapse_spaces(line.place), "dateline");
    take_once(document_.source, document_.source_source, text::collapse_spaces(line.agency), "dateline");
    take_once(document_.author, document_.author_source, read_names(line.author), "dateline");
    take_date(line.date, Rank::dateline, "dateline");
}

// "date 2022-01-26 What's new": before any title, with nothing of an author.
bool Facts::is_page_header(const FactLine& facts) const {
    return !title_seen_ && facts.author.empty() && !facts.author_is_marked;
}

// A date with its year beats one without, even of better rank.
void Facts::take_date(const index::Date& date, Rank rank, const char* source) {
    if (date.text.empty()) return;
    const bool has_value = !document_.date.value.empty();
    if (has_value && (date.value.empty() || rank_ <= rank)) return;
    if (!has_value && date.value.empty() && rank_ <= rank) return;
    document_.date = date;
    document_.date.source = source;
    rank_ = rank;
}

// The first day a report names is the day it is about, unless a word before it says otherwise.
void Facts::take_lead(std::string_view paragraph) {
    const std::string_view lead = paragraph.substr(0, text::character_begin(paragraph, longest_lead));
    for (const FoundDate& found : find_dates(lead, 3)) {
        if (is_other_day(lead.substr(0, found.begin))) continue;
        return take_date(found.date, Rank::lead, "text");
    }
}

// "© 2024 The Steppe Herald", an address on a line of its own.
void Facts::take_furniture(std::string_view text) {
    if (document_.url.empty() && text.find("http") != std::string_view::npos)
        if (const auto facts = read_fact_line(text)) document_.url = facts->url;
    if (document_.source.empty()) take_source(copyright_owner(text), "text");
}

void Facts::take_signature(std::string_view text) {
    FactLine facts;
    if (looks_like_paper(text))
        facts.source = text::collapse_spaces(strip(text));
    else
        facts.author = read_names(text);
    take(facts, Rank::labelled);
}

void Facts::take_authors(std::string_view names) {
    take_once(document_.author, document_.author_source, read_names(names), "byline");
}

void Facts::take_source(std::string_view name, const char* source) {
    const std::string_view site = strip(name.substr(0, name.find(" (")));
    if (text::count_code_points(site) > longest_name || site.find('|') != std::string_view::npos ||
        site.find(" / ") != std::string_view::npos)
        return;
    take_once(document_.source, document_.source_source, text::collapse_spaces(site), source);
}

void Facts::take_title(std::string_view title, const char* source) {
    document_.title = clean_title(title);
    document_.title_source = source;
    title_is_known_ = title_seen_ = true;
}

void Facts::take_names() {
    take_date(date_in_name(document_.url, "url"), Rank::address, "url");
    const std::string_view file = file_of(document_);
    take_date(date_in_name(file.substr(file.rfind('/') + 1), "file-name"), Rank::name, "file-name");
}

}  // namespace izde::clip
