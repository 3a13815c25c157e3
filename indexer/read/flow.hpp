// Text gathered from markup piece by piece: white space collapses, and between two pieces stands
// the strongest break asked for in between.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace izde::read {

class Flow {
  public:
    void add(std::string_view text);               // white space becomes one space
    void add_preformatted(std::string_view text);  // line ends and spaces stay

    void break_cell() { ask_for(Break::cell); }
    void break_line() { ask_for(Break::line); }
    void break_paragraph() { ask_for(Break::paragraph); }

    std::size_t size() const { return text_.size(); }
    std::string_view since(std::size_t begin) const { return std::string_view(text_).substr(begin); }
    void cut_back(std::size_t size);  // forgets what was added after the text had this size
    std::string take() { return std::move(text_); }

  private:
    enum class Break : std::uint8_t { none, space, cell, line, paragraph };

    void ask_for(Break wanted) {
        if (wanted > break_) break_ = wanted;
    }
    void write_break();

    std::string text_;
    Break break_ = Break::none;
};

}  // namespace izde::read
