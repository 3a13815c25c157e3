#include "worker/spawner.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "worker/frames.hpp"
#include "worker/packets.hpp"
#include "worker/sandbox.hpp"
#include "worker/serve.hpp"

namespace izde::worker {
namespace {

constexpr int to_parent = 3;  // the socket's number in either process
constexpr int patience_ms = 1000;

struct Order {
    enum class What { prepare, spawn, end, end_at_once } what = What::spawn;
    pid_t pid = 0;
};

struct Reply {
    pid_t pid = -1;  // of spawn; negative: there is none
    Fate fate;       // of end
};

bool make_pair(int type, Descriptor& mine, Descriptor& others) {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, ends.data()) != 0) return false;
    mine = Descriptor(ends[0]);
    others = Descriptor(ends[1]);
    return true;
}

// Dies with its parent; keeps one socket, and talks to no terminal.
void become_child(pid_t parent, int socket) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(0);
    // An interrupt at the terminal is the indexer's business.
    for (const int one : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) std::signal(one, SIG_IGN);
    for (const int one : {SIGPROF, SIGPIPE, SIGCHLD}) std::signal(one, SIG_DFL);
    const int kept = ::fcntl(socket, F_DUPFD_CLOEXEC, to_parent + 1);  // it may have a standard number
    const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        if (standard != STDERR_FILENO || !is_sanitized) ::dup2(nothing, standard);
    ::dup2(kept, to_parent);
    ::closefrom(to_parent + 1);
}

[[noreturn]] void be_worker(const Limits& limits, Serve serve) {
    const Held held = lock_in(limits, to_parent);
    std::string hello;
    append_frame(hello, Kind::hello, std::string{held.landlock ? 'y' : 'n', held.seccomp ? 'y' : 'n'});
    if (send_all(to_parent, hello.data(), hello.size())) serve(to_parent);
    ::_exit(static_cast<int>(Exit::over));
}

Reply spawn_worker(const Limits& limits, Serve serve, Descriptor& others) {
    Descriptor mine;
    if (!make_pair(SOCK_STREAM, mine, others)) return {};
    const pid_t self = ::getpid();
    const pid_t pid = ::fork();
    if (pid != 0) return {pid, {}};
    become_child(self, mine.get());
    be_worker(limits, serve);
}

Fate end_worker(pid_t pid, bool at_once) {
    Fate fate;
    const Descriptor process(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
    pollfd ended{process.get(), POLLIN, 0};
    const int patience = at_once ? 0 : patience_ms;
    // No other process can have this number before it is waited for.
    if (!process || ::poll(&ended, 1, patience) != 1) fate.ended_by_us = ::kill(pid, SIGKILL) == 0;
    rusage used{};
    while (::wait4(pid, &fate.status, 0, &used) < 0 && errno == EINTR) {
    }
    fate.peak = static_cast<std::uint64_t>(used.ru_maxrss) << 10;
    return fate;
}

[[noreturn]] void be_spawner(const Limits& limits, Serve serve) {
    Order order;
    while (::recv(to_parent, &order, sizeof order, 0) == sizeof order) {
        if (order.what == Order::What::prepare) {
            prepare_to_serve();
            continue;
        }
        Descriptor others;
        const Reply reply =
            order.what == Order::What::spawn
                ? spawn_worker(limits, serve, others)
                : Reply{order.pid, end_worker(order.pid, order.what == Order::What::end_at_once)};
        const auto* bytes = reinterpret_cast<const char*>(&reply);
        if (send_some(to_parent, bytes, sizeof reply, others.get()) < 0) break;
    }
    ::_exit(0);
}

// A socket of packets: each is there whole or not at all.
bool exchange(int socket, const Order& order, Reply& reply, Descriptor& file) {
    if (send_some(socket, reinterpret_cast<const char*>(&order), sizeof order, -1) < 0) return false;
    auto received = receive_some(socket, reinterpret_cast<char*>(&reply), sizeof reply);
    file = std::move(received.file);
    return received.bytes == sizeof reply;
}

// What a worker that was just made, and has read nothing yet, says of its sandbox.
Held receive_hello(int socket) {
    std::array<char, frame_head_bytes + 2> hello{};
    if (::recv(socket, hello.data(), hello.size(), MSG_WAITALL) != static_cast<ssize_t>(hello.size()))
        return {};
    return {hello[frame_head_bytes] == 'y', hello[frame_head_bytes + 1] == 'y'};
}

Failure no_process() {
    return fail(Errc::internal, "there is no process to be had for reading files",
                "is there memory left, or a limit of processes?");
}

}  // namespace

