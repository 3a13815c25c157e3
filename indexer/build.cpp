#include "build.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <unordered_set>
#include <vector>

#include "izde/index/generations.hpp"
#include "izde/index/reader.hpp"
#include "izde/index/writer.hpp"

#include "archive.hpp"
#include "canary.hpp"
#include "changes.hpp"
#include "documents.hpp"
#include "progress.hpp"
#include "walk.hpp"

namespace izde::indexer {
namespace {

namespace fs = std::filesystem;

struct Found {
    std::vector<Entry> entries;
    std::uint64_t bytes = 0;
};

Result<Found> find_files(const Options& options, Report& report, const std::function<bool()>& stop) {
    Found found;
    Visitor visitor;
    std::error_code no_index_yet;
    const std::string index = fs::canonical(options.index, no_index_yet).string() + "/";
    visitor.file = [&](const Entry& entry) {
        if (!no_index_yet && entry.file.string().starts_with(index)) {
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
    return found;
}

// Documents on their way into the archive.
class Intake {
  public:
    Intake(Report& report, Archive& archive) : report_(report), archive_(archive) {}

    void take(const Entry& entry, Result<index::Document>&& document) {
        if (!document) return skip(entry, document.error());
        if (!ids_.insert(document->id).second) {
            report_.skipped.push_back(
                {entry.path, "another document has the same source, path and record", entry.source});
            return;
        }
        ++report_.documents;
        ++report_.by_format[document->format];
        ++report_.by_encoding[document->encoding];
        if (kept_) kept_ = archive_.add(*document);
    }

    const Result<void>& kept() const { return kept_; }

  private:
    void skip(const Entry& entry, const Error& error) {
        report_.skipped.push_back({entry.path, error.message, entry.source});
        if (error.code == Errc::internal && kept_) kept_ = fail(error);  // of no file, but of reading at all
    }

    Report& report_;
    Archive& archive_;
    std::unordered_set<std::string> ids_;
    Result<void> kept_;
};

std::string kind_of(const Entry& entry) {
    const std::string extension = fs::path(entry.path).extension();
    return extension.empty() ? "no text" : extension;
}

Failure stopped() {
    return fail(Errc::stopped, "stopped; nothing was published");
}

Result<void> read_all(const Found& found, const Options& options, const ReadSettings& settings,
                      Report& report, Archive& archive, const std::function<bool()>& stop) {
    Progress progress(options.talk != Talk::quiet, found.bytes);
    Intake intake(report, archive);
    for (const Entry& entry : found.entries) {
        if (stop()) return stopped();
        const Outcome outcome = read_documents(entry, settings, stop, [&](Result<index::Document> document) {
            intake.take(entry, std::move(document));
            progress.update(report.documents, report.bytes);
        });
        if (!intake.kept()) return intake.kept();
        if (outcome == Outcome::ignored) {
            ++report.ignored[kind_of(entry)];
            continue;
        }
        ++report.files;
        report.bytes += entry.stamp.bytes;
        progress.update(report.documents, report.bytes);
    }
    return {};
}

Result<Changes> changes_since_live(const Options& options, Report& report) {
    auto names = source_names(options.sources);
    if (!names) return fail(names.error());
    const index::Generations generations(options.index);
    const auto live = generations.live();
    return Changes(live ? generations.path(*live) : fs::path(), *std::move(names), report);
}

using Take = std::function<Result<void>(index::Document document)>;

// Each document as it will be stored, in order.
Result<void> understand_all(Archive& archive, const Options& options, Report& report, const Take& take,
                            const std::function<bool()>& stop) {
    Progress progress(options.talk != Talk::quiet, archive.bytes());
    progress.say("comparing stories");
    if (auto settled = archive.settle(stop); !settled) return settled;
    progress.say("comparing with the live index");
    auto changes = changes_since_live(options, report);
    if (!changes) return fail(changes.error());
    for (std::size_t number = 0; number < archive.size(); ++number) {
        if (stop()) return stopped();
        auto document = archive.document(number);
        if (!document) return fail(document.error());
        ++report.by_lang[document->lang];
        changes->see(*document);
        if (auto taken = take(*std::move(document)); !taken) return taken;
        progress.update(number + 1, archive.bytes(number + 1));
    }
    changes->finish();
    progress.say("merging and verifying");
    return {};
}

Result<void> guard_against_loss(const Options& options, const Report& report,
                                const index::Generations& generations) {
    if (options.force) return {};
    if (report.documents == 0)
        return fail(Errc::refused, "no document was found; nothing was published",
                    "check the folder's name and its permissions; --force publishes an empty index");
    const auto live = generations.live();
    if (!live) return {};
    const auto before = index::read_manifest(generations.path(*live));
    if (!before || before->documents == 0) return {};
    const double kept = static_cast<double>(report.documents) / static_cast<double>(before->documents);
    if ((1.0 - kept) * 100.0 <= static_cast<double>(options.max_shrink)) return {};
    return fail(Errc::refused,
                "only " + std::to_string(report.documents) + " of " + std::to_string(before->documents) +
                    " documents are left, a loss of more than " + std::to_string(options.max_shrink) +
                    " %; nothing was published",
                "if that is right: --force, or a larger --max-shrink");
}

Result<fs::path> temporary_folder() {
    std::error_code error;
    std::string name = (fs::temp_directory_path(error) / "izde-XXXXXX").string();
    if (error || ::mkdtemp(name.data()) == nullptr)
        return fail(Errc::io, "cannot create a temporary folder: " + std::string(std::strerror(errno)),
                    "say where with the environment variable TMPDIR");
    return fs::path(name);
}

Result<void> write_generation(const Found& found, const Options& options, const ReadSettings& settings,
                              Report& report, const index::Generations& generations, const fs::path& building,
                              const std::function<bool()>& stop) {
    const auto start = std::chrono::steady_clock::now();
    auto archive = Archive::create(building, options.jobs);
    if (!archive) return fail(archive.error());
    if (auto read = read_all(found, options, settings, report, *archive, stop); !read) return read;
    if (auto safe = guard_against_loss(options, report, generations); !safe) return safe;
    auto writer = index::Writer::create(building, options.jobs);
    if (!writer) return fail(writer.error());
    const auto put = [&](index::Document document) { return writer->put(std::move(document)); };
    if (auto written = understand_all(*archive, options, report, put, stop); !written) return written;

    index::Manifest manifest;
    manifest.generation = building.stem();
    manifest.built_at = utc_now();
    manifest.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (const auto finished = writer->finish(std::move(manifest)); !finished) return fail(finished.error());
    if (stop()) return stopped();
    return {};
}

// A generation is verified under the name it will have, so the folder is renamed first.
Result<void> publish_generation(index::Generations& generations, const index::Lock& lock,
                                const fs::path& building, const Options& options, Report& report,
                                const std::function<bool()>& stop) {
    const auto finished = generations.seal(lock, building);
    if (!finished) return fail(finished.error());
    auto fit = index::Reader::verify(*finished);
    if (fit) fit = ask_canaries(options.canaries, *finished);
    if (fit && stop()) fit = stopped();
    if (!fit) {
        generations.discard(lock, *finished);
        return fit;
    }
    if (auto pointed = generations.point_to(lock, finished->filename()); !pointed) {
        generations.discard(lock, *finished);
        return pointed;
    }
    generations.prune(lock);
    report.generation = finished->filename();
    report.published = true;
    return {};
}

// All that a run does but writing; what is read lies in a file without a name meanwhile.
Result<void> try_out(const Found& found, const Options& options, const ReadSettings& settings, Report& report,
                     const std::function<bool()>& stop) {
    const auto folder = temporary_folder();
    if (!folder) return fail(folder.error());
    auto archive = Archive::create(*folder, options.jobs);
    std::error_code ignored;
    fs::remove_all(*folder, ignored);
    if (!archive) return fail(archive.error());
    if (auto read = read_all(found, options, settings, report, *archive, stop); !read) return read;
    if (auto safe = guard_against_loss(options, report, index::Generations(options.index)); !safe)
        return safe;
    return understand_all(
        *archive, options, report, [](const index::Document&) { return Result<void>(); }, stop);
}

}  // namespace

Result<void> rebuild(const Options& options, Report& report, const std::function<bool()>& stop) {
    report.dry_run = options.dry_run;
    // A walk that stops at once only looks whether the sources are there: wrong usage touches nothing.
    if (auto there = walk(options.sources, {{}, {}, [] { return true; }}); !there) return there;
    if (auto askable = check_canaries(options.canaries); !askable) return askable;
    const auto spawner = worker::Spawner::start(options.sandbox);
    if (!spawner) return fail(spawner.error());
    if (const std::string& lacks = (*spawner)->lacks(); !lacks.empty())
        report.warnings.push_back("this system has no " + lacks +
                                  ": the sandbox for reading files is weaker");
    worker::Worker worker(**spawner);
    Poison poison;
    const ReadSettings settings{options.field_names, &worker, &poison};
    std::optional<index::Lock> lock;
    if (!options.dry_run) {
        auto taken = index::Lock::take(options.index);
        if (!taken) return fail(taken.error());
        lock.emplace(*std::move(taken));
    }
    if (auto loaded = Poison::load(options.index, poison); !loaded)
        report.warnings.push_back(loaded.error().message);
    const auto found = find_files(options, report, stop);
    if (!found) return fail(found.error());
    if (!lock) return try_out(*found, options, settings, report, stop);

    index::Generations generations(options.index);
    const auto building = generations.begin(*lock);
    if (!building) return fail(building.error());
    auto written = write_generation(*found, options, settings, report, generations, *building, stop);
    if (auto saved = poison.save(options.index); !saved) report.warnings.push_back(saved.error().message);
    if (written) written = publish_generation(generations, *lock, *building, options, report, stop);
    if (!written) generations.discard(*lock, *building);
    return written;
}

}  // namespace izde::indexer
