// One run, from what was found to what can be published.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>

#include "izde/index/generations.hpp"
#include "izde/index/reader.hpp"

#include "archive.hpp"
#include "found.hpp"
#include "known.hpp"
#include "options.hpp"
#include "poison.hpp"
#include "report.hpp"
#include "worker/spawner.hpp"
#include "write.hpp"

namespace izde::indexer {

// One thread, beside those of its own. All that is passed in must outlive it.
class Run {
  public:
    using Stop = std::function<bool()>;
    Run(const Options& options, Report& report, const Stop& stop, worker::Spawner& spawner, Poison& poison);

    // `scratch`: a folder for files without a name. Meanwhile, what the last run remembered is looked over.
    Result<void> find(const std::filesystem::path& scratch);

    // Builds in `building`, and remembers in `memory`. An update that finds nothing changed says so in the
    // report, and leaves what it has written so far to be removed.
    Result<void> make(const std::filesystem::path& building, const std::filesystem::path& memory);

    // All that a run does but writing. `scratch` is an empty folder.
    Result<void> try_out(const std::filesystem::path& scratch);

  private:
    // One attempt.
    struct Making {
        Archive archive;
        Remembering now;
    };

    // What the live generation's run remembered.
    struct Recalled {
        std::optional<Known> known;  // nothing, where this run may not use it
        std::optional<index::Reader> stored;
        std::optional<clip::Repetition> repetition;  // of `known`
        std::optional<Error> doubt;
    };

    Recalled recalled() const;
    void recall();
    void doubt(const Error& error);
    Result<void> make_once(const std::filesystem::path& building, const std::filesystem::path& memory);
    Result<Making> take_in_all(const std::filesystem::path& scratch, const std::filesystem::path& keep);
    Writing writing_of(Making& making) const;
    Result<void> nothing_changed(Making& making);

    const Options& options_;
    Report& report_;
    const Stop& stop_;
    worker::Spawner& spawner_;
    Poison& poison_;
    index::Generations generations_;
    Budget budget_;
    std::int64_t began_ns_ = 0;
    std::optional<Found> found_;

    std::filesystem::path live_;  // and what is known of it
    Recalled recalled_;
    std::optional<Known> known_;
    std::optional<index::Reader> stored_;
    std::optional<clip::Repetition> repetition_;  // until it is taken over
};

}  // namespace izde::indexer
