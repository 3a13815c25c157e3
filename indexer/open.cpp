#include "open.hpp"

#include <array>
#include <cerrno>
#include <streambuf>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>

namespace izde::indexer {
namespace {

class DescriptorBuffer final : public std::streambuf {
  public:
    explicit DescriptorBuffer(int file) : file_(file) {}

  protected:
    int_type underflow() override {
        ssize_t got = 0;
        do got = ::read(file_, bytes_.data(), bytes_.size());
        while (got < 0 && errno == EINTR);
        // A stream turns this into its badbit; "end of file" would hide that text is missing.
        if (got < 0) throw std::system_error(errno, std::generic_category());
        if (got == 0) return traits_type::eof();
        setg(bytes_.data(), bytes_.data(), bytes_.data() + got);
        return traits_type::to_int_type(bytes_[0]);
    }

    // Only back to the beginning, for who looked at the first bytes.
    pos_type seekoff(off_type offset, std::ios_base::seekdir from, std::ios_base::openmode) override {
        if (offset != 0 || from != std::ios_base::beg || ::lseek(file_, 0, SEEK_SET) != 0)
            return {off_type(-1)};
        setg(nullptr, nullptr, nullptr);
        return {off_type(0)};
    }
    pos_type seekpos(pos_type position, std::ios_base::openmode which) override {
        return seekoff(off_type(position), std::ios_base::beg, which);
    }

  private:
    int file_;
    std::array<char, 64u << 10> bytes_{};
};

class DescriptorStream final : public std::istream {
  public:
    explicit DescriptorStream(int file) : std::istream(nullptr), buffer_(file) { rdbuf(&buffer_); }

  private:
    DescriptorBuffer buffer_;
};

// Part by part: so no link is followed, and no length is too much for the system.
Descriptor open_parts(const std::filesystem::path& file) {
    Descriptor at(::open(file.is_absolute() ? "/" : ".", O_PATH | O_DIRECTORY | O_CLOEXEC));
    const auto path = file.relative_path();
    for (auto part = path.begin(); at && part != path.end(); ++part) {
        const bool is_last = std::next(part) == path.end();
        const int flags = is_last ? O_RDONLY | O_NONBLOCK | O_NOCTTY : O_PATH | O_DIRECTORY;
        at = Descriptor(::openat(at.get(), part->c_str(), flags | O_NOFOLLOW | O_CLOEXEC));
    }
    return at;
}

}  // namespace

Result<Descriptor> open_file(const std::filesystem::path& file) {
    Descriptor descriptor = open_parts(file);
    if (!descriptor) {
        const bool link = errno == ELOOP || errno == ENOTDIR;
        return fail(Errc::io,
                    link ? "a symbolic link stands in its path" : std::generic_category().message(errno));
    }
    struct stat status {};
    if (::fstat(descriptor.get(), &status) != 0 || !S_ISREG(status.st_mode))
        return fail(Errc::io, "not a regular file");
    return descriptor;
}

std::unique_ptr<std::istream> stream_of(int descriptor) {
    return std::make_unique<DescriptorStream>(descriptor);
}

}  // namespace izde::indexer
