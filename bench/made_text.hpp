// Texts made from a seed, so that a figure can be repeated anywhere.
#pragma once

#include <random>
#include <string>
#include <vector>

namespace izde::bench {

// A vocabulary whose words follow Zipf's law, made of syllables of the script and of endings.
class Text {
  public:
    Text(unsigned seed, std::vector<std::string> syllables, std::vector<std::string> endings, bool spaced);

    const std::string& word();
    std::string make(std::size_t words);

  private:
    const std::string& one_of(const std::vector<std::string>& parts) {
        return parts[random_() % parts.size()];
    }

    std::mt19937 random_;
    std::vector<std::string> syllables_, endings_, words_;
    bool spaced_;
};

Text english();
Text russian();
Text kazakh();
Text chinese();

}  // namespace izde::bench
