#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "izde/text/utf8.hpp"

#include "query/parse.hpp"

using namespace std::string_literals;

namespace {

using namespace izde::query;

struct Row {
    std::string typed, read;
    std::size_t warnings = 0;
};

void check(const std::vector<Row>& rows) {
    for (const Row& row : rows) {
        const Parsed parsed = parse(row.typed);

        CAPTURE(row.typed, parsed.warnings.size());
        CHECK(to_string(parsed.syntax) == row.read);
        CHECK(parsed.warnings.size() == row.warnings);
    }
}

std::string repeated(std::string_view piece, std::size_t bytes) {
    std::string text;
    text.reserve(bytes + piece.size());
    while (text.size() < bytes) text += piece;
    return text;
}

}  // namespace

TEST_CASE("words are parted by white space of every kind", "[query]") {
    check({
        {"", ""},
        {"   ", ""},
        {"bridge", "bridge"},
        {"bridge river", "bridge river"},
        {" \t bridge \r\n river ", "bridge river"},
        {"мост\u00A0река", "мост река"},
        {"桥\u3000河", "桥 河"},
        {"bridge\u2003river\u2028toll", "bridge river toll"},
        {"\uFEFFbridge", "bridge"},
        {"Bridge RIVER", "Bridge RIVER"},
        {"Xi’an rock'n'roll 'tis", "Xi’an rock'n'roll 'tis"},
        {"US$17 C++ COVID-19 3.14 #tag AT&T", "US$17 C++ COVID-19 3.14 #tag AT&T"},
        {"! ... & – — | ·", ""},
        {"Алматыда жаңа көпір", "Алматыда жаңа көпір"},
        {"新疆维吾尔自治区", "新疆维吾尔自治区"},
    });
}

TEST_CASE("every kind of quotation mark makes a phrase", "[query]") {
    check({
        {"\"across the river\"", "\"across the river\""},
        {"“across the river”", "\"across the river\""},
        {"„über den Fluss“ Brücke", "\"über den Fluss\" Brücke"},
        {"„przez rzekę” most", "\"przez rzekę\" most"},
        {"”över floden” bro", "\"över floden\" bro"},
        {"«новый мост» река", "\"новый мост\" река"},
        {"»neue Brücke« Fluss", "\"neue Brücke\" Fluss"},
        {"‹a b› ›c d‹", "\"a b\" \"c d\""},
        {"「新 桥」『大 桥』《长 江》〈黄 河〉", "\"新 桥\" \"大 桥\" \"长 江\" \"黄 河\""},
        {"“a b\" c", "\"a b\" c"},
        {"„a b\" c", "\"a b\" c"},
        {"＂a b＂", "\"a b\""},
        {"\"  a \n b\u00A0 c  \"", "\"a b c\""},
        {"«a \"b\" c»", "«a \"b\" c»"},
        {"长江“一桥”和黄河“二桥”", "长江 \"一桥\" 和黄河 \"二桥\""},
        {"长江\"一桥\"开通", "长江 \"一桥\" 开通"},
        {"\"a b\"\"c d\"", "\"a b\" \"c d\""},
        {"\"\" “” «» bridge", "bridge"},
        {"\"--\" bridge", "bridge"},
        {"\"two words", "\"two words\""},
        {"\"two (words OR three)", "\"two (words OR three)\"", 1},
        {"«two \"words", "«two \"words»", 1},
        {"a 5\" pipe", "a 5 pipe"},
        {"bridge\"", "bridge"},
        {"bridge» river", "bridge river"},
        {"'two words'", "'two words'"},
        {"‘two words’", "‘two words’"},
    });
}

TEST_CASE("a minus or NOT directly before something excludes it", "[query]") {
    check({
        {"bridge -toll", "bridge -toll"},
        {"-toll bridge", "bridge -toll"},
        {"-toll", "-toll"},
        {"-\"toll bridge\"", "-\"toll bridge\""},
        {"-(toll fee) bridge", "bridge -(toll fee)"},
        {"-(toll OR fee)", "-(toll OR fee)"},
        {"-title:toll", "-title:toll"},
        {"-toll*", "-toll*"},
        {"-=toll", "-=toll"},
        {"bridge NOT toll", "bridge -toll"},
        {"NOT (toll fee)", "-(toll fee)"},
        {"NOT NOT toll", "-toll"},
        {"NOT -toll", "-toll"},
        {"bridge AND NOT toll", "bridge -toll"},
        {"a - b", "a b"},
        {"a -- b", "a b"},
        {"a – b", "a b"},
        {"-", ""},
        {"north-south", "north-south"},
        {"\"north\"-south", "\"north\" south"},
        {"--toll", "toll", 1},
        {"-#toll", "#toll", 1},
        {"-\"\" bridge", "bridge"},
        {"-() bridge", "bridge"},
        {"bridge NOT", "bridge not", 1},
        {"not toll", "not toll"},
        {"-(-toll)", "-(-toll)"},
        {"－收费", "-收费"},
    });
}

