#include "index/milestones.hpp"

#include <algorithm>

#include "izde/text/utf8.hpp"

namespace izde::index {
namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

}  // namespace

// Farther from the last one, places will do that are less good: the beginning of a line, of a word behind
// white space, of any word.
void MilestoneSetter::pass(const text::Token& token) {
    const std::size_t at = token.span.begin, gone = at - set_.back().at;
    const bool first_there = token.position > last_position_;
    last_position_ = token.position;
    if (gone < apart || !first_there || at < words_end_) return;
    const char before = body_[at - 1];
    const bool good = before == '\n' || (gone >= apart * 3 / 2 && is_blank(before)) || gone >= 2 * apart;
    if (good) set_.push_back({at, base_ + token.position});
}

void MilestoneSetter::pass(std::span<const text::Token> tokens) {
    for (const text::Token& token : tokens) {
        reach(token.span.begin, base_ + token.position);
        pass(token);
        // A pair ends where the next character does, which may stand apart from it.
        if (token.kind != text::TokenKind::pair) words_end_ = std::max(words_end_, token.span.end);
    }
}

// Sets those that nothing in the text gives a reason for.
void MilestoneSetter::reach(std::size_t at, std::uint32_t position) {
    if (set_.empty()) set_.push_back({0, std::min(position, base_ + 1)});
    while (at - set_.back().at > most_apart)
        set_.push_back({text::code_point_begin(body_, set_.back().at + most_apart), position});
}

std::vector<Milestone> MilestoneSetter::finish() {
    reach(body_.size(), base_ + last_position_ + 1);
    return std::move(set_);
}

}  // namespace izde::index
