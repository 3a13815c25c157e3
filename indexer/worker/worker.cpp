#include "worker/worker.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>

#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "worker/packets.hpp"
#include "worker/serve.hpp"

namespace izde::worker {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr auto look_around = 250ms;  // between two questions whether to stop

constexpr const char* nonsense = "its reader answered nonsense";

std::string too_long(unsigned many, const char* what) {
    return "reading it took longer than " + std::to_string(many) + " " + what;
}

// At most, of what is packed.
std::uint64_t unpacked_bytes(const File& file) {
    const bool is_packed = file.format == read::Format::gzip || file.format == read::Format::zstd ||
                           file.format == read::Format::zip;
    if (!is_packed) return file.bytes;
    const std::uint64_t most = read::max_unpacked_bytes;
    return std::min(most, std::min(most, file.bytes) * read::max_unpacked_ratio + (1u << 20));
}

bool is_for_later(int error) {
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

}  // namespace

// Time spent waiting for the worker, not the indexer's own: neither a slow disk nor a ^Z is held
// against a file.
class Worker::Patience {
  public:
    Patience(unsigned seconds, bool grows) : grows_(grows) { add(seconds); }

    bool is_over() const { return left_ <= 0ms; }

    // Of processor time, that the worker may take.
    unsigned seconds() const { return seconds_; }

    void see(const Frame& frame) {
        if (grows_ && frame.kind == Kind::document) add(earnings_.take(frame.payload.size()));
    }

    // Waits a little for the socket; false: it is not ready.
    bool wait(int socket, short what) {
        pollfd one{socket, what, 0};
        const auto start = Clock::now();
        const int ready = ::poll(&one, 1, static_cast<int>(look_around.count()));
        const auto spent = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
        left_ -= std::min<std::chrono::milliseconds>(spent, look_around);
        return ready > 0;
    }

  private:
    void add(unsigned seconds) {
        seconds_ += seconds;
        left_ += std::chrono::seconds(seconds * wall_factor);
    }

    bool grows_;
    Earnings earnings_;
    unsigned seconds_ = 0;
    std::chrono::milliseconds left_{};
};

Worker::~Worker() {
    if (process_.pid > 0) end(true);
}

Fate Worker::end(bool at_once) {
    const Fate fate = spawner_.end(std::exchange(process_.pid, 0), at_once);
    process_.socket = Descriptor();
    frames_.clear();
    files_ = 0;
    return fate;
}

unsigned Worker::seconds_for(const File& file) const {
    return worker::seconds_for(spawner_.limits(), holds_many(file.format), file.bytes);
}

// If the process is gone, it shows when its answer is awaited.
void Worker::ask(const File& file, Patience& patience) {
    std::string bytes;
    append_frame(bytes, Kind::request,
                 write_request({file.format, seconds_for(file), file.path, file.field_names}));
    for (std::size_t at = 0; at < bytes.size() && !patience.is_over();) {
        const ssize_t sent = send_some(process_.socket.get(), bytes.data() + at, bytes.size() - at,
                                       at == 0 ? file.descriptor : -1, MSG_DONTWAIT);
        if (sent > 0)
            at += static_cast<std::size_t>(sent);
        else if (is_for_later(errno))
            patience.wait(process_.socket.get(), POLLOUT);
        else
            return;
    }
}

Ending Worker::read(const File& file, std::uint64_t most, const std::function<bool()>& stop,
                    const read::Sink& sink) {
    if (process_.pid == 0) {
        auto spawned = spawner_.spawn();
        if (!spawned) return {Ending::How::no_process, spawned.error().message, 0};
        process_ = *std::move(spawned);
    }
    bool had_error = false;
    const read::Sink note = [&](Result<index::Document> document) {
        had_error = had_error || !document;
        sink(std::move(document));
    };
    Answer answer(file.path, unpacked_bytes(file), most, holds_many(file.format), note);
    Patience patience(seconds_for(file), holds_many(file.format));
    ask(file, patience);
    std::optional<Ending> ending;
    while (!ending) {
        ending = take_frames(answer, patience, stop);
        if (!ending) ending = receive(patience, stop);
    }
    ending->taken = answer.taken();
    if (process_.pid > 0 && (had_error || ++files_ >= spawner_.limits().files)) end(true);
    return *ending;
}

std::optional<Ending> Worker::take_frames(Answer& answer, Patience& patience,
                                          const std::function<bool()>& stop) {
    while (true) {
        const auto frame = frames_.next();
        if (frame && !*frame) return std::nullopt;
        if (frame) patience.see(**frame);
        switch (frame ? answer.take(**frame) : Answer::State::nonsense) {
        case Answer::State::unfinished:
            if (!stop()) break;
            [[fallthrough]];
        case Answer::State::enough:
            end(true);
            return Ending{Ending::How::stopped, {}, 0};
        case Answer::State::done:
            // Who speaks when nothing was asked is not to be trusted with the next file.
            if (!frames_.is_empty()) end(true);
            frames_.clear();
            return Ending{};
        case Answer::State::done_and_gone:
            end(true);
            return Ending{};
        case Answer::State::nonsense:
            end(true);
            return Ending{Ending::How::died, nonsense, 0};
        }
    }
}

std::optional<Ending> Worker::receive(Patience& patience, const std::function<bool()>& stop) {
    const auto room = frames_.room();
    const int socket = process_.socket.get();
    const auto got = ::recv(socket, room.data, room.size, MSG_DONTWAIT);
    if (got > 0) {
        frames_.added(static_cast<std::size_t>(got));
        return std::nullopt;
    }
    if (got == 0 || !is_for_later(errno)) return died(patience.seconds());
    if (patience.is_over()) {
        end(true);
        return Ending{Ending::How::died, too_long(wall_factor * patience.seconds(), "s"), 0};
    }
    if (patience.wait(socket, POLLIN) || !stop()) return std::nullopt;
    end(true);
    return Ending{Ending::How::stopped, {}, 0};
}

Ending Worker::died(unsigned seconds) {
    const Fate fate = end(false);
    if (WIFSIGNALED(fate.status) && WTERMSIG(fate.status) == SIGKILL && !fate.ended_by_us)
        return {Ending::How::lost, "its reader was killed from outside", 0};
    return {Ending::How::died, reason_of(fate, seconds), 0};
}

std::string Worker::reason_of(const Fate& fate, unsigned seconds) const {
    const std::uint64_t most = spawner_.limits().memory;
    std::string memory = "its reader ran out of memory (" + std::to_string(most >> 20) + " MB)";
    if (WIFEXITED(fate.status))
        return WEXITSTATUS(fate.status) == static_cast<int>(Exit::out_of_memory) ? memory : nonsense;
    const int signal = WTERMSIG(fate.status);
    const std::string number = " (signal " + std::to_string(signal) + ")";
    if (fate.ended_by_us) return nonsense;
    if (signal == SIGPROF || signal == SIGXCPU) return too_long(seconds, "s of processor time");
    if (signal == SIGSYS) return "its reader tried what it may not do" + number;
    // So do libraries that are refused memory.
    const bool is_abort = signal == SIGABRT || signal == SIGTRAP;
    if (!is_sanitized && is_abort && fate.peak > spawner_.idle_peak() + most / 2) return memory;
    return "its reader crashed" + number;
}

}  // namespace izde::worker
