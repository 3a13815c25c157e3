// A file descriptor as a stream.
#pragma once

#include <array>
#include <istream>
#include <streambuf>

namespace izde::indexer {

class DescriptorBuffer final : public std::streambuf {
  public:
    explicit DescriptorBuffer(int file) : file_(file) {}

  protected:
    int_type underflow() override;

    pos_type seekoff(off_type offset, std::ios_base::seekdir from, std::ios_base::openmode) override;
    pos_type seekpos(pos_type position, std::ios_base::openmode which) override;

  private:
    int file_;
    std::array<char, 64u << 10> bytes_;  // NOLINT: only what was read into it is looked at
};

// Reads from where the descriptor stands; can go to any place. An error while reading
// sets the badbit. The descriptor stays the caller's and must outlive it.
class DescriptorStream final : public std::istream {
  public:
    explicit DescriptorStream(int file) : std::istream(nullptr), buffer_(file) { rdbuf(&buffer_); }

  private:
    DescriptorBuffer buffer_;
};

}  // namespace izde::indexer
