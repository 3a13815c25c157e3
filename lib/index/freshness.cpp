#include "index/freshness.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <functional>
#include <optional>
#include <string>

#include "index/schema.hpp"

namespace izde::index {
namespace {

using Day = std::chrono::sys_days;

constexpr double half_life = 365.25;  // days

// Of a value in the slot: "20220101".
std::optional<Day> day_of(std::string_view digits) {
    int number = 0;
    const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (digits.size() != 8 || error != std::errc{} || stop != digits.data() + digits.size()) return {};
    const std::chrono::year_month_day date(std::chrono::year(number / 10000),
                                           std::chrono::month(static_cast<unsigned>(number / 100 % 100)),
                                           std::chrono::day(static_cast<unsigned>(number % 100)));
    if (!date.ok()) return {};
    return Day(date);
}

// A misprinted year must not make all the others old.
std::optional<Day> newest_of(const Xapian::Database& database, std::string_view built_at) {
    const auto newest = day_of(database.get_value_upper_bound(schema::first_day));
    const auto built = day_of(schema::days_of(built_at.substr(0, 10)).first);
    return newest && built ? std::min(*newest, *built) : newest;
}

}  // namespace

void raise_new(const Xapian::Database& database, double freshness, std::string_view built_at,
               std::vector<Ranked>& best) {
    const auto newest = newest_of(database, built_at);
    if (freshness <= 0 || !newest) return;
    for (Ranked& one : best) {
        const auto entry = database.get_document(one.document, Xapian::DOC_ASSUME_VALID);
        const auto day = day_of(entry.get_value(schema::first_day));
        if (!day) continue;
        const double age = std::max(0.0, static_cast<double>((*newest - *day).count()));
        one.score *= 1 + freshness * std::exp2(-age / half_life);
    }
    std::ranges::stable_sort(best, std::ranges::greater{}, &Ranked::score);
}

}  // namespace izde::index
