#include "archive.hpp"

namespace izde::indexer {
namespace {

Failure stopped() {
    return fail(Errc::stopped, "stopped; nothing was published");
}

}  // namespace

Result<Archive> Archive::create(const std::filesystem::path& folder) {
    auto spool = Spool::create(folder);
    if (!spool) return fail(spool.error());
    return Archive(*std::move(spool));
}

Result<void> Archive::add(const index::Document& document) {
    return spool_.add(document);
}

// The document as it is compared and written: without what other documents show to be no part of it.
Result<index::Document> Archive::cleaned(std::size_t number) const {
    return spool_.document(number);
}

Result<void> Archive::settle(const std::function<bool()>& stop) {
    if (auto finished = spool_.finish(); !finished) return finished;
    for (std::size_t number = 0; number < spool_.size(); ++number) {
        if (stop()) return stopped();
        const auto document = cleaned(number);
        if (!document) return fail(document.error());
        duplicates_.see(*document);
    }
    return duplicates_.group([&](std::size_t number) -> Result<index::Document> {
        if (stop()) return stopped();
        return cleaned(number);
    });
}

Result<index::Document> Archive::document(std::size_t number) const {
    auto document = cleaned(number);
    if (document) duplicates_.mark(number, *document);
    return document;
}

}  // namespace izde::indexer
