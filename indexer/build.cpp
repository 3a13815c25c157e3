#include "build.hpp"

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <vector>

#include "izde/index/files.hpp"
#include "izde/index/generations.hpp"
#include "izde/index/keys.hpp"
#include "izde/index/manifest.hpp"
#include "izde/index/reader.hpp"
#include "izde/index/revision.hpp"
#include "izde/index/writer.hpp"

#include "archive.hpp"
#include "canary.hpp"
#include "changes.hpp"
#include "full_disk.hpp"
#include "intake.hpp"
#include "memory.hpp"
#include "plan.hpp"
#include "progress.hpp"
#include "publish.hpp"
#include "space.hpp"
#include "walk.hpp"

namespace izde::indexer {
namespace {

namespace fs = std::filesystem;

using Stop = std::function<bool()>;

// More to be written than this part of all documents, and it is faster to write them all.
constexpr std::size_t revised_part = 4;  // a quarter

Failure stopped() {
    return fail(Errc::stopped, "stopped; nothing was published");
}

struct Found {
    std::vector<Entry> entries;
    std::uint64_t bytes = 0;
};

Result<Found> find_files(const Options& options, Report& report, const Stop& stop) {
    Found found;
    Visitor visitor;
    std::error_code no_index_yet;
    const std::string index = fs::canonical(options.index, no_index_yet).string() + "/";
    visitor.file = [&](const Entry& entry) {
        if (!no_index_yet && entry.file.native().starts_with(index)) {
            ++report.ignored["the index itself"];
            return;
        }
        found.bytes += entry.stamp.bytes;
        found.entries.push_back(entry);
    };
    visitor.obstacle = [&](const Obstacle& obstacle) {
        if (obstacle.kind == Obstacle::Kind::skipped)
            report.skipped.push_back({obstacle.path, obstacle.reason, obstacle.source});
        else
            ++report.ignored[obstacle.reason];
    };
    visitor.stop = stop;
    if (const auto walked = walk(options.sources, visitor); !walked) return fail(walked.error());
    if (stop()) return stopped();
    return found;
}

// What else than the files themselves decides what is read from them.
std::string settings_of(const Options& options) {
    std::string settings;
    for (const auto& [own, ours] : options.field_names) settings.append(own).append("=").append(ours) += '\n';
    return settings;
}

Result<fs::path> temporary_folder() {
    std::error_code error;
    std::string name = (fs::temp_directory_path(error) / "izde-XXXXXX").string();
    if (error || ::mkdtemp(name.data()) == nullptr)
        return fail(Errc::io, "cannot create a temporary folder: " + std::string(std::strerror(errno)),
                    "say where with the environment variable TMPDIR");
    return fs::path(name);
}

Result<void> empty(const fs::path& building, const fs::path& memory) {
    std::error_code error;
    for (const fs::path& folder : {building, memory})
        for (auto entry = fs::directory_iterator(folder, error); !error && entry != fs::directory_iterator();
             entry.increment(error))
            if (std::error_code kept; fs::remove_all(entry->path(), kept), kept) error = kept;
    if (!error) return {};
    return fail(Errc::io, "cannot begin anew in " + building.string() + ": " + error.message(),
                index::advice_on(error.value()));
}

// One run, from what was found to what can be published.
class Run {
  public:
    Run(const Options& options, Report& report, const Stop& stop, worker::Spawner& spawner, Poison& poison)
        : options_(options), report_(report), stop_(stop), spawner_(spawner), poison_(poison),
          generations_(options.index) {}

    Result<void> find() {
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        began_ns_ = std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
        auto found = find_files(options_, report_, stop_);
        if (!found) return fail(found.error());
        found_ = *std::move(found);
        return {};
    }

    // Builds in `building`, and remembers in `memory`.
    Result<void> make(const fs::path& building, const fs::path& memory) {
        const Report fresh = report_;
        recall();
        auto made = make_once(building, memory);
        if (!made && known_ && made.error().code == Errc::index_corrupt) {
            report_ = fresh;
            doubt(made.error());
            known_.reset();
            if (auto emptied = empty(building, memory); !emptied) return emptied;
            made = make_once(building, memory);
        }
        return made;
    }

