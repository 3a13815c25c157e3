// Numbers with what is written to them, on an index that has them in every way.
#include <catch2/catch.hpp>

#include "query/resolve.hpp"
#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"

using namespace izde;
using namespace izde::query;
using namespace izde::tests;

namespace {

const index::Reader& reader() {
    static const TempDir dir;
    static const index::Reader opened = [] {
        publish(dir.path(),
                {make_document(1, "Peaks", "A peak of 6995м, a road of 5km, 5 km and 5bn for it."),
                 make_document(2, "Releases", "React v16.6.0 and 16.6.1 came after v16.60 and 16."),
                 make_document(3, "Years", "2022ж 2022г 2022 20222 2021 20220км 2022abcde 1990s"),
                 make_document(4, "Money", "30млрд and 30,5млрд of 30 and 3000млрд")});
        return open_live(dir.path());
    }();
    return opened;
}

Resolved resolved(std::string_view typed) {
    return resolve(parse(typed).syntax, {reader().vocabulary(), reader().languages()});
}
// Without what only raises scores.
std::string strict(std::string_view typed) {
    std::string printed = to_string(resolved(typed).strict);
    const std::size_t boost = printed.find(" MAYBE ");
    if (boost != std::string::npos) printed.replace(boost, std::string::npos, ")");
    return printed;
}

bool lights(std::string_view typed, const std::string& form) {
    for (const WantedUnit& unit : resolved(typed).wanted.units)
        for (const WantedTerm& term : unit.terms)
            if (std::ranges::find(term.forms, form) != term.forms.end()) return true;
    return false;
}

}  // namespace

TEST_CASE("a number stands for what has letters written to it, and counts more as typed", "[query]") {
    CHECK(strict("6995") == "(6995|6995м + 0.25*6995)");
    CHECK(strict("5") == "(5|5bn|5km + 0.25*5)");
    CHECK(strict("1990") == "(1990|1990s + 0.25*1990)");
    CHECK(strict("30,5") == "(30,5|30,5млрд + 0.25*30,5)");
    CHECK(strict("title:6995") == "(title:6995|6995м + 0.25*6995)");
    CHECK(lights("6995", "6995м"));
}

TEST_CASE("digits are never guessed at", "[query]") {
    CHECK(strict("2022") == "(2022|2022г|2022ж + 0.25*2022)");
    CHECK(strict("30") == "(30|30млрд + 0.25*30)");
    CHECK(strict("202") == "(202 + 0.25*202)");
}

TEST_CASE("a number and a short word are met by the two written as one", "[query]") {
    const std::string query = strict("6995 м");
    CHECK(query.find("6995|6995м + 0.25*6995 AND м|6995м + 0.25*м") != std::string::npos);
    CHECK(strict("м 6995").find("м|6995м") == std::string::npos);
    CHECK(strict("6995 метр").find("метр|6995м") == std::string::npos);
    CHECK(lights("6995 м", "6995м"));
}

TEST_CASE("a number with letters written to it stands for both in a row", "[query]") {
    CHECK(strict("5km").find("\"5 km\"") != std::string::npos);
    CHECK(strict("6995м").find("\"6995 м\"") != std::string::npos);
    CHECK(lights("5km", "km"));
    CHECK(to_string(resolved("30млрд").relaxed).find("30 AND млрд") != std::string::npos);
    CHECK(to_string(resolved("2022ж").relaxed).find("0.5*(2022)") != std::string::npos);
    CHECK(strict("covid19").find('"') == std::string::npos);
    CHECK(strict("5kilometres").find('"') == std::string::npos);
    CHECK(strict("\"5km\"") == "(5km)");
    CHECK(strict("=5km") == "(5km)");
}

TEST_CASE("a version is found with and without its v, and by its first numbers", "[query]") {
    CHECK(strict("16.6") == "(16.6|16.6.1|v16.6.0 + 0.25*16.6)");
    CHECK(strict("v16.6").starts_with("(v16.6|16.6.1|v16.6.0 + 0.25*v16.6"));
    CHECK(strict("v16.6.1").starts_with("(v16.6.1|16.6.1 + 0.25*v16.6.1"));
    CHECK(strict("16") == "(16 + 0.25*16)");
}
