#include "text/stem.hpp"

#include <xapian.h>

#include "izde/text/language.hpp"

namespace izde::text {

struct Stemmer::State {
    Xapian::Stem snowball;
};

Stemmer::Stemmer(std::string_view lang) {
    const LanguageRules* rules = find_language(lang);
    if (rules != nullptr && !rules->stemmer.empty())
        state_ = std::make_unique<State>(State{Xapian::Stem(std::string(rules->stemmer))});
}

Stemmer::~Stemmer() = default;

std::string Stemmer::stem(const std::string& word) const {
    return state_ ? state_->snowball(word) : word;
}

}  // namespace izde::text
