// Each change on a socket is told once (EPOLLET), and costs nothing while a worker has the client: it is only
// noted. So a request on a kept connection takes one recv and one send, and no word between the threads but
// the queue's, or none where a worker reads it. Tested by server_test.cpp.
#include "http/loop.hpp"

#include <algorithm>
#include <cerrno>
#include <new>
#include <thread>
#include <utility>

#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http/problem.hpp"
#include "http/wire.hpp"

namespace izde::http {
namespace {

using std::chrono::milliseconds;

constexpr int most_steps = 16;              // with one client, while others wait
constexpr int most_accepted = 64;           // at once, likewise
constexpr milliseconds between_looks{100};  // at all deadlines
constexpr milliseconds rest_of_doors{100};  // when there are no descriptors left
// A worker that has nothing to do waits so long for what comes, and answers it where it was read; only then
// it sleeps, and the loop's own thread waits in its place. That one looks as often while all workers are
// busy, and reads what came meanwhile together.
constexpr milliseconds rest{1};
constexpr milliseconds young{1000};                 // a connection that is not dropped for another one
constexpr std::size_t descriptors_of_others = 256;  // the index, logs, ...

constexpr std::uint32_t end_of_client = EPOLLRDHUP | EPOLLHUP | EPOLLERR;

void allow_descriptors(std::size_t count) {
    rlimit limit = {};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= count) return;
    limit.rlim_cur = std::min<rlim_t>(count, limit.rlim_max);
    setrlimit(RLIMIT_NOFILE, &limit);
}

Problem too_busy(std::string detail) {
    return {.status = 503, .code = "busy", .detail = std::move(detail), .retry_after = 1};
}

Problem too_many(std::string detail, int seconds) {
    return {.status = 429, .code = "too_many_requests", .detail = std::move(detail), .retry_after = seconds};
}

const Problem too_slow = {.status = 408, .code = "too_slow", .detail = "the request took too long to arrive"};
const Problem unreadable = {.status = 400, .code = "bad_request", .detail = "the request could not be read"};

}  // namespace

Loop::Loop(std::vector<Listener> doors, Handler handler, Settings settings, Load& load)
    : handler_(std::move(handler)), settings_(std::move(settings)), load_(load), doors_(std::move(doors)),
      admission_(settings_.limits), exchange_(handler_, settings_.compression) {
    if (!doors_.empty()) port_ = doors_.front().port();
    allow_descriptors(settings_.limits.connections + descriptors_of_others);
}

void Loop::run() {
    const auto threads = settings_.workers > 0 ? static_cast<unsigned>(settings_.workers)
                                               : std::max(1U, std::thread::hardware_concurrency());
    {
        const std::lock_guard lock(turning_);
        workers_.emplace(threads, settings_.limits.queue, load_, [this] { return hand(); });
        for (const auto& door : doors_) watch_.add_door(door.fd());
    }
    while (turn()) workers_->await_sleeper(rest);
    workers_.reset();
}

void Loop::stop() {
    is_stopping_ = true;
    watch_.wake();
}

bool Loop::turn() {
    const auto events = watch_.wait(plan(), waited_);
    const std::lock_guard lock(turning_);
    see_to(events);
    return !draining_since_ || count_ > 0;
}

milliseconds Loop::plan() {
    const std::lock_guard lock(turning_);
    planned_ = next_look_;
    if (!again_.empty() || (is_stopping_ && !draining_since_)) return milliseconds(0);
    if (next_look_ == Time::max()) return milliseconds(-1);
    return std::max(milliseconds(0), std::chrono::ceil<milliseconds>(next_look_ - Clock::now()));
}

void Loop::see_to(std::span<const epoll_event> events) {
    now_ = Clock::now();
    for (const int socket : std::exchange(again_, {})) visit(socket, Client::More::bytes);
    for (const auto& event : events) {
        const auto door = std::ranges::find(doors_, event.data.fd, &Listener::fd);
        if (door != doors_.end())
            accept_from(*door);
        else
            visit(event.data.fd,
                  (event.events & end_of_client) != 0 ? Client::More::perhaps_the_end : Client::More::bytes);
    }
    take_back_all();
    if (is_stopping_ && !draining_since_) begin_drain();
    if (now_ >= next_look_) look_at_deadlines();
    if (held_ > settings_.limits.held) shed();
    load_.held_bytes.store(held_, std::memory_order_relaxed);
}

