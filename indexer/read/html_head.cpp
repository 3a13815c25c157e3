#include "read/html_head.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <vector>

#include "izde/text/language.hpp"

#include "clip/date.hpp"
#include "read/html_page.hpp"
#include "read/html_story.hpp"
#include "read/persons.hpp"
#include "read/site_name.hpp"
#include "read/tidy.hpp"

namespace izde::read {
namespace {

constexpr std::size_t longest_shown_day = 100;
constexpr std::uint32_t near_boxes = 6;

std::string first_of(const Statements& facts, std::initializer_list<const char*> keys) {
    for (const char* key : keys) {
        std::string fact = one_line(find_or_empty(facts, key));
        if (!fact.empty()) return fact;
    }
    return {};
}

// Chooses what to believe of one page, and writes it into one document.
class Chooser {
  public:
    Chooser(const Page& page, const Story& story, index::Document& document)
        : page_(page), story_(story), head_(page.head), document_(document) {
        if (story.heading != nullptr) heading_ = one_line(story.heading->text);
        for (const auto* statements : {&head_.meta, &head_.data})
            for (const char* key : {"og:site_name", "publisher", "application-name", "site",
                                    "apple-mobile-web-app-title", "dc.publisher"})
                if (std::string name = first_of(*statements, {key}); !name.empty())
                    sites_.push_back(std::move(name));
    }

    void choose_source();
    void choose_title();
    void choose_date();
    void choose_author();
    void choose_place();
    void choose_address();

  private:
    bool is_site(const std::string& name) const;
    std::string bare_title(std::string title) const;
    bool take_title(const std::string& declared);
    std::string site_beside_heading() const;
    std::string shown_source() const;
    bool is_in_copyright(const std::string& name) const;
    bool is_on_the_spot(const Fact& fact) const;
    bool take_date(index::Date date);
    bool take_declared(std::initializer_list<std::string> days);
    bool take_shown(int rank, bool is_update);
    bool take_from_bylines();
    bool take_author(const std::string& names, const char* source);
    std::string shown_author(int rank) const;

