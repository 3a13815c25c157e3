// Titles as pages carry them: with the site's name before or behind.
#pragma once

#include <string>
#include <string_view>

namespace izde::read {

// Whether `title` is `part` and something else, with a separator (| - — _ · » ...) between.
bool has_at_an_end(std::string_view title, std::string_view part);

// What stands beside `part` in such a title, without the separators.
std::string beside(std::string_view title, std::string_view part);

// "The bridge | Bridge Times" without "Bridge Times"; the same title if nothing else is in it.
std::string without_site(std::string_view title, std::string_view site);

// What programs and sites write where there is no title: "Untitled", "Home", "Главная", "首页".
bool is_placeholder(std::string_view title);

}  // namespace izde::read
