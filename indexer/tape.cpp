#include "tape.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "izde/index/files.hpp"

#include "file_bytes.hpp"

namespace izde::indexer {
namespace {

constexpr std::size_t buffer_bytes = 256u << 10;
constexpr std::size_t window_bytes = 64u << 10;

// Where the file system knows no files without a name, it has one for a moment.
Descriptor open_nameless(const std::filesystem::path& folder) {
    Descriptor file(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    if (file || (errno != EOPNOTSUPP && errno != EISDIR && errno != ENOENT && errno != EINVAL)) return file;
    std::string name = (folder / "spool-XXXXXX").string();
    file = Descriptor(::mkostemp(name.data(), O_CLOEXEC));
    if (file) ::unlink(name.c_str());
    return file;
}

}  // namespace

Failure Tape::failed(const std::string& doing) const {
    const int number = errno;
    return fail(Errc::io,
                "cannot " + doing + " the documents in " + folder_.string() + ": " + std::strerror(number),
                index::advice_on(number));
}

Result<Tape> Tape::create(const std::filesystem::path& folder) {
    Tape tape(open_nameless(folder), folder);
    if (!tape.file_) return tape.failed("keep");
    return tape;
}

Result<Tape> Tape::create(const std::filesystem::path& folder, const std::string& name) {
    Tape tape(Descriptor(::open((folder / name).c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600)),
              folder);
    if (!tape.file_) return tape.failed("keep");
    return tape;
}

Result<Tape> Tape::open(const std::filesystem::path& file) {
    Tape tape(Descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW)),
              file.parent_path());
    struct stat status {};
    if (!tape.file_ || ::fstat(tape.file_.get(), &status) != 0 || !S_ISREG(status.st_mode))
        return fail(Errc::not_found, "there is no file " + file.string());
    tape.size_ = static_cast<std::uint64_t>(status.st_size);
    return tape;
}

Result<Tape> Tape::copy(const Tape& from, const std::filesystem::path& folder, const std::string& name) {
    auto tape = create(folder, name);
    if (!tape) return tape;
    loff_t at = 0;
    while (tape->size_ < from.size_) {
        const ssize_t copied =
            ::copy_file_range(from.file_.get(), &at, tape->file_.get(), nullptr, from.size_ - tape->size_, 0);
        if (copied <= 0) break;
        tape->size_ += static_cast<std::uint64_t>(copied);
    }
    // Not every file system can, nor any two.
    while (tape->size_ < from.size_) {
        const auto rest = from.size_ - tape->size_;
        auto piece = from.read(tape->size_, std::min<std::uint64_t>(rest, buffer_bytes));
        if (!piece) return fail(piece.error());
        if (auto added = tape->add(*piece); !added) return fail(added.error());
        if (auto written = tape->finish(); !written) return fail(written.error());
    }
    return tape;
}

Result<void> Tape::add(std::string_view bytes) {
    buffer_ += bytes;
    size_ += bytes.size();
    return buffer_.size() < buffer_bytes ? Result<void>() : finish();
}

Result<void> Tape::finish() {
    for (std::string_view rest = buffer_; !rest.empty();) {
        const ssize_t written = ::write(file_.get(), rest.data(), rest.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return failed("write");
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
    // A record may have been large.
    if (buffer_.capacity() > 4 * buffer_bytes) buffer_ = {};
    buffer_.clear();
    return {};
}

Result<void> Tape::read(std::uint64_t begin, std::span<char> into) const {
    if (read_at(file_.get(), begin, into)) return {};
    return failed("read back");
}

Result<std::string> Tape::read(std::uint64_t begin, std::size_t bytes) const {
    std::string piece(bytes, '\0');
    if (auto got = read(begin, piece); !got) return fail(got.error());
    return piece;
}

Result<std::string_view> Tape::Reader::read(std::uint64_t begin, std::size_t bytes) {
    const bool is_there = begin >= begin_ && begin - begin_ <= window_.size() &&
                          bytes <= window_.size() - static_cast<std::size_t>(begin - begin_);
    if (!is_there) {
        const std::uint64_t left = tape_->size() - std::min(begin, tape_->size());
        window_.resize(
            std::max(bytes, static_cast<std::size_t>(std::min<std::uint64_t>(left, window_bytes))));
        begin_ = begin;
        if (auto got = tape_->read(begin, window_); !got) {
            window_.clear();
            return fail(got.error());
        }
    }
    return std::string_view(window_).substr(static_cast<std::size_t>(begin - begin_), bytes);
}

}  // namespace izde::indexer
