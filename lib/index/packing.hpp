// Stored documents ↔ bytes that take less room.
//
// Most documents are too short for a compressor to find much in one of them alone. So a generation has a
// dictionary, the file `dictionary`: what its documents have in common, learned from a sample of them. What
// is packed with a dictionary can be unpacked with the same one only; without a file, there is none.
//
// A document is its head (its record without the body) and its body, one behind the other, cut into pieces of
// piece_bytes. Each piece is a frame of zstd of its own, so that the beginning of a long text can be had
// without the rest.
#pragma once

#include <cstddef>
#include <filesystem>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "izde/result.hpp"

namespace izde::index {

inline constexpr char dictionary_name[] = "dictionary";
inline constexpr std::size_t piece_bytes = 64u << 10;
inline constexpr std::size_t most_packed_from = 256u << 20;  // bytes of head and body

// Of how many documents beginnings of sampled_bytes are a fair sample, where there are `documents` in all.
std::size_t sample_size(std::size_t documents);
inline constexpr std::size_t sampled_bytes = 2u << 10;

// Empty where there is too little to learn from. Depends on the samples alone. CPU: 0.1 s for the largest
// sample there is.
std::string learn_dictionary(const std::vector<std::string>& samples);

// One thread at a time. Memory: some 2 MB, and as much for all that share a dictionary.
class Packer {
  public:
    // `dictionary` as learned, or empty; Errc::index_corrupt for what is neither.
    static Result<Packer> with(std::string_view dictionary);
    static Result<Packer> open(const std::filesystem::path& generation);  // with its dictionary
    Packer another() const;                                               // for another thread
    Packer(Packer&&) noexcept;
    Packer& operator=(Packer&&) noexcept;
    ~Packer();

    // Until the next call. Throws std::length_error above most_packed_from.
    std::string_view pack(std::string_view head, std::string_view body);

  private:
    struct State;
    explicit Packer(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

// One thread at a time. Memory: some 200 KB, and the dictionary for all that share it.
class Unpacker {
  public:
    static Result<Unpacker> with(std::string_view dictionary);  // both as Packer's
    static Result<Unpacker> open(const std::filesystem::path& generation);
    Unpacker another() const;  // for another thread
    Unpacker(Unpacker&&) noexcept;
    Unpacker& operator=(Unpacker&&) noexcept;
    ~Unpacker();

    struct Parts {
        std::string_view head, body;  // until the next call
    };
    static constexpr std::size_t whole = std::numeric_limits<std::size_t>::max();

    // At most the first `most_body` bytes of the body, which may end inside of a character.
    // Errc::index_corrupt for what no Packer can have written; memory is taken only as pieces turn out to be
    // sound.
    Result<Parts> unpack(std::string_view packed, std::size_t most_body = whole) const;

  private:
    struct State;
    explicit Unpacker(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace izde::index
