#include "index/glass/database.hpp"

#include <algorithm>
#include <future>
#include <optional>
#include <string>
#include <utility>

#include "index/glass/block.hpp"
#include "index/glass/codes.hpp"
#include "index/glass/merge.hpp"
#include "index/glass/numbers.hpp"
#include "index/glass/posting_list.hpp"
#include "index/glass/table.hpp"
#include "index/glass/version.hpp"

namespace izde::index::glass {
namespace {

namespace fs = std::filesystem;

// A table without a file where it has no entry.
class LazyTable {
  public:
    explicit LazyTable(fs::path file) : file_(std::move(file)) {}
    void add(std::string_view key, std::string_view tag) {
        if (!writer_) writer_.emplace(file_);
        writer_->add(key, tag);
    }
    Root finish() { return writer_ ? writer_->finish() : Root(); }

  private:
    fs::path file_;
    std::optional<TableWriter> writer_;
};

ValueStatistics values_of(const std::vector<Run>& runs, const Kept& kept) {
    ValueStatistics all;
    for (const Run& run : runs)
        for (const auto& [slot, bounds] : run.values) all[slot].add(bounds);
    KeptLists lists(kept);
    while (!lists.at_end() && is_values_key(lists.key())) {
        ValueBounds bounds;
        KeptLists::Value value;
        const std::uint32_t slot = Numbers(std::string_view(lists.key()).substr(values_key.size())).number();
        while (lists.take(value)) bounds.add(value.bytes);
        if (bounds.documents > 0) all[slot].add(bounds);
    }
    return all;
}

void put_statistics(TableWriter& table, const ValueStatistics& all) {
    std::map<std::string, const ValueBounds*> by_key;
    for (const auto& [slot, bounds] : all) {
        std::string key("\0\xD0", 2);
        for (std::uint32_t rest = slot; rest > 0; rest >>= 8) key += static_cast<char>(rest);
        by_key[key] = &bounds;
    }
    for (const auto& [key, bounds] : by_key) {
        std::string tag;
        put_varint(tag, bounds->documents);
        put_text(tag, bounds->least);
        if (bounds->most != bounds->least) tag += bounds->most;
        table.add(key, tag);
    }
}

using Sources = std::vector<Merge::Source*>;

// Takes the numbers behind each source's key, and gives their sums.
std::pair<std::uint64_t, std::uint64_t> counts_of(const Sources& sources,
                                                  std::vector<std::uint64_t>& documents) {
    std::pair<std::uint64_t, std::uint64_t> sums;
    documents.clear();
    for (Merge::Source* const source : sources) {
        documents.push_back(source->reader.number());
        sums.first += documents.back();
        sums.second += source->reader.number();
    }
    return sums;
}

// Calls `take` with each document and the source that stands behind its number.
template <class Take>
void for_each_document(const Sources& sources, const std::vector<std::uint64_t>& documents, Take take) {
    for (std::size_t i = 0; i < sources.size(); ++i) {
        std::uint32_t document = 0;
        for (std::uint64_t rest = documents[i]; rest > 0; --rest) {
            document += sources[i]->reader.number32();
            take(document, sources[i]->reader);
        }
    }
}

// The lists of the runs and those that are kept, in the order of their keys.
class PostlistMerge {
  public:
    PostlistMerge(Scratch& scratch, const std::vector<Run>& runs, const Kept& kept, const fs::path& file)
        : table_(file), merge_(scratch, runs, &Run::postings), kept_(kept) {
        put_statistics(table_, values_of(runs, kept));
    }

    Root write() {
        const Sources none;
        const Sources* fresh = &merge_.next();
        while (!fresh->empty() || !kept_.at_end()) {
            const bool is_fresh = !fresh->empty() && (kept_.at_end() || fresh->front()->key <= kept_.key());
            const bool is_kept = !kept_.at_end() && (!is_fresh || fresh->front()->key == kept_.key());
            key_ = is_fresh ? fresh->front()->key : kept_.key();
            if (is_values_key(key_))
                put_values(is_fresh ? *fresh : none, is_kept);
            else
                put_postings(is_fresh ? *fresh : none, is_kept);
            if (is_fresh) fresh = &merge_.next();
        }
        return table_.finish();
    }

