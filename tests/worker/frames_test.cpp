// Frames, however the socket cuts them.
#include <cstring>

#include <catch2/catch.hpp>

#include "worker/frames.hpp"
#include "worker/limits.hpp"

using namespace izde;
using namespace izde::worker;

namespace {

void feed(FrameReader& reader, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto room = reader.room();
        const std::size_t part = std::min(room.size, bytes.size());
        std::memcpy(room.data, bytes.data(), part);
        reader.added(part);
        bytes.remove_prefix(part);
    }
}

}  // namespace

TEST_CASE("frames come out as they went in, whatever pieces they arrive in", "[worker]") {
    std::string bytes;
    append_frame(bytes, Kind::document, "one");
    append_frame(bytes, Kind::error, std::string(50'000, 'x'));
    append_frame(bytes, Kind::document, std::string(300'000, 'y'));
    append_frame(bytes, Kind::done, "");
    const std::size_t piece = GENERATE(1, 2, 7, 4096, 1'000'000);
    FrameReader reader;
    std::vector<std::pair<Kind, std::size_t>> got;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        feed(reader, std::string_view(bytes).substr(at, piece));
        for (auto frame = reader.next(); frame && *frame; frame = reader.next())
            got.emplace_back((*frame)->kind, (*frame)->payload.size());
    }
    CHECK(got == std::vector<std::pair<Kind, std::size_t>>{
                     {Kind::document, 3}, {Kind::error, 50'000}, {Kind::document, 300'000}, {Kind::done, 0}});
    CHECK(reader.is_empty());
}

TEST_CASE("a frame that is longer than its kind may be is refused before it came", "[worker]") {
    const auto [kind, length] = GENERATE(table<Kind, std::size_t>({{Kind::document, max_record_bytes + 1},
                                                                   {Kind::error, max_error_bytes + 1},
                                                                   {Kind::done, 1},
                                                                   {Kind::last, 1},
                                                                   {Kind::hello, 3},
                                                                   {static_cast<Kind>('?'), 0}}));
    std::string bytes;
    append_head(bytes, kind, length);
    FrameReader reader;
    feed(reader, bytes);
    CHECK_FALSE(reader.next());
}

TEST_CASE("a request says what it said, and a damaged one nothing", "[worker]") {
    const Request request{
        read::Format::mbox, 12, "a/b \xD0\xB0.mbox", {{"headline", "title"}, {"x", "body"}}};
    const std::string bytes = write_request(request);
    const auto same = read_request(bytes);
    REQUIRE(same);
    CHECK(same->format == request.format);
    CHECK(same->cpu_seconds == request.cpu_seconds);
    CHECK(same->path == request.path);
    CHECK(same->field_names == request.field_names);
    for (std::size_t cut = 0; cut + 1 < bytes.size(); ++cut) {
        const auto part = read_request(std::string_view(bytes).substr(0, cut));
        CHECK((!part || part->field_names.size() < 2));
    }
}
