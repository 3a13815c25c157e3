#include <optional>
#include <string>

#include <brotli/decode.h>
#include <zlib.h>

#include <catch2/catch.hpp>

#include "http/assets.hpp"
#include "http/encoding.hpp"
#include "support/raw_client.hpp"
#include "support/running_server.hpp"

using izde::http::Accepted;
using izde::http::Answer;
using izde::http::compress;
using izde::http::Compression;
using izde::http::Effort;
using izde::http::encode;
using izde::http::Encoding;
using izde::http::Message;
using izde::tests::contains;
using izde::tests::get;
using izde::tests::RawClient;
using izde::tests::Running;

namespace {

std::string header(const Answer& answer, const std::string& name) {
    for (const auto& [key, value] : answer.headers) {
        if (key == name) return value;
    }
    return "";
}

std::string decode(const std::string& bytes, Encoding encoding) {
    std::string plain(10'000'000, '\0');
    std::size_t size = plain.size();
    if (encoding == Encoding::brotli) {
        const auto* in = reinterpret_cast<const std::uint8_t*>(bytes.data());
        auto* out = reinterpret_cast<std::uint8_t*>(plain.data());
        REQUIRE(BrotliDecoderDecompress(bytes.size(), in, &size, out) == BROTLI_DECODER_RESULT_SUCCESS);
    } else {
        z_stream stream = {};
        REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
        std::string in = bytes;
        stream.next_in = reinterpret_cast<Bytef*>(in.data());
        stream.avail_in = static_cast<uInt>(in.size());
        stream.next_out = reinterpret_cast<Bytef*>(plain.data());
        stream.avail_out = static_cast<uInt>(plain.size());
        REQUIRE(inflate(&stream, Z_FINISH) == Z_STREAM_END);
        size = stream.total_out;
        inflateEnd(&stream);
    }
    plain.resize(size);
    return plain;
}

std::string text_of(std::size_t size) {
    std::string text;
    while (text.size() < size) text += "{\"id\":" + std::to_string(text.size()) + ",\"title\":\"izde\"},";
    text.resize(size);
    return text;
}

Answer compressed(const std::string& accepted, std::size_t size, bool for_size = true) {
    Answer answer = {.body = text_of(size), .headers = {{"ETag", "\"1\""}}};
    compress(answer, {.headers = {{"accept-encoding", accepted}}}, for_size);
    return answer;
}

}  // namespace

TEST_CASE("the encoding a client likes best is chosen, and none it refuses", "[http][encoding]") {
    struct Row {
        const char* header;
        std::optional<Encoding> best;
        bool takes_plain = true;
    };
    const auto row = GENERATE(values<Row>({
        {"", std::nullopt},
        {"gzip", Encoding::gzip},
        {"GZip", Encoding::gzip},
        {"x-gzip", Encoding::gzip},
        {"gzip, deflate, br, zstd", Encoding::brotli},
        {"gzip, br", Encoding::brotli},
        {"gzip;q=1.0, br;q=0.5", Encoding::gzip},
        {"br;q=0, gzip;q=0.001", std::nullopt, true},
        {"gzip;q=0", std::nullopt},
        {"gzip ; q=0.5 , identity;q=0.4", Encoding::gzip},
        {"gzip;q=0.5, identity", std::nullopt},
        {"*", Encoding::brotli},
        {"*;q=0", std::nullopt, false},
        {"*;q=0, gzip", Encoding::gzip, false},
        {"identity;q=0", std::nullopt, false},
        {"identity;q=0, br;q=0.1", Encoding::brotli, false},
        {"gzip;q=2", std::nullopt},
        {"gzip;q=-1, br;q=1.0001", std::nullopt},
        {"gzip;level=9", std::nullopt},
        {";;;,,,q=1;", std::nullopt},
        {"gzipped, brr", std::nullopt},
    }));
    CAPTURE(row.header);

    const Accepted accepted{std::string_view(row.header)};

    if (std::string(row.header) == "br;q=0, gzip;q=0.001")
        CHECK(accepted.best() == Encoding::gzip);  // plain bytes are not named, so they are liked less
    else
        CHECK(accepted.best() == row.best);
    CHECK(accepted.takes(Encoding::identity) == row.takes_plain);
}

