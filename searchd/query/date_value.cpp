#include "query/date_value.hpp"

#include "izde/dates.hpp"

namespace izde::query {

bool is_date_value(std::string_view text) {
    const std::size_t dots = text.find("..");
    if (dots == std::string_view::npos) return is_date(text);
    const std::string_view from = text.substr(0, dots), to = text.substr(dots + 2);
    if (from.empty() && to.empty()) return false;
    return (from.empty() || is_date(from)) && (to.empty() || is_date(to));
}

bool is_backwards(std::string_view date_value) {
    const std::size_t dots = date_value.find("..");
    if (dots == std::string_view::npos) return false;
    return is_reversed(date_value.substr(0, dots), date_value.substr(dots + 2));
}

}  // namespace izde::query
