// What is one story printed twice, and what only looks like it, in four scripts.
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "clip/stories.hpp"

using namespace izde;
using namespace izde::tests;

namespace {

struct Story {
    std::string title;
    std::vector<std::string> paragraphs;
};

std::string body_of(const std::vector<std::string>& paragraphs) {
    std::string body;
    for (const std::string& paragraph : paragraphs) body += paragraph + "\n\n";
    return body;
}

const Story ferry{
    "New ferry crosses the strait",
    {"PORT MERRIN, May 4 (Coast Agency) – The first electric ferry on the strait made its maiden trip on "
     "Saturday with 212 "
     "passengers and a brass band on board.",
     "\"We heard the water for once, and not the engine,\" said captain Ilse Brandt, who has worked on the "
     "line for 26 years.",
     "The vessel was built in the yard of Nordhavn and cost 31 million crowns. It needs nine minutes at the "
     "quay to fill its "
     "batteries, which is as long as the cars take to leave.",
     "Two more ships of the kind have been ordered. The old diesel boats will go to an island route further "
     "north, where there is "
     "no cable yet.",
     "Tickets cost the same as before, and bicycles travel free of charge until the end of the summer."}};

const Story theatre{
    "В старом депо открыли театр",
    {"КАРАСУ, 4 мая. Агентство «Степь». Бывшее трамвайное депо на улице Мельничной стало театром: первый "
     "спектакль сыграли в субботу "
     "перед 340 зрителями.",
     "«Рельсы мы оставили, по ним ездят декорации», – рассказала режиссёр Айгерим Досова, которая шесть лет "
     "добивалась этого здания.",
     "Ремонт обошёлся городу в 210 миллионов тенге. Печи топят опилками с соседней мебельной фабрики, а "
     "крышу покрыли старым железом.",
     "В репертуаре пока четыре пьесы, две из них на казахском языке. Осенью обещают детскую студию и "
     "мастерскую кукол.",
     "Билеты продают в бывшей диспетчерской, там же работает небольшое кафе с видом на поворотный круг."}};

const Story garden{
    "Қалада алма бағы ашылды",
    {"ТАСТАҚ, 4 мамыр. «Дала» агенттігі. Ескі қант зауытының орнына отырғызылған алма бағы сенбі күні "
     "тұрғындарға ашылды, оған 450 түп "
     "ағаш егілген.",
     "«Бұл жерде бұрын тек тас пен темір жататын», – деді бағбан Сәуле Ержанова, ол көшеттерді жеті жыл бойы "
     "өз ауласында өсірген.",
     "Жұмысқа қала бюджетінен 86 миллион теңге бөлінді. Су таудан келетін арықпен жіберіледі, ал жолдарға "
     "зауыттың ескі кірпіші "
     "төселген.",
     "Бақта апорттың төрт түрі өседі, олардың екеуі осы өңірден шыққан. Күзде балаларға арналған үйірме "
     "ашылмақ.",
     "Кіру тегін, ал жиналған алманың жартысы қарттар үйіне беріледі деп уәде етті қала әкімдігі."}};

const Story bookshop{
    "老粮仓变身书店",
    {"本报河口5月4日电（记者林小满）闲置二十年的老粮仓周六变成了一家书店，开业当天迎来860名读者，门前排起长队"
     "。",
     "“木梁和晒谷场我们都留着，孩子们可以坐在谷堆形的垫子上看书。”店主周映雪说，她为这座房子奔走了六年。",
     "改造花费430万元。冬天用地热取暖，墙上的小窗保留了原来通风的样子，雨水收集起来浇灌屋后的菜园。",
     "店里有三万册图书，其中四分之一是旧书。每个星期还有老人来讲当年运粮的故事，听的人越来越多。",
     "书店从早上八点开到晚上十点，附近的学生凭借书证可以免费喝一杯热茶。"}};

index::Document first(const Story& story) {
    return make_document(1, story.title, body_of(story.paragraphs));
}
index::Document second(const std::string& title, const std::vector<std::string>& paragraphs) {
    return make_document(2, title, body_of(paragraphs));
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    const std::size_t at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), with);
}

}  // namespace

