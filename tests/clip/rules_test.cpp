// The rule files themselves, and how their phrases are found.
#include <filesystem>
#include <fstream>
#include <set>

#include <catch2/catch.hpp>

#include "izde/text/letters.hpp"

#include "clip/rules.hpp"

using namespace izde;
using clip::Role;
using clip::Roles;

namespace {

std::vector<std::string> lines_of_rule_files() {
    std::vector<std::string> lines;
    for (const auto& file : std::filesystem::directory_iterator(IZDE_ROOT "/indexer/clip/rules")) {
        std::ifstream in(file.path());
        bool months = false;
        for (std::string line; std::getline(in, line);) {
            if (line.starts_with('[')) months = line == "[months]";
            if (!line.empty() && !line.starts_with('#') && !line.starts_with('[') && !months)
                lines.push_back(line);
        }
    }
    return lines;
}

}  // namespace

TEST_CASE("the rule files hold nothing wrong", "[clip]") {
    for (const std::string& error : clip::rule_errors()) FAIL_CHECK(error);
}

TEST_CASE("every line of the rule files is found at its own text", "[clip]") {
    const auto lines = lines_of_rule_files();
    REQUIRE(lines.size() > 2000);
    for (const std::string& line : lines) {
        const std::string text = text::comparable(line).text;
        const auto hits = clip::find_phrases(text, Roles::all());
        const bool found = std::ranges::any_of(
            hits, [&](const clip::Hit& hit) { return hit.begin == 0 && hit.end == text.size(); });
        if (!found) FAIL_CHECK(line);
    }
}

TEST_CASE("every month is known by a name in each language", "[clip]") {
    for (const char* months :
         {"january february march april may june july august september october november december",
          "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
          "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
          "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
          "januar februar märz april mai juni juli august september oktober november dezember"}) {
        std::string_view rest = months;
        for (int number = 1; number <= 12; ++number) {
            const std::string name(rest.substr(0, rest.find(' ')));
            rest.remove_prefix(std::min(name.size() + 1, rest.size()));
            CAPTURE(name);
            const auto* phrase = clip::find_phrase(text::comparable(name).text, Role::month);
            REQUIRE(phrase != nullptr);
            CHECK(phrase->number == number);
        }
    }
}

TEST_CASE("phrases are whole words, whatever case and quotation marks, Chinese ones stand anywhere",
          "[clip]") {
    CHECK(clip::is_phrase("READ ALSO", Role::starts) == clip::is_phrase("read also", Role::starts));
    CHECK(clip::is_phrase("Monday", Role::weekday));
    CHECK_FALSE(clip::is_phrase("Mondays", Role::weekday));
    CHECK(clip::phrase_size("Reuters, London", Role::agency) == 7);
    CHECK(clip::phrase_size("Reutersville", Role::agency) == 0);
    CHECK(clip::phrase_size("新华社北京", Role::agency) == 9);
    CHECK(clip::phrase_size("", Role::agency) == 0);
    CHECK(clip::phrase_at("by reuters", 3, Role::agency).end == 10);
    CHECK(clip::phrase_at("by reuters", 10, Role::agency).phrase == nullptr);
}

TEST_CASE("no more phrases are found than asked for", "[clip]") {
    std::string line;
    for (int i = 0; i < 500; ++i) line += "monday ";
    CHECK(clip::find_phrases(line, {Role::weekday}).size() == 256);
    CHECK(clip::find_phrases(line, {Role::weekday}, 3).size() == 3);
}

TEST_CASE("only phrases of the roles asked for are found", "[clip]") {
    const auto roles_in = [](const clip::Roles wanted) {
        std::vector<Role> roles;
        for (const clip::Hit& hit : clip::find_phrases("by reuters on monday", wanted))
            if (roles.empty() || roles.back() != hit.phrase->role) roles.push_back(hit.phrase->role);
        return roles;
    };
    CHECK(roles_in({Role::agency}) == std::vector{Role::agency});
    CHECK(roles_in({Role::agency, Role::weekday}) == std::vector{Role::agency, Role::weekday});
    CHECK(roles_in({Role::surname}).empty());
    CHECK(clip::phrase_at("monday", 0, {Role::agency, Role::weekday}).end == 6);
    CHECK(clip::phrase_at("monday", 0, {Role::agency, Role::byline}).phrase == nullptr);
}

TEST_CASE("a month is known in any case", "[clip]") {
    for (const auto& [word, month] : {std::pair("may", 5),
                                      {"mayis'ta", 5},
                                      {"mayor", 0},
                                      {"января", 1},
                                      {"наурызда", 3},
                                      {"ja", 0},
                                      {"", 0}}) {
        CAPTURE(word);
        CHECK(clip::month_of(word) == month);
    }
}
