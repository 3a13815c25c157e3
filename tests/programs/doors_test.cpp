// izde-searchd at sockets that somebody else opened, and how it leaves.
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "support/raw_client.hpp"
#include "support/run_program.hpp"
#include "support/served_index.hpp"
#include "support/temp_dir.hpp"

using izde::tests::Process;
using izde::tests::RawClient;
using izde::tests::TempDir;

namespace {

const std::string ask = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

// What a service manager does between fork and exec; there a function can be told nothing.
std::vector<int> passed_on;  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)

void pass_on() {
    for (std::size_t i = 0; i < passed_on.size(); ++i) {
        const int moved = fcntl(passed_on[i], F_DUPFD, 100);
        dup2(moved, 3 + static_cast<int>(i));
        close(moved);
    }
    setenv("LISTEN_PID", std::to_string(getpid()).c_str(), 1);
    setenv("LISTEN_FDS", std::to_string(passed_on.size()).c_str(), 1);
}

int open_tcp() {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    listen(fd, 16);
    return fd;
}

int port_of(int fd) {
    sockaddr_in address = {};
    socklen_t size = sizeof address;
    getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
}

int open_unix(const std::string& path) {
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    listen(fd, 16);
    return fd;
}

}  // namespace

TEST_CASE("searchd serves the sockets that were opened for it, TCP and Unix", "[programs][searchd]") {
    const TempDir dir;
    const auto path = (dir.path() / "socket").string();
    const int tcp = open_tcp(), local = open_unix(path);
    // A request waits already: that is what such sockets are for.
    RawClient early(port_of(tcp));
    early.send(ask);

    passed_on = {tcp, local};
    Process daemon("izde-searchd", {"--index", (dir.path() / "index").string()}, getuid(), pass_on);
    const auto said = daemon.wait_for("unix:");

    CHECK(said.find("http://127.0.0.1:" + std::to_string(port_of(tcp)) + "/\n") != std::string::npos);
    CHECK(said.find("unix:" + path) != std::string::npos);
    CHECK(early.receive().starts_with("HTTP/1.1 200 "));
    CHECK(RawClient(path).ask(ask).starts_with("HTTP/1.1 200 "));
    daemon.signal(SIGTERM);
    CHECK(daemon.finish().code == 0);
    // They are the opener's: the next one may have them.
    Process next("izde-searchd", {"--index", (dir.path() / "index").string()}, getuid(), pass_on);
    next.wait_for("unix:");
    CHECK(RawClient(path).ask(ask).starts_with("HTTP/1.1 200 "));
    close(tcp);
    close(local);
}

TEST_CASE("a descriptor that is no listening socket is refused by name", "[programs][searchd]") {
    const TempDir dir;
    passed_on = {STDIN_FILENO};

    const auto finished = izde::tests::run_program(
        "izde-searchd", {"--index", (dir.path() / "index").string()}, getuid(), pass_on);

    CHECK(finished.code == 3);
    CHECK(finished.err.find("descriptor 3") != std::string::npos);
}

TEST_CASE("what was passed on to another process is not searchd's", "[programs][searchd]") {
    const TempDir dir;
    const auto pretend = [] {
        setenv("LISTEN_PID", "1", 1);
        setenv("LISTEN_FDS", "1", 1);
    };

    Process daemon("izde-searchd", {"--index", (dir.path() / "index").string(), "--listen", "127.0.0.1:0"},
                   getuid(), pretend);
    const int port = izde::tests::port_said(daemon.wait_for("/\n"));

    CHECK(RawClient(port).ask(ask).starts_with("HTTP/1.1 200 "));
}

TEST_CASE("a searchd that is told to end cuts no answer", "[programs][searchd]") {
    const TempDir dir;
    dir.write("docs/a.txt", "A bridge\n\nThe ferry left before the bridge was built.\n");
    const auto index = (dir.path() / "index").string();
    REQUIRE(izde::tests::run_program("izde-indexer",
                                     {"rebuild", "--quiet", "--index", index, (dir.path() / "docs").string()})
                .code == 0);
    for (int round = 0; round < 3; ++round) {
        Process daemon("izde-searchd", {"--index", index, "--listen", "127.0.0.1:0"});
        const int port = izde::tests::port_said(daemon.wait_for("/\n"));
        std::atomic<int> answered = 0, cut = 0;
        const auto ask_until_told = [&] {
            RawClient client(port);
            for (bool goes_on = true; goes_on;) {
                const auto answer =
                    client.ask("GET /api/v1/search?q=ferry HTTP/1.1\r\nHost: localhost\r\n\r\n");
                const bool is_whole = answer.starts_with("HTTP/1.1 200 ") && answer.ends_with('}');
                ++(is_whole ? answered : cut);
                goes_on = is_whole && answer.find("Connection: close\r\n") == std::string::npos;
            }
        };
        std::vector<std::thread> clients;
        for (int i = 0; i < 8; ++i) clients.emplace_back(ask_until_told);
        while (answered < 50 && cut == 0) std::this_thread::yield();

        daemon.signal(SIGTERM);
        for (auto& client : clients) client.join();

        CHECK(cut == 0);
        CHECK(daemon.finish().code == 0);
    }
}
