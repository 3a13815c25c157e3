#include "izde/text/stem.hpp"

#include <optional>
#include <utility>

#include <xapian.h>

#include "izde/text/language.hpp"

#include "text/english.hpp"
#include "text/fold.hpp"
#include "text/kazakh.hpp"
#include "text/russian.hpp"
#include "text/turkish.hpp"

namespace izde::text {
namespace {

std::string stem_in(std::string_view lang, const std::string& word,
                    const std::optional<Xapian::Stem>& snowball) {
    if (lang == "kk") return stem_kazakh(word);
    if (lang == "tr") return stem_turkish(word);
    std::string stem = (*snowball)(word);
    if (lang == "ru") return stem_russian(word, stem);
    if (lang == "en") return stem_english(word, std::move(stem));
    return stem;
}

}  // namespace

struct Stemmer::State {
    std::string_view lang;
    std::optional<Xapian::Stem> snowball;  // none where the stemmer is our own
};

Stemmer::Stemmer(std::string_view lang) {
    const LanguageRules* rules = find_language(lang);
    if (rules == nullptr || rules->stemmer.empty()) return;
    state_ = std::make_unique<State>(State{rules->code, std::nullopt});
    if (rules->code != "kk" && rules->code != "tr")
        state_->snowball = Xapian::Stem(std::string(rules->stemmer));
}

Stemmer::Stemmer(Stemmer&&) noexcept = default;
Stemmer& Stemmer::operator=(Stemmer&&) noexcept = default;
Stemmer::~Stemmer() = default;

std::string Stemmer::stem(const std::string& exact) const {
    std::string stem = fold_accents(state_ ? stem_in(state_->lang, exact, state_->snowball) : exact);
    if (stem.empty()) stem = fold_accents(exact);
    cut_to_token(stem);
    return stem;
}

}  // namespace izde::text
