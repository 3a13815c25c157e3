// What the server has to do, in numbers, for operators. Any thread may read and write.
#pragma once

#include <atomic>
#include <cstdint>

namespace izde::http {

struct Load {
    using Number = std::atomic<std::uint64_t>;

    // Now.
    Number connections{0}, queued{0}, working{0}, held_bytes{0};

    // Since the start.
    Number accepted{0};
    Number requests{0};            // complete ones, whatever became of them
    Number answered_at_once{0};    // of these, by the loop, without a worker
    Number malformed{0};           // what was no request
    Number refused_busy{0};        // requests, since the queue was full
    Number refused_address{0};     // connections, since their address has enough
    Number refused_total{0};       // connections, since there are enough
    Number timed_out_idle{0};      // connections
    Number timed_out_heads{0};     // requests that took too long to arrive
    Number timed_out_requests{0};  // requests that were not answered in time
    Number timed_out_answers{0};   // answers that were not read in time
    Number dropped{0};             // connections closed to make room for others
};

}  // namespace izde::http