// --- one client

void Loop::visit(int socket, Client::More more) {
    const auto at = static_cast<std::size_t>(socket);
    if (at >= clients_.size() || !clients_[at] || !clients_[at]->notice()) return;
    clients_[at]->expect(more);
    advance(*clients_[at]);
}

void Loop::advance(Client& client) {
    auto outcome = Step::go_on;
    for (int i = 0; i < most_steps && outcome == Step::go_on; ++i) outcome = step(client);
    if (outcome == Step::lent) return;
    if (outcome == Step::close) return close(client);
    if (outcome == Step::go_on) again_.push_back(client.socket());
    charge(client);
    look_by(client.deadline());
}

Loop::Step Loop::step(Client& client) {
    switch (client.phase()) {
    case Client::Phase::idle:
    case Client::Phase::reading:
        return read(client);
    case Client::Phase::answering:
        client.send(now_);
        return client.phase() == Client::Phase::answering ? Step::wait : Step::go_on;
    case Client::Phase::lingering:
        if (!client.more()) return Step::wait;
        return client.receive(buffer_) == Client::Read::ended ? Step::close : Step::go_on;
    case Client::Phase::working:
    case Client::Phase::broken:
        break;
    }
    return Step::close;
}

Loop::Step Loop::read(Client& client) {
    if (client.has_bytes()) {
        const auto found = client.look(now_);
        if (const auto* problem = std::get_if<Problem>(&found)) {
            ++load_.malformed;
            return turn_off(client, *problem);
        }
        if (std::holds_alternative<Frame>(found)) return dispatch(client);
        if (std::get<Incomplete>(found).awaits_continue && !client.allow_body()) return Step::close;
    }
    if (!client.more()) return Step::wait;
    return client.receive(buffer_) == Client::Read::ended ? Step::close : Step::go_on;
}

Loop::Step Loop::dispatch(Client& client) {
    ++load_.requests;
    if (settings_.at_once && settings_.at_once(client.frame().path_in(client.bytes()))) {
        ++load_.answered_at_once;
        answer(client, exchange_);
        return Step::go_on;
    }
    charge(client);
    look_by(std::min(client.deadline(), now_ + settings_.limits.idle));
    client.lend();
    const auto offer = workers_->offer(client);
    if (offer.gave_way != nullptr) turn_down(*offer.gave_way);
    if (offer.is_for_watcher) watch_.wake();
    if (offer.is_taken) return Step::lent;
    client.take_back();
    return refuse_busy(client);
}

// One that is not at hand: it is seen to in the next turn.
void Loop::turn_down(Client& client) {
    client.take_back();
    client.expect(Client::More::perhaps_the_end);  // what came meanwhile was only noted
    std::ignore = refuse_busy(client);
    again_.push_back(client.socket());
}

Loop::Step Loop::refuse_busy(Client& client) {
    ++load_.refused_busy;
    return refuse(client, too_busy("all workers are busy and others wait already"));
}

Loop::Step Loop::refuse(Client& client, const Problem& problem) {
    const Delivery delivery = {.has_body = client.frame().method != "HEAD", .closes = is_last(client)};
    client.begin_answer(refusal(problem, delivery), delivery.closes, now_);
    return Step::go_on;
}

Loop::Step Loop::turn_off(Client& client, const Problem& problem) {
    client.begin_answer(refusal(problem, {.closes = true}), true, now_);
    return Step::go_on;
}

std::string Loop::refusal(const Problem& problem, const Delivery& delivery) {
    const auto answer = to_answer(problem);
    if (settings_.refused) settings_.refused(answer);
    return to_bytes(answer, delivery);
}

void Loop::charge(Client& client) {
    const auto held = client.held();
    held_ += held - std::exchange(client.charged, held);
}

void Loop::close(Client& client) {
    admission_.leave(client.peer());
    held_ -= client.charged;
    load_.held_bytes = held_;
    load_.connections = --count_;
    clients_[static_cast<std::size_t>(client.socket())].reset();
    if (are_doors_paused_) pause_doors(false);
}

