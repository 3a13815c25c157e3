// What a search warns of has a code, and each code a sentence in every language of the page.
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "http/form.hpp"
#include "http/routes.hpp"
#include "http/schemas.hpp"
#include "http/words.hpp"
#include "query/warnings.hpp"
#include "search/cuts.hpp"
#include "support/fake_service.hpp"

using namespace izde;
using izde::http::Message;
using izde::http::Params;
using izde::http::Words;
using izde::tests::FakeService;
using Json = nlohmann::json;

namespace {

// One of each kind, about something wherever it can be.
std::vector<query::Warning> every_warning() {
    query::Warnings warnings;
    for (std::size_t i = 0; i < static_cast<std::size_t>(query::Trouble::count); ++i)
        warnings.add(static_cast<query::Trouble>(i), "<THIS>");
    auto all = warnings.take();
    search::Cuts cuts;
    for (std::size_t i = 0; i < static_cast<std::size_t>(search::Cut::count); ++i)
        cuts.add(static_cast<search::Cut>(i));
    for (auto& one : cuts.warnings()) all.push_back(std::move(one));
    return all;
}

Words words_in(std::string_view tongue) {
    return Words::of({.params = {{"hl", std::string(tongue)}}});
}

Json answer_to(const FakeService& service, const std::string& path, Params params) {
    const http::Assets none;
    return Json::parse(
        http::handle(service, none, {.method = "GET", .path = path, .params = std::move(params)}).body);
}

}  // namespace

TEST_CASE("each kind of warning has a code of its own, which the description of the interface lists",
          "[http][warnings]") {
    std::set<std::string> codes;
    for (const auto& warning : every_warning()) {
        CHECK_FALSE(warning.text.empty());
        CHECK(codes.emplace(warning.code).second);
    }
    CHECK(codes.size() ==
          static_cast<std::size_t>(query::Trouble::count) + static_cast<std::size_t>(search::Cut::count));
    CHECK(codes.contains(std::string(query::code_of(query::Trouble::bad_date))));
    CHECK(codes.contains(std::string(search::code_of(search::Cut::total))));

    const auto schema = Json::parse(http::schemas());
    const auto listed =
        schema.at("schemas").at("WarningCodes").at("items").at("properties").at("code").at("enum");
    CHECK(listed.get<std::set<std::string>>() == codes);
    CHECK(listed.size() == codes.size());
}

TEST_CASE("every warning is said in every language of the page, about the same", "[http][warnings]") {
    for (const auto& warning : every_warning()) {
        std::set<std::string> said;
        for (const auto& [tongue, name] : Words::tongues) {
            CAPTURE(warning.code, tongue);
            const auto sentence = words_in(tongue).warning(warning);
            CHECK((sentence.find("<THIS>") != std::string::npos) == !warning.about.empty());
            CHECK(sentence.find("{x}") == std::string::npos);
            CHECK(said.insert(sentence).second);
        }
        CHECK(words_in("en").warning(warning) == warning.text);
    }
}

TEST_CASE("a kind of warning that a language does not know is said in English", "[http][warnings]") {
    CHECK(words_in("kk").warning({"of_tomorrow", "it", "Something about it."}) == "Something about it.");
}

TEST_CASE("an answer has the sentences, and beside them codes in the same order", "[http][warnings]") {
    FakeService service;
    service.reply.warnings = {{"bad_date", "date:x", "“date:x” is no date."}, {"no_words", "", "No word."}};
    service.explanation.warnings = service.reply.warnings;
    service.explanation.document.id = "00000000000000aa";

    for (const auto& [path, params] : std::vector<std::pair<std::string, Params>>{
             {"/api/v1/search", {{"q", "a"}}},
             {"/api/v1/explain", {{"q", "a"}, {"id", "00000000000000aa"}}}}) {
        const auto query = answer_to(service, path, params).at("query");
        CHECK(query.at("warnings") == Json({"“date:x” is no date.", "No word."}));
        CHECK(
            query.at("warning_codes") ==
            Json::parse(R"([{"code": "bad_date", "about": "date:x"}, {"code": "no_words", "about": null}])"));
    }
}
