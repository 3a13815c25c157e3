// The title of a text that declares none.
#include <catch2/catch.hpp>

#include "clip/clipping.hpp"

namespace {

struct Row {
    const char* body;
    const char* title;
};

struct Title {
    std::string text;
    std::string source;
};

Title find_title(const std::string& body, const std::string& path) {
    izde::index::Document document;
    document.body = body;
    document.path = path;
    izde::clip::read_clipping(document);
    return {document.title, document.title_source};
}

const std::string paragraph = "The council met on Monday and agreed to build the bridge before the snow "
                              "melts in spring, its head said.\n";

}  // namespace

TEST_CASE("a short first line before an empty line is the title", "[clip]") {
    const Row rows[] = {
        {"Bridge to be built by spring\n\n", "Bridge to be built by spring"},
        {"\n\n  Bridge to be built by spring\n\n", "Bridge to be built by spring"},
        {"Will the bridge be built?\n\n", "Will the bridge be built?"},
        {"“Bridge to be built”\n\n", "Bridge to be built"},
        {"«Мост построят к весне»\n\n", "Мост построят к весне"},
        {"“We build.” The council and the bridge\n\n", "“We build.” The council and the bridge"},
        {"“Yes” to bridges, “no” to “ferries”\n\n", "“Yes” to bridges, “no” to “ferries”"},
        {"Мост построят к весне: что известно\n\n", "Мост построят к весне: что известно"},
        {"Көктемге дейін көпір салынады\n\n", "Көктемге дейін көпір салынады"},
        {"大桥将于春天建成\n\n", "大桥将于春天建成"},
        {"COVID-19 – what the council knows\n\n", "COVID-19 – what the council knows"},
        {"Council visits the U.S.\n\n", "Council visits the U.S."},
        {"A bridge, a ferry...\n\n", "A bridge, a ferry..."},
        {"1643108971_photo-scaled.jpeg\n\nBridge to be built\n\n", "Bridge to be built"},
        {" date 2022-01-26 What's new\n\nBridge to be built\n\n", "Bridge to be built"},
        {"Photo credit: the council\n\nBridge to be built\n\n", "Bridge to be built"},
        {"25.01.2022\n\nBridge to be built\n\n", "Bridge to be built"},
        {"https://example.org/bridge\nBridge to be built\n\n", "Bridge to be built"},
    };

    for (const auto& [start, expected] : rows) {
        const auto title = find_title(start + paragraph, "a.txt");

        CAPTURE(start);
        CHECK(title.text == expected);
        CHECK(title.source == "first-line");
    }
}

TEST_CASE("a short line right above much longer text is the title too", "[clip]") {
    CHECK(find_title("Bridge to be built\n" + paragraph, "a.txt").text == "Bridge to be built");
    CHECK(find_title("大桥将于春天建成\n市议会星期一开会，同意在春天冰雪融化之前建成这座大桥，议长说。\n",
                     "a.txt")
              .text == "大桥将于春天建成");
}

TEST_CASE("a first line that is a sentence, a dateline or hard-wrapped text is no title", "[clip]") {
    const std::string wrapped = "The council met on Monday and agreed to build the bridge before the snow\n"
                                "melts in spring. Its head said that the money is there and that nobody\n"
                                "has to pay more than last year.\n";
    const Row rows[] = {
        {"The council met. It agreed.\n\nMore text follows here.\n", "The council met."},
        {"Astana, 28 March 2023 (TDI): The council met in the big hall.\n\nMore.\n",
         "The council met in the big hall."},
        {"ASTANA — The council of the city met on Monday in order to agree on the bridge.\n\nMore.\n",
         "The council of the city met on Monday in order to agree on the bridge."},
        {"NUR-SULTAN – The council of the city met on Monday in order to agree on the new bridge\n\nMore.\n",
         "The council of the city met on Monday in order to agree on the new bridge"},
        {"新华社北京1月25日电 市议会星期一开会。同意建桥。\n\n更多。\n", "市议会星期一开会。"},
        {"Совет собрался в понедельник. Мост построят.\n", "Совет собрался в понедельник."},
        {"Mr. Smith met Dr. No in St. Petersburg. They talked.\n", "Mr. Smith met Dr. No in St. Petersburg."},
        {wrapped.c_str(),
         "The council met on Monday and agreed to build the bridge before the snow melts in spring."},
    };

    for (const auto& [body, expected] : rows) {
        const auto title = find_title(body, "a.txt");

        CAPTURE(body);
        CHECK(title.text == expected);
        CHECK(title.source == "lead");
    }
}

TEST_CASE("a long lead is cut at a word", "[clip]") {
    std::string words;
    for (int i = 0; i < 60; ++i) words += "builders ";
    std::string han;
    for (int i = 0; i < 200; ++i) han += "桥";

    const auto cut = find_title(words, "a.txt").text;
    const auto cut_han = find_title(han, "a.txt").text;

    CHECK(cut.size() <= 122);
    CHECK(cut.ends_with("builders…"));
    CHECK(cut_han.size() == 119 * 3 + 3);
}

TEST_CASE("a text without words is named by its file", "[clip]") {
    CHECK(find_title("", "2022/big_bridge-news.v2.txt").text == "big bridge news.v2");
    CHECK(find_title(" \n\n\t\n", "notes.txt").source == "file-name");
    CHECK(find_title("", ".hidden").text == ".hidden");
    CHECK(find_title("", "").source == "file-name");
}

TEST_CASE("a first line that became the title leaves the body", "[clip]") {
    izde::index::Document document;
    document.body = "\n\nBridge to be built\n\n" + paragraph;
    izde::clip::read_clipping(document);

    CHECK(document.title == "Bridge to be built");
    CHECK(document.body == paragraph);
    CHECK(document.boilerplate.empty());
}

TEST_CASE("hostile texts get a title without harm", "[clip]") {
    for (const std::string& body :
         {std::string(1u << 20, 'a'), std::string(1u << 20, '.'), std::string(1u << 20, '"'),
          std::string(1u << 20, '\n'), std::string(1u << 20, '-'), std::string("\"\n\n"),
          std::string("“”\n\nx")}) {
        const auto title = find_title(body, "a.txt");

        CHECK(title.text.size() <= 600);
    }
}
