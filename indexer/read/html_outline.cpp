#include "read/html_outline.hpp"

#include <algorithm>

namespace izde::read {
namespace {

constexpr std::size_t prose_line = 60;                    // bytes: 20 Chinese characters, 30 Cyrillic letters
constexpr std::string_view ideographic_space = "\u3000";  // what Chinese paragraphs are indented with
constexpr std::string_view white = " \t\n\r\f\v";

}  // namespace

std::uint32_t Outline::open(Kind kind, const Hint& hint, bool is_body) {
    if (is_full()) return current();
    Box box;
    box.parent = current();
    box.kind = kind;
    box.hint = hint;
    box.is_body = is_body;
    boxes_.push_back(box);
    open_.push_back(static_cast<std::uint32_t>(boxes_.size() - 1));
    return current();
}

void Outline::close() {
    if (open_.size() > 1) open_.pop_back();
}

void Outline::close_all() {
    open_.resize(1);
}

void Outline::ask_for(Break wanted) {
    flow_.ask_for(wanted);
    if (wanted >= Break::line) end_line();
}

void Outline::add(std::string_view text, bool in_link) {
    const std::size_t begin = text.find_first_not_of(white);
    if (begin > 0 && !text.empty()) flow_.ask_for(Break::space);
    if (begin == std::string_view::npos) return;
    text.remove_prefix(begin);
    if (line_text_ == 0)
        while (text.starts_with(ideographic_space)) text.remove_prefix(ideographic_space.size());
    if (text.empty()) return;
    begin_run();
    const std::size_t before = flow_.size();
    flow_.add(text);
    count(flow_.size() - before, in_link);
}

void Outline::add_preformatted(std::string_view text, bool in_link) {
    if (text.empty()) return;
    begin_run();
    flow_.add_preformatted(text);
    count(text.size(), in_link);
}

void Outline::begin_run() {
    if (!runs_.empty() && runs_.back().box == current()) return;
    runs_.push_back({current(), flow_.take_break(), flow_.size()});
}

void Outline::count(std::size_t bytes, bool in_link) {
    if (line_text_ == 0) line_box_ = current();
    boxes_[current()].text += bytes;
    line_text_ += bytes;
    if (!in_link) return;
    boxes_[current()].links += bytes;
    line_links_ += bytes;
}

void Outline::end_line() {
    if (line_text_ >= prose_line && line_links_ * 2 < line_text_)
        boxes_[line_box_].prose += line_text_ - line_links_;
    line_text_ = line_links_ = 0;
}

std::string_view Outline::text_of(std::size_t run) const {
    const std::size_t end = run + 1 < runs_.size() ? runs_[run + 1].begin : flow_.size();
    return flow_.since(runs_[run].begin).substr(0, end - runs_[run].begin);
}

}  // namespace izde::read
