#include "izde/index/inventory.hpp"

#include <algorithm>

#include <xapian.h>

#include "izde/hex.hpp"
#include "izde/index/manifest.hpp"
#include "izde/index/record.hpp"

#include "index/guard.hpp"
#include "index/stored.hpp"

namespace izde::index {
struct Inventory::State {
    Xapian::Database database;
    Unpacker unpacker;
    std::vector<Item> items = {};
};

Inventory::Inventory(std::unique_ptr<State> state) : state_(std::move(state)) {}
Inventory::Inventory(Inventory&&) noexcept = default;
Inventory& Inventory::operator=(Inventory&&) noexcept = default;
Inventory::~Inventory() = default;

Result<Inventory> Inventory::read(const std::filesystem::path& generation) {
    const auto manifest = read_manifest(generation);
    if (!manifest) return fail(manifest.error());
    if (const auto sound = verify_files(generation, *manifest, Depth::checksums); !sound)
        return fail(sound.error());
    return guarded("cannot read " + generation.string(), [&]() -> Result<Inventory> {
        auto unpacker = Unpacker::open(generation);
        if (!unpacker) return fail(unpacker.error());
        auto state = std::make_unique<State>(
            State{Xapian::Database(generation.string(), Xapian::DB_BACKEND_GLASS), *std::move(unpacker)});
        state->items.reserve(state->database.get_doccount());
        const auto end = state->database.postlist_end({});
        for (auto posting = state->database.postlist_begin({}); posting != end; ++posting) {
            const auto document = read_stored(state->database, *posting, state->unpacker);
            if (!document) return fail(document.error());
            state->items.push_back(
                {number_of_hex(document->id), content_of(*document), *posting, document->first_seen});
        }
        std::ranges::sort(state->items, {}, &Item::id);
        return Inventory(std::move(state));
    });
}

const std::vector<Inventory::Item>& Inventory::items() const {
    return state_->items;
}

std::optional<std::size_t> Inventory::find(std::string_view id) const {
    const auto found = std::ranges::lower_bound(state_->items, number_of_hex(id), {}, &Item::id);
    if (found == state_->items.end() || found->id != number_of_hex(id)) return std::nullopt;
    return static_cast<std::size_t>(found - state_->items.begin());
}

Result<Document> Inventory::fetch(const Item& item) const {
    return guarded("cannot read a document", [&]() -> Result<Document> {
        return read_stored(state_->database, item.key, state_->unpacker);
    });
}

}  // namespace izde::index