Result<std::unique_ptr<Spawner>> Spawner::start(Sandbox sandbox, const Limits& limits) {
    return start(sandbox, limits, serve_files);
}

Result<std::unique_ptr<Spawner>> Spawner::start(Sandbox sandbox, const Limits& limits, Serve serve) {
    Descriptor mine;
    Descriptor others;
    if (!make_pair(SOCK_SEQPACKET, mine, others)) return no_process();
    const pid_t self = ::getpid();
    const pid_t pid = ::fork();
    if (pid < 0) return no_process();
    if (pid == 0) {
        become_child(self, others.get());
        be_spawner(limits, serve);
    }
    std::unique_ptr<Spawner> spawner(new Spawner(std::move(mine), pid, limits));
    if (auto proven = spawner->prove(sandbox); !proven) return fail(proven.error());
    return spawner;
}

Spawner::~Spawner() {
    socket_ = Descriptor();
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
}

Result<void> Spawner::prove(Sandbox sandbox) {
    const auto trial = spawn_one();
    if (!trial) return fail(trial.error());
    end_one(trial->pid, true);
    if (!held_.landlock) lacks_ = "Landlock";
    if (!held_.seccomp) lacks_ += lacks_.empty() ? "seccomp" : " and seccomp";
    if (held_.all() || sandbox == Sandbox::best_effort) return {};
    return fail(Errc::bad_argument,
                "this system has no " + lacks_ + ", which the sandbox for reading files needs",
                "to read them with less protection: --sandbox best-effort");
}

void Spawner::prepare() {
    const std::scoped_lock lock(one_asks_);
    prepare_once();
}

// Nobody answers: what is asked next waits until it is done.
void Spawner::prepare_once() {
    if (std::exchange(is_prepared_, true)) return;
    const Order order{Order::What::prepare, 0};
    send_some(socket_.get(), reinterpret_cast<const char*>(&order), sizeof order, -1);
}

void Spawner::measure() {
    if (std::exchange(is_measured_, true)) return;
    if (const auto trial = spawn_one()) idle_peak_ = end_one(trial->pid, true).peak;
}

Result<Spawner::Spawned> Spawner::spawn() {
    const std::scoped_lock lock(one_asks_);
    prepare_once();
    measure();
    return spawn_one();
}

Result<Spawner::Spawned> Spawner::spawn_one() {
    Spawned spawned;
    Reply reply;
    if (!exchange(socket_.get(), {Order::What::spawn, 0}, reply, spawned.socket) || reply.pid <= 0)
        return no_process();
    spawned.pid = reply.pid;
    const Held held = receive_hello(spawned.socket.get());
    if (!is_proven_) held_ = held;
    is_proven_ = true;
    // What the first one could have is not waived for a later one.
    if (held.landlock >= held_.landlock && held.seccomp >= held_.seccomp) return spawned;
    exchange(socket_.get(), {Order::What::end_at_once, spawned.pid}, reply, spawned.socket);
    return no_process();
}

Fate Spawner::end(pid_t pid, bool at_once) {
    const std::scoped_lock lock(one_asks_);
    return end_one(pid, at_once);
}

Fate Spawner::end_one(pid_t pid, bool at_once) {
    Reply reply;
    Descriptor none;
    exchange(socket_.get(), {at_once ? Order::What::end_at_once : Order::What::end, pid}, reply, none);
    return reply.fate;
}

}  // namespace izde::worker
