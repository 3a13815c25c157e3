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

// One opened generation with a pool of readers, since a reader is for one thread at a time. What does not
// change they share, so that a reader costs little memory.
class Opened {
  public:
    // Checks all its bytes and reads what first searches need.
    static Result<std::shared_ptr<Opened>> open(const std::filesystem::path& generation);

    const index::Manifest& manifest() const { return first_.manifest(); }
    Result<index::Reader> take();
    Result<index::Reader> take_new();
    void give_back(index::Reader reader);

  private:
    Opened(index::Reader first, index::Lease lease);

    index::Reader first_;  // that the others are made of; asked for nothing else
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

    // Ends the loan of a reader that is not to be used again.
    std::shared_ptr<Opened> discard();

    const index::Reader& operator*() const { return *reader_; }
    const index::Reader* operator->() const { return &*reader_; }

  private:
    std::shared_ptr<Opened> from_;
    std::optional<index::Reader> reader_;
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

    // A new reader of the same generation.
    Result<Borrowed> borrow_instead(Borrowed of_no_use) const;

    // What of the generation being served could not be read; an error until another one is served.
    void tell(const Error& error);

    struct Health {
        std::string
            last_error;  // why the generation pointed to is not the one served, or as told; else empty
        std::optional<std::chrono::sys_seconds> error_since;
        std::uint64_t reloads = 0, failed_reloads = 0;
    };
    Health health() const;
    std::shared_ptr<Opened> opened() const;  // null when nothing is served yet

  private:
    void look();
    void watch();
    void use(Result<std::shared_ptr<Opened>> next, bool known);

    index::Generations generations_;
    std::string refused_;  // the id that could not be opened; not looked at for a while
    std::chrono::steady_clock::time_point look_again_;
    mutable std::mutex mutex_;
    std::shared_ptr<Opened> opened_;
    Error error_;
    Error rot_;  // as told
    std::optional<std::chrono::sys_seconds> error_since_;
    std::uint64_t reloads_ = 0, failed_reloads_ = 0;
    std::condition_variable stopping_;
    bool stopped_ = false;
    std::thread watcher_;
};

}  // namespace izde::search
