#include "search/cuts.hpp"

#include <array>
#include <string>

namespace izde::search {
namespace {

struct Sentence {
    std::string_view code, text;
    bool by_time;
};

// In the order of Cut.
constexpr std::array<Sentence, static_cast<std::size_t>(Cut::count)> sentences_of{{
    {"search_cut", "The search took too long and was ended; these are the best hits found until then.", true},
    {"partial_cut", "There was no time to look for documents that have only some of the words.", true},
    {"total_cut", "There was no time to count the matches; the total is an estimate.", true},
    {"facets_cut", "The counts beside the filters are of some of the matches only, as there are too many.",
     false},
    {"snippets_cut",
     "There was no time to look for the words in all hits; some snippets show how a text begins.", true},
    {"long_text_cut", "Of very long texts only the first part was looked at for the snippet.", false},
    {"hits_cut", "There was no time to read all hits; the last ones are left out.", true},
    {"rank_cut", "There was no time to look for the document's place among the hits.", true},
    {"words_cut", "Not all that the document has of the words is listed.", false},
}};

}  // namespace

std::string_view code_of(Cut cut) {
    return sentences_of[static_cast<std::size_t>(cut)].code;
}

bool Cuts::timed_out() const {
    for (std::size_t i = 0; i < sentences_of.size(); ++i)
        if (made_.test(i) && sentences_of[i].by_time) return true;
    return false;
}

std::vector<query::Warning> Cuts::warnings() const {
    std::vector<query::Warning> warnings;
    for (std::size_t i = 0; i < sentences_of.size(); ++i)
        if (made_.test(i)) warnings.push_back({sentences_of[i].code, {}, std::string(sentences_of[i].text)});
    return warnings;
}

}  // namespace izde::search
