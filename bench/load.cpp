// Asks a server over many connections at once and tells how fast it answers: a closed loop, each connection
// has one request under way and sends the next when it has the whole answer. Connections are kept where the
// server keeps them. One thread; its own processor time is told, since it takes it from the same cores.
//
//   izde-load http|mysql PORT CONNECTIONS SECONDS REQUESTS MARK
//
// REQUESTS: a file, one a line: kind, a tab, target (http) or statement (mysql). Every answer must be a whole
// one with status 200 (mysql: no error); those that contain MARK are counted. After a fifth of SECONDS to
// warm up, SECONDS are measured. Prints JSON; exits 1 if an answer was wrong, with the first such on standard
// error.
#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "peers/asked.hpp"

namespace {

using Clock = std::chrono::steady_clock;

// What an answer is by what has come of it so far.
enum class State { partial, good, bad };

// ---- HTTP

std::string_view header_value(std::string_view head, std::string_view name) {
    for (std::size_t line = head.find("\r\n"); line != std::string_view::npos;
         line = head.find("\r\n", line)) {
        line += 2;
        const std::string_view rest = head.substr(line);
        const bool same = rest.size() > name.size() && rest[name.size()] == ':' &&
                          std::equal(name.begin(), name.end(), rest.begin(), [](char a, char b) {
                              return a == (b | ('A' <= b && b <= 'Z' ? 32 : 0));
                          });
        if (!same) continue;
        std::string_view value = rest.substr(name.size() + 1, rest.find("\r\n") - name.size() - 1);
        while (value.starts_with(' ')) value.remove_prefix(1);
        return value;
    }
    return {};
}

struct Http {
    static std::string request(const std::string& target) {
        return "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\n\r\n";
    }

    // `closed`: nothing more will come.
    static State look(std::string_view answer, bool closed) {
        const std::size_t end = answer.find("\r\n\r\n");
        if (end == std::string_view::npos) return closed ? State::bad : State::partial;
        const std::string_view head = answer.substr(0, end + 2), body = answer.substr(end + 4);
        if (!is_whole(head, body, closed)) return closed ? State::bad : State::partial;
        return head.substr(0, 12) == "HTTP/1.1 200" ? State::good : State::bad;
    }

    static bool ends_connection(std::string_view answer) {
        const std::string_view head = answer.substr(0, answer.find("\r\n\r\n") + 2);
        return header_value(head, "connection") == "close";
    }

  private:
    static bool is_whole(std::string_view head, std::string_view body, bool closed) {
        if (const std::string_view text = header_value(head, "content-length"); !text.empty()) {
            std::size_t length = 0;
            std::from_chars(text.data(), text.data() + text.size(), length);
            return body.size() >= length;
        }
        if (header_value(head, "transfer-encoding") == "chunked") return ends_with_last_chunk(body);
        return closed;
    }

    static bool ends_with_last_chunk(std::string_view body) {
        while (true) {
            std::size_t size = 0;
            const std::size_t line = body.find("\r\n");
            if (line == std::string_view::npos) return false;
            std::from_chars(body.data(), body.data() + line, size, 16);
            const std::size_t next = line + 2 + size + 2;
            if (body.size() < next) return false;
            if (size == 0) return true;
            body.remove_prefix(next);
        }
    }
};

// ---- MySQL's protocol, as far as a search server without passwords needs it

struct Mysql {
    static constexpr int more_results = 8;

    static std::string packet(std::string_view payload, char number) {
        std::string made;
        for (const int shift : {0, 8, 16}) made += static_cast<char>(payload.size() >> shift & 0xff);
        return (made += number).append(payload);
    }
    static std::string request(const std::string& statement) { return packet('\x03' + statement, 0); }

    static std::string login() {
        constexpr std::uint32_t protocol_41 = 0x0200, largest_packet = 1 << 24;
        std::string payload(32, '\0');
        std::memcpy(payload.data(), &protocol_41, 4);
        std::memcpy(payload.data() + 4, &largest_packet, 4);
        payload[8] = 33;  // UTF-8
        return packet(payload.append("bench\0\0", 7), 1);
    }

    // A result set: columns, an end, rows, an end, which says whether another follows; or one packet.
    static State look(std::string_view answer, bool closed) {
        int ends = 0;
        for (std::size_t at = 0; at + 5 <= answer.size();) {
            const std::size_t size = length_at(answer, at);
            const auto kind = static_cast<unsigned char>(answer[at + 4]);
            if (at + 4 + size > answer.size()) break;
            if (kind == 0xff) return State::bad;
            if (kind == 0 && at == 0) return State::good;
            const bool is_end = kind == 0xfe && size < 9;
            if (is_end && ++ends % 2 == 0 && (answer[at + 7] & more_results) == 0) return State::good;
            at += 4 + size;
        }
        return closed ? State::bad : State::partial;
    }
    static bool ends_connection(std::string_view) { return false; }

