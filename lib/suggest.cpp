#include "izde/suggest.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace izde {
namespace {

constexpr std::size_t longest_name = 64;  // bounds the work that a hostile name can cause

// Letters to insert, remove, replace, or swap with their neighbour.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        before.swap(last);
        last.swap(row);
    }
    return last[b.size()];
}

std::size_t allowed_edits(std::size_t length) {
    return std::max<std::size_t>(length / 3, length < 4 ? 1 : 2);
}

// "language" for "lang", "pages" for "page": not few edits, but plainly the same word.
bool continues(std::string_view a, std::string_view b) {
    return std::min(a.size(), b.size()) >= 3 && (a.starts_with(b) || b.starts_with(a));
}

}  // namespace

std::optional<std::string> nearest(std::string_view wrong, std::span<const std::string_view> known) {
    if (wrong.size() > longest_name) return std::nullopt;
    std::optional<std::string> best;
    // An edit of every letter would make any word of any other.
    std::size_t bound = std::min(allowed_edits(wrong.size()) + 1, wrong.size());
    for (const auto word : known) {
        const auto distance = edit_distance(wrong, word);
        if (distance >= bound) continue;
        best = word;
        bound = distance;
    }
    if (best) return best;
    const auto longer = std::ranges::find_if(known, [&](auto word) { return continues(wrong, word); });
    if (longer != known.end()) return std::string(*longer);
    return std::nullopt;
}

}  // namespace izde
