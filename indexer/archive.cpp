#include "archive.hpp"

#include <charconv>
#include <mutex>

#include "izde/index/record.hpp"
#include "izde/large.hpp"

#include "clip/clipping.hpp"
#include "documents.hpp"
#include "file_bytes.hpp"
#include "in_order.hpp"

namespace izde::indexer {
namespace {

constexpr std::size_t waiting_bytes = 8u << 20;
constexpr std::uint64_t large_bytes = 1u << 20;

Failure stopped() {
    return fail(Errc::stopped, "stopped; nothing was published");
}

std::uint64_t number_of(const std::string& hex) {
    std::uint64_t number = 0;
    std::from_chars(hex.data(), hex.data() + hex.size(), number, 16);
    return number;
}

}  // namespace

struct Archive::Settled {
    std::string record;  // empty: as it is known
    std::uint64_t repeats = 0;
    clip::Duplicates::Print print;
};

Raw raw_of(const index::Document& document) {
    return {index::write_record(document), number_of(document.id), clip::Repetition::runs_of(document), {}};
}

Result<Archive> Archive::create(const std::filesystem::path& folder, unsigned jobs,
                                const std::filesystem::path& keep) {
    auto read = keep.empty() ? Spool::create(folder) : Spool::create(keep, "documents");
    if (!read) return fail(read.error());
    auto understood = Spool::create(folder);
    if (!understood) return fail(understood.error());
    return Archive(*std::move(read), *std::move(understood), jobs);
}

Result<void> Archive::add(const Raw& raw) {
    repetition_.add(raw.runs);
    kept_.push_back({raw.id, hash_of(raw.record), 0, raw.known, {}});
    return read_.add(raw.record);
}

Result<Archive::Settled> Archive::settle_one(std::size_t number) const {
    // Of large ones only one is understood at a time: it can take many times its size.
    static std::mutex large;
    const LargeTurn turn(large, read_.bytes(number + 1) - read_.bytes(number) > large_bytes);
    auto document = read_.document(number);
    if (!document) return fail(document.error());
    Settled settled;
    if (const auto known = kept_[number].known) {
        const Before before = memory_.before(*known);
        settled.repeats = clip::repeats_of(*document, repetition_);
        settled.print = before.print;
        if (settled.repeats == before.repeats) return settled;
    }
    settled.repeats = understand(*document, &repetition_);
    settled.print = clip::Duplicates::print_of(*document);
    settled.record = index::write_record(*document);
    return settled;
}

Result<void> Archive::settle_all(const std::function<bool()>& stop) {
    Result<void> outcome;
    InOrder<Result<Settled>> in_order(waiting_bytes, [&](std::size_t number, Result<Settled>&& settled) {
        if (!settled) {
            outcome = fail(settled.error());
            return false;
        }
        kept_[number].repeats = settled->repeats;
        if (!settled->record.empty()) kept_[number].known.reset();
        duplicates_.add(settled->print);
        outcome = understood_.add(settled->record);
        return static_cast<bool>(outcome);
    });
    side_by_side(jobs_, size(), [&] {
        return [&](std::size_t number) {
            try {
                auto settled = stop() ? Result<Settled>(stopped()) : settle_one(number);
                const std::size_t bytes = settled ? settled->record.size() : 0;
                return in_order.put(number, std::move(settled), bytes) && in_order.end(number);
            } catch (...) {
                in_order.over();
                throw;
            }
        };
    });
    return outcome;
}

Result<void> Archive::settle(const std::function<bool()>& stop) {
    if (auto finished = read_.finish(); !finished) return finished;
    if (auto settled = settle_all(stop); !settled) return settled;
    if (auto finished = understood_.finish(); !finished) return finished;
    const auto grouped = duplicates_.group([&](std::size_t number) -> Result<index::Document> {
        if (stop()) return stopped();
        return ungrouped(number);
    });
    if (!grouped) return grouped;
    for (std::size_t number = 0; number < size(); ++number) kept_[number].place = duplicates_.place(number);
    return {};
}

Result<index::Document> Archive::ungrouped(std::size_t number) const {
    const auto known = kept_[number].known;
    return known ? memory_.stored(*known) : understood_.document(number);
}

Result<index::Document> Archive::document(std::size_t number) const {
    auto document = ungrouped(number);
    if (document) clip::Duplicates::mark(kept_[number].place, *document);
    return document;
}

}  // namespace izde::indexer
