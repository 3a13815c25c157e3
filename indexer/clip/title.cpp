#include "clip/title.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <utility>

#include "izde/text/letters.hpp"
#include "izde/text/utf8.hpp"

#include "clip/dateline.hpp"
#include "clip/names.hpp"

namespace izde::clip {
namespace {

constexpr std::size_t longest_title = 200;
constexpr std::size_t longest_lead = 120;
constexpr std::size_t farthest_story = 60;       // units
constexpr std::size_t longest_start = 3000;      // bytes of a story that its title is held against
constexpr std::size_t longest_first_line = 110;  // of a title that goes on in a second line

struct Quotes {
    std::string_view open;
    std::string_view close;
};
constexpr auto quote_pairs = std::to_array<Quotes>(
    {{"“", "”"}, {"«", "»"}, {"„", "“"}, {"\"", "\""}, {"'", "'"}, {"‘", "’"}, {"「", "」"}, {"《", "》"}});

// “A” and “B” is not wrapped: the first pair ends before the line does.
std::string_view without_outer_quotes(std::string_view title) {
    for (const auto& [open, close] : quote_pairs) {
        if (title.size() <= open.size() + close.size() || !title.starts_with(open) || !title.ends_with(close))
            continue;
        const auto inside = title.substr(open.size(), title.size() - open.size() - close.size());
        if (inside.find(open) == std::string_view::npos && inside.find(close) == std::string_view::npos)
            return inside;
    }
    return title;
}

bool reads_like_title(Units& units, std::size_t at) {
    const Unit& unit = units[at];
    return unit.lines == 1 && text::count_code_points(unit.text) <= longest_title &&
           !ends_sentence(unit.text) && !units.has_dateline(at);
}

// A bullet, a table's row or a line of verse would be followed by more of its kind.
bool stands_alone(Units& units, std::size_t at) {
    if (at + 1 == units.size()) return false;
    const Unit& next = units[at + 1];
    if (next.after_blank) return true;
    const std::size_t own = text::count_code_points(units[at].text);
    if (text::count_code_points(next.text) > 2 * own || units.is_furniture(at + 1) ||
        units.has_dateline(at + 1))
        return true;
    // A standfirst and a name may stand between a title and its date.
    for (std::size_t behind = at + 1; behind < units.size() && behind <= at + 3; ++behind) {
        if (const auto& facts = units.facts(behind))
            return behind == at + 1 || facts->has_date || facts->author_is_marked;
    }
    return false;
}

bool is_capitals(std::string_view line) {
    return text::capitals(line) == text::Capitals::all;
}

// Whether a title that seems to end with `one` goes on in `other`.
bool goes_on(std::string_view one, std::string_view other) {
    if (text::count_code_points(one) > longest_first_line || text::count_code_points(one) < 12) return false;
    if (one.ends_with(",") || one.ends_with(":") || one.ends_with("–") || one.ends_with("—") ||
        one.ends_with("-"))
        return true;
    if (one.ends_with("?") || one.ends_with("!") || one.ends_with("”") || one.ends_with("»")) return false;
    const auto next = text::capitals(other.substr(0, other.find(' ')));
    if (next == text::Capitals::small) return true;
    return is_capitals(one) && is_capitals(other);
}

// The first unit that is plainly a sentence of a story, near the beginning.
std::size_t story_begin(Units& units) {
    for (std::size_t at = 0; at < std::min(units.size(), farthest_story); ++at) {
        const std::string_view text = units[at].text;
        const std::size_t length = text::count_code_points(text);
        const bool unspaced = static_cast<unsigned char>(text[0]) >= 0xE3;
        if (units.has_dateline(at) || (ends_sentence(text) && length >= (unspaced ? 30u : 90u))) return at;
    }
    return units.size();
}

std::string start_of(const Units& units, std::size_t story) {
    std::string text;
    for (std::size_t at = story; at < units.size() && text.size() < longest_start; ++at)
        text.append(" ").append(units[at].text.substr(0, longest_start));
    return text::comparable(text.substr(0, text::character_begin(text, longest_start))).text;
}

// The words of a story but its first one, found by their first four bytes.
class StoryWords {
  public:
    explicit StoryWords(std::string_view story) {
        for (std::size_t at = story.find(' '), end = 0; at < story.size(); at = end) {
            end = std::min(story.find(' ', at + 1), story.size());
            const std::string_view word = story.substr(at + 1, end - at - 1);
            if (word.size() < key_bytes) continue;
            std::uint32_t& first = first_[place_of(word)];
            words_.push_back({word, std::exchange(first, static_cast<std::uint32_t>(words_.size() + 1))});
        }
    }
    // `beginning` has four bytes or more.
    bool has(std::string_view beginning) const {
        for (std::uint32_t at = first_[place_of(beginning)]; at != 0; at = words_[at - 1].next)
            if (words_[at - 1].text.starts_with(beginning)) return true;
        return false;
    }

  private:
    static constexpr std::size_t key_bytes = 4;
    static constexpr unsigned place_bits = 10;
    struct Word {
        std::string_view text;
        std::uint32_t next;  // of the same place, and 1; 0: none
    };

    static std::size_t place_of(std::string_view word) {
        std::uint32_t key = 0;
        std::memcpy(&key, word.data(), key_bytes);
        return key * 0x9E3779B1u >> (32 - place_bits);
    }

