// Names of persons in bylines.
#include <catch2/catch.hpp>

#include "clip/names.hpp"

using namespace izde::clip;

TEST_CASE("names are read without offices, in small letters, with commas between them", "[clip]") {
    const std::pair<const char*, const char*> rows[] = {
        {"Jane Doe", "Jane Doe"},
        {"JANE DOE", "Jane Doe"},
        {"Jane DOE", "Jane Doe"},
        {"Dr. Jane Doe", "Jane Doe"},
        {"Jane Doe, John Roe and Mary Major", "Jane Doe, John Roe, Mary Major"},
        {"Jane Doe, staff writer", "Jane Doe"},
        {"Jane Doe & John Roe", "Jane Doe, John Roe"},
        {"Ludwig van der Berg", "Ludwig van der Berg"},
        {"Seán O’BRIEN", "Seán O’Brien"},
        {"J.K. Doe", "J.K. Doe"},
        {"Анна Иванова и Петр Сидоров", "Анна Иванова, Петр Сидоров"},
        {"АННА ИВАНОВА", "Анна Иванова"},
        {"Айгүл СЕЙІТОВА", "Айгүл Сейітова"},
        {"Айгүл Сейітова және Нұрлан Ахметов", "Айгүл Сейітова, Нұрлан Ахметов"},
        {"张三、李四", "张三, 李四"},
        {"张三 李四", "张三, 李四"},
        {"热娜·买买提", "热娜·买买提"},
        {"Ayşe Yılmaz ve Mehmet Öz", "Ayşe Yılmaz, Mehmet Öz"},
        {"Anna Müller und Jan Beck", "Anna Müller, Jan Beck"},
        {"Anna Müller, Redakteurin", "Anna Müller"},
        {"Staff Reporter", ""},
        {"редакция", ""},
        {"the council of the city", ""},
        {"Jane Doe and the council", ""},
        {"Jane 2 Doe", ""},
        {"Jane@Doe", ""},
        {"", ""},
        {", , and", ""}};

    for (const auto& [names, expected] : rows) {
        CAPTURE(names);
        CHECK(read_names(names) == expected);
    }
}

TEST_CASE("a name alone is told by its two words, or a Chinese surname", "[clip]") {
    for (const char* name : {"Jane Doe", "Dr. Jane Doe", "JANE DOE", "Анна Иванова", "Айгүл Сейітова", "张三",
                             "王小明", "Ayşe Yılmaz", "Anna Müller", "热娜·买买提"}) {
        CAPTURE(name);
        CHECK(looks_like_name(name));
    }
    for (const char* other :
         {"Jane", "The Steppe Herald", "Steppe Times", "Степной вестник газета", "council meets",
          "Jane Doe said so", "大桥", "市议会开会", "7 June", "Steppenzeitung", "", "—"}) {
        CAPTURE(other);
        CHECK_FALSE(looks_like_name(other));
    }
}

TEST_CASE("a paper is told by its article, its words or its quotation marks", "[clip]") {
    for (const char* paper :
         {"The Steppe Herald", "Steppe Times", "«Степной вестник»", "《草原日报》", "“Steppe”"}) {
        CAPTURE(paper);
        CHECK(looks_like_paper(paper));
    }
    for (const char* other : {"Jane Doe", "Анна Иванова", "张三", "Timesheet", ""}) {
        CAPTURE(other);
        CHECK_FALSE(looks_like_paper(other));
    }
}

TEST_CASE("a megabyte of titles, signs or names is no name", "[clip]") {
    for (const std::string piece : {"Mr. ", "Dr ", ", ", "Jane ", "J.", "·", "张", "- ", "(", "and "}) {
        CAPTURE(piece);
        std::string line;
        while (line.size() < 1u << 20) line += piece;
        CHECK_FALSE(looks_like_name(line));
        CHECK(without_titles(line).size() <= line.size());
    }
}