TEST_CASE("a reprint folds: other headline, passages missing or added, other end, other signs",
          "[duplicates]") {
    const Story& story = GENERATE_REF(ferry, theatre, garden, bookshop);
    INFO(story.title);
    const auto& p = story.paragraphs;
    CHECK(fold(first(story), second("Other words", p)));
    CHECK(fold(first(story), second(story.title, {p[0], p[1], p[3], p[4]})));
    CHECK(fold(first(story), second("Other words", {p[0], p[1], p[2]})));
    CHECK(fold(first(story),
               second("", {p[0], p[1], p[2],
                           "Our readers may write to us about it: the best letters are printed on Fridays.",
                           p[3], p[4]})));
    CHECK(fold(first(story), second("", {"A lead of our own.", p[0], p[1], p[2], p[3], p[4]})));
}

TEST_CASE("a reprint folds with other datelines, agencies, quotes, dashes, spaces and hyphens",
          "[duplicates]") {
    const auto [story, what, with] = GENERATE(table<Story, std::string, std::string>({
        {ferry, "PORT MERRIN, May 4 (Coast Agency) –", "May 5, Port Merrin."},
        {ferry, "\"We heard the water for once, and not the engine,\"",
         "“We heard the water for once – and not the engine”,"},
        {ferry, "batteries", "bat-\nteries"},
        {ferry, "Saturday", "yesterday"},
        {theatre, "КАРАСУ, 4 мая. Агентство «Степь».", "Карасу. 5 мая. Наш корр."},
        {theatre, "«Рельсы мы оставили, по ним ездят декорации», –",
         "\"Рельсы мы оставили - по ним ездят декорации\","},
        {theatre, "обошёлся", "обошелся"},
        {garden, "ТАСТАҚ, 4 мамыр. «Дала» агенттігі.", "Тастақ қаласы, 5 мамыр."},
        {bookshop, "本报河口5月4日电（记者林小满）", "据《河口晚报》5日报道，"},
        {bookshop, "“木梁和晒谷场我们都留着，孩子们", "「木梁和晒谷场我们都留着，孩子们"},
    }));
    INFO(story.title << ": " << with);
    std::string body = replaced(body_of(story.paragraphs), what, with);
    CHECK(fold(first(story), make_document(2, "Other words", body)));
}

TEST_CASE("stories from one template do not fold: other numbers and names in equal sentences",
          "[duplicates]") {
    const auto [one, other] = GENERATE(table<std::string, std::string>({
        {"An earthquake of magnitude 5.4 shook the district of Talgar on Monday night, the seismologists "
         "said. Its focus lay at a depth of "
         "12 kilometres, 31 kilometres to the south of the town. People ran into the streets, but nobody was "
         "hurt and no house fell. "
         "The rescue service asks everyone to keep water and a torch at hand.",
         "An earthquake of magnitude 4.7 shook the district of Zharkent on Friday night, the seismologists "
         "said. Its focus lay at a depth of "
         "20 kilometres, 44 kilometres to the south of the town. People ran into the streets, but nobody was "
         "hurt and no house fell. "
         "The rescue service asks everyone to keep water and a torch at hand."},
        {"The rocket Taiga lifted off from the northern range at 06:14 with three satellites for the weather "
         "service. They parted from it "
         "nine minutes later and answered the ground station. The launch was the 11th of the year, the space "
         "agency said, and the "
         "first stage came down in the steppe as planned. The next one is to follow within a month.",
         "The rocket Taiga lifted off from the northern range at 21:40 with two satellites for the navy. "
         "They parted from it "
         "nine minutes later and answered the ground station. The launch was the 14th of the year, the space "
         "agency said, and the "
         "first stage came down in the steppe as planned. The next one is to follow within a month."},
        {"Чистая прибыль завода «Красный мост» за первый квартал составила 412 миллионов рублей, сообщила "
         "компания. Годом ранее она была 388 "
         "миллионов. Выручка выросла на 6 процентов, до 5,1 миллиарда. Совет директоров рассмотрит вопрос о "
         "дивидендах на ближайшем "
         "заседании, дата которого пока не назначена.",
         "Чистая прибыль завода «Красный мост» за второй квартал составила 455 миллионов рублей, сообщила "
         "компания. Годом ранее она была 401 "
         "миллион. Выручка выросла на 9 процентов, до 5,6 миллиарда. Совет директоров рассмотрит вопрос о "
         "дивидендах на ближайшем "
         "заседании, дата которого пока не назначена."},
        {"Ұлттық банк бүгінгі сауда қорытындысын жариялады. Доллардың орташа бағамы 447,12 теңге болып, "
         "кешегіден 1,3 теңгеге өсті. Еуро 483,55 "
         "теңгеге бағаланды. Бағам ертеңгі күнге қолданылады және кеден төлемдерін есептеуге негіз болады, "
         "деп хабарлады банктің баспасөз "
         "қызметі. Айырбастау пункттерінде баға өзгеше болуы мүмкін.",
         "Ұлттық банк бүгінгі сауда қорытындысын жариялады. Доллардың орташа бағамы 451,80 теңге болып, "
         "кешегіден 4,7 теңгеге өсті. Еуро 490,02 "
         "теңгеге бағаланды. Бағам ертеңгі күнге қолданылады және кеден төлемдерін есептеуге негіз болады, "
         "деп хабарлады банктің баспасөз "
         "қызметі. Айырбастау пункттерінде баға өзгеше болуы мүмкін."},
        {"据气象台消息，今天白天河口地区多云，最高气温二十三度，偏北风三级，夜间最低气温十一度。明天有小雨，"
         "请市民出门带好雨具，注意交通安全。"
         "气象部门将继续关注天气变化，及时发布最新预报，市民可以拨打热线查询。",
         "据气象台消息，今天白天河口地区多云，最高气温二十八度，偏北风四级，夜间最低气温十六度。明天有小雨，"
         "请市民出门带好雨具，注意交通安全。"
         "气象部门将继续关注天气变化，及时发布最新预报，市民可以拨打热线查询。"},
    }));
    INFO(one);
    CHECK_FALSE(
        fold(make_document(1, "The same headline", one), make_document(2, "The same headline", other)));
}

