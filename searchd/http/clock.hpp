// Times as answers and log lines write them.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace izde::http {

// "2026-11-22T03:15:00Z", with milliseconds where there are some.
std::string utc(std::chrono::sys_time<std::chrono::milliseconds> time);

// Of whole seconds; nothing where it is no such time.
std::optional<std::chrono::sys_seconds> time_of(const std::string& text);

}  // namespace izde::http
