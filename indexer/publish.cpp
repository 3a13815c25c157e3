#include "publish.hpp"

#include "izde/index/manifest.hpp"
#include "izde/index/reader.hpp"

#include "canary.hpp"
#include "stopped.hpp"

namespace izde::indexer {

namespace fs = std::filesystem;

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

// A generation is verified under the name it will have, so the folder is renamed first.
Result<void> publish(index::Generations& generations, const index::Lock& lock, const fs::path& building,
                     const Options& options, Report& report, const std::function<bool()>& stop) {
    const auto finished = generations.seal(lock, building);
    if (!finished) return fail(finished.error());
    // The tables of an update are written as those of a rebuild, and hold the bytes that were written;
    // `check` and every rebuild look at their structure as well, which would take longer than an update.
    const auto manifest = index::read_manifest(*finished);
    const bool is_update = manifest && manifest->revised > 0;
    auto fit = index::Reader::verify(*finished, is_update ? index::Reader::Structure::trusted
                                                          : index::Reader::Structure::checked);
    if (fit) fit = ask_canaries(options.canaries, *finished);
    if (!fit && fit.error().code == Errc::refused)
        fit = fail(Errc::refused, fit.error().message + "; nothing was published", fit.error().hint);
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

}  // namespace izde::indexer