TEST_CASE("a correction of one number is the same story in a long text only, where other numbers stay",
          "[duplicates]") {
    const std::string rest =
        sentences(0, 14) + "It took 14 days, 3 boats and 250 sacks of sand.\n" + sentences(20, 3);
    const std::string one = sentences(0, 3, 2) + "At least 12 people were hurt in the fire.\n" + rest;
    const std::string other = sentences(0, 3, 2) + "At least 15 people were hurt in the fire.\n" + rest;
    CHECK(fold(make_document(1, "Fire", one), make_document(2, "Fire", other)));
    CHECK_FALSE(
        fold(make_document(1, "Fire", one.substr(0, 420)), make_document(2, "Fire", other.substr(0, 420))));
}

TEST_CASE("a common beginning, a common end and a brief in a round-up make no reprint", "[duplicates]") {
    const std::string story = sentences(0, 12);
    CHECK_FALSE(
        fold(make_document(1, "A", story), make_document(2, "A", sentences(0, 5) + sentences(0, 9, 4))));
    CHECK_FALSE(
        fold(make_document(1, "A", story), make_document(2, "A", sentences(0, 9, 4) + sentences(7, 5))));
    CHECK_FALSE(fold(make_document(1, "A", sentences(0, 4)),
                     make_document(2, "A", sentences(0, 8, 4) + sentences(0, 4))));
    CHECK_FALSE(fold(make_document(1, "A", sentences(0, 6)),
                     make_document(2, "A", sentences(0, 5, 4) + sentences(0, 6))));
    CHECK(fold(make_document(1, "A", sentences(0, 6)), make_document(2, "A", story)));
    CHECK_FALSE(fold(make_document(1, "A", sentences(0, 4)), make_document(2, "A", story)));
}

TEST_CASE("of short texts and tables the titles must agree", "[duplicates]") {
    const std::string dividend =
        "Quarterly dividend 10 cents against 10 cents before. Payable on May 15, record of May 1.";
    CHECK(fold(make_document(1, "MERRIN FERRIES SETS PAYOUT", dividend),
               make_document(2, "Merrin Ferries sets payout", dividend)));
    CHECK_FALSE(fold(make_document(1, "MERRIN FERRIES SETS PAYOUT", dividend),
                     make_document(2, "NORDHAVN YARD SETS PAYOUT", dividend)));
    CHECK_FALSE(
        fold(make_document(1, "SETS PAYOUT 2021", dividend), make_document(2, "SETS PAYOUT 2022", dividend)));
    std::string table;
    for (int row = 10; row < 40; ++row)
        table += "copper " + std::to_string(row * 7) + " " + std::to_string(row * 9) + "\n";
    CHECK(fold(make_document(1, "Prices at noon", table),
               make_document(2, "Prices at noon", table + "End.\n")));
    CHECK_FALSE(fold(make_document(1, "Prices at noon", table),
                     make_document(2, "Closing quotations", table + "End.\n")));
    CHECK_FALSE(
        fold(make_document(1, "Prices at noon", table), make_document(2, "Closing quotations", table)));
}

TEST_CASE("a translation is another document", "[duplicates]") {
    CHECK_FALSE(fold(first(theatre), make_document(2, garden.title, body_of(garden.paragraphs))));
}
