// One mail as a document; a mailbox is made of these.
#pragma once

#include <string>
#include <string_view>

#include "read/read.hpp"

namespace izde::read {

struct Mail {
    Result<index::Document> document;  // without path, format and record
    std::string message_id;            // without angle brackets; empty: it has none
    bool is_cut = false;               // it has more parts than are read
};

// `origin` is for the pages among its parts. An Error: bytes that are no mail, or an empty one.
Mail read_message(std::string_view bytes, const Origin& origin);

inline constexpr std::string_view cut_note = "too many parts or headers; the rest of the mail is not read";

}  // namespace izde::read
