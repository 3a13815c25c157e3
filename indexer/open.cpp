#include "open.hpp"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>

namespace izde::indexer {
namespace {

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

}  // namespace izde::indexer
