// A document as izde knows it: what readers produce, what the index stores, what a hit shows.
#pragma once

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

// All text is valid UTF-8.
struct Document {
    std::string id;      // 16 hexadecimal digits, from where the document stands; survives rebuilds
    std::string path;    // relative to its source folder, with '/'
    std::string record;  // id of the record inside a file that holds several; empty: the whole file
    std::string url;     // empty: none known
    std::string title;
    std::string title_source;              // metadata heading first-line lead file-name
    std::string body;                      // plain text, no markup; paragraphs end with "\n"
    std::vector<std::string> boilerplate;  // furniture: kept and shown, not searched
    std::string lang = "und";
    std::string format;    // txt markdown html json jsonl
    std::string encoding;  // as ICU names it: UTF-8, windows-1251, GB18030
    std::string author;
    std::string place;
    std::string source;  // the publication
    Date date;
};

}  // namespace izde::index
