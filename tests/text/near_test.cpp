#include <algorithm>
#include <string>

#include <catch2/catch.hpp>

#include "izde/text/near.hpp"

using izde::text::Neighbourhood;
using izde::text::sketch_of;
using izde::text::with_other_beginning;

namespace {

double cost(std::string_view typed, std::string_view meant) {
    return Neighbourhood(typed, 2).distance_to(meant).value().cost;
}
std::size_t edits(std::string_view typed, std::string_view meant, std::size_t most = 2) {
    const auto distance = Neighbourhood(typed, most).distance_to(meant);
    return distance ? distance->edits : 99;
}

}  // namespace

TEST_CASE("a letter changed, left out, put in, or swapped with the next is one edit in any script",
          "[text]") {
    struct Row {
        const char *typed, *meant;
        std::size_t edits;
    };
    const Row rows[] = {
        {"exprots", "exports", 1},     {"petrolium", "petroleum", 1},
        {"comodity", "commodity", 1},  {"wheaat", "wheat", 1},
        {"xports", "exports", 1},      {"exprotss", "exports", 2},
        {"токаеф", "токаев", 1},       {"қазақстн", "қазақстан", 1},
        {"қзаақстн", "қазақстан", 2},  {"урмучи", "урумчи", 1},
        {"казакстан", "қазақстан", 2}, {"urumci", "ürümçi", 99},
        {"urumxi", "ürümqi", 1},       {"abcdef", "abcfed", 2},
        {"wheat", "wheat", 99},        {"urumqi", "ürümqi", 99},
        {"exports1", "exports", 1},    {"exports", "exports1", 99},
        {"kitten", "sitting", 99},     {"a", "b", 1},
    };
    for (const Row& row : rows) {
        CAPTURE(row.typed, row.meant);
        CHECK(edits(row.typed, row.meant) == row.edits);
    }
    CHECK(edits("exprotss", "exports", 1) == 99);
}

TEST_CASE("an edit that hands or ears make often costs less, one of the first letter more", "[text]") {
    CHECK(cost("exprots", "exports") < cost("exxorts", "exports"));
    CHECK(cost("comodity", "commodity") < cost("comodity", "comodityx"));
    CHECK(cost("whest", "wheat") < cost("whelt", "wheat"));
    CHECK(cost("petrolium", "petroleum") < cost("petrolxum", "petroleum"));
    CHECK(cost("казақстан", "қазақстан") < cost("маzақстан", "мазақстан"));
    CHECK(cost("zheat", "wheat") > cost("whzat", "wheat"));
}

TEST_CASE("no sketch hides a word that is near", "[text]") {
    const std::string words[] = {"wheat",      "exports", "petroleum", "қазақстан", "урумчи",  "ürümqi",
                                 "nazarbayev", "ελλαδα",  "乌鲁木齐",  "대한민국",  "şımkent", "mønster"};
    const std::string letters[] = {"a", "z", "q", "ұ", "я", "ü", "λ", "木", "한", "-"};
    for (const std::string& typed : words)
        for (std::size_t first = 0; first <= typed.size(); ++first)
            for (const std::string& one : letters)
                for (const std::string& other : letters)
                    for (const std::size_t most : {1u, 2u}) {
                        const std::string meant = other + typed.substr(0, first) + one +
                                                  typed.substr(std::min(typed.size(), first + one.size()));
                        const Neighbourhood near(typed, most);
                        CAPTURE(typed, meant, most);
                        if (near.distance_to(meant)) REQUIRE(near.may_be_near(sketch_of(meant)));
                    }
    CHECK_FALSE(Neighbourhood("wheat", 1).may_be_near(sketch_of("barley")));
    CHECK_FALSE(Neighbourhood("пшеница", 2).may_be_near(sketch_of("кукуруза")));
}

TEST_CASE("words of any bytes and any length are compared without harm", "[text]") {
    const std::string odd[] = {
        "", "\xFF\xFE", "\xD0", std::string(500, 'a'), std::string("\xE4\xB8", 2), "乌鲁木齐"};
    for (const std::string& a : odd)
        for (const std::string& b : odd) {
            const auto distance = Neighbourhood(a, 2).distance_to(b);
            CHECK((!distance || distance->edits <= 2));
            CHECK(with_other_beginning(a).size() < 200);
        }
}

TEST_CASE("a word with another first letter is among those that are tried", "[text]") {
    struct Row {
        const char *typed, *meant;
    };
    const Row rows[] = {{"sheat", "wheat"},        {"heat", "wheat"},          {"hweat", "wheat"},
                        {"xwheat", "wheat"},       {"казақстан", "қазақстан"}, {"азақстан", "қазақстан"},
                        {"акзахстан", "казахстан"}};
    for (const Row& row : rows) {
        CAPTURE(row.typed);
        const auto tried = with_other_beginning(row.typed);
        CHECK(std::count(tried.begin(), tried.end(), row.meant) > 0);
    }
}
