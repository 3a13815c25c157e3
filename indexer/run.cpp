#include "run.hpp"

#include <algorithm>
#include <future>
#include <limits>
#include <system_error>
#include <utility>

#include "izde/index/files.hpp"
#include "izde/index/manifest.hpp"

#include "canary.hpp"
#include "intake.hpp"
#include "memories.hpp"
#include "progress.hpp"
#include "publish.hpp"
#include "stopped.hpp"

namespace izde::indexer {
namespace {

namespace fs = std::filesystem;

// What else than the files themselves decides what is read from them.
std::string settings_of(const Options& options, const Budget& budget) {
    std::string settings = std::to_string(budget.text) + " " + std::to_string(budget.worker) + "\n";
    for (const auto& [own, ours] : options.field_names) settings.append(own).append("=").append(ours) += '\n';
    return settings;
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

// When the run began, but behind all that was seen before, whatever the clock says.
std::uint32_t time_for_new(const index::Generations& generations, std::int64_t began_ns) {
    constexpr std::int64_t most = std::numeric_limits<std::uint32_t>::max();
    std::int64_t last = 0;
    for (const std::string& id : generations.finished())
        if (const auto manifest = index::read_manifest(generations.path(id)))
            last = std::max<std::int64_t>(last, manifest->last_new);
    return static_cast<std::uint32_t>(std::min(most, std::max(began_ns / 1'000'000'000, last + 1)));
}

}  // namespace

Run::Run(const Options& options, Report& report, const Stop& stop, worker::Spawner& spawner, Poison& poison)
    : options_(options), report_(report), stop_(stop), spawner_(spawner), poison_(poison),
      generations_(options.index), budget_(options.memory, options.jobs) {}

Result<void> Run::find(const fs::path& scratch) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    began_ns_ = std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
    if (const auto live = generations_.live()) live_ = generations_.path(*live);
    auto memory = std::async(std::launch::async, [this] { return recalled(); });
    auto found = Found::find(options_, scratch, report_, stop_);
    recalled_ = memory.get();
    if (!found) return fail(found.error());
    found_ = *std::move(found);
    return {};
}

Result<void> Run::make(const fs::path& building, const fs::path& memory) {
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

Result<void> Run::try_out(const fs::path& scratch) {
    recall();
    auto making = take_in_all(scratch, scratch);
    if (!making) return fail(making.error());
    const Writing writing = writing_of(*making);
    if (auto settled = settle(writing); !settled) return settled;
    return give_all(writing, [](index::Document) { return Result<void>(); });
}

Run::Recalled Run::recalled() const {
    if (options_.command != Command::update || live_.empty()) return {};
    auto reader = index::Reader::open(live_);
    if (!reader) return {{}, {}, {}, reader.error()};
    auto known =
        Known::load(Memories(generations_).folder(live_.filename()), {live_, settings_of(options_, budget_)});
    if (!known) return {};
    // What has rotted would be copied, and get checksums that say it is sound.
    if (auto sound = index::verify_files(live_, reader->manifest(), index::Depth::checksums); !sound)
        return {{}, {}, {}, sound.error()};
    auto repetition = known->repetition();
    if (!repetition) return {{}, {}, {}, repetition.error()};
    return {*std::move(known), *std::move(reader), *std::move(repetition), {}};
}

void Run::recall() {
    if (recalled_.doubt) doubt(*recalled_.doubt);
    known_ = std::exchange(recalled_.known, {});
    stored_ = std::exchange(recalled_.stored, {});
    repetition_ = std::exchange(recalled_.repetition, {});
}

void Run::doubt(const Error& error) {
    // Of another format, everybody who upgrades finds it so.
    if (error.code != Errc::index_incompatible)
        report_.warnings.push_back(error.message + ": everything is read again");
}

Result<Run::Making> Run::take_in_all(const fs::path& scratch, const fs::path& keep) {
    const Archive::Stored stored = [this](const KnownDocument& known) {
        return stored_->fetch(index::Match{known.key, 0});
    };
    const Archive::Where where{scratch, keep, budget_.jobs};
    auto archive =
        known_ ? Archive::create(where, *known_, stored, *std::move(repetition_)) : Archive::create(where);
    if (!archive) return fail(archive.error());
    auto now = Remembering::create(keep);
    if (!now) return fail(now.error());
    Making making{*std::move(archive), *std::move(now)};
    Progress progress(options_.talk != Talk::quiet, found_->bytes());
    const Intake intake{*found_, options_.field_names,        budget_,  spawner_,
                        poison_, known_ ? &*known_ : nullptr, progress, stop_};
    if (auto read = take_in(intake, making.archive, report_, making.now); !read) return fail(read.error());
    if (auto safe = guard_against_loss(options_, report_, generations_); !safe) return fail(safe.error());
    return making;
}

Writing Run::writing_of(Making& making) const {
    return {options_, budget_, report_, stop_, making.archive, time_for_new(generations_, began_ns_)};
}

Result<void> Run::make_once(const fs::path& building, const fs::path& memory) {
    const auto start = std::chrono::steady_clock::now();
    auto making = take_in_all(building, memory);
    if (!making) return fail(making.error());
    if (making->archive.is_as_known()) return nothing_changed(*making);
    const Writing writing = writing_of(*making);
    if (auto settled = settle(writing); !settled) return settled;

    index::Manifest manifest;
    manifest.generation = building.stem();
    manifest.built_at = utc_now();
    manifest.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    const Into into{building, memory / "words", manifest};
    auto repetition =
        std::async(std::launch::async, [&] { return making->now.add(making->archive.repetition()); });
    auto written =
        known_ ? write(writing, into, Live{live_, *known_}, making->now) : write(writing, into, making->now);
    if (auto kept = repetition.get(); written) written = kept;
    if (written && stop_()) return stopped();
    if (!written) return written;
    return making->now.finish({building, settings_of(options_, budget_)}, making->archive.records(),
                              making->archive.prints(), making->archive.pairs(), began_ns_);
}

Result<void> Run::nothing_changed(Making& making) {
    if (auto answered = ask_canaries(options_.canaries, live_); !answered) return answered;
    if (stop_()) return stopped();
    report_.nothing_changed = report_.compared = true;
    report_.unchanged = making.archive.size();
    report_.by_lang = stored_->manifest().by_lang;
    report_.generation = live_.filename();
    return making.now.renew(*known_, began_ns_);
}

}  // namespace izde::indexer
