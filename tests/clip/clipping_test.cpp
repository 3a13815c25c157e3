// What whole texts say of themselves, and which of two values wins.
#include <catch2/catch.hpp>

#include "clip/clipping.hpp"

using namespace izde;

namespace {

index::Document read(const std::string& body, const std::string& path = "a.txt") {
    index::Document document;
    document.body = body;
    document.path = path;
    clip::read_clipping(document);
    return document;
}

const std::string story =
    "The council met in the big hall and agreed to build the bridge before the snow melts, "
    "its head said.\n\nBoats may pass below it, and carts above.\n";

struct Row {
    const char* head;
    const char* date;
    const char* source;  // of the date
};

void check_dates(const std::vector<Row>& rows) {
    for (const auto& [head, date, source] : rows) {
        CAPTURE(head);
        const auto document = read(head + story);
        CHECK(document.date.value == date);
        CHECK(document.date.source == source);
        CHECK(document.body == story);
    }
}

}  // namespace

TEST_CASE("one text gives title, author, date, place and source, and where each came from", "[clip]") {
    struct Clipping {
        const char* text;
        const char *title, *author, *date, *place, *source;
    };
    const Clipping rows[] = {
        {"Bridge to be built by spring\n\nBy Jane Doe | 7 June 2024\n\nASTANA (Reuters) – The council of the "
         "city met "
         "on Monday and agreed to build the bridge.\n\nBoats may pass.\n",
         "Bridge to be built by spring", "Jane Doe", "2024-06-07", "Astana", "Reuters"},
        {"Мост построят к весне\n\nАвтор: Анна Иванова\n7 июня 2024, 14:35\n\nАСТАНА – Совет города собрался "
         "в "
         "понедельник и решил построить мост.\n\nИсточник: Степной вестник\n",
         "Мост построят к весне", "Анна Иванова", "2024-06-07", "Астана", "Степной вестник"},
        {"Көктемге дейін көпір салынады\n\nАвтор: Айгүл Сейітова\n2024 жылғы 7 маусым\n\nАСТАНА. ҚазАқпарат "
         "– Қала "
         "кеңесі дүйсенбі күні жиналып, көпір салуға келісті.\n",
         "Көктемге дейін көпір салынады", "Айгүл Сейітова", "2024-06-07", "Астана", "ҚазАқпарат"},
        {"大桥将于春天建成\n\n2024年6月7日 作者：张三\n\n新华社北京6月7日电 "
         "市议会星期一召开会议，同意在春天冰雪融化之前建成这座横跨河流的大桥。\n",
         "大桥将于春天建成", "张三", "2024-06-07", "北京", "新华社"},
        {"Köprü bahara kadar yapılacak\n\nYazar: Ayşe Yılmaz\n07.06.2024 - 14:35\n\nANKARA (AA) - Belediye "
         "meclisi "
         "pazartesi günü toplandı ve köprünün yapılmasına karar verdi.\n",
         "Köprü bahara kadar yapılacak", "Ayşe Yılmaz", "2024-06-07", "Ankara", "AA"},
        {"Brücke soll bis zum Frühling stehen\n\nVon Anna Müller\n7. Juni 2024\n\nBerlin (dpa) - Der Rat der "
         "Stadt "
         "tagte am Montag und beschloss, die Brücke zu bauen.\n",
         "Brücke soll bis zum Frühling stehen", "Anna Müller", "2024-06-07", "Berlin", "dpa"}};

    for (const auto& [text, title, author, date, place, source] : rows) {
        CAPTURE(text);
        const auto document = read(text);
        CHECK(document.title == title);
        CHECK(document.title_source == "first-line");
        CHECK(document.author == author);
        CHECK(document.author_source == "byline");
        CHECK(document.date.value == date);
        CHECK(document.date.source == "byline");
        CHECK(document.place == place);
        CHECK(document.place_source == "dateline");
        CHECK(document.source == source);
        CHECK_FALSE(document.source_source.empty());
    }
}

TEST_CASE("a byline's date beats the page header's, publication an update, and retrieval is never the date",
          "[clip]") {
    check_dates({
        {"date 2022-01-26 What's new\n\nBridge to be built by spring\n\nBy Jane Doe on 25 January 2022\n\n",
         "2022-01-25", "byline"},
        {"26.01.2022\n\nBridge to be built by spring\n\nBy Jane Doe | 25 January 2022\n\n", "2022-01-25",
         "byline"},
        {"Bridge to be built by spring\n\nUpdated: 26 January 2022\nPublished: 25 January 2022\n\n",
         "2022-01-25", "byline"},
        {"Bridge to be built by spring\n\nPublished: 25 January 2022\nUpdated: 26 January 2022\n\n",
         "2022-01-25", "byline"},
        {"Мост построят к весне\n\nОбновлено: 26.01.2022\nОпубликовано: 25.01.2022\n\n", "2022-01-25",
         "byline"},
        {"Bridge to be built by spring\n\nUpdated: 26 January 2022\n\n", "2022-01-26", "byline"},
        {"Bridge to be built by spring\n\nRetrieved: 26 January 2022\n\n", "", ""},
        {"Мост построят к весне\n\nДата обращения: 26.01.2022\n\n", "", ""},
        {"Bridge to be built by spring\n\nPrinted on 26 January 2022\nPublished: 25 January 2022\n\n",
         "2022-01-25", "byline"},
        {"26.01.2022\n\nBridge to be built by spring\n\n", "2022-01-26", "text"},
    });
}

