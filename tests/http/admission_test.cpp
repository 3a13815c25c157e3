#include <catch2/catch.hpp>

#include "http/admission.hpp"

using izde::parse_address;
using izde::parse_network;
using izde::http::Admission;
using izde::http::client_group;
using izde::http::Limits;

TEST_CASE("one client is an address, or what one subscriber of IPv6 has", "[http][admission]") {
    const auto group = [](const char* text) { return client_group(parse_address(text).value()); };
    CHECK(group("2001:db8::1") == group("2001:db8::ffff:1"));
    CHECK(group("2001:db8::1") != group("2001:db8:0:1::1"));
    CHECK(group("192.0.2.1") != group("192.0.2.2"));
    CHECK(group("192.0.2.1") == group("::ffff:192.0.2.1"));
}

TEST_CASE("connections are counted per address, but not a proxy's", "[http][admission]") {
    Admission admission(Limits{.per_address = 2, .proxies = {parse_network("192.0.2.8/29").value()}});
    const auto one = parse_address("2001:db8::1"), same = parse_address("2001:db8::2"),
               proxy = parse_address("192.0.2.9");

    CHECK(admission.enter(one));
    CHECK(admission.enter(same));
    CHECK_FALSE(admission.enter(one));
    admission.leave(same);
    CHECK(admission.enter(one));
    for (int i = 0; i < 10; ++i) CHECK(admission.enter(proxy));
    for (int i = 0; i < 10; ++i) CHECK(admission.enter(std::nullopt));
}
