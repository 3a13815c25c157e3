// Accepts, reads and times all connections, and hands complete requests to the workers: in a thread of its
// own, and in workers that have nothing else to do.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "http/admission.hpp"
#include "http/client.hpp"
#include "http/exchange.hpp"
#include "http/listener.hpp"
#include "http/load.hpp"
#include "http/settings.hpp"
#include "http/watch.hpp"
#include "http/wire.hpp"
#include "http/workers.hpp"

namespace izde::http {

class Loop {
  public:
    // The load outlives it.
    Loop(std::vector<Listener> doors, Handler handler, Settings settings, Load& load);

    // Until stop(), and until what was asked by then is answered.
    void run();
    void stop();  // from any thread

    int port() const { return port_; }

  private:
    using Clock = Client::Clock;
    using Time = Client::Time;
    class Hand;
    enum class Step { go_on, wait, lent, close };

    bool turn();  // once around; false: it was the last time
    std::chrono::milliseconds plan();
    void see_to(std::span<const epoll_event> events);
    void visit(int socket, Client::More more);
    void advance(Client& client);
    Step step(Client& client);
    Step read(Client& client);
    Step dispatch(Client& client);
    Step refuse(Client& client, const Problem& problem);  // a complete request
    Step refuse_busy(Client& client);
    void turn_down(Client& client);
    std::string refusal(const Problem& problem, const Delivery& delivery);
    Step turn_off(Client& client, const Problem& problem);  // what is none; the connection ends
    void charge(Client& client);
    void close(Client& client);

    void accept_from(const Listener& door);
    void admit(int socket, const Peer& peer);
    void turn_away(int socket, const Problem& problem);
    void pause_doors(bool are_paused);

    void look_at_deadlines();
    Step expire(Client& client);
    void look_by(Time time);
    bool make_room();
    void shed();
    template <class Wanted>
    std::size_t drop_oldest(std::size_t count, Wanted is_wanted);

    void begin_drain();
    void drain(Client& client) const;

    std::unique_ptr<Workers::Hand> hand();
    void answer(Client& client, Exchange& exchange);
    bool is_last(const Client& client) const { return client.frame().closes || is_stopping_; }
    void give_back(Client& client);
    void take_back_all();

    Handler handler_;
    Settings settings_;
    Load& load_;
    std::vector<Listener> doors_;
    int port_ = 0;
    Watch watch_;
    Watch::Room waited_ = {};

    std::mutex turning_;  // who sees to what happened; guards what follows, up to is_stopping_
    Admission admission_;
    Exchange exchange_;

    std::vector<std::unique_ptr<Client>> clients_;  // by their sockets
    std::size_t count_ = 0, held_ = 0;
    std::vector<int> again_;  // sockets that were left for the sake of others
    std::array<char, 16'384> buffer_ = {};
    Time now_, next_look_ = Time::max(), no_room_until_ = {}, doors_paused_until_ = {};
    Time planned_ = Time::max();  // the next look, as far as the thread knows that waits
    bool are_doors_paused_ = false;
    std::optional<Time> draining_since_;

    std::atomic<bool> is_stopping_ = false;

    std::mutex mutex_;
    std::vector<Client*> given_back_;

    std::optional<Workers> workers_;  // last: they use all of the above
};

}  // namespace izde::http
