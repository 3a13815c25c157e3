#include "archive.hpp"

#include "documents.hpp"

namespace izde::indexer {
namespace {

Failure stopped() {
    return fail(Errc::stopped, "stopped; nothing was published");
}

}  // namespace

Result<Archive> Archive::create(const std::filesystem::path& folder) {
    auto read = Spool::create(folder);
    if (!read) return fail(read.error());
    auto understood = Spool::create(folder);
    if (!understood) return fail(understood.error());
    return Archive(*std::move(read), *std::move(understood));
}

Result<void> Archive::add(const index::Document& document) {
    repetition_.see(document);
    return read_.add(document);
}

Result<void> Archive::settle(const std::function<bool()>& stop) {
    if (auto finished = read_.finish(); !finished) return finished;
    for (std::size_t number = 0; number < read_.size(); ++number) {
        if (stop()) return stopped();
        auto document = read_.document(number);
        if (!document) return fail(document.error());
        understand(*document, &repetition_);
        duplicates_.see(*document);
        if (auto added = understood_.add(*document); !added) return added;
    }
    if (auto finished = understood_.finish(); !finished) return finished;
    return duplicates_.group([&](std::size_t number) -> Result<index::Document> {
        if (stop()) return stopped();
        return understood_.document(number);
    });
}

Result<index::Document> Archive::document(std::size_t number) const {
    auto document = understood_.document(number);
    if (document) duplicates_.mark(number, *document);
    return document;
}

}  // namespace izde::indexer
