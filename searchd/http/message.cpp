#include "http/message.hpp"

#include <algorithm>

namespace izde::http {

std::string_view header_of(const Answer& answer, std::string_view name) {
    const auto found = std::ranges::find(answer.headers, name, &std::pair<std::string, std::string>::first);
    return found == answer.headers.end() ? std::string_view() : found->second;
}

std::string_view header_of(const Message& message, std::string_view name) {
    const auto found = message.headers.find(std::string(name));
    return found == message.headers.end() ? std::string_view() : found->second;
}

}  // namespace izde::http
