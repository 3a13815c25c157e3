// httplib accepts, keeps the threads, parses and writes; it sees only whole requests whose borders
// are certain, because its own reading has no total time, no bound on headers and no strictness.
// Tested by server_test.cpp.
#include "http/server.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <iostream>
#include <utility>

#include <strings.h>
#include <unistd.h>

#include <httplib.h>

#include "http/connection.hpp"
#include "http/form.hpp"
#include "http/listener.hpp"
#include "http/problem.hpp"

namespace izde::http {
namespace {

// A complete request to read, and room for its answer.
class Exchange final : public httplib::Stream {
  public:
    explicit Exchange(std::string_view request) : request_(request) {}
    std::string answer;

    bool is_readable() const override { return !request_.empty(); }
    bool is_writable() const override { return true; }
    ssize_t read(char* into, size_t size) override {
        const auto count = request_.copy(into, size);
        request_.remove_prefix(count);
        return static_cast<ssize_t>(count);
    }
    ssize_t write(const char* bytes, size_t size) override {
        answer.append(bytes, size);
        return static_cast<ssize_t>(size);
    }
    void get_remote_ip_and_port(std::string& /*ip*/, int& /*port*/) const override {}
    void get_local_ip_and_port(std::string& /*ip*/, int& /*port*/) const override {}
    socket_t socket() const override { return INVALID_SOCKET; }

  private:
    std::string_view request_;
};

// Counts the connections that wait for a thread.
class Queue final : public httplib::ThreadPool {
  public:
    Queue(std::size_t threads, std::atomic<int>& waiting) : ThreadPool(threads), waiting_(waiting) {}
    void enqueue(std::function<void()> job) override {
        ++waiting_;
        ThreadPool::enqueue([this, job = std::move(job)] {
            --waiting_;
            job();
        });
    }

  private:
    std::atomic<int>& waiting_;
};

std::string lower(std::string name) {
    for (char& c : name) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return name;
}

Message message_of(const httplib::Request& request) {
    Message message{.method = request.method, .path = request.path, .body = request.body};
    const auto question = request.target.find('?');
    if (question != std::string::npos) {
        const auto end = request.target.find('#', question);
        message.params =
            decode_form(std::string_view(request.target).substr(question + 1, end - question - 1));
    }
    for (const auto& [name, value] : request.headers) {
        auto& joined = message.headers[lower(name)];
        joined += (joined.empty() ? "" : ", ") + value;
    }
    return message;
}

Problem internal_problem(const char* what) {
    std::cerr << "izde-searchd: a request failed: " << what << std::endl;
    return problem_of({Errc::internal, "", ""});
}

Answer answer_safely(const Handler& handler, const Message& message) {
    try {
        return handler(message);
    } catch (const std::exception& error) {
        return to_answer(internal_problem(error.what()));
    } catch (...) {
        return to_answer(internal_problem("unknown exception"));
    }
}

void put(const Answer& answer, httplib::Response& response) {
    response.status = answer.status;
    response.headers.clear();
    for (const auto& [name, value] : answer.headers) response.set_header(name, value);
    response.body = answer.body;
    if (answer.status != 304) response.set_header("Content-Type", answer.type);
}

// httplib adds some that are untrue of this server or of such an answer.
void correct_headers(httplib::Response& response) {
    response.headers.erase("Accept-Ranges");
    response.headers.erase("Keep-Alive");
    if (response.status == 304) response.headers.erase("Content-Length");
}

// What httplib refuses while it parses: only its status is known.
void explain(const httplib::Request& /*request*/, httplib::Response& response) {
    if (!response.body.empty()) return;  // an answer of ours
    const int status = response.status == 414 ? 414 : 400;
    put(to_answer({.status = status,
                   .code = status == 414 ? "uri_too_long" : "bad_request",
                   .detail = "the request could not be read"}),
        response);
    response.set_header("Connection", "close");
}

// Of a request that httplib never saw; its connection ends with it.
std::string refusal(const Problem& problem) {
    const auto answer = to_answer(problem);
    std::string text = "HTTP/1.1 " + std::to_string(answer.status) + " Refused\r\nConnection: close\r\n";
    for (const auto& [name, value] : answer.headers)
        text.append(name).append(": ").append(value).append("\r\n");
    text += "Content-Type: " + answer.type + "\r\nContent-Length: " + std::to_string(answer.body.size());
    return text + "\r\n\r\n" + answer.body;
}

// httplib answers 416 to ranges it does not understand, where RFC 9110 wants them overlooked.
std::string without_ranges(const std::string& head) {
    constexpr std::string_view name = "Range:";
    std::string kept;
    for (std::size_t begin = 0; begin < head.size();) {
        const auto end = head.find("\r\n", begin) + 2;
        if (strncasecmp(head.data() + begin, name.data(), name.size()) != 0)
            kept.append(head, begin, end - begin);
        begin = end;
    }
    return kept;
}

// Compressing each answer anew is too dear; the connection has seen to Expect; and the addresses
// are put in by httplib, after those a client may have invented.
void strip(httplib::Request& request) {
    for (const auto* name :
         {"Accept-Encoding", "Expect", "REMOTE_ADDR", "REMOTE_PORT", "LOCAL_ADDR", "LOCAL_PORT"}) {
        request.headers.erase(name);
    }
}

}  // namespace

struct Server::State final : httplib::Server {
    State(Listener opened, int threads, http::Handler answering);
    bool process_and_close_socket(socket_t socket) override;
    void accept_all();
    bool answer(Connection& connection, const Raw& raw);  // whether another request may follow
    Connection::Mood mood() const;

