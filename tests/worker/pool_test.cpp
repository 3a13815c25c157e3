// Workers that are shared out among threads whose documents are taken in order.
#include <algorithm>
#include <array>
#include <atomic>
#include <thread>

#include "in_order.hpp"
#include "worker/pool.hpp"
#include "worker/reading.hpp"

using namespace izde;
using namespace izde::tests;

TEST_CASE("however many wait with their workers for an earlier file, that one gets a worker", "[worker]") {
    constexpr unsigned threads = 5;
    constexpr std::size_t rounds = 400, documents = 3;
    const auto spawner = expect(worker::Spawner::start(Sandbox::required));
    std::vector<std::size_t> taken;
    // Room for next to nothing: who is not first waits with its second document, and keeps its worker.
    indexer::InOrder<std::size_t> in_order(1, [&](std::size_t number, std::size_t) {
        taken.push_back(number);
        return true;
    });
    worker::Pool two(*spawner, 2, [&] { return in_order.turn(); });
    std::array<std::atomic<unsigned>, rounds> asking{};
    indexer::side_by_side(threads, rounds * threads, [&] {
        return [&](std::size_t number) {
            std::atomic<unsigned>& others = asking.at(number / threads);
            if (number % threads != 0) ++others;
            while (number % threads == 0 && others < threads - 1) std::this_thread::yield();
            {
                const auto lease = two.take(number);
                for (std::size_t i = 0; i < documents; ++i) in_order.put(number, i, 100);
            }
            const bool goes_on = in_order.end(number);
            two.turn_has_moved();
            return goes_on;
        };
    });
    REQUIRE(taken.size() == rounds * threads * documents);
    CHECK(std::ranges::is_sorted(taken));
}
