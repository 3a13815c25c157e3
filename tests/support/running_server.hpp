// A server with a handler of the test's own, and what tests say to it.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "http/server.hpp"

namespace izde::tests {

// A server on a free port, stopped at the end of the test.
class Running {
  public:
    explicit Running(http::Handler handler, const http::Settings& settings = {})
        : server_(*http::Server::listen("127.0.0.1", 0, std::move(handler), settings)) {
        thread_ = std::thread([this] { server_.run(); });
    }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;
    ~Running() {
        stop();
        thread_.join();
    }
    int port() const { return server_.port(); }
    void stop() { server_.stop(); }
    const http::Load& load() const { return server_.load(); }

  private:
    http::Server server_;
    std::thread thread_;
};

// Says what it was asked, so that tests see what arrives.
inline http::Answer echo(const http::Message& request) {
    std::string text = request.method + " " + request.path;
    for (const auto& [name, value] : request.params) text += " " + name + "=" + value;
    if (!request.body.empty()) text += " body=" + request.body;
    return {.status = 200, .type = "text/plain", .body = text};
}

inline std::string get(const std::string& target, const std::string& headers = "") {
    return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
}

inline std::string post(const std::string& body, const std::string& headers = "") {
    return "POST / HTTP/1.1\r\nHost: localhost\r\n" + headers +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

inline bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

// Keeps handlers waiting until the test lets them go.
class Gate {
  public:
    void pass() {
        std::unique_lock lock(mutex_);
        ++entered_;
        changed_.notify_all();
        changed_.wait(lock, [&] { return is_open_; });
    }
    void wait_for(int handlers) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return entered_ >= handlers; });
    }
    void open() {
        const std::lock_guard lock(mutex_);
        is_open_ = true;
        changed_.notify_all();
    }
    int entered() {
        const std::lock_guard lock(mutex_);
        return entered_;
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int entered_ = 0;
    bool is_open_ = false;
};

}  // namespace izde::tests
