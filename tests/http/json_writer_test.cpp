// What JsonWriter writes beside what nlohmann's dump() does.
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "http/json.hpp"
#include "http/json_writer.hpp"

using namespace izde;
using namespace izde::http;
using namespace std::string_literals;
using Json = nlohmann::ordered_json;

namespace {

template <class Value>
std::string written(const Value& value, JsonWriter::Letters letters = JsonWriter::Letters::utf8) {
    JsonWriter json(letters);
    json.value(value);
    return json.take();
}

std::string dumped(const Json& json, bool as_ascii = false) {
    return json.dump(-1, ' ', as_ascii, Json::error_handler_t::replace);
}

// Pieces that texts are thrown together of: what must be escaped, and UTF-8 that is whole, cut or none.
const std::vector<std::string>& pieces() {
    static const std::vector<std::string> all = {
        "a", "plain words, ", "\""s, "\\", "/", "</script>", "\0"s, "\b\f\n\r\t", "\x01\x1f ", "\x7f",
        "\xc2\x80", "сауда", "ү", "貿易", "\xe2\x80\xa8\xe2\x80\xa9", "\xef\xbb\xbf", "\xef\xbf\xbd",
        "\xef\xbf\xbf", "😀", "\xf4\x8f\xbf\xbf",
        // none:
        "\x80", "\xff\xfe", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc3",
        "\xe8\xb2", "\xf0\x9f\x98"};
    return all;
}

void check_text(const std::string& text) {
    INFO(Json(text).dump(-1, ' ', true, Json::error_handler_t::replace));
    CHECK(written(text) == dumped(text));
    CHECK(written(text, JsonWriter::Letters::ascii) == dumped(text, true));
}

search::Marked cut_anywhere(const std::string& text) {
    return {text, {{text.size() / 4, text.size() / 2}, {text.size() - 1, text.size()}}};
}

}  // namespace

TEST_CASE("texts of one piece, of two, and behind so many plain letters, are written as nlohmann writes them",
          "[http][json]") {
    check_text("");
    for (const auto& first : pieces()) {
        check_text(first);
        for (const auto& second : pieces()) check_text(first + second);
        for (std::size_t before = 1; before <= 17; ++before)
            check_text(std::string(before, 'x') + first + std::string(17 - before, 'y'));
    }
}

TEST_CASE("every byte by itself is written as nlohmann writes it", "[http][json]") {
    for (int byte = 0; byte < 256; ++byte) {
        const std::string one(1, static_cast<char>(byte));
        check_text(one);
        check_text("1234567" + one + "12345678");
    }
}

TEST_CASE("texts thrown together are written as nlohmann writes them", "[http][json]") {
    std::mt19937 random(20'221);
    for (int i = 0; i < 2000; ++i) {
        std::string text;
        for (auto count = random() % 12; count > 0; --count) text += pieces()[random() % pieces().size()];
        check_text(text.substr(random() % (text.size() + 1)));
    }
}

TEST_CASE("numbers are written as nlohmann writes them", "[http][json]") {
    for (const double number : {0.0,
                                -0.0,
                                1.0,
                                -1.0,
                                0.1,
                                12.5,
                                0.001,
                                1234.567,
                                999999999999999.0,
                                1e15,
                                1e16,
                                123456789012345678.0,
                                1e300,
                                0.0001,
                                0.00012345,
                                0.00001,
                                5e-324,
                                -2.5e-7,
                                std::numeric_limits<double>::max(),
                                std::numeric_limits<double>::infinity(),
                                std::numeric_limits<double>::quiet_NaN()})
        CHECK(written(number) == dumped(number));
    for (const std::uint64_t number : {std::uint64_t{0}, std::uint64_t{7}, UINT64_MAX})
        CHECK(written(number) == dumped(number));
    for (const std::int64_t number : {std::int64_t{-1}, INT64_MIN, INT64_MAX})
        CHECK(written(number) == dumped(number));
    for (int thousandths = -3000; thousandths < 100'000; thousandths += 7) {
        const double number = thousandths / 1000.0;
        CHECK(written(number) == dumped(number));
    }
}

TEST_CASE("objects and arrays, empty and within each other, have their commas where they must be",
          "[http][json]") {
    JsonWriter json;
    json.open_object();
    json.member("list", std::vector<std::string>{"a", "b"});
    json.member("none", std::vector<std::string>{});
    json.member_or_null("null", "");
    json.member_or_null("text", "t");
    json.member("absent", std::optional<int>());
    json.member("there", std::optional<int>(3));
    json.any_name("a \"name\"\n");
    json.open_array();
    json.open_object();
    json.close_object();
    json.open_array();
    json.value(true);
    json.value(nullptr);
    json.close_array();
    json.value("literal");
    json.close_array();
    json.member("last", false);
    json.close_object();

    const Json expected = {{"list", {"a", "b"}},
                           {"none", Json::array()},
                           {"null", nullptr},
                           {"text", "t"},
                           {"absent", nullptr},
                           {"there", 3},
                           {"a \"name\"\n", {Json::object(), {true, nullptr}, "literal"}},
                           {"last", false}};
    CHECK(json.take() == dumped(expected));
}

TEST_CASE("an answer of hostile texts is what nlohmann makes of it when it reads and writes it",
          "[http][json]") {
    for (const auto& text : pieces()) {
        search::Request request;
        request.text = text;
        request.facets = {index::Breakdown::lang, index::Breakdown::source};
        search::Reply reply;
        reply.parsed = reply.suggestion = text;
        reply.warnings = {{"no_match", text, text}, {"no_words", {}, text}};
        reply.expansions = {{text, {text, "x"}, text}};
        reply.took_ms = 1.26;
        search::Hit hit;
        hit.document.id = hit.document.path = hit.document.url = hit.document.record = text;
        hit.document.lang = hit.document.author = hit.document.source = text;
        hit.document.date = {text, index::Precision::day, text, text};
        hit.score = 12.34567;
        hit.title = hit.snippet = cut_anywhere(text);
        reply.hits = {hit, {}};
        reply.facets = {{{{text, 3}}, 4}, {}};
        const auto answer = to_json(request, reply);

        CHECK(answer == dumped(Json::parse(answer)));
        CHECK(Json::parse(answer)["query"]["text"] == Json::parse(dumped(text)));
        CHECK(Json::parse(answer)["took_ms"] == 1.3);
        CHECK(Json::parse(answer)["hits"][0]["score"] == 12.346);
    }
}
