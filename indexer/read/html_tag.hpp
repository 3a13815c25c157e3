// What an element of a page is by its name alone.
#pragma once

#include <string_view>

#include "read/flow.hpp"
#include "read/html_outline.hpp"

namespace izde::read {

struct Tag {
    bool is_never_shown = false;
    bool is_container = false;
    bool is_head_part = false;  // the parser opens no body before a tag it does not know
    Break around = Break::none;
    Kind kind = Kind::plain;
};
Tag tag_of(std::string_view name);  // in lower case; of an unknown one nothing is true

}  // namespace izde::read
