#include "archive.hpp"

#include <algorithm>
#include <mutex>

#include "izde/hex.hpp"
#include "izde/index/record.hpp"
#include "izde/large.hpp"

#include "documents.hpp"
#include "file_bytes.hpp"
#include "in_order.hpp"
#include "stopped.hpp"

namespace izde::indexer {
namespace {

constexpr std::size_t waiting_bytes = 8u << 20;
constexpr std::uint64_t large_bytes = 1u << 20;
constexpr std::size_t most_at_once = 256;          // documents that a thread settles in a row
constexpr std::size_t bytes_at_once = 256u << 10;  // of them, about
constexpr std::size_t settled_bytes = 300;         // that one takes in memory, beside its record

Error damaged() {
    return {Errc::index_corrupt, "what is remembered of a file is damaged", {}};
}

}  // namespace

Raw raw_of(const index::Document& document) {
    return {index::write_record(document), number_of_hex(document.id), clip::Repetition::runs_of(document),
            document.format, document.encoding};
}

Archive::Archive(Spool read, Spool understood, Known::Rows rows, Rows<Understood> settled,
                 clip::Duplicates::Prints prints, unsigned jobs)
    : read_(std::move(read)), understood_(std::move(understood)), rows_(std::move(rows)),
      settled_(std::move(settled)), jobs_(jobs), duplicates_(std::move(prints)) {}

Result<Archive> Archive::create(const Where& where) {
    auto read = Tape::create(where.keep, "documents");
    return read ? create(where, *std::move(read)) : fail(read.error());
}

Result<Archive> Archive::create(const Where& where, const Known& known, Stored stored,
                                clip::Repetition repetition) {
    const bool goes_on = !known.is_mostly_left_over();
    auto archive = goes_on ? create(where, Tape()) : create(where);
    if (!archive) return archive;
    archive->before_ = &known;
    archive->stored_ = std::move(stored);
    archive->keep_ = where.keep;
    archive->goes_on_ = goes_on;
    archive->has_begun_ = false;
    archive->is_still_there_.resize(known.documents().size());
    archive->repetition_ = std::move(repetition);
    return archive;
}

Result<Archive> Archive::create(const Where& where, Tape read) {
    auto understood = Tape::create(where.scratch);
    if (!understood) return fail(understood.error());
    auto rows = Known::Rows::create(where.scratch);
    if (!rows) return fail(rows.error());
    auto settled = Rows<Understood>::create(where.scratch);
    if (!settled) return fail(settled.error());
    auto prints = clip::Duplicates::Prints::create(where.keep, "prints");
    if (!prints) return fail(prints.error());
    return Archive(Spool(std::move(read)), Spool(*std::move(understood)), *std::move(rows),
                   *std::move(settled), *std::move(prints), where.jobs);
}

// Takes over what a run that finds nothing changed has no need of.
Result<void> Archive::go_on() {
    if (has_begun_) return {};
    has_begun_ = true;
    if (!goes_on_) return {};
    auto read = Tape::copy(before_->records(), keep_, "documents");
    if (!read) return fail(read.error());
    read_ = Spool(*std::move(read));
    return {};
}

Result<void> Archive::add(const Raw& raw, std::uint32_t format, std::uint32_t encoding) {
    if (auto begun = go_on(); !begun) return begun;
    repetition_.add(raw.runs);
    KnownDocument row;
    row.id = raw.id;
    row.read = hash_of(raw.record);
    row.ends_read = hash_of(raw.runs.ends);
    row.format = format;
    row.encoding = encoding;
    const auto at = read_.add(raw.record);
    if (!at) return fail(at.error());
    const auto ends = read_.add(raw.runs.ends);
    if (!ends) return fail(ends.error());
    row.begin = at->begin;
    row.bytes = at->bytes;
    row.ends_bytes = ends->bytes;
    known_.push_back(nobody);
    bytes_ += row.bytes;
    return rows_.add(row);
}

Result<void> Archive::add(std::uint32_t number, const KnownDocument& known) {
    is_still_there_[number] = true;
    known_.push_back(number);
    bytes_ += known.bytes;
    if (goes_on_) return rows_.add(known);
    KnownDocument row = known;
    const auto all = before_->records().read(row.begin, row.bytes + row.ends_bytes);
    if (!all) return fail(all.error());
    const auto at = read_.add(*all);
    if (!at) return fail(at.error());
    row.begin = at->begin;
    return rows_.add(row);
}

// On this tape; only what came from the one before can be damaged.
Result<std::string> Archive::read(const Extent& at, std::uint64_t hash) const {
    auto bytes = read_.record(at);
    if (bytes && hash_of(*bytes) != hash) return fail(damaged());
    return bytes;
}

Result<index::Document> Archive::as_read(const KnownDocument& row) const {
    const auto bytes = read(row.record(), row.read);
    return bytes ? index::read_record(*bytes) : fail(bytes.error());
}

bool Archive::is_as_known() const {
    if (before_ == nullptr || known_.size() != before_->documents().size()) return false;
    for (std::size_t number = 0; number < known_.size(); ++number)
        if (known_[number] != number) return false;
    return true;
}

// So that what repeats is counted as if it had never been there.
Result<void> Archive::take_off_what_is_gone() {
    if (before_ == nullptr) return {};
    std::vector<std::uint32_t> gone;
    for (std::uint32_t number = 0; number < is_still_there_.size(); ++number)
        if (!is_still_there_[number]) gone.push_back(number);
    is_still_there_ = {};
    Result<void> outcome;
    std::mutex one_takes_off;
    side_by_side(jobs_, gone.size(), [&] {
        return [&](std::size_t i) {
            const auto row = before_->documents().row(gone[i]);
            const auto document = row ? before_->document(*row) : fail(row.error());
            const auto runs = document ? clip::Repetition::runs_of(*document) : clip::Repetition::Runs();
            const std::scoped_lock lock(one_takes_off);
            if (!document) outcome = fail(document.error());
            if (outcome) repetition_.take_off(runs);
            return static_cast<bool>(outcome);
        };
    });
    repetition_.compare_with_before();
    return outcome;
}

// One thread's part: a few documents in a row.
class Archive::Settling {
  public:
    explicit Settling(const Archive& archive)
        : archive_(archive), rows_(archive.rows_), records_(archive.read_.tape()),
          prints_(archive.before_ == nullptr ? archive.duplicates_.prints() : archive.before_->prints()) {}

