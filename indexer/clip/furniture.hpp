// What of a text is no part of the story, line by line: by the phrases of clip/rules.
#pragma once

#include <cstddef>
#include <string_view>

namespace izde::clip {

struct Verdict {
    bool is_furniture = false;
    std::size_t story_end = 0;  // where a photo's credit begins behind a paragraph of the story; else
                                // the line's size
};

// `line` has no white space at its ends. A line of a title may be judged as well.
Verdict judge(std::string_view line);

// Nothing but numbers, signs, share words, counters, sections and times of day.
bool consists_of_small_things(std::string_view text);

// Nothing but names of sections, as a breadcrumb has them: "Home / News / Economy".
bool is_section_line(std::string_view line);

}  // namespace izde::clip
