// Tells a page's story from what stands around it.
//
// What a page is decides how much is taken away. On any page: navigation, asides, footers, forms,
// what is hidden, and what names itself a cookie notice or the like. On a page that shows itself
// to be an article of news (it says so, or has a day beside its heading) and has one place where
// the prose is: comments, captions, lists of other stories, and what lies outside of that place.
// A name alone never takes away a heading, the story's place, or most of the page's text; and if
// nothing were left, nothing is taken.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "izde/index/document.hpp"

#include "read/html_page.hpp"

namespace izde::read {

struct Story {
    bool is_article = false;
    std::uint32_t place = 0;             // the box that holds the story; 0: not one box
    const Fact* heading = nullptr;       // of the page's facts
    std::vector<std::uint32_t> dropped;  // by box: the outermost box it is dropped with; 0: kept
    std::vector<bool> is_apart;          // by box: of other stories or other people
};

Story find_story(const Page& page);

// Fills in body and boilerplate. A heading that says what the title says is left out of both;
// bylines and days in lines of their own, if they say what the document's author and date say,
// become boilerplate.
void write_story(const Page& page, const Story& story, index::Document& document);

}  // namespace izde::read
