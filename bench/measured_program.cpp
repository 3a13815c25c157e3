#include "measured_program.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fstream>
#include <stdexcept>
#include <thread>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace izde::bench {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr auto between_looks = std::chrono::milliseconds(5);

// `pid` and all that descend from it.
std::vector<pid_t> family_of(pid_t pid) {
    std::vector<pid_t> family{pid};
    for (std::size_t i = 0; i < family.size(); ++i) {
        std::error_code gone;
        for (fs::directory_iterator task("/proc/" + std::to_string(family[i]) + "/task", gone), end;
             !gone && task != end; task.increment(gone)) {
            std::ifstream children(task->path() / "children");
            for (pid_t child = 0; children >> child;) family.push_back(child);
        }
    }
    return family;
}

struct Resident {
    std::uint64_t now = 0, most = 0;  // bytes
};
Resident resident(pid_t pid) {
    Resident its;
    std::ifstream status("/proc/" + std::to_string(pid) + "/status");
    for (std::string word; status >> word;) {
        if (word == "VmHWM:") status >> its.most;
        if (word == "VmRSS:") status >> its.now;
    }
    return {its.now << 10, its.most << 10};
}

void look_at(pid_t pid, Cost& cost) {
    const std::vector<pid_t> family = family_of(pid);
    std::uint64_t sum = 0;
    for (const pid_t one : family) {
        const Resident its = resident(one);
        sum += its.now;
        cost.alone = std::max(cost.alone, its.most);
    }
    cost.peak = std::max(cost.peak, sum);
    cost.processes = std::max<std::uint64_t>(cost.processes, family.size());
}

double seconds_of(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

// Comes back when the program is there: before, the new process is a copy of this one.
pid_t start(const fs::path& program, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), program);
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    int begun[2];
    if (::pipe2(begun, O_CLOEXEC) != 0) return -1;
    const pid_t pid = ::fork();
    if (pid == 0) {
        const int nothing = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
        ::dup2(nothing, STDOUT_FILENO);
        ::execv(program.c_str(), argv.data());
        ::_exit(127);
    }
    ::close(begun[1]);
    char none = 0;
    while (::read(begun[0], &none, 1) < 0 && errno == EINTR) {
    }
    ::close(begun[0]);
    return pid;
}

}  // namespace

Cost run_measured(const fs::path& program, const std::vector<std::string>& arguments) {
    Cost cost;
    const auto began = Clock::now();
    const pid_t pid = start(program, arguments);
    if (pid < 0) throw std::runtime_error("there is no process to be had");
    rusage used{};
    int status = 0;
    for (pid_t ended = 0; ended != pid; ended = ::wait4(pid, &status, WNOHANG, &used)) {
        if (ended < 0 && errno != EINTR) throw std::runtime_error("a process was lost");
        look_at(pid, cost);
        std::this_thread::sleep_for(between_looks);
    }
    cost.seconds = std::chrono::duration<double>(Clock::now() - began).count();
    cost.cpu_seconds = seconds_of(used.ru_utime) + seconds_of(used.ru_stime);
    cost.peak = std::max(cost.peak, cost.alone);  // it may have been between two looks
    cost.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (cost.code == 127) throw std::runtime_error("cannot run " + program.string());
    return cost;
}

}  // namespace izde::bench
