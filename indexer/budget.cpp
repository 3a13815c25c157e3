#include "budget.hpp"

#include <algorithm>

namespace izde::indexer {
namespace {

constexpr std::uint64_t mb = 1u << 20;

constexpr std::uint64_t own = 128 * mb;               // what the indexer takes while workers read
constexpr std::uint64_t best_worker = 192 * mb;       // more does few documents any good
constexpr std::uint64_t beside_documents = 224 * mb;  // what it takes while it writes
constexpr std::uint64_t for_a_document = 90;          // measured: tests/soak/build_memory.py
constexpr std::uint64_t beside_jobs = 160 * mb;
constexpr std::uint64_t for_a_job = 44 * mb;  // two batches: one being sorted, one that waits

// A text of words that all differ takes some 40 times its size; see bounds.hpp.
constexpr std::uint64_t beside_text = 64 * mb;
constexpr std::uint64_t for_a_byte = 56;

template <class Number>
Number part(std::uint64_t all, std::uint64_t beside, std::uint64_t each) {
    return static_cast<Number>((all - std::min(all, beside)) / each);
}

}  // namespace

Budget::Budget(int of, unsigned wanted_jobs)
    : megabytes(of), worker(best_worker), workers(wanted_jobs), readers(wanted_jobs), jobs(wanted_jobs),
      text(0), documents(0) {
    const std::uint64_t all = static_cast<std::uint64_t>(megabytes) * mb;
    worker = std::min(best_worker, all - own);
    workers = std::clamp(part<unsigned>(all, own, worker), 1u, wanted_jobs);
    // With one there is none to spare for whose turn it is; with more, another thread takes what one has
    // read.
    readers = workers == 1 ? 1 : wanted_jobs + 1;
    jobs = std::clamp(part<unsigned>(all, beside_jobs, for_a_job), 1u, wanted_jobs);
    text = std::clamp(part<std::size_t>(all, beside_text, for_a_byte), std::size_t{1} << 20,
                      std::size_t{64} << 20);
    documents =
        std::min<std::uint64_t>(part<std::uint64_t>(all, beside_documents, for_a_document), 0xFFFF'0000 / 4);
}

}  // namespace izde::indexer
