// The bytes of an open file, whatever position it stands at.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace izde::indexer {

// Fills `into` with what stands at `begin`. False, and errno says why: there is less (EIO), or it cannot be
// read.
bool read_at(int file, std::uint64_t begin, std::span<char> into);

std::uint64_t hash_of(std::string_view bytes);  // XXH3-64

std::pair<std::uint64_t, std::uint64_t> wide_hash_of(std::string_view bytes);  // XXH3-128

// hash_of() all of it, or of its first bytes; nothing where it cannot be read.
std::optional<std::uint64_t> content_of(int file);
std::optional<std::uint64_t> content_of(int file, std::uint64_t bytes);

// hash_of() what comes piece by piece.
class Checksum {
  public:
    Checksum();
    Checksum(Checksum&&) noexcept;
    Checksum& operator=(Checksum&&) noexcept;
    ~Checksum();
    void add(std::string_view bytes);
    std::uint64_t value() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace izde::indexer
