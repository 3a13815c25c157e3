// The values of mail headers as people read them. Each takes the raw value, folded or not; `hint`
// names the encoding that bytes beyond ASCII are in by all likelihood (that of the text below).
#pragma once

#include <string>
#include <string_view>

#include "izde/index/document.hpp"

namespace izde::read {

// The text on one line: encoded words (RFC 2047) in any charset ICU knows, and raw bytes as
// decode() reads them. What is broken stays as it stands.
std::string header_text(std::string_view raw, std::string_view hint = {});

// The names of the mailboxes, joined by ", "; of one without a name, its address.
std::string header_names(std::string_view raw, std::string_view hint = {});

// The day as it was where the date was written. RFC 2822 with its obsolete forms (two-digit years,
// comments, named zones), and whatever clip::read_date reads.
index::Date header_date(std::string_view raw);

// A web address, in angle brackets or not; else empty.
std::string header_address(std::string_view raw);

// The subject without "Re:", "Fwd:", "Ответ:", "转发：" and the like before it; never empty if the
// subject is not.
std::string without_reply_marks(std::string_view subject);

}  // namespace izde::read
