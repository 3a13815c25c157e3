// Reads whole requests from a client's socket and sends whole answers, each within a total time,
// so that no client can hold a thread by being slow.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "http/framing.hpp"

namespace izde::http {

struct Raw {  // one complete request as it came
    std::string head, body;
    bool closes = false;
};

class Connection {
  public:
    enum class Mood { patient, wanted_elsewhere, stopping };  // how long to wait for a next request
    using AskMood = std::function<Mood()>;

    Connection(int socket, AskMood mood) : socket_(socket), mood_(std::move(mood)) {}
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection();  // closes the socket

    // Nothing: the client is gone or asks no more. After a Problem only send() makes sense.
    std::optional<std::variant<Raw, Problem>> next();
    bool send(std::string_view bytes);

    // Lets the client read the last answer although it may still be sending.
    void linger();

  private:
    bool await_first_byte();
    bool receive();
    std::variant<Incomplete, Raw, Problem> take();

    int socket_;
    AskMood mood_;
    std::string bytes_;  // received and not yet taken
};

}  // namespace izde::http
