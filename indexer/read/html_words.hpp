// What the names of a page's elements say of them: the tokens of a class, an id or a custom tag.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace izde::read {

// When a name means that its element is no part of the text.
enum Furnishing : std::uint8_t {
    small_in_story = 1,  // on a news page, if it is short or mostly links
    in_story = 2,        // on a news page
    links = 4,           // on any page, if it is mostly links
    always = 8,          // on a news page; on any other as well, if it is short or mostly links
};

struct Hint {
    std::uint8_t furnishing = 0;  // any of Furnishing
    bool is_story_text = false;   // "article-body", "entry-content"
    bool is_author = false;
    bool is_date = false;
    bool is_update = false;   // a date, but of a change
    bool is_related = false;  // other stories, what readers say: none of its facts are the page's

    bool operator==(const Hint&) const = default;
};

// `names` is the value of a class or id attribute, or a tag's name with a hyphen. Names are cut at
// spaces, then into words at '-', '_', digits and camelCase; only whole words count, so that
// "shareholder" is no "share". ASCII letters only; whatever is past the 24th name is not looked at.
Hint read_hint(std::string_view names);

// What either says.
Hint operator|(const Hint& a, const Hint& b);

// The same, remembered: the names on a page are few, and come again and again. Memory is bounded.
class Hints {
  public:
    Hint of(std::string_view names);

  private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view names) const { return std::hash<std::string_view>()(names); }
    };
    std::unordered_map<std::string, Hint, Hash, std::equal_to<>> known_;
};

}  // namespace izde::read
