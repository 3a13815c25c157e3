#include "intake.hpp"

#include "ids.hpp"
#include "in_order.hpp"
#include "stopped.hpp"

namespace izde::indexer {
namespace {

constexpr std::size_t waiting_bytes = 32u << 20;
constexpr std::size_t overhead = 500;

// What comes of a file: documents and failures, or those that were known; and then how it ended.
struct Item {
    std::optional<Raw> raw;
    std::optional<Error> error;
    std::optional<KnownFile> known;
    std::optional<Outcome> ended;
    Seen seen;
};

Item item_of(Result<index::Document>&& document) {
    Item item;
    if (document)
        item.raw = raw_of(*document);
    else
        item.error = document.error();
    return item;
}

std::size_t size_of(const Item& item) {
    if (!item.raw) return overhead;
    const clip::Repetition::Runs& runs = item.raw->runs;
    return overhead + item.raw->record.size() + 8 * (runs.anywhere.size() + runs.at_ends.size()) +
           runs.ends.size();
}

// One thread's part: reads a file, or finds it as it was known.
class Reading {
  public:
    Reading(const Intake& intake, InOrder<Item>& in_order, worker::Pool& workers)
        : intake_(intake), entries_(intake.found), in_order_(in_order), workers_(workers) {
        if (intake.before != nullptr) finder_.emplace(*intake.before);
    }

