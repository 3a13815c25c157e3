// Tested by metrics_test.cpp, and by a parser of Prometheus's own in tests/http/live.py.
#include "http/metrics.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include <stdio.h>

#include "izde/version.hpp"

#include "http/clock.hpp"
#include "http/route.hpp"

namespace izde::http {
namespace {

std::string shown(double value) {
    std::array<char, 32> text{};
    std::ignore = snprintf(text.data(), text.size(), "%.10g", value);
    return text.data();
}

std::string in_seconds(std::uint64_t microseconds) {
    const auto fraction = std::to_string(1'000'000 + microseconds % 1'000'000).substr(1);
    return std::to_string(microseconds / 1'000'000) + "." + fraction;
}

std::string escaped(std::string_view value) {
    std::string text;
    for (const char c : value) {
        if (c == '\\' || c == '"') text += '\\';
        if (c == '\n')
            text += "\\n";
        else
            text += c;
    }
    return text;
}

using Labels = std::vector<std::pair<std::string_view, std::string_view>>;

// Writes families one after the other.
class Text {
  public:
    void family(const std::string& name, std::string_view type, std::string_view help) {
        name_ = name;
        text_.append("# HELP ").append(name).append(" ").append(help);
        text_.append("\n# TYPE ").append(name).append(" ").append(type).append("\n");
    }
    void sample(const Labels& labels, const std::string& value, std::string_view suffix = {}) {
        text_.append(name_).append(suffix);
        for (const auto& [name, content] : labels) {
            text_ += &labels.front().first == &name ? '{' : ',';
            text_.append(name).append("=\"").append(escaped(content)).append("\"");
        }
        text_.append(labels.empty() ? " " : "} ").append(value).append("\n");
    }
    void single(const std::string& name, std::string_view type, std::string_view help,
                const std::string& value) {
        family(name, type, help);
        sample({}, value);
    }
    std::string take() { return std::move(text_); }

  private:
    std::string name_, text_;
};

constexpr std::array<std::string_view, 5> class_names = {"1xx", "2xx", "3xx", "4xx", "5xx"};

std::size_t class_of(int status) {
    return static_cast<std::size_t>(std::clamp(status / 100, 1, 5) - 1);
}

void write_load(const Load& load, Text& text) {
    const auto single = [&](const char* name, const char* type, const char* help,
                            const Load::Number& number) {
        text.single(name, type, help, std::to_string(number));
    };
    single("izde_connections", "gauge", "Connections that are open.", load.connections);
    single("izde_connections_accepted_total", "counter", "Connections that came.", load.accepted);
    single("izde_connections_dropped_total", "counter", "Connections closed to make room for others.",
           load.dropped);
    single("izde_queue_length", "gauge", "Requests that wait for a worker.", load.queued);
    single("izde_workers_busy", "gauge", "Workers that answer a request.", load.working);
    single("izde_held_bytes", "gauge", "Of requests that are not complete and answers that are not read.",
           load.held_bytes);
    const auto by = [&](const char* name, const char* help, const char* label,
                        std::initializer_list<std::pair<const char*, const Load::Number*>> numbers) {
        text.family(name, "counter", help);
        for (const auto& [value, number] : numbers) text.sample({{label, value}}, std::to_string(*number));
    };
    by("izde_refused_total", "Requests and connections refused before they were looked at.", "reason",
       {{"malformed", &load.malformed},
        {"busy", &load.refused_busy},
        {"connections_of_address", &load.refused_address},
        {"connections", &load.refused_total}});
    by("izde_timed_out_total", "Connections that were too slow.", "phase",
       {{"idle", &load.timed_out_idle},
        {"head", &load.timed_out_heads},
        {"request", &load.timed_out_requests},
        {"answer", &load.timed_out_answers}});
}

void write_index(const search::Status& status, std::chrono::sys_seconds now, Text& text) {
    text.single("izde_index_ready", "gauge", "Whether an index is served.", status.ready ? "1" : "0");
    text.single("izde_index_stale", "gauge", "Whether a newer index could not be opened.",
                status.last_error.empty() ? "0" : "1");
    text.family("izde_index_loads_total", "counter", "Newer generations that were switched to, or refused.");
    text.sample({{"result", "ok"}}, std::to_string(status.reloads));
    text.sample({{"result", "failed"}}, std::to_string(status.failed_reloads));
    if (!status.ready) return;
    text.family("izde_index_info", "gauge", "The generation that is served.");
    text.sample({{"generation", status.index.generation}}, "1");
    text.single("izde_index_documents", "gauge", "Documents of the index.",
                std::to_string(status.index.documents));
    const auto built = time_of(status.index.built_at);
    if (!built) return;
    text.single("izde_index_built_timestamp_seconds", "gauge", "When the index was built, in Unix time.",
                std::to_string(built->time_since_epoch().count()));
    const auto age = std::max<std::int64_t>(0, (now - *built).count());
    text.single("izde_index_age_seconds", "gauge", "How long ago that was.", std::to_string(age));
}

}  // namespace

Metrics::Metrics(const Load& load)
    : load_(load), started_(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())) {
    const auto add = [&](std::string_view name) {
        lines_.push_back(std::make_unique<Line>());
        lines_.back()->name = name;
    };
    for (const auto& route : routes())
        if (!route.is_page) add(route.path);
    for (const auto* name : {"page", "unknown", "refused"}) add(name);
}

