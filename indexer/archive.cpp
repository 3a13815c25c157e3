#include "archive.hpp"

#include <atomic>
#include <thread>

#include "documents.hpp"

namespace izde::indexer {
namespace {

constexpr std::uint64_t batch_bytes = 2u << 20;  // of documents understood side by side

Failure stopped() {
    return fail(Errc::stopped, "stopped; nothing was published");
}

}  // namespace

Result<Archive> Archive::create(const std::filesystem::path& folder, unsigned jobs) {
    auto read = Spool::create(folder);
    if (!read) return fail(read.error());
    auto understood = Spool::create(folder);
    if (!understood) return fail(understood.error());
    return Archive(*std::move(read), *std::move(understood), jobs);
}

Result<void> Archive::add(const index::Document& document) {
    repetition_.see(document);
    return read_.add(document);
}

void Archive::understand_all(std::vector<index::Document>& documents) const {
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t number = next++; number < documents.size(); number = next++)
            understand(documents[number], &repetition_);
    };
    std::vector<std::jthread> others;
    for (unsigned i = 1; i < jobs_; ++i) others.emplace_back(work);
    work();
}

Result<void> Archive::keep(std::vector<index::Document>& documents) {
    understand_all(documents);
    for (const index::Document& document : documents) {
        duplicates_.see(document);
        if (auto added = understood_.add(document); !added) return added;
    }
    documents.clear();
    return {};
}

Result<void> Archive::settle(const std::function<bool()>& stop) {
    if (auto finished = read_.finish(); !finished) return finished;
    std::vector<index::Document> batch;
    std::uint64_t begin = 0;
    for (std::size_t number = 0; number < read_.size(); ++number) {
        if (stop()) return stopped();
        auto document = read_.document(number);
        if (!document) return fail(document.error());
        batch.push_back(*std::move(document));
        const std::uint64_t end = read_.bytes(number + 1);
        if (end - begin < batch_bytes && number + 1 < read_.size()) continue;
        begin = end;
        if (auto kept = keep(batch); !kept) return kept;
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