// --- at the door

void Loop::accept_from(const Listener& door) {
    for (int i = 0; i < most_accepted; ++i) {
        sockaddr_storage peer = {};
        socklen_t size = sizeof peer;
        const int socket =
            accept4(door.fd(), reinterpret_cast<sockaddr*>(&peer), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (socket >= 0) {
            admit(socket, peer_of(peer));
            continue;
        }
        if (errno == EINTR || errno == ECONNABORTED) continue;
        // Nobody can be let in, and the door would ring for ever.
        if (errno != EAGAIN) {
            make_room();
            pause_doors(true);
        }
        return;
    }
}

void Loop::admit(int socket, const Peer& peer) {
    ++load_.accepted;
    if (count_ >= settings_.limits.connections && !make_room()) {
        ++load_.refused_total;
        return turn_away(socket, too_busy("there are too many connections"));
    }
    if (!admission_.enter(peer)) {
        ++load_.refused_address;
        return turn_away(socket, too_many("this address has too many connections", 1));
    }
    const auto at = static_cast<std::size_t>(socket);
    if (at >= clients_.size()) clients_.resize(at + 1);
    clients_[at] = std::make_unique<Client>(socket, peer, now_, settings_.limits);
    load_.connections.store(++count_, std::memory_order_relaxed);
    if (!watch_.add(socket)) return close(*clients_[at]);
    look_by(clients_[at]->deadline());
}

// As far as it goes without waiting.
void Loop::turn_away(int socket, const Problem& problem) {
    const auto bytes = refusal(problem, {.closes = true});
    std::ignore = send(socket, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    shutdown(socket, SHUT_WR);
    std::ignore = recv(socket, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
    ::close(socket);
}

void Loop::pause_doors(bool are_paused) {
    are_doors_paused_ = are_paused;
    for (const auto& door : doors_) watch_.pause(door.fd(), are_paused);
    if (!are_paused) return;
    doors_paused_until_ = now_ + rest_of_doors;
    look_by(doors_paused_until_);
}

// --- time and room

void Loop::look_by(Time time) {
    next_look_ = std::min(next_look_, std::max(time, now_ + between_looks));
}

void Loop::look_at_deadlines() {
    next_look_ = Time::max();
    if (are_doors_paused_ && now_ >= doors_paused_until_) pause_doors(false);
    if (draining_since_) look_by(now_);
    for (std::size_t at = 0; at < clients_.size(); ++at) {
        if (!clients_[at]) continue;
        auto& client = *clients_[at];
        if (client.is_mine()) {
            if (draining_since_) drain(client);
            if (now_ < client.deadline())
                look_by(client.deadline());
            else if (expire(client) == Step::close)
                close(client);
            else
                again_.push_back(client.socket());
        } else if (now_ >= client.lent_until) {
            ++load_.timed_out_requests;
            client.lent_until = Time::max();
            client.break_off();
        } else {
            look_by(client.lent_until);
        }
    }
}

Loop::Step Loop::expire(Client& client) {
    if (client.phase() == Client::Phase::reading) {
        ++load_.timed_out_heads;
        return turn_off(client, too_slow);
    }
    if (client.phase() == Client::Phase::idle) ++load_.timed_out_idle;
    if (client.phase() == Client::Phase::answering) ++load_.timed_out_answers;
    // Else the system would keep the answer for minutes.
    if (!client.is_read()) client.abandon();
    return Step::close;
}

template <class Wanted>
std::size_t Loop::drop_oldest(std::size_t count, Wanted is_wanted) {
    std::vector<std::pair<Time, Client*>> found;
    for (const auto& client : clients_) {
        if (client && client->is_mine() && is_wanted(*client))
            found.emplace_back(client->began(), client.get());
    }
    std::ranges::sort(found, {}, &std::pair<Time, Client*>::first);
    if (found.size() > count) found.resize(count);
    for (const auto& [began, client] : found) {
        client->abandon();
        close(*client);
    }
    load_.dropped += found.size();
    return found.size();
}

// Who asks nothing goes first, then who has been at it for long. Several at once, so that a flood of
// connections does not cost a look at all of them for each.
bool Loop::make_room() {
    if (now_ < no_room_until_) return false;
    const auto wanted = settings_.limits.connections / 64 + 1;
    const auto waits_as = [&](Client::Phase phase) {
        return [this, phase](const Client& client) {
            return client.phase() == phase && now_ - client.began() >= young;
        };
    };
    if (drop_oldest(wanted, waits_as(Client::Phase::idle)) > 0) return true;
    if (drop_oldest(wanted, waits_as(Client::Phase::reading)) > 0) return true;
    no_room_until_ = now_ + between_looks;
    return false;
}

void Loop::shed() {
    while (held_ > settings_.limits.held) {
        const auto holds = [](const Client& client) { return client.charged > 0; };
        if (drop_oldest(1, holds) == 0) return;
    }
}

// --- the end

// Who waits at the door has been let in by the system; who asks in the next moments did not know yet.
void Loop::begin_drain() {
    draining_since_ = now_;
    for (const auto& door : doors_) {
        for (auto before = count_ + 1; std::exchange(before, count_) != count_;) accept_from(door);
        watch_.remove(door.fd());
    }
    doors_.clear();
    next_look_ = now_;
}

void Loop::drain(Client& client) const {
    const auto& limits = settings_.limits;
    if (client.phase() == Client::Phase::idle) client.hasten(*draining_since_ + limits.drain_idle);
    if (client.phase() == Client::Phase::reading)
        client.hasten(std::max(*draining_since_ + limits.drain_idle, client.began()) + limits.drain_head);
    client.hasten(*draining_since_ + limits.drain);
}

// --- between the threads, and in both

void Loop::answer(Client& client, Exchange& exchange) {
    const auto& frame = client.frame();
    const auto found = exchange.answer({.head = frame.head_in(client.bytes()),
                                        .body = frame.body_in(client.bytes()),
                                        .has_range = frame.has_range,
                                        .peer = client.peer()});
    const Delivery delivery = {.has_body = frame.method != "HEAD", .closes = is_last(client) || !found};
    client.begin_answer(found ? to_bytes(*found, delivery) : to_bytes(to_answer(unreadable), delivery),
                        delivery.closes, Clock::now());
}

class Loop::Hand final : public Workers::Hand {
  public:
    explicit Hand(Loop& loop) : loop_(loop), exchange_(loop.handler_, loop.settings_.compression) {}

    void work(Client& client) override {
        if (Clock::now() >= client.deadline()) {
            client.give_up();  // the loop has told the client by breaking it off
            return loop_.give_back(client);
        }
        try {
            loop_.answer(client, exchange_);
            client.send(Clock::now());
        } catch (const std::bad_alloc&) {
            client.give_up();
        }
        const bool is_waiting =
            client.phase() == Client::Phase::idle && !client.has_bytes() && !client.more();
        if (!is_waiting || !client.leave_to_loop()) loop_.give_back(client);
    }

    void watch() override {
        events_ = {};
        if (!loop_.is_stopping_) events_ = loop_.watch_.look(rest, room_);
    }

    // What it leaves undone, or must be done sooner than was planned, is for the loop's own thread.
    void see_to_it() override {
        const std::lock_guard lock(loop_.turning_);
        loop_.see_to(events_);
        if (loop_.again_.empty() && loop_.next_look_ >= loop_.planned_) return;
        loop_.planned_ = loop_.next_look_;
        loop_.watch_.wake();
    }

  private:
    Loop& loop_;
    Exchange exchange_;
    Watch::Room room_ = {};
    std::span<const epoll_event> events_;
};

std::unique_ptr<Workers::Hand> Loop::hand() {
    return std::make_unique<Hand>(*this);
}

void Loop::give_back(Client& client) {
    bool is_first = false;
    {
        const std::lock_guard lock(mutex_);
        is_first = given_back_.empty();
        given_back_.push_back(&client);
    }
    if (is_first) watch_.wake();
}

void Loop::take_back_all() {
    std::vector<Client*> back;
    {
        const std::lock_guard lock(mutex_);
        back.swap(given_back_);
    }
    for (auto* client : back) {
        client->take_back();
        client->expect(Client::More::perhaps_the_end);  // what came meanwhile was only noted
        advance(*client);
    }
}

}  // namespace izde::http
