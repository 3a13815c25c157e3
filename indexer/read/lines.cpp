#include "read/lines.hpp"

#include <algorithm>

namespace izde::read {

Lines::State Lines::next(std::string& line) {
    line.clear();
    bool too_long = false;
    while (at_ < piece_.size() || fill()) {
        const std::size_t end = std::min(piece_.find('\n', at_), piece_.size());
        if (line.size() + (end - at_) <= max_document_bytes)
            line.append(piece_, at_, end - at_);
        else
            too_long = true;
        const bool ended = end < piece_.size();
        at_ = end + (ended ? 1 : 0);
        if (ended) return too_long ? State::too_long : State::read;
    }
    if (too_long) return State::too_long;
    return line.empty() ? State::end : State::read;
}

bool Lines::fill() {
    piece_.resize(64u << 10);
    in_.read(piece_.data(), static_cast<std::streamsize>(piece_.size()));
    piece_.resize(static_cast<std::size_t>(in_.gcount()));
    at_ = 0;
    return !piece_.empty();
}

bool is_blank(std::string_view line) {
    return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

std::string over_limit(std::string_view comparison, std::size_t bytes) {
    return std::string(comparison) + " than " + std::to_string(bytes >> 20) + " MiB";
}

}  // namespace izde::read
