#include "index/glass/files.hpp"

#include <cerrno>
#include <new>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include <xxhash.h>

#include "index/glass/damaged.hpp"

namespace izde::index::glass {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t written_at_once = 1u << 20;
constexpr std::size_t read_at_once = 256u << 10;

[[noreturn]] void raise(const char* what, const fs::path& path, int error) {
    throw fs::filesystem_error(what, path, {error, std::generic_category()});
}

// As much of `bytes` as one call takes; repeated until all are written.
template <class Write>
void write_all(std::string_view bytes, const fs::path& path, Write write) {
    while (!bytes.empty()) {
        const ssize_t written = write(bytes);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) raise("cannot write", path, written < 0 ? errno : EIO);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

int create(const fs::path& path) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file < 0) raise("cannot create", path, errno);
    return file;
}

void read_all(int file, const fs::path& path, std::uint64_t begin, char* to, std::size_t bytes) {
    while (bytes > 0) {
        const ssize_t got = ::pread(file, to, bytes, static_cast<off_t>(begin));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) raise("cannot read", path, got < 0 ? errno : EIO);
        to += got;
        begin += static_cast<std::uint64_t>(got);
        bytes -= static_cast<std::size_t>(got);
    }
}

}  // namespace

struct SequentialFile::Sum {
    Sum() : state(::XXH3_createState()) {
        if (state == nullptr) throw std::bad_alloc();
        ::XXH3_64bits_reset(state);
    }
    Sum(const Sum&) = delete;
    Sum& operator=(const Sum&) = delete;
    ~Sum() { ::XXH3_freeState(state); }

    XXH3_state_t* state;
};

SequentialFile::SequentialFile(fs::path path)
    : path_(std::move(path)), sum_(std::make_unique<Sum>()), file_(create(path_)) {
    waiting_.reserve(written_at_once);
}

SequentialFile::~SequentialFile() {
    ::close(file_);
}

std::uint64_t SequentialFile::sum() const {
    return ::XXH3_64bits_digest(sum_->state);
}

void SequentialFile::append(std::string_view bytes) {
    if (waiting_.size() + bytes.size() > written_at_once) flush();
    waiting_ += bytes;
    size_ += bytes.size();
}

void SequentialFile::flush() {
    ::XXH3_64bits_update(sum_->state, waiting_.data(), waiting_.size());
    write_all(waiting_, path_,
              [&](std::string_view rest) { return ::write(file_, rest.data(), rest.size()); });
    waiting_.clear();
}

void SequentialFile::sync() {
    flush();
    while (::fdatasync(file_) != 0)
        if (errno != EINTR) raise("cannot sync", path_, errno);
}

BlockFile::BlockFile(fs::path path, std::size_t block_bytes)
    : path_(std::move(path)), file_(::open(path_.c_str(), O_RDONLY | O_CLOEXEC)), block_bytes_(block_bytes) {
    if (file_ < 0 && errno != ENOENT) raise("cannot read", path_, errno);
    buffer_.resize(read_at_once / block_bytes * block_bytes);
}

BlockFile::~BlockFile() {
    if (file_ >= 0) ::close(file_);
}

const char* BlockFile::next() {
    if (at_ == end_) fill();
    if (at_ == end_) return nullptr;
    at_ += block_bytes_;
    return buffer_.data() + at_ - block_bytes_;
}

void BlockFile::fill() {
    at_ = end_ = 0;
    while (file_ >= 0 && end_ < buffer_.size()) {
        const ssize_t got = ::read(file_, buffer_.data() + end_, buffer_.size() - end_);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) raise("cannot read", path_, errno);
        if (got == 0) break;
        end_ += static_cast<std::size_t>(got);
    }
    if (end_ % block_bytes_ != 0) throw Damaged("a table of the index is cut short");
}

Scratch::Scratch(fs::path path) : path_(std::move(path)), file_(create(path_)) {}

Scratch::~Scratch() {
    ::close(file_);
}

std::uint64_t Scratch::append(std::string_view bytes) {
    const std::uint64_t begin = end_.fetch_add(bytes.size());
    write_all(bytes, path_, [&](std::string_view rest) {
        const std::uint64_t at = begin + (bytes.size() - rest.size());
        return ::pwrite(file_, rest.data(), rest.size(), static_cast<off_t>(at));
    });
    return begin;
}

void Scratch::read(std::uint64_t begin, char* to, std::size_t bytes) const {
    read_all(file_, path_, begin, to, bytes);
}

void Scratch::drop(std::uint64_t begin, std::uint64_t bytes) {
    // One that cannot only keeps them until the end.
    (void)::fallocate(file_, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, static_cast<off_t>(begin),
                      static_cast<off_t>(bytes));
}

}  // namespace izde::index::glass
