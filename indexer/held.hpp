// Documents of a file that may yet prove to have changed while it was read.
#pragma once

#include <vector>

#include "read/read.hpp"

namespace izde::indexer {

// Keeps what it is given until it is known whether the file was at rest. Of a file of many records it keeps
// a few MB; with more, all is handed on at once as it comes: what was read of a table or a mailbox that
// grows is as good as what will be read of it tomorrow.
class Held {
  public:
    explicit Held(const read::Sink& sink) : sink_(sink) {}

    void take(Result<index::Document> document);
    void hand_on();
    bool is_handed_on() const { return handed_on_; }

  private:
    const read::Sink& sink_;
    std::vector<Result<index::Document>> documents_;
    std::size_t bytes_ = 0;
    bool handed_on_ = false;
};

}  // namespace izde::indexer
