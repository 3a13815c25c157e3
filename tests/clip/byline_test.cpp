// Lines of facts between a title and its story, and sentences that are none.
#include <catch2/catch.hpp>

#include "clip/byline.hpp"

using izde::clip::read_fact_line;

namespace {

struct Row {
    const char* line;
    const char* author;
    const char* published;
    const char* source;
};

}  // namespace

TEST_CASE("a byline names its authors, in small letters and without their offices", "[clip]") {
    const Row rows[] = {{"By Jane Doe", "Jane Doe", "", ""},
                        {"by Jane Doe", "Jane Doe", "", ""},
                        {"By JANE DOE and JOHN ROE", "Jane Doe, John Roe", "", ""},
                        {"By Jane Doe, staff writer", "Jane Doe", "", ""},
                        {"Written by Jane Doe", "Jane Doe", "", ""},
                        {"By Jane Doe | 7 June 2024", "Jane Doe", "2024-06-07", ""},
                        {"Jane Doe | 7 June 2024", "Jane Doe", "2024-06-07", ""},
                        {"By Jane Doe, June 7, 2024", "Jane Doe", "2024-06-07", ""},
                        {"By Jane Doe in Economy on 7 June 2024", "Jane Doe", "2024-06-07", ""},
                        {"By Jane Doe, The Steppe Herald", "Jane Doe", "", "The Steppe Herald"},
                        {"By Reuters", "", "", "Reuters"},
                        {"Автор: Анна Иванова", "Анна Иванова", "", ""},
                        {"Автор: АННА ИВАНОВА", "Анна Иванова", "", ""},
                        {"Анна Иванова, 7 июня 2024", "Анна Иванова", "2024-06-07", ""},
                        {"Авторы: Анна Иванова и Петр Сидоров", "Анна Иванова, Петр Сидоров", "", ""},
                        {"Авторы: Айгүл Сейітова", "Айгүл Сейітова", "", ""},
                        {"Автор: Айгүл Сейітова | 2024 жылғы 7 маусым", "Айгүл Сейітова", "2024-06-07", ""},
                        {"作者：张三", "张三", "", ""},
                        {"作者：张三 来源：新华社", "张三", "", "新华社"},
                        {"记者 张三 李四", "张三, 李四", "", ""},
                        {"来源：新华社 2024年6月7日 14:35", "", "2024-06-07", "新华社"},
                        {"Yazar: Ayşe Yılmaz", "Ayşe Yılmaz", "", ""},
                        {"Von Anna Müller", "Anna Müller", "", ""},
                        {"Von Anna Müller und Jan Beck", "Anna Müller, Jan Beck", "", ""},
                        {"Von Anna Müller, 7. Juni 2024, 14:35 Uhr", "Anna Müller", "2024-06-07", ""},
                        {"Source: The Steppe Herald", "", "", "The Steppe Herald"},
                        {"Источник: Степной вестник", "", "", "Степной вестник"},
                        {"Дереккөз: Дала хабаршысы", "", "", "Дала хабаршысы"},
                        {"Kaynak: Bozkır Postası", "", "", "Bozkır Postası"},
                        {"Quelle: Steppenbote", "", "", "Steppenbote"}};

    for (const auto& [line, author, published, source] : rows) {
        CAPTURE(line);
        const auto facts = read_fact_line(line);
        REQUIRE(facts);
        CHECK(facts->author == author);
        CHECK(facts->published.value == published);
        CHECK(facts->source == source);
    }
}

