// The plain text of a mail: what its author wrote, apart from quoted mails and the signature.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "izde/index/document.hpp"

namespace izde::read {

// Text and what is set aside, in the order in which they stood.
struct Letter {
    std::string body;  // paragraphs; parts are joined by an empty line
    std::vector<index::Furniture> boilerplate;

    void add_text(std::string_view text);
    void add_furniture(std::string_view text);
    void add(const Letter& other);
};

// Lines joined again that the sender's program broke (format=flowed, RFC 3676). With `delete_space`
// the space at the break goes too.
std::string unflowed(std::string_view text, bool delete_space);

// Lines behind ">", with the line that introduces them, and what follows "-- " become furniture. If
// all of it is quoted, it is the text (a newsletter passed on).
Letter read_letter(std::string_view text);

}  // namespace izde::read
