// What a build learns of the words it writes: counted a segment at a time, merged, and made the
// vocabulary in the end, so that memory stays bounded by a segment's words until then.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "izde/text/token.hpp"

namespace izde::index {

struct WordCount {
    // Saturating; `start` counts capitals where a sentence may begin.
    std::uint32_t occurrences = 0, lower = 0, capital = 0, start = 0;
    std::uint64_t langs = 0;  // a bit for each row of text::languages()
};

// Words, and the characters of scripts without spaces, but not their pairs.
class WordCounts {
  public:
    void add(const std::vector<text::Token>& tokens);

    // Words of furniture: their forms are known, but they do not count as occurring.
    void note(const std::vector<text::Token>& tokens);

    // In order of folded, then exact spelling. Throws std::filesystem::filesystem_error.
    void write(const std::filesystem::path& file) const;

  private:
    std::unordered_map<std::string, WordCount> words_;
};

// Makes one file of several and removes these.
void merge_words(const std::vector<std::filesystem::path>& files, const std::filesystem::path& target);

// `documents_by_lang` settles what a word is taken for that was only seen where no language was
// known: one of the commonest language of its script.
void write_vocabulary(const std::filesystem::path& words, const std::filesystem::path& target,
                      const std::map<std::string, std::uint64_t>& documents_by_lang);

}  // namespace izde::index