    Result<Settled> operator()(std::size_t number) {
        const auto row = rows_.row(number);
        if (!row) return fail(row.error());
        // Of large ones only one is understood at a time: it can take many times its size.
        static std::mutex large;
        const LargeTurn turn(large, row->bytes > large_bytes);
        const std::uint32_t known = archive_.known_[number];
        if (known == nobody) return understood(*row);
        return as_known(known, *row);
    }

  private:
    Result<Settled> as_known(std::uint32_t known, const KnownDocument& row) {
        Settled settled;
        settled.repeats = {row.repeats, row.rarity};
        clip::Rarity& rarity = settled.repeats.rarity;
        rarity.widen(archive_.repetition_.drift());
        const auto ends = records_.read(row.begin + row.bytes, row.ends_bytes);
        if (!ends) return fail(ends.error());
        if (hash_of(*ends) != row.ends_read) return fail(damaged());
        if (archive_.repetition_.may_judge_differently(*ends, rarity))
            if (auto judged = judge_again(row, *ends, settled.repeats); !judged) return fail(judged.error());
        if (settled.repeats.number != row.repeats) return understood(row);
        const auto print = prints_.row(known);
        if (!print) return fail(print.error());
        settled.print = *print;
        return settled;
    }

    Result<void> judge_again(const KnownDocument& row, std::string_view ends, clip::Repeats& repeats) const {
        Result<index::Document> document = fail(damaged());
        const auto number = archive_.repetition_.judge(ends, repeats.rarity, [&] {
            document = archive_.as_read(row);
            return document ? std::optional<std::string_view>(document->body) : std::nullopt;
        });
        if (!number) return fail(document.error());
        repeats.number = *number;
        return {};
    }

    Result<Settled> understood(const KnownDocument& row) const {
        auto document = archive_.as_read(row);
        if (!document) return fail(document.error());
        Settled settled;
        settled.repeats = understand(*document, &archive_.repetition_);
        settled.print = clip::Duplicates::print_of(*document);
        settled.record = index::write_record(*document);
        return settled;
    }

