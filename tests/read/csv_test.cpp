// Tables: CSV and TSV.
#include "read_all.hpp"
#include "support/encoded.hpp"

using namespace izde::tests;
using izde::read::Format;

TEST_CASE("each row of a table is a document with the fields its columns name", "[read]") {
    const auto found = read_all(
        Format::csv, "id,url,Title,TEXT,date,author,source,place,lang,tags,other\r\n"
                     "7,https://example.org/lake,The lake,\"First, second.\r\n\r\nThe \"\"third\"\".\","
                     "2022-01-25,A. Reader,Lake Times,Astana,en,a b,no\r\n");

    REQUIRE(found.errors.empty());
    REQUIRE(found.documents.size() == 1);
    const auto& document = found.documents[0];
    CHECK(document.record == "7");
    CHECK(document.url == "https://example.org/lake");
    CHECK(document.title == "The lake");
    CHECK(document.title_source == "metadata");
    CHECK(document.body == "First, second.\n\nThe \"third\".\n");
    CHECK(document.date.value == "2022-01-25");
    CHECK(document.author == "A. Reader");
    CHECK(document.source == "Lake Times");
    CHECK(document.place == "Astana");
    CHECK(document.lang == "en");
    CHECK(document.format == "csv");
}

TEST_CASE("the delimiter is the one that parts the first line into known names", "[read]") {
    struct Row {
        Format format;
        const char* table;
    };
    const Row rows[] = {{Format::csv, "title,text\nOne,Two\n"},
                        {Format::csv, "title;text\nOne;Two\n"},
                        {Format::csv, "title\ttext\nOne\tTwo\n"},
                        {Format::tsv, "title\ttext\nOne\tTwo\n"},
                        {Format::tsv, "title,text\nOne,Two\n"},
                        {Format::csv, "sep=;\r\ntitle;text\r\nOne;Two\r\n"},
                        {Format::csv, "\n\n title , \"text\"\nOne,Two"},
                        {Format::csv, "\xEF\xBB\xBF\"title\",text\nOne,Two"},
                        {Format::csv, "\"a,b;c\",title,text\n\n\nno,One,Two\n\n"}};

    for (const auto& [format, table] : rows) {
        CAPTURE(table);
        const auto found = read_all(format, table);
        CHECK(found.errors.empty());
        REQUIRE(found.documents.size() == 1);
        CHECK(found.documents[0].title == "One");
        CHECK(found.documents[0].body == "Two\n");
    }
}

TEST_CASE("a table of one column is a text a line", "[read]") {
    const auto found = read_all(Format::csv, "text\nCranes, geese; ducks. All.\n\"Two\nlines. Yes.\"\n");
    REQUIRE(found.documents.size() == 2);
    CHECK(found.documents[0].body == "Cranes, geese; ducks. All.\n");
    CHECK(found.documents[1].body == "Two\nlines. Yes.\n");
    CHECK(found.documents[1].record == "3");
}

TEST_CASE("cells are cut as RFC 4180 says, and forgivingly where it says nothing", "[read]") {
    struct Row {
        const char* cell;
        const char* title;
    };
    const Row rows[] = {{"plain", "plain"},       {"\"a,b\"", "a,b"},  {"\"a \"\"b\"\" c\"", "a \"b\" c"},
                        {"5\" pipe", "5\" pipe"}, {"\"a\"b", "ab"},    {"\"\"\"a\"\"\"", "\"a\""},
                        {" \"a\" ", "\"a\""},     {"\"a\"\"\"", "a\""}};
    for (const auto& [cell, title] : rows) {
        CAPTURE(cell);
        const auto found = read_all(Format::csv, std::string("id,title,text\n1,") + cell + ",Text\n");
        REQUIRE(found.documents.size() == 1);
        CHECK(found.documents[0].title == title);
    }
}

TEST_CASE("own names of columns stand for izde's", "[read]") {
    const auto found = read_all(Format::tsv, "Headline\tArticle\nOne\tTwo\n", "a.tsv",
                                {{"Headline", "title"}, {"Article", "body"}});
    CHECK(found.documents.at(0).title == "One");
    CHECK(found.documents.at(0).body == "Two\n");
}