    static bool is_whole_packet(std::string_view bytes) {
        return bytes.size() >= 4 && bytes.size() >= 4 + length_at(bytes, 0);
    }

  private:
    static std::size_t length_at(std::string_view bytes, std::size_t at) {
        const auto byte = [&](std::size_t i) {
            return std::size_t{static_cast<unsigned char>(bytes[at + i])};
        };
        return byte(0) | byte(1) << 8 | byte(2) << 16;
    }
};

// ---- connections

struct Connection {
    int fd = -1;
    std::size_t next = 0;  // the request that is under way
    std::size_t answered = 0;
    bool fresh = true;  // no answer came over it yet
    std::string answer;
    Clock::time_point sent;
};

struct Request {
    std::string kind, asked;
};

struct Counts {
    std::map<std::string, std::vector<double>> by_kind;  // milliseconds
    std::size_t bad = 0, marked = 0, bytes = 0, reconnected = 0;
};

[[noreturn]] void give_up(const std::string& what) {
    throw std::runtime_error(what + ": " + std::strerror(errno));
}

double processor_seconds() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

template <class Protocol>
class Load {
  public:
    Load(std::uint16_t port, std::size_t connections, std::vector<Request> requests, std::string mark)
        : port_(port), requests_(std::move(requests)), mark_(std::move(mark)), connections_(connections) {
        epoll_ = ::epoll_create1(EPOLL_CLOEXEC);
        for (std::size_t i = 0; i < connections; ++i) {
            connections_[i].next = i * requests_.size() / connections;
            connect(connections_[i]);
        }
    }
    Load(const Load&) = delete;
    Load& operator=(const Load&) = delete;
    ~Load() {
        for (const Connection& connection : connections_) ::close(connection.fd);
        ::close(epoll_);
    }

    void begin() {
        for (Connection& connection : connections_) send(connection);
    }

    Counts run(double seconds) {
        counts_ = {};
        const auto end = Clock::now() + std::chrono::duration<double>(seconds);
        std::vector<epoll_event> events(connections_.size());
        while (Clock::now() < end) {
            const int count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 20);
            for (int i = 0; i < count; ++i)
                receive(connections_[events[static_cast<std::size_t>(i)].data.u64]);
        }
        return std::move(counts_);
    }

    // Of those that never got an answer.
    std::size_t starved() const {
        return static_cast<std::size_t>(std::ranges::count(connections_, 0u, &Connection::answered));
    }
    const std::string& first_bad() const { return first_bad_; }

