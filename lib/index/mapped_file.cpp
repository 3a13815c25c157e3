#include "index/mapped_file.hpp"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace izde::index {
namespace {

[[noreturn]] void raise(const std::filesystem::path& file, int error) {
    throw std::filesystem::filesystem_error("cannot read", file, {error, std::generic_category()});
}

void* address_of(std::string_view bytes) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): the kernel's calls take no const
    return const_cast<char*>(bytes.data());
}

}  // namespace

MappedFile::MappedFile(const std::filesystem::path& file) {
    const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0) raise(file, errno);
    struct stat status {};
    void* mapped = nullptr;
    int error = ::fstat(fd, &status) == 0 ? 0 : errno;
    if (error == 0 && !S_ISREG(status.st_mode)) error = EINVAL;
    const auto size = static_cast<std::size_t>(status.st_size);
    if (error == 0 && size > 0) {
        mapped = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (mapped == MAP_FAILED) error = errno;
    }
    ::close(fd);
    if (error != 0) raise(file, error);
    bytes_ = {static_cast<const char*>(mapped), size};
    if (bytes_.empty() || watch_.begin(bytes_)) return;
    ::munmap(mapped, size);
    raise(file, ENOMEM);
}

MappedFile::~MappedFile() {
    watch_.end();
    if (!bytes_.empty()) ::munmap(address_of(bytes_), bytes_.size());
}

void MappedFile::populate() const {
    ::madvise(address_of(bytes_), bytes_.size(), MADV_POPULATE_READ);
}

void MappedFile::forget(std::size_t begin, std::size_t end) const {
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    begin = (begin + page - 1) / page * page;
    end = end / page * page;
    if (begin < end) ::madvise(address_of(bytes_.substr(begin)), end - begin, MADV_DONTNEED);
}

}  // namespace izde::index