    const Page& page_;
    const Story& story_;
    const Head& head_;
    index::Document& document_;
    std::string heading_;
    std::vector<std::string> sites_;
};

bool Chooser::is_site(const std::string& name) const {
    const std::string lower = ascii_lower(name);
    return std::any_of(sites_.begin(), sites_.end(),
                       [&](const std::string& site) { return ascii_lower(site) == lower; });
}

void Chooser::choose_source() {
    std::string& source = document_.source;
    source = first_of(head_.meta, {"og:site_name"});
    if (source.empty()) source = first_of(head_.data, {"publisher"});
    if (source.empty()) source = first_of(head_.meta, {"publisher", "dc.publisher", "application-name"});
    if (source.empty()) source = first_of(head_.data, {"site"});
    if (!web_address(source).empty()) source.clear();
    if (source.empty()) source = site_beside_heading();
    if (!source.empty()) document_.source_source = "metadata";
    if (source.empty() && story_.is_article) {
        source = shown_source();
        if (!source.empty()) document_.source_source = "byline";
    }
}

// What <title> says besides the heading may be a section; a copyright in the same name is a site's.
std::string Chooser::site_beside_heading() const {
    std::string name = beside(one_line(head_.title), heading_);
    for (const std::string_view separator : {"_", " | ", " - ", " — ", " – "})
        if (const std::size_t last = name.rfind(separator); last != std::string::npos)
            name.erase(0, last + separator.size());
    return !name.empty() && is_in_copyright(name) ? name : std::string();
}

// "2024-06-04 来源：湖畔日报"
std::string Chooser::shown_source() const {
    constexpr auto labels =
        std::to_array<std::string_view>({"来源：", "来源:", "Источник:", "Дереккөз:", "Source:"});
    constexpr std::size_t longest = 60;
    for (const Fact& fact : page_.facts) {
        if (fact.what == Fact::What::heading || story_.is_apart[fact.box]) continue;
        const std::string text = one_line(fact.text);
        for (const auto label : labels) {
            const std::size_t at = text.find(label);
            if (at == std::string::npos) continue;
            const std::string rest = one_line(std::string_view(text).substr(at + label.size()));
            const std::string_view ends = label.starts_with("来") ? " |" : "|,;";
            std::string name = one_line(std::string_view(rest).substr(0, rest.find_first_of(ends)));
            if (!name.empty() && name.size() <= longest) return name;
        }
    }
    return {};
}

bool Chooser::is_in_copyright(const std::string& name) const {
    const Outline& outline = page_.outline;
    for (std::size_t i = 0; i < outline.runs().size(); ++i) {
        const std::string_view text = outline.text_of(i);
        const std::size_t sign = text.find("©");
        if (sign != std::string_view::npos && text.substr(sign, 300).find(name) != std::string_view::npos)
            return true;
    }
    return false;
}

std::string Chooser::bare_title(std::string title) const {
    for (const auto& site : sites_) title = without_site(title, site);
    // Chinese portals: 标题_频道_网站
    const std::size_t channel = title.find('_');
    const bool is_dense = channel != std::string::npos && title.find(' ') == std::string::npos &&
                          static_cast<unsigned char>(title[0]) >= 0xE3;
    if (is_dense && channel > 12) title.resize(channel);
    return title;
}

bool Chooser::take_title(const std::string& declared) {
    if (declared.empty()) return false;
    const bool is_cut = declared.ends_with("…") || declared.ends_with("...");
    const std::string stem = declared.substr(0, declared.size() - (is_cut ? 3 : 0));
    if (has_at_an_end(declared, heading_) || (is_cut && heading_.starts_with(stem))) {
        document_.title = heading_;
        document_.title_source = "heading";
        return true;
    }
    std::string title = bare_title(declared);
    if (is_placeholder(title) || is_site(title)) return false;
    document_.title = std::move(title);
    document_.title_source = "metadata";
    return true;
}

void Chooser::choose_title() {
    if (is_site(heading_) || is_placeholder(heading_)) heading_.clear();
    if (take_title(first_of(head_.data, {"headline"}))) return;
    if (take_title(first_of(head_.meta, {"og:title", "twitter:title", "dc.title"}))) return;
    const std::string title = one_line(head_.title);
    const bool is_own = story_.heading != nullptr && story_.dropped[story_.heading->box] == 0;
    const bool is_first = story_.is_article && is_own && !heading_.empty();
    if (!is_first && take_title(title)) return;
    document_.title = heading_;
    if (!heading_.empty()) document_.title_source = "heading";
    if (heading_.empty()) take_title(title);
}

bool Chooser::take_date(index::Date date) {
    if (document_.date.text.empty() || !date.value.empty()) document_.date = std::move(date);
    return !document_.date.value.empty();
}

bool Chooser::take_declared(std::initializer_list<std::string> days) {
    return std::any_of(days.begin(), days.end(), [&](const std::string& day) {
        return !day.empty() && take_date(clip::read_date(day, "metadata"));
    });
}

// A day above the heading is the site's clock, unless it stands in the same box or in the story.
bool Chooser::is_on_the_spot(const Fact& fact) const {
    if (fact.box == 0 || story_.is_apart[fact.box]) return false;
    if (story_.heading == nullptr || fact.box > story_.heading->box) return true;
    const auto& boxes = page_.outline.boxes();
    const std::uint32_t around = boxes[story_.heading->box].parent;
    if (around == 0) return !story_.is_article;
    std::uint32_t box = fact.box;
    while (box > around && box != story_.place) box = boxes[box].parent;
    return box == around || (story_.place != 0 && box == story_.place);
}

// The first behind the heading, else the first at all.
bool Chooser::take_shown(int rank, bool is_update) {
    const std::uint32_t heading = story_.heading == nullptr ? 0 : story_.heading->box;
    for (const bool is_behind : {true, false})
        for (const Fact& fact : page_.facts) {
            if (fact.what != Fact::What::day || fact.rank != rank || fact.is_update != is_update) continue;
            if ((fact.box > heading) != is_behind || !is_on_the_spot(fact)) continue;
            index::Date date = read_day(fact);
            if (date.value.empty()) date = read_day_within(fact);
            if (!date.value.empty() && take_date(std::move(date))) return true;
        }
    return false;
}

// "By Anna Smith | 7 June 2024"
bool Chooser::take_from_bylines() {
    for (const Fact& fact : page_.facts) {
        if (fact.what != Fact::What::person || !is_on_the_spot(fact)) continue;
        index::Date date = read_day_within(fact);
        if (!date.value.empty() && take_date(std::move(date))) return true;
    }
    return false;
}

void Chooser::choose_date() {
    const auto meta = [&](const char* key) { return first_of(head_.meta, {key}); };
    const auto data = [&](const char* key) { return first_of(head_.data, {key}); };
    if (take_declared({data("date"),
                       meta("article:published_time"),
                       meta("og:article:published_time"),
                       meta("article:published"),
                       meta("og:published_time"),
                       meta("datepublished"),
                       meta("date"),
                       meta("dc.date"),
                       meta("dc.date.issued"),
                       meta("dcterms.date"),
                       meta("dcterms.issued"),
                       meta("pubdate"),
                       meta("publishdate"),
                       meta("publish_date"),
                       meta("publish-date"),
                       meta("publication_date"),
                       meta("sailthru.date"),
                       meta("parsely-pub-date"),
                       meta("citation_publication_date"),
                       meta("pub_date"),
                       meta("bt:pubdate"),
                       meta("weibo:article:create_at")}))
        return;
    if (take_shown(3, false) || take_shown(2, false)) return;
    if (story_.is_article && (take_shown(1, false) || take_from_bylines())) return;
    if (take_declared({data("page date"), data("created"), meta("datecreated"), meta("article:created"),
                       meta("dc.date.created"), meta("dcterms.created")}))
        return;
    if (take_declared({data("modified"), meta("article:modified_time"), meta("og:updated_time"),
                       meta("datemodified"), meta("dcterms.modified"), meta("dc.date.modified"),
                       meta("lastmod"), meta("last-modified")}))
        return;
    if (!take_shown(2, true)) take_shown(1, true);
}

// An organisation that is the site says nothing that the source does not say.
bool Chooser::take_author(const std::string& names, const char* source) {
    if (names.empty() || is_site(names) || names == document_.source) return false;
    document_.author = names;
    document_.author_source = source;
    return true;
}

// The first byline of this rank and those right beside it.
std::string Chooser::shown_author(int rank) const {
    std::string names;
    std::uint32_t first = 0;
    for (const Fact& fact : page_.facts) {
        if (fact.what != Fact::What::person || fact.rank != rank || fact.box == 0) continue;
        if (story_.is_apart[fact.box] || (first != 0 && fact.box > first + near_boxes)) continue;
        const std::string found = persons(fact.value.empty() ? fact.text : fact.value);
        if (found.empty() || is_site(found)) continue;
        add_person(names, found);
        if (first == 0) first = fact.box;
    }
    return names;
}

void Chooser::choose_author() {
    if (take_author(first_of(head_.data, {"author"}), "metadata")) return;
    for (const char* key : {"article:author", "author", "dc.creator", "dcterms.creator", "byl", "byline",
                            "parsely-author", "sailthru.author", "citation_author", "mediator_author"})
        if (take_author(persons(first_of(head_.meta, {key})), "metadata")) return;
    for (const int rank : {3, 2, 1})
        if ((rank > 1 || story_.is_article) && take_author(shown_author(rank), "byline")) return;
}

void Chooser::choose_place() {
    std::string place = first_of(head_.data, {"dateline"});
    if (place.empty()) place = first_of(head_.meta, {"dateline"});
    place.resize(std::min(place.find_first_of(",.;:(0123456789"), place.size()));
    for (const std::string_view dash : {" - ", " – ", " — "})
        place.resize(std::min(place.find(dash), place.size()));
    if (place.empty()) place = first_of(head_.data, {"place"});
    if (place.empty()) place = first_of(head_.meta, {"geo.placename", "og:locality"});
    place = one_line(place);
    constexpr std::size_t longest = 80;
    if (place.empty() || place.size() > longest) return;
    document_.place = std::move(place);
    document_.place_source = "metadata";
}

void Chooser::choose_address() {
    document_.url = web_address(head_.canonical);
    if (document_.url.empty()) document_.url = web_address(first_of(head_.meta, {"og:url"}));
    if (document_.url.empty()) document_.url = web_address(first_of(head_.data, {"url"}));
    for (const std::string& lang :
         {head_.lang, first_of(head_.data, {"lang"}),
          first_of(head_.meta, {"content-language", "og:locale", "language", "dc.language"})}) {
        if (document_.lang != "und" || lang.empty()) continue;
        document_.lang = text::canonical_language(lang.substr(0, lang.find_first_of("_,; ")));
    }
}

// The word behind `name`= or `name` =, quoted or not.
std::string value_behind(std::string_view text, std::string_view name) {
    const std::size_t at = text.find(name);
    if (at == std::string_view::npos) return {};
    constexpr std::string_view skipped = " \t\r\n\"'=";
    const std::size_t begin = text.find_first_not_of(skipped, at + name.size());
    if (begin == std::string_view::npos) return {};
    return std::string(text.substr(begin, text.find_first_of(" \t\r\n\"'/>;?", begin) - begin));
}

// "Опубликовано: 7 июня 2024, 14:35 | 120" → "7 июня 2024, 14:35"
std::string_view without_label(std::string_view day) {
    constexpr auto labels = std::to_array<std::string_view>({"Published",
                                                             "Posted on",
                                                             "Posted",
                                                             "Date",
                                                             "Updated",
                                                             "Last updated",
                                                             "Modified",
                                                             "Опубликовано",
                                                             "Дата публикации",
                                                             "Дата",
                                                             "Обновлено",
                                                             "Создано",
                                                             "Жарияланды",
                                                             "Жарияланған",
                                                             "Жарияланған күні",
                                                             "Күні",
                                                             "Жаңартылды",
                                                             "发布时间",
                                                             "发布日期",
                                                             "发表时间",
                                                             "发表于",
                                                             "发布于",
                                                             "时间",
                                                             "日期",
                                                             "更新时间",
                                                             "on"});
    constexpr std::string_view skipped = " :\t,";
    for (bool again = true; again;) {
        again = false;
        day.remove_prefix(std::min(day.find_first_not_of(skipped), day.size()));
        if (day.starts_with("：")) day.remove_prefix(std::string_view("：").size()), again = true;
        for (const auto label : labels) {
            const std::string_view rest = day.substr(std::min(label.size(), day.size()));
            const bool is_whole = rest.starts_with(' ') || rest.starts_with(':') || rest.starts_with("：");
            if (!day.starts_with(label) || !is_whole) continue;
            day.remove_prefix(label.size());
            again = true;
        }
    }
    for (const std::string_view end : {"|", "｜", "•", " / ", "来源", "  "})
        day = day.substr(0, day.find(end));
    return day;
}

// "14:35, 7 июня 2024" → "7 июня 2024"
std::string_view without_time_before(std::string_view day) {
    const std::size_t colon = day.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon > 2) return day;
    if (day.substr(0, colon).find_first_not_of("0123456789") != std::string_view::npos) return day;
    const std::size_t end = day.find_first_not_of("0123456789:", colon);
    if (end == std::string_view::npos || (day[end] != ' ' && day[end] != ',')) return day;
    return day.substr(std::min(day.find_first_not_of(" ,/", end), day.size()));
}

}  // namespace

