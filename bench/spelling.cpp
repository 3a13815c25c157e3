// Words of an index, misspelt at random, are given back to its vocabulary.
#include "query/spelling.hpp"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include <xapian.h>

#include "izde/index/generations.hpp"
#include "izde/text/analyze.hpp"
#include "izde/text/near.hpp"
#include "izde/text/stem.hpp"
#include "izde/text/utf8.hpp"

#include "commands.hpp"
#include "support/tiny_index.hpp"

namespace izde::bench {
namespace {

using index::Vocabulary;
using Text = std::u32string;

constexpr std::size_t typos_made = 400, least_letters = 5;

Text letters_of(const std::string& utf8) {
    const text::Letters letters = text::Letters::decode(utf8);
    return {letters.of.begin(), letters.of.begin() + static_cast<std::ptrdiff_t>(letters.count)};
}

std::string utf8_of(const Text& text) {
    std::string utf8;
    for (const char32_t c : text) text::append_utf8(utf8, c);
    return utf8;
}

struct Words {
    std::vector<std::string> all;  // that are long enough and stand in two documents or more
    Text alphabet;                 // their letters, each once
};

Words words_of(const Vocabulary& vocabulary, const Xapian::Database& database, const std::string& lang) {
    Words words;
    const text::Stemmer stemmer(lang);
    for (std::size_t i = 0; i < vocabulary.size(); ++i) {
        const std::string exact = vocabulary.word(i).exact;
        const Text letters = letters_of(exact);
        const bool plain = std::ranges::none_of(
            letters, [](char32_t c) { return c < U'a' || (c > U'z' && c < U'а') || c > U'ӿ'; });
        if (!plain || letters.size() < least_letters || database.get_termfreq(exact) < 2) continue;
        const auto forms = vocabulary.forms(lang, stemmer.stem(exact));
        if (std::ranges::find(forms, exact) == forms.end()) continue;
        words.all.push_back(exact);
        words.alphabet += letters;
    }
    std::ranges::sort(words.alphabet);
    const auto same = std::ranges::unique(words.alphabet);
    words.alphabet.erase(same.begin(), same.end());
    return words;
}

class Typist {
  public:
    explicit Typist(Text alphabet) : alphabet_(std::move(alphabet)) {}

    std::string misspell(const std::string& word, std::size_t edits) {
        Text text = letters_of(word);
        for (std::size_t i = 0; i < edits; ++i) slip(text);
        return utf8_of(text);
    }
    std::size_t below(std::size_t n) { return random_() % n; }

  private:
    void slip(Text& text) {
        const std::size_t at = below(text.size());
        const char32_t letter = alphabet_[below(alphabet_.size())];
        switch (below(4)) {
        case 0:
            text.erase(at, 1);
            break;
        case 1:
            text.insert(text.begin() + static_cast<std::ptrdiff_t>(below(text.size() + 1)), letter);
            break;
        case 2:
            text[at] = letter;
            break;
        default:
            if (at + 1 < text.size()) std::swap(text[at], text[at + 1]);
        }
    }

    std::mt19937 random_{1};
    Text alphabet_;
};

struct Score {
    std::size_t asked = 0, right = 0, same_word = 0;
    void print(const char* what) const {
        const auto percent = [&](std::size_t n) {
            return 100.0 * static_cast<double>(n) / static_cast<double>(std::max<std::size_t>(1, asked));
        };
        std::printf("  %-22s %5zu %9.1f %% %11.1f %%\n", what, asked, percent(right), percent(same_word));
    }
    void add(bool is_right, bool is_same) {
        ++asked;
        right += is_right ? 1 : 0;
        same_word += is_same ? 1 : 0;
    }
};

// The floor: every word compared, the one with the fewest edits taken, and of several the most frequent.
std::string fewest_edits(const Vocabulary& vocabulary, const std::string& typo) {
    const text::Neighbourhood near(typo, 2);
    Vocabulary::Word best;
    std::size_t fewest = 3;
    for (std::size_t i = 0; i < vocabulary.size(); ++i) {
        Vocabulary::Word word = vocabulary.word(i);
        const auto distance = near.distance_to(word.exact);
        if (!distance || word.occurrences < 2 || distance->edits > fewest) continue;
        if (distance->edits == fewest && word.occurrences <= best.occurrences) continue;
        fewest = distance->edits;
        best = std::move(word);
    }
    return best.exact;
}

void bench_language(const Vocabulary& vocabulary, const Words& words, const std::string& lang, bool verbose) {
    Typist typist(words.alphabet);
    const text::Stemmer stemmer(lang);
    std::vector<double> milliseconds;
    Score all, floor, taken, by_edits[2], by_length[4];
    while (all.asked < typos_made) {
        const std::string& word = words.all[typist.below(words.all.size())];
        const std::size_t edits = 1 + all.asked % 2;
        const std::string typo = typist.misspell(word, edits);
        if (!vocabulary.spellings(typo).empty()) continue;
        const std::clock_t start = std::clock();
        const auto found = vocabulary.near(typo, 2, 1);
        milliseconds.push_back(1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
        const std::string meant = found.empty() ? "" : found.front().word.exact;
        const bool right = text::without_accents(meant) == text::without_accents(word);
        const bool same = right || (!meant.empty() && stemmer.stem(meant) == stemmer.stem(word));
        const std::size_t length = letters_of(typo).size();
        all.add(right, same);
        by_edits[edits - 1].add(right, same);
        const std::size_t band = length <= 5 ? 0 : length == 6 ? 1 : length <= 8 ? 2 : 3;
        by_length[band].add(right, same);
        if (!found.empty() && query::is_taken_for(typo, found.front().word.exact, found.front().distance))
            taken.add(right, same);
        const std::string simple = fewest_edits(vocabulary, typo);
        floor.add(simple == word, stemmer.stem(simple) == stemmer.stem(word));
        if (verbose && !same) std::printf("    %s → %s, not %s\n", typo.c_str(), meant.c_str(), word.c_str());
    }
    std::ranges::sort(milliseconds);
    double sum = 0;
    for (const double one : milliseconds) sum += one;
    std::printf("%s, %zu words\n", lang.c_str(), words.all.size());
    all.print("all");
    by_edits[0].print("1 slip");
    by_edits[1].print("2 slips");
    by_length[0].print("typed 5 letters");
    by_length[1].print("6 letters");
    by_length[2].print("7 or 8");
    by_length[3].print("9 and more");
    taken.print("taken for it unasked");
    floor.print("by fewest edits alone");
    std::printf("  CPU ms: mean %.3f, median %.3f, most %.3f\n",
                sum / static_cast<double>(milliseconds.size()), milliseconds[milliseconds.size() / 2],
                milliseconds.back());
}

}  // namespace

int bench_spelling(const std::vector<std::string>& options) {
    if (options.empty()) {
        std::fprintf(stderr, "izde-bench: spelling needs an index folder\n");
        return 2;
    }
    const bool verbose = std::ranges::find(options, "--verbose") != options.end();
    const index::Generations generations(options.front());
    const auto generation = generations.path(tests::expect(generations.live()));
    const auto vocabulary = tests::expect(Vocabulary::open(generation));
    const Xapian::Database database(generation.string());
    std::printf("%zu words in all\n%-24s %5s %11s %13s\n", vocabulary.size(), "", "typos", "right",
                "or its form");
    for (const char* lang : {"en", "ru", "kk"}) {
        const Words words = words_of(vocabulary, database, lang);
        if (words.all.size() >= 1000) bench_language(vocabulary, words, lang, verbose);
    }
    return 0;
}

}  // namespace izde::bench
