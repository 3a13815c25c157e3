#include "bounds.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include "izde/text/utf8.hpp"

namespace izde::indexer {
namespace {

constexpr std::size_t most_title_bytes = 16u << 10;
constexpr std::size_t short_enough = 512u << 10;  // whatever is in it
constexpr std::size_t first_occurrence = 14;
constexpr std::size_t near_bytes = 4096;

// Goes through a text and counts what it costs. Words are what stands between ASCII that is no letter or
// digit; which ones occurred before is told by a hash, a little too often.
class Costs {
  public:
    explicit Costs(std::size_t room) : room_(room), seen_(std::size_t{1} << 22) {}

    // How many bytes of it there is room for.
    std::size_t fit(std::string_view text) {
        hash_ = 0;
        for (std::size_t at = 0; at < text.size(); ++at)
            if (!pay(cost_of(static_cast<unsigned char>(text[at])))) return at;
        return pay(end_of_word()) ? text.size() : text.size() - 1;
    }

  private:
    bool pay(std::size_t cost) {
        if (cost > room_) return false;
        room_ -= cost;
        return true;
    }

    std::size_t cost_of(unsigned char byte) {
        const bool is_letter =
            byte >= 0x80 || (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
        if (!is_letter) return 1 + end_of_word();
        // Of three bytes and more may be Chinese: each character and the one before.
        const std::size_t new_pair = byte >= 0xE0 ? note(previous_ ^ hash_) : 0;
        if (byte >= 0xE0) previous_ = hash_, hash_ = 0;
        hash_ = (hash_ ^ byte) * 0x9E3779B97F4A7C15u;
        return 1 + new_pair;
    }

    std::size_t end_of_word() {
        const std::size_t cost = hash_ == 0 ? 0 : note(hash_ ^ previous_);
        hash_ = previous_ = 0;
        return cost;
    }

    std::size_t note(std::uint64_t hash) {
        const auto slot = static_cast<std::size_t>(hash >> 42);
        if (seen_[slot]) return 0;
        seen_[slot] = true;
        return first_occurrence;
    }

    std::size_t room_;
    std::vector<bool> seen_;
    std::uint64_t hash_ = 0, previous_ = 0;
};

bool cut(std::string& text, std::size_t end) {
    if (end >= text.size()) return false;
    const std::size_t line = end == 0 ? std::string::npos : text.rfind('\n', end - 1);
    const bool is_near = line != std::string::npos && end - line < near_bytes;
    text.resize(is_near ? line + 1 : text::code_point_begin(text, end));
    return true;
}

}  // namespace

bool cut_to_bounds(index::Document& document, std::size_t most_bytes) {
    bool was_cut = cut(document.title, most_title_bytes);
    std::size_t bytes = document.body.size();
    for (const index::Furniture& piece : document.boilerplate) bytes += piece.text.size();
    if (bytes <= short_enough) return was_cut;
    Costs costs(most_bytes);
    was_cut |= cut(document.body, costs.fit(document.body));
    for (index::Furniture& piece : document.boilerplate) was_cut |= cut(piece.text, costs.fit(piece.text));
    std::erase_if(document.boilerplate, [](const index::Furniture& piece) { return piece.text.empty(); });
    return was_cut;
}

}  // namespace izde::indexer