    const Archive& archive_;
    Known::Rows::Reader rows_;
    Tape::Reader records_;
    clip::Duplicates::Prints::Reader prints_;
};

Result<void> Archive::take(Settled&& settled) {
    as_stored_.push_back(settled.record.empty());
    const auto record = understood_.add(settled.record);
    if (!record) return fail(record.error());
    if (auto added = settled_.add({*record, settled.repeats.number, settled.repeats.rarity}); !added)
        return added;
    return duplicates_.add(settled.print);
}

Result<void> Archive::settle_all(const std::function<bool()>& stop) {
    Result<void> outcome;
    using Some = Result<std::vector<Settled>>;
    InOrder<Some> in_order(waiting_bytes, [&](std::size_t, Some&& some) {
        if (!some) outcome = fail(some.error());
        for (std::size_t i = 0; outcome && i < some->size(); ++i) outcome = take(std::move((*some)[i]));
        return static_cast<bool>(outcome);
    });
    const std::size_t at_once = std::clamp<std::size_t>(size() / (jobs_ * 16u), 1, most_at_once);
    side_by_side(jobs_, (size() + at_once - 1) / at_once, [&] {
        return [&, settling = Settling(*this)](std::size_t piece) mutable {
            try {
                std::vector<Settled> some;
                std::size_t bytes = 0;
                const std::size_t end = std::min(size(), (piece + 1) * at_once);
                for (std::size_t number = piece * at_once; number < end; ++number) {
                    auto settled = stop() ? Result<Settled>(stopped()) : settling(number);
                    if (!settled) return in_order.put(piece, fail(settled.error()), 0) && in_order.end(piece);
                    bytes += settled_bytes + settled->record.size();
                    some.push_back(*std::move(settled));
                    if (bytes < bytes_at_once) continue;
                    if (!in_order.put(piece, std::exchange(some, {}), std::exchange(bytes, 0))) return false;
                }
                return in_order.put(piece, std::move(some), bytes) && in_order.end(piece);
            } catch (...) {
                in_order.over();
                throw;
            }
        };
    });
    return outcome;
}

Result<void> Archive::settle(const std::function<bool()>& stop) {
    auto done = go_on();
    if (done) done = read_.finish();
    if (done) done = rows_.finish();
    if (done) done = take_off_what_is_gone();
    if (done) done = settle_all(stop);
    if (done) done = understood_.finish();
    if (done) done = settled_.finish();
    return done ? group(stop) : done;
}

Result<void> Archive::group(const std::function<bool()>& stop) {
    const auto fetch = [&](std::size_t number) -> Result<index::Document> {
        if (stop()) return stopped();
        return ungrouped(number);
    };
    // Texts that are as they were then compare as they did.
    const auto recall = [&](std::size_t one, std::size_t other) -> std::optional<bool> {
        if (before_ == nullptr || !as_stored_[one] || !as_stored_[other]) return std::nullopt;
        return before_->pairs().find(id(one), id(other));
    };
    const auto note = [&](std::size_t one, std::size_t other, bool same) {
        pairs_.add(id(one), id(other), same);
    };
    // What is stored is read by one thread.
    return duplicates_.group(fetch, recall, note, before_ == nullptr ? jobs_ : 1);
}

Result<index::Document> Archive::ungrouped(std::size_t number) const {
    if (as_stored_[number]) {
        const auto row = rows_.row(number);
        return row ? stored_(*row) : fail(row.error());
    }
    const auto settled = settled_.row(number);
    return settled ? understood_.document(settled->record) : fail(settled.error());
}

Result<index::Document> Archive::document(std::size_t number) const {
    auto document = ungrouped(number);
    if (document) clip::Duplicates::mark(place(number), *document);
    return document;
}

Result<void> Archive::remember(const std::function<std::uint32_t(std::size_t number)>& key,
                               Remembering& now) const {
    Known::Rows::Reader rows(rows_);
    Rows<Understood>::Reader settled(settled_);
    for (std::size_t number = 0; number < size(); ++number) {
        auto row = rows.row(number);
        if (!row) return fail(row.error());
        const auto understood = settled.row(number);
        if (!understood) return fail(understood.error());
        row->repeats = understood->repeats;
        row->rarity = understood->rarity;
        row->place = place(number);
        row->key = key(number);
        if (auto added = now.add(*row); !added) return added;
    }
    return {};
}

}  // namespace izde::indexer
