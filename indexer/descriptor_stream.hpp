// A file descriptor as a stream.
#pragma once

#include <array>
#include <functional>
#include <istream>
#include <streambuf>

namespace izde::indexer {

class DescriptorBuffer : public std::streambuf {
  public:
    explicit DescriptorBuffer(int file) : file_(file) {}

  protected:
    int descriptor() const { return file_; }

    int_type underflow() override;

    pos_type seekoff(off_type offset, std::ios_base::seekdir from, std::ios_base::openmode) override;
    pos_type seekpos(pos_type position, std::ios_base::openmode which) override;

  private:
    int file_;
    std::array<char, 64u << 10> bytes_;  // NOLINT: only what was read into it is looked at
};

// Waits for what is to come no longer than until `stop` says so, which is then the end: a signal interrupts
// the read of one thread only, and not always of the one that waits.
class PatientBuffer final : public DescriptorBuffer {
  public:
    PatientBuffer(int file, const std::function<bool()>& stop) : DescriptorBuffer(file), stop_(stop) {}

  protected:
    int_type underflow() override;

  private:
    const std::function<bool()>& stop_;
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