  private:
    void connect(Connection& connection) {
        if (connection.fd >= 0) ::close(connection.fd);
        connection.fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port_);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(connection.fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
            give_up("cannot connect");
        const int on = 1;
        ::setsockopt(connection.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if constexpr (std::is_same_v<Protocol, Mysql>) log_in(connection);
        connection.fresh = true;
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = static_cast<std::uint64_t>(&connection - connections_.data());
        ::epoll_ctl(epoll_, EPOLL_CTL_ADD, connection.fd, &event);
    }

    void log_in(Connection& connection) {
        const auto read_packet = [&] {
            std::string bytes;
            char byte = 0;
            while (!Mysql::is_whole_packet(bytes)) {
                if (::recv(connection.fd, &byte, 1, 0) != 1) give_up("no greeting");
                bytes += byte;
            }
        };
        read_packet();
        write(connection, Mysql::login());
        read_packet();
    }

    // Requests are short, so that one always fits the socket's buffer.
    static void write(const Connection& connection, const std::string& bytes) {
        if (::send(connection.fd, bytes.data(), bytes.size(), MSG_NOSIGNAL) !=
                static_cast<ssize_t>(bytes.size()) &&
            errno != EPIPE && errno != ECONNRESET)
            give_up("cannot send");
    }

    void send(Connection& connection) {
        connection.answer.clear();
        connection.sent = Clock::now();
        write(connection, Protocol::request(requests_[connection.next].asked));
    }

    void receive(Connection& connection) {
        const ssize_t size = ::recv(connection.fd, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
        if (size < 0 && (errno == EAGAIN || errno == EINTR)) return;
        if (size > 0) connection.answer.append(buffer_.data(), static_cast<std::size_t>(size));
        const bool closed = size <= 0;
        if (closed && connection.answer.empty() && !connection.fresh) {  // an idle connection may be closed:
            ++counts_.reconnected;                                       // the request is asked again
            const auto sent = connection.sent;
            connect(connection);
            send(connection);
            connection.sent = sent;
            return;
        }
        const State state = Protocol::look(connection.answer, closed);
        if (state == State::partial) return;
        note(connection, state);
        connection.fresh = false;
        connection.next = (connection.next + 1) % requests_.size();
        if (closed || Protocol::ends_connection(connection.answer)) {
            ++counts_.reconnected;
            connect(connection);
        }
        send(connection);
    }

    void note(Connection& connection, State state) {
        const std::chrono::duration<double, std::milli> took = Clock::now() - connection.sent;
        counts_.by_kind[requests_[connection.next].kind].push_back(took.count());
        counts_.bytes += connection.answer.size();
        counts_.marked += connection.answer.find(mark_) != std::string::npos;
        ++connection.answered;
        if (state == State::good) return;
        ++counts_.bad;
        if (first_bad_.empty())
            first_bad_ = requests_[connection.next].asked + "\n" + connection.answer.substr(0, 500);
    }

    std::uint16_t port_;
    std::vector<Request> requests_;
    std::string mark_;
    std::vector<Connection> connections_;
    int epoll_ = -1;
    Counts counts_;
    std::string first_bad_;
    std::vector<char> buffer_ = std::vector<char>(1 << 18);
};

std::vector<Request> read_requests(const char* path) {
    std::vector<Request> requests;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        const std::size_t border = std::min(line.find('\t'), line.size() - 1);
        requests.push_back({line.substr(0, border), line.substr(border + 1)});
    }
    if (requests.empty()) throw std::runtime_error(std::string("no requests in ") + path);
    return requests;
}

std::string percentiles(std::vector<double>& milliseconds) {
    std::ranges::sort(milliseconds);
    std::array<char, 200> text{};
    const auto at = [&](double part) { return izde::peers::percentile(milliseconds, part); };
    std::snprintf(text.data(), text.size(), R"("p50":%.4f,"p95":%.4f,"p99":%.4f,"longest":%.3f)", at(0.5),
                  at(0.95), at(0.99), at(1));
    return text.data();
}

void print(Counts& counts, double seconds, std::size_t starved, double cores) {
    std::vector<double> all;
    std::string kinds;
    for (auto& [kind, milliseconds] : counts.by_kind) {
        all.insert(all.end(), milliseconds.begin(), milliseconds.end());
        kinds += (kinds.empty() ? "\"" : ",\"") + kind + "\":{" + percentiles(milliseconds) + "}";
    }
    const auto answers = static_cast<double>(std::max<std::size_t>(all.size(), 1));
    std::printf("{\"per_second\":%.1f,%s,\"answers\":%zu,\"bad\":%zu,\"marked\":%.4f,\"bytes_each\":%.0f,"
                "\"reconnected\":%zu,\"starved\":%zu,\"client_cores\":%.3f,\"kinds\":{%s}}\n",
                static_cast<double>(all.size()) / seconds, percentiles(all).c_str(), all.size(), counts.bad,
                static_cast<double>(counts.marked) / answers, static_cast<double>(counts.bytes) / answers,
                counts.reconnected, starved, cores, kinds.c_str());
}

template <class Protocol>
int run(char** values) {
    const double seconds = std::stod(values[4]);
    Load<Protocol> load(static_cast<std::uint16_t>(std::stoi(values[2])), std::stoul(values[3]),
                        read_requests(values[5]), values[6]);
    load.begin();
    load.run(seconds / 5);
    const double used_before = processor_seconds();
    const auto began = Clock::now();
    Counts counts = load.run(seconds);
    const double took = std::chrono::duration<double>(Clock::now() - began).count();
    print(counts, took, load.starved(), (processor_seconds() - used_before) / took);
    if (counts.bad > 0) std::fprintf(stderr, "izde-load: a bad answer to %s\n", load.first_bad().c_str());
    return counts.bad > 0 ? 1 : 0;
}

}  // namespace

int main(int count, char** values) try {
    const std::string protocol = count == 7 ? values[1] : "";
    if (protocol == "http") return run<Http>(values);
    if (protocol == "mysql") return run<Mysql>(values);
    std::fprintf(stderr, "usage: izde-load http|mysql PORT CONNECTIONS SECONDS REQUESTS MARK\n");
    return 2;
} catch (const std::exception& error) {
    std::fprintf(stderr, "izde-load: %s\n", error.what());
    return 1;
}
