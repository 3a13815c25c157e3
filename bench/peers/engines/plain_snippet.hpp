// The least a snippet can cost: one pass over the text, 200 bytes around most of the words. It knows no
// phrases, no sentences and escapes nothing; a floor, not a proposal.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <xapian.h>

namespace izde::peers {

class PlainSnippet {
  public:
    // `typed`: words, prefixes with * and phrases in quotes.
    explicit PlainSnippet(std::string_view typed) {
        for_each_word(typed, [&](std::size_t begin, std::size_t end) {
            const std::string word = lower(typed.substr(begin, end - begin));
            if (word == "or") return;
            const bool prefix = end < typed.size() && typed[end] == '*';
            wanted_.push_back({prefix ? word : stem_(word), prefix});
            starts_[byte(word[0])] = starts_[byte(upper(word[0]))] = true;
        });
    }

    std::string of(std::string_view text) {
        struct Found {
            std::size_t begin, end;
        };
        std::vector<Found> found;
        for_each_word(text, [&](std::size_t begin, std::size_t end) {
            if (starts_[byte(text[begin])] && is_wanted(text.substr(begin, end - begin)))
                found.push_back({begin, end});
        });
        std::size_t best = 0, most = 0;
        for (std::size_t first = 0, behind = 0; first < found.size(); ++first) {
            while (behind < found.size() && found[behind].end < found[first].begin + width) ++behind;
            if (behind - first > most) most = behind - first, best = first;
        }
        std::size_t at = found.empty() || found[best].begin < lead ? 0 : found[best].begin - lead;
        while (at > 0 && is_word(text[at - 1])) --at;
        std::size_t end = std::min(at + width, text.size());
        while (end < text.size() && is_word(text[end])) ++end;
        std::string snippet;
        for (std::size_t i = best; i < found.size() && found[i].end <= end; ++i) {
            snippet.append(text.substr(at, found[i].begin - at)).append("<b>");
            snippet.append(text.substr(found[i].begin, found[i].end - found[i].begin)).append("</b>");
            at = found[i].end;
        }
        return snippet.append(text.substr(at, end - at));
    }

  private:
    struct Wanted {
        std::string word;  // stemmed, unless it is a prefix
        bool prefix;
    };
    static constexpr std::size_t width = 200, lead = 20, longest = 64;

    static std::size_t byte(char c) { return static_cast<unsigned char>(c); }
    static bool is_word(char c) {
        const auto u = static_cast<unsigned char>(c);
        return (u >= '0' && u <= '9') || (u >= 'A' && u <= 'Z') || (u >= 'a' && u <= 'z') || u >= 0x80;
    }
    static char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
    static std::string lower(std::string_view word) {
        std::string low(word);
        for (char& c : low)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        return low;
    }

    template <class Use>
    static void for_each_word(std::string_view text, Use use) {
        for (std::size_t begin = 0; begin < text.size();) {
            while (begin < text.size() && !is_word(text[begin])) ++begin;
            std::size_t end = begin;
            while (end < text.size() && is_word(text[end])) ++end;
            if (end > begin) use(begin, end);
            begin = end;
        }
    }

    bool is_wanted(std::string_view word) {
        if (word.size() > longest) return false;
        const std::string low = lower(word);
        const auto [known, is_new] = known_.try_emplace(low, false);
        if (is_new) {
            const std::string stem = stem_(low);
            for (const Wanted& one : wanted_)
                known->second = known->second || (one.prefix ? low.starts_with(one.word) : stem == one.word);
        }
        return known->second;
    }

    Xapian::Stem stem_{"en"};
    std::vector<Wanted> wanted_;
    std::array<bool, 256> starts_{};
    std::unordered_map<std::string, bool> known_;
};

}  // namespace izde::peers
