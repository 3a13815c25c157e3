// Words that carry grammar rather than meaning, as data; folded as analyze() folds.
#pragma once

#include <span>
#include <string_view>

namespace izde::text {

// Sorted by bytes; empty for a language without a list.
std::span<const std::string_view> stop_words(std::string_view lang);

}  // namespace izde::text
