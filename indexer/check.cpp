#include <array>
#include <cmath>
#include <ctime>

#include <nlohmann/json.hpp>

#include "izde/index/generations.hpp"
#include "izde/index/reader.hpp"

#include "canary.hpp"
#include "commands.hpp"
#include "figures.hpp"
#include "report.hpp"

namespace izde::indexer {
namespace {

using Json = nlohmann::ordered_json;

Result<index::Manifest> live_manifest(const index::Generations& generations) {
    const auto live = generations.live();
    if (!live) return fail(live.error());
    return index::read_manifest(generations.path(*live));
}

// The largest counts first, as a person wants them.
std::string listed(const index::Counts& counts, std::size_t most) {
    std::vector<std::pair<std::uint64_t, std::string>> ranked;
    for (const auto& [value, number] : counts) ranked.emplace_back(number, value.empty() ? "(none)" : value);
    std::ranges::sort(ranked, std::greater<>());
    std::string text;
    for (std::size_t i = 0; i < std::min(most, ranked.size()); ++i)
        text += (i == 0 ? "" : ", ") + ranked[i].second + " " + std::to_string(ranked[i].first);
    return ranked.size() > most ? text + ", ..." : text;
}

// "5 minutes ago"; empty where the clock says that it lies ahead.
std::string age_of(const std::string& time) {
    std::tm parts{};
    if (::strptime(time.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts) == nullptr) return {};
    const auto seconds = static_cast<long>(std::time(nullptr) - ::timegm(&parts));
    if (seconds < 0) return {};
    constexpr long minute = 60, hour = 60 * minute, day = 24 * hour;
    constexpr std::array<std::pair<long, const char*>, 3> units{
        {{day, "day"}, {hour, "hour"}, {minute, "minute"}}};
    for (const auto& [length, name] : units) {
        const long number = seconds / length;
        if (number > 0) return ", " + std::to_string(number) + " " + name + (number == 1 ? "" : "s") + " ago";
    }
    return ", just now";
}

// "2026-11-22T03:15:00Z, 5 minutes ago"
std::string since(const std::string& time) {
    return time.empty() ? "(none)" : time + age_of(time);
}

// When a document was last new; empty where none ever was.
std::string last_new_of(const index::Manifest& manifest) {
    return manifest.last_new == 0 ? "" : utc(static_cast<std::time_t>(manifest.last_new));
}

void print_stats(const index::Manifest& manifest, std::ostream& out) {
    out << "documents    " << manifest.documents << " (" << megabytes(manifest.text_bytes) << " of text)\n"
        << "generation   " << manifest.generation << "\n"
        << "built at     " << since(manifest.built_at) << ", in " << std::lround(manifest.seconds)
        << " s, by izde " << manifest.version << "\n"
        << "last new     " << since(last_new_of(manifest)) << "\n"
        << "size         " << megabytes(manifest.bytes()) << "\n"
        << "languages    " << listed(manifest.by_lang, 12) << "\n"
        << "formats      " << listed(manifest.by_format, 12) << "\n"
        << "sources      " << listed(manifest.by_source, 8) << "\n"
        << "years        " << listed(manifest.by_year, 8) << "\n"
        << "fingerprint  " << manifest.fingerprint << "\n";
}

std::string canaries_said(std::size_t number) {
    if (number == 0) return {};
    return number == 1 ? ", its canary answered" : ", its " + std::to_string(number) + " canaries answered";
}

}  // namespace

Result<void> check(const Options& options, std::ostream& out) {
    const index::Generations generations(options.index);
    const auto live = generations.live();
    if (!live) return fail(live.error());
    if (auto askable = check_canaries(options.canaries); !askable) return askable;
    if (auto sound = index::Reader::verify(generations.path(*live)); !sound) return sound;
    if (auto answered = ask_canaries(options.canaries, generations.path(*live)); !answered) return answered;
    const auto manifest = index::read_manifest(generations.path(*live));
    if (!manifest) return fail(manifest.error());
    if (options.talk != Talk::quiet)
        out << "sound: generation " << *live << ", " << manifest->documents << " documents, "
            << megabytes(manifest->bytes()) << canaries_said(options.canaries.size()) << "\n";
    return {};
}

Result<void> stats(const Options& options, std::ostream& out) {
    const auto manifest = live_manifest(index::Generations(options.index));
    if (!manifest) return fail(manifest.error());
    if (!options.json) {
        print_stats(*manifest, out);
        return {};
    }
    const Json json{{"documents", manifest->documents},
                    {"generation", manifest->generation},
                    {"built_at", manifest->built_at},
                    {"last_new_at", manifest->last_new == 0 ? Json(nullptr) : Json(last_new_of(*manifest))},
                    {"bytes", manifest->bytes()},
                    {"by",
                     {{"lang", manifest->by_lang},
                      {"format", manifest->by_format},
                      {"source", manifest->by_source},
                      {"year", manifest->by_year}}},
                    {"fingerprint", manifest->fingerprint}};
    out << json.dump(-1, ' ', false, Json::error_handler_t::replace) << "\n";
    return {};
}

Result<void> rollback(const Options& options, std::ostream& out) {
    const auto lock = index::Lock::take(options.index);
    if (!lock) return fail(lock.error());
    index::Generations generations(options.index);
    const auto live = generations.live();
    if (!live) return fail(live.error());
    std::string previous;
    for (const std::string& id : generations.finished())
        if (id < *live) previous = id;
    if (previous.empty())
        return fail(Errc::refused, "there is no generation before " + *live,
                    "izde keeps two; rebuild to have one again");
    if (const auto sound = index::Reader::verify(generations.path(previous)); !sound)
        return fail(sound.error());
    if (const auto pointed = generations.point_to(*lock, previous); !pointed) return fail(pointed.error());
    if (options.talk != Talk::quiet) out << "published generation " << previous << " again\n";
    return {};
}

}  // namespace izde::indexer
