// The title of a plain text that declares none.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace izde::clip {

struct Title {
    std::string text;
    std::string source;     // first-line lead file-name
    std::size_t begin = 0;  // the line of a first-line title in the body, its line end included;
    std::size_t end = 0;    // begin == end: the title is no line of its own
};

// The first line if it reads like a title, else the beginning of the first sentence, else the
// file's name without its extension. Lines that are furniture (an image's name, a photo credit, a
// date alone) are looked past.
Title find_title(std::string_view body, std::string_view path);

}  // namespace izde::clip
