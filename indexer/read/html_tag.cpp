#include "read/html_tag.hpp"

#include <array>
#include <initializer_list>
#include <unordered_map>
#include <utility>

namespace izde::read {
namespace {

// They differ enough in these for a table of a hundred.
struct Hash {
    std::size_t operator()(std::string_view name) const {
        if (name.empty()) return 0;
        const auto byte = [](char c) { return static_cast<unsigned char>(c); };
        return name.size() + std::size_t{7} * byte(name.front()) + std::size_t{31} * byte(name.back());
    }
};
using Tags = std::unordered_map<std::string_view, Tag, Hash>;

const Tags& known_tags() {
    static const Tags tags = [] {
        Tags made;
        using Names = std::initializer_list<std::string_view>;
        const auto mark = [&](bool Tag::*what, Names names) {
            for (const std::string_view name : names) made[name].*what = true;
        };
        const auto part = [&](Break around, Names names) {
            for (const std::string_view name : names) made[name].around = around;
        };
        mark(&Tag::is_never_shown, {"script", "style", "noscript", "template", "svg", "iframe", "object",
                                    "button", "select", "textarea", "math"});
        mark(&Tag::is_container,
             {"article", "aside", "dialog", "div", "dl", "figure", "figcaption", "footer", "form", "h1",
              "header", "main", "nav", "ol", "section", "table", "td", "ul"});
        mark(&Tag::is_head_part, {"base", "link", "meta", "title", "html"});
        part(Break::paragraph,
             {"address", "article", "aside", "blockquote", "body",     "dd",         "details",
              "dialog",  "div",     "dl",    "dt",         "fieldset", "figcaption", "figure",
              "footer",  "form",    "h1",    "h2",         "h3",       "h4",         "h5",
              "h6",      "header",  "hr",    "html",       "legend",   "main",       "nav",
              "ol",      "p",       "pre",   "section",    "summary",  "table",      "ul"});
        part(Break::line, {"br", "li", "tr", "caption", "option"});
        part(Break::cell, {"td", "th"});
        constexpr auto kinds =
            std::to_array<std::pair<std::string_view, Kind>>({{"nav", Kind::navigation},
                                                              {"aside", Kind::beside},
                                                              {"footer", Kind::beside},
                                                              {"article", Kind::article},
                                                              {"main", Kind::main},
                                                              {"h1", Kind::heading},
                                                              {"form", Kind::form},
                                                              {"figure", Kind::figure},
                                                              {"figcaption", Kind::caption}});
        for (const auto& [name, kind] : kinds) made[name].kind = kind;
        return made;
    }();
    return tags;
}

}  // namespace

Tag tag_of(std::string_view name) {
    const auto found = known_tags().find(name);
    return found == known_tags().end() ? Tag() : found->second;
}

}  // namespace izde::read
