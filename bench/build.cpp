#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <sys/resource.h>

#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "edited_folder.hpp"
#include "measured_program.hpp"
#include "raw_xapian.hpp"
#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"

namespace izde::bench {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr int rounds = 3;
// The indexer reads a file again that was written to within two seconds before it looked.
constexpr std::chrono::seconds until_trusted{3};

struct Spread {
    double median = 0, least = 0, most = 0;
};
Spread spread_of(std::vector<double> values) {
    std::ranges::sort(values);
    return {values[values.size() / 2], values.front(), values.back()};
}
template <class Value>
Spread spread_of(const std::vector<Cost>& costs, Value Cost::*value) {
    std::vector<double> values;
    for (const Cost& cost : costs) values.push_back(static_cast<double>(cost.*value));
    return spread_of(values);
}
Json json_of(const Spread& spread) {
    return {{"median", spread.median}, {"least", spread.least}, {"most", spread.most}};
}

// What is measured of one folder.
struct Figures {
    std::string folder;
    std::uint64_t files = 0, file_bytes = 0, documents = 0, text_bytes = 0;
    std::vector<Cost> izde, raw;
    std::uint64_t index_bytes = 0, raw_bytes = 0;
    std::size_t changed = 0;
    std::vector<Cost> unchanged_update, changed_update;
};

std::uint64_t bytes_below(const fs::path& folder) {
    std::uint64_t bytes = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file() && !entry.is_symlink()) bytes += entry.file_size();
    return bytes;
}

std::uint64_t files_below(const fs::path& folder) {
    return static_cast<std::uint64_t>(
        std::ranges::count_if(fs::recursive_directory_iterator(folder), [](const auto& entry) {
            return entry.is_regular_file() && !entry.is_symlink();
        }));
}

Cost run_indexer(const std::string& verb, const fs::path& index, const fs::path& folder) {
    const fs::path indexer = fs::read_symlink("/proc/self/exe").parent_path() / "izde-indexer";
    const Cost cost = run_measured(indexer, {verb, "--force", "--quiet", "--index", index, folder});
    if (cost.code != 0 && cost.code != 1)
        throw std::runtime_error("izde-indexer " + verb + " ended with " + std::to_string(cost.code));
    return cost;
}

fs::path live_generation(const fs::path& index) {
    const index::Generations generations(index);
    return generations.path(tests::expect(generations.live()));
}

std::vector<index::Document> documents_in(const fs::path& index) {
    const index::Reader reader = tests::open_live(index);
    const auto all = static_cast<std::uint32_t>(reader.manifest().documents);
    index::Window window;
    window.limit = all;
    std::vector<index::Match> matches =
        tests::expect(reader.match(index::Query{index::Everything{}}, window)).items;
    std::ranges::sort(matches, {}, &index::Match::key);
    std::vector<index::Document> documents;
    for (const index::Match& match : matches) documents.push_back(tests::expect(reader.fetch(match)));
    return documents;
}

double own_cpu_seconds() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

Cost run_raw(const fs::path& database, const std::vector<index::Document>& documents) {
    Cost cost;
    const auto began = std::chrono::steady_clock::now();
    cost.cpu_seconds = -own_cpu_seconds();
    raw_build(database, documents);
    cost.cpu_seconds += own_cpu_seconds();
    cost.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    return cost;
}

void measure_rebuild(const fs::path& folder, const fs::path& scratch, Figures& figures) {
    std::vector<index::Document> documents;
    for (int round = 0; round < rounds; ++round) {
        fs::remove_all(scratch / "index");
        figures.izde.push_back(run_indexer("rebuild", scratch / "index", folder));
        if (documents.empty()) documents = documents_in(scratch / "index");
        figures.raw.push_back(run_raw(scratch / "raw", documents));
    }
    figures.documents = documents.size();
    for (const index::Document& document : documents) {
        figures.text_bytes += document.title.size() + document.body.size();
        for (const index::Furniture& piece : document.boilerplate) figures.text_bytes += piece.text.size();
    }
    figures.index_bytes = bytes_below(live_generation(scratch / "index"));
    figures.raw_bytes = bytes_below(scratch / "raw");
    fs::remove_all(scratch / "raw");
}

void measure_update(const fs::path& folder, const fs::path& scratch, Figures& figures) {
    EditedFolder copy(folder, scratch / "copy", rounds);
    std::this_thread::sleep_for(until_trusted);
    fs::remove_all(scratch / "index");
    run_indexer("rebuild", scratch / "index", scratch / "copy");
    for (int round = 0; round < rounds; ++round) {
        figures.unchanged_update.push_back(run_indexer("update", scratch / "index", scratch / "copy"));
        figures.changed = copy.change();
        std::this_thread::sleep_for(until_trusted);
        figures.changed_update.push_back(run_indexer("update", scratch / "index", scratch / "copy"));
    }
}

Figures measure(const fs::path& folder) {
    const tests::TempDir scratch;
    Figures figures;
    figures.folder = folder;
    figures.files = files_below(folder);
    figures.file_bytes = bytes_below(folder);
    measure_rebuild(folder, scratch.path(), figures);
    measure_update(folder, scratch.path(), figures);
    return figures;
}

