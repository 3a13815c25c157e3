#include <algorithm>
#include <numeric>
#include <random>
#include <set>
#include <sstream>

#include <catch2/catch.hpp>

#include "index/phrase.hpp"

using namespace izde::index;

namespace {

using Words = std::vector<Positions>;

struct Case {
    const char* what;
    Words words;
    bool expected;
};

// By trying everything.
bool stands_from(const Words& words, std::size_t word, std::uint32_t position) {
    if (word == words.size()) return true;
    return std::ranges::count(words[word], position) > 0 && stands_from(words, word + 1, position + 1);
}

bool is_phrase(const Words& words) {
    return std::ranges::any_of(words.front(), [&](std::uint32_t at) { return stands_from(words, 0, at); });
}

bool is_near(const Words& words, std::uint32_t window, std::set<std::uint32_t> taken = {}) {
    if (taken.size() == words.size()) return true;
    return std::ranges::any_of(words[taken.size()], [&](std::uint32_t position) {
        std::set<std::uint32_t> more = taken;
        return more.insert(position).second && *more.rbegin() - *more.begin() < window &&
               is_near(words, window, more);
    });
}

// The words looked at in any order.
bool has_phrase(const Words& words, std::mt19937& random) {
    std::vector<std::uint32_t> order(words.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::shuffle(order, random);
    Positions starts{1, 2, 3};
    for (std::size_t i = 0; i < order.size(); ++i)
        if (i == 0)
            begin_phrase(starts, words[order[i]], order[i]);
        else
            narrow_phrase(starts, words[order[i]], order[i]);
    return !order.empty() && !starts.empty();
}

std::string told(const Words& words) {
    std::ostringstream text;
    for (const Positions& word : words) {
        text << "[";
        for (const std::uint32_t position : word) text << " " << position;
        text << " ] ";
    }
    return text.str();
}

class Random {
  public:
    std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(engine_() % bound); }
    Words words() {
        Words words(1 + below(5));
        const std::uint32_t most = 4 + below(60);
        for (Positions& word : words) {
            for (std::uint32_t i = below(7); i > 0; --i) word.push_back(below(most));
            settle(word);
        }
        // One word twice.
        if (words.size() > 1 && below(3) == 0) words.back() = words.front();
        return words;
    }

    std::mt19937& engine() { return engine_; }

  private:
    std::mt19937 engine_{20261123};
};

}  // namespace

TEST_CASE("a phrase stands where its words follow each other", "[phrase]") {
    constexpr std::uint32_t last = UINT32_MAX;
    const std::vector<Case> cases{
        {"one word", {{5}}, true},
        {"one that is not there", {{}}, false},
        {"side by side", {{1, 9}, {3, 10}}, true},
        {"in the other order", {{10}, {9}}, false},
        {"at one position", {{7}, {7}}, false},
        {"a word between", {{1}, {3}}, false},
        {"the same word twice", {{4, 5}, {4, 5}}, true},
        {"the same word once", {{4}, {4}}, false},
        {"the last one missing", {{1, 2}, {2, 3}, {}}, false},
        {"the rarest in the middle", {{1, 3, 5, 7, 9}, {8}, {2, 4, 6, 9}}, true},
        {"it would begin before the text", {{1}, {2, 3}, {1}}, false},
        {"at the end of all numbers", {{last - 1}, {last}}, true},
        {"behind the end of all numbers", {{last}, {0}}, false},
    };
    Random random;
    for (const auto& [what, words, expected] : cases) {
        INFO(what);
        for (int round = 0; round < 20; ++round) CHECK(has_phrase(words, random.engine()) == expected);
    }
}

TEST_CASE("words are near that have positions of their own within the window", "[phrase]") {
    constexpr std::uint32_t last = UINT32_MAX;
    struct NearCase {
        const char* what;
        Words words;
        std::uint32_t window;
        bool expected;
    };
    const std::vector<NearCase> cases{
        {"no word", {}, 9, false},
        {"one word", {{5}}, 1, true},
        {"one that is not there", {{1}, {}}, 9, false},
        {"no window", {{1}}, 0, false},
        {"side by side", {{1}, {2}}, 2, true},
        {"in the other order", {{2}, {1}}, 2, true},
        {"as far as may be", {{1}, {5}}, 5, true},
        {"one too far", {{1}, {6}}, 5, false},
        {"at one position", {{7}, {7}}, 5, false},
        {"at one position, but again near it", {{7}, {7, 9}}, 5, true},
        {"at one position, but again too far", {{7}, {7, 19}}, 5, false},
        {"the same word twice", {{4, 8}, {4, 8}}, 5, true},
        {"two positions for three words", {{1, 2}, {1, 2}, {1, 2}}, 9, false},
        {"each gives way to another", {{1, 2}, {1}, {2, 3}}, 3, true},
        {"a second window", {{1, 50}, {20, 52}, {90, 51}}, 3, true},
        {"at the end of all numbers", {{last - 1}, {last}}, 2, true},
        {"the widest window", {{0}, {last}}, last, false},
    };
    for (const auto& [what, words, window, expected] : cases) {
        INFO(what);
        CHECK(has_near(words, window) == expected);
    }
}

TEST_CASE("phrases and near words are those that trying everything finds", "[phrase]") {
    Random random;
    std::size_t phrases = 0, near = 0;
    for (int round = 0; round < 20000; ++round) {
        const Words words = random.words();
        const std::uint32_t window = random.below(12);
        INFO(told(words) << "window " << window);
        const bool is_there = has_phrase(words, random.engine());
        REQUIRE(is_there == is_phrase(words));
        REQUIRE(has_near(words, window) == is_near(words, window));
        phrases += is_there ? 1 : 0;
        near += has_near(words, window) ? 1 : 0;
    }
    CHECK(phrases > 100);
    CHECK(near > 100);
}

TEST_CASE("positions that several spellings gave are put in order, each once", "[phrase]") {
    Positions positions{4, 9, 2, 4, 30, 1};
    settle(positions);
    CHECK(positions == Positions{1, 2, 4, 9, 30});
    settle(positions);
    CHECK(positions == Positions{1, 2, 4, 9, 30});
}

// Of a hostile text: words in all of its positions, and one word as often as NEAR takes words.
TEST_CASE("near words that share their positions take no longer than the text is long", "[phrase]") {
    Words sparse(8);
    for (Positions& word : sparse)
        for (std::uint32_t position = 0; position < 2000000; position += 9) word.push_back(position);
    CHECK(!has_near(sparse, 58));
    CHECK(has_near(sparse, 64));
    std::mt19937 random;
    CHECK(!has_phrase(sparse, random));
}
