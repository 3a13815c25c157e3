#include "http/clock.hpp"

#include <array>
#include <ctime>
#include <iomanip>
#include <locale>
#include <sstream>
#include <tuple>

#include <stdio.h>

namespace izde::http {

std::optional<std::chrono::sys_seconds> time_of(const std::string& text) {
    std::tm parts = {};
    std::istringstream in(text);
    in.imbue(std::locale::classic());
    in >> std::get_time(&parts, "%Y-%m-%dT%H:%M:%SZ");
    if (in.fail()) return std::nullopt;
    const std::chrono::year_month_day day{std::chrono::year(parts.tm_year + 1900),
                                          std::chrono::month(static_cast<unsigned>(parts.tm_mon + 1)),
                                          std::chrono::day(static_cast<unsigned>(parts.tm_mday))};
    return std::chrono::sys_days(day) + std::chrono::hours(parts.tm_hour) +
           std::chrono::minutes(parts.tm_min) + std::chrono::seconds(parts.tm_sec);
}

std::string utc(std::chrono::sys_time<std::chrono::milliseconds> time) {
    using namespace std::chrono;
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(time - day);
    std::array<char, 64> text{};
    std::ignore =
        snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02ld:%02ld:%02ld", static_cast<int>(date.year()),
                 static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                 clock.hours().count(), clock.minutes().count(), clock.seconds().count());
    std::string whole = text.data();
    if (clock.subseconds().count() == 0) return whole + "Z";
    return whole + "." + std::to_string(1000 + clock.subseconds().count()).substr(1) + "Z";
}

}  // namespace izde::http