TEST_CASE("OR and AND are operators in capitals between operands and words elsewhere", "[query]") {
    check({
        {"bridge OR ferry", "bridge OR ferry"},
        {"bridge OR ferry OR boat", "bridge OR ferry OR boat"},
        {"bridge OR ferry river", "(bridge OR ferry) river"},
        {"river bridge OR ferry", "river (bridge OR ferry)"},
        {"a OR b c OR d", "(a OR b) (c OR d)"},
        {"bridge or ferry", "bridge or ferry"},
        {"bridge Or ferry", "bridge Or ferry"},
        {"bridge AND ferry", "bridge ferry"},
        {"bridge and ferry", "bridge and ferry"},
        {"OR", "or", 1},
        {"OR bridge", "or bridge", 1},
        {"bridge OR", "bridge or", 1},
        {"bridge OR OR ferry", "bridge (or OR ferry)", 1},
        {"AND bridge AND", "and bridge and", 1},
        {"(bridge OR) ferry", "bridge or ferry", 1},
        {"bridge OR -toll", "bridge OR -toll"},
        {"-toll OR bridge", "-toll OR bridge"},
        {"\"a b\" OR \"c d\"", "\"a b\" OR \"c d\""},
        {"\"bridge OR ferry\"", "\"bridge OR ferry\""},
        {"title:a OR author:b", "title:a OR author:b"},
        {"a OR \"\" b", "a b"},
        {"-OR", "-or"},
        {"мост OR паром", "мост OR паром"},
        {"桥 OR 船", "桥 OR 船"},
    });
}

TEST_CASE("a headline all in capitals has words, not operators", "[query]") {
    check({
        {"TOWN NOT EXPECTED TO TAKE RIVER MARKET ACTION", "TOWN not EXPECTED TO TAKE RIVER MARKET ACTION", 1},
        {"BRIDGE OR FERRY LATE THIS YEAR, MAYOR SAYS", "BRIDGE or FERRY LATE THIS YEAR, MAYOR SAYS", 1},
        {"FIRE NEAR OLD HARBOUR KILLS TWO", "FIRE near OLD HARBOUR KILLS TWO", 1},
        {"RIVER AND HARBOUR AUTHORITY NOT TO PAY", "RIVER and HARBOUR AUTHORITY not TO PAY", 1},
        {"NESTLÉ NOT TO BUILD HARBOUR", "NESTLÉ not TO BUILD HARBOUR", 1},
        {"A AND P", "A and P"},
        {"FERRY TO COST 5 MLN MORE -MAYOR", "FERRY TO COST 5 MLN MORE MAYOR", 1},
        {"ПАРОМ ПОДОРОЖАЕТ НА ПЯТЬ МИЛЛИОНОВ -МЭР", "ПАРОМ ПОДОРОЖАЕТ НА ПЯТЬ МИЛЛИОНОВ МЭР", 1},
        {"FERRY TO COST MORE - MAYOR", "FERRY TO COST MORE MAYOR"},
    });
}

TEST_CASE("operators keep their meaning where what is typed looks like no headline", "[query]") {
    check({
        {"NATO OR CSTO", "NATO OR CSTO"},
        {"NATO OR CSTO OR SCO OR EAEU", "NATO OR CSTO OR SCO OR EAEU"},
        {"NATO NOT OSCE", "NATO -OSCE"},
        {"NATO SUMMIT -OSCE", "NATO SUMMIT -OSCE"},
        {"NATO AND (OSCE OR SCO)", "NATO (OSCE OR SCO)"},
        {"FERRY BRIDGE RIVER HARBOUR NEAR/5 TOLL", "FERRY BRIDGE RIVER HARBOUR NEAR/5 TOLL"},
        {"title:FERRY BRIDGE RIVER HARBOUR TOLL NOT FEE", "title:FERRY BRIDGE RIVER HARBOUR TOLL -FEE"},
        {"FERRY BRIDGE RIVER HARBOUR TOLL -\"OLD FEE\"", "FERRY BRIDGE RIVER HARBOUR TOLL -\"OLD FEE\""},
        {"FERRY BRIDGE RIVER HARBOUR -TOLL FEE", "(FERRY BRIDGE RIVER HARBOUR FEE -TOLL)"},
        {"ПАРОМ МОСТ РЕКА ГАВАНЬ NOT СБОР", "(ПАРОМ МОСТ РЕКА ГАВАНЬ -СБОР)"},
        {"桥 船 河 港 NOT KTZ", "桥 船 河 港 -KTZ"},
        {"FERRY BRIDGE RIVER HARBOUR NOT toll", "FERRY BRIDGE RIVER HARBOUR -toll"},
    });
}

