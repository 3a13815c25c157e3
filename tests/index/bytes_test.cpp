#include <algorithm>
#include <cstdint>
#include <functional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "izde/eight.hpp"
#include "izde/varint.hpp"

#include "index/bytes.hpp"
#include "index/front_heap.hpp"

using namespace izde;

TEST_CASE("eight bytes at once say of each what it is alone", "[words]") {
    std::mt19937 random(1);
    for (int i = 0; i < 2000; ++i) {
        std::string text(eight::size, ' ');
        const bool is_mixed = i % 2 == 0;
        for (char& c : text) c = static_cast<char>(is_mixed ? random() : 'a' - 1 + random() % 28);
        const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
        const std::uint64_t said = eight::between(eight::load_in_order(text.data()), 'a', 'z');
        for (std::size_t at = 0; at < text.size(); ++at)
            REQUIRE((said >> 8 * at & 0xFF) == (is_small(text[at]) ? 0x80U : 0U));
        const auto other = static_cast<std::size_t>(std::ranges::find_if_not(text, is_small) - text.begin());
        REQUIRE(eight::before_other(said) == other);
    }
}

TEST_CASE("a text's beginning is a number, however short the text is", "[words]") {
    const std::string text = "\xFF\x80"
                             "bc\x01\xC3\xA9g\x7Fi";
    for (std::size_t length = 0; length <= text.size(); ++length) {
        std::uint64_t wanted = 0;
        for (std::size_t at = 0; at < std::min(length, eight::size); ++at)
            wanted |= std::uint64_t{static_cast<unsigned char>(text[at])} << 8 * at;
        const std::vector<char> alone(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(length));
        CHECK(eight::load_beginning({alone.data(), alone.size()}) == wanted);
    }
}

TEST_CASE("bytes hold what was put into them, however often they grow", "[words]") {
    index::Bytes bytes;
    std::string wanted;
    for (std::uint64_t number = 1; number < 100'000; number = number * 3 / 2 + 1) {
        const std::string text(number % 300, static_cast<char>(number));
        bytes.put_number(number);
        bytes.put_text(text);
        bytes.end_at(put_varint(bytes.room(1000), number));
        put_varint(wanted, number);
        put_varint(wanted, text.size());
        put_varint(wanted += text, number);
    }
    CHECK((bytes.all() == wanted));
    bytes.clear();
    CHECK(bytes.size() == 0);
}

TEST_CASE("the front of a heap is the first of all that are in it", "[words]") {
    std::mt19937 random(2);
    index::FrontHeap<unsigned, std::less<>> heap;
    std::multiset<unsigned> all;
    for (int i = 0; i < 3000; ++i) {
        const auto number = static_cast<unsigned>(random() % 100);
        const auto step = random() % 6;
        if (all.empty() || step < 3) {
            heap.push(number);
            all.insert(number);
        } else {
            all.erase(all.begin());
            if (step == 3) heap.pop_front();
            if (step > 3) heap.replace_front(number);
            if (step > 3) all.insert(number);
        }
        REQUIRE(heap.empty() == all.empty());
        if (!all.empty()) REQUIRE(heap.front() == *all.begin());
    }
}
