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

    void clear() {
        seen = occurrences = lower = capital = start = 0;
        langs.clear();
    }
};

// Words, and the characters of scripts without spaces, but not their pairs; by the numbers that a table gives
// them, which may hold other terms as well.
class NumberedCounts {
  public:
    using Numbers = std::span<const std::uint32_t>;  // of the tokens

    void add(std::span<const text::Token> tokens, Numbers numbers);

    // Words of furniture are known, but do not count as occurring.
    void note(std::span<const text::Token> tokens, Numbers numbers);

    // In order of folded, then exact spelling. `order`: words.sorted(). Throws
    // std::filesystem::filesystem_error.
    void write(const TermTable& words, const std::vector<std::uint32_t>& order,
               const std::filesystem::path& file) const;

  private:
    // Nearly all words are seen in one language: so much of one is touched at once.
    struct Count {
        std::uint32_t seen = 0, occurrences = 0, lower = 0, capital = 0, start = 0;
        WordCount::Lang lang;          // the first one; `seen` 0: none
        std::uint32_t more_langs = 0;  // where they begin in langs_, and 1
    };
    struct MoreLang {
        WordCount::Lang lang;
        std::uint32_t next = 0;  // and 1
    };

    void make_room(Numbers numbers);
    Count& see(const text::Token& token, std::uint32_t number);
    void see_other_lang(Count& count, std::uint32_t row);
    WordCount count_of(std::uint32_t number) const;

    std::vector<Count> counts_;    // by the number of the word
    std::vector<MoreLang> langs_;  // chains, in any order
};

// The same with a table of its own.
class WordCounts {
  public:
    void add(std::span<const text::Token> tokens);
    void note(std::span<const text::Token> tokens);
    void write(const std::filesystem::path& file) const { counts_.write(words_, words_.sorted(), file); }

  private:
    TermTable words_;
    NumberedCounts counts_;
    std::vector<std::uint32_t> numbers_;
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
