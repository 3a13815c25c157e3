// Two texts side by side: one story printed twice, or two stories that look alike.
#pragma once

#include <cstddef>
#include <vector>

#include "izde/index/document.hpp"
#include "izde/text/words.hpp"

namespace izde::clip {

// What of a document is compared. Of a text longer than `longest_story` words, its beginning.
struct Story {
    std::vector<text::Word> title, body;
};
constexpr std::size_t longest_story = 50'000;
Story story_of(const index::Document& document);

// A Han character or Kana counts as half a word.
double length_of(const std::vector<text::Word>& words);

// How two texts agree when they are laid side by side, in words.
struct Likeness {
    double shorter = 0, longer = 0;
    double shared = 0;              // in runs of four and more that stand in the same order
    double skipped = 0;             // of the longer text, before the first shared run
    std::size_t edits = 0;          // places between shared runs where both texts have words, but others
    std::size_t other_numbers = 0;  // that stand there against each other
    double other_names = 0;         // as well; Chinese ones, which nothing marks, are half a guess
    bool other_day = false;         // numbers differ in the first words, where a dateline stands
    std::size_t numbers = 0;        // in the shared runs
    std::size_t figures = 0;        // of these, in digits
    bool titles = false;            // are (nearly) the same
};

// Symmetric. O(n log n) for n words, whatever they are.
Likeness compare(const Story& a, const Story& b);

// Too little to be known by: less than 30 words, or a table, where every third is in digits.
bool says_little(double words, std::size_t figures);

// A reprint differs by whole passages: a paragraph more or less, the end cut off (down to about half of
// the longer text), another dateline. Stories from one template, and news brought up to date, differ
// inside of equal sentences, by numbers and names; one correction in 150 words is forgiven, if other
// numbers stay. A text that is less than two thirds of the other must begin as it does, so that a brief
// is not folded into a round-up. Of few words, and of tables of numbers, the titles must agree as well.
bool is_same_story(const Likeness& likeness);

}  // namespace izde::clip
