#include "report.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <fstream>

#include <nlohmann/json.hpp>

#include "izde/index/files.hpp"

#include "figures.hpp"

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

Json or_null(const std::string& text) {
    return text.empty() ? Json() : Json(text);
}

Json places_json(const std::vector<Report::Place>& places) {
    Json list = Json::array();
    for (const Report::Place& place : places)
        list.push_back({{"source", or_null(place.source)},
                        {"path", place.path},
                        {"record", or_null(place.record)},
                        {"reason", place.reason}});
    return list;
}

void add_changes(const Report& report, Json& json) {
    const auto known = [&](const Json& value) { return report.compared ? value : Json(); };
    json["added"] = known(places_json(report.added));
    json["changed"] = known(places_json(report.changed));
    json["removed"] = known(places_json(report.removed));
    json["unchanged"] = known(report.unchanged);
    json["uncompared"] = or_null(report.uncompared);
}

std::string changes_line(const Report& report) {
    if (!report.uncompared.empty()) return "what changed is not known: " + report.uncompared + "\n";
    if (!report.compared) return {};
    return with_commas(report.added.size()) + " added, " + with_commas(report.changed.size()) + " changed, " +
           with_commas(report.removed.size()) + " removed, " + with_commas(report.unchanged) + " unchanged\n";
}

// A terminal must not be told anything by a file's name.
std::string one_line(const std::string& text) {
    std::string line;
    for (const char byte : text) {
        const auto value = static_cast<unsigned char>(byte);
        line += value < 0x20 || value == 0x7F ? '?' : byte;
    }
    return line;
}

std::string places_lines(const std::string& sign, const std::vector<Report::Place>& places, bool verbose) {
    std::string text;
    const std::size_t named = verbose ? places.size() : std::min(named_at_most, places.size());
    for (std::size_t i = 0; i < named; ++i) {
        const std::string record = places[i].record.empty() ? "" : " (" + places[i].record + ")";
        text += "  " + sign + " " + one_line(places[i].path + record) + "\n";
    }
    if (named < places.size())
        text += "  " + sign + " ... and " + with_commas(places.size() - named) + " more\n";
    return text;
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
        skipped.push_back({{"source", or_null(one.source)}, {"path", one.path}, {"reason", one.reason}});
    Json json{
        {"started_at", report.started_at},
        {"finished_at", report.finished_at},
        {"seconds", report.seconds},
        {"exit", report.exit},
        {"dry_run", report.dry_run},
        {"published", report.published},
        {"generation", or_null(report.generation)},
        {"error", or_null(report.error)},
        {"unconfirmed", or_null(report.unconfirmed)},
        {"warnings", report.warnings},
        {"files", report.files},
        {"documents", report.documents},
        {"bytes", report.bytes},
        {"by", {{"lang", report.by_lang}, {"format", report.by_format}, {"encoding", report.by_encoding}}},
        {"skipped", skipped},
        {"ignored", report.ignored}};
    add_changes(report, json);
    return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string skipped_lines(const Report& report, bool verbose) {
    if (report.skipped.empty()) return {};
    std::string text = "skipped: " + std::to_string(report.skipped.size()) + "\n";
    const std::size_t named =
        verbose ? report.skipped.size() : std::min(named_at_most, report.skipped.size());
    for (std::size_t i = 0; i < named; ++i)
        text += "  " + one_line(report.skipped[i].path + ": " + report.skipped[i].reason) + "\n";
    if (named < report.skipped.size())
        text += "  ... and " + std::to_string(report.skipped.size() - named) +
                " more: --verbose or --report FILE names all\n";
    return text;
}

std::string skipped_line(const Report& report) {
    const Report::Skipped& first = report.skipped.front();
    return std::to_string(report.skipped.size()) +
           " skipped, the first: " + one_line(first.path + ": " + first.reason) + "\n";
}

std::string summary(const Report& report, bool verbose) {
    const double seconds = std::max(report.seconds, 0.001);
    std::string text = format("%llu documents from %llu files in %.1f s (%.1f MB/s)\n",
                              static_cast<unsigned long long>(report.documents),
                              static_cast<unsigned long long>(report.files), report.seconds,
                              static_cast<double>(report.bytes) / 1e6 / seconds);
    text += changes_line(report);
    if (report.dry_run)
        text += places_lines("+", report.added, verbose) + places_lines("~", report.changed, verbose) +
                places_lines("-", report.removed, verbose);
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

// A pipe or a terminal is written to; what has a name is replaced, and where a link leads.
Result<void> write_report(const std::filesystem::path& file, const Report& report) {
    std::error_code missing;
    const auto status = std::filesystem::status(file, missing);
    if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
        std::ofstream out(file);
        out << to_json(report);
        if (out.flush()) return {};
        return fail(Errc::io, "cannot write " + file.string());
    }
    const auto target = std::filesystem::weakly_canonical(file, missing);
    if (missing) return fail(Errc::io, "cannot write " + file.string() + ": " + missing.message());
    return index::replace_file(target, to_json(report));
}

}  // namespace izde::indexer
