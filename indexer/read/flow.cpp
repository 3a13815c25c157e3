#include "read/flow.hpp"

#include <array>

namespace izde::read {
namespace {

bool is_white(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

// Between two words. `text` has a white character at `at`.
bool is_single_space(std::string_view text, std::size_t at) {
    return text[at] == ' ' && at > 0 && at + 1 < text.size() && !is_white(text[at - 1]) &&
           !is_white(text[at + 1]);
}

}  // namespace

// Words that single spaces part are taken all at once.
void Flow::add(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        while (at < text.size() && (!is_white(text[at]) || is_single_space(text, at))) ++at;
        if (at > begin) {
            write_break();
            text_ += text.substr(begin, at - begin);
        }
        if (at < text.size()) ask_for(Break::space);
        while (at < text.size() && is_white(text[at])) ++at;
    }
}

void Flow::add_preformatted(std::string_view text) {
    if (text.empty()) return;
    write_break();
    text_ += text;
}

void Flow::write_break() {
    constexpr std::array<std::string_view, 5> breaks{"", " ", "\t", "\n", "\n\n"};
    if (!text_.empty()) text_ += breaks.at(static_cast<std::size_t>(break_));
    break_ = Break::none;
}

}  // namespace izde::read
