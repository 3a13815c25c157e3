// What every page that the server renders has around its own part: head, box, footer.
#pragma once

#include <string>
#include <string_view>

#include "http/form.hpp"
#include "http/markup.hpp"
#include "http/message.hpp"
#include "http/words.hpp"

namespace izde::http {

// One page being written for one request.
struct Sheet {
    const Words& words;
    Params params;       // of the search that the page shows or came from, without `hl`
    bool chose = false;  // whether the address says which language the page is in, to be remembered
    Markup html = {};

    Sheet(const Words& of, const Message& request);

    std::string query() const;  // the value of `q`
};

// The address of a page with these parameters.
std::string href(std::string_view path, const Params& params);

struct Frame {
    std::string title;        // before " – izde"; empty: none
    std::string_view script;  // "/document.js"; empty: none
    std::string_view path;    // of this page, for the links to its other languages
};

void open_frame(Sheet& sheet, const Frame& frame);

// `about` is a line of the footer; empty: none.
void close_frame(Sheet& sheet, const Frame& frame, std::string_view about);

inline constexpr std::string_view page_type = "text/html; charset=utf-8";

// A page as an answer, with its headers; its text depends on the reader's language.
Answer page_answer(Sheet& sheet, int status = 200);

}  // namespace izde::http
