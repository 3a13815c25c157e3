#include "spool.hpp"

#include <cerrno>
#include <cstring>
#include <string_view>

#include <fcntl.h>
#include <unistd.h>

#include "izde/index/record.hpp"

namespace izde::indexer {
namespace {

constexpr std::size_t buffer_bytes = 1u << 20;

}  // namespace

Failure Spool::failed(const std::string& doing) const {
    const int number = errno;
    return fail(Errc::io,
                "cannot " + doing + " the documents in " + folder_.string() + ": " + std::strerror(number),
                number == ENOSPC ? "free some disk space and run again" : "");
}

Result<Spool> Spool::create(const std::filesystem::path& folder) {
    const std::filesystem::path name = folder / "spool";
    Spool spool(Descriptor(::open(name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600)), folder);
    if (!spool.file_ || ::unlink(name.c_str()) != 0) return spool.failed("keep");
    return spool;
}

Result<void> Spool::add(const index::Document& document) {
    const std::string record = index::write_record(document);
    buffer_ += record;
    ends_.push_back(bytes(size()) + record.size());
    return buffer_.size() < buffer_bytes ? Result<void>() : finish();
}

Result<void> Spool::finish() {
    for (std::string_view rest = buffer_; !rest.empty();) {
        const ssize_t written = ::write(file_.get(), rest.data(), rest.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return failed("write");
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
    buffer_.clear();
    return {};
}

Result<index::Document> Spool::document(std::size_t number) const {
    const std::uint64_t begin = bytes(number);
    std::string record(bytes(number + 1) - begin, '\0');
    for (std::size_t done = 0; done < record.size();) {
        const ssize_t got = ::pread(file_.get(), record.data() + done, record.size() - done,
                                    static_cast<off_t>(begin + done));
        if (got < 0 && errno == EINTR) continue;
        if (got == 0) errno = EIO;
        if (got <= 0) return failed("read back");
        done += static_cast<std::size_t>(got);
    }
    return index::read_record(record);
}

}  // namespace izde::indexer
