// What the vocabulary tells of a word: how often it stands, whether it is a name, what it is a form of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "index/words.hpp"

namespace izde::index {

// Makes a VocabularyFile of counted words, which come in their order; what they are found by is worked out
// on another thread. Called from one thread. Throws as VocabularyFile, and std::runtime_error where an
// earlier vocabulary ends early.
class VocabularyMaker {
  public:
    // `documents_by_lang`: as for write_words.
    VocabularyMaker(const std::filesystem::path& target,
                    const std::map<std::string, std::uint64_t>& documents_by_lang);
    VocabularyMaker(const VocabularyMaker&) = delete;
    VocabularyMaker& operator=(const VocabularyMaker&) = delete;
    ~VocabularyMaker();  // waits for its thread

    void add(const std::string& exact, const WordCount& count);

    // Before any word: take_over() those that an earlier vocabulary had, if it is sound, and words without a
    // language are taken for the same ones there.
    void build_on(const std::filesystem::path& earlier,
                  const std::map<std::string, std::uint64_t>& documents_by_lang);
    // A word that had this number there, and is as it was; with no number of that vocabulary it is added.
    void take_over(const std::string& exact, const WordCount& count, std::size_t earlier);

    void write();  // once, when all were added

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace izde::index