    std::vector<Word> words_;
    std::array<std::uint32_t, std::size_t{1} << place_bits> first_{};  // and 1; 0: none
};

// Words of four letters or more by their first five, so that other forms count; Chinese by pairs.
std::size_t shared_words(std::string_view line, std::string_view story, const StoryWords& words) {
    std::size_t shared = 0;
    const std::string text = text::comparable(line).text;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        const std::string_view word = std::string_view(text).substr(at, end - at);
        if (!word.empty() && static_cast<unsigned char>(word[0]) >= 0xE3) {
            for (std::size_t i = 0; i + 6 <= word.size(); i += 3)
                shared += story.find(word.substr(i, 6)) != std::string_view::npos ? 1 : 0;
        } else if (text::count_code_points(word) >= 4) {
            std::size_t stem = 0;
            for (int i = 0; i < 5; ++i) stem = next_character(word, stem);
            shared += words.has(word.substr(0, stem)) ? 1 : 0;
        }
        at = end + 1;
    }
    return shared;
}

}  // namespace

std::size_t title_units(Units& units, std::size_t at) {
    if (at >= units.size() || !reads_like_title(units, at)) return 0;
    if (at + 2 < units.size() && !units[at + 1].after_blank && units[at + 2].after_blank &&
        reads_like_title(units, at + 1) && !units.facts(at + 1) &&
        goes_on(units[at].text, units[at + 1].text) &&
        text::count_code_points(units[at].text) + text::count_code_points(units[at + 1].text) <=
            longest_title)
        return 2;
    return stands_alone(units, at) ? 1 : 0;
}

std::size_t title_among(Units& units) {
    const std::size_t story = story_begin(units);
    if (story == units.size()) return story;
    if (story < 2) return units.size();
    std::vector<std::pair<std::size_t, std::size_t>> shared;  // unit, words it shares with the story
    for (std::size_t at = 0; at < story; ++at)
        if (reads_like_title(units, at) && !units.is_furniture(at) && !units.facts(at))
            shared.emplace_back(at, 0);
    if (shared.size() < 2) return units.size();
    const std::string text = start_of(units, story);
    const StoryWords story_words(text);
    std::size_t most = 0;
    for (auto& [at, words] : shared) {
        words = shared_words(units[at].text, text, story_words);
        most = std::max(most, words);
    }
    if (most < 2) return units.size();
    // A standfirst is longer than its title, and shares more.
    const auto title = std::ranges::find_if(shared, [&](const auto& one) {
        const std::string_view line = units[one.first].text;
        return one.second * 3 >= most &&
               (one.second > 1 || words_of(line).size() > 2 || is_han(line.substr(0, 3)));
    });
    return title == shared.end() ? units.size() : title->first;
}

std::string clean_title(std::string_view title) {
    const std::string line = text::collapse_spaces(title);
    return std::string(trimmed(without_outer_quotes(line)));
}

std::string lead_of(std::string_view story) {
    // A lead is cut long before this; no need to copy a whole book.
    const std::string_view start = story.substr(0, text::character_begin(story, 4096));
    const std::string paragraph = text::collapse_spaces(start.substr(0, start.find("\n\n")));
    const std::string_view behind = trimmed(std::string_view(paragraph).substr(read_dateline(paragraph).end));
    const std::string_view text = behind.substr(0, first_sentence_end(behind));
    if (text::count_code_points(text) <= longest_lead) return std::string(text);
    std::size_t cut = 0;
    for (std::size_t i = 0; i + 1 < longest_lead; ++i) cut = next_character(text, cut);
    const std::size_t border = text::character_begin(text, cut);
    const std::size_t space = text.rfind(' ', border);
    // Chinese has no spaces; a "word" longer than a third of the lead is none either.
    const bool has_word_end = space != std::string_view::npos && space > border / 3 * 2;
    std::string kept(trimmed(text.substr(0, has_word_end ? space : border)));
    while (!kept.empty() && std::string_view(",;:-").find(kept.back()) != std::string_view::npos)
        kept.pop_back();
    return kept + "…";
}

std::string_view file_of(const index::Document& document) {
    const std::string_view path = document.path;
    const std::string_view ending = path.substr(path.size() - std::min<std::size_t>(path.size(), 4));
    const bool is_zip = ending == ".zip" || ending == ".ZIP";
    return is_zip ? std::string_view(document.record).substr(0, document.record.find('#')) : path;
}

std::string name_of(std::string_view path) {
    std::string name(path.substr(path.rfind('/') + 1));
    for (const char* packed : {".gz", ".zst"})
        if (name.ends_with(packed)) name.resize(name.rfind('.'));
    const std::size_t dot = name.rfind('.');
    if (dot != std::string::npos && dot > 0) name.resize(dot);
    std::replace_if(
        name.begin(), name.end(), [](char c) { return c == '_' || c == '-'; }, ' ');
    return text::collapse_spaces(name);
}

bool same_words(std::string_view one, std::string_view other) {
    const auto words = [](std::string_view line) {
        std::string kept = text::comparable(line).text;
        std::erase_if(kept, [](char c) {
            return std::string_view(" \"'.,:;!?-()[]|").find(c) != std::string_view::npos;
        });
        return kept;
    };
    const std::string first = words(one);
    return !first.empty() && first == words(other);
}

}  // namespace izde::clip
