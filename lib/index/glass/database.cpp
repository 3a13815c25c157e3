#include "index/glass/database.hpp"

#include <algorithm>
#include <functional>
#include <future>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "index/glass/merge.hpp"
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
    void add(std::string_view key, std::string_view tag, Packing packing) {
        if (!writer_) writer_.emplace(file_);
        writer_->add(key, tag, packing);
    }
    Root finish() { return writer_ ? writer_->finish() : Root(); }

  private:
    fs::path file_;
    std::optional<TableWriter> writer_;
};

void put_statistics(TableWriter& table, const std::vector<Run>& runs) {
    ValueStatistics all;
    for (const Run& run : runs)
        for (const auto& [slot, bounds] : run.values) all[slot].add(bounds);
    std::map<std::string, const ValueBounds*> by_key;
    for (const auto& [slot, bounds] : all) {
        std::string key("\0\xD0", 2);
        for (std::uint32_t rest = slot; rest > 0; rest >>= 8) key += static_cast<char>(rest);
        by_key[key] = &bounds;
    }
    for (const auto& [key, bounds] : by_key) {
        std::string tag;
        put_number(tag, bounds->documents);
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

Root write_postlist(Scratch& scratch, const std::vector<Run>& runs, const fs::path& file) {
    TableWriter table(file);
    put_statistics(table, runs);
    Merge merge(scratch, runs, &Run::postings);
    std::vector<std::uint64_t> documents;
    for (const Sources* sources = &merge.next(); !sources->empty(); sources = &merge.next()) {
        const std::string& key = sources->front()->key;
        const auto [frequency, occurrences] = counts_of(*sources, documents);
        if (is_values_key(key)) {
            ValueList list(table, key);
            for_each_document(*sources, documents, [&](std::uint32_t document, SectionReader& reader) {
                list.add(document, reader.bytes(reader.number()));
            });
            list.finish();
            continue;
        }
        const bool is_lengths = key == lengths_key;
        PostingList list(table, key, is_lengths ? 0 : frequency, occurrences);
        for_each_document(*sources, documents, [&](std::uint32_t document, SectionReader& reader) {
            list.add(document, reader.number32());
        });
        list.finish();
    }
    return table.finish();
}

Root write_positions(Scratch& scratch, const std::vector<Run>& runs, const fs::path& file) {
    LazyTable table(file);
    Merge merge(scratch, runs, &Run::positions);
    std::vector<std::uint64_t> documents;
    std::string key;
    for (const Sources* sources = &merge.next(); !sources->empty(); sources = &merge.next()) {
        key = sources->front()->key + key_end;
        const std::size_t term_bytes = key.size();
        documents.clear();
        for (Merge::Source* const source : *sources) documents.push_back(source->reader.number());
        for_each_document(*sources, documents, [&](std::uint32_t document, SectionReader& reader) {
            key.resize(term_bytes);
            put_ascending(key, document);
            table.add(key, reader.bytes(reader.number()), Packing::plain);
        });
    }
    return table.finish();
}

template <class Take>
void for_each_run(Scratch& scratch, const std::vector<Run>& runs, Section Run::*section, Take take) {
    for (const Run& run : runs) {
        SectionReader reader(scratch, run.*section, buffer_for(1));
        for (std::uint32_t document = 0; !reader.at_end();) {
            document += reader.number32();
            take(document, reader);
        }
    }
}

Root write_docdata(Scratch& scratch, const std::vector<Run>& runs, const fs::path& file) {
    LazyTable table(file);
    std::string key;
    for_each_run(scratch, runs, &Run::docdata, [&](std::uint32_t document, SectionReader& reader) {
        key.clear();
        put_ascending(key, document);
        table.add(key, reader.bytes(reader.number()), Packing::plain);
    });
    return table.finish();
}

Root write_termlists(Scratch& scratch, const std::vector<Run>& runs, const fs::path& file) {
    TableWriter table(file);
    std::string key;
    for_each_run(scratch, runs, &Run::termlists, [&](std::uint32_t document, SectionReader& reader) {
        key.clear();
        put_ascending(key, document);
        const SectionReader::Tag terms = reader.tag();
        table.add(key, terms.bytes, terms.packing);
        const SectionReader::Tag slots = reader.tag();
        if (slots.bytes.empty()) return;
        key += '\0';
        table.add(key, slots.bytes, slots.packing);
    });
    return table.finish();
}

}  // namespace

void write_database(Scratch& scratch, const std::vector<Run>& runs, const fs::path& folder) {
    Roots roots;
    auto positions = std::async(std::launch::async, [&] {
        roots.position = write_positions(scratch, runs, folder / "position.glass");
    });
    auto by_document = std::async(std::launch::async, [&] {
        roots.docdata = write_docdata(scratch, runs, folder / "docdata.glass");
        roots.termlist = write_termlists(scratch, runs, folder / "termlist.glass");
    });
    roots.postlist = write_postlist(scratch, runs, folder / "postlist.glass");
    positions.get();
    by_document.get();
    Statistics statistics;
    for (const Run& run : runs) statistics.add(run.statistics);
    write_version(folder, roots, statistics);
}

}  // namespace izde::index::glass
