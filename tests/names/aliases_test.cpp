#include <random>
#include <string>

#include <catch2/catch.hpp>

#include "izde/names/aliases.hpp"
#include "izde/text/analyze.hpp"

namespace {

using namespace izde::names;

Aliases parsed(std::string_view text) {
    auto aliases = parse_aliases(text, "a.txt");
    REQUIRE(aliases);
    return *std::move(aliases);
}

std::vector<Word> query(std::string_view text, const MoreForms& more = {}) {
    return words_of(izde::text::analyze(text, "und"), more);
}

std::vector<std::string> labels(const std::vector<Match>& matches) {
    std::vector<std::string> all;
    all.reserve(matches.size());
    for (const Match& match : matches) all.push_back(match.group->label);
    return all;
}

std::string error(std::string_view text) {
    const auto aliases = parse_aliases(text, "my/aliases.txt");
    REQUIRE_FALSE(aliases);
    CHECK(aliases.error().code == izde::Errc::bad_argument);
    CHECK_FALSE(aliases.error().hint.empty());
    return aliases.error().message;
}

using Labels = std::vector<std::string>;

}  // namespace

TEST_CASE("a member finds the others of its line", "[aliases]") {
    const auto aliases = parsed("place: Ürümqi = Урумчи = 乌鲁木齐\n");
    for (const std::string_view text : {"urumqi", "Ürümqi", "УРУМЧИ", "乌鲁木齐"}) {
        INFO(text);
        const auto matches = aliases.find(query(text), 0);
        REQUIRE(matches.size() == 1);
        CHECK(matches[0].group->label == "place/urumqi");
        CHECK(matches[0].group->members.size() == 3);
        CHECK(matches[0].words == query(text).size());
        CHECK(matches[0].exact);
    }
}

TEST_CASE("a group is found at the word where its member begins", "[aliases]") {
    const auto aliases = parsed("Belt and Road = Один пояс, один путь = 一带一路");
    const auto words = query("the belt and road summit");
    CHECK(aliases.find(words, 0).empty());
    CHECK(labels(aliases.find(words, 1)) == Labels{"belt-and-road"});
    CHECK(aliases.find(words, 2).empty());
    CHECK(aliases.find(words, 99).empty());
    CHECK(aliases.find(query("belt and"), 0).empty());
    CHECK(labels(aliases.find(query("共建一带一路倡议"), 2)) == Labels{"belt-and-road"});
}

TEST_CASE("the longest member comes first", "[aliases]") {
    const auto aliases =
        parsed("place: Xinjiang = 新疆\nbody: Xinjiang Corps = Bingtuan\nterm: Xinjiang = Западный край\n");
    const auto matches = aliases.find(query("Xinjiang Corps"), 0);
    CHECK(labels(matches) == Labels{"body/xinjiang-corps", "place/xinjiang", "term/xinjiang"});
    CHECK(matches[0].words == 2);
    CHECK(matches[1].words == 1);
}

TEST_CASE("a spelling that the file lacks is met by its key, and said not to be exact", "[aliases]") {
    const auto aliases = parsed("person: Tokayev = 托卡耶夫");
    for (const std::string_view text : {"Токаев", "Тоқаев", "Toqaev", "Tokaiev"}) {
        INFO(text);
        const auto matches = aliases.find(query(text), 0);
        REQUIRE(matches.size() == 1);
        CHECK_FALSE(matches[0].exact);
    }
    CHECK(aliases.find(query("tokay"), 0).empty());
}

TEST_CASE("further forms, such as stems, meet as well", "[aliases]") {
    const MoreForms stems = [](const izde::text::Token& token) {
        return std::vector<std::string>{token.folded.substr(0, 6)};
    };
    const auto aliases = parse_aliases("Каспийское море = Caspian Sea", "a.txt", stems);
    REQUIRE(aliases);
    CHECK(aliases->find(query("каспийского моря"), 0).empty());
    const auto matches = aliases->find(query("каспийского моря", stems), 0);
    REQUIRE(matches.size() == 1);
    CHECK_FALSE(matches[0].exact);
}

TEST_CASE("years say when a member was the name", "[aliases]") {
    const auto aliases =
        parsed("Astana = Nur-Sultan [2019..2022] = Akmolinsk [..1961] = X1 [1997] = Y1 [ 2022 .. ]");
    const auto& members = aliases.groups()[0].members;
    REQUIRE(members.size() == 5);
    CHECK(members[0].years == Years{});
    CHECK(members[1].years == Years{2019, 2022});
    CHECK(members[1].text == "Nur-Sultan");
    CHECK(members[1].words.size() == 2);
    CHECK(members[2].years == Years{0, 1961});
    CHECK(members[3].years == Years{1997, 1997});
    CHECK(members[4].years == Years{2022, 0});
}

