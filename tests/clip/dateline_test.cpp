// The words a report begins with, in every style that dateline.hpp names, and what only looks so.
#include <catch2/catch.hpp>

#include "clip/dateline.hpp"

using izde::clip::read_dateline;

namespace {

struct Row {
    const char* dateline;
    const char* report;
    const char* place;
    const char* agency;
    const char* day;  // the date's text
};

const char* const council = "The council of the city met on Monday and agreed to build the bridge by spring.";
const char* const sovet = "Совет города собрался в понедельник и решил построить мост к весне.";
const char* const kenes = "Қала кеңесі дүйсенбі күні жиналып, көпірді көктемге дейін салуға келісті.";
const char* const rat =
    "Der Rat der Stadt tagte am Montag und beschloss, die Brücke bis zum Frühling zu bauen.";
const char* const meclis =
    "Belediye meclisi pazartesi günü toplandı ve köprünün bahara kadar yapılmasına karar verdi.";
const char* const huiyi = "市议会星期一召开会议，同意在春天冰雪融化之前建成这座横跨河流的大桥，议长说。";

}  // namespace

TEST_CASE("a dateline tells place, agency and day, and where the report begins", "[clip]") {
    const Row rows[] = {
        {"ASTANA – ", council, "Astana", "", ""},
        {"ASTANA — ", council, "Astana", "", ""},
        {"ASTANA - ", council, "Astana", "", ""},
        {"NUR-SULTAN – ", council, "Nur-Sultan", "", ""},
        {"NEW YORK, March 5 - ", council, "New York", "", "March 5"},
        {"LONDON, March 5 (Reuters) - ", council, "London", "Reuters", "March 5"},
        {"ST. PETERSBURG, March 5 (Reuters) - ", council, "St. Petersburg", "Reuters", "March 5"},
        {"WASHINGTON, D.C. (AP) — ", council, "Washington", "AP", ""},
        {"SYDNEY, Australia (AP) — ", council, "Sydney", "AP", ""},
        {"Rio de Janeiro (AFP) – ", council, "Rio de Janeiro", "AFP", ""},
        {"ALMATY (Reuters) ", council, "Almaty", "Reuters", ""},
        {"Astana, 28 March 2023 (TDI): ", council, "Astana", "TDI", "28 March 2023"},
        {"BEIJING, Jan. 25 (Xinhua) -- ", council, "Beijing", "Xinhua", "Jan. 25"},
        {"АСТАНА, 7 июня — РИА Новости. ", sovet, "Астана", "РИА Новости", "7 июня"},
        {"АСТАНА, 7 июня. /ТАСС/. ", sovet, "Астана", "ТАСС", "7 июня"},
        {"АЛМАТЫ – ", sovet, "Алматы", "", ""},
        {"РИДДЕР. ",
         "Совет города собрался в понедельник и решил построить мост к весне, сказал глава города "
         "после долгого заседания.",
         "Риддер", "", ""},
        {"НҰР-СҰЛТАН. ҚазАқпарат – ", kenes, "Нұр-Сұлтан", "ҚазАқпарат", ""},
        {"АСТАНА. 7 маусым – ", kenes, "Астана", "", "7 маусым"},
        {"新华社阿斯塔纳3月26日电 ", huiyi, "阿斯塔纳", "新华社", "3月26日"},
        {"新华社阿斯塔纳3月26日电（记者王五）", huiyi, "阿斯塔纳", "新华社", "3月26日"},
        {"【新华社北京1月25日电】", huiyi, "北京", "新华社", "1月25日"},
        {"ANKARA (AA) - ", meclis, "Ankara", "AA", ""},
        {"ANKARA, 7 Haziran (AA) - ", meclis, "Ankara", "AA", "7 Haziran"},
        {"Berlin (dpa) - ", rat, "Berlin", "dpa", ""},
        {"Berlin (dpa/AFP) – ", rat, "Berlin", "dpa/AFP", ""},
        {"MÜNCHEN, 7. Juni (dpa) - ", rat, "München", "dpa", "7. Juni"}};

    for (const auto& [dateline, report, place, agency, day] : rows) {
        const std::string paragraph = std::string(dateline) + report;
        CAPTURE(paragraph);
        const auto found = read_dateline(paragraph);
        CHECK(found.place == place);
        CHECK(found.agency == agency);
        CHECK(found.date.text == day);
        CHECK(found.end <= paragraph.size());
        const auto rest = std::string_view(paragraph).substr(std::min(found.end, paragraph.size()));
        CHECK(rest.substr(std::min(rest.find_first_not_of(' '), rest.size())) == report);
    }
}

TEST_CASE("a Chinese dateline names its reporters", "[clip]") {
    const auto author = [](const char* dateline) {
        return read_dateline(std::string(dateline) + huiyi).author;
    };
    CHECK(author("新华社北京1月25日电（记者王五）") == "王五");
    CHECK(author("新华社北京1月25日电（记者张三、李四）") == "张三、李四");
    CHECK(author("新华社北京1月25日电 ").empty());
}

TEST_CASE("what begins like a dateline but says something else is none", "[clip]") {
    for (const char* text :
         {"Astana – the capital of the country – welcomed the guests of the forum on Monday morning.",
          "Astana – Capital of the country, a city on the river and the seat of the council since spring.",
          "NATO – The alliance met in the capital on Monday in order to talk about the coming winter.",
          "U.S. – The country has agreed to send more grain to the ports in the south this year.",
          "RPT - EUROPEAN TRADE MAY FALL NEXT YEAR AS RATES STAY HIGH, BANKS SAY IN A SURVEY",
          "COVID-19 – What we know about the new rules that the council agreed on this Monday",
          "Astana – The city on the Ishim has been the capital since 1997, and grows by the year.",
          "Almaty – short",
          "The council met on Monday – The bridge is to be built before the snow melts.",
          "Bread, milk and butter – these are the goods whose prices rose the most in the spring.",
          "In Astana, 28 March is a holiday and the offices of the city remain closed until Tuesday.",
          "Астана – это столица страны, и в понедельник она принимала гостей большого форума.",
          "ООН – Организация собралась в понедельник, чтобы обсудить предстоящую зиму и цены на хлеб.",
          "Астана – елдің астанасы, дүйсенбі күні ол үлкен форумның қонақтарын қарсы алды.",
          "UPDATE – The council met on Monday and agreed to build the bridge before the snow melts.",
          "EILMELDUNG – Der Rat der Stadt tagte am Montag und beschloss, die Brücke bald zu bauen.",
          "北京的市议会星期一召开会议，同意在春天冰雪融化之前建成这座横跨河流的大桥，议长说。",
          "",
          "–",
          "( ) –"}) {
        CAPTURE(text);
        const auto found = read_dateline(text);
        CHECK(found.end == 0);
        CHECK(found.place.empty());
    }
}
