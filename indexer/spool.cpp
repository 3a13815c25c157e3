#include "spool.hpp"

#include <cerrno>
#include <cstring>
#include <string_view>

#include <fcntl.h>
#include <unistd.h>

#include "izde/index/files.hpp"
#include "izde/index/record.hpp"

#include "file_bytes.hpp"

namespace izde::indexer {
namespace {

constexpr std::size_t buffer_bytes = 1u << 20;

}  // namespace

Failure Spool::failed(const std::string& doing) const {
    const int number = errno;
    return fail(Errc::io,
                "cannot " + doing + " the documents in " + folder_.string() + ": " + std::strerror(number),
                index::advice_on(number));
}

Result<Spool> Spool::create(const std::filesystem::path& folder) {
    auto spool = create(folder, "spool");
    if (spool && ::unlink((folder / "spool").c_str()) != 0) return spool->failed("keep");
    return spool;
}

Result<Spool> Spool::create(const std::filesystem::path& folder, const std::string& name) {
    const std::filesystem::path file = folder / name;
    Spool spool(Descriptor(::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600)), folder);
    if (!spool.file_) return spool.failed("keep");
    return spool;
}

Result<void> Spool::add(std::string_view record) {
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

Result<std::string> Spool::record(std::size_t number) const {
    const std::uint64_t begin = bytes(number);
    std::string record(bytes(number + 1) - begin, '\0');
    if (!read_at(file_.get(), begin, record)) return failed("read back");
    return record;
}

Result<index::Document> Spool::document(std::size_t number) const {
    const auto bytes = record(number);
    if (!bytes) return fail(bytes.error());
    return index::read_record(*bytes);
}

}  // namespace izde::indexer
