#include "index/batches.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "izde/large.hpp"

#include "index/entry.hpp"
#include "index/glass/batch.hpp"
#include "index/guard.hpp"
#include "index/words.hpp"

namespace izde::index {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t document_overhead = 500;  // title and fields, about

// Larger batches are merged faster, smaller ones spread better over the threads: a part of what was before,
// as far as memory goes.
constexpr std::size_t most_batch = 8u << 20;
constexpr std::size_t batch_part = 16;
constexpr std::size_t all_batches = 32u << 20;  // being sorted, of all threads

// A document that needs much more memory than as many short ones.
constexpr std::size_t large_document = 1u << 20;

class BatchSink final : public EntrySink {
  public:
    explicit BatchSink(glass::Batch& batch) : batch_(batch) {}
    std::uint32_t number_of(std::string_view term) override { return batch_.number_of(term); }
    void numbers_of(std::span<const text::Token> tokens, std::vector<std::uint32_t>& numbers) override {
        batch_.numbers_of(tokens, numbers);
    }
    void add_posting(std::uint32_t term, std::uint32_t position, std::uint32_t wdf) override {
        batch_.add_posting(term, position, wdf);
    }
    void add_boolean_term(std::string_view term) override { batch_.add_term(term, 0); }
    void add_value(std::uint32_t slot, std::string_view value) override { batch_.add_value(slot, value); }
    void set_data(std::string_view data) override { batch_.set_data(data); }

  private:
    glass::Batch& batch_;
};

struct Keyed {
    std::uint32_t key = 0;
    Document document;
};

struct Batch {
    std::size_t number = 0;
    std::vector<Keyed> come = {};
    std::vector<Document> gone = {};
    std::size_t bytes = 0;
    std::size_t longest = 0;  // bytes of a document

    bool is_empty() const { return come.empty() && gone.empty(); }
    void add(const Document& document) {
        std::size_t more = document.body.size() + document_overhead;
        for (const Furniture& piece : document.boilerplate) more += piece.text.size();
        bytes += more;
        longest = std::max(longest, more);
    }
};

glass::Run sort(Batch& batch, Packer& packer, glass::Scratch& scratch, const fs::path& come,
                const fs::path& gone) {
    static std::mutex large;
    const LargeTurn turn(large, batch.longest > large_document);
    glass::Batch entries;
    BatchSink sink(entries);
    NumberedCounts words;
    for (Keyed& one : batch.come) {
        entries.begin(one.key);
        give_entry(one.document, words, packer, sink);
        entries.end();
        one.document = {};
    }
    const std::vector<std::uint32_t> order = entries.terms().sorted();
    words.write(entries.terms(), order, come);
    if (!batch.gone.empty()) {
        WordCounts less;
        for (const Document& document : batch.gone) count_words(document, less);
        less.write(gone);
    }
    return entries.write(scratch, order);
}

}  // namespace

struct Batches::State {
    State(const fs::path& in, unsigned jobs, std::size_t least_bytes, Packer packs)
        : folder(in), scratch(in / "runs"), packer(std::move(packs)), least(least_bytes),
          enough(least_bytes) {
        for (unsigned i = 0; i < jobs; ++i) threads.emplace_back([this] { work(); });
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { stop(); }

    fs::path words_of(std::size_t number) const { return folder / (std::to_string(number) + ".words"); }
    fs::path gone_of(std::size_t number) const { return folder / (std::to_string(number) + ".gone"); }

    Result<void> hand_over_full() { return batch.bytes < enough ? Result<void>() : hand_over(); }

    // Gives the batch to a thread, when as many as there are threads are not waiting already.
    Result<void> hand_over() {
        std::unique_lock lock(mutex);
        changed.wait(lock, [this] { return waiting.size() < threads.size() || error; });
        if (error) return fail(*error);
        handed_over += batch.bytes;
        enough = std::clamp(handed_over / batch_part, least,
                            std::clamp(all_batches / threads.size(), least, most_batch));
        if (!batch.gone.empty()) gone.push_back(gone_of(batch.number));
        words.push_back(words_of(batch.number));
        const std::size_t next = batch.number + 1;
        waiting.push_back(std::exchange(batch, Batch{next}));
        runs.resize(next);
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
            const auto written = guarded("cannot write to " + folder.string(), [&]() -> Result<void> {
                Packer mine_packer = packer.another();
                glass::Run run =
                    sort(mine, mine_packer, scratch, words_of(mine.number), gone_of(mine.number));
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

    fs::path folder;
    glass::Scratch scratch;
    Packer packer;  // nothing of it but its dictionary is used
    Batch batch;
    std::size_t least, enough;  // bytes
    std::size_t handed_over = 0;
    std::vector<fs::path> words, gone;

    std::mutex mutex;  // guards what follows
    std::condition_variable changed;
    std::deque<Batch> waiting;
    std::vector<glass::Run> runs;  // by the number of their batch
    std::optional<Error> error;
    bool stopping = false;
    std::vector<std::thread> threads;
};

Batches::Batches(const fs::path& folder, unsigned jobs, std::size_t least_bytes, Packer packer)
    : state_(std::make_unique<State>(folder, jobs, least_bytes, std::move(packer))) {}
Batches::~Batches() = default;

void Batches::use(Packer packer) {
    state_->packer = std::move(packer);
}

Result<void> Batches::put(std::uint32_t key, Document document) {
    state_->batch.add(document);
    state_->batch.come.push_back({key, std::move(document)});
    return state_->hand_over_full();
}

Result<void> Batches::take_out(Document document) {
    state_->batch.add(document);
    state_->batch.gone.push_back(std::move(document));
    return state_->hand_over_full();
}

Result<Batches::Sorted> Batches::finish() {
    if (!state_->batch.is_empty() || state_->batch.number == 0)
        if (auto handed = state_->hand_over(); !handed) return fail(handed.error());
    state_->stop();
    if (state_->error) return fail(*state_->error);
    return Sorted{state_->scratch, std::move(state_->runs), std::move(state_->words),
                  std::move(state_->gone)};
}

}  // namespace izde::index
