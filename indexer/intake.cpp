#include "intake.hpp"

#include <memory>
#include <unordered_set>

#include "izde/index/record.hpp"

#include "in_order.hpp"

namespace izde::indexer {
namespace {

constexpr std::size_t waiting_bytes = 32u << 20;
constexpr std::size_t overhead = 500;

// What comes of a file: documents and failures, and then how it ended.
struct Item {
    std::optional<Raw> raw;
    std::string format, encoding;
    std::optional<Error> error;
    std::optional<Outcome> ended;
    Seen seen;
};

Item item_of(Result<index::Document>&& document) {
    if (!document) return {{}, {}, {}, document.error(), {}, {}};
    return {raw_of(*document), document->format, document->encoding, {}, {}, {}};
}

std::size_t size_of(const Item& item) {
    if (!item.raw) return overhead;
    return overhead + item.raw->record.size() + 8 * item.raw->runs.anywhere.size();
}

// One thread's part: reads a file, or finds it as it was known.
class Reading {
  public:
    Reading(const Intake& intake, InOrder<Item>& in_order)
        : intake_(intake), in_order_(in_order), worker_(std::make_unique<worker::Worker>(intake.spawner)) {}

    bool operator()(std::size_t number) {
        try {
            const Entry& entry = intake_.entries[number];
            const KnownFile* known = intake_.before == nullptr ? nullptr : intake_.before->find(entry);
            if (known != nullptr && intake_.before->is_same(*known, entry))
                remember(number, *known, {{}, known->content, known->stamp});
            else
                read(number, entry, known);
            return in_order_.end(number) && !intake_.stop();
        } catch (...) {
            in_order_.over();
            throw;
        }
    }

  private:
    bool put(std::size_t number, Item item) {
        const std::size_t bytes = size_of(item);
        return in_order_.put(number, std::move(item), bytes);
    }

    void read(std::size_t number, const Entry& entry, const KnownFile* known) {
        Seen seen;
        if (known != nullptr) seen.known = known->content;
        bool wanted = true;
        const std::function<bool()> stop = [&] { return !wanted || intake_.stop(); };
        const ReadSettings settings{intake_.field_names, worker_.get(), &intake_.poison};
        const Outcome outcome = read_documents(
            entry, settings, stop,
            [&](Result<index::Document> document) {
                wanted = wanted && put(number, item_of(std::move(document)));
            },
            &seen);
        if (outcome == Outcome::unchanged) return remember(number, *known, seen);
        put(number, {{}, {}, {}, {}, outcome, seen});
    }

    void remember(std::size_t number, const KnownFile& known, const Seen& seen) {
        for (std::uint32_t i = known.first; i < known.first + known.documents; ++i) {
            auto record = intake_.before->record(i);
            auto document = record ? index::read_record(*record)
                                   : fail(Errc::index_corrupt, "what is remembered of a file is damaged");
            Item item = item_of(std::move(document));
            if (item.raw) item.raw->known = i;
            if (!put(number, std::move(item))) return;
        }
        put(number, {{}, {}, {}, {}, known.ignored ? Outcome::ignored : Outcome::unchanged, seen});
    }

    const Intake& intake_;
    InOrder<Item>& in_order_;
    std::unique_ptr<worker::Worker> worker_;
};

// Where all of it arrives, in order.
class Arrival {
  public:
    Arrival(const Intake& intake, Archive& archive, Report& report, Known& now)
        : intake_(intake), archive_(archive), report_(report), now_(now) {}

    bool take(std::size_t number, Item&& item) {
        const Entry& entry = intake_.entries[number];
        if (item.error) skip(entry, *item.error);
        if (item.raw) keep(entry, item);
        if (item.ended) end(entry, *item.ended, item.seen);
        intake_.progress.update(report_.documents, report_.bytes);
        return static_cast<bool>(outcome_);
    }

    const Result<void>& outcome() const { return outcome_; }

  private:
    void skip(const Entry& entry, const Error& error) {
        is_whole_ = false;
        report_.skipped.push_back({entry.path, error.message, entry.source});
        const bool of_no_file = error.code == Errc::internal || error.code == Errc::index_corrupt;
        if (of_no_file && outcome_) outcome_ = fail(error);
    }

    void keep(const Entry& entry, const Item& item) {
        if (!ids_.insert(item.raw->id).second)
            return skip(entry,
                        {Errc::bad_document, "another document has the same source, path and record", {}});
        ++report_.documents;
        ++report_.by_format[item.format];
        ++report_.by_encoding[item.encoding];
        if (outcome_) outcome_ = archive_.add(*item.raw);
    }

    void end(const Entry& entry, Outcome outcome, const Seen& seen) {
        const bool ignored = outcome == Outcome::ignored;
        if (ignored) {
            ++report_.ignored[kind_of(entry)];
        } else {
            ++report_.files;
            report_.bytes += entry.stamp.bytes;
        }
        if (is_whole_ && seen.content)
            now_.add(KnownFile{entry.source, entry.path, seen.stamp, *seen.content, first_,
                               static_cast<std::uint32_t>(archive_.size()) - first_, ignored});
        is_whole_ = true;
        first_ = static_cast<std::uint32_t>(archive_.size());
    }

    static std::string kind_of(const Entry& entry) {
        const std::string extension = std::filesystem::path(entry.path).extension();
        return extension.empty() ? "no text" : extension;
    }

    const Intake& intake_;
    Archive& archive_;
    Report& report_;
    Known& now_;
    std::unordered_set<std::uint64_t> ids_;
    bool is_whole_ = true;  // nothing of the present file was skipped
    std::uint32_t first_ = 0;
    Result<void> outcome_;
};

}  // namespace

Result<void> take_in(const Intake& intake, Archive& archive, Report& report, Known& now) {
    Arrival arrival(intake, archive, report, now);
    InOrder<Item> in_order(waiting_bytes, [&](std::size_t number, Item&& item) {
        return arrival.take(number, std::move(item));
    });
    side_by_side(intake.jobs, intake.entries.size(), [&] { return Reading(intake, in_order); });
    if (!arrival.outcome()) return arrival.outcome();
    if (intake.stop()) return fail(Errc::stopped, "stopped; nothing was published");
    return {};
}

}  // namespace izde::indexer
