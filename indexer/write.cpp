#include "write.hpp"

#include <utility>

#include "izde/index/generations.hpp"
#include "izde/index/keys.hpp"
#include "izde/index/revision.hpp"
#include "izde/index/writer.hpp"

#include "changes.hpp"
#include "plan.hpp"
#include "progress.hpp"
#include "stopped.hpp"

namespace izde::indexer {
namespace {

namespace fs = std::filesystem;

Progress progress_of(const Writing& writing, std::uint64_t bytes = 0) {
    return Progress(writing.options.talk != Talk::quiet, bytes);
}

Result<Telling> telling(const Writing& writing) {
    auto names = source_names(writing.options.sources);
    if (!names) return fail(names.error());
    return Telling(*std::move(names), writing.report);
}

Result<Changes> changes_since_live(const Writing& writing) {
    auto tells = telling(writing);
    if (!tells) return fail(tells.error());
    return Changes(index::Generations(writing.options.index), *std::move(tells), writing.now);
}

Result<void> take_out(const Writing& writing, index::Revision& revision, Comparison& comparison,
                      const std::vector<std::uint32_t>& keys, bool are_replaced) {
    for (const std::uint32_t key : keys) {
        if (writing.stop()) return stopped();
        const auto document = revision.document(key);
        if (!document) return fail(document.error());
        comparison.take_out(*document, are_replaced);
        if (auto removed = revision.remove(key); !removed) return removed;
    }
    return {};
}

Result<void> revise(const Writing& writing, const Into& into, const Live& live, const Plan& plan) {
    Progress progress = progress_of(writing);
    progress.say("taking over what did not change");
    auto tells = telling(writing);
    if (!tells) return fail(tells.error());
    Comparison comparison(*std::move(tells), writing.now);
    auto revision =
        index::Revision::create(live.generation, live.known.words(), into.building, writing.budget.jobs);
    if (!revision) return fail(revision.error());
    auto done = take_out(writing, *revision, comparison, plan.removed, false);
    if (done) done = take_out(writing, *revision, comparison, plan.replaced, true);
    if (!done) return done;
    for (const std::uint32_t number : plan.put) {
        if (writing.stop()) return stopped();
        auto document = writing.archive.document(number);
        if (!document) return fail(document.error());
        comparison.put_in(*document);
        if (auto put = revision->put(plan.keys[number], *document); !put) return put;
    }
    comparison.finish(writing.archive.size());
    progress.say("merging and verifying");
    const auto finished = revision->finish(into.manifest, into.words);
    if (!finished) return fail(finished.error());
    writing.report.by_lang = finished->by_lang;
    return {};
}

}  // namespace

Result<void> settle(const Writing& writing) {
    Progress progress = progress_of(writing);
    progress.say("comparing stories");
    return writing.archive.settle(writing.stop);
}

Result<void> give_all(const Writing& writing,
                      const std::function<Result<void>(index::Document document)>& take) {
    const Archive& archive = writing.archive;
    Progress progress = progress_of(writing, archive.bytes());
    progress.say("comparing with the live index");
    auto changes = changes_since_live(writing);
    if (!changes) return fail(changes.error());
    std::uint64_t bytes = 0;
    Known::Rows::Reader rows(archive.rows());
    for (std::size_t number = 0; number < archive.size(); ++number) {
        if (writing.stop()) return stopped();
        const auto row = rows.row(number);
        if (!row) return fail(row.error());
        auto document = archive.document(number);
        if (!document) return fail(document.error());
        ++writing.report.by_lang[document->lang];
        changes->see(*document);
        if (auto taken = take(*std::move(document)); !taken) return taken;
        progress.update(number + 1, bytes += row->bytes);
    }
    changes->finish();
    progress.say("merging and verifying");
    return {};
}

Result<void> write(const Writing& writing, const Into& into, Remembering& now) {
    auto writer = index::Writer::create(into.building, writing.budget.jobs);
    if (!writer) return fail(writer.error());
    const Archive& archive = writing.archive;
    const auto fetch = [&](std::size_t number) {
        return writing.stop() ? Result<index::Document>(stopped()) : archive.document(number);
    };
    if (auto learned = writer->learn(archive.size(), fetch); !learned) return learned;
    const auto put = [&](index::Document document) { return writer->put(std::move(document)); };
    if (auto given = give_all(writing, put); !given) return given;
    const auto finished = writer->finish(into.manifest, into.words);
    if (!finished) return fail(finished.error());
    return archive.remember([](std::size_t number) { return index::first_key(number); }, now);
}

Result<void> write(const Writing& writing, const Into& into, const Live& live, Remembering& now) {
    const auto plan = make_plan(writing.archive, live.known);
    if (!plan) return fail(plan.error());
    if (!*plan) return write(writing, into, now);
    if (auto revised = revise(writing, into, live, **plan); !revised) return revised;
    return writing.archive.remember([&](std::size_t number) { return (**plan).keys[number]; }, now);
}

}  // namespace izde::indexer
