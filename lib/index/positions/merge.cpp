#include "index/positions/merge.hpp"

#include <optional>
#include <string>

#include "index/glass/merge.hpp"
#include "index/positions/lists.hpp"
#include "index/positions/writer.hpp"

namespace izde::index::positions {
namespace {

using Sources = std::vector<glass::Merge::Source*>;

// The documents of a list that stay.
class Staying {
  public:
    Staying(const List& list, const glass::Kept& kept) : list_(list), kept_(kept) { next(); }

    bool at_end() const { return at_end_; }
    std::uint32_t document() const { return entries_.document(); }

    void put(Writer& to) {
        to.add(entries_.document(), entries_.positions());
        next();
    }

  private:
    void next() {
        do
            if (!next_entry()) return;
        while (!kept_.stays(entries_.document()));
    }
    bool next_entry() {
        while (!entries_.next()) {
            at_end_ = chunk_ == list_.chunks();
            if (at_end_) return false;
            entries_ = Entries(list_.chunk(chunk_++));
        }
        if (entries_.document() <= last_) raise();
        last_ = entries_.document();
        return true;
    }

    List list_;
    const glass::Kept& kept_;
    std::size_t chunk_ = 0;
    Entries entries_;
    std::uint32_t last_ = 0;
    bool at_end_ = false;
};

bool all_stay(const List& list, const glass::Kept& kept) {
    for (std::size_t chunk = 0; chunk < list.chunks(); ++chunk)
        for (Entries entries(list.chunk(chunk)); entries.next();)
            if (!kept.stays(entries.document())) return false;
    return true;
}

void put(Writer& writer, const std::string& term, const Sources& fresh, const List& list,
         const glass::Kept& kept) {
    if (fresh.empty() && all_stay(list, kept)) return writer.copy(term, list);
    writer.begin(term);
    Staying staying(list, kept);
    for (glass::Merge::Source* const source : fresh) {
        std::uint32_t document = 0;
        for (std::uint64_t left = source->reader.number(); left > 0; --left) {
            document += source->reader.number32();
            while (!staying.at_end() && staying.document() < document) staying.put(writer);
            writer.add(document, source->reader.bytes(source->reader.number()));
        }
    }
    while (!staying.at_end()) staying.put(writer);
    writer.end();
}

}  // namespace

glass::Written write(glass::Scratch& scratch, const std::vector<glass::Run>& runs,
                     const std::filesystem::path& folder, const glass::Kept& kept) {
    Writer writer(folder);
    glass::Merge merge(scratch, runs, &glass::Run::positions);
    std::optional<Lists> lists;
    std::optional<Walk> walk;
    if (!kept.folder.empty()) walk.emplace(lists.emplace(kept.folder));
    const auto is_left = [&walk] { return walk && !walk->at_end(); };
    const Sources none;
    std::string term;
    const Sources* fresh = &merge.next();
    while (!fresh->empty() || is_left()) {
        const bool is_fresh = !fresh->empty() && (!is_left() || fresh->front()->key <= walk->term());
        const bool is_kept = is_left() && (!is_fresh || fresh->front()->key == walk->term());
        term = is_fresh ? fresh->front()->key : walk->term();
        put(writer, term, is_fresh ? *fresh : none, is_kept ? walk->list() : List(), kept);
        if (is_fresh) fresh = &merge.next();
        if (is_kept) walk->next();
    }
    return writer.finish();
}

}  // namespace izde::index::positions
