#include "read/html_attributes.hpp"

#include <algorithm>
#include <cstring>

namespace izde::read {
namespace {

// In the order of Attribute.
constexpr auto attribute_names = std::to_array<std::string_view>(
    {"aria-hidden", "class", "content", "datetime", "hidden", "href", "id", "itemprop", "itemtype", "lang",
     "name", "property", "pubdate", "rel", "role", "style", "type"});
static_assert(attribute_names.size() == attribute_count);

constexpr std::size_t longest_name = 100;  // libxml2 begins another one behind it

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_blank(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

bool begins_name(char c) {
    return is_letter(c) || c == '_' || c == ':' || c == '.';
}

bool goes_on_in_name(char c) {
    return begins_name(c) || c == '-' || (c >= '0' && c <= '9');
}

// `small` has no capitals.
bool is_same(std::string_view name, std::string_view small) {
    return std::ranges::equal(name, small, [](char c, char letter) {
        return (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) == letter;
    });
}

// Goes through a page once. What is kept moves to the front in stretches as long as can be.
class Sieve {
  public:
    Sieve(std::string& html, Hints& hints) : html_(html), hints_(hints) {}

    void run() {
        for (at_ = find('<', 0); at_ < html_.size(); at_ = find('<', at_)) {
            if (is_letter(next()))
                pass_tag();
            else if (stands_here("<!--"))
                drop_comment();
            else if (next() == '?' || is_end_tag() || stands_here("<!doctype"))
                at_ = find('>', at_);
            else
                ++at_;
        }
        drop(html_.size(), html_.size());
        html_.resize(kept_);
    }

  private:
    char next() const { return html_[at_ + 1]; }  // the string's own end is there to be looked at

    std::size_t find(char c, std::size_t from) const { return std::min(html_.find(c, from), html_.size()); }

    bool stands_here(std::string_view small) const {
        return is_same(std::string_view(html_).substr(at_, small.size()), small);
    }

    bool is_end_tag() const { return next() == '/' && begins_name(html_[at_ + 2]); }

    bool ends_tag() const { return html_[at_] == '>' || (html_[at_] == '/' && next() == '>'); }

    void drop(std::size_t begin, std::size_t end) {
        const std::size_t bytes = begin - kept_until_;
        if (kept_ != kept_until_) std::memmove(html_.data() + kept_, html_.data() + kept_until_, bytes);
        kept_ += bytes;
        kept_until_ = end;
    }

    // What is in it: without the rest, its neighbours could become a tag.
    void drop_comment() {
        const std::size_t begin = at_ + 4;
        for (at_ = html_.find("--", begin); at_ < html_.size(); at_ = html_.find("--", at_ + 1)) {
            if (html_[at_ + (html_[at_ + 2] == '!' ? 3 : 2)] != '>') continue;
            return drop(begin, at_);
        }
        at_ = html_.size();
        drop(begin, at_);
    }

    std::string_view pass_name() {
        const std::size_t begin = at_, last = std::min(begin + longest_name, html_.size());
        while (at_ < last && goes_on_in_name(html_[at_])) ++at_;
        return std::string_view(html_).substr(begin, at_ - begin);
    }

    void pass_blanks() {
        while (is_blank(html_[at_])) ++at_;
    }

    void pass_tag() {
        ++at_;
        const std::string_view tag = pass_name();
        const bool is_style = is_same(tag, "style"), is_script = is_same(tag, "script");
        is_link_ = is_same(tag, "link");
        seen_ = 0;
        pass_blanks();
        while (at_ < html_.size() && !ends_tag())
            begins_name(html_[at_]) ? pass_attribute() : drop_nonsense();
        if ((is_style || is_script) && html_[at_] == '>')
            pass_raw(is_style ? "style" : "script", is_style || (seen_ & bit(Attribute::type)) == 0);
    }

    void drop_nonsense() {
        const std::size_t begin = at_;
        while (at_ < html_.size() && !is_blank(html_[at_]) && !ends_tag()) ++at_;
        drop(begin, at_);
        pass_blanks();
    }

    void pass_attribute() {
        const std::size_t begin = at_;
        const auto attribute = attribute_of(pass_name());
        const std::size_t name_end = at_;
        pass_blanks();
        const bool has_value = html_[at_] == '=';
        const std::string_view value = has_value ? pass_value() : std::string_view();
        pass_blanks();
        if (!attribute || (seen_ & bit(*attribute)) != 0 || says_nothing(*attribute, value)) {
            drop(begin, at_);
        } else if (has_value && attribute == Attribute::href && !is_link_) {
            html_[name_end] = ' ';
            drop(name_end + 1, at_);
        }
        if (attribute) seen_ |= bit(*attribute);
    }

    bool says_nothing(Attribute attribute, std::string_view value) {
        if (attribute != Attribute::classes && attribute != Attribute::id) return false;
        return value.find('&') == std::string_view::npos && hints_.of(value) == Hint();
    }

    std::string_view pass_value() {
        ++at_;
        pass_blanks();
        const char quote = html_[at_];
        const bool is_quoted = quote == '"' || quote == '\'';
        const std::size_t begin = is_quoted ? ++at_ : at_;
        if (is_quoted)
            at_ = find(quote, at_);
        else
            while (at_ < html_.size() && html_[at_] != '>' && !is_blank(html_[at_])) ++at_;
        const std::size_t end = at_;
        if (is_quoted && at_ < html_.size()) ++at_;
        return std::string_view(html_).substr(begin, end - begin);
    }

    // These tags right at the beginning are some, and may end it.
    void pass_raw(std::string_view tag, bool is_dropped) {
        const std::size_t begin = ++at_;
        if (html_[at_] == '<' && is_end_tag()) return;
        for (const std::string_view ending : {"<noscript", "<body", "<frameset"})
            if (stands_here(ending)) return;
        for (at_ = find('<', at_); at_ < html_.size(); at_ = find('<', at_ + 1)) {
            if (next() != '/' || !is_same(std::string_view(html_).substr(at_ + 2, tag.size()), tag)) continue;
            if (!goes_on_in_name(html_[at_ + 2 + tag.size()])) break;
        }
        if (is_dropped) drop(begin, at_);
    }

    static constexpr std::uint32_t bit(Attribute one) { return 1U << static_cast<unsigned>(one); }

    std::string& html_;
    Hints& hints_;
    std::uint32_t seen_ = 0;  // bits of the tag's attributes: libxml2 believes the first of two
    bool is_link_ = false;
    std::size_t at_ = 0;
    std::size_t kept_ = 0;        // so many bytes are where they stay
    std::size_t kept_until_ = 0;  // what follows is kept as well, up to at_
};

}  // namespace

std::optional<Attribute> attribute_of(std::string_view name) {
    for (std::size_t i = 0; i < attribute_names.size(); ++i)
        if (name.size() == attribute_names[i].size() && is_same(name, attribute_names[i]))
            return static_cast<Attribute>(i);
    return std::nullopt;
}

void Attributes::add(std::string_view name, std::string_view value) {
    const auto one = attribute_of(name);
    if (!one) return;
    present_ |= 1U << place(*one);
    values_[place(*one)] = value;
}

void drop_unread(std::string& html, Hints& hints) {
    Sieve(html, hints).run();
}

}  // namespace izde::read
