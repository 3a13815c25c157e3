// Documents are cut into batches by their order; each batch is analysed and sorted on whatever thread is
// free, and all are merged into the tables at the end, in the batches' order.
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

#include "izde/index/keys.hpp"
#include "izde/large.hpp"

#include "index/counted.hpp"
#include "index/entry.hpp"
#include "index/glass/batch.hpp"
#include "index/glass/database.hpp"
#include "index/guard.hpp"
#include "index/stored.hpp"
#include "index/vocabulary_format.hpp"
#include "index/words.hpp"

namespace izde::index {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t document_overhead = 500;  // title and fields, about

// Larger batches are merged faster, smaller ones spread better over the threads: a part of what was before,
// as far as memory goes.
constexpr std::size_t least_batch = 1u << 20, most_batch = 8u << 20;
constexpr std::size_t batch_part = 16;
constexpr std::size_t all_batches = 32u << 20;  // being sorted, of all threads

// A document that needs much more memory than as many short ones.
constexpr std::size_t large_document = 1u << 20;

class BatchSink final : public EntrySink {
  public:
    explicit BatchSink(glass::Batch& batch) : batch_(batch) {}
    void add_posting(std::string_view term, std::uint32_t position, std::uint32_t wdf) override {
        batch_.add_posting(term, position, wdf);
    }
    void add_boolean_term(std::string_view term) override { batch_.add_term(term, 0); }
    void add_value(std::uint32_t slot, std::string_view value) override { batch_.add_value(slot, value); }
    void set_data(std::string_view data) override { batch_.set_data(data); }

  private:
    glass::Batch& batch_;
};

struct Batch {
    std::size_t number = 0;
    std::size_t first = 0;  // the number of its first document
    std::vector<Document> documents;
    std::size_t bytes = 0;
    std::size_t longest = 0;  // bytes of a document
};

glass::Run sort(Batch& batch, Packer& packer, glass::Scratch& scratch, const fs::path& words_file) {
    static std::mutex large;
    const LargeTurn turn(large, batch.longest > large_document);
    glass::Batch entries;
    BatchSink sink(entries);
    WordCounts words;
    std::size_t number = batch.first;
    for (Document& document : batch.documents) {
        entries.begin(first_key(number++));
        give_entry(document, words, packer, sink);
        entries.end();
        document = {};
    }
    words.write(words_file);
    return entries.write(scratch);
}

}  // namespace

struct Writer::State {
    State(fs::path folder, Packer packs, unsigned jobs)
        : building(std::move(folder)), scratch(building / "segments"), runs_file(scratch / "runs"),
          packer(std::move(packs)) {
        for (unsigned i = 0; i < jobs; ++i) threads.emplace_back([this] { work(); });
    }

    ~State() { stop(); }

    fs::path words_of(std::size_t number) const { return scratch / (std::to_string(number) + ".words"); }

    Result<void> learn(std::size_t documents, const Fetch& fetch) {
        std::vector<std::string> samples;
        const std::size_t wanted = sample_size(documents);
        for (std::size_t i = 0; i < wanted; ++i) {
            const auto document = fetch(i * documents / wanted);
            if (!document) return fail(document.error());
            samples.push_back(sample_of(*document));
        }
        const std::string dictionary = learn_dictionary(samples);
        if (dictionary.empty()) return {};
        auto learned = Packer::with(dictionary);
        if (!learned) return fail(learned.error());
        packer = *std::move(learned);
        return replace_file(building / dictionary_name, dictionary);
    }

    Result<void> put(Document document) {
        count_in(counted, document);
        std::size_t bytes = document.body.size() + document_overhead;
        for (const Furniture& piece : document.boilerplate) bytes += piece.text.size();
        batch.bytes += bytes;
        batch.longest = std::max(batch.longest, bytes);
        batch.documents.push_back(std::move(document));
        return batch.bytes < enough ? Result<void>() : hand_over();
    }

    // Gives the batch to a thread, when as many as there are threads are not waiting already.
    Result<void> hand_over() {
        std::unique_lock lock(mutex);
        changed.wait(lock, [this] { return waiting.size() < threads.size() || error; });
        if (error) return fail(*error);
        Batch next{batch.number + 1, batch.first + batch.documents.size(), {}, 0, 0};
        handed_over += batch.bytes;
        enough = std::clamp(handed_over / batch_part, least_batch,
                            std::clamp(all_batches / threads.size(), least_batch, most_batch));
        waiting.push_back(std::exchange(batch, std::move(next)));
        runs.resize(batch.number);
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
                Packer mine_packer = packer.another();
                glass::Run run = sort(mine, mine_packer, runs_file, words_of(mine.number));
                const std::lock_guard guard(mutex);
                runs[mine.number] = std::move(run);
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
        auto vocabulary = std::async(std::launch::async, [&] { write_words(); });
        glass::write_database(runs_file, runs, building);
        vocabulary.get();
        if (!words.empty()) fs::rename(scratch / "words", words);
        fs::remove_all(scratch);
        return {};
    }

    void write_words() {
        std::vector<fs::path> files;
        for (std::size_t number = 0; number < batch.number; ++number) files.push_back(words_of(number));
        merge_words(files, {}, scratch / "words");
        for (const fs::path& file : files) fs::remove(file);
        write_vocabulary(scratch / "words", building / vocabulary_format::file_name, counted.by_lang);
    }

    fs::path building, scratch;
    glass::Scratch runs_file;
    Packer packer;  // nothing of it but its dictionary is used
    Batch batch;
    std::size_t handed_over = 0, enough = least_batch;  // bytes
    Manifest counted;

    std::mutex mutex;  // guards what follows
    std::condition_variable changed;
    std::deque<Batch> waiting;
    std::vector<glass::Run> runs;  // by the number of their batch
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
        auto packer = Packer::with({});
        if (!packer) return fail(packer.error());
        return Writer(std::make_unique<State>(building, *std::move(packer), jobs));
    });
}

Result<void> Writer::learn(std::size_t documents, const Fetch& document) {
    return state_->learn(documents, document);
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
