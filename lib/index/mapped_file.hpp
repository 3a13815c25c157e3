// A file that is read where it lies.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string_view>
#include <utility>

#include "index/lost_parts.hpp"

namespace izde::index {

// Nobody may change the file meanwhile. A part that is gone, or that the disk cannot read, is read as zeros,
// and the file is lost from then on: what was made of its bytes counts for nothing, and whoever walks them
// must end, and stay inside, also where a page turns to zeros between two looks. Of a file that was cut, the
// rest of the page that it ends in is zeros without a sign. Threads may share it.
class MappedFile {
  public:
    // Throws std::filesystem::filesystem_error, also where it is no file, and waits for nobody: no symbolic
    // link is followed, no FIFO opened.
    explicit MappedFile(const std::filesystem::path& file);
    MappedFile(MappedFile&& other) noexcept
        : bytes_(std::exchange(other.bytes_, {})), watch_(std::move(other.watch_)) {}
    MappedFile& operator=(MappedFile&& other) noexcept {
        std::swap(bytes_, other.bytes_);
        watch_ = std::move(other.watch_);
        return *this;
    }
    ~MappedFile();

    std::string_view bytes() const { return bytes_; }  // as long as it is there
    bool is_lost() const { return watch_.is_lost(); }  // as LossWatch has it
    void populate() const;                             // reads all of it into memory
    // What lies between takes no memory of this program's until it is looked at again.
    void forget(std::size_t begin, std::size_t end) const;

  private:
    std::string_view bytes_;
    LossWatch watch_;
};

}  // namespace izde::index
