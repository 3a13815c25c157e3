#include "memories.hpp"

#include <algorithm>
#include <vector>

#include "izde/index/files.hpp"

namespace izde::indexer {

namespace fs = std::filesystem;

Result<fs::path> Memories::begin(const index::Lock& lock, const std::string& generation) {
    std::error_code error;
    if (!fs::is_directory(root_, error)) fs::remove(root_, error);
    prune(lock);
    fs::create_directories(folder(generation), error);
    if (error)
        return fail(Errc::io, "cannot create " + folder(generation).string() + ": " + error.message(),
                    index::advice_on(error.value()));
    return folder(generation);
}

void Memories::prune(const index::Lock&) noexcept {
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

}  // namespace izde::indexer