Json json_of(const std::vector<Cost>& costs) {
    return {{"seconds", json_of(spread_of(costs, &Cost::seconds))},
            {"cpu_seconds", json_of(spread_of(costs, &Cost::cpu_seconds))},
            {"peak_bytes_all_processes", spread_of(costs, &Cost::peak).most},
            {"peak_bytes_largest_process", spread_of(costs, &Cost::alone).most},
            {"processes", spread_of(costs, &Cost::processes).most}};
}

double ratio(const std::vector<Cost>& of, const std::vector<Cost>& to, double Cost::*value) {
    return spread_of(of, value).median / spread_of(to, value).median;
}

Json parts_of_rebuild(const std::vector<Cost>& update, const std::vector<Cost>& rebuild) {
    return {{"seconds", ratio(update, rebuild, &Cost::seconds)},
            {"cpu_seconds", ratio(update, rebuild, &Cost::cpu_seconds)}};
}

Json json_of(const Figures& f) {
    return {{"folder", f.folder},
            {"files", f.files},
            {"file_bytes", f.file_bytes},
            {"documents", f.documents},
            {"text_bytes", f.text_bytes},
            {"rounds", rounds},
            {"rebuild", json_of(f.izde)},
            {"raw",
             {{"seconds", json_of(spread_of(f.raw, &Cost::seconds))},
              {"cpu_seconds", json_of(spread_of(f.raw, &Cost::cpu_seconds))}}},
            {"index_bytes", f.index_bytes},
            {"raw_bytes", f.raw_bytes},
            {"ratio_seconds", ratio(f.izde, f.raw, &Cost::seconds)},
            {"ratio_cpu_seconds", ratio(f.izde, f.raw, &Cost::cpu_seconds)},
            {"update_unchanged", json_of(f.unchanged_update)},
            {"update_unchanged_part", parts_of_rebuild(f.unchanged_update, f.izde)},
            {"changed_files", f.changed},
            {"update_changed", json_of(f.changed_update)},
            {"update_changed_part", parts_of_rebuild(f.changed_update, f.izde)}};
}

void print_row(const char* name, const std::vector<Cost>& costs, double megabytes) {
    const Spread wall = spread_of(costs, &Cost::seconds);
    std::printf("  %-22s %7.2f (%.2f-%.2f) %9.2f", name, wall.median, wall.least, wall.most,
                spread_of(costs, &Cost::cpu_seconds).median);
    if (megabytes > 0) std::printf(" %8.2f", megabytes / wall.median);
}

void print(const Figures& f) {
    const auto mega = [](double bytes) { return bytes / 1e6; };
    const double text = mega(static_cast<double>(f.text_bytes));
    std::printf("%s: %lu files, %.1f MB; %lu documents, %.1f MB of text\n", f.folder.c_str(), f.files,
                mega(static_cast<double>(f.file_bytes)), f.documents, text);
    std::printf("  %-22s %7s %-13s %9s %8s %9s\n", "", "wall s", "(spread)", "CPU s", "MB/s", "index MB");
    print_row("izde-indexer rebuild", f.izde, text);
    std::printf(" %9.1f\n", mega(static_cast<double>(f.index_bytes)));
    print_row("raw TermGenerator", f.raw, text);
    std::printf(" %9.1f\n", mega(static_cast<double>(f.raw_bytes)));
    std::printf("  %-22s %7.2f %23.2f %8s %9.2f\n", "ratio", ratio(f.izde, f.raw, &Cost::seconds),
                ratio(f.izde, f.raw, &Cost::cpu_seconds), "",
                static_cast<double>(f.index_bytes) / static_cast<double>(f.raw_bytes));
    std::printf("  memory at the peak: %.0f MB resident, summed over %.0f processes; the largest %.0f MB\n",
                mega(spread_of(f.izde, &Cost::peak).most), spread_of(f.izde, &Cost::processes).most,
                mega(spread_of(f.izde, &Cost::alone).most));
    const auto print_update = [&](const std::string& name, const std::vector<Cost>& update) {
        print_row(name.c_str(), update, 0);
        std::printf("   %.1f %% of a rebuild's time, %.1f %% of its CPU's\n",
                    100 * ratio(update, f.izde, &Cost::seconds),
                    100 * ratio(update, f.izde, &Cost::cpu_seconds));
    };
    print_update("update, no change", f.unchanged_update);
    print_update("update, " + std::to_string(f.changed) + " changed", f.changed_update);
    std::fflush(stdout);
}

}  // namespace

int bench_build(const std::vector<std::string>& options) {
    std::vector<fs::path> folders;
    bool as_json = false;
    for (const std::string& option : options) {
        if (option == "--json")
            as_json = true;
        else if (fs::is_directory(option))
            folders.push_back(fs::canonical(option));
        else {
            std::fprintf(stderr, "usage: izde-bench build [FOLDER...] [--json]\n");
            return 2;
        }
    }
    const tests::TempDir made;
    if (folders.empty()) {
        folders.push_back(made.path() / "made");
        make_folder(folders.back());
    }
    Json all = Json::array();
    for (const fs::path& folder : folders) {
        const Figures figures = measure(folder);
        if (as_json)
            all.push_back(json_of(figures));
        else
            print(figures);
    }
    if (as_json) std::printf("%s\n", all.dump(2).c_str());
    return 0;
}

}  // namespace izde::bench