TEST_CASE("what reads like a headline when it is written down is put in parentheses", "[query]") {
    check({
        {"(FERRY BRIDGE RIVER HARBOUR) -TOLL", "(FERRY BRIDGE RIVER HARBOUR -TOLL)"},
        {"(FERRY) BRIDGE RIVER HARBOUR TOLL OR FEE", "FERRY BRIDGE RIVER HARBOUR (TOLL OR FEE)"},
        {"(FERRY BRIDGE RIVER HARBOUR -TOLL)", "(FERRY BRIDGE RIVER HARBOUR -TOLL)"},
    });
}

TEST_CASE("parentheses group, and those without a partner are ignored", "[query]") {
    check({
        {"(bridge)", "bridge"},
        {"(bridge river)", "bridge river"},
        {"(bridge OR ferry) river", "(bridge OR ferry) river"},
        {"(a OR (b OR c)) d", "(a OR b OR c) d"},
        {"a OR (b c)", "a OR (b c)"},
        {"a OR (b (c OR d))", "a OR (b (c OR d))"},
        {"((((a))))", "a"},
        {"()", ""},
        {"( ) bridge", "bridge"},
        {"a OR ()", "a"},
        {"() OR a", "a"},
        {"bridge(river)toll", "bridge river toll"},
        {"（桥 OR 船）河", "(桥 OR 船) 河"},
        {"(a OR b c", "(a OR b) c", 1},
        {"a) OR b", "a OR b", 1},
        {")(", "", 1},
        {"((((((((a OR (b c)))))))))", "(a OR b) c", 1},
    });
}

TEST_CASE("a star at the end of a word asks for all words that begin so", "[query]") {
    check({
        {"bridg*", "bridg*"},
        {"br*", "br*"},
        {"b*", "b", 1},
        {"мо*", "мо*"},
        {"м*", "м", 1},
        {"桥*", "桥*"},
        {"x-b*", "x-b", 1},
        {"bridg**", "bridg*"},
        {"桥＊", "桥*"},
        {"*", ""},
        {"**", ""},
        {"a * b", "a b"},
        {"*bridge", "bridge", 1},
        {"br*dge", "br*dge", 1},
        {"\"bridg*\"", "\"bridg*\""},
        {"aa* bb* cc* dd* ee* ff*", "aa* bb* cc* dd* ee ff", 1},
        {"=bridg*", "=bridg", 1},
    });
}

TEST_CASE("an equals sign asks for just this spelling", "[query]") {
    check({
        {"=bridge", "=bridge"},
        {"=\"the bridge\"", "\"the bridge\""},
        {"＝桥", "=桥"},
        {"a=b", "a=b"},
        {"= bridge", "bridge"},
        {"==bridge", "bridge"},
        {"=(bridge)", "bridge"},
        {"title:=bridge", "title:=bridge"},
    });
}

TEST_CASE("NEAR asks for words close to each other", "[query]") {
    check({
        {"bridge NEAR/5 river", "bridge NEAR/5 river"},
        {"bridge NEAR river", "bridge NEAR/10 river"},
        {"bridge NEAR/0 river", "bridge NEAR/0 river"},
        {"bridge NEAR/99 river", "bridge NEAR/50 river", 1},
        {"bridge NEAR/99999999999999999999 river", "bridge NEAR/50 river", 1},
        {"a NEAR/5 b NEAR/3 c", "a NEAR/3 b NEAR/3 c"},
        {"a b NEAR/5 c d", "a b NEAR/5 c d"},
        {"a OR b NEAR/5 c", "a OR b NEAR/5 c"},
        {"-a NEAR/5 b", "-(a NEAR/5 b)"},
        {"title:(a NEAR/5 b)", "title:(a NEAR/5 b)"},
        {"NEAR/5 river", "near/5 river", 1},
        {"bridge NEAR", "bridge near", 1},
        {"a NEAR NEAR b", "a near NEAR/10 b", 1},
        {"\"a b\" NEAR/5 c", "\"a b\" c", 1},
        {"a NEAR/5 (b c)", "a b c", 1},
        {"a NEAR/x b", "a NEAR/x b", 1},
        {"a NEAR/ b", "a NEAR/ b", 1},
        {"a NEAR/-1 b", "a NEAR/-1 b", 1},
        {"bridge near river", "bridge near river"},
    });
}

