// The generation being served, and its readers.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "izde/index/generations.hpp"
#include "izde/index/reader.hpp"
#include "izde/result.hpp"

namespace izde::search {

// One opened generation with a pool of readers, since a reader is for one thread at a time.
class Opened {
  public:
    static Result<std::shared_ptr<Opened>> open(const std::filesystem::path& generation);

    const index::Manifest& manifest() const { return manifest_; }
    Result<index::Reader> take();
    void give_back(index::Reader reader);

  private:
    Opened(std::filesystem::path path, index::Manifest manifest, index::Lease lease);

    std::filesystem::path path_;
    index::Manifest manifest_;
    index::Lease lease_;
    std::mutex mutex_;
    std::vector<index::Reader> idle_;
};

// A reader on loan; its generation stays as long as it is held.
class Borrowed {
  public:
    Borrowed(std::shared_ptr<Opened> from, index::Reader reader);
    Borrowed(Borrowed&&) noexcept = default;
    Borrowed& operator=(Borrowed&&) = delete;
    ~Borrowed();

    const index::Reader& operator*() const { return *reader_; }
    const index::Reader* operator->() const { return &*reader_; }

  private:
    std::shared_ptr<Opened> from_;
    std::optional<index::Reader> reader_;
};

struct Trouble {
    std::string message;  // why the generation pointed to is not the one served; else empty
    std::optional<std::chrono::sys_seconds> since = {};
    std::uint64_t loaded = 0, refused = 0;  // generations that were opened, and attempts that failed
};

// Watches the pointer and switches to each new generation as a whole: opened fresh and all its bytes checked
// first, and only then given to new requests, while old requests end on the old one. What cannot
// be opened leaves the old one in place and says why. Any thread may call.
class Live {
  public:
    explicit Live(std::filesystem::path root);
    Live(const Live&) = delete;
    Live& operator=(const Live&) = delete;
    ~Live();

    Result<Borrowed> borrow() const;  // Errc::index_missing (or why) when nothing is served yet
    std::string last_error() const { return trouble().message; }
    Trouble trouble() const;
    std::shared_ptr<Opened> opened() const;  // null when nothing is served yet

  private:
    void look();
    void watch();
    void note(Error error);  // what keeps the newest generation from being served now; mutex_ is held

    index::Generations generations_;
    std::string refused_;  // the id that could not be opened; not looked at for a while
    std::chrono::steady_clock::time_point look_again_;
    mutable std::mutex mutex_;
    std::shared_ptr<Opened> opened_;
    Error error_;
    std::chrono::sys_seconds error_since_;
    std::uint64_t loads_ = 0, refusals_ = 0;
    std::condition_variable stopping_;
    bool stopped_ = false;
    std::thread watcher_;
};

}  // namespace izde::search
