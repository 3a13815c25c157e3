#include "build.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <optional>
#include <system_error>

#include "izde/index/generations.hpp"

#include "canary.hpp"
#include "full_disk.hpp"
#include "memories.hpp"
#include "publish.hpp"
#include "run.hpp"
#include "space.hpp"

namespace izde::indexer {
namespace {

namespace fs = std::filesystem;

using Stop = std::function<bool()>;

Result<fs::path> temporary_folder() {
    std::error_code error;
    std::string name = (fs::temp_directory_path(error) / "izde-XXXXXX").string();
    if (error || ::mkdtemp(name.data()) == nullptr)
        return fail(Errc::io, "cannot create a temporary folder: " + std::string(std::strerror(errno)),
                    "say where with the environment variable TMPDIR");
    return fs::path(name);
}

Result<void> build_and_publish(Run& run, const Options& options, const index::Lock& lock, Poison& poison,
                               Report& report, const Stop& stop) {
    index::Generations generations(options.index);
    Memories memories(generations);
    const auto building = generations.begin(lock);
    if (!building) return fail(building.error());
    auto memory = memories.begin(lock, building->stem());
    Result<void> made = memory ? Result<void>() : fail(memory.error());
    if (made && !options.force) made = require_space(generations, memories, options.command);
    if (made) made = run.find(generations.root());
    if (made) made = run.make(*building, *memory);
    if (!made) made = explained(made.error(), *building);
    if (auto saved = poison.save(options.index); !saved) report.warnings.push_back(saved.error().message);
    if (made && report.nothing_changed) generations.prune(lock);  // what a run left that was cut short
    if (made && !report.nothing_changed) made = publish(generations, lock, *building, options, report, stop);
    if (!report.published) generations.discard(lock, *building);
    memories.prune(lock);
    return made;
}

// What is read lies in files that nobody else sees meanwhile.
Result<void> try_out(Run& run, Report& report) {
    const auto folder = temporary_folder();
    if (!folder) return fail(folder.error());
    report.keep_in(*folder);
    auto tried = run.find(*folder);
    if (tried) tried = run.try_out(*folder);
    std::error_code ignored;
    fs::remove_all(*folder, ignored);
    return tried;
}

}  // namespace

Result<void> build(const Options& options, Report& report, const Stop& stop) {
    report.dry_run = options.dry_run;
    // A walk that stops at once only looks whether the sources are there: wrong usage touches nothing.
    if (auto there = walk(options.sources, {{}, {}, [] { return true; }}); !there) return there;
    if (auto askable = check_canaries(options.canaries); !askable) return askable;
    const auto spawner =
        worker::Spawner::start(options.sandbox, {.memory = Budget(options.memory, options.jobs).worker});
    if (!spawner) return fail(spawner.error());
    // An update may well find nothing to be read.
    if (options.command == Command::rebuild) (*spawner)->prepare();
    if (const std::string& lacks = (*spawner)->lacks(); !lacks.empty())
        report.warnings.push_back("this system has no " + lacks +
                                  ": the sandbox for reading files is weaker");
    std::optional<index::Lock> lock;
    if (!options.dry_run) {
        auto taken = index::Lock::take(options.index);
        if (!taken) return fail(taken.error());
        lock.emplace(*std::move(taken));
        report.keep_in(options.index);
    }
    Poison poison;
    if (auto loaded = Poison::load(options.index, poison); !loaded)
        report.warnings.push_back(loaded.error().message);
    Run run(options, report, stop, **spawner, poison);
    return lock ? build_and_publish(run, options, *lock, poison, report, stop) : try_out(run, report);
}

}  // namespace izde::indexer
