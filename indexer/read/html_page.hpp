// Listens to a page tag by tag and keeps what telling its story from the rest will need: the text
// by boxes, the head's statements, and what the markup calls a heading, a person or a day.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "read/html_attributes.hpp"
#include "read/html_head.hpp"
#include "read/html_outline.hpp"

namespace izde::read {

struct Tag;

struct Page {
    Head head;
    Outline outline;
    std::vector<Fact> facts;
    bool has_code = false;  // <pre>: rather a manual than the news
};

// Memory is bounded by the page's size: texts of facts are cut, and no more than a few hundred
// are kept.
class PageBuilder {
  public:
    explicit PageBuilder(Hints& hints) : hints_(hints) {}

    // Names in lower case. Each open() is followed by its close(), unless forget_depth() comes first.
    void open(std::string_view name, const Attributes& attributes);
    void close(std::string_view name);
    void text(std::string_view text);
    void raw(std::string_view text);  // of script and style

    // A new parser starts with an empty stack.
    void forget_depth();

    std::size_t depth() const { return depth_; }
    Page take();

  private:
    struct Capture {
        std::size_t depth = 0;
        std::size_t fact = 0;
    };

    Hint hint_of(std::string_view name, const Attributes& attributes);
    Kind kind_of(std::string_view name, const Attributes& attributes, const Tag& tag) const;
    void open_box(std::string_view name, const Attributes& attributes, const Tag& tag);
    bool open_fact(std::string_view name, const Attributes& attributes, const Hint& hint);
    void note(std::string_view name, const Attributes& attributes);
    void note_meta(const Attributes& attributes);
    void ask_for_break(std::string_view name, Break around);
    void capture(std::string_view text);

    Page page_;
    Hints& hints_;
    std::vector<std::size_t> boxes_at_;  // depths at which boxes were opened
    std::vector<Capture> captures_;
    std::size_t depth_ = 0;
    std::size_t skipped_at_ = 0;  // depth of the outermost element that is never shown; 0: none
    std::size_t pre_depth_ = 0;
    std::size_t article_depth_ = 0;
    std::size_t link_at_ = 0;
    std::size_t lesser_headings_ = 0;
    bool in_head_ = false;
    bool in_title_ = false;
    bool title_done_ = false;
    bool in_json_ld_ = false;
    std::string json_ld_;
};

}  // namespace izde::read
