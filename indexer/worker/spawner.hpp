// A small process that makes workers: it was forked before the indexer had threads and memory, so a
// worker costs a fork of next to nothing.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include <sys/types.h>

#include "izde/config.hpp"
#include "izde/result.hpp"

#include "descriptor.hpp"
#include "worker/limits.hpp"
#include "worker/sandbox.hpp"

namespace izde::worker {

using indexer::Descriptor;

// What a worker does once it is locked in: answers requests on the socket until it is closed.
using Serve = void (*)(int socket);

// A process that ended, and how.
struct Fate {
    int status = 0;            // as waitpid tells it; by SIGKILL where `ended_by_us`
    bool ended_by_us = false;  // it did not end by itself
    std::uint64_t peak = 0;    // bytes of memory it had at most
};

// Workers and their spawner end when the process that started them does, also by SIGKILL. Threads may
// share one.
class Spawner {
  public:
    // Forks; the process must have one thread, and hold nothing open that it wants closed when it
    // dies (locks). Tries one worker: Errc::bad_argument if `sandbox` requires what the kernel lacks.
    static Result<std::unique_ptr<Spawner>> start(Sandbox sandbox, const Limits& limits = {});
    static Result<std::unique_ptr<Spawner>> start(Sandbox sandbox, const Limits& limits, Serve serve);
    Spawner(const Spawner&) = delete;
    Spawner& operator=(const Spawner&) = delete;
    ~Spawner();

    // What readers need is loaded in the other process, which takes it 20 ms; this one goes on. Otherwise
    // that is done when a worker is first asked for.
    void prepare();

    struct Spawned {
        Descriptor socket;  // of a process that is locked in and waits for a request
        pid_t pid = 0;
    };
    Result<Spawned> spawn();

    // To be called once for each that was spawned. Waits a second for one that seems to end by itself.
    Fate end(pid_t pid, bool at_once);

    const Limits& limits() const { return limits_; }
    std::uint64_t idle_peak() const { return idle_peak_; }  // Fate::peak of one that has read nothing
    const std::string& lacks() const { return lacks_; }     // "Landlock"; empty: the sandbox is complete

  private:
    Spawner(Descriptor socket, pid_t pid, const Limits& limits)
        : socket_(std::move(socket)), pid_(pid), limits_(limits) {}
    Result<void> prove(Sandbox sandbox);
    Result<Spawned> spawn_one();
    Fate end_one(pid_t pid, bool at_once);
    void prepare_once();
    void measure();

    Descriptor socket_;
    pid_t pid_;
    Limits limits_;
    bool is_proven_ = false, is_prepared_ = false, is_measured_ = false;
    std::uint64_t idle_peak_ = 0;
    Held held_;  // by the first worker
    std::string lacks_;
    std::mutex one_asks_;
};

}  // namespace izde::worker
