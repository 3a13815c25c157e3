// Documents on disk between the passes of a build, and from one run to the next.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "izde/index/document.hpp"
#include "izde/result.hpp"

#include "tape.hpp"

namespace izde::indexer {

// Where something stands on a tape.
struct Extent {
    std::uint64_t begin = 0;
    std::uint32_t bytes = 0;
    std::uint64_t end() const { return begin + bytes; }
};

// Records of index::write_record, one behind the other; who adds one remembers where it stands. Memory and
// failures are the tape's.
class Spool {
  public:
    Spool() = default;
    explicit Spool(Tape tape) : tape_(std::move(tape)) {}

    Result<Extent> add(std::string_view record);
    Result<void> finish() { return tape_.finish(); }

    const Tape& tape() const { return tape_; }
    Result<std::string> record(const Extent& at) const { return tape_.read(at.begin, at.bytes); }
    Result<index::Document> document(const Extent& at) const;

  private:
    Tape tape_;
};

}  // namespace izde::indexer
