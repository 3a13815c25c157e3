// What the indexer and a worker say to each other: frames of a length, a kind and a payload, on a
// stream socket. Numbers are little-endian.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "izde/result.hpp"

#include "read/read.hpp"

namespace izde::worker {

enum class Kind : char {
    hello = 'h',     // worker: locked in; what holds, as write_hello says
    request = 'r',   // indexer: a file to read, whose descriptor comes with the first byte
    document = 'd',  // worker: index::write_record
    error = 'e',     // worker: why a document could not be read, UTF-8
    done = 'z',      // worker: the file is read, and the next one may come
    last = 'Z',      // worker: the file is read, and this process ends
};

struct Request {
    read::Format format = read::Format::text;
    unsigned cpu_seconds = 0;
    std::string path;
    std::map<std::string, std::string> field_names;
};
std::string write_request(const Request& request);  // the payload
std::optional<Request> read_request(std::string_view payload);

struct Frame {
    Kind kind = Kind::done;
    std::string_view payload;
};

constexpr std::size_t frame_head_bytes = 5;
void append_head(std::string& out, Kind kind, std::size_t payload_bytes);
void append_frame(std::string& out, Kind kind, std::string_view payload);

// Cuts what comes into frames. The sender may be hostile: memory follows what has come, never what
// was announced.
class FrameReader {
  public:
    // Where the next bytes can be put; then added() says how many were.
    struct Room {
        char* data;
        std::size_t size;
    };
    Room room();
    void added(std::size_t bytes) { end_ += bytes; }

    // The next frame, if all of it is there; it is valid until room() is asked for. Errc::bad_document: an
    // unknown kind, or longer than its kind may be.
    Result<std::optional<Frame>> next();

    bool is_empty() const { return begin_ == end_; }
    void clear();  // forgets what came, and gives memory of a large frame back

  private:
    std::string bytes_;
    std::size_t begin_ = 0, end_ = 0;  // of what has come and was not cut yet
};

}  // namespace izde::worker
