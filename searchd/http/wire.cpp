#include "http/wire.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <string_view>

#include "http/problem.hpp"

namespace izde::http {
namespace {

void put(std::string& bytes, std::string_view name, std::string_view value) {
    bytes.append(name).append(": ");
    const auto begin = static_cast<std::ptrdiff_t>(bytes.size());
    bytes.append(value);
    std::replace_if(
        bytes.begin() + begin, bytes.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
    bytes.append("\r\n");
}

// Whoever answers may ask for it once a second.
std::string_view date_now() {
    struct Date {
        std::time_t second = -1;
        std::array<char, 40> text = {};
        std::size_t size = 0;
    };
    thread_local Date date;
    const auto now = std::time(nullptr);
    if (now != date.second) {
        std::tm utc = {};
        gmtime_r(&now, &utc);
        // The program never sets a locale, so these are English.
        date.size = std::strftime(date.text.data(), date.text.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc);
        date.second = now;
    }
    return {date.text.data(), date.size};
}

}  // namespace

std::string to_bytes(const Answer& answer, Delivery delivery) {
    std::string bytes;
    bytes.reserve(1024 + (delivery.has_body ? answer.body.size() : 0));
    bytes.append("HTTP/1.1 ").append(std::to_string(answer.status)).append(" ");
    bytes.append(title_of(answer.status)).append("\r\n");
    put(bytes, "Date", date_now());
    if (delivery.closes) put(bytes, "Connection", "close");
    for (const auto& [name, value] : answer.headers) put(bytes, name, value);
    const bool is_unchanged = answer.status == 304;
    if (!is_unchanged) {
        put(bytes, "Content-Type", answer.type);
        put(bytes, "Content-Length", std::to_string(answer.body.size()));
    }
    bytes.append("\r\n");
    if (delivery.has_body && !is_unchanged) bytes.append(answer.body);
    return bytes;
}

}  // namespace izde::http
