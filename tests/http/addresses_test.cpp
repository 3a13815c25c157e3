#include <catch2/catch.hpp>

#include "izde/addresses.hpp"

using namespace izde;

TEST_CASE("networks hold their own addresses and no others", "[http][addresses]") {
    struct Row {
        const char *network, *address;
        bool in;
    };
    for (const auto& [network, address, in] : std::vector<Row>{{"10.0.0.0/8", "10.255.255.255", true},
                                                               {"10.0.0.0/8", "11.0.0.0", false},
                                                               {"10.1.2.3/8", "10.9.9.9", true},
                                                               {"192.0.2.7", "192.0.2.7", true},
                                                               {"192.0.2.7", "192.0.2.8", false},
                                                               {"192.0.2.6/31", "192.0.2.7", true},
                                                               {"0.0.0.0/0", "255.255.255.255", true},
                                                               {"0.0.0.0/0", "2001:db8::1", false},
                                                               {"::/0", "2001:db8::1", true},
                                                               {"fd00::/8", "fdff::1", true},
                                                               {"fd00::/8", "fe00::1", false},
                                                               {"10.0.0.0/8", "::ffff:10.1.1.1", true}}) {
        CAPTURE(network, address);
        REQUIRE(parse_network(network));
        CHECK(contains(*parse_network(network), *parse_address(address)) == in);
    }
    for (const auto* wrong : {"", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8x", "10.0.0/8",
                              "fd00::/129", "localhost", "[::1]", "10.0.0.0/8/8", "10.0.0.1 "})
        CHECK_FALSE(parse_network(wrong));
}

TEST_CASE("loopback is 127/8 and ::1, also within version 6", "[http][addresses]") {
    for (const auto* one : {"127.0.0.1", "127.255.0.3", "::1", "::ffff:127.0.0.1"})
        CHECK(is_loopback(*parse_address(one)));
    for (const auto* one : {"128.0.0.1", "0.0.0.0", "::", "::2", "::ffff:10.0.0.1", "::127.0.0.1"})
        CHECK_FALSE(is_loopback(*parse_address(one)));
    CHECK(to_string(*parse_address("2001:DB8:0:0::1")) == "2001:db8::1");
    CHECK(to_string(*parse_address("::ffff:192.0.2.7")) == "192.0.2.7");
}
