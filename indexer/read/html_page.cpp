#include "read/html_page.hpp"

#include <algorithm>

#include "read/html_json_ld.hpp"
#include "read/html_tag.hpp"
#include "read/tidy.hpp"

namespace izde::read {
namespace {

constexpr std::size_t longest_json_ld = 1u << 20;
constexpr std::size_t longest_title = 4096;
constexpr std::size_t longest_fact = 1000;
constexpr std::size_t most_facts = 300;
constexpr std::size_t most_captures = 8;
constexpr std::size_t most_lesser_headings = 5;
constexpr std::size_t longest_style = 500;

// One of the words between spaces, in any case.
bool has_word(std::string_view words, std::string_view word) {
    if (words.empty()) return false;
    const std::string lower = ' ' + ascii_lower(words) + ' ';
    return lower.find(' ' + std::string(word) + ' ') != std::string::npos;
}

bool is_hidden(const Attributes& attributes) {
    return attributes.has(Attribute::hidden) || attributes[Attribute::aria_hidden] == "true";
}

// Not for the eye either, but a page may show it later.
bool is_folded(const Attributes& attributes) {
    const std::string_view declared = attributes[Attribute::style].substr(0, longest_style);
    if (declared.empty()) return false;
    std::string style = ascii_lower(declared);
    std::erase(style, ' ');
    return style.find("display:none") != std::string::npos;
}

// schema.org's names for parts of a page.
Kind kind_of_type(std::string_view type) {
    if (type.empty()) return Kind::plain;
    const std::string_view name = type.substr(type.rfind('/') + 1);
    if (name == "WPHeader" || name == "SiteNavigationElement") return Kind::navigation;
    if (name == "WPFooter" || name == "WPSideBar" || name == "WPAdBlock") return Kind::beside;
    return Kind::plain;
}

Kind kind_of_role(std::string_view role) {
    if (role.empty()) return Kind::plain;
    if (role == "navigation" || role == "menu" || role == "menubar") return Kind::navigation;
    if (role == "complementary" || role == "contentinfo" || role == "search") return Kind::beside;
    if (role == "main") return Kind::main;
    if (role == "article") return Kind::article;
    return Kind::plain;
}

}  // namespace

void PageBuilder::open(std::string_view name, const Attributes& attributes) {
    ++depth_;
    if (name == "script")
        in_json_ld_ = ascii_lower(attributes[Attribute::type]).starts_with("application/ld+json");
    if (skipped_at_ != 0) return;
    const Tag tag = tag_of(name);
    ask_for_break(name, tag.around);
    const bool is_whole = name == "html" || name == "body";
    if (tag.is_never_shown || (!is_whole && is_hidden(attributes))) {
        skipped_at_ = depth_;
        return;
    }
    note(name, attributes);
    if (name == "head")
        in_head_ = true;
    else if (in_head_ && !tag.is_head_part)
        in_head_ = false;
    if (name == "title") in_title_ = !title_done_;
    if (name == "pre") ++pre_depth_, page_.has_code = true;
    if (name == "article" || name == "main") ++article_depth_;
    if (name == "a" && link_at_ == 0 && attributes.has(Attribute::href)) {
        link_at_ = depth_;
        page_.outline.count_anchor();
    }
    if (!is_whole && !in_head_) open_box(name, attributes, tag);
}

void PageBuilder::close(std::string_view name) {
    if (name == "script" && in_json_ld_) {
        in_json_ld_ = false;
        read_json_ld(json_ld_, page_.head);
        json_ld_.clear();
    }
    if (skipped_at_ == 0) {
        if (name == "head") in_head_ = false;
        if (name == "title" && in_title_) in_title_ = false, title_done_ = true;
        if (name == "pre" && pre_depth_ > 0) --pre_depth_;
        if ((name == "article" || name == "main") && article_depth_ > 0) --article_depth_;
        if (depth_ == link_at_) link_at_ = 0;
        while (!captures_.empty() && captures_.back().depth >= depth_) captures_.pop_back();
        ask_for_break(name, tag_of(name).around);
        if (!boxes_at_.empty() && boxes_at_.back() == depth_) {
            boxes_at_.pop_back();
            page_.outline.close();
        }
    }
    if (depth_ == skipped_at_) skipped_at_ = 0;
    if (depth_ > 0) --depth_;
}

void PageBuilder::forget_depth() {
    depth_ = skipped_at_ = pre_depth_ = article_depth_ = link_at_ = 0;
    in_head_ = in_title_ = in_json_ld_ = false;
    boxes_at_.clear();
    captures_.clear();
    page_.outline.close_all();
}

Page PageBuilder::take() {
    forget_depth();
    return std::move(page_);
}

Hint PageBuilder::hint_of(std::string_view name, const Attributes& attributes) {
    const bool is_custom = name.find('-') != std::string_view::npos;
    return (is_custom ? hints_.of(name) : Hint()) | hints_.of(attributes[Attribute::classes]) |
           hints_.of(attributes[Attribute::id]);
}

Kind PageBuilder::kind_of(std::string_view name, const Attributes& attributes, const Tag& tag) const {
    if (is_folded(attributes)) return Kind::hidden;
    const Kind by_role = kind_of_role(attributes[Attribute::role]);
    if (by_role != Kind::plain) return by_role;
    const Kind by_type = kind_of_type(attributes[Attribute::itemtype]);
    if (by_type != Kind::plain) return by_type;
    if (name == "header") return article_depth_ == 0 ? Kind::header : Kind::plain;
    return tag.kind;
}

void PageBuilder::open_box(std::string_view name, const Attributes& attributes, const Tag& tag) {
    const Hint hint = hint_of(name, attributes);
    const Kind kind = kind_of(name, attributes, tag);
    const bool is_body = has_word(attributes[Attribute::itemprop], "articlebody");
    Outline& outline = page_.outline;
    const bool is_fact = open_fact(name, attributes, hint);
    if (!is_fact && !is_body && kind == Kind::plain && hint.furnishing == 0 && !hint.is_story_text &&
        !hint.is_related && !tag.is_container)
        return;
    if (outline.is_full()) return;
    const std::uint32_t box = outline.open(kind, hint, is_body);
    boxes_at_.push_back(depth_);
    if (is_fact) page_.facts.back().box = box;
}

bool PageBuilder::open_fact(std::string_view name, const Attributes& attributes, const Hint& hint) {
    Fact fact;
    const std::string_view property = attributes[Attribute::itemprop];
    const bool is_lesser = name == "h2" && lesser_headings_ < most_lesser_headings;
    if (name == "h1" || is_lesser) {
        fact.what = Fact::What::heading;
        fact.rank = is_lesser ? 0 : 1;
        if (is_lesser) ++lesser_headings_;
    } else if (name == "time" || has_word(property, "datepublished") || has_word(property, "datemodified") ||
               has_word(property, "datecreated")) {
        fact.what = Fact::What::day;
        fact.value =
            attributes[attributes.has(Attribute::datetime) ? Attribute::datetime : Attribute::content];
        fact.rank = has_word(property, "datepublished") || attributes.has(Attribute::pubdate) ? 3 : 2;
        fact.is_update = has_word(property, "datemodified") || (hint.is_update && !hint.is_date);
        if (has_word(property, "datepublished")) fact.is_update = false;
    } else if (has_word(property, "author") || has_word(attributes[Attribute::rel], "author") ||
               hint.is_author) {
        fact.what = Fact::What::person;
        fact.value = attributes[Attribute::content];
        fact.rank = has_word(property, "author") ? 3 : hint.is_author ? 1 : 2;
    } else if (hint.is_date || hint.is_update) {
        fact.what = Fact::What::day;
        fact.rank = 1;
        fact.is_update = !hint.is_date;
    } else {
        return false;
    }
    if (page_.facts.size() >= most_facts || captures_.size() >= most_captures) return false;
    fact.value.resize(std::min(fact.value.size(), longest_fact));
    fact.box = page_.outline.current();
    page_.facts.push_back(std::move(fact));
    captures_.push_back({depth_, page_.facts.size() - 1});
    return true;
}

void PageBuilder::note(std::string_view name, const Attributes& attributes) {
    Head& head = page_.head;
    if (name == "html" && head.lang.empty()) head.lang = attributes[Attribute::lang];
    const std::string_view type = attributes[Attribute::itemtype];
    if (!type.empty()) note_type(type.substr(type.rfind('/') + 1), head);
    if (name == "link" && has_word(attributes[Attribute::rel], "canonical") && head.canonical.empty())
        head.canonical = attributes[Attribute::href];
    if (name == "meta") note_meta(attributes);
}

void PageBuilder::note_meta(const Attributes& attributes) {
    const std::string_view content = attributes[Attribute::content];
    // Of <div itemprop=author> <meta itemprop=name content=...> the name is the author's.
    if (attributes[Attribute::itemprop] == "name" && !captures_.empty()) {
        Fact& fact = page_.facts[captures_.back().fact];
        if (fact.what == Fact::What::person) fact.value = content.substr(0, longest_fact);
        return;
    }
    if (!in_head_ && attributes.has(Attribute::itemprop)) {
        const std::string_view property = attributes[Attribute::itemprop];
        if (property == "name" || property == "url" || property == "description") return;
    }
    for (const Attribute key : {Attribute::property, Attribute::name, Attribute::itemprop}) {
        const std::string fact = ascii_lower(attributes[key]);
        if (!fact.empty()) page_.head.meta.emplace(fact, content);
    }
}

void PageBuilder::ask_for_break(std::string_view name, Break around) {
    if (around == Break::none) return;
    page_.outline.ask_for(around);
    if (name == "br" || around == Break::paragraph) capture(" ");
}

void PageBuilder::text(std::string_view text) {
    if (in_json_ld_) return raw(text);
    if (skipped_at_ != 0) return;
    if (in_title_) {
        if (page_.head.title.size() < longest_title) page_.head.title += text.substr(0, longest_title);
        return;
    }
    if (in_head_) return;
    capture(text);
    const bool in_link = link_at_ != 0;
    pre_depth_ > 0 ? page_.outline.add_preformatted(text, in_link) : page_.outline.add(text, in_link);
}

void PageBuilder::capture(std::string_view text) {
    for (const auto& [depth, number] : captures_) {
        std::string& kept = page_.facts[number].text;
        if (kept.size() < longest_fact) kept += text.substr(0, longest_fact);
    }
}

void PageBuilder::raw(std::string_view text) {
    if (in_json_ld_ && json_ld_.size() + text.size() <= longest_json_ld) json_ld_ += text;
}

}  // namespace izde::read
