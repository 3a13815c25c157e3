// What is asked of a page's tags, and the page without all else that stands in them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "read/html_words.hpp"

namespace izde::read {

// These are read, and no others.
enum class Attribute : std::uint8_t {
    aria_hidden,
    classes,
    content,
    datetime,
    hidden,
    href,  // where a <link> leads; of other tags only whether there is one
    id,
    itemprop,
    itemtype,
    lang,
    name,
    property,
    pubdate,
    rel,
    role,
    style,
    type,
};
inline constexpr std::size_t attribute_count = static_cast<std::size_t>(Attribute::type) + 1;

std::optional<Attribute> attribute_of(std::string_view name);  // "class", "CLASS"

// Of one tag. What they say belongs to the parser.
class Attributes {
  public:
    void clear() { present_ = 0; }
    void add(std::string_view name, std::string_view value);

    bool has(Attribute one) const { return (present_ >> place(one) & 1U) != 0; }
    std::string_view operator[](Attribute one) const {  // empty where there is none
        return has(one) ? values_[place(one)] : std::string_view();
    }

  private:
    static constexpr std::size_t place(Attribute one) { return static_cast<std::size_t>(one); }

    std::uint32_t present_ = 0;
    std::array<std::string_view, attribute_count> values_;
};

// Takes out of a page what nobody reads: other attributes, classes and ids that hint at nothing, comments,
// scripts without a type, styles. Else it means the same to libxml2, whose notion of a tag this follows: it
// would look at each of these letter by letter, and compare each attribute with all before it. UTF-8 without
// NUL.
void drop_unread(std::string& html, Hints& hints);

}  // namespace izde::read