    const Statistics& of_kept() const { return of_kept_; }

  private:
    void put_values(const Sources& fresh, bool is_kept) {
        counts_of(fresh, documents_);
        ValueList list(table_, key_);
        KeptLists::Value value;
        bool is_left = is_kept && kept_.take(value);
        for_each_document(fresh, documents_, [&](std::uint32_t document, SectionReader& reader) {
            for (; is_left && value.document < document; is_left = kept_.take(value))
                list.add(value.document, value.bytes);
            list.add(document, reader.bytes(reader.number()));
        });
        for (; is_left; is_left = kept_.take(value)) list.add(value.document, value.bytes);
        list.finish();
    }

    void put_postings(const Sources& fresh, bool is_kept) {
        auto [frequency, occurrences] = counts_of(fresh, documents_);
        stay_.clear();
        if (is_kept) kept_.take(stay_);
        const bool is_lengths = key_ == lengths_key;
        see(is_lengths);
        frequency += stay_.size();
        if (frequency == 0) return;
        for (const KeptLists::Posting& posting : stay_) occurrences += posting.wdf;
        PostingList list(table_, key_, is_lengths ? 0 : frequency, is_lengths ? 0 : occurrences);
        auto next = stay_.begin();
        for_each_document(fresh, documents_, [&](std::uint32_t document, SectionReader& reader) {
            for (; next != stay_.end() && next->document < document; ++next)
                list.add(next->document, next->wdf);
            list.add(document, reader.number32());
        });
        for (; next != stay_.end(); ++next) list.add(next->document, next->wdf);
        list.finish();
    }

    void see(bool is_lengths) {
        for (const auto& [document, wdf] : stay_)
            if (is_lengths)
                of_kept_.see_document(document, wdf);
            else
                of_kept_.most_wdf = std::max(of_kept_.most_wdf, wdf);
    }

    TableWriter table_;
    Merge merge_;
    KeptLists kept_;
    Statistics of_kept_;
    std::string key_;
    std::vector<std::uint64_t> documents_;
    std::vector<KeptLists::Posting> stay_;
};

Root write_docdata(Scratch& scratch, const std::vector<Run>& runs, const Kept& kept, const fs::path& file) {
    LazyTable table(file);
    KeptDocuments stay(kept);
    std::string key;
    for (const Run& run : runs) {
        SectionReader reader(scratch, run.docdata, buffer_for(1));
        for (std::uint32_t document = 0; !reader.at_end();) {
            document += reader.number32();
            key.clear();
            put_ascending(key, document);
            for (; !stay.at_end() && stay.key() < key; stay.next()) table.add(stay.key(), stay.tag());
            table.add(key, reader.bytes(reader.number()));
        }
    }
    for (; !stay.at_end(); stay.next()) table.add(stay.key(), stay.tag());
    return table.finish();
}

}  // namespace

std::vector<Written> write_database(Scratch& scratch, const std::vector<Run>& runs, const fs::path& folder,
                                    const Kept& kept) {
    Roots roots;
    auto docdata = std::async(std::launch::async, [&] {
        roots.docdata = write_docdata(scratch, runs, kept, folder / table_name::docdata);
    });
    PostlistMerge postlist(scratch, runs, kept, folder / table_name::postlist);
    roots.postlist = postlist.write();
    docdata.get();
    Statistics statistics = postlist.of_kept();
    for (const Run& run : runs) statistics.add(run.statistics);
    write_version(folder, roots, statistics);
    std::vector<Written> written;
    for (const auto& [name, root] :
         {std::pair(table_name::docdata, &roots.docdata), std::pair(table_name::postlist, &roots.postlist)})
        if (root->is_written) written.push_back({name, std::uint64_t{root->blocks} * block_bytes, root->sum});
    return written;
}

}  // namespace izde::index::glass