    // All that a run does but writing; what is read lies in a file without a name meanwhile.
    Result<void> try_out() {
        recall();
        const auto folder = temporary_folder();
        if (!folder) return fail(folder.error());
        auto archive = Archive::create(*folder, options_.jobs);
        std::error_code ignored;
        fs::remove_all(*folder, ignored);
        if (!archive) return fail(archive.error());
        Known now;
        if (auto read = read_all(*archive, now); !read) return read;
        if (auto safe = guard_against_loss(options_, report_, generations_); !safe) return safe;
        return give_all(*archive, [](index::Document) { return Result<void>(); });
    }

  private:
    using Take = std::function<Result<void>(index::Document document)>;

    // What the live generation's run remembered, if this one may use it.
    void recall() {
        const auto live = generations_.live();
        if (options_.command != Command::update || !live) return;
        live_ = generations_.path(*live);
        auto reader = index::Reader::open(live_);
        if (!reader) return doubt(reader.error());
        auto known = Known::load(Memory(generations_).folder(*live), {live_, settings_of(options_)});
        if (!known) return;
        // What has rotted would be copied, and get checksums that say it is sound.
        if (auto sound = index::verify_files(live_, reader->manifest(), index::Depth::checksums); !sound)
            return doubt(sound.error());
        known_ = *std::move(known);
        stored_ = *std::move(reader);
    }

    void doubt(const Error& error) {
        // Of another format, everybody who upgrades finds it so.
        if (error.code != Errc::index_incompatible)
            report_.warnings.push_back(error.message + ": everything is read again");
    }

    Result<void> make_once(const fs::path& building, const fs::path& memory) {
        start_ = std::chrono::steady_clock::now();
        is_settled_ = false;
        auto archive = Archive::create(building, options_.jobs, memory);
        if (!archive) return fail(archive.error());
        Known now;
        if (auto read = read_all(*archive, now); !read) return read;
        if (auto safe = guard_against_loss(options_, report_, generations_); !safe) return safe;
        auto written = write(*archive, building, memory, now);
        if (written && stop_()) return stopped();
        if (written) written = now.save(memory, {building, settings_of(options_)}, began_ns_);
        return written;
    }

    Result<void> read_all(Archive& archive, Known& now) {
        if (known_) {
            archive.remember({[this](std::uint32_t known) -> Archive::Before {
                                  const KnownDocument& document = known_->documents()[known];
                                  return {document.repeats, document.print};
                              },
                              [this](std::uint32_t known) {
                                  return stored_->fetch(index::Match{known_->documents()[known].key, 0});
                              }});
        }
        Progress progress(options_.talk != Talk::quiet, found_.bytes);
        const Intake intake{found_.entries, options_.field_names,        options_.jobs, spawner_,
                            poison_,        known_ ? &*known_ : nullptr, progress,      stop_};
        return take_in(intake, archive, report_, now);
    }

    Result<void> write(Archive& archive, const fs::path& building, const fs::path& memory, Known& now) {
        if (known_) {
            if (auto settled = settle(archive); !settled) return settled;
            const Plan plan = make_plan(archive, *known_);
            if ((plan.put.size() + plan.removed.size()) * revised_part <= archive.size()) {
                remember(archive, plan.keys, now);
                return revise(archive, plan, building, memory);
            }
        }
        if (auto written = write_anew(archive, building, memory); !written) return written;
        std::vector<std::uint32_t> keys;
        for (std::size_t number = 0; number < archive.size(); ++number)
            keys.push_back(index::first_key(number));
        remember(archive, keys, now);
        return {};
    }

    Result<void> settle(Archive& archive) {
        Progress progress(options_.talk != Talk::quiet, 0);
        progress.say("comparing stories");
        is_settled_ = true;
        return archive.settle(stop_);
    }

    index::Manifest new_manifest(const fs::path& building) const {
        index::Manifest manifest;
        manifest.generation = building.stem();
        manifest.built_at = utc_now();
        manifest.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
        return manifest;
    }

    Result<void> write_anew(Archive& archive, const fs::path& building, const fs::path& memory) {
        auto writer = index::Writer::create(building, options_.jobs);
        if (!writer) return fail(writer.error());
        const auto put = [&](index::Document document) { return writer->put(std::move(document)); };
        if (auto given = give_all(archive, put); !given) return given;
        const auto finished = writer->finish(new_manifest(building), memory / "words");
        if (!finished) return fail(finished.error());
        return {};
    }