TEST_CASE("a label tells a date of publication from one of an update", "[clip]") {
    struct Dates {
        const char* line;
        const char* published;
        const char* updated;
    };
    const Dates rows[] = {
        {"Published: 7 June 2024", "2024-06-07", ""},
        {"Published on June 7, 2024 at 14:35", "2024-06-07", ""},
        {"Posted: June 7, 2024", "2024-06-07", ""},
        {"Updated: 8 June 2024", "", "2024-06-08"},
        {"Last updated on 8 June 2024", "", "2024-06-08"},
        {"Published 7 June 2024 | Updated 8 June 2024", "2024-06-07", "2024-06-08"},
        {"Updated 8 June 2024, published 7 June 2024", "2024-06-07", "2024-06-08"},
        {"Опубликовано: 07.06.2024 14:35", "2024-06-07", ""},
        {"Обновлено: 08.06.2024", "", "2024-06-08"},
        {"Опубликовано 7 июня 2024 года, обновлено 8 июня 2024 года", "2024-06-07", "2024-06-08"},
        {"Жарияланды: 07.06.2024", "2024-06-07", ""},
        {"Жаңартылды: 08.06.2024", "", "2024-06-08"},
        {"发布时间：2024年6月7日 14:35", "2024-06-07", ""},
        {"更新时间：2024-06-08", "", "2024-06-08"},
        {"Yayınlanma: 07.06.2024", "2024-06-07", ""},
        {"Güncelleme: 08.06.2024", "", "2024-06-08"},
        {"Yayınlanma: 07.06.2024 - 14:35 | Güncelleme: 08.06.2024 - 09:10", "2024-06-07", "2024-06-08"},
        {"Veröffentlicht am 7. Juni 2024", "2024-06-07", ""},
        {"Aktualisiert: 8. Juni 2024", "", "2024-06-08"}};

    for (const auto& [line, published, updated] : rows) {
        CAPTURE(line);
        const auto facts = read_fact_line(line);
        REQUIRE(facts);
        CHECK(facts->published.value == published);
        CHECK(facts->updated.value == updated);
        CHECK(facts->is_labelled);
        CHECK(facts->has_date);
    }
}

TEST_CASE("the day a page was fetched or printed is noted as neither", "[clip]") {
    for (const char* line :
         {"Retrieved: 9 June 2024", "Accessed on 9 June 2024", "Printed on 9 June 2024",
          "Дата обращения: 09.06.2024", "Abgerufen am 9. Juni 2024", "Gedruckt am 09.06.2024",
          "Erişim tarihi: 9 Haziran 2024", "Қаралған күні: 09.06.2024", "访问日期：2024年6月9日"}) {
        CAPTURE(line);
        const auto facts = read_fact_line(line);
        REQUIRE(facts);
        CHECK(facts->has_date);
        CHECK(facts->published.text.empty());
        CHECK(facts->updated.text.empty());
    }
}

TEST_CASE("a place beside a date is a place, a label's title a title, an address an address", "[clip]") {
    const auto placed = read_fact_line("Астана, 7 июня 2024");
    REQUIRE(placed);
    CHECK(placed->place == "Астана");
    CHECK(placed->author.empty());

    const auto titled = read_fact_line("Headline: Bridge to be built");
    REQUIRE(titled);
    CHECK(titled->title == "Bridge to be built");

    const auto address = read_fact_line("https://a.example/bridge");
    REQUIRE(address);
    CHECK(address->url == "https://a.example/bridge");
}

TEST_CASE("a nameless author is marked but not named", "[clip]") {
    for (const char* line :
         {"By Staff Reporter", "By Staff Writer", "Von unserem Korrespondenten", "Автор: Редакция"}) {
        CAPTURE(line);
        const auto facts = read_fact_line(line);
        REQUIRE(facts);
        CHECK(facts->author_is_marked);
        CHECK(facts->author.empty());
    }
}

TEST_CASE("a sentence or a title is no line of facts", "[clip]") {
    for (const char* line : {"By the river the council found the old bridge",
                             "By 2030 the city wants a bridge",
                             "By Monday the snow had melted",
                             "Bridge to be built by spring",
                             "The council met on 7 June 2024.",
                             "Prices rose on 7 June 2024, the bank said",
                             "Published reports say that the bridge is old",
                             "Updated rules for boats take effect",
                             "Source of the river found",
                             "Bread, Milk and Butter",
                             "Мост построят к 7 июня 2024 года",
                             "По словам автора, мост построят",
                             "Источник реки найден в горах",
                             "Көпір 2024 жылғы 7 маусымда ашылады",
                             "大桥将于2024年6月7日通车",
                             "大桥来源不明，海关说",
                             "Von der Brücke bleibt nur ein Pfeiler",
                             "Quelle des Flusses gefunden",
                             "Köprü 7 Haziran 2024'te açılacak",
                             "COUNCIL, BANK AND CITY AGREE",
                             "Jane Doe",
                             "Astana",
                             ""}) {
        CAPTURE(line);
        CHECK_FALSE(read_fact_line(line));
    }
}