TEST_CASE("a known field's name with a colon scopes the value that follows at once", "[query]") {
    check({
        {"title:bridge", "title:bridge"},
        {"Boilerplate:\"sign up\" boilerplates:x", "boilerplate:\"sign up\" boilerplates:x"},
        {"TITLE:bridge Author:Ann", "title:bridge author:Ann"},
        {"title：大桥", "title:大桥"},
        {"title:\"old bridge\" river", "title:\"old bridge\" river"},
        {"author:«Анна Ким»", "author:\"Анна Ким\""},
        {"title:(bridge OR ferry)", "title:(bridge OR ferry)"},
        {"title:（桥 OR 船）", "title:(桥 OR 船)"},
        {"title:bridg*", "title:bridg*"},
        {"source:daily place:Almaty lang:kk format:txt", "source:daily place:Almaty lang:kk format:txt"},
        {"path:/2022/a.txt", "path:/2022/a.txt"},
        {"path:2022/a.txt", "path:2022/a.txt"},
        {"title: bridge", "title: bridge", 1},
        {"http://example.org 10:30 note: x", "http://example.org 10:30 note: x"},
        {"colour:red", "colour:red"},
        {"source://x", "source://x"},
        {"title:-x", "title:-x"},
        {"title:", "title:", 1},
        {"TITLE： bridge", "TITLE： bridge", 1},
        {"titles: bridge", "titles: bridge"},
        {"title:\"\" bridge", "bridge"},
        {"title:() bridge", "bridge"},
        {"title:(a b", "title:a b", 1},
        {"title:OR", "title:or"},
        {"title:lang:en", "title:lang:en"},
        {"title:(/a)", "title:(/a)"},
        {"\"title:bridge\"", "\"title:bridge\""},
    });
}

TEST_CASE("a date is a year, a month, a day or a range of them", "[query]") {
    check({
        {"date:2022", "date:2022"},
        {"date:2022-01", "date:2022-01"},
        {"date:2022-01-25", "date:2022-01-25"},
        {"date:2022-01..2023-06", "date:2022-01..2023-06"},
        {"date:..2023", "date:..2023"},
        {"date:2022-02-28..", "date:2022-02-28.."},
        {"date:2024-02-29", "date:2024-02-29"},
        {"date:\"2022\"", "date:2022"},
        {"-date:2022", "-date:2022"},
        {"date:(2022 OR 2024)", "date:2022 OR date:2024"},
        {"date:2023..2022", "date:2023..2022", 1},
        {"date:2022-06..2022-05-31", "date:2022-06..2022-05-31", 1},
        {"date:2022..2022-05", "date:2022..2022-05"},
        {"date:2022-05..2022", "date:2022-05..2022"},
        {"date:2023-02-29", "2023-02-29", 1},
        {"date:2022-13", "2022-13", 1},
        {"date:2022-1", "2022-1", 1},
        {"date:22", "22", 1},
        {"date:..", "date:..", 0},
        {"date:2022..2023..2024", "2022..2023..2024", 1},
        {"date:yesterday bridge", "yesterday bridge", 1},
        {"date:\"last year\"", "\"last year\"", 1},
        {"date:(2022 OR spring)", "date:2022 OR spring", 1},
        {"date:lang:en", "lang:en", 1},
    });
}

TEST_CASE("a tree says what was typed", "[query]") {
    const Parsed parsed = parse("bridge -title:\"old toll\"");

    const auto& all = std::get<All>(parsed.syntax.node);
    REQUIRE(all.of.size() == 1);
    REQUIRE(all.none_of.size() == 1);
    CHECK(std::get<Word>(all.of[0].node).text == "bridge");
    const auto& scoped = std::get<Scoped>(all.none_of[0].node);
    CHECK(scoped.field == "title");
    REQUIRE(scoped.of.size() == 1);
    CHECK(std::get<Quoted>(scoped.of[0].node).text == "old toll");
}

TEST_CASE("a warning quotes at most forty characters", "[query]") {
    const Parsed parsed = parse("date:" + repeated("ж", 400));

    REQUIRE(parsed.warnings.size() == 1);
    CHECK(izde::text::display_width(parsed.warnings[0].text) < 140);
    CHECK(parsed.warnings[0].about.find("ж…") != std::string::npos);
}

