// What serving costs beside answering: a handler that does nothing, behind the real server, in a process of
// its own.
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "commands.hpp"
#include "http/server.hpp"
#include "http_load.hpp"

namespace izde::bench {
namespace {

http::Answer nothing(const http::Message& /*request*/) {
    return {.status = 200, .body = R"({"status":"ok"})"};
}

// A server in a child process, ended with this.
class Child {
  public:
    Child()
        : server_(*http::Server::listen("127.0.0.1", 0, nothing, {.at_once = [](std::string_view path) {
                                            return path == "/at-once";
                                        }})) {
        pid_ = fork();
        if (pid_ != 0) return;
        server_.run();
        _exit(0);
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() {
        kill(pid_, SIGKILL);
        waitpid(pid_, nullptr, 0);
    }
    int port() const { return server_.port(); }

  private:
    http::Server server_;
    pid_t pid_ = 0;
};

void report(const std::string& name, const Asked& asked) {
    const auto served = load(asked);
    std::printf("%-24s %4d connections %9.0f/s  p50 %7.3f ms  p99 %7.3f ms  %7.0f bytes  %zu failed\n",
                name.c_str(), asked.connections, served.per_second, served.p50_ms, served.p99_ms,
                served.bytes, served.failures);
}

int load_running(const std::vector<std::string>& options) {
    Asked asked{.port = std::stoi(options[0])};
    std::size_t at = 1;
    if (options.size() > 2 && options[at] == "--connections") {
        asked.connections = std::stoi(options[2]);
        at = 3;
    }
    asked.targets.assign(options.begin() + static_cast<std::ptrdiff_t>(at), options.end());
    if (asked.targets.empty()) asked.targets = {"/healthz"};
    report(asked.targets.front(), asked);
    return 0;
}

}  // namespace

int bench_http(const std::vector<std::string>& options) {
    if (!options.empty()) return load_running(options);
    const Child child;
    for (const int connections : {1, 8, 32, 256}) {
        report("answered by workers", {.port = child.port(), .targets = {"/"}, .connections = connections});
        report("answered by the loop",
               {.port = child.port(), .targets = {"/at-once"}, .connections = connections});
    }
    return 0;
}

}  // namespace izde::bench
