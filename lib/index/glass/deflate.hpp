// Tags as Xapian deflates them: raw, and kept as they were where that is not shorter.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "index/glass/table.hpp"

namespace izde::index::glass {

// One thread at a time.
class Deflater {
  public:
    Deflater();
    ~Deflater();

    struct Packed {
        std::string_view bytes;  // until the next call, and no longer than what was given
        Packing packing;
    };
    Packed pack(std::string_view tag);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace izde::index::glass
