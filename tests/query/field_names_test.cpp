// Fields that name somebody or somewhere, asked in one spelling and met in another.
#include <algorithm>

#include <catch2/catch.hpp>

#include "query/variants.hpp"
#include "search/searcher.hpp"
#include "support/replies.hpp"
#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"

using namespace izde;
using namespace izde::tests;

namespace {

index::Document written(std::size_t number, const std::string& place, const std::string& author) {
    auto document = make_document(number, "", "A text of nobody. Many call Tokayev Токаев.");
    document.place = place;
    document.author = author;
    return document;
}

const search::Searcher& searcher() {
    static const TempDir dir;
    static const auto started = [] {
        auto of_2020 = written(8, "Nur-Sultan", "");
        of_2020.date = {"2020-05-06", index::Precision::day, "text", ""};
        auto of_2000 = written(9, "Nur-Sultan", "");
        of_2000.date = {"2000-05-06", index::Precision::day, "text", ""};
        publish(dir.path(), {written(1, "Ürümqi", "K. Tokayev"), written(2, "Урумчи", "К. Токаев"),
                             written(3, "乌鲁木齐", "马兴瑞"), written(4, "Үрімжі", "Ma Xingrui"),
                             written(5, "Almaty", "Ma Long"), written(6, "New York", "Xingrui Ma, Anna York"),
                             written(7, "Астана", ""), of_2020, of_2000});
        return search::Searcher::start(dir.path(), expect(query::load_aliases({})));
    }();
    return *started;
}

search::Reply ask(const std::string& text, bool variants = true) {
    search::Request request;
    request.text = text;
    request.variants = variants;
    return expect(searcher().search(request));
}

}  // namespace

TEST_CASE("a place or an author is found under its other names, whichever was typed", "[query]") {
    using Numbers = std::vector<std::size_t>;
    for (const auto& [text, numbers] : std::vector<std::pair<std::string, Numbers>>{
             {"place:Urumqi", {1, 2, 3, 4}},
             {"place:Урумчи", {1, 2, 3, 4}},
             {"place:Үрімжі", {1, 2, 3, 4}},
             {"place:乌鲁木齐", {1, 2, 3, 4}},
             {"nobody place:Urumqi", {1, 2, 3, 4}},
             {"place:(Urumqi OR Almaty)", {1, 2, 3, 4, 5}},
             {"nobody -place:Urumqi", {5, 6, 7, 8, 9}},
             {"place:Astana", {7, 8}},
             {"place:\"New York\"", {6}},
             {"author:Tokayev", {1, 2}},
             {"author:Токаев", {1, 2}},
             {"author:(K. Tokayev)", {1}},
             {"author:(Ma Xingrui)", {3, 4, 6}},
             {"author:马兴瑞", {3, 4, 6}},
             {"author:(Ma -Xingrui)", {5}},
             {"author:Tokayev place:Urumqi", {1, 2}},
             // Just these spellings.
             {"place:\"Urumqi\"", {1}},
             {"author:\"Ma Xingrui\"", {4, 6}},
             {"author:\"Tokayev\"", {1}},
             {"place:=Urumqi", {1}},
             {"author:=Токаев", {2}},
         }) {
        CAPTURE(text);
        CHECK(set_of(ask(text)) == numbered(numbers));
    }
}

TEST_CASE("fields are not widened where names are not to be", "[query]") {
    CHECK(set_of(ask("place:Urumqi", false)) == numbered({1}));
    CHECK(set_of(ask("author:Токаев", false)) == numbered({2}));
    CHECK(ask("place:Urumqi", false).expansions.empty());

    search::Request request;
    request.filters[index::Facet::place] = {"Urumqi"};
    CHECK(set_of(expect(searcher().search(request))) == numbered({1}));
}

TEST_CASE("what a field was widened by is told with its name", "[query]") {
    const auto told = ask("place:Urumqi place:Urumqi author:Tokayev Almaty").expansions;
    const auto of = [&](const std::string& term) {
        REQUIRE(std::ranges::count(told, term, &query::Expansion::term) == 1);
        return *std::ranges::find(told, term, &query::Expansion::term);
    };
    const auto has = [](const query::Expansion& one, const std::string& name) {
        return std::ranges::count(one.also, name) == 1;
    };

    CHECK(of("place:Urumqi").why == "alias:place/urumqi");
    for (const auto* name : {"Урумчи", "Үрімжі", "乌鲁木齐"}) CHECK(has(of("place:Urumqi"), name));
    CHECK_FALSE(has(of("place:Urumqi"), "Urumqi"));
    CHECK_FALSE(has(of("place:Urumqi"), "Ürümqi"));
    CHECK(has(of("author:Tokayev"), "Токаев"));
    CHECK(ask("place:Nowhere lang:en source:Urumqi path:Urumqi").expansions.empty());
}

TEST_CASE("a value of any text is a field's value", "[query]") {
    std::string long_value;
    for (int i = 0; i < 400; ++i) long_value += "Astana-Urumqi ";
    for (const auto& text :
         std::vector<std::string>{"place:\"\"", "place:-", "place:\"...\"", "place:()", "place:(-Urumqi)",
                                  "place:Uru*", "author:\"的\"", "place:\"" + long_value + "\"",
                                  "author:(" + long_value + ")", "place:\"\xFF\xFE\""}) {
        CAPTURE(text.substr(0, 40));
        CHECK_NOTHROW(ask(text));
    }
}
