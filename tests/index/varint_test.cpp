#include <limits>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

#include "izde/varint.hpp"

using namespace izde;

TEST_CASE("a varint is read as the number it was written as", "[words]") {
    constexpr auto most = std::numeric_limits<std::uint64_t>::max();
    std::string bytes;
    for (const std::uint64_t number :
         {std::uint64_t{0}, std::uint64_t{127}, std::uint64_t{128}, most >> 1, most})
        put_varint(bytes, number);
    CHECK(bytes.size() == 1 + 1 + 2 + 9 + 10);
    std::string_view rest = bytes;
    for (const std::uint64_t number :
         {std::uint64_t{0}, std::uint64_t{127}, std::uint64_t{128}, most >> 1, most})
        CHECK(take_varint(rest) == number);
    CHECK(rest.empty());
}

TEST_CASE("what ends within a varint, or is more than 64 bits, is none", "[words]") {
    const std::string high(9, '\xFF');
    for (const std::string& bytes :
         {std::string(), std::string("\x80"), high, high + '\x02', high + "\x80\x01"}) {
        std::string_view rest = bytes;
        CHECK_FALSE(take_varint(rest));
    }
}
