// Reads files in a process of its own, which can do nothing but that.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <string>

#include "read/read.hpp"
#include "worker/answer.hpp"
#include "worker/limits.hpp"
#include "worker/spawner.hpp"

namespace izde::worker {

struct File {
    int descriptor = -1;  // open for reading, at its beginning; stays the caller's
    std::uint64_t bytes = 0;
    read::Format format = read::Format::text;
    const std::string& path;
    const std::map<std::string, std::string>& field_names;
};

// How the reading of a file ended.
struct Ending {
    enum class How {
        complete,
        stopped,    // was asked to; or has given as much as was wanted
        died,       // the process, by what stands in the file
        lost,       // the process, by something else
        no_process  // none could be had: the file is not to blame, and no other can be read
    } how = How::complete;
    std::string reason;       // unless complete or stopped: "its reader crashed (signal 11)"
    std::uint64_t taken = 0;  // documents and errors that were handed over before
};

// For one thread at a time; each that reads has its own. The process is made when it is first needed,
// again after each file that gave an error or killed it, and after so many files.
class Worker {
  public:
    explicit Worker(Spawner& spawner) : spawner_(spawner) {}
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;
    ~Worker();

    // Hands over what read::read would. `most`: so many documents and errors, then the rest is not
    // read. A file that does not hold many documents gives none unless it was read to its end.
    static constexpr std::uint64_t all = std::numeric_limits<std::uint64_t>::max();
    Ending read(const File& file, std::uint64_t most, const std::function<bool()>& stop,
                const read::Sink& sink);

    pid_t pid() const { return process_.pid; }  // 0: none now

  private:
    class Patience;
    unsigned seconds_for(const File& file) const;
    void ask(const File& file, Patience& patience);
    std::optional<Ending> take_frames(Answer& answer, Patience& patience, const std::function<bool()>& stop);
    std::optional<Ending> receive(Patience& patience, const std::function<bool()>& stop);
    Fate end(bool at_once);
    Ending died(unsigned seconds);
    std::string reason_of(const Fate& fate, unsigned seconds) const;

    Spawner& spawner_;
    Spawner::Spawned process_;
    unsigned files_ = 0;  // this process has read
    FrameReader frames_;
};

}  // namespace izde::worker
