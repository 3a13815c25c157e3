// A document as izde knows it: what readers produce, what the index stores, what a hit shows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace izde::index {

enum class Precision : std::uint8_t { none, year, month, day };
std::string to_string(Precision precision);

// The document's own date; never the file's time of modification.
struct Date {
    std::string value;  // "2022", "2022-01" or "2022-01-25" as precision says; empty: not known
    Precision precision = Precision::none;
    std::string source;  // metadata byline dateline text url file-name; empty: no date
    std::string text;    // as it stood in the document, when known
};

// A part of a document that is not its story: a caption, a share line, a menu, a footer.
struct Furniture {
    std::string text;    // a line or more, without a line end behind the last
    std::size_t at = 0;  // the byte of the body before which it stood; pieces are in the text's order
    friend bool operator==(const Furniture&, const Furniture&) = default;
};

// All text is valid UTF-8. Where a value came from is said in the field named after it: metadata
// heading byline dateline text url file-name, and for titles first-line lead; empty: no value.
struct Document {
    std::string id;      // 16 hexadecimal digits, from where the document stands; survives rebuilds
    std::string path;    // relative to its source folder, with '/'
    std::string record;  // id of the record inside a file that holds several; empty: the whole file
    std::string url;     // empty: none known
    std::string title;
    std::string title_source;
    std::string body;                    // plain text, no markup; paragraphs end with "\n"
    std::vector<Furniture> boilerplate;  // kept and shown, not searched
    std::string lang = "und";
    std::string format;    // txt markdown html json jsonl csv tsv eml mbox rss atom pdf docx odt epub rtf
    std::string encoding;  // as ICU names it: UTF-8, windows-1251, GB18030
    std::string author;    // several: "A, B"
    std::string author_source;
    std::string place;  // where it was written, by its dateline: "Astana"
    std::string place_source;
    std::string source;  // the publication or the agency
    std::string source_source;
    Date date;
    std::string group;          // id of the document that leads its near-duplicates; empty: none is like it
    std::uint64_t similar = 0;  // how many other documents are in the group
    std::uint32_t first_seen = 0;  // UTC, seconds since 1970: the run that first indexed its id; 0: none yet
};

}  // namespace izde::index
