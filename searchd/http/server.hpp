// Serves HTTP on sockets: an epoll loop before workers, so that slow, idle and very many clients cost no
// thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "izde/result.hpp"

#include "http/listener.hpp"
#include "http/load.hpp"
#include "http/settings.hpp"

namespace izde::http {

class Server {
  public:
    // Of connections that come to the listeners, of which there must be one. The load outlives the server.
    Server(std::vector<Listener> listeners, Handler handler, const Settings& settings, Load& load);

    // Binds at once; port 0 takes a free one. A port in use is an error, also when its holder is
    // another searchd.
    static Result<Server> listen(const std::string& host, int port, Handler handler,
                                 const Settings& settings = {});
    Server(Server&&) noexcept;
    Server& operator=(Server&&) noexcept;
    ~Server();

    int port() const;  // of the first listener; 0: a Unix socket
    const Load& load() const;

    // Serves until stop(). Then what was asked is answered, and kept connections end with their next answer
    // or after a moment; all within limits.drain, if the handler returns by then.
    void run();
    void stop();  // from any thread

  private:
    struct State;
    explicit Server(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace izde::http
