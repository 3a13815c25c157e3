#include "izde/index/files.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace izde::index {
namespace {

Failure failed(const std::string& doing, const std::filesystem::path& path) {
    const int number = errno;
    return fail(Errc::io, "cannot " + doing + " " + path.string() + ": " + std::strerror(number),
                advice_on(number));
}

class Descriptor {
  public:
    explicit Descriptor(int fd) : fd_(fd) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    int get() const { return fd_; }
    bool close() { return ::close(std::exchange(fd_, -1)) == 0; }

  private:
    int fd_;
};

bool write_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

// Written in pieces of some size, however small they come.
Result<void> filled(int fd, const std::filesystem::path& file,
                    const std::function<Result<void>(const Put& put)>& fill) {
    constexpr std::size_t piece_bytes = 256u << 10;
    std::string piece;
    const auto flush = [&]() -> Result<void> {
        if (!write_all(fd, piece)) return failed("write", file);
        piece.clear();
        return {};
    };
    const auto put = [&](std::string_view bytes) -> Result<void> {
        piece += bytes;
        return piece.size() < piece_bytes ? Result<void>() : flush();
    };
    auto written = fill(put);
    return written ? flush() : written;
}

// Exchanged rather than replaced, so that the old one can come back without a byte being written.
bool take_place(const std::filesystem::path& next, const std::filesystem::path& file) {
    if (::renameat2(AT_FDCWD, next.c_str(), AT_FDCWD, file.c_str(), RENAME_EXCHANGE) == 0) return true;
    if (errno != ENOENT && errno != EINVAL && errno != ENOSYS) return false;
    return ::rename(next.c_str(), file.c_str()) == 0;
}

// `next` holds what was there before, if anything was.
void give_back_place(const std::filesystem::path& next, const std::filesystem::path& file) {
    if (::rename(next.c_str(), file.c_str()) != 0 && errno == ENOENT) ::unlink(file.c_str());
}

}  // namespace

Result<std::string> read_small_file(const std::filesystem::path& file, std::size_t max_bytes) {
    const Descriptor fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW));
    if (fd.get() < 0) {
        if (errno == ENOENT) return fail(Errc::not_found, "no such file: " + file.string());
        if (errno == ELOOP) return fail(Errc::index_corrupt, file.string() + " is a symbolic link");
        return failed("read", file);
    }
    struct stat status {};
    if (::fstat(fd.get(), &status) != 0) return failed("read", file);
    if (!S_ISREG(status.st_mode)) return fail(Errc::index_corrupt, file.string() + " is no regular file");
    std::string bytes(std::min(max_bytes, static_cast<std::size_t>(status.st_size)) + 1, '\0');
    std::size_t length = 0;
    while (length < bytes.size()) {
        const ssize_t got = ::read(fd.get(), bytes.data() + length, bytes.size() - length);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return failed("read", file);
        if (got == 0) break;
        length += static_cast<std::size_t>(got);
    }
    if (length > max_bytes) return fail(Errc::index_corrupt, file.string() + " is larger than it can be");
    bytes.resize(length);
    return bytes;
}

Result<void> replace_file(const std::filesystem::path& file, std::string_view bytes) {
    return replace_file(file, [&](const Put& put) { return put(bytes); });
}

Result<void> replace_file(const std::filesystem::path& file,
                          const std::function<Result<void>(const Put& put)>& fill) {
    const std::filesystem::path next = file.string() + ".new";
    ::unlink(next.c_str());
    Descriptor fd(::open(next.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
    if (fd.get() < 0) return failed("create", next);
    auto written = filled(fd.get(), next, fill);
    if (written && (::fsync(fd.get()) != 0 || !fd.close())) written = failed("write", next);
    if (!written) {
        ::unlink(next.c_str());
        return written;
    }
    if (!take_place(next, file)) {
        const Failure failure = failed("replace", file);
        ::unlink(next.c_str());
        return failure;
    }
    const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
    if (auto synced = sync(folder); !synced) {
        give_back_place(next, file);
        return synced;
    }
    ::unlink(next.c_str());
    return {};
}

void remove_what_replacing_left(const std::filesystem::path& file) noexcept {
    ::unlink((file.string() + ".new").c_str());
}

Result<void> sync(const std::filesystem::path& path) {
    const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (fd.get() < 0 || ::fsync(fd.get()) != 0) return failed("sync", path);
    return {};
}

std::string advice_on(int error) {
    switch (error) {
    case ENOSPC:
    case EDQUOT:
        return "free some disk space, then run again";
    case EFBIG:
        return "files may not grow that large here: raise the limit (ulimit -f), then run again";
    case EMFILE:
    case ENFILE:
        return "allow more open files (ulimit -n), then run again";
    case EACCES:
    case EPERM:
    case EROFS:
        return "make it readable and writable for this user, then run again";
    case EIO:
        return "the disk may be failing: see the system's log (dmesg), then run again";
    default:
        return {};
    }
}

}  // namespace izde::index
