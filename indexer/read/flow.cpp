#include "read/flow.hpp"

#include <algorithm>
#include <array>

namespace izde::read {
namespace {

constexpr std::string_view white = " \t\n\r\f\v";

}  // namespace

void Flow::add(std::string_view text) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(white), text.size());
        if (end > 0) {
            write_break();
            text_ += text.substr(0, end);
        }
        if (end < text.size()) ask_for(Break::space);
        text.remove_prefix(std::min(text.find_first_not_of(white, end), text.size()));
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
