// What is packed: the files of a zip, or the one a gzip or zstd stream holds, inflated piece by piece.
#pragma once

#include <cstddef>
#include <cstdint>
#include <istream>
#include <memory>
#include <string>

namespace izde::read {

enum class Packing : std::uint8_t { zip, stream };

// Bounds: `most_bytes` inflated in all, 10,000 files, and none of more than 200 times the bytes it
// was packed in (beyond its first MiB). Only what is a plain file is seen; nothing is written anywhere.
// A zip is read by its directory if `in` can go back and forth, else as it comes.
class Unpacker {
  public:
    // `in` must live on, and should stand at its beginning. Once it fails, nothing more is read of it.
    Unpacker(std::istream& in, Packing packing, std::uint64_t most_bytes);
    ~Unpacker();
    Unpacker(const Unpacker&) = delete;
    Unpacker& operator=(const Unpacker&) = delete;

    // Goes to the next file. False: there is none, or the rest cannot be read (see failure()).
    bool next();

    // Of the file at hand, as text: never to be used as a path. Valid UTF-8 on one line, 1,000 bytes at most.
    const std::string& name() const;

    // Fills `to` but for the file's end, or where it cannot be read any further (see problem()).
    std::size_t read(char* to, std::size_t size);

    const std::string& problem() const;  // why the file at hand cannot be read to its end; empty: it can
    const std::string& failure() const;  // why there are no further files, if not for the end; else empty

  private:
    struct State;
    std::unique_ptr<State> state_;
};

// Loads what names of files are converted by.
void prepare_unpacking();

// Whether a stream can be read from any place, as a zip is read best.
bool can_seek(std::istream& in);

}  // namespace izde::read
