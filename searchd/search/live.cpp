#include "search/live.hpp"

#include <chrono>

namespace izde::search {
namespace {

constexpr std::chrono::milliseconds look_every{250};
// All of a generation is read to see that it is sound; one that is not may be mended by hand.
constexpr std::chrono::seconds refused_for{2};
constexpr std::size_t max_idle_readers = 16;

}  // namespace

Opened::Opened(std::filesystem::path path, index::Manifest manifest, index::Lease lease)
    : path_(std::move(path)), manifest_(std::move(manifest)), lease_(std::move(lease)) {}

Result<std::shared_ptr<Opened>> Opened::open(const std::filesystem::path& generation) {
    auto lease = index::Lease::take(generation);
    if (!lease) return fail(lease.error());
    const auto manifest = index::read_manifest(generation);
    if (!manifest) return fail(manifest.error());
    if (const auto sound = index::verify_files(generation, *manifest, index::Depth::checksums); !sound)
        return fail(sound.error());
    auto reader = index::Reader::open(generation);
    if (!reader) return fail(reader.error());
    // The constructor is private, so make_shared cannot reach it.
    std::shared_ptr<Opened> opened(new Opened(generation, reader->manifest(), *std::move(lease)));
    opened->give_back(*std::move(reader));
    return opened;
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
    return index::Reader::open(path_);
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

Trouble Live::trouble() const {
    const std::lock_guard lock(mutex_);
    Trouble trouble{.message = error_.message, .loaded = loads_, .refused = refusals_};
    if (!trouble.message.empty()) trouble.since = error_since_;
    return trouble;
}

void Live::note(Error error) {
    if (error.message != error_.message)
        error_since_ = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    error_ = std::move(error);
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
        note({});
        return;
    }
    const auto now = std::chrono::steady_clock::now();
    if (id && *id == refused_ && now < look_again_) return;
    const auto next = id ? Opened::open(generations_.path(*id)) : fail(id.error());
    refused_ = id && !next ? *id : std::string();
    look_again_ = now + refused_for;
    const std::lock_guard lock(mutex_);
    if (next) opened_ = *next;
    if (id) ++(next ? loads_ : refusals_);
    note(next ? Error{} : next.error());
}

void Live::watch() {
    std::unique_lock lock(mutex_);
    while (!stopping_.wait_for(lock, look_every, [this] { return stopped_; })) {
        lock.unlock();
        look();
        lock.lock();
    }
}

}  // namespace izde::search
