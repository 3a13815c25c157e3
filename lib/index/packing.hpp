// Stored documents ↔ bytes that take less room.
//
// Most documents are too short for a compressor to find much in one of them alone. So a generation has a
// dictionary, the file `dictionary`: what its documents have in common, learned from a sample of them. What
// is packed with a dictionary can be unpacked with the same one only; without a file, there is none.
//
// A document is its head (its record without the body) and its body. Together they are one frame of zstd, or
// where that would be long, the head is one and the body is cut at milestones into pieces, each a frame: so
// the head, or a part of a long text, can be had without the rest, and the milestones tell which part.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "izde/index/pieces.hpp"
#include "izde/result.hpp"

namespace izde::index {

inline constexpr char dictionary_name[] = "dictionary";
inline constexpr std::size_t one_frame_bytes = 8u << 10;     // of head and body; more are cut
inline constexpr std::size_t piece_bytes = 24u << 10;        // of a body; a piece may be twice as long
inline constexpr std::size_t most_packed_from = 256u << 20;  // bytes of head and body

// Of how many documents beginnings of sampled_bytes are a fair sample, where there are `documents` in all.
std::size_t sample_size(std::size_t documents);
inline constexpr std::size_t sampled_bytes = 2u << 10;

// Empty where there is too little to learn from. Depends on the samples alone. CPU: 0.1 s for the largest
// sample there is.
std::string learn_dictionary(const std::vector<std::string>& samples);

// One thread at a time. Memory: some 4 MB, and as much for all that share a dictionary.
class Packer {
  public:
    // `dictionary` as learned, or empty; Errc::index_corrupt for what is neither.
    static Result<Packer> with(std::string_view dictionary);
    static Result<Packer> open(const std::filesystem::path& generation);  // with its dictionary
    Packer another() const;                                               // for another thread
    Packer(Packer&&) noexcept;
    Packer& operator=(Packer&&) noexcept;
    ~Packer();

    // Until the next call. `milestones` are of a MilestoneSetter. Throws std::length_error above
    // most_packed_from.
    std::string_view pack(std::string_view head, std::string_view body,
                          std::span<const Milestone> milestones);

  private:
    struct State;
    explicit Packer(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

// Packed bytes from `from` on, `bytes` of them, or as many as there are; until the next call.
using ReadPacked = std::function<std::string_view(std::size_t from, std::size_t bytes)>;
ReadPacked read_of(std::string_view packed);  // must outlive it

// One thread at a time. Memory: some 200 KB, and the dictionary for all that share it.
class Unpacker {
  public:
    static Result<Unpacker> with(std::string_view dictionary);  // both as Packer's
    static Result<Unpacker> open(const std::filesystem::path& generation);
    Unpacker another() const;  // for another thread
    Unpacker(Unpacker&&) noexcept;
    Unpacker& operator=(Unpacker&&) noexcept;
    ~Unpacker();

    // Errc::index_corrupt in all of these for what no Packer can have written; memory is taken only as frames
    // turn out to be sound.

    struct Head {
        std::string_view head, body;  // until the next call; the body of what is one frame, else empty
        std::size_t body_bytes = 0;
        std::size_t directory = 0;  // where it begins; 0: the body is there
    };
    Result<Head> head(const ReadPacked& read) const;

    // Of a head that came without its body.
    Result<Pieces> pieces(const ReadPacked& read, const Head& head) const;

    // Appends pieces `first` to before `end`.
    Result<void> body(const ReadPacked& read, const Pieces& pieces, std::size_t first, std::size_t end,
                      std::string& to) const;

    struct Parts {
        std::string_view head, body;  // until the next call
    };
    static constexpr std::size_t whole = std::numeric_limits<std::size_t>::max();

    // At most the first `most_body` bytes of the body, which may end inside of a character.
    Result<Parts> unpack(const ReadPacked& read, std::size_t most_body = whole) const;

  private:
    struct State;
    explicit Unpacker(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace izde::index
