#include "query/name_forms.hpp"

#include <algorithm>
#include <utility>

#include "izde/text/language.hpp"
#include "izde/text/stem.hpp"

namespace izde::query {

std::vector<std::string> name_forms(const text::Token& token) {
    std::vector<std::string> forms{token.exact};
    for (const char* lang : {"en", "kk", "ru"})
        if (text::may_be_word_of(token.exact, lang)) forms.push_back(text::Stemmer(lang).stem(token.exact));
    return forms;
}

index::Query by_years(index::Query name, names::Years years) {
    if (years == names::Years{}) return name;
    const auto year = [](int number) {
        const std::string digits = std::to_string(number);
        return number == 0 ? std::string()
                           : std::string(4 - std::min<std::size_t>(4, digits.size()), '0') + digits;
    };
    return {
        index::AllOf{{std::move(name), {index::Dated{year(years.first), year(years.last), true}}}, {}, {}}};
}

}  // namespace izde::query
