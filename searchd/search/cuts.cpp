#include "search/cuts.hpp"

#include <array>
#include <string_view>

namespace izde::search {
namespace {

struct Sentence {
    std::string_view text;
    bool by_time;
};

// In the order of Cut.
constexpr std::array<Sentence, static_cast<std::size_t>(Cut::count)> sentences_of{{
    {"The search took too long and was ended; these are the best hits found until then.", true},
    {"There was no time to look for documents that have only some of the words.", true},
    {"There was no time to count the matches; the total is an estimate.", true},
    {"The counts beside the filters are of some of the matches only, as there are too many.", false},
    {"There was no time to look for the words in all hits; some snippets show how a text begins.", true},
    {"Of very long texts only the first part was looked at for the snippet.", false},
    {"There was no time to read all hits; the last ones are left out.", true},
    {"There was no time to look for the document's place among the hits.", true},
    {"Not all that the document has of the words is listed.", false},
}};

}  // namespace

bool Cuts::timed_out() const {
    for (std::size_t i = 0; i < sentences_of.size(); ++i)
        if (made_.test(i) && sentences_of[i].by_time) return true;
    return false;
}

std::vector<std::string> Cuts::sentences() const {
    std::vector<std::string> sentences;
    for (std::size_t i = 0; i < sentences_of.size(); ++i)
        if (made_.test(i)) sentences.emplace_back(sentences_of[i].text);
    return sentences;
}

}  // namespace izde::search
