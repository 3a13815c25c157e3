// One complete request, whose borders are certain, to its answer; the only file that knows cpp-httplib, which
// parses it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "http/framing.hpp"
#include "http/message.hpp"
#include "http/peer.hpp"

namespace izde::http {

using Handler = std::function<Answer(const Message&)>;

// For whom answers are compressed: not worth the work where bytes never leave the machine.
enum class Compression { off, for_others, always };

class Exchange {
  public:
    struct Asked {
        std::string_view head, body;
        bool has_range = false;
        Peer peer = {};
    };
    // The handler outlives it. For one thread.
    Exchange(const Handler& handler, Compression compression);
    Exchange(Exchange&&) noexcept;
    Exchange& operator=(Exchange&&) noexcept;
    ~Exchange();

    // Nothing if httplib finds fault with what seemed a request. What a handler throws is a 500 that says
    // nothing of it.
    std::optional<Answer> answer(const Asked& asked);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace izde::http