void Metrics::end(std::string_view label, int status, double seconds, std::size_t bytes) {
    --in_flight_;
    const auto line =
        std::ranges::find(lines_, label, [](const auto& one) -> std::string_view { return one->name; });
    auto& series = (*line)->series[class_of(status)];
    const auto* const bucket = std::ranges::lower_bound(buckets, seconds);
    ++series.in_bucket[static_cast<std::size_t>(bucket - buckets.begin())];
    series.microseconds += static_cast<std::uint64_t>(std::llround(seconds * 1e6));
    series.bytes += bytes;
}

void Metrics::count_refused(int status) {
    ++lines_.back()->series[class_of(status)].in_bucket.front();
}

std::string Metrics::requests() const {
    Text counts, durations, bytes;
    counts.family("izde_http_requests_total", "counter", "Requests that were answered.");
    durations.family("izde_http_request_duration_seconds", "histogram",
                     "Time from a complete request to its answer, by route and class of status.");
    bytes.family("izde_http_response_bytes_total", "counter", "Bytes of bodies, before compression.");
    for (const auto& line : lines_)
        for (std::size_t i = 0; i < classes; ++i) {
            const auto& series = line->series[i];
            const Labels labels = {{"route", line->name}, {"status", class_names[i]}};
            std::uint64_t count = 0;
            std::vector<std::string> sums;
            for (const auto& in_bucket : series.in_bucket) sums.push_back(std::to_string(count += in_bucket));
            if (count == 0) continue;
            for (std::size_t b = 0; b < sums.size(); ++b) {
                const auto end = b < buckets.size() ? shown(buckets[b]) : "+Inf";
                auto labelled = labels;
                labelled.emplace_back("le", end);
                durations.sample(labelled, sums[b], "_bucket");
            }
            durations.sample(labels, in_seconds(series.microseconds), "_sum");
            durations.sample(labels, sums.back(), "_count");
            counts.sample(labels, sums.back());
            bytes.sample(labels, std::to_string(series.bytes));
        }
    return counts.take() + durations.take() + bytes.take();
}

std::string Metrics::text(const search::Status& status, std::chrono::sys_seconds now) const {
    Text text;
    text.family("izde_build_info", "gauge", "The version of izde-searchd.");
    text.sample({{"version", version()}}, "1");
    text.single("izde_start_timestamp_seconds", "gauge", "When the process started, in Unix time.",
                std::to_string(started_.time_since_epoch().count()));
    text.single("izde_http_requests_in_flight", "gauge", "Requests being answered.",
                std::to_string(in_flight_));
    text.family("izde_config_reloads_total", "counter", "Times that the configuration was read anew.");
    text.sample({{"result", "ok"}}, std::to_string(reloads_));
    text.sample({{"result", "failed"}}, std::to_string(failed_reloads_));
    text.single("izde_log_lines_lost_total", "counter", "Lines that nobody took from the log.",
                std::to_string(lost_lines_));
    write_load(load_, text);
    write_index(status, now, text);
    return text.take() + requests();
}

}  // namespace izde::http
