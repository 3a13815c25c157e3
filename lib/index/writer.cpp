#include "izde/index/writer.hpp"

#include <chrono>
#include <future>
#include <utility>
#include <vector>

#include "izde/index/keys.hpp"

#include "index/batches.hpp"
#include "index/counted.hpp"
#include "index/glass/database.hpp"
#include "index/guard.hpp"
#include "index/vocabulary_format.hpp"
#include "index/words.hpp"

namespace izde::index {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t least_batch = 1u << 20;  // bytes

}  // namespace

struct Writer::State {
    State(fs::path folder, unsigned jobs)
        : building(std::move(folder)), scratch(building / "segments"), batches(scratch, jobs, least_batch) {}

    Result<void> put(Document document) {
        count_in(counted, document);
        return batches.put(first_key(put_so_far++), std::move(document));
    }

    Result<void> write_all(const fs::path& words) {
        auto sorted = batches.finish();
        if (!sorted) return fail(sorted.error());
        auto vocabulary = std::async(std::launch::async, [&] { write_words(sorted->words); });
        tables = glass::write_database(sorted->scratch, sorted->runs, building);
        vocabulary.get();
        if (!words.empty()) fs::rename(scratch / "words", words);
        fs::remove_all(scratch);
        return {};
    }

    void write_words(const std::vector<fs::path>& files) const {
        merge_words(files, {}, scratch / "words");
        for (const fs::path& file : files) fs::remove(file);
        write_vocabulary(scratch / "words", building / vocabulary_format::file_name, counted.by_lang);
    }

    fs::path building, scratch;
    Batches batches;
    std::size_t put_so_far = 0;
    Manifest counted;
    std::vector<glass::Written> tables;
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
        name_tables(manifest, state_->tables);
        manifest.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        if (const auto written = write_manifest(state_->building, manifest); !written)
            return fail(written.error());
        return manifest;
    });
}

}  // namespace izde::index
