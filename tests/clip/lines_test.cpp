// A text as lines and paragraphs.
#include <catch2/catch.hpp>

#include "clip/lines.hpp"

using namespace izde;
using clip::cut_into_units;

namespace {

std::vector<std::uint32_t> lines_of(std::string_view body) {
    std::vector<std::uint32_t> lines;
    for (const clip::Unit& unit : cut_into_units(body)) lines.push_back(unit.lines);
    return lines;
}

using Lines = std::vector<std::uint32_t>;

}  // namespace

TEST_CASE("lines of a mail cut at its width are one paragraph", "[clip]") {
    const std::string wrapped = "The council of the city met on Monday and agreed to build the bridge\n"
                                "before the snow melts in spring. Its head said that the money is there,\n"
                                "and that nobody has to pay more for it than in the year before this.\n"
                                "Boats may pass.\n";
    CHECK(lines_of(wrapped + "\n" + wrapped) == Lines{4, 4});
    CHECK(cut_into_units(wrapped)[0].text == wrapped.substr(0, wrapped.size() - 1));
}

TEST_CASE("Russian and Chinese mails cut at a width are paragraphs as well", "[clip]") {
    CHECK(lines_of("Совет города собрался в понедельник и решил построить мост через реку\n"
                   "к весне, пока не растаял снег. Глава города сказал, что деньги есть и\n"
                   "никому не придется платить больше, чем в прошлом году, и добавил, что\n"
                   "лодки смогут проходить.\n") == Lines{4});
    const std::string han = "市议会星期一召开会议同意在春天冰雪融化之前建成这座横跨河流的大桥议长说资金已经到"
                            "位没有人需要多付一分钱\n";
    CHECK(lines_of(han + han + han + "船只可以通过。\n") == Lines{4});
}

TEST_CASE("where lines are paragraphs each is its own unit", "[clip]") {
    const std::string line =
        "The council of the city met on Monday and agreed to build the bridge before the "
        "snow melts in spring, its head said in the hall.\n";
    CHECK(lines_of(line + line + "Boats may pass.\n" + line) == Lines{1, 1, 1, 1});
}

TEST_CASE("lines of a list are units, however alike", "[clip]") {
    CHECK(lines_of("- bread and milk\n- butter\n- a pound of salt\n- tea\n- sugar and flour\n") ==
          Lines{1, 1, 1, 1, 1});
    CHECK(lines_of("面包和牛奶\n黄油\n一磅盐\n茶叶\n") == Lines{1, 1, 1, 1});
}

TEST_CASE("an indented line begins a paragraph of a text cut at a width", "[clip]") {
    CHECK(lines_of("    The council of the city met on Monday and agreed to build the bridge\n"
                   "before the snow melts in spring. Its head said that the money is there, and\n"
                   "that nobody has to pay more for it than in the year before, as was feared by\n"
                   "    Boats may pass below it, and carts above, as the council promised them in\n"
                   "the spring of the year before this, and in the autumn of the same year again.\n") ==
          Lines{3, 2});
}

TEST_CASE("units say what they cover, and whether an empty line comes before", "[clip]") {
    const std::string body = "\n  One \xC2\xA0\nTwo\r\n \n\xC2\xA0\n\nThree";
    const auto units = cut_into_units(body);
    REQUIRE(units.size() == 3);
    CHECK(units[0].text == "One");
    CHECK(units[0].after_blank);
    CHECK(body.substr(units[0].begin, units[0].end - units[0].begin) == "  One \xC2\xA0\n");
    CHECK(units[1].text == "Two");
    CHECK_FALSE(units[1].after_blank);
    CHECK(units[2].text == "Three");
    CHECK(units[2].after_blank);
    CHECK(units[2].end == body.size());
    CHECK(cut_into_units("").empty());
    CHECK(cut_into_units(" \n\t\n\xC2\xA0").empty());
}

TEST_CASE("a full stop ends a sentence, an abbreviation's does not", "[clip]") {
    for (const char* line :
         {"The council met.", "He said: “The council met.”", "Совет собрался.", "Кеңес өтті.", "市议会开会。",
          "她说：“市议会开会。”", "Der Rat tagte.", "Meclis toplandı.»"}) {
        CAPTURE(line);
        CHECK(clip::ends_sentence(line));
    }
    for (const char* line :
         {"Council meets", "Council visits the U.S.", "A bridge, a ferry...", "Will it be built?",
          "Жизнь в 2024 г.", "By J. Smith Jr.", "", ".", "大桥将于春天建成"}) {
        CAPTURE(line);
        CHECK_FALSE(clip::ends_sentence(line));
    }
}

TEST_CASE("the first sentence ends behind its stop and closing quotes", "[clip]") {
    const std::pair<const char*, const char*> rows[] = {
        {"The council met. It agreed.", "The council met."},
        {"“The council met.” It agreed.", "“The council met.”"},
        {"Mr. Smith met Dr. Noe. They talked.", "Mr. Smith met Dr. Noe."},
        {"The bank paid 3.5 percent. It fell.", "The bank paid 3.5 percent."},
        {"Will it? It will.", "Will it?"},
        {"市议会开会。同意建桥。", "市议会开会。"},
        {"“市议会开会。”他说。", "“市议会开会。”"},
        {"No stop at all", "No stop at all"},
        {"", ""}};
    for (const auto& [text, sentence] : rows) {
        CAPTURE(text);
        CHECK(std::string_view(text).substr(0, clip::first_sentence_end(text)) == sentence);
    }
}
