// Text gathered from markup piece by piece: white space collapses, and between two pieces stands
// the strongest break asked for in between.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace izde::read {

enum class Break : std::uint8_t { none, space, cell, line, paragraph };

class Flow {
  public:
    void add(std::string_view text);               // white space becomes one space
    void add_preformatted(std::string_view text);  // line ends and spaces stay

    // Asks for at least this between what was added and what will be.
    void ask_for(Break wanted) {
        if (wanted > break_) break_ = wanted;
    }
    void break_cell() { ask_for(Break::cell); }
    void break_line() { ask_for(Break::line); }
    void break_paragraph() { ask_for(Break::paragraph); }

    // What is asked for, which is then forgotten.
    Break take_break() { return std::exchange(break_, Break::none); }

    std::size_t size() const { return text_.size(); }
    std::string_view since(std::size_t begin) const { return std::string_view(text_).substr(begin); }
    std::string take() { return std::move(text_); }

  private:
    void write_break();

    std::string text_;
    Break break_ = Break::none;
};

}  // namespace izde::read
