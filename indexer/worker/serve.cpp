#include "worker/serve.hpp"

#include <csignal>
#include <cstdint>
#include <exception>
#include <new>

#include <sys/time.h>
#include <unistd.h>

#include "izde/index/record.hpp"
#include "izde/text/utf8.hpp"

#include "descriptor_stream.hpp"
#include "read/memory.hpp"
#include "worker/limits.hpp"
#include "worker/packets.hpp"

namespace izde::worker {
namespace {

constexpr std::size_t send_at = 64u << 10;
constexpr std::ptrdiff_t heap_to_end_at = 64 << 20;

[[noreturn]] void leave(Exit how) {
    ::_exit(static_cast<int>(how));
}

[[noreturn]] void leave_without_memory() {
    leave(Exit::out_of_memory);
}

// SIGPROF ends the process when it has worked for so long; 0 switches it off.
void allow_seconds(unsigned seconds) {
    const itimerval timer{{0, 0}, {static_cast<time_t>(seconds), 0}};
    ::setitimer(ITIMER_PROF, &timer, nullptr);
}

// Only while the timer runs.
void allow_more_seconds(unsigned seconds) {
    itimerval timer{};
    const itimerval off{};
    ::setitimer(ITIMER_PROF, &off, &timer);
    timer.it_value.tv_sec += static_cast<time_t>(seconds);
    ::setitimer(ITIMER_PROF, &timer, nullptr);
}

// What is to be said, sent when there is much of it and at the end of a file.
class Answer {
  public:
    explicit Answer(int socket) : socket_(socket) {}

    void add(Kind kind, std::string_view payload) {
        append_head(bytes_, kind, payload.size());
        if (payload.size() < send_at) {
            bytes_ += payload;
            if (bytes_.size() >= send_at) send();
            return;
        }
        send();
        send(payload);
    }
    void send() {
        send(bytes_);
        bytes_.clear();
    }

  private:
    void send(std::string_view bytes) const {
        if (!send_all(socket_, bytes.data(), bytes.size())) leave(Exit::over);
    }

    int socket_;
    std::string bytes_;
};

std::string_view bounded(std::string_view message) {
    if (message.size() <= max_error_bytes) return message;
    return message.substr(0, text::code_point_begin(message, max_error_bytes));
}

void answer(Asked asked, Answer& answer) {
    indexer::DescriptorStream in(asked.file.get());
    in.seekg(0);
    Earnings earnings;
    const bool earns = holds_many(asked.request.format);
    const auto add_document = [&](const std::string& record) {
        answer.add(Kind::document, record);
        const unsigned due = earns ? earnings.take(record.size()) : 0;
        if (due > 0) allow_more_seconds(due);
    };
    try {
        read::read(asked.request.format, in, {asked.request.path, asked.request.field_names},
                   [&](const Result<index::Document>& document) {
                       if (document)
                           add_document(index::write_record(*document));
                       else
                           answer.add(Kind::error, bounded(text::repair_utf8(document.error().message)));
                   });
    } catch (const std::bad_alloc&) {
        leave_without_memory();
    }
}

}  // namespace

std::optional<Asked> receive_request(int socket, FrameReader& frames) {
    Asked asked;
    while (true) {
        const auto frame = frames.next();
        if (!frame) leave(Exit::bad_request);
        if (*frame) {
            auto request = read_request((*frame)->payload);
            if ((*frame)->kind != Kind::request || !request || !asked.file) leave(Exit::bad_request);
            asked.request = *std::move(request);
            return asked;
        }
        const auto room = frames.room();
        auto received = receive_some(socket, room.data, room.size);
        if (received.bytes <= 0) return std::nullopt;
        frames.added(static_cast<std::size_t>(received.bytes));
        if (received.file) asked.file = std::move(received.file);
    }
}

void prepare_to_serve() {
    read::prepare_readers();
    read::end_without_memory(leave_without_memory);
}

void serve_files(int socket) {
    FrameReader frames;
    Answer out(socket);
    const auto heap_now = [] { return static_cast<const char*>(::sbrk(0)); };
    const char* const heap_at_first = heap_now();
    while (auto asked = receive_request(socket, frames)) {
        allow_seconds(asked->request.cpu_seconds);
        answer(*std::move(asked), out);
        allow_seconds(0);
        const bool is_last = heap_now() - heap_at_first > heap_to_end_at;
        out.add(is_last ? Kind::last : Kind::done, {});
        out.send();
        if (is_last) return;
    }
}

}  // namespace izde::worker