TEST_CASE("a table that names no known column is one error that tells the names", "[read]") {
    for (const char* table : {"", "a,b\n1,2\n3,4\n", "\"title", "1;2;3\n"}) {
        CAPTURE(table);
        const auto found = read_all(Format::csv, table);
        CHECK(found.documents.empty());
        REQUIRE(found.errors.size() == 1);
        CHECK(found.errors[0].message == "its first line names none of the columns id url title body text "
                                         "content date author source place "
                                         "lang tags");
    }
}

TEST_CASE("a bad row is an error that names its line, and reading goes on", "[read]") {
    struct Row {
        const char* row;
        const char* reason;
    };
    const Row rows[] = {{"short", "line 3: 1 columns instead of 3"},
                        {"a,b,c,d", "line 3: 4 columns instead of 3"},
                        {"5,,", "line 3: no title and no text"},
                        {"1,A,B", "line 3: the id \"1\" is taken by line 2"}};
    for (const auto& [row, reason] : rows) {
        CAPTURE(row);
        const auto found = read_all(Format::csv, std::string("id,title,text\n1,One,Text\n") + row +
                                                     "\n3,Three,Text,,\n,,\n");
        CHECK(found.documents.size() == 2);
        REQUIRE(found.errors.size() == 1);
        CHECK(found.errors[0].message == reason);
    }
}

TEST_CASE("a quote that is never closed is one error at the line it opens", "[read]") {
    const auto found = read_all(Format::csv, "title,text\nOne,Text\nTwo,\"Text\nThree,Text\n");
    CHECK(found.documents.size() == 1);
    REQUIRE(found.errors.size() == 1);
    CHECK(found.errors[0].message == "line 3: a quote opened here is not closed; the rest is not read");
}

TEST_CASE("tables are read in the encodings of their countries", "[read]") {
    struct Row {
        const char* encoding;
        const char* text;
    };
    const Row rows[] = {{"UTF-8", "Тырналар оралды, көктем келді"},
                        {"KOI8-R", "Паромы ждут весны в порту Актау"},
                        {"CP1251", "Маяк на мысе снова зажгли"},
                        {"GB18030", "草原上的鹤今年回来得很早"},
                        {"UTF-16", "Наурыз мерекесі қарсаңында"}};
    for (const auto& [encoding, text] : rows) {
        CAPTURE(encoding);
        const std::string table = "title;text\n\"" + std::string(text) + "\";\"" + text + ".\nДа.\"\n";
        const bool is_chinese = std::string(encoding) == "GB18030";
        const auto found = read_all(
            Format::csv,
            encoded(is_chinese ? "title;text\n" + std::string(text) + ";" + text + "。\n" : table, encoding));
        REQUIRE(found.documents.size() == 1);
        CHECK(found.documents[0].title == text);
    }
}

TEST_CASE("rows of another encoding behind a long ASCII beginning are decoded", "[read]") {
    std::string table = "title,text\n" + repeat("Plain title,Plain text.\n", 4000);
    table += encoded("Маяк,Маяк на мысе снова зажгли после ремонта.\n", "CP1251");
    const auto found = read_all(Format::csv, table);
    CHECK(found.documents.size() == 4001);
    CHECK(found.documents.back().title == "Маяк");
}

TEST_CASE("hostile tables cost little and do no harm", "[read]") {
    std::string large = "id,text\n1,\"";
    while (large.size() <= izde::read::max_document_bytes) large += std::string(1u << 20, 'a') + '\n';
    const auto found = read_all(Format::csv, large + "\"\n2,Text. Yes.\n");
    CHECK(found.documents.size() == 1);
    CHECK(found.errors.at(0).message == "line 2: longer than 32 MiB");

    CHECK(read_all(Format::csv, "title" + std::string(3u << 20, ',') + "\nA\n").errors.size() == 1);
    CHECK(read_all(Format::csv, std::string(1u << 20, '"')).errors.size() == 1);
    CHECK(read_all(Format::csv, std::string(1u << 20, '\0')).errors.size() == 1);
    CHECK(read_all(Format::csv, "title,text\n" + std::string(100'000, '\0') + ",\n").documents.size() <= 1);
}
