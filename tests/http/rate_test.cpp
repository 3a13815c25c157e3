#include <catch2/catch.hpp>

#include "http/rate.hpp"

using namespace izde::http;
using std::chrono::milliseconds;

TEST_CASE("an address may burst, then asks at its rate", "[http][rate]") {
    Rate rate;
    const auto start = Rate::Clock::now();
    const RateLimit limit{.per_second = 10, .burst = 3};

    for (int i = 0; i < 3; ++i) CHECK_FALSE(rate.take("192.0.2.7", limit, start));
    CHECK(rate.take("192.0.2.7", limit, start) == 1);
    CHECK_FALSE(rate.take("192.0.2.8", limit, start));
    CHECK_FALSE(rate.take("192.0.2.7", limit, start + milliseconds(101)));
    CHECK(rate.take("192.0.2.7", limit, start + milliseconds(101)) == 1);
    int taken = 0;
    for (int i = 0; i < 1000; ++i)
        if (!rate.take("192.0.2.7", limit, start + milliseconds(200 + i))) ++taken;
    CHECK(taken >= 9);
    CHECK(taken <= 11);
}

TEST_CASE("addresses of one network of version 6 are one client", "[http][rate]") {
    Rate rate;
    const auto now = Rate::Clock::now();
    const RateLimit limit{.per_second = 1, .burst = 1};

    CHECK_FALSE(rate.take("2001:db8::1", limit, now));
    CHECK(rate.take("2001:db8::2", limit, now));
    CHECK_FALSE(rate.take("2001:db8:0:1::1", limit, now));
    CHECK_FALSE(rate.take("::ffff:192.0.2.7", limit, now));
    CHECK(rate.take("192.0.2.7", limit, now));
}

TEST_CASE("without a rate, or an address, nobody waits", "[http][rate]") {
    Rate rate;
    for (int i = 0; i < 100; ++i) {
        CHECK_FALSE(rate.take("192.0.2.7", {.per_second = 0, .burst = 1}, Rate::Clock::now()));
        CHECK_FALSE(rate.take("", {.per_second = 1, .burst = 1}, Rate::Clock::now()));
    }
}

TEST_CASE("however many addresses ask, one that asks too often is still known", "[http][rate]") {
    Rate rate;
    auto now = Rate::Clock::now();
    const RateLimit limit{.per_second = 1, .burst = 5};
    for (int i = 0; i < 5; ++i) rate.take("192.0.2.7", limit, now);

    for (int i = 0; i < 20'000; ++i) {
        const auto address = "10." + std::to_string(i >> 16) + "." + std::to_string(i >> 8 & 255) + "." +
                             std::to_string(i & 255);
        now += std::chrono::microseconds(1);
        CHECK_FALSE(rate.take(address, limit, now));
        if (i % 500 == 0) CHECK(rate.take("192.0.2.7", limit, now));
    }
}

TEST_CASE("nobody is forgotten for a newcomer while there is room", "[http][rate]") {
    const RateLimit limit{.per_second = 1, .burst = 1};
    int forgotten = 0;
    for (int seed = 0; seed < 300; ++seed) {
        Rate rate;
        const auto now = Rate::Clock::now();
        rate.take("192.0.2.7", limit, now);
        for (int i = 0; i < 300; ++i)
            rate.take("10.0." + std::to_string(i >> 8) + "." + std::to_string(i & 255), limit, now);
        forgotten += rate.take("192.0.2.7", limit, now) ? 0 : 1;
    }
    CHECK(forgotten == 0);
}
