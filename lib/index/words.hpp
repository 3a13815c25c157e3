// What a build learns of the words it writes: counted a batch at a time, merged, and made the
// vocabulary in the end, so that memory stays bounded by a batch's words until then.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "izde/text/token.hpp"

#include "index/term_table.hpp"

namespace izde::index {

// Sums, so that what is removed from an index can be taken off them. Saturating.
struct WordCount {
    std::uint32_t seen = 0, occurrences = 0;          // anywhere; and not in furniture
    std::uint32_t lower = 0, capital = 0, start = 0;  // capitals where a sentence may begin are `start`
    struct Lang {
        std::uint32_t row = 0;  // of text::languages()
        std::uint32_t seen = 0;
    };
    std::vector<Lang> langs;  // by row, none of them 0
};

// How many words before its own turn one is told of that fits no cache.
constexpr std::size_t words_ahead = 6;

// Words, and the characters of scripts without spaces, but not their pairs.
class WordCounts {
  public:
    void add(std::span<const text::Token> tokens);

    // Words of furniture are known, but do not count as occurring.
    void note(std::span<const text::Token> tokens);

    // In order of folded, then exact spelling. Throws std::filesystem::filesystem_error.
    void write(const std::filesystem::path& file) const;

  private:
    WordCount& see(const text::Token& token);

    TermTable words_;
    std::vector<WordCount> counts_;  // by the number of the word
};

// Makes one file of several: the sums of the first ones, however many, less those in `without`. Its
// neighbours TARGET.N are its own meanwhile. Throws std::filesystem::filesystem_error.
void merge_words(const std::vector<std::filesystem::path>& files,
                 const std::vector<std::filesystem::path>& without, const std::filesystem::path& target);

// Merges `files` to `words`, and makes the file `vocabulary` of them; what words are found by is worked out
// on another thread. `documents_by_lang` settles what a word is taken for that was only seen where no
// language was known: one of the commonest language of its script.
void write_words(const std::vector<std::filesystem::path>& files, const std::filesystem::path& words,
                 const std::filesystem::path& vocabulary,
                 const std::map<std::string, std::uint64_t>& documents_by_lang);

// What write_words made of an index before, to be changed.
struct EarlierWords {
    std::filesystem::path words, vocabulary;
    const std::map<std::string, std::uint64_t>& documents_by_lang;
};

// Makes both of what it makes of `before` with `come` and without `gone`, to the byte; but what a word is
// found by is taken over where its counts are as they were. `come` and `gone` are merged beside themselves.
void revise_words(const EarlierWords& before, const std::vector<std::filesystem::path>& come,
                  const std::vector<std::filesystem::path>& gone, const std::filesystem::path& words,
                  const std::filesystem::path& vocabulary,
                  const std::map<std::string, std::uint64_t>& documents_by_lang);

}  // namespace izde::index
