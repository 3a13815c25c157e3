#include <catch2/catch.hpp>

#include "http/admission.hpp"

using izde::http::Address;
using izde::http::Admission;
using izde::http::Limits;
using Clock = Admission::Clock;
using std::chrono::milliseconds;

namespace {

Address address(const char* text) {
    return *Address::parse(text);
}

}  // namespace

TEST_CASE("an address reads as it is written, and groups as one client has them", "[http][admission]") {
    CHECK(address("192.0.2.1").text() == "192.0.2.1");
    CHECK(address("::ffff:192.0.2.1").text() == "192.0.2.1");
    CHECK(address("2001:db8::1").text() == "2001:db8::1");
    CHECK(address("2001:db8::1").group() == address("2001:db8::ffff:1").group());
    CHECK(address("2001:db8::1").group() != address("2001:db8:0:1::1").group());
    CHECK(address("192.0.2.1").group() != address("192.0.2.2").group());
    CHECK(address("127.1.2.3").is_of_this_machine());
    CHECK(address("::1").is_of_this_machine());
    CHECK_FALSE(address("128.0.0.1").is_of_this_machine());
    CHECK_FALSE(Address::parse("localhost"));
    CHECK(Address().text().empty());
    CHECK(Address().is_unix());
}

TEST_CASE("a rate lets a burst through, then as many as it says", "[http][admission]") {
    Admission admission(Limits{.rate = 10, .burst = 30});
    const auto start = Clock::now();
    const auto who = address("192.0.2.1");

    int at_once = 0;
    while (admission.ask(who, start).may) ++at_once;
    int later = 0;
    for (int i = 1; i <= 1000; ++i) later += admission.ask(who, start + milliseconds(10 * i)).may ? 1 : 0;

    CHECK(at_once == 30);
    CHECK(later == 100);
    CHECK(admission.ask(address("192.0.2.2"), start).may);
}

TEST_CASE("who may not ask is told how long", "[http][admission]") {
    Admission admission(Limits{.rate = 0.1, .burst = 1});
    const auto start = Clock::now();
    CHECK(admission.ask(address("192.0.2.1"), start).may);

    const auto verdict = admission.ask(address("192.0.2.1"), start);

    CHECK_FALSE(verdict.may);
    CHECK(verdict.seconds == 10);
    CHECK(admission.ask(address("192.0.2.1"), start + std::chrono::seconds(verdict.seconds)).may);
}

TEST_CASE("a rate remembers no more addresses than it has room for, and forgets who is silent",
          "[http][admission]") {
    Admission admission(Limits{.rate = 10, .burst = 30});
    const auto start = Clock::now();
    for (int i = 0; i < 100'000; ++i) {
        const auto text = "10." + std::to_string(i >> 16) + "." + std::to_string(i >> 8 & 255) + "." +
                          std::to_string(i & 255);
        REQUIRE(admission.ask(address(text.c_str()), start).may);
    }
    CHECK(admission.remembered() == Admission::most_remembered);

    admission.ask(address("192.0.2.1"), start + std::chrono::seconds(10));

    CHECK(admission.remembered() == 1);
}

TEST_CASE("connections are counted per address, but not a proxy's", "[http][admission]") {
    Admission admission(Limits{.per_address = 2, .proxies = {"192.0.2.9"}});
    const auto one = address("2001:db8::1"), same = address("2001:db8::2"), proxy = address("192.0.2.9");

    CHECK(admission.enter(one));
    CHECK(admission.enter(same));
    CHECK_FALSE(admission.enter(one));
    admission.leave(same);
    CHECK(admission.enter(one));
    for (int i = 0; i < 10; ++i) CHECK(admission.enter(proxy));
    for (int i = 0; i < 10; ++i) CHECK(admission.enter(Address()));
}
