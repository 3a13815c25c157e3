#include "search/live.hpp"

#include <chrono>
#include <utility>

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace izde::search {
namespace {

constexpr std::chrono::milliseconds look_every{250};
// All of a generation is read to see that it is sound; one that is not may be mended by hand.
constexpr std::chrono::seconds refused_for{2};
constexpr std::size_t max_idle_readers = 16;

std::chrono::sys_seconds now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

// Whoever checks a new generation does so in the time that requests leave, of processor and disk; a little
// is his in any case. Of this thread alone; where the system refuses, the check is only more in the way.
void yield_to_requests() {
    constexpr int niceness = 5, best_effort = 2, lowest = 7, class_shift = 13, of_a_thread = 1;
    const auto thread = static_cast<id_t>(::gettid());
    ::setpriority(PRIO_PROCESS, thread, niceness);
    ::syscall(SYS_ioprio_set, of_a_thread, 0, best_effort << class_shift | lowest);
}

}  // namespace

Opened::Opened(index::Reader first, index::Lease lease)
    : first_(std::move(first)), lease_(std::move(lease)) {}

Result<std::shared_ptr<Opened>> Opened::open(const std::filesystem::path& generation) {
    auto lease = index::Lease::take(generation);
    if (!lease) return fail(lease.error());
    const auto manifest = index::read_manifest(generation);
    if (!manifest) return fail(manifest.error());
    if (const auto sound = index::verify_files(generation, *manifest, index::Depth::checksums); !sound)
        return fail(sound.error());
    auto reader = index::Reader::open(generation);
    if (!reader) return fail(reader.error());
    if (const auto warmed = reader->warm(); !warmed) return fail(warmed.error());
    // The constructor is private, so make_shared cannot reach it.
    return std::shared_ptr<Opened>(new Opened(*std::move(reader), *std::move(lease)));
}

Result<index::Reader> Opened::take() {
    {
        const std::lock_guard lock(mutex_);
        if (!idle_.empty()) {
            index::Reader reader = std::move(idle_.back());
            idle_.pop_back();
            return reader;
        }
    }
    return take_new();
}

Result<index::Reader> Opened::take_new() {
    return first_.another();
}

void Opened::give_back(index::Reader reader) {
    const std::lock_guard lock(mutex_);
    if (idle_.size() < max_idle_readers) idle_.push_back(std::move(reader));
}

Borrowed::Borrowed(std::shared_ptr<Opened> from, index::Reader reader)
    : from_(std::move(from)), reader_(std::move(reader)) {}

Borrowed::~Borrowed() {
    if (from_) from_->give_back(*std::move(reader_));
}

std::shared_ptr<Opened> Borrowed::discard() {
    reader_.reset();
    return std::move(from_);
}

Live::Live(std::filesystem::path root) : generations_(std::move(root)) {
    look();
    watcher_ = std::thread([this] { watch(); });
}

Live::~Live() {
    {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
    }
    stopping_.notify_all();
    watcher_.join();
}

Result<Borrowed> Live::borrow() const {
    const std::shared_ptr<Opened> current = opened();
    if (!current) {
        const std::lock_guard lock(mutex_);
        return fail(error_);
    }
    auto reader = current->take();
    if (!reader) return fail(reader.error());
    return Borrowed(current, *std::move(reader));
}

Result<Borrowed> Live::borrow_instead(Borrowed of_no_use) const {
    std::shared_ptr<Opened> from = of_no_use.discard();
    auto reader = from->take_new();
    if (!reader) return fail(reader.error());
    return Borrowed(std::move(from), *std::move(reader));
}

void Live::tell(const Error& error) {
    const std::lock_guard lock(mutex_);
    rot_ = error;
    if (!error_since_) error_since_ = now();
}

Live::Health Live::health() const {
    const std::lock_guard lock(mutex_);
    return {error_.message.empty() ? rot_.message : error_.message, error_since_, reloads_, failed_reloads_};
}

std::shared_ptr<Opened> Live::opened() const {
    const std::lock_guard lock(mutex_);
    return opened_;
}

void Live::look() {
    const auto id = generations_.live();
    const std::shared_ptr<Opened> current = opened();
    if (id && current && current->manifest().generation == *id) {
        const std::lock_guard lock(mutex_);
        error_ = {};
        if (rot_.message.empty()) error_since_.reset();
        return;
    }
    const auto now = std::chrono::steady_clock::now();
    if (id && *id == refused_ && now < look_again_) return;
    auto next = id ? Opened::open(generations_.path(*id)) : fail(id.error());
    const bool known = id && *id == refused_;
    refused_ = id && !next ? *id : std::string();
    look_again_ = now + refused_for;
    use(std::move(next), known);
}

// Of a generation that was refused before, another refusal is no news.
void Live::use(Result<std::shared_ptr<Opened>> next, bool known) {
    std::shared_ptr<Opened> before;  // goes when nobody is waiting for the lock any more
    const std::lock_guard lock(mutex_);
    if (next) {
        reloads_ += opened_ != nullptr ? 1 : 0;
        before = std::exchange(opened_, *std::move(next));
        error_ = rot_ = {};
        error_since_.reset();
        return;
    }
    if (!known && !refused_.empty()) ++failed_reloads_;
    error_ = next.error();
    if (!error_since_) error_since_ = now();
}

void Live::watch() {
    yield_to_requests();
    std::unique_lock lock(mutex_);
    while (!stopping_.wait_for(lock, look_every, [this] { return stopped_; })) {
        lock.unlock();
        look();
        lock.lock();
    }
}

}  // namespace izde::search
