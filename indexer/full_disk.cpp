#include "full_disk.hpp"

#include <sys/statvfs.h>

namespace izde::indexer {
namespace {

constexpr std::uint64_t no_room = 1'000'000;  // bytes; what was just being written may be given back already

}  // namespace

Failure explained(const Error& error, const std::filesystem::path& folder) {
    struct statvfs disk {};
    if (error.code != Errc::io || ::statvfs(folder.c_str(), &disk) != 0) return fail(error);
    const bool full = static_cast<std::uint64_t>(disk.f_bavail) * disk.f_frsize < no_room;
    const bool no_files = disk.f_files > 0 && disk.f_favail == 0;
    if (!full && !no_files) return fail(error);
    return fail(Errc::io,
                std::string("the disk is full: there is ") + (full ? "no room" : "room for no more files") +
                    " for a new index in " + folder.parent_path().parent_path().string() +
                    "; nothing was published",
                "free some disk space and run again");
}

}  // namespace izde::indexer