TEST_CASE("what was encoded can be read again", "[http][encoding]") {
    const auto encoding = GENERATE(Encoding::gzip, Encoding::brotli);
    const auto effort = GENERATE(Effort::fast, Effort::thorough);

    for (const std::size_t size : {0, 1, 1400, 100'000}) {
        const auto text = text_of(size);
        CHECK(decode(encode(text, encoding, effort), encoding) == text);
    }
}

TEST_CASE("an answer is compressed where that pays", "[http][encoding]") {
    CHECK(header(compressed("gzip", 1400), "Content-Encoding") == "gzip");
    CHECK(header(compressed("gzip, br", 1400), "Content-Encoding") == "br");
    CHECK(header(compressed("gzip", 1399), "Content-Encoding").empty());
    CHECK(header(compressed("", 100'000), "Content-Encoding").empty());
    CHECK(header(compressed("gzip", 100'000, false), "Content-Encoding").empty());
    CHECK(compressed("gzip", 100'000).body.size() < 50'000);
    CHECK(decode(compressed("br", 100'000).body, Encoding::brotli) == text_of(100'000));
}

TEST_CASE("caches learn that an answer has forms, and which they hold", "[http][encoding]") {
    for (const auto* accepted : {"", "gzip"})
        CHECK(header(compressed(accepted, 5000), "Vary") == "Accept-Encoding");
    CHECK(header(compressed("gzip", 5000), "ETag") == "W/\"1\"");
    CHECK(header(compressed("", 5000), "ETag") == "\"1\"");
}

TEST_CASE("a client that refuses plain bytes gets others or a refusal", "[http][encoding]") {
    CHECK(header(compressed("identity;q=0, gzip", 20), "Content-Encoding") == "gzip");
    CHECK(header(compressed("identity;q=0, gzip", 20, false), "Content-Encoding") == "gzip");
    CHECK(compressed("identity;q=0", 5000).status == 406);
    CHECK(compressed("*;q=0", 20).status == 406);
}

TEST_CASE("pictures and what is compressed already are left as they are", "[http][encoding]") {
    const Message request = {.headers = {{"accept-encoding", "gzip"}}};
    Answer picture = {.type = "image/png", .body = text_of(5000)};
    Answer packed = {.body = text_of(5000), .headers = {{"Content-Encoding", "br"}}};

    compress(picture, request, true);
    compress(packed, request, true);

    CHECK(picture.body == text_of(5000));
    CHECK(packed.body == text_of(5000));
    CHECK(header(packed, "Content-Encoding") == "br");
}

TEST_CASE("clients on this machine get plain bytes unless told otherwise", "[http][encoding]") {
    const auto answering = [](const Message&) { return Answer{.body = text_of(5000)}; };
    const auto asked = get("/", "Accept-Encoding: gzip\r\n");
    const Running usual(answering), always(answering, {.compression = Compression::always}),
        never(answering, {.compression = Compression::off});

    CHECK_FALSE(contains(RawClient(usual.port()).ask(asked), "Content-Encoding"));
    CHECK(contains(RawClient(always.port()).ask(asked), "Content-Encoding: gzip\r\n"));
    CHECK_FALSE(contains(RawClient(never.port()).ask(asked), "Content-Encoding"));
}

TEST_CASE("the page comes compressed to whoever takes it so, each form under a name of its own",
          "[http][encoding]") {
    const auto assets = izde::http::built_in_assets();
    const auto& script = assets.at("/search.js");
    const auto ask = [&](const std::string& accepted, const std::string& known = "") {
        return izde::http::answer(script,
                                  {.headers = {{"accept-encoding", accepted}, {"if-none-match", known}}});
    };

    const auto plain = ask(""), zipped = ask("gzip"), smallest = ask("gzip, br");

    CHECK(plain.body == script.body);
    CHECK(decode(zipped.body, Encoding::gzip) == script.body);
    CHECK(decode(smallest.body, Encoding::brotli) == script.body);
    CHECK(smallest.body.size() < zipped.body.size());
    CHECK(zipped.body.size() < plain.body.size() / 2);
    for (const auto& answer : {plain, zipped, smallest}) CHECK(header(answer, "Vary") == "Accept-Encoding");
    CHECK(ask("br", header(smallest, "ETag")).status == 304);
    CHECK(ask("gzip", header(smallest, "ETag")).status == 200);
    CHECK(ask("", header(plain, "ETag")).status == 304);
}

TEST_CASE("only an address that names the content may be kept for ever", "[http][encoding]") {
    const auto assets = izde::http::built_in_assets();
    const auto& script = assets.at("/search.js");
    const auto policy = [&](const std::string& version) {
        return header(izde::http::answer(script, {.params = {{"v", version}}}), "Cache-Control");
    };

    CHECK(policy(script.hash) == "public, max-age=31536000, immutable");
    CHECK(policy("0") == "no-cache");
    CHECK(header(izde::http::answer(script, {}), "Cache-Control") == "no-cache");
}
