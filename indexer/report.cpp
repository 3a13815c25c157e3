#include "report.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
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

// With the indentation of what stands so deep; no text in JSON has a line's end.
std::string dumped(const Json& json, int depth) {
    std::string text = json.dump(1, ' ', false, Json::error_handler_t::replace);
    const std::string indentation(static_cast<std::size_t>(depth), ' ');
    for (std::size_t at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1))
        text.insert(at + 1, indentation);
    return text;
}

// The members of one object, one after the other.
class Members {
  public:
    explicit Members(const index::Put& put) : put_(put) {}

    void add(const char* name, const Json& value) {
        begin(name);
        write(dumped(value, 1));
    }
    void add(const char* name, const Places& places, bool with_record) {
        begin(name);
        bool is_first = true;
        places.each([&](const Place& place) {
            Json one{{"source", or_null(place.source)}, {"path", place.path}};
            if (with_record) one["record"] = or_null(place.record);
            one["reason"] = place.reason;
            write(is_first ? "[\n  " : ",\n  ");
            write(dumped(one, 2));
            is_first = false;
            return static_cast<bool>(written_);
        });
        write(is_first ? "[]" : "\n ]");
    }
    Result<void> end() {
        write("\n}\n");
        return written_;
    }

  private:
    void begin(const char* name) {
        write(is_first_ ? "{\n \"" : ",\n \"");
        is_first_ = false;
        write(std::string(name) + "\": ");
    }
    void write(std::string_view bytes) {
        if (written_) written_ = put_(bytes);
    }

    const index::Put& put_;
    Result<void> written_;
    bool is_first_ = true;
};

void add_changes(const Report& report, Members& members) {
    for (const auto& [name, places] :
         {std::pair("added", &report.added), std::pair("changed", &report.changed),
          std::pair("removed", &report.removed)}) {
        if (report.compared)
            members.add(name, *places, true);
        else
            members.add(name, Json());
    }
    members.add("unchanged", report.compared ? Json(report.unchanged) : Json());
    members.add("uncompared", or_null(report.uncompared));
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

std::string places_lines(const std::string& sign, const Places& places, bool verbose) {
    std::string text;
    const std::size_t named = verbose ? places.size() : std::min(named_at_most, places.size());
    std::size_t number = 0;
    places.each([&](const Place& place) {
        if (number++ == named) return false;
        const std::string record = place.record.empty() ? "" : " (" + place.record + ")";
        text += "  " + sign + " " + one_line(place.path + record) + "\n";
        return true;
    });
    if (named < places.size())
        text += "  " + sign + " ... and " + with_commas(places.size() - named) + " more\n";
    return text;
}

}  // namespace

std::string utc(std::time_t time) {
    std::tm parts{};
    gmtime_r(&time, &parts);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text.data();
}

std::string utc_now() {
    return utc(std::time(nullptr));
}

void Report::keep_in(const std::filesystem::path& folder) {
    for (Places* const list : {&skipped, &added, &changed, &removed}) list->keep_in(folder);
}

void Report::ignore(const std::string& kind) {
    constexpr std::size_t most_kinds = 1000;
    ++ignored[ignored.size() < most_kinds || ignored.contains(kind) ? kind : "others"];
}

Result<void> write_json(const Report& report, const index::Put& put) {
    Members members(put);
    members.add("started_at", report.started_at);
    members.add("finished_at", report.finished_at);
    members.add("seconds", report.seconds);
    members.add("exit", report.exit);
    members.add("dry_run", report.dry_run);
    members.add("published", report.published);
    members.add("nothing_changed", report.nothing_changed);
    members.add("generation", or_null(report.generation));
    members.add("error", or_null(report.error));
    members.add("unconfirmed", or_null(report.unconfirmed));
    members.add("warnings", report.warnings);
    members.add("files", report.files);
    members.add("documents", report.documents);
    members.add("bytes", report.bytes);
    members.add("by",
                {{"lang", report.by_lang}, {"format", report.by_format}, {"encoding", report.by_encoding}});
    members.add("skipped", report.skipped, false);
    members.add("ignored", report.ignored);
    add_changes(report, members);
    return members.end();
}

std::string skipped_lines(const Report& report, bool verbose) {
    if (report.skipped.empty()) return {};
    std::string text = "skipped: " + std::to_string(report.skipped.size()) + "\n";
    const std::size_t named = verbose ? report.skipped.size() : named_at_most;
    std::size_t number = 0;
    report.skipped.each([&](const Place& one) {
        if (number++ == named) return false;
        text += "  " + one_line(one.path + ": " + one.reason) + "\n";
        return true;
    });
    if (named < report.skipped.size())
        text += "  ... and " + std::to_string(report.skipped.size() - named) +
                " more: --verbose or --report FILE names all\n";
    return text;
}

std::string skipped_line(const Report& report) {
    const Place first = report.skipped.first().value_or(Place{});
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
    if (report.nothing_changed)
        text += "nothing changed: generation " + report.generation + " stays as it is\n";
    if (report.dry_run) text += "dry run: nothing was written\n";
    return text;
}

// A pipe or a terminal is written to; what has a name is replaced, and where a link leads.
Result<void> write_report(const std::filesystem::path& file, const Report& report) {
    std::error_code missing;
    const auto status = std::filesystem::status(file, missing);
    if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
        std::ofstream out(file);
        const auto written = write_json(report, [&](std::string_view bytes) -> Result<void> {
            out << bytes;
            return {};
        });
        if (written && out.flush()) return {};
        return fail(Errc::io, "cannot write " + file.string());
    }
    const auto target = std::filesystem::weakly_canonical(file, missing);
    if (missing) return fail(Errc::io, "cannot write " + file.string() + ": " + missing.message());
    return index::replace_file(target, [&](const index::Put& put) { return write_json(report, put); });
}

}  // namespace izde::indexer