TEST_CASE("comments, blank lines, line ends of Windows and a byte order mark say nothing", "[aliases]") {
    const auto aliases = parsed("\xEF\xBB\xBF# names\r\n\r\n  \t\r\nC# language = Си шарп # a language\r\n");
    REQUIRE(aliases.groups().size() == 1);
    CHECK(aliases.groups()[0].members[0].text == "C# language");
    CHECK(aliases.groups()[0].members[1].text == "Си шарп");
    CHECK(parsed("").groups().empty());
}

TEST_CASE("a member may stand in several groups, and files are merged in their order", "[aliases]") {
    auto aliases = parsed("place: Jetisu = Semirechye");
    aliases.merge(parsed("body: Jetisu = Жетісу банкі\n"));
    CHECK(labels(aliases.find(query("jetisu"), 0)) == Labels{"place/jetisu", "body/jetisu"});
}

TEST_CASE("members that differ in case or accents only are one", "[aliases]") {
    const auto aliases = parsed("Ürümqi = URUMQI = Урумчи");
    CHECK(aliases.groups()[0].members.size() == 2);
}

TEST_CASE("a wrong line is an error that names file, line and what is wrong", "[aliases]") {
    CHECK(error("A1 = B1\n\nAstana\n") ==
          "my/aliases.txt:3: this line has one name only: a group needs two or more, with = between them");
    CHECK(error("Astana = ASTANA") ==
          "my/aliases.txt:1: this line joins nothing: its names differ in case or accents only");
    CHECK(error("# x\ncity: Astana = Астана") == "my/aliases.txt:2: this line begins with the unknown kind "
                                                 "\"city\": known are place, person, body and term");
    CHECK(error("Astana = Nur-Sultan [2022..2019]") ==
          "my/aliases.txt:1: this line has years that cannot be read: \"2022..2019\"");
    CHECK(error("Astana = Nur-Sultan [last year]") ==
          "my/aliases.txt:1: this line has years that cannot be read: \"last year\"");
    CHECK(error("Astana = Nur [2019] Sultan") == "my/aliases.txt:1: this line has a bracket that is not "
                                                 "around years at a name's end: \"Nur [2019] Sultan\"");
    CHECK(error("Astana = = Астана") == "my/aliases.txt:1: this line has a name missing beside an =");
    CHECK(error("Astana = Астана =") == "my/aliases.txt:1: this line has a name missing beside an =");
    CHECK(error("place: = Астана") == "my/aliases.txt:1: this line has a name missing beside an =");
    CHECK(error("Astana = !!!") ==
          "my/aliases.txt:1: this line has a name without a letter or digit: \"!!!\"");
    CHECK(error("A1 = B1\nA\x01 = B") == "my/aliases.txt:2: this line has a control character");
    CHECK(error("A1 = B1\n\n\nA\xFF = B") == "my/aliases.txt:4: this line is not UTF-8");
    CHECK(error(std::string("A1 = B1\n") + std::string(most_line_bytes + 1, 'a')) ==
          "my/aliases.txt:2: this line is longer than 4096 bytes");
}

TEST_CASE("what is too much is an error", "[aliases]") {
    std::string many = "a";
    for (std::size_t i = 0; i < most_members; ++i) many += "=b" + std::to_string(i);
    CHECK(error(many) == "my/aliases.txt:1: this line has more than 64 names");
    std::string wordy = "a = b";
    for (std::size_t i = 0; i < most_words; ++i) wordy += " c";
    CHECK(error(wordy).starts_with("my/aliases.txt:1: this line has a name of more than 16 words"));
    CHECK(error(std::string(most_file_bytes + 1, '\n')) == "my/aliases.txt is larger than 4 MiB");
}

TEST_CASE("any bytes are read or refused", "[aliases]") {
    std::mt19937 random(11);
    const std::vector<std::string> pieces{
        "a",  "b1", " = ",     "=",      "#",    " #",   "\n", "\r\n", "[",    "]", "2019",
        "..", ":",  "place: ", "Астана", "中国", "\xFF", "\t", " ",    "\x02", "'"};
    int read = 0;
    for (int round = 0; round < 5000; ++round) {
        std::string text;
        for (auto count = random() % 12; count > 0; --count) text += pieces[random() % pieces.size()];
        const auto aliases = parse_aliases(text, "f");
        if (!aliases) {
            CHECK_FALSE(aliases.error().message.empty());
            continue;
        }
        ++read;
        for (const Group& group : aliases->groups()) {
            CHECK(group.members.size() >= 2);
            for (const Member& member : group.members) {
                const auto matches = aliases->find(query(member.text), 0);
                CHECK_FALSE(matches.empty());
            }
        }
    }
    CHECK(read > 100);
}
