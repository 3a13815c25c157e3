// Out of the sandbox by every door there is.
#include <fstream>
#include <sstream>

#include "worker/reading.hpp"

using namespace izde::tests;

TEST_CASE("no attempt to leave the sandbox succeeds, and the next file is read", "[worker]") {
    Misbehaving place;
    place.dir().write("victim", "whole");
    for (const Attack& attack : attacks()) {
        INFO(attack.name);
        const Told told = place.read(attack.name);
        CHECK(told.records.empty());
        REQUIRE(told.errors.size() == 1);
        INFO(told.errors[0]);
        CHECK((told.errors[0] == "denied" ||
               told.errors[0] == "its reader tried what it may not do (signal 31)"));
        CHECK(place.read("behave").records.size() == 1);
    }
    std::ostringstream victim;
    victim << std::ifstream(place.victim()).rdbuf();
    CHECK(victim.str() == "whole");
}

TEST_CASE("a worker that never stops writing is ended, whatever it writes", "[worker]") {
    Misbehaving place;
    CHECK(place.read("say documents without end").errors ==
          std::vector<std::string>{"its reader answered nonsense"});
    const Told told = place.read("say one document without end");
    REQUIRE(told.errors.size() == 1);
    CHECK(told.records.empty());
    CHECK(place.read("behave").records.size() == 1);
}
