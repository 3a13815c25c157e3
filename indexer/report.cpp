#include "report.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>

#include <nlohmann/json.hpp>

namespace izde::indexer {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t named_at_most = 5;

template <class... Values>
std::string format(const char* pattern, Values... values) {
    std::array<char, 160> text{};
    std::snprintf(text.data(), text.size(), pattern, values...);
    return text.data();
}

std::string counts(const std::map<std::string, std::uint64_t>& of) {
    std::string text;
    for (const auto& [value, number] : of)
        text += (text.empty() ? "" : ", ") + std::to_string(number) + " " + (value.empty() ? "?" : value);
    return text;
}

std::uint64_t sum(const std::map<std::string, std::uint64_t>& of) {
    std::uint64_t total = 0;
    for (const auto& [value, number] : of) total += number;
    return total;
}

}  // namespace

std::string utc_now() {
    const std::time_t now = std::time(nullptr);
    std::tm utc{};
    gmtime_r(&now, &utc);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
    return text.data();
}

std::string to_json(const Report& report) {
    Json skipped = Json::array();
    for (const Report::Skipped& one : report.skipped)
        skipped.push_back({{"path", one.path}, {"reason", one.reason}});
    const Json json{
        {"started_at", report.started_at},
        {"finished_at", report.finished_at},
        {"seconds", report.seconds},
        {"exit", report.exit},
        {"dry_run", report.dry_run},
        {"published", report.published},
        {"generation", report.generation.empty() ? Json() : Json(report.generation)},
        {"error", report.error.empty() ? Json() : Json(report.error)},
        {"files", report.files},
        {"documents", report.documents},
        {"bytes", report.bytes},
        {"by", {{"lang", report.by_lang}, {"format", report.by_format}, {"encoding", report.by_encoding}}},
        {"skipped", skipped},
        {"ignored", report.ignored}};
    return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string skipped_lines(const Report& report, bool verbose) {
    if (report.skipped.empty()) return {};
    std::string text = "skipped: " + std::to_string(report.skipped.size()) + "\n";
    const std::size_t named =
        verbose ? report.skipped.size() : std::min(named_at_most, report.skipped.size());
    for (std::size_t i = 0; i < named; ++i)
        text += "  " + report.skipped[i].path + ": " + report.skipped[i].reason + "\n";
    if (named < report.skipped.size())
        text += "  ... and " + std::to_string(report.skipped.size() - named) +
                " more: --verbose or --report FILE names all\n";
    return text;
}

std::string summary(const Report& report, bool verbose) {
    const double seconds = std::max(report.seconds, 0.001);
    std::string text = format("%llu documents from %llu files in %.1f s (%.1f MB/s)\n",
                              static_cast<unsigned long long>(report.documents),
                              static_cast<unsigned long long>(report.files), report.seconds,
                              static_cast<double>(report.bytes) / 1e6 / seconds);
    if (!report.by_lang.empty()) text += "languages: " + counts(report.by_lang) + "\n";
    if (!report.by_format.empty()) text += "formats: " + counts(report.by_format) + "\n";
    if (!report.ignored.empty())
        text +=
            "ignored: " + std::to_string(sum(report.ignored)) + " files (" + counts(report.ignored) + ")\n";
    text += skipped_lines(report, verbose);
    if (report.published) text += "published generation " + report.generation + "\n";
    if (report.dry_run) text += "dry run: nothing was written\n";
    return text;
}

}  // namespace izde::indexer
