#include "text/stem.hpp"

#include <optional>

#include <xapian.h>

#include "izde/text/language.hpp"

#include "text/kazakh.hpp"
#include "text/russian.hpp"

namespace izde::text {

struct Stemmer::State {
    std::string_view lang;
    std::optional<Xapian::Stem> snowball;  // none for Kazakh, whose stemmer is our own
};

Stemmer::Stemmer(std::string_view lang) {
    const LanguageRules* rules = find_language(lang);
    if (rules == nullptr || rules->stemmer.empty()) return;
    state_ = std::make_unique<State>(State{rules->code, std::nullopt});
    if (rules->code != "kk") state_->snowball = Xapian::Stem(std::string(rules->stemmer));
}

Stemmer::~Stemmer() = default;

std::string Stemmer::stem(const std::string& word) const {
    if (!state_) return word;
    if (!state_->snowball) return stem_kazakh(word);
    std::string stem = (*state_->snowball)(word);
    return state_->lang == "ru" ? stem_russian(word, stem) : stem;
}

}  // namespace izde::text
