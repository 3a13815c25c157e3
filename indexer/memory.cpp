#include "memory.hpp"

#include <algorithm>

#include "izde/index/files.hpp"

namespace izde::indexer {

namespace fs = std::filesystem;

Result<fs::path> Memory::begin(const index::Lock& lock, const std::string& generation) {
    std::error_code error;
    if (!fs::is_directory(root_, error)) fs::remove(root_, error);
    prune(lock);
    fs::create_directories(folder(generation), error);
    if (error)
        return fail(Errc::io, "cannot create " + folder(generation).string() + ": " + error.message(),
                    index::advice_on(error.value()));
    return folder(generation);
}

void Memory::prune(const index::Lock&) noexcept {
    std::error_code ignored;
    const std::vector<std::string> finished = generations_.finished();
    std::error_code ended;
    for (fs::directory_iterator entry(root_, ended), end; !ended && entry != end; entry.increment(ended)) {
        const bool is_wanted =
            entry->is_directory(ignored) &&
            std::ranges::find(finished, entry->path().filename().string()) != finished.end();
        if (!is_wanted) fs::remove_all(entry->path(), ignored);
    }
}

void remember(const Archive& archive, const std::vector<std::uint32_t>& keys, Known& now) {
    for (std::size_t number = 0; number < archive.size(); ++number) {
        const Archive::Kept& kept = archive.kept(number);
        KnownDocument known;
        known.id = kept.id;
        known.read = kept.read;
        known.repeats = kept.repeats;
        known.place = kept.place;
        known.begin = archive.bytes(number);
        known.bytes = static_cast<std::uint32_t>(archive.bytes(number + 1) - archive.bytes(number));
        known.key = keys[number];
        known.print = archive.print(number);
        now.add(known);
    }
}

}  // namespace izde::indexer
