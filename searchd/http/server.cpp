#include "http/server.hpp"

#include <utility>

#include "http/loop.hpp"

namespace izde::http {

struct Server::State {
    State(std::vector<Listener> listeners, Handler handler, const Settings& settings, Load* shared)
        : load(shared == nullptr ? &own : shared),
          loop(std::move(listeners), std::move(handler), settings, *load) {}

    Load own;
    Load* load;
    Loop loop;
};

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}
Server::Server(Server&&) noexcept = default;
Server& Server::operator=(Server&&) noexcept = default;
Server::~Server() = default;

Server::Server(std::vector<Listener> listeners, Handler handler, const Settings& settings, Load& load)
    : state_(std::make_unique<State>(std::move(listeners), std::move(handler), settings, &load)) {}

Result<Server> Server::listen(const std::string& host, int port, Handler handler, const Settings& settings) {
    auto listener = Listener::open(host, port);
    if (!listener) return fail(listener.error());
    std::vector<Listener> listeners;
    listeners.push_back(*std::move(listener));
    return Server(std::make_unique<State>(std::move(listeners), std::move(handler), settings, nullptr));
}

int Server::port() const {
    return state_->loop.port();
}

const Load& Server::load() const {
    return *state_->load;
}

void Server::run() {
    state_->loop.run();
}

void Server::stop() {
    state_->loop.stop();
}

}  // namespace izde::http
