// A file that is read where it lies.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string_view>
#include <utility>

namespace izde::index {

// Nobody may change the file meanwhile: a part that is gone, or that the disk cannot read, ends the program
// that looks at it. Threads may share it.
class MappedFile {
  public:
    // Throws std::filesystem::filesystem_error, also where it is no file, and waits for nobody: no symbolic
    // link is followed, no FIFO opened.
    explicit MappedFile(const std::filesystem::path& file);
    MappedFile(MappedFile&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
    MappedFile& operator=(MappedFile&& other) noexcept {
        std::swap(bytes_, other.bytes_);
        return *this;
    }
    ~MappedFile();

    std::string_view bytes() const { return bytes_; }  // as long as it is there
    void populate() const;                             // reads all of it into memory
    // What lies between takes no memory of this program's until it is looked at again.
    void forget(std::size_t begin, std::size_t end) const;

  private:
    std::string_view bytes_;
};

}  // namespace izde::index
