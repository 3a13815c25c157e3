#include <catch2/catch.hpp>

#include "izde/text/detect.hpp"

using izde::text::detect_language;
using izde::text::paragraph_language;

TEST_CASE("the language of a paragraph is told", "[text]") {
    const auto row = GENERATE(table<std::string, std::string>({
        {"en", "The ministers agreed on a new railway timetable between the two border towns last week."},
        {"ru", "Министры договорились о новом расписании поездов между двумя приграничными городами."},
        {"kk", "Министрлер екі шекаралық қаланың арасындағы пойыздардың жаңа кестесі туралы келісті."},
        {"zh", "两国部长上周就边境城市之间的新列车时刻表达成一致。"},
        {"tr", "Bakanlar geçen hafta iki sınır kenti arasındaki yeni tren tarifesi üzerinde anlaştı."},
        {"de",
         "Die Minister einigten sich vergangene Woche auf einen neuen Fahrplan zwischen den Grenzstädten."},
        {"uk", "Міністри домовилися про новий розклад поїздів між двома прикордонними містами країни."},
        {"kk", "Qazaqstannyñ eñ ülken qalasy Almatyda jaña muražai aşyldy, oğan köp qonaq keldi."},
        {"ja", "両国の大臣は先週、国境の町を結ぶ新しい列車の時刻表について合意しました。"},
    }));
    CHECK(detect_language(std::get<1>(row)) == std::get<0>(row));
}

TEST_CASE("a long text is English only where English prevails in all of it", "[text]") {
    const auto repeated = [](const std::string& line, int times) {
        std::string text;
        for (int i = 0; i < times; ++i) text += line;
        return text;
    };
    const std::string english =
        "The ministers agreed on a new timetable for the trains between the two towns.\n";
    const std::string german =
        "Die Minister einigten sich auf einen neuen Fahrplan, den keiner der beiden Orte gern sieht.\n";
    const std::string kazakh = "Qazaqstannyñ eñ ülken qalasy Almatyda jaña muražai aşyldy.\n";
    CHECK(detect_language(repeated(english, 60)) == "en");
    CHECK(detect_language(repeated(english, 10) + repeated(german, 60)) == "de");
    CHECK(detect_language(repeated(english, 3) + repeated(kazakh, 60)) == "kk");
}

TEST_CASE("short headlines in Cyrillic are not taken for languages whose letters they lack", "[text]") {
    CHECK(detect_language("Президент Токаев") == "ru");
    CHECK(detect_language("Новая дорога в Алматы") == "ru");
    CHECK(detect_language("Қазақстанда жаңа жол ашылды") == "kk");
}

TEST_CASE("too little text has no language", "[text]") {
    CHECK(detect_language("") == "und");
    CHECK(detect_language("2024") == "und");
    CHECK(detect_language("OK") == "und");
    CHECK(detect_language("\xFF\xFE\x80") == "und");
}

TEST_CASE("a few Han characters are enough for Chinese", "[text]") {
    CHECK(detect_language("新疆新闻") == "zh");
}

TEST_CASE("a long text is judged by its beginning", "[text]") {
    std::string text;
    while (text.size() < 200'000) text += "The harvest was brought in before the rains came. ";
    CHECK(detect_language(text) == "en");
}

TEST_CASE("a paragraph in another Latin language is told by more than words both have", "[text]") {
    const std::string german =
        "Der Minister war so lange in Berlin, dass man an die alte Strecke am Fluss kaum noch dachte. In der "
        "Stadt war man an so etwas nicht gewöhnt, und in dem Bericht, den er las, stand am Ende nur ein "
        "Satz.";
    const std::string dutch =
        "De minister was in Berlijn en is er over de spoorweg in gesprek met een oude bekende. Wat we van "
        "hem "
        "over de brug in de stad horen is dat er nog een jaar in de winkel staat en dat het was als in mei.";
    CHECK(paragraph_language(german, "en") == "de");
    CHECK(paragraph_language(dutch, "en") == "nl");
    CHECK(paragraph_language(german, "de") == "de");
    const std::string english =
        "The field in the south of the gulf is run by a company that also owns a share in the refinery, and "
        "the ministry has said that it is ready to take over the rest if the licence is not renewed.";
    CHECK(paragraph_language(english, "en") == "en");
    CHECK(paragraph_language(english, "de") == "en");
}