TEST_CASE("words beyond the limit are dropped with a warning", "[query]") {
    const Parsed parsed = parse(repeated("bridge ", 7 * 200));

    CHECK(std::get<All>(parsed.syntax.node).of.size() == 128);
    CHECK(parsed.warnings.size() == 1);
}

TEST_CASE("words that hide in one word or phrase are counted, and the cut is told", "[query]") {
    const Limits limits{.words = 3};
    const std::vector<Row> rows{
        {"a.b.c", "a.b.c", 0},
        {"a.b.c.d.e", "a.b.c", 1},
        {"a-b (c-d OR e) f", "a-b c", 1},
        {"\"a b c d\" e", "\"a b\"", 1},
        {"author:\"a b\" title:\"c d\"", "author:\"a b\"", 1},
        {"a=b=c*d*e", "a=b=c", 2},
        {"a b c-dd*", "a b c", 1},
        {"a NEAR/5 b-c-d NEAR/5 e f", "a NEAR/5 b", 1},
        {"date:2022-01-25..2022-02-26 date:2023 date:2024 date:2025",
         "date:2022-01-25..2022-02-26 date:2023 date:2024", 1},
        {"新疆维吾尔", "新疆维吾尔", 0},
        {"新疆维吾尔自治区", "新疆维吾尔自", 1},
        {"新 疆 维 吾", "新 疆 维", 1},
        {"新疆a维吾", "新疆a维吾", 0},
        {"cafe\u0301s b c", "cafe\u0301s b c", 0},
        {"a.b!..?", "a.b!..?", 0},
    };
    for (const Row& row : rows) {
        const Parsed parsed = parse(row.typed, limits);
        CAPTURE(row.typed, parsed.warnings.size());
        CHECK(to_string(parsed.syntax) == row.read);
        CHECK(parsed.warnings.size() == row.warnings);
    }
    const std::string long_word = repeated("ภ", 3 * 170);
    CHECK(to_string(parse(long_word, limits).syntax).size() == 3 * 96);
}

TEST_CASE("a paragraph of a hundred words is read to its end", "[query]") {
    std::string paragraph;
    for (int i = 0; i < 100; ++i) paragraph += "word" + std::to_string(i) + (i % 9 == 8 ? ", " : " ");
    CHECK(parse(paragraph).warnings.empty());
    CHECK(std::get<All>(parse(paragraph).syntax.node).of.size() == 100);
}

TEST_CASE("NEAR joins eight words", "[query]") {
    const Parsed parsed = parse("a NEAR b NEAR c NEAR d NEAR e NEAR f NEAR g NEAR h NEAR i NEAR j k NEAR l");

    CHECK(to_string(parsed.syntax) ==
          "a NEAR/10 b NEAR/10 c NEAR/10 d NEAR/10 e NEAR/10 f NEAR/10 g NEAR/10 h i NEAR/10 j k NEAR/10 l");
    CHECK(parsed.warnings.size() == 1);
}

TEST_CASE("an excluded group that the limit cuts stays excluded", "[query]") {
    const Parsed parsed = parse("-(a b c d) e OR f", {.words = 2});

    CHECK(to_string(parsed.syntax) == "-(a b)");
}

TEST_CASE("a long phrase is cut at a word and a long word at a character", "[query]") {
    const Parsed phrase = parse("\"" + repeated("ж1 ", 2000) + "\"", {.phrase_bytes = 20});
    CHECK(to_string(phrase.syntax) == "\"ж1 ж1 ж1 ж1 ж1\"");
    CHECK(phrase.warnings.size() == 1);

    const Parsed word = parse(repeated("ж", 2000), {.phrase_bytes = 5});
    CHECK(to_string(word.syntax) == "жж");
    CHECK(word.warnings.size() == 1);
}

TEST_CASE("parentheses deeper than the limit are ignored", "[query]") {
    const Parsed parsed = parse("a OR (b OR (c d))", {.depth = 1});

    CHECK(to_string(parsed.syntax) == "a OR ((b OR c) d)");
    CHECK(parsed.warnings.size() == 1);
}

TEST_CASE("bytes that are no UTF-8 are replaced, not refused", "[query]") {
    const Parsed parsed = parse("bri\xFF\xC3 dge\0x"s);

    CHECK(izde::text::is_valid_utf8(to_string(parsed.syntax)));
    CHECK(std::get<All>(parsed.syntax.node).of.size() == 2);
}
