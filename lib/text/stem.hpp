// What the inflected forms of a word share.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace izde::text {

// The stemmer of one language, for one thread. Languages without one keep words as they are.
class Stemmer {
  public:
    explicit Stemmer(std::string_view lang);
    ~Stemmer();

    // `word` as fold_case leaves it.
    std::string stem(const std::string& word) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace izde::text
