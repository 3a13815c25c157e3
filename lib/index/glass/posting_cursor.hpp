// Reads the lists by document that PostingList and ValueList wrote, in place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "index/glass/mapped_table.hpp"
#include "index/glass/numbers.hpp"

namespace izde::index::glass {

// The documents a term stands in, or all with their lengths. One thread; the table must outlive it. Throws
// Damaged.
class PostingCursor {
  public:
    // `key`: of the list's first chunk, as Run has it. `finder` is left at that. Without such a list there is
    // no document.
    PostingCursor(TableCursor& finder, std::string key);
    PostingCursor(const PostingCursor&) = delete;
    PostingCursor& operator=(const PostingCursor&) = delete;

    // Documents of the whole list; 0 for that of lengths.
    std::uint32_t frequency() const { return frequency_; }

    // Calls visit(document, wdf) for the documents from `begin` to before `end` that no call went past,
    // ascending. Chunks that end before `begin` are not read. How many were looked at, more or less.
    // A function of its own for each visitor, whose loop then fits the processor's registers.
    template <class Visit>
    [[gnu::noinline]] std::size_t each(std::uint32_t begin, std::uint32_t end, Visit visit);

    // Where it is, to go back to.
    struct Place {
        TableCursor chunk;
        std::size_t read = 0;  // bytes of the chunk
        std::uint32_t document = 0, wdf = 0, last = 0;
        bool is_last_chunk = false, is_at_end = false;
    };
    Place place() const;
    void return_to(const Place& place);

  private:
    bool next_chunk();  // to its first document; false: there was none
    void begin_chunk(bool is_first);
    const char* begin_of_chunk();

    std::uint32_t number();  // of what begins at at_, behind which it is left then

    // What is read of a chunk, as values, so that they stay in the processor's registers.
    struct Reading {
        const char* at;
        std::uint64_t document;
        std::uint32_t wdf;
    };
    // To the next document of the chunk; `at` is null behind the last one.
    static Reading next(Reading reading, const char* end);

    TableCursor chunk_;
    std::string key_, joined_;
    std::uint32_t frequency_ = 0;
    const char* begin_ = nullptr;  // of the chunk's bytes
    const char* at_ = nullptr;
    const char* end_ = nullptr;
    std::uint32_t document_ = 0, wdf_ = 0;  // the one to visit next
    std::uint32_t last_ = 0;                // of the chunk's documents
    bool is_last_chunk_ = true, is_at_end_ = true;
};

template <class Visit>
std::size_t PostingCursor::each(std::uint32_t begin, std::uint32_t end, Visit visit) {
    if (is_at_end_ || document_ >= end) return 0;
    while (last_ < begin)
        if (!next_chunk()) return 0;
    std::size_t looked_at = 0;
    for (;;) {
        const char* at = at_;
        const char* const three_left = end_ - at >= 3 ? end_ - 2 : at;
        std::uint64_t document = document_;
        std::uint32_t wdf = wdf_;
        while (document < end) {
            if (document >= begin) visit(static_cast<std::uint32_t>(document), wdf);
            if (at < three_left) {
                const auto first = static_cast<unsigned char>(at[0]),
                           second = static_cast<unsigned char>(at[1]);
                if ((first | second) < 0x80) {  // as most of frequent words
                    document += first + 1U;
                    wdf = second;
                    at += 2;
                    continue;
                }
                const auto third = static_cast<unsigned char>(at[2]);
                if (first >= 0x80 && (second | third) < 0x80) {
                    document += ((first & 0x7FU) | static_cast<std::uint32_t>(second) << 7) + 1;
                    wdf = third;
                    at += 3;
                    continue;
                }
            }
            const Reading reading = next({at, document, wdf}, end_);
            at = reading.at;
            if (at == nullptr) break;
            document = reading.document;
            wdf = reading.wdf;
        }
        if (document > std::numeric_limits<std::uint32_t>::max()) Numbers::raise();
        document_ = static_cast<std::uint32_t>(document);
        wdf_ = wdf;
        looked_at += static_cast<std::size_t>((at != nullptr ? at : end_) - at_) / 2 + 1;
        if (at != nullptr) {
            at_ = at;
            return looked_at;
        }
        if (!next_chunk()) return looked_at;
    }
}

// The values in a slot. One thread; the table must outlive it. Throws Damaged.
class ValueCursor {
  public:
    ValueCursor(const MappedTable& table, std::uint32_t slot);
    ValueCursor(const ValueCursor&) = delete;
    ValueCursor& operator=(const ValueCursor&) = delete;

    // Of a document, empty for none; until the next call. Cheap where documents ascend.
    std::string_view at(std::uint32_t document);

    // Calls visit(document, value) for all that have one, ascending. Once, and in place of at().
    template <class Visit>
    void each(Visit visit) {
        for (bool more = begin(); more; more = next()) visit(document_, value_);
    }

  private:
    bool begin();
    bool next();
    void take_value();
    bool take_chunk();
    void seek(std::uint32_t document);

    TableCursor chunk_;
    std::string key_, joined_, wanted_;
    Numbers values_{{}};
    std::uint32_t document_ = 0, asked_ = 0;
    std::string_view value_;
    bool is_begun_ = false, is_at_end_ = false;
    std::uint64_t next_chunk_ = 0;  // the first document behind this one
};

}  // namespace izde::index::glass
