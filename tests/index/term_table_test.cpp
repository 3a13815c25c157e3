#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "index/term_table.hpp"

using izde::index::TermTable;

TEST_CASE("each term has a number of its own, whatever its bytes and however long it is", "[index]") {
    std::vector<std::string> terms{"\xFFx", "Казахстан", "Казахстана", std::string(245, 'x')};
    for (std::size_t length = 0; length < 12; ++length) {
        terms.push_back(std::string(length, 'a'));
        terms.push_back(std::string(length, '\0') + "b");
        // What a table might take for a short term and its length.
        for (char last = 0; last < 12; ++last)
            terms.push_back(std::string("ab").append(length, '\0').append(1, last).append("c"));
    }
    for (int i = 0; i < 20'000; ++i) terms.push_back("term" + std::to_string(i));
    TermTable table;
    for (std::uint32_t number = 0; number < terms.size(); ++number) {
        REQUIRE(table.number_of(terms[number]) == number);
    }
    for (std::uint32_t number = 0; number < terms.size(); ++number) {
        REQUIRE(table.number_of(terms[number]) == number);
        REQUIRE(table.term(number) == terms[number]);
    }
    CHECK(table.size() == terms.size());
}
