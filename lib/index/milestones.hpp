// Sets the milestones of a body while its words go by.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "izde/index/pieces.hpp"
#include "izde/text/token.hpp"

namespace izde::index {

class MilestoneSetter {
  public:
    // `base` is what is added to the positions of tokens. `body` must outlive it.
    MilestoneSetter(std::string_view body, std::uint32_t base) : body_(body), base_(base) {}

    void pass(std::span<const text::Token> tokens);  // all tokens of the body, in their order

    // Ascending by byte, the first one at the body's beginning, none farther from the next or from the end
    // than most_apart; about one in each `apart` bytes. Positions never descend.
    std::vector<Milestone> finish();

    static constexpr std::size_t apart = 1u << 10, most_apart = 16u << 10;

  private:
    void pass(const text::Token& token);
    void reach(std::size_t at, std::uint32_t position);

    std::string_view body_;
    std::uint32_t base_;
    std::uint32_t last_position_ = 0;
    std::size_t words_end_ = 0;
    std::vector<Milestone> set_;
};

}  // namespace izde::index
