#include <algorithm>
#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>

#include "izde/names/aliases.hpp"
#include "izde/text/analyze.hpp"

namespace {

using namespace izde::names;

const Aliases& starter() {
    static const Aliases aliases = [] {
        auto parsed = parse_aliases(starter_aliases(), "starter");
        INFO((parsed ? "" : parsed.error().message));
        REQUIRE(parsed);
        return *std::move(parsed);
    }();
    return aliases;
}

std::vector<Word> query(std::string_view text) {
    return words_of(izde::text::analyze(text, "und"));
}

}  // namespace

TEST_CASE("the starter aliases are the file in the tree", "[starter]") {
    std::ostringstream file;
    file << std::ifstream(std::string(IZDE_ROOT) + "/lib/names/aliases.txt").rdbuf();
    CHECK(starter_aliases() == file.str());
}

TEST_CASE("there are enough starter groups, each of a kind", "[starter]") {
    CHECK(starter().groups().size() >= 170);
    for (const Group& group : starter().groups()) {
        INFO(group.label);
        CHECK(group.label.find('/') != std::string::npos);
    }
}

TEST_CASE("no two starter groups have one label", "[starter]") {
    std::vector<std::string> labels;
    for (const Group& group : starter().groups()) labels.push_back(group.label);
    std::ranges::sort(labels);
    const auto twin = std::ranges::adjacent_find(labels);
    INFO((twin == labels.end() ? "" : *twin));
    CHECK(twin == labels.end());
}

TEST_CASE("each starter member finds its own group, letter by letter", "[starter]") {
    for (const Group& group : starter().groups())
        for (const Member& member : group.members) {
            INFO(group.label << ": " << member.text);
            const auto matches = starter().find(member.words, 0);
            const auto own = std::ranges::find(matches, &group, &Match::group);
            REQUIRE(own != matches.end());
            CHECK(own->exact);
        }
}

TEST_CASE("no starter member is one Han character or fewer than three letters of another script",
          "[starter]") {
    for (const Group& group : starter().groups())
        for (const Member& member : group.members) {
            INFO(group.label << ": " << member.text);
            const bool han = static_cast<unsigned char>(member.text.front()) >= 0xE3;
            CHECK((han ? member.words.size() >= 2
                       : member.words.size() > 1 ||
                             izde::text::analyze(member.text, "und")[0].folded.size() >= 3));
        }
}

TEST_CASE("common words are not starter members", "[starter]") {
    for (const std::string_view word :
         {"who",    "us",     "it",     "oral",   "inflation", "воз",    "опек",  "газа",
          "верный", "дружба", "аманат", "canton", "roma",      "road",   "belt",  "пояс",
          "путь",   "abe",    "ван",    "ли",     "один",      "sultan", "march", "union"}) {
        const auto matches = starter().find(query(word), 0);
        INFO(word << " is " << (matches.empty() ? "" : matches[0].group->label));
        CHECK(matches.empty());
    }
}

TEST_CASE("Nur-Sultan is Astana in its years only", "[starter]") {
    const auto matches = starter().find(query("Astana"), 0);
    const auto astana = std::ranges::find_if(
        matches, [](const Match& match) { return match.group->label == "place/astana"; });
    REQUIRE(astana != matches.end());
    const auto& members = astana->group->members;
    const auto then = std::ranges::find(members, "Nur-Sultan", &Member::text);
    REQUIRE(then != members.end());
    CHECK(then->years == Years{2019, 2022});
    CHECK(members.front().years == Years{});
}
