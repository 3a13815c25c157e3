// Runs one of the built programs as a user would.
#pragma once

#include <chrono>
#include <csignal>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace izde::tests {

struct Finished {
    int code = -1;  // -1: ended by a signal
    std::string out, err;
};

// A program under way. Its output is read from pipes; it is killed if it still runs at the end.
class Process {
  public:
    Process(const std::string& program, std::vector<std::string> arguments, uid_t user = ::getuid(),
            void (*prepare)() = nullptr) {
        int out[2];
        int err[2];
        if (::pipe(out) != 0 || ::pipe(err) != 0) throw std::runtime_error("pipe failed");
        const std::string path = std::string(IZDE_BINARIES) + "/" + program;
        arguments.insert(arguments.begin(), path);
        std::vector<char*> argv;
        for (std::string& argument : arguments) argv.push_back(argument.data());
        argv.push_back(nullptr);
        pid_ = ::fork();
        if (pid_ == 0) {
            if (user != ::getuid() && (::setgid(user) != 0 || ::setuid(user) != 0)) ::_exit(126);
            ::dup2(out[1], STDOUT_FILENO);
            ::dup2(err[1], STDERR_FILENO);
            for (const int fd : {out[0], out[1], err[0], err[1]}) ::close(fd);
            if (prepare != nullptr) prepare();  // what the program is to find
            ::execv(path.c_str(), argv.data());
            ::_exit(127);
        }
        ::close(out[1]);
        ::close(err[1]);
        out_ = out[0];
        err_ = err[0];
    }
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    ~Process() {
        if (pid_ > 0) {
            ::kill(pid_, SIGKILL);
            ::waitpid(pid_, nullptr, 0);
        }
        ::close(out_);
        ::close(err_);
    }

    void signal(int number) const { ::kill(pid_, number); }
    pid_t pid() const { return pid_; }

    // Reads until `text` has come on standard output, or on the error output; throws if the program ends
    // before.
    std::string wait_for(const std::string& text) { return wait_for(text, said_.out); }
    std::string wait_for_error(const std::string& text) { return wait_for(text, said_.err); }

    Finished finish() {
        while (read_some()) {
        }
        int status = 0;
        ::waitpid(pid_, &status, 0);
        pid_ = -1;
        said_.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        return said_;
    }

  private:
    const std::string& wait_for(const std::string& text, const std::string& said) {
        while (said.find(text) == std::string::npos)
            if (!read_some())
                throw std::runtime_error("ended before saying '" + text + "': " + said_.out + said_.err);
        return said;
    }

    // Waits for more output; false when both pipes are closed.
    bool read_some() {
        pollfd fds[2] = {{out_open_ ? out_ : -1, POLLIN, 0}, {err_open_ ? err_ : -1, POLLIN, 0}};
        if (!out_open_ && !err_open_) return false;
        if (::poll(fds, 2, 60'000) <= 0) throw std::runtime_error("a program said nothing for a minute");
        char buffer[65536];
        const auto take = [&](const pollfd& fd, std::string& into, bool& open) {
            if ((fd.revents & (POLLIN | POLLHUP | POLLERR)) == 0) return;
            const ssize_t got = ::read(fd.fd, buffer, sizeof buffer);
            if (got <= 0)
                open = false;
            else
                into.append(buffer, static_cast<std::size_t>(got));
        };
        take(fds[0], said_.out, out_open_);
        take(fds[1], said_.err, err_open_);
        return out_open_ || err_open_;
    }

    pid_t pid_ = -1;
    int out_ = -1, err_ = -1;
    bool out_open_ = true, err_open_ = true;
    Finished said_;
};

inline Finished run_program(const std::string& program, std::vector<std::string> arguments,
                            uid_t user = ::getuid(), void (*prepare)() = nullptr) {
    return Process(program, std::move(arguments), user, prepare).finish();
}

}  // namespace izde::tests