std::string find_or_empty(const Statements& statements, std::string_view name) {
    const auto found = statements.find(std::string(name));
    return found == statements.end() ? std::string() : found->second;
}

index::Date read_day(const Fact& fact) {
    if (!fact.value.empty())
        if (index::Date date = clip::read_date(fact.value, "metadata"); !date.value.empty()) return date;
    const std::string shown = one_line(fact.text);
    if (shown.empty() || shown.size() > longest_shown_day) return {};
    std::string day(without_label(shown));
    constexpr std::string_view day_sign = "日";
    const std::size_t sign = day.find(day_sign);
    // "2024年6月4日08:30"
    if (sign != std::string::npos) day.insert(sign + day_sign.size(), 1, ' ');
    index::Date date = clip::read_date(day, "byline");
    return date.value.empty() ? clip::read_date(without_time_before(day), "byline") : date;
}

index::Date read_day_within(const Fact& fact) {
    const std::string shown = one_line(fact.text);
    if (shown.size() > 2 * longest_shown_day) return {};
    constexpr auto borders = std::to_array<std::string_view>({"|", "•", "·", " — ", " – ", " - ", "/", ", "});
    for (const auto border : borders)
        for (std::size_t at = 0; at < shown.size();) {
            const std::size_t end =
                border == ", " ? shown.size() : std::min(shown.find(border, at), shown.size());
            index::Date date =
                clip::read_date(without_label(std::string_view(shown).substr(at, end - at)), "byline");
            if (!date.value.empty()) return date;
            const std::size_t next = shown.find(border, at);
            at = next == std::string::npos ? shown.size() : next + border.size();
        }
    return {};
}

std::string declared_charset(std::string_view bytes) {
    const std::string head = ascii_lower(bytes.substr(0, 4096));
    for (std::size_t at = head.find("<meta"); at != std::string::npos; at = head.find("<meta", at + 1)) {
        const std::string tag = head.substr(at, head.find('>', at) - at);
        std::string charset = value_behind(tag, "charset");
        if (!charset.empty()) return charset;
    }
    if (!head.starts_with("<?xml")) return {};
    return value_behind(std::string_view(head).substr(0, head.find("?>")), "encoding");
}

void apply(const Page& page, const Story& story, index::Document& document) {
    Chooser chooser(page, story, document);
    chooser.choose_source();
    chooser.choose_title();
    chooser.choose_date();
    chooser.choose_author();
    chooser.choose_place();
    chooser.choose_address();
}

}  // namespace izde::read