    Listener listener;
    http::Handler handler;
    std::atomic<bool> stopping = false;
    std::atomic<int> waiting = 0;
};

Server::State::State(Listener opened, int threads, http::Handler answering)
    : listener(std::move(opened)), handler(std::move(answering)) {
    const auto count = static_cast<std::size_t>(std::max(8, threads));
    // NOLINTNEXTLINE(cppcoreguidelines-owning-memory): httplib owns what this returns
    new_task_queue = [this, count] { return new Queue(count, waiting); };
    set_error_handler(explain);
    set_post_routing_handler([this](const httplib::Request& /*request*/, httplib::Response& response) {
        correct_headers(response);
        if (stopping && !response.has_header("Connection")) response.set_header("Connection", "close");
    });
    set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
        put(answer_safely(handler, message_of(request)), response);
        return HandlerResponse::Handled;
    });
}

void Server::State::accept_all() {
    // httplib closes its own when it ends, at a moment stop() cannot know; so it gets a copy.
    svr_sock_ = dup(listener.fd());
    listen_after_bind();
}

Connection::Mood Server::State::mood() const {
    if (stopping) return Connection::Mood::stopping;
    return waiting > 0 ? Connection::Mood::wanted_elsewhere : Connection::Mood::patient;
}

bool Server::State::answer(Connection& connection, const Raw& raw) {
    const auto head = without_ranges(raw.head);
    Exchange exchange(head);
    bool is_parsed = false, closed = false;
    process_request(exchange, raw.closes, closed, [&](httplib::Request& request) {
        is_parsed = true;
        strip(request);
        request.body = raw.body;
    });
    return connection.send(exchange.answer) && is_parsed && !raw.closes && !stopping;
}

bool Server::State::process_and_close_socket(socket_t socket) {
    Connection connection(socket, [this] { return mood(); });
    while (const auto request = connection.next()) {
        if (const auto* problem = std::get_if<Problem>(&*request)) {
            if (connection.send(refusal(*problem))) connection.linger();
            return false;
        }
        if (!answer(connection, std::get<Raw>(*request))) break;
    }
    return true;
}

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}
Server::Server(Server&&) noexcept = default;
Server& Server::operator=(Server&&) noexcept = default;
Server::~Server() = default;

Result<Server> Server::listen(const std::string& host, int port, int threads, Handler handler) {
    auto listener = Listener::open(host, port);
    if (!listener) return fail(listener.error());
    return Server(std::make_unique<State>(*std::move(listener), threads, std::move(handler)));
}

int Server::port() const {
    return state_->listener.port();
}

void Server::run() {
    state_->accept_all();
}

void Server::stop() {
    state_->stopping = true;
    state_->listener.shut();
}

}  // namespace izde::http
