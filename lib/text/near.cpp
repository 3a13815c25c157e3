#include "izde/text/near.hpp"

#include <algorithm>
#include <bit>
#include <string>

#include "izde/text/utf8.hpp"

namespace izde::text {
namespace {

constexpr double swapped = 0.7, doubled = 0.6, near_key = 0.9, alike = 0.8, twin = 0.5;
constexpr double other_first_letter = 0.3;  // on top

constexpr std::u32string_view keyboards[][4] = {
    {U"1234567890", U"qwertyuiop", U"asdfghjkl", U"zxcvbnm"},
    {U" әіңғ  үұқөһ", U"йцукенгшщзхъ", U"фывапролджэ", U"ячсмитьбю"},
};

// Letters that one keyboard or another lacks, and that are then typed as each other.
constexpr std::u32string_view twins[] = {U"кқ", U"гғ", U"нң", U"хһ", U"аә", U"оө", U"уұү", U"иі", U"еэ"};

// Letters that sound alike.
constexpr std::u32string_view sounds[] = {U"aeiouy", U"ckq", U"sz",    U"vwf",   U"dt", U"gj", U"mn",
                                          U"bp",     U"оаә", U"еиіыэ", U"уұүюө", U"яа", U"вф", U"бп",
                                          U"дт",     U"зс",  U"жш",    U"шщ",    U"йи", U"ьъ", U"гк"};

template <class Groups>
bool share_group(const Groups& groups, char32_t a, char32_t b) {
    return std::ranges::any_of(groups, [&](std::u32string_view group) {
        return group.find(a) != group.npos && group.find(b) != group.npos;
    });
}

bool are_neighbours(char32_t a, char32_t b) {
    for (const auto& rows : keyboards) {
        for (std::size_t row = 0; row < 4; ++row) {
            const std::size_t column = rows[row].find(a);
            if (column == std::u32string_view::npos) continue;
            const std::size_t last = std::min<std::size_t>(3, row + 1);
            for (std::size_t other = row == 0 ? 0 : row - 1; other <= last; ++other) {
                const std::size_t beside = rows[other].find(b);
                if (beside != std::u32string_view::npos && beside + 1 >= column && beside <= column + 1)
                    return true;
            }
        }
    }
    return false;
}

double change_cost(char32_t a, char32_t b) {
    if (a == b) return 0;
    if (share_group(twins, a, b)) return twin;
    if (share_group(sounds, a, b)) return alike;
    return are_neighbours(a, b) ? near_key : 1.0;
}

// Of putting in or leaving out the letter at `i`.
double single_cost(const Letters& word, std::size_t i) {
    return i > 0 && word.of[i] == word.of[i - 1] ? doubled : 1.0;
}

bool swaps(const Letters& a, std::size_t i, const Letters& b, std::size_t j) {
    return i > 1 && j > 1 && a.of[i - 1] == b.of[j - 2] && a.of[i - 2] == b.of[j - 1];
}

template <class Number>
using Rows = std::array<std::array<Number, max_token_bytes + 1>, 3>;

// How many edits lead from one to the other, or more than `most`. Only the cells are looked at that so
// few edits reach.
std::size_t edits_between(const Letters& a, const Letters& b, std::size_t most) {
    constexpr std::uint8_t far = 100;
    Rows<std::uint8_t> rows;
    for (auto& row : rows) row.fill(far);
    for (std::size_t j = 0; j <= std::min(most, b.count); ++j) rows[0][j] = static_cast<std::uint8_t>(j);
    for (std::size_t i = 1; i <= a.count; ++i) {
        auto& row = rows[i % 3];
        const auto& above = rows[(i + 2) % 3];
        const auto& before = rows[(i + 1) % 3];
        const std::size_t first = i > most ? i - most : 0, last = std::min(b.count, i + most);
        if (first > 0) row[first - 1] = far;
        std::uint8_t least = far;
        for (std::size_t j = first; j <= last; ++j) {
            std::size_t edits = j == 0 ? i : std::min(above[j], row[j - 1]) + 1u;
            if (j > 0)
                edits = std::min<std::size_t>(edits, above[j - 1] + (a.of[i - 1] == b.of[j - 1] ? 0u : 1u));
            if (swaps(a, i, b, j)) edits = std::min<std::size_t>(edits, before[j - 2] + 1u);
            row[j] = static_cast<std::uint8_t>(std::min<std::size_t>(edits, far));
            least = std::min(least, row[j]);
        }
        if (last < b.count) row[last + 1] = far;
        if (least > most) return least;
    }
    return rows[a.count % 3][b.count];
}

double weighted(const Letters& a, const Letters& b) {
    Rows<double> rows{};
    for (std::size_t j = 1; j <= b.count; ++j) rows[0][j] = rows[0][j - 1] + single_cost(b, j - 1);
    for (std::size_t i = 1; i <= a.count; ++i) {
        auto& row = rows[i % 3];
        const auto& above = rows[(i + 2) % 3];
        const auto& before = rows[(i + 1) % 3];
        row[0] = above[0] + single_cost(a, i - 1);
        for (std::size_t j = 1; j <= b.count; ++j) {
            row[j] = std::min({above[j] + single_cost(a, i - 1), row[j - 1] + single_cost(b, j - 1),
                               above[j - 1] + change_cost(a.of[i - 1], b.of[j - 1])});
            if (swaps(a, i, b, j)) row[j] = std::min(row[j], before[j - 2] + swapped);
        }
    }
    return rows[a.count % 3][b.count];
}

// Of the bytes of a word, but for those that tell the block of a script of two bytes: so a letter is a
// bit.
struct Outline {
    std::uint64_t mask = 0;
    bool accents = false;  // whether some may have to be taken off: Latin letters beyond ASCII, Greek
};

Outline outline_of(std::string_view word) {
    Outline outline;
    for (const char c : word) {
        const auto byte = static_cast<unsigned char>(c);
        outline.mask |= std::uint64_t{byte < 0xC0} << (byte & 63);
        outline.accents |= (byte >= 0xC0 && byte < 0xD0) || byte == 0xE1;
    }
    return outline;
}

// Letters that share a bit here only let more words through.
Sketch sketch_of(std::uint64_t mask) {
    return static_cast<Sketch>(mask | mask >> 32U);
}

bool has_digit(std::string_view word) {
    return std::ranges::any_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Letters Letters::decode(std::string_view utf8) {
    Letters letters;
    char32_t letter = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        const auto lead = static_cast<unsigned char>(utf8[at++]);
        letter = lead < 0xC0 ? lead : lead < 0xE0 ? lead & 0x1Fu : lead < 0xF0 ? lead & 0x0Fu : lead & 7u;
        for (; at < utf8.size() && (static_cast<unsigned char>(utf8[at]) & 0xC0) == 0x80; ++at)
            letter = letter << 6 | (static_cast<unsigned char>(utf8[at]) & 0x3Fu);
        if (letters.count == letters.of.size()) break;
        letters.of[letters.count++] = letter;
    }
    return letters;
}

std::vector<std::string> with_other_beginning(std::string_view folded) {
    const Letters letters = Letters::decode(folded);
    if (letters.count < 2 || letters.of[0] >= 0x800 || letters.of[1] >= 0x800) return {};
    const std::string_view rest = folded.substr(letters.of[0] < 0x80 ? 1 : 2);
    std::vector<std::string> words{std::string(rest), {}};
    append_utf8(words.back(), letters.of[1]);
    append_utf8(words.back(), letters.of[0]);
    words.back() += rest.substr(letters.of[1] < 0x80 ? 1 : 2);
    for (const std::u32string_view row : keyboards[letters.of[1] < 0x80 ? 0 : 1])
        for (const char32_t letter : row) {
            if (letter == U' ' || letter == letters.of[0]) continue;
            for (const std::string_view end : {folded, rest}) {
                append_utf8(words.emplace_back(), letter);
                words.back() += end;
            }
        }
    return words;
}

Sketch sketch_of(std::string_view exact) {
    const Outline outline = outline_of(exact);
    return sketch_of(outline.accents ? outline_of(without_accents(exact)).mask : outline.mask);
}

Neighbourhood::Neighbourhood(std::string_view folded, std::size_t most_edits)
    : letters_(Letters::decode(folded)), most_edits_(most_edits), bytes_(folded.size()),
      mask_(outline_of(folded).mask), sketch_(sketch_of(mask_)) {}

// An edit is one byte or two, and takes at most one bit away and brings one. Most words end here.
bool Neighbourhood::may_be_near(std::string_view other, std::uint64_t mask) const {
    const std::size_t longest = std::max(other.size(), bytes_), shortest = std::min(other.size(), bytes_);
    return longest - shortest <= 2 * most_edits_ &&
           static_cast<std::size_t>(std::popcount(mask ^ mask_)) <= 2 * most_edits_;
}

std::optional<Neighbourhood::Distance> Neighbourhood::distance_to(std::string_view other_exact) const {
    constexpr std::size_t most_accents = 4;
    if (other_exact.size() > bytes_ + 2 * most_edits_ + most_accents ||
        other_exact.size() + 2 * most_edits_ < bytes_)
        return std::nullopt;
    Outline outline = outline_of(other_exact);
    std::string folded;
    if (outline.accents) {
        folded = without_accents(other_exact);
        other_exact = folded;
        outline = outline_of(folded);
    }
    if (!may_be_near(other_exact, outline.mask) || has_digit(other_exact)) return std::nullopt;
    const Letters other = Letters::decode(other_exact);
    if (letters_.count == 0 || other.count == 0) return std::nullopt;
    const std::size_t edits = edits_between(letters_, other, most_edits_);
    if (edits == 0 || edits > most_edits_) return std::nullopt;
    const double first = letters_.of[0] == other.of[0] ? 0.0 : other_first_letter;
    return Distance{edits, weighted(letters_, other) + first};
}

}  // namespace izde::text
