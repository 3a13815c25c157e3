#include "izde/index/writer.hpp"

#include <chrono>
#include <future>
#include <utility>
#include <vector>

#include "izde/index/files.hpp"
#include "izde/index/keys.hpp"

#include "index/batches.hpp"
#include "index/counted.hpp"
#include "index/guard.hpp"
#include "index/stored.hpp"
#include "index/tables.hpp"
#include "index/vocabulary_format.hpp"
#include "index/words.hpp"

namespace izde::index {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t least_batch = 1u << 20;  // bytes

}  // namespace

struct Writer::State {
    State(fs::path folder, unsigned jobs, Packer packer)
        : building(std::move(folder)), scratch(building / "segments"),
          batches(scratch, jobs, least_batch, std::move(packer)) {}

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
        batches.use(*std::move(learned));
        return replace_file(building / dictionary_name, dictionary);
    }

    Result<void> put(Document document) {
        count_in(counted, document);
        return batches.put(first_key(put_so_far++), std::move(document));
    }

    Result<void> write_all(const fs::path& words) {
        auto sorted = batches.finish();
        if (!sorted) return fail(sorted.error());
        auto vocabulary = std::async(std::launch::async, [&] { write_words(sorted->words); });
        tables = write_tables(sorted->scratch, sorted->runs, building);
        vocabulary.get();
        if (!words.empty()) fs::rename(scratch / "words", words);
        fs::remove_all(scratch);
        return {};
    }

    void write_words(const std::vector<fs::path>& files) const {
        index::write_words(files, scratch / "words", building / vocabulary_format::file_name,
                           counted.by_lang);
        for (const fs::path& file : files) fs::remove(file);
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
        auto packer = Packer::with({});
        if (!packer) return fail(packer.error());
        return Writer(std::make_unique<State>(building, jobs, *std::move(packer)));
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
        name_tables(manifest, state_->tables);
        manifest.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        if (const auto written = write_manifest(state_->building, manifest); !written)
            return fail(written.error());
        return manifest;
    });
}

}  // namespace izde::index
