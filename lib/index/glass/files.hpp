// Files of tables and of what is sorted meanwhile. Failures are thrown as std::filesystem::filesystem_error.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace izde::index::glass {

// A file as it was written.
struct Written {
    std::string name;
    std::uint64_t bytes = 0;
    std::uint64_t sum = 0;  // XXH3-64
};

// A new file, written from its beginning by large writes.
class SequentialFile {
  public:
    explicit SequentialFile(std::filesystem::path path);
    SequentialFile(const SequentialFile&) = delete;
    SequentialFile& operator=(const SequentialFile&) = delete;
    ~SequentialFile();
    void append(std::string_view bytes);
    void sync();                                  // all that was appended is on the disk
    std::uint64_t size() const { return size_; }  // what was appended
    std::uint64_t sum() const;                    // XXH3-64 of it, once it is synced

  private:
    void flush();

    struct Sum;
    std::filesystem::path path_;
    std::unique_ptr<Sum> sum_;
    int file_;
    std::string waiting_;
    std::uint64_t size_ = 0;
};

// A file of blocks of one size, read from its beginning by large reads.
class BlockFile {
  public:
    BlockFile(std::filesystem::path path, std::size_t block_bytes);  // one that is not there has no block
    BlockFile(const BlockFile&) = delete;
    BlockFile& operator=(const BlockFile&) = delete;
    ~BlockFile();
    const char* next();  // until the next call; null at the end. Throws Damaged where a part of one is left.

  private:
    void fill();

    std::filesystem::path path_;
    int file_;  // -1: not there
    std::size_t block_bytes_;
    std::string buffer_;
    std::size_t at_ = 0, end_ = 0;
};

// Bytes that are needed again before the run ends. Any thread may append and read.
class Scratch {
  public:
    explicit Scratch(std::filesystem::path path);
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch();
    std::uint64_t append(std::string_view bytes);  // where they begin
    void read(std::uint64_t begin, char* to, std::size_t bytes) const;
    // Gives their place on the disk back, where the file system can; they are not read again.
    void drop(std::uint64_t begin, std::uint64_t bytes);

  private:
    std::filesystem::path path_;
    int file_;
    std::atomic<std::uint64_t> end_ = 0;
};

}  // namespace izde::index::glass
