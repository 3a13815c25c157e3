#include "izde/index/revision.hpp"

#include <chrono>
#include <future>

#include <xapian.h>

#include "index/counted.hpp"
#include "index/entry.hpp"
#include "index/guard.hpp"
#include "index/stored.hpp"
#include "index/sync_watch.hpp"
#include "index/vocabulary_format.hpp"
#include "index/words.hpp"

namespace izde::index {
namespace {

namespace fs = std::filesystem;

// Of what was changed since the files were compacted, this part of all documents is borne.
constexpr std::uint64_t borne = 5;  // a fifth

void copy_tables(const fs::path& from, const fs::path& to) {
    for (const char* name :
         {"iamglass", "docdata.glass", "position.glass", "postlist.glass", "termlist.glass", dictionary_name})
        if (fs::exists(from / name)) fs::copy_file(from / name, to / name);
}

}  // namespace

struct Revision::State {
    State(const fs::path& generation, fs::path words_before, fs::path folder, Packer packs, Unpacker unpacks)
        : building(std::move(folder)), before(std::move(words_before)), packer(std::move(packs)),
          unpacker(std::move(unpacks)) {
        copy_tables(generation, building);
        fs::create_directory(scratch());
        // Nothing here outlives a crash anyway: the generation is synced as a whole at the end.
        database = Xapian::WritableDatabase(building.string(),
                                            Xapian::DB_OPEN | Xapian::DB_BACKEND_GLASS | Xapian::DB_NO_SYNC);
    }

    fs::path scratch() const { return building / "segments"; }

    Document document(std::uint32_t key) const {
        auto stored = read_stored(database, key, unpacker);
        if (!stored) throw Xapian::DatabaseCorruptError(stored.error().message);
        return *std::move(stored);
    }

    void remove(std::uint32_t key) {
        const Document stored = document(key);
        count_words(stored, gone);
        count_out(counted, stored);
        database.delete_document(key);
        ++counted.revised;
    }

    void put(std::uint32_t key, const Document& document) {
        count_in(counted, document);
        database.replace_document(key, make_entry(document, come, packer));
        ++counted.revised;
    }

    void write_words(const fs::path& words) {
        come.write(scratch() / "come");
        gone.write(scratch() / "gone");
        merge_words({before, scratch() / "come"}, {scratch() / "gone"}, words);
        write_vocabulary(words, building / vocabulary_format::file_name, counted.by_lang);
    }

    void close_tables() {
        database.close();
        if (counted.revised * borne <= counted.documents) return;
        const fs::path compacted = scratch() / "compacted";
        const SyncWatch syncs;
        Xapian::Database(building.string(), Xapian::DB_BACKEND_GLASS)
            .compact(compacted.string(), Xapian::DBCOMPACT_NO_RENUMBER, 0);
        if (syncs.error() != 0)
            throw fs::filesystem_error("cannot sync", compacted, {syncs.error(), std::generic_category()});
        for (const auto& table : fs::directory_iterator(compacted))
            fs::rename(table.path(), building / table.path().filename());
        counted.revised = 0;
    }

    fs::path building, before;
    Packer packer;
    Unpacker unpacker;
    Xapian::WritableDatabase database;
    WordCounts come, gone;
    Manifest counted;
};

Revision::Revision(std::unique_ptr<State> state) : state_(std::move(state)) {}
Revision::Revision(Revision&&) noexcept = default;
Revision& Revision::operator=(Revision&&) noexcept = default;
Revision::~Revision() = default;

Result<Revision> Revision::create(const fs::path& generation, const fs::path& words,
                                  const fs::path& building) {
    auto manifest = read_manifest(generation);
    if (!manifest) return fail(manifest.error());
    return guarded("cannot copy " + generation.string(), [&]() -> Result<Revision> {
        auto packer = Packer::open(generation);
        if (!packer) return fail(packer.error());
        auto unpacker = Unpacker::open(generation);
        if (!unpacker) return fail(unpacker.error());
        auto state =
            std::make_unique<State>(generation, words, building, *std::move(packer), *std::move(unpacker));
        state->counted = *std::move(manifest);
        return Revision(std::move(state));
    });
}

Result<Document> Revision::document(std::uint32_t key) const {
    return guarded("cannot read a document", [&]() -> Result<Document> { return state_->document(key); });
}

Result<void> Revision::remove(std::uint32_t key) {
    return guarded("cannot change " + state_->building.string(), [&]() -> Result<void> {
        state_->remove(key);
        return {};
    });
}

Result<void> Revision::put(std::uint32_t key, const Document& document) {
    return guarded("cannot change " + state_->building.string(), [&]() -> Result<void> {
        state_->put(key, document);
        return {};
    });
}

Result<Manifest> Revision::finish(Manifest manifest, const fs::path& words) {
    return guarded("cannot finish " + state_->building.string(), [&]() -> Result<Manifest> {
        const auto start = std::chrono::steady_clock::now();
        auto written = std::async(std::launch::async, [&] { state_->write_words(words); });
        state_->close_tables();
        written.get();
        fs::remove_all(state_->scratch());
        manifest = with_counts(std::move(manifest), state_->counted);
        manifest.revised = state_->counted.revised;
        manifest.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        if (const auto done = write_manifest(state_->building, manifest); !done) return fail(done.error());
        return manifest;
    });
}

}  // namespace izde::index
