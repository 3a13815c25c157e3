// A page laid flat: its text in the page's order, and the boxes that the text stands in. Boxes are
// in the page's order as well, so that whatever sums them up is one pass over a list and depth
// costs nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "read/flow.hpp"
#include "read/html_words.hpp"

namespace izde::read {

enum class Kind : std::uint8_t {
    plain,
    article,
    main,
    heading,  // h1
    navigation,
    beside,  // aside, footer, and what has their roles
    header,  // of the page, not of an article
    form,
    figure,
    caption,
    hidden,
};

struct Box {
    std::uint32_t parent = 0;  // the page, number 0, is its own
    Kind kind = Kind::plain;
    Hint hint;
    bool is_body = false;   // declared to hold the article: itemprop=articleBody
    std::size_t text = 0;   // bytes of its own, without those of boxes inside
    std::size_t links = 0;  // of these, in links
    std::size_t prose = 0;  // bytes of longer lines, without those in links
    std::uint32_t anchors = 0;
};

// A piece of text in one box; it ends where the next begins.
struct Run {
    std::uint32_t box = 0;
    Break before = Break::none;
    std::size_t begin = 0;
};

class Outline {
  public:
    static constexpr std::size_t most_boxes = 1u << 16;

    Outline() : boxes_(1), open_(1, 0) {}

    // Past most_boxes nothing is opened: text then belongs to the box around.
    // The number is that of the new box, or of the one around.
    std::uint32_t open(Kind kind, const Hint& hint, bool is_body);
    void close();
    void close_all();  // but the page
    bool is_full() const { return boxes_.size() >= most_boxes; }

    void add(std::string_view text, bool in_link);
    void add_preformatted(std::string_view text, bool in_link);
    void ask_for(Break wanted);
    void count_anchor() { ++boxes_[open_.back()].anchors; }

    std::uint32_t current() const { return open_.back(); }
    const std::vector<Box>& boxes() const { return boxes_; }
    const std::vector<Run>& runs() const { return runs_; }
    std::string_view text_of(std::size_t run) const;

  private:
    void begin_run();
    void count(std::size_t bytes, bool in_link);
    void end_line();

    std::vector<Box> boxes_;
    std::vector<std::uint32_t> open_;
    std::vector<Run> runs_;
    Flow flow_;
    std::uint32_t line_box_ = 0;  // where the line began
    std::size_t line_text_ = 0;
    std::size_t line_links_ = 0;
};

}  // namespace izde::read
