#include "izde/index/files.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace izde::index {
namespace {

Failure failed(const std::string& doing, const std::filesystem::path& path) {
    const int number = errno;
    return fail(Errc::io, "cannot " + doing + " " + path.string() + ": " + std::strerror(number),
                number == ENOSPC ? "free some disk space and run again" : "");
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

}  // namespace

Result<std::string> read_small_file(const std::filesystem::path& file, std::size_t max_bytes) {
    const Descriptor fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (fd.get() < 0) {
        if (errno == ENOENT) return fail(Errc::not_found, "no such file: " + file.string());
        return failed("read", file);
    }
    std::string bytes(max_bytes + 1, '\0');
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
    const std::filesystem::path next = file.string() + ".new";
    Descriptor fd(::open(next.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (fd.get() < 0) return failed("create", next);
    if (!write_all(fd.get(), bytes) || ::fsync(fd.get()) != 0 || !fd.close()) {
        const Failure failure = failed("write", next);
        ::unlink(next.c_str());
        return failure;
    }
    if (::rename(next.c_str(), file.c_str()) != 0) return failed("replace", file);
    return sync(file.parent_path());
}

Result<void> sync(const std::filesystem::path& path) {
    const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (fd.get() < 0 || ::fsync(fd.get()) != 0) return failed("sync", path);
    return {};
}

}  // namespace izde::index