TEST_CASE("a day without a year stays without one", "[clip]") {
    const auto by_dateline = read("Bridge to be built\n\nASTANA, March 26 – " + story);
    CHECK(by_dateline.date.value.empty());
    CHECK(by_dateline.date.text == "March 26");

    const auto by_lead =
        read("Мост построят к весне\n\nАСТАНА – Совет города собрался 12 мая и решил построить мост "
             "через реку, сказал глава.\n");
    CHECK(by_lead.date.value.empty());
    CHECK(by_lead.date.text == "12 мая");
}

TEST_CASE("a date with its year beats one without, wherever it stands", "[clip]") {
    const auto document = read("Bridge to be built\n\nASTANA, March 26 – " + story, "2023-03-27_bridge.txt");
    CHECK(document.date.value == "2023-03-27");
    CHECK(document.date.source == "file-name");
}

TEST_CASE("a date in the story's middle is no date of the document", "[clip]") {
    const auto document =
        read("Bridge to be built\n\n" + story +
             "\nThe old bridge was opened on 7 June 1924 and fell on 8 June 1998.\n\nIt was of wood.\n");
    CHECK(document.date.value.empty());
    CHECK(document.date.text.empty());
}

TEST_CASE("an address's day stands behind what the text says, a file's name behind both", "[clip]") {
    index::Document document;
    document.body = "Bridge to be built\n\nBy Jane Doe | 25 January 2022\n\n" + story;
    document.url = "https://a.example/2022/01/26/bridge";
    document.path = "2022-01-27.txt";
    auto undated = document;
    undated.body = "Bridge to be built\n\n" + story;
    clip::read_clipping(document);
    clip::read_clipping(undated);
    CHECK(document.date.value == "2022-01-25");
    CHECK(undated.date.value == "2022-01-26");
    CHECK(undated.date.source == "url");
}

TEST_CASE("what the file declares is never overruled by its text", "[clip]") {
    index::Document document;
    document.title = "The bridge";
    document.title_source = "metadata";
    document.author = "Mary Major";
    document.source = "The Steppe Herald";
    document.date = {"2022-01-20", index::Precision::day, "", "2022-01-20"};
    document.body = "By Jane Doe | 25 January 2022\n\nASTANA (Reuters) – " + story;
    clip::read_clipping(document);
    CHECK(document.title == "The bridge");
    CHECK(document.author == "Mary Major");
    CHECK(document.author_source == "metadata");
    CHECK(document.source == "The Steppe Herald");
    CHECK(document.date.value == "2022-01-20");
    CHECK(document.date.source == "metadata");
    CHECK(document.place == "Astana");
}

TEST_CASE("furniture leaves the story and says where it stood", "[clip]") {
    const auto document =
        read("Bridge to be built\n\nPhoto: Jane Doe\n\nOne thing is plain, the head of the council "
             "said on Monday: it will be built.\n\nRead also: Ferry stops\n\nBoats may pass.\n\n"
             "© 2024 The Steppe Herald. All rights reserved.\n");
    CHECK(document.body == "One thing is plain, the head of the council said on Monday: it will be built.\n\n"
                           "Boats may pass.\n");
    REQUIRE(document.boilerplate.size() == 3);
    CHECK(document.boilerplate[0] == index::Furniture{"Photo: Jane Doe", 0});
    CHECK(document.boilerplate[1].text == "Read also: Ferry stops");
    CHECK(document.body.substr(document.boilerplate[1].at).starts_with("Boats may pass."));
    CHECK(document.boilerplate[2].at == document.body.size());
    CHECK(document.source == "The Steppe Herald");
}

TEST_CASE("a credit in a line that is set aside as a whole is not taken twice", "[clip]") {
    const auto document =
        read("Bridge to be built\n\n" + story +
             "\n(Reporting by Jane Doe! Others helped! It is so! Ask them! Photo: Mary Major\n");
    std::string all = document.body;
    for (const auto& piece : document.boilerplate) all += piece.text;
    CHECK(all.find("Mary Major") == all.rfind("Mary Major"));
    CHECK(all.find("Reporting") == all.rfind("Reporting"));
}

TEST_CASE("reading a text in which nothing is known guesses nothing", "[clip]") {
    const auto document = read("Boats may pass below it, and carts above, as it was in the years before.\n");
    CHECK(document.title_source == "lead");
    CHECK(document.author.empty());
    CHECK(document.place.empty());
    CHECK(document.source.empty());
    CHECK(document.date.text.empty());
    CHECK(document.boilerplate.empty());
}

TEST_CASE("a text of furniture alone keeps it as its body", "[clip]") {
    const auto document = read("Share\nPhoto: Jane Doe\n");
    CHECK(document.body == "Share\nPhoto: Jane Doe\n");
    CHECK(document.boilerplate.empty());
}