    bool operator()(std::size_t number) {
        try {
            const auto entry = entries_.entry(number);
            if (!entry) {
                Item item;
                item.error = Error{Errc::internal, entry.error().message, entry.error().hint};
                return put_last(number, std::move(item));
            }
            const auto known = finder_ ? finder_->find(*entry) : std::nullopt;
            const bool goes_on = known && intake_.before->is_same(*known, *entry)
                                     ? take_over(number, *known, {{}, known->content, known->stamp})
                                     : read(number, *entry, known);
            return goes_on && !intake_.stop();
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

    bool put_last(std::size_t number, Item item) {
        const std::size_t bytes = size_of(item);
        const bool goes_on = in_order_.put_last(number, std::move(item), bytes);
        workers_.turn_has_moved();
        return goes_on;
    }

    bool read(std::size_t number, const Entry& entry, const std::optional<KnownFile>& known) {
        Seen seen;
        if (known) seen.known = known->content;
        bool wanted = true;
        const std::function<bool()> stop = [&] { return !wanted || intake_.stop(); };
        const ReadSettings settings{intake_.field_names, &workers_, &intake_.poison, intake_.budget.text,
                                    number};
        const Outcome outcome = read_documents(
            entry, settings, stop,
            [&](Result<index::Document> document) {
                wanted = wanted && put(number, item_of(std::move(document)));
            },
            &seen);
        if (outcome == Outcome::unchanged) return take_over(number, *known, seen);
        Item item;
        item.ended = outcome;
        item.seen = seen;
        return put_last(number, std::move(item));
    }

    bool take_over(std::size_t number, const KnownFile& known, const Seen& seen) {
        Item item;
        item.known = known;
        item.ended = known.ignored != 0 ? Outcome::ignored : Outcome::unchanged;
        item.seen = seen;
        return put_last(number, std::move(item));
    }

    const Intake& intake_;
    Found::Reader entries_;
    std::optional<Known::Finder> finder_;
    InOrder<Item>& in_order_;
    worker::Pool& workers_;
};

// Where all of it arrives, in order.
class Arrival {
  public:
    Arrival(const Intake& intake, Archive& archive, Report& report, Remembering& now)
        : intake_(intake), entries_(intake.found), archive_(archive), report_(report), now_(now) {
        if (intake.before != nullptr) {
            known_.emplace(intake.before->documents());
            now_.set_names(intake.before->names());
        }
    }

    bool take(std::size_t number, Item&& item) {
        at_ = number;
        if (item.error) skip(*item.error);
        if (item.raw) keep(*item.raw);
        if (item.known)
            for (std::uint32_t i = 0; outcome_ && i < item.known->documents; ++i) keep(item.known->first + i);
        if (item.ended && outcome_) end(item);
        intake_.progress.update(report_.documents, report_.bytes);
        return static_cast<bool>(outcome_);
    }

    Result<void> finish() {
        for (std::size_t name = 0; name < by_format_.size(); ++name)
            if (by_format_[name] > 0) report_.by_format[now_.names()[name]] += by_format_[name];
        for (std::size_t name = 0; name < by_encoding_.size(); ++name)
            if (by_encoding_[name] > 0) report_.by_encoding[now_.names()[name]] += by_encoding_[name];
        return outcome_;
    }

  private:
    // Of the present file; most are not asked for it.
    const Entry& entry() {
        if (entry_ && fetched_ == at_) return *entry_;
        auto entry = entries_.entry(at_);
        if (!entry && outcome_) outcome_ = fail(entry.error());
        entry_ = entry ? *std::move(entry) : Entry();
        fetched_ = at_;
        return *entry_;
    }

    void skip(const Error& error) {
        is_whole_ = false;
        report_.skipped.add({entry().source, entry().path, {}, error.message});
        const bool of_no_file = error.code == Errc::internal || error.code == Errc::index_corrupt;
        if (of_no_file && outcome_) outcome_ = fail(error);
    }

    // Whether there is none like it, and room for it.
    bool is_wanted(std::uint64_t id) {
        if (archive_.size() >= intake_.budget.documents) {
            if (is_whole_)
                skip({Errc::bad_document,
                      "more documents than fit into " + std::to_string(intake_.budget.megabytes) +
                          " MB of memory: --memory allows more",
                      {}});
            return false;
        }
        if (ids_.insert(id)) return true;
        skip({Errc::bad_document, "another document has the same source, path and record", {}});
        return false;
    }

    void count(std::uint32_t format, std::uint32_t encoding) {
        ++report_.documents;
        for (const auto& [counts, name] :
             {std::pair(&by_format_, format), std::pair(&by_encoding_, encoding)}) {
            if (counts->size() <= name) counts->resize(name + 1);
            ++(*counts)[name];
        }
    }

    void keep(const Raw& raw) {
        if (!is_wanted(raw.id)) return;
        const std::uint32_t format = now_.number_of(raw.format), encoding = now_.number_of(raw.encoding);
        count(format, encoding);
        outcome_ = archive_.add(raw, format, encoding);
    }

    void keep(std::uint32_t known) {
        const auto row = known_->row(known);
        if (!row) outcome_ = fail(row.error());
        if (!row || !is_wanted(row->id)) return;
        if (row->format >= now_.names().size() || row->encoding >= now_.names().size()) {
            outcome_ = fail(Errc::index_corrupt, "what is remembered of a file is damaged");
            return;
        }
        count(row->format, row->encoding);
        outcome_ = archive_.add(known, *row);
    }

    void end(const Item& item) {
        const bool ignored = *item.ended == Outcome::ignored;
        if (ignored) {
            report_.ignore(kind_of(entry()));
        } else {
            ++report_.files;
            report_.bytes += item.known ? item.seen.stamp.bytes : entry().stamp.bytes;
        }
        if (is_whole_ && item.seen.content && outcome_) outcome_ = now_.add(known_again(item, ignored));
        is_whole_ = true;
        first_ = static_cast<std::uint32_t>(archive_.size());
    }

    KnownFile known_again(const Item& item, bool ignored) {
        KnownFile file;
        if (item.known)
            file = *item.known;
        else
            set_place(file, entry().source, entry().path);
        file.stamp = item.seen.stamp;
        file.content = *item.seen.content;
        file.first = first_;
        file.documents = static_cast<std::uint32_t>(archive_.size()) - first_;
        file.ignored = ignored ? 1 : 0;
        return file;
    }

    static std::string kind_of(const Entry& entry) {
        const std::string extension = std::filesystem::path(entry.path).extension();
        return extension.empty() ? "no text" : extension;
    }

    const Intake& intake_;
    Found::Reader entries_;
    Archive& archive_;
    Report& report_;
    Remembering& now_;
    std::optional<Known::Rows::Reader> known_;
    std::optional<Entry> entry_;  // that was fetched last
    std::size_t at_ = 0, fetched_ = 0;
    Ids ids_;
    std::vector<std::uint64_t> by_format_, by_encoding_;
    bool is_whole_ = true;  // nothing of the present file was skipped
    std::uint32_t first_ = 0;
    Result<void> outcome_;
};

}  // namespace

Result<void> take_in(const Intake& intake, Archive& archive, Report& report, Remembering& now) {
    Arrival arrival(intake, archive, report, now);
    InOrder<Item> in_order(waiting_bytes, [&](std::size_t number, Item&& item) {
        return arrival.take(number, std::move(item));
    });
    const unsigned threads = intake.budget.readers;
    worker::Pool workers(intake.spawner, intake.budget.workers, [&] { return in_order.turn(); });
    side_by_side(threads, intake.found.size(), [&] { return Reading(intake, in_order, workers); });
    if (auto arrived = arrival.finish(); !arrived) return arrived;
    if (intake.stop()) return stopped();
    return {};
}

}  // namespace izde::indexer
