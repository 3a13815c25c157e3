// An entry of a feed, whichever of the formats it came in, and the document it is.
#pragma once

#include <map>
#include <string>

#include "read/read.hpp"

namespace izde::read {

struct FeedField {
    std::string text;
    bool is_html = false;
};

// Keys are names of elements as feeds use them: "title", "dc:creator", and "author/name" for an
// element within another; of several the first that is not empty.
using FeedFields = std::map<std::string, FeedField>;

struct Feed {
    std::string title;
    std::string lang;
    std::string link;  // what relative addresses are relative to
};

struct FeedEntry {
    FeedFields fields;
    bool guid_is_link = true;
};

// With its own id as record; empty: it has none. An Error: an entry without title and text.
Result<index::Document> read_entry(const FeedEntry& entry, const Feed& feed, const Origin& origin);

// Text without markup, on one line.
std::string plain_field(const FeedField& field, const Origin& origin);

}  // namespace izde::read
