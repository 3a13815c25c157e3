// The lines of a stream, without ever holding more than a line of the longest length allowed.
#pragma once

#include <istream>
#include <string>

#include "read/read.hpp"

namespace izde::read {

class Lines {
  public:
    enum class State { read, too_long, end };

    // `head` stands before what the stream still holds: bytes that were looked at already.
    explicit Lines(std::istream& in, std::string head = {}) : in_(in), piece_(std::move(head)) {}

    // The next line without its "\n". One longer than max_document_bytes is passed over.
    State next(std::string& line);

  private:
    bool fill();

    std::istream& in_;
    std::string piece_;
    std::size_t at_ = 0;
};

bool is_blank(std::string_view line);

// "larger than 32 MiB"
std::string over_limit(std::string_view comparison, std::size_t bytes = max_document_bytes);

}  // namespace izde::read