    // Each document as it will be stored, in order.
    Result<void> give_all(Archive& archive, const Take& take) {
        if (!is_settled_)
            if (auto settled = settle(archive); !settled) return settled;
        Progress progress(options_.talk != Talk::quiet, archive.bytes());
        progress.say("comparing with the live index");
        auto changes = changes_since_live();
        if (!changes) return fail(changes.error());
        for (std::size_t number = 0; number < archive.size(); ++number) {
            if (stop_()) return stopped();
            auto document = archive.document(number);
            if (!document) return fail(document.error());
            ++report_.by_lang[document->lang];
            changes->see(*document);
            if (auto taken = take(*std::move(document)); !taken) return taken;
            progress.update(number + 1, archive.bytes(number + 1));
        }
        changes->finish();
        progress.say("merging and verifying");
        return {};
    }

    Result<Changes> changes_since_live() {
        auto names = source_names(options_.sources);
        if (!names) return fail(names.error());
        const auto live = generations_.live();
        return Changes(live ? generations_.path(*live) : fs::path(), *std::move(names), report_);
    }

    Result<void> revise(Archive& archive, const Plan& plan, const fs::path& building,
                        const fs::path& memory) {
        Progress progress(options_.talk != Talk::quiet, 0);
        progress.say("changing a copy of the live index");
        auto names = source_names(options_.sources);
        if (!names) return fail(names.error());
        Comparison comparison(*std::move(names), report_);
        auto revision = index::Revision::create(live_, known_->words(), building);
        if (!revision) return fail(revision.error());
        for (const std::uint32_t key : plan.removed) {
            if (stop_()) return stopped();
            auto document = revision->document(key);
            if (!document) return fail(document.error());
            comparison.take_out(*document);
            if (auto removed = revision->remove(key); !removed) return removed;
        }
        for (const std::size_t number : plan.put) {
            if (stop_()) return stopped();
            auto document = archive.document(number);
            if (!document) return fail(document.error());
            comparison.put_in(*document);
            if (auto put = revision->put(plan.keys[number], *document); !put) return put;
        }
        comparison.finish(archive.size());
        progress.say("merging and verifying");
        const auto finished = revision->finish(new_manifest(building), memory / "words");
        if (!finished) return fail(finished.error());
        report_.by_lang = finished->by_lang;
        return {};
    }

    const Options& options_;
    Report& report_;
    const Stop& stop_;
    worker::Spawner& spawner_;
    Poison& poison_;
    index::Generations generations_;

    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    std::int64_t began_ns_ = 0;
    Found found_;
    bool is_settled_ = false;

    fs::path live_;  // and what is known of it
    std::optional<Known> known_;
    std::optional<index::Reader> stored_;
};

Result<void> build_and_publish(Run& run, const Options& options, const index::Lock& lock, Poison& poison,
                               Report& report, const Stop& stop) {
    index::Generations generations(options.index);
    Memory memories(generations);
    const auto building = generations.begin(lock);
    if (!building) return fail(building.error());
    auto memory = memories.begin(lock, building->stem());
    Result<void> made = memory ? Result<void>() : fail(memory.error());
    if (made && !options.force) made = require_space(generations);
    if (made) made = run.make(*building, *memory);
    if (!made) made = explained(made.error(), *building);
    if (auto saved = poison.save(options.index); !saved) report.warnings.push_back(saved.error().message);
    if (made) made = publish(generations, lock, *building, options, report, stop);
    if (!made) generations.discard(lock, *building);
    memories.prune(lock);
    return made;
}

}  // namespace

Result<void> build(const Options& options, Report& report, const Stop& stop) {
    report.dry_run = options.dry_run;
    // A walk that stops at once only looks whether the sources are there: wrong usage touches nothing.
    if (auto there = walk(options.sources, {{}, {}, [] { return true; }}); !there) return there;
    if (auto askable = check_canaries(options.canaries); !askable) return askable;
    const auto spawner = worker::Spawner::start(options.sandbox);
    if (!spawner) return fail(spawner.error());
    if (const std::string& lacks = (*spawner)->lacks(); !lacks.empty())
        report.warnings.push_back("this system has no " + lacks +
                                  ": the sandbox for reading files is weaker");
    std::optional<index::Lock> lock;
    if (!options.dry_run) {
        auto taken = index::Lock::take(options.index);
        if (!taken) return fail(taken.error());
        lock.emplace(*std::move(taken));
    }
    Poison poison;
    if (auto loaded = Poison::load(options.index, poison); !loaded)
        report.warnings.push_back(loaded.error().message);
    Run run(options, report, stop, **spawner, poison);
    if (auto found = run.find(); !found) return found;
    return lock ? build_and_publish(run, options, *lock, poison, report, stop) : run.try_out();
}

}  // namespace izde::indexer
