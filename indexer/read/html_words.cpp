#include "read/html_words.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <vector>

namespace izde::read {
namespace {

constexpr std::size_t most_names = 24;
constexpr std::size_t longest_names = 1000;
constexpr std::size_t most_words = 12;
constexpr std::size_t most_known = 4096;
constexpr std::size_t longest_known = 200;

struct Words {
    Furnishing furnishing;
    std::vector<std::string_view> words;  // one, or two or three that follow each other
};

// To teach izde another word for furniture, add it here. Words of several languages: what sites
// in Russian, Kazakh and Chinese use in their class names is mostly English or transcribed.
const std::vector<Words>& furniture_words() {
    static const std::vector<Words> words{
        {always,
         {"share",
          "sharing",
          "shares",
          "sharebar",
          "sharebuttons",
          "sharethis",
          "sharedaddy",
          "addthis",
          "addtoany",
          "addthistoolbox",
          "social",
          "socials",
          "soc",
          "sociallinks",
          "socialshare",
          "yashare",
          "pluso",
          "uptolike",
          "goodshare",
          "bdsharebuttonbox",
          "bdshare",
          "jiathis",
          "fenxiang",
          "bolisu",
          "newsletter",
          "newsletters",
          "subscribe",
          "subscribeform",
          "subscription",
          "subscriptions",
          "podpiska",
          "mailchimp",
          "cookie",
          "cookies",
          "cookiebar",
          "cookiebanner",
          "consent",
          "gdpr",
          "onetrust",
          "cookieconsent",
          "breadcrumb",
          "breadcrumbs",
          "crumbs",
          "crumb",
          "bread crumb",
          "bread crumbs",
          "mianbaoxie",
          "advert",
          "adverts",
          "advertising",
          "advertisement",
          "adsbygoogle",
          "adfox",
          "reklama",
          "zharnama",
          "guanggao",
          "outbrain",
          "taboola",
          "doubleclick",
          "adslot",
          "ad slot",
          "ad container",
          "ad banner",
          "skip link",
          "skiplink",
          "skip links",
          "pagination",
          "qrcode",
          "erweima",
          "ewm",
          "app download",
          "appdownload",
          "push notification",
          "amp ad",
          "user notification",
          "noprint sharing",
          "whatsapp share",
          "telegram subscribe",
          "dingyue"}},
        {links, {"nav",      "navbar",    "navigation", "menu",     "submenu",  "mainmenu", "topmenu",
                 "topbar",   "topnav",    "sidenav",    "sidebar",  "sidebars", "pager",    "tabs",
                 "footer",   "bottombar", "footmenu",   "subnav",   "navpath",  "tagcloud", "toolbar",
                 "megamenu", "sitemap",   "masthead",   "linklist", "partners", "hotlinks", "friendlink"}},
        {in_story,
         {"related",
          "relatedposts",
          "relatednews",
          "relevant",
          "comments",
          "comment",
          "commentlist",
          "commentslist",
          "commentform",
          "respond",
          "disqus",
          "hypercomments",
          "cackle",
          "kommentarii",
          "pikir",
          "pikirler",
          "pinglun",
          "changyan",
          "reviews",
          "popular",
          "trending",
          "most read",
          "mostread",
          "most viewed",
          "most popular",
          "mostviewed",
          "recommended",
          "recommend",
          "recommendation",
          "recommendations",
          "tuijian",
          "xiangguan",
          "read also",
          "readalso",
          "also read",
          "alsoread",
          "see also",
          "seealso",
          "read more",
          "readmore",
          "more news",
          "morenews",
          "other news",
          "othernews",
          "latest news",
          "latestnews",
          "last news",
          "lastnews",
          "latest posts",
          "recent posts",
          "recentposts",
          "top news",
          "topnews",
          "hot news",
          "hotnews",
          "news list",
          "newslist",
          "news feed",
          "newsfeed",
          "lenta",
          "similar",
          "pohozhie",
          "yarpp",
          "recirc",
          "recirculation",
          "more stories",
          "top stories",
          "morestories",
          "next article",
          "prev article",
          "next post",
          "prev post",
          "post navigation",
          "posts navigation",
          "nav links",
          "tags",
          "tag list",
          "taglist",
          "tag links",
          "tags links",
          "cat links",
          "post tags",
          "keywords",
          "caption",
          "captions",
          "wp caption",
          "photo credit",
          "photocredit",
          "image credit",
          "img credit",
          "credit",
          "credits",
          "imgcaption",
          "figcaption",
          "photo author",
          "rating",
          "ratings",
          "vote",
          "votes",
          "likes",
          "like",
          "dislike",
          "reactions",
          "reaction",
          "emoji",
          "views",
          "counter",
          "view count",
          "viewcount",
          "hits",
          "sidebar",
          "login",
          "signin",
          "signup",
          "popup",
          "modal",
          "searchform",
          "search form",
          "bianji",
          "author box",
          "authorbox",
          "author bio",
          "author info",
          "about author",
          "post author box",
          "jiucuo",
          "report error",
          "orphus",
          "mistape",
          "typo",
          "print link",
          "donate",
          "donation",
          "ads",
          "ad",
          "banner",
          "banners",
          "sponsored",
          "sponsor",
          "partner news",
          "widget area",
          "screen reader text",
          "sr only",
          "visually hidden",
          "listen",
          "audio player",
          "text to speech",
          "reading time",
          "readtime",
          "read time",
          "estimated read"}},
        {small_in_story,
         {"promo",     "promotion",   "teaser",         "teasers",    "widget",     "widgets",
          "follow",    "download",    "category",       "categories", "rubric",     "rubrics",
          "kicker",    "eyebrow",     "section name",   "print",      "footer",     "toolbar",
          "toc",       "back to top", "hashtags",       "lightbox",   "slider nav", "media credit",
          "copy link", "copyright",   "copyrights",     "editor",     "zebian",     "font size",
          "fontsize",  "shouji",      "telegram",       "whatsapp",   "facebook",   "twitter",
          "vkontakte", "feedback",    "call to action", "cta"}}};
    return words;
}

constexpr auto story_words =
    std::to_array<std::string_view>({"articlebody",      "article body",    "article content",
                                     "article text",     "articletext",     "articlecontent",
                                     "article detail",   "article main",    "entry content",
                                     "post content",     "post body",       "post text",
                                     "postcontent",      "story body",      "storybody",
                                     "story content",    "story text",      "storytext",
                                     "news text",        "newstext",        "news content",
                                     "news body",        "news detail",     "detail text",
                                     "newsdetail",       "content article", "main text",
                                     "mediator article", "trs editor",      "artibody",
                                     "rich text",        "text body",       "body text",
                                     "news item text",   "news full text",  "full text",
                                     "fulltext",         "zhengwen",        "nrwz",
                                     "content body",     "content text",    "text content",
                                     "article entry",    "single content",  "material text",
                                     "news article",     "c article body",  "content detail",
                                     "page content text"});

constexpr auto author_words = std::to_array<std::string_view>(
    {"byline", "by line", "author", "authors", "journalist", "reporter", "avtor", "zuozhe", "autor"});

constexpr auto date_words = std::to_array<std::string_view>(
    {"meta", "postmeta", "entrymeta", "date", "datetime", "pubdate", "pub date", "published", "time",
     "timestamp", "dateline date", "posted on", "postdate", "publishdate", "publishtime", "pubtime",
     "shijian", "riqi"});

constexpr auto update_words =
    std::to_array<std::string_view>({"updated", "update", "modified", "edited", "lastmod"});

// What says that a part of the page is about other stories or by other people.
constexpr auto related_words = std::to_array<std::string_view>(
    {"related",     "comments",  "comment",         "commentlist",  "respond",   "popular",
     "recommended", "similar",   "sidebar",         "lenta",        "newslist",  "latest news",
     "last news",   "news feed", "recent posts",    "most read",    "trending",  "teaser",
     "teasers",     "card",      "widget",          "topnews",      "read also", "xiangguan",
     "tuijian",     "pinglun",   "recommendations", "relatedposts", "more news"});

// With one of these, a name tells of the page's make-up: "has-sidebar", "no-comments".
constexpr auto making_words =
    std::to_array<std::string_view>({"has", "have", "with", "without", "no", "not", "layout", "enabled",
                                     "disabled", "elementor", "js", "open", "closed", "template"});

struct Meaning {
    std::uint8_t furnishing = 0;
    bool is_story_text = false;
    bool is_author = false;
    bool is_date = false;
    bool is_update = false;
    bool is_related = false;
    bool is_making = false;
};
using Dictionary = std::unordered_map<std::string_view, Meaning>;

template <class List>
void mark(Dictionary& dictionary, const List& list, bool Meaning::*what) {
    for (const std::string_view words : list) dictionary[words].*what = true;
}

const Dictionary& dictionary() {
    static const Dictionary words = [] {
        Dictionary made;
        for (const auto& [furnishing, list] : furniture_words())
            for (const auto word : list) made[word].furnishing |= furnishing;
        mark(made, story_words, &Meaning::is_story_text);
        mark(made, author_words, &Meaning::is_author);
        mark(made, date_words, &Meaning::is_date);
        mark(made, update_words, &Meaning::is_update);
        mark(made, related_words, &Meaning::is_related);
        mark(made, making_words, &Meaning::is_making);
        return made;
    }();
    return words;
}

bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

bool is_small(char c) {
    return c >= 'a' && c <= 'z';
}

// "articleBody__share-2" → "article body share"; `borders` are where words end.
std::string spaced_words(std::string_view name, std::vector<std::size_t>& borders) {
    std::string words;
    borders.clear();
    bool between = true;
    for (std::size_t i = 0; i < name.size() && borders.size() < most_words; ++i) {
        const bool is_letter = is_capital(name[i]) || is_small(name[i]);
        const bool is_camel = is_capital(name[i]) && i > 0 && is_small(name[i - 1]);
        if ((!is_letter || is_camel) && !between) {
            borders.push_back(words.size());
            between = true;
        }
        if (!is_letter) continue;
        if (between && !words.empty()) words += ' ';
        words += is_capital(name[i]) ? static_cast<char>(name[i] - 'A' + 'a') : name[i];
        between = false;
    }
    if (!between) borders.push_back(words.size());
    return words;
}

Hint hint_of(const Meaning& meaning) {
    return {meaning.furnishing, meaning.is_story_text, meaning.is_author,
            meaning.is_date,    meaning.is_update,     meaning.is_related};
}

Hint read_name(std::string_view name, std::vector<std::size_t>& borders) {
    const std::string words = spaced_words(name, borders);
    const std::string_view all = words;
    Hint hint;
    for (std::size_t first = 0; first < borders.size(); ++first) {
        const std::size_t begin = first == 0 ? 0 : borders[first - 1] + 1;
        for (std::size_t last = first; last < std::min(borders.size(), first + 3); ++last) {
            const auto found = dictionary().find(all.substr(begin, borders[last] - begin));
            if (found == dictionary().end()) continue;
            if (found->second.is_making) return {};
            hint = hint | hint_of(found->second);
        }
    }
    return hint;
}

}  // namespace

Hint operator|(const Hint& a, const Hint& b) {
    return {static_cast<std::uint8_t>(a.furnishing | b.furnishing),
            a.is_story_text || b.is_story_text,
            a.is_author || b.is_author,
            a.is_date || b.is_date,
            a.is_update || b.is_update,
            a.is_related || b.is_related};
}

Hint read_hint(std::string_view names) {
    names = names.substr(0, longest_names);
    Hint hint;
    std::vector<std::size_t> borders;
    constexpr std::string_view white = " \t\r\n\f";
    for (std::size_t count = 0; count < most_names; ++count) {
        const std::size_t begin = names.find_first_not_of(white);
        if (begin == std::string_view::npos) break;
        names.remove_prefix(begin);
        const std::size_t end = std::min(names.find_first_of(white), names.size());
        hint = hint | read_name(names.substr(0, end), borders);
        names.remove_prefix(end);
    }
    return hint;
}

Hint Hints::of(std::string_view names) {
    if (names.empty()) return {};
    if (names.size() > longest_known) return read_hint(names);
    if (const auto known = known_.find(names); known != known_.end()) return known->second;
    const Hint hint = read_hint(names);
    if (known_.size() < most_known) known_.emplace(names, hint);
    return hint;
}

}  // namespace izde::read
