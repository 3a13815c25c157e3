// A connection: what came of a request, what is still to be sent of its answer, and until when the client may
// take its time. It is either the loop's or, while a worker answers, that worker's; whoever has it may do
// anything here, the other only ask for it.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "http/framing.hpp"
#include "http/limits.hpp"
#include "http/peer.hpp"

namespace izde::http {

class Client {
  public:
    using Clock = std::chrono::steady_clock;
    using Time = Clock::time_point;

    enum class Phase {
        idle,       // nothing of a request has come
        reading,    // some of it
        working,    // all of it; it waits for its answer
        answering,  // the answer is on its way
        lingering,  // the last answer is out; what comes is thrown away, lest the client never sees it
        broken      // nothing can be sent any more
    };

    Client(int socket, const Peer& peer, Time now, const Limits& limits);
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;
    ~Client();  // closes the socket

    // --- whose it is

    // For the loop: whether it is the loop's. If not, notice() lets whoever has it know that something
    // happened.
    bool is_mine() const { return owner_.load(std::memory_order_acquire) == Owner::loop; }
    bool notice();  // as is_mine()
    void lend();
    void take_back() { owner_.store(Owner::loop, std::memory_order_relaxed); }
    Time lent_until = {};  // the loop's, also while it is lent
    // For a worker: gives it back without a word; false if something happened meanwhile, then the loop must
    // be told.
    bool leave_to_loop();

    // --- reading

    enum class Read { some, none, ended };
    Read receive(std::span<char> buffer);  // at most what fits into the buffer
    bool more() const { return more_; }    // there may be bytes to receive
    enum class More { bytes, perhaps_the_end };
    void expect(More more) {
        more_ = true;
        until_empty_ = until_empty_ || more == More::perhaps_the_end;
    }
    bool has_bytes() const { return !bytes_.empty(); }

    // The request that is complete, if one is: then the phase is working, and it waits for begin_answer().
    std::variant<Incomplete, Frame, Problem> look(Time now);
    bool allow_body();  // tells a client that waits for it to go on; once. False: it is gone
    const Frame& frame() const { return frame_; }
    std::string_view bytes() const { return bytes_; }

    // --- answering

    // `is_last`: the connection ends with it. Of a complete request or, as the last, of one that cannot be
    // read.
    void begin_answer(std::string bytes, bool is_last, Time now);
    // Sends what the socket takes; when all is out the phase is idle or lingering.
    void send(Time now);
    void give_up() { phase_ = Phase::broken; }
    std::size_t held() const { return bytes_.size() + out_.size(); }

    // --- time

    Phase phase() const { return phase_; }
    Time began() const { return began_; }  // to be idle, or this request
    Time deadline() const { return deadline_; }
    void hasten(Time deadline) { deadline_ = std::min(deadline, deadline_); }

    int socket() const { return socket_; }
    const Peer& peer() const { return peer_; }
    void break_off();      // both ways, at once; a worker that has it will find out
    void abandon();        // closing shall not wait for what the client does not read
    bool is_read() const;  // all that was sent

    std::size_t charged = 0;  // of held bytes, in the loop's account

  private:
    enum class Owner { loop, worker, wanted };

    void end_answer(Time now);
    bool is_empty() const;  // the socket: neither bytes nor the end are there

    int socket_;
    Peer peer_;
    const Limits& limits_;
    std::atomic<Owner> owner_{Owner::loop};
    Phase phase_ = Phase::idle;
    bool more_ = true, until_empty_ = false, was_told_ = false, is_last_ = false;
    Time began_, deadline_;
    std::string bytes_;  // received and not yet answered
    Framing framing_;
    Frame frame_;
    std::string out_;
    std::size_t sent_ = 0;
};

}  // namespace izde::http
