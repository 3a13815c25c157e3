// Sockets; the only file that knows cpp-httplib.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "izde/result.hpp"

#include "http/message.hpp"

namespace izde::http {

using Handler = std::function<Answer(const Message&)>;

class Server {
  public:
    // Binds at once; port 0 takes a free one. A port in use is an error, also when its holder is
    // another searchd.
    static Result<Server> listen(const std::string& host, int port, int threads, Handler handler);
    Server(Server&&) noexcept;
    Server& operator=(Server&&) noexcept;
    ~Server();

    int port() const;
    void run();   // serves until stop(); requests under way are finished
    void stop();  // from any thread

  private:
    struct State;
    explicit Server(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace izde::http
