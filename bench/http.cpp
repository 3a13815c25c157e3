// What serving costs beside answering: a handler that does nothing, behind the real server, in a process of
// its own.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "http/server.hpp"
#include "support/temp_dir.hpp"

namespace izde::bench {
namespace {

namespace fs = std::filesystem;

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

// What izde-load tells of asking `target` as fast as it is answered.
nlohmann::json load(int port, int connections, const std::string& target, const fs::path& folder) {
    const fs::path requests = folder / "requests";
    std::ofstream(requests) << "any\t" << target << "\n";
    const fs::path program = fs::read_symlink("/proc/self/exe").parent_path() / "izde-load";
    const std::string command = "'" + program.string() + "' http " + std::to_string(port) + " " +
                                std::to_string(connections) + " 3 '" + requests.string() + "' ok";
    const std::unique_ptr<FILE, int (*)(FILE*)> out(popen(command.c_str(), "r"), pclose);
    std::string told;
    for (int byte = 0; out && (byte = std::fgetc(out.get())) != EOF;) told += static_cast<char>(byte);
    return nlohmann::json::parse(told);
}

void report(const std::string& name, const nlohmann::json& told, int connections) {
    const auto number = [&](const char* of) { return told.at(of).get<double>(); };
    std::printf("%-24s %4d connections %9.0f/s  p50 %7.3f ms  p99 %7.3f ms  %7.0f bytes  %.0f bad\n",
                name.c_str(), connections, number("per_second"), number("p50"), number("p99"),
                number("bytes_each"), number("bad"));
}

}  // namespace

int bench_http(const std::vector<std::string>& /*options*/) {
    const Child child;
    const tests::TempDir folder;
    for (const int connections : {1, 8, 32, 256})
        for (const auto& [name, target] :
             {std::pair("answered by workers", "/"), std::pair("answered by the loop", "/at-once")})
            report(name, load(child.port(), connections, target, folder.path()), connections);
    return 0;
}

}  // namespace izde::bench
