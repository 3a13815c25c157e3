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
    Stemmer(Stemmer&&) noexcept;
    Stemmer& operator=(Stemmer&&) noexcept;
    ~Stemmer();

    // A key to compare, not always a word; without accents on Latin letters, at most
    // max_token_bytes, never empty for a word that is not. `exact` as in Token.
    std::string stem(const std::string& exact) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace izde::text
