// Which words of known passages are still in a text, and which of its words are nobody's.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace izde::bench {

// Letters and digits in runs; a character of a script without spaces is a word of its own.
std::vector<std::string> words_of(const std::string& utf8);

// A text from which passages are taken. What one has taken is not there for the next, so that a
// caption printed twice must be found twice.
class Remains {
  public:
    explicit Remains(const std::string& text) : words_(words_of(text)), taken_(words_.size(), false) {}

    // How many of the passage's words stand in what remains, in runs of at least three (or of the whole
    // passage); they are taken.
    std::size_t take(const std::vector<std::string>& passage);

  private:
    std::size_t run_at(std::size_t at, const std::vector<std::string>& passage, std::size_t from) const;

    std::vector<std::string> words_;
    std::vector<bool> taken_;
};

}  // namespace izde::bench
