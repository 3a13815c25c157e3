// A growing Xapian database slows down with the postings it has not flushed yet (cache misses), so
// documents are cut into batches by their order, each batch becomes a segment on whatever thread is
// free, and segments are merged in the batches' order.
#include "izde/index/writer.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <xapian.h>

#include "izde/index/keys.hpp"
#include "izde/index/record.hpp"
#include "izde/large.hpp"

#include "index/counted.hpp"
#include "index/entry.hpp"
#include "index/guard.hpp"
#include "index/sync_watch.hpp"
#include "index/vocabulary_format.hpp"
#include "index/words.hpp"

namespace izde::index {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t segment_bytes = 1u << 20;
constexpr std::size_t document_overhead = 500;  // title and fields, about
constexpr std::size_t merge_width = 32;

fs::path words_of(const fs::path& segment) {
    return segment.string() + ".words";
}

// Opens merge_width segments at most at once, since each takes several file descriptors.
void merge_tables(const std::vector<fs::path>& segments, const fs::path& target) {
    Xapian::Database all;
    for (const fs::path& segment : segments)
        all.add_database(Xapian::Database(segment.string(), Xapian::DB_BACKEND_GLASS));
    const SyncWatch syncs;
    all.compact(target.string(), Xapian::DBCOMPACT_NO_RENUMBER, 0);
    if (syncs.error() != 0)
        throw fs::filesystem_error("cannot sync", target, {syncs.error(), std::generic_category()});
    all.close();
    for (const fs::path& segment : segments) fs::remove_all(segment);
}

void merge_segment_words(const std::vector<fs::path>& segments, const fs::path& target) {
    std::vector<fs::path> words;
    for (const fs::path& segment : segments) words.push_back(words_of(segment));
    merge_words(words, {}, target);
    for (const fs::path& file : words) fs::remove(file);
}

struct Batch {
    std::size_t number = 0;
    std::size_t first = 0;  // the number of its first document
    std::vector<Document> documents;
    std::size_t bytes = 0;
};

void write_segment(const fs::path& segment, Batch& batch) {
    // Xapian needs many times the size of a long document.
    static std::mutex large;
    const LargeTurn turn(large, batch.bytes > segment_bytes + segment_bytes / 4);
    // Nothing here outlives a crash anyway: the generation is synced as a whole at the end. DB_DANGEROUS is
    // no faster, and hides why a write failed.
    Xapian::WritableDatabase database(segment.string(),
                                      Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS | Xapian::DB_NO_SYNC);
    WordCounts words;
    std::size_t number = batch.first;
    for (Document& document : batch.documents) {
        database.replace_document(first_key(number++), make_entry(document, words));
        document = {};
    }
    database.close();
    words.write(words_of(segment));
}

}  // namespace

struct Writer::State {
    State(fs::path folder, unsigned jobs) : building(std::move(folder)), scratch(building / "segments") {
        for (unsigned i = 0; i < jobs; ++i) threads.emplace_back([this] { work(); });
    }

    ~State() { stop(); }

    fs::path segment(std::size_t number) const { return scratch / std::to_string(number); }

    Result<void> put(Document document) {
        count_in(counted, document);
        batch.bytes += document.body.size() + document_overhead;
        for (const Furniture& piece : document.boilerplate) batch.bytes += piece.text.size();
        batch.documents.push_back(std::move(document));
        return batch.bytes < segment_bytes ? Result<void>() : hand_over();
    }

    // Gives the batch to a thread, when as many as there are threads are not waiting already.
    Result<void> hand_over() {
        std::unique_lock lock(mutex);
        changed.wait(lock, [this] { return waiting.size() < threads.size() || error; });
        if (error) return fail(*error);
        Batch next{batch.number + 1, batch.first + batch.documents.size(), {}, 0};
        waiting.push_back(std::exchange(batch, std::move(next)));
        changed.notify_all();
        return {};
    }

    void work() {
        for (;;) {
            std::unique_lock lock(mutex);
            changed.wait(lock, [this] { return !waiting.empty() || stopping; });
            if (waiting.empty()) return;
            Batch mine = std::move(waiting.front());
            waiting.pop_front();
            changed.notify_all();
            lock.unlock();
            const auto written = guarded("cannot write to " + building.string(), [&]() -> Result<void> {
                write_segment(segment(mine.number), mine);
                return {};
            });
            if (written) continue;
            lock.lock();
            error = written.error();
            waiting.clear();
            changed.notify_all();
        }
    }

    // Ends the threads once they have written what is waiting.
    void stop() {
        {
            const std::lock_guard lock(mutex);
            stopping = true;
        }
        changed.notify_all();
        for (std::thread& thread : threads)
            if (thread.joinable()) thread.join();
    }

    Result<void> write_all(const fs::path& words) {
        if (!batch.documents.empty() || batch.number == 0)
            if (auto handed = hand_over(); !handed) return handed;
        stop();
        if (error) return fail(*error);
        std::vector<fs::path> segments;
        for (std::size_t number = 0; number < batch.number; ++number) segments.push_back(segment(number));
        segments = merged_to_few(std::move(segments));
        auto vocabulary = std::async(std::launch::async, [&] {
            merge_segment_words(segments, scratch / "words");
            write_vocabulary(scratch / "words", building / vocabulary_format::file_name, counted.by_lang);
        });
        merge_tables(segments, building);
        vocabulary.get();
        if (!words.empty()) fs::rename(scratch / "words", words);
        fs::remove_all(scratch);
        return {};
    }

    // Neighbours become one, until few enough are left for the last merge.
    std::vector<fs::path> merged_to_few(std::vector<fs::path> segments) {
        std::size_t next = segments.size();
        while (segments.size() > merge_width) {
            std::vector<fs::path> larger;
            for (std::size_t begin = 0; begin < segments.size(); begin += merge_width) {
                const auto from = segments.begin() + static_cast<std::ptrdiff_t>(begin);
                const auto to = segments.begin() +
                                static_cast<std::ptrdiff_t>(std::min(segments.size(), begin + merge_width));
                larger.push_back(segment(next++));
                merge_tables({from, to}, larger.back());
                merge_segment_words({from, to}, words_of(larger.back()));
            }
            segments = std::move(larger);
        }
        return segments;
    }

    fs::path building, scratch;
    Batch batch;
    Manifest counted;

    std::mutex mutex;  // guards what follows
    std::condition_variable changed;
    std::deque<Batch> waiting;
    std::optional<Error> error;
    bool stopping = false;
    std::vector<std::thread> threads;
};

Writer::Writer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Writer::Writer(Writer&&) noexcept = default;
Writer& Writer::operator=(Writer&&) noexcept = default;
Writer::~Writer() = default;

Result<Writer> Writer::create(const fs::path& building, unsigned jobs) {
    return guarded("cannot write to " + building.string(), [&]() -> Result<Writer> {
        fs::create_directory(building / "segments");
        return Writer(std::make_unique<State>(building, jobs));
    });
}

Result<void> Writer::put(Document document) {
    return state_->put(std::move(document));
}

Result<Manifest> Writer::finish(Manifest manifest, const fs::path& words) {
    return guarded("cannot finish " + state_->building.string(), [&]() -> Result<Manifest> {
        const auto start = std::chrono::steady_clock::now();
        if (const auto written = state_->write_all(words); !written) return fail(written.error());

        manifest = with_counts(std::move(manifest), state_->counted);
        manifest.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        if (const auto written = write_manifest(state_->building, manifest); !written)
            return fail(written.error());
        return manifest;
    });
}

}  // namespace izde::index
