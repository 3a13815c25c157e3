#include "izde/index/revision.hpp"

#include <chrono>
#include <future>
#include <utility>
#include <vector>

#include <xapian.h>

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

// Few documents are put, and shall be analysed on all threads.
constexpr std::size_t least_batch = 64u << 10;  // bytes

}  // namespace

struct Revision::State {
    State(const fs::path& generation, fs::path words_before, fs::path folder, unsigned jobs, Packer packer,
          Unpacker unpacks)
        : building(std::move(folder)), before(std::move(words_before)), kept{generation, {}},
          batches(scratch(), jobs, least_batch, std::move(packer)), unpacker(std::move(unpacks)),
          database(generation.string(), Xapian::DB_BACKEND_GLASS) {
        kept.removed.resize(std::size_t{database.get_lastdocid()} + 1);
        if (fs::exists(generation / dictionary_name))
            fs::copy_file(generation / dictionary_name, building / dictionary_name);
    }

    fs::path scratch() const { return building / "segments"; }

    Result<Document> document(std::uint32_t key) const { return read_stored(database, key, unpacker); }

    Result<void> remove(std::uint32_t key) {
        if (key >= kept.removed.size() || kept.removed[key])
            return fail(Errc::index_corrupt, "there is no document to be removed under its key",
                        "run: izde-indexer rebuild");
        auto stored = document(key);
        if (!stored) return fail(stored.error());
        count_out(counted, *stored);
        ++counted.revised;
        kept.removed[key] = true;
        return batches.take_out(*std::move(stored));
    }

    Result<void> put(std::uint32_t key, const Document& document) {
        count_in(counted, document);
        ++counted.revised;
        return batches.put(key, document);
    }

    Result<void> write_all(const fs::path& words) {
        auto sorted = batches.finish();
        if (!sorted) return fail(sorted.error());
        auto written = std::async(std::launch::async, [&] {
            revise_words({before, kept.folder / vocabulary_format::file_name, by_lang_before}, sorted->words,
                         sorted->gone, words, building / vocabulary_format::file_name, counted.by_lang);
        });
        tables = write_tables(sorted->scratch, sorted->runs, building, kept);
        written.get();
        fs::remove_all(scratch());
        return {};
    }

    fs::path building, before;
    glass::Kept kept;
    Batches batches;
    Unpacker unpacker;
    Xapian::Database database;
    Manifest counted;
    Counts by_lang_before;
    std::vector<glass::Written> tables;
};

Revision::Revision(std::unique_ptr<State> state) : state_(std::move(state)) {}
Revision::Revision(Revision&&) noexcept = default;
Revision& Revision::operator=(Revision&&) noexcept = default;
Revision::~Revision() = default;

Result<Revision> Revision::create(const fs::path& generation, const fs::path& words, const fs::path& building,
                                  unsigned jobs) {
    auto manifest = read_manifest(generation);
    if (!manifest) return fail(manifest.error());
    return guarded("cannot read " + generation.string(), [&]() -> Result<Revision> {
        auto packer = Packer::open(generation);
        if (!packer) return fail(packer.error());
        auto unpacker = Unpacker::open(generation);
        if (!unpacker) return fail(unpacker.error());
        fs::create_directory(building / "segments");
        auto state = std::make_unique<State>(generation, words, building, jobs, *std::move(packer),
                                             *std::move(unpacker));
        state->counted = *std::move(manifest);
        state->counted.revised = 0;
        state->by_lang_before = state->counted.by_lang;
        return Revision(std::move(state));
    });
}

Result<Document> Revision::document(std::uint32_t key) const {
    return guarded("cannot read a document", [&] { return state_->document(key); });
}

Result<void> Revision::remove(std::uint32_t key) {
    return guarded("cannot remove a document", [&] { return state_->remove(key); });
}

Result<void> Revision::put(std::uint32_t key, const Document& document) {
    return guarded("cannot change " + state_->building.string(), [&] { return state_->put(key, document); });
}

Result<Manifest> Revision::finish(Manifest manifest, const fs::path& words) {
    return guarded("cannot finish " + state_->building.string(), [&]() -> Result<Manifest> {
        const auto start = std::chrono::steady_clock::now();
        if (const auto written = state_->write_all(words); !written) return fail(written.error());
        manifest = with_counts(std::move(manifest), state_->counted);
        manifest.revised = state_->counted.revised;
        name_tables(manifest, state_->tables);
        manifest.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        if (const auto done = write_manifest(state_->building, manifest); !done) return fail(done.error());
        return manifest;
    });
}

}  // namespace izde::index
