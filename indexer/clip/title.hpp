// What makes a line a title, and what stands in for a title where there is none.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "izde/index/document.hpp"

#include "clip/units.hpp"

namespace izde::clip {

// How many units from `at` on are a title by their shape: short, without a full stop, alone or with
// longer text behind; two where one line goes on in the next. 0: it is none.
std::size_t title_units(Units& units, std::size_t at);

// Where several short lines stand above a story (menus, mastheads, section names), the first that shares
// words with the story, as titles do; units.size() where there is no choice to make.
std::size_t title_among(Units& units);

// On one line and without the quotation marks around all of it.
std::string clean_title(std::string_view title);

// The beginning of a story's first sentence, cut at a word.
std::string lead_of(std::string_view story);

// The path of the file a document was in: of one in a zip archive, the path within it.
std::string_view file_of(const index::Document& document);

// A file's name without folder, extension and the signs that stand for spaces.
std::string name_of(std::string_view path);

// Whether two lines say the same but for case, quotation marks and signs.
bool same_words(std::string_view one, std::string_view other);

}  // namespace izde::clip
