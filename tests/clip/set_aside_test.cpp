// Parts taken out of a body, and where they stood.
#include <catch2/catch.hpp>

#include "clip/set_aside.hpp"

using namespace izde;
using clip::set_aside;
using Pieces = std::vector<index::Furniture>;

namespace {

index::Document of(std::string body, Pieces pieces = {}) {
    index::Document document;
    document.body = std::move(body);
    document.boilerplate = std::move(pieces);
    return document;
}

// The bytes of `part` in the body.
clip::Cut cut(const index::Document& document, const std::string& part, bool keep = true) {
    const std::size_t begin = document.body.find(part);
    REQUIRE(begin != std::string::npos);
    return {begin, begin + part.size(), keep};
}

}  // namespace

TEST_CASE("a line taken out leaves the body and says before which byte it stood", "[clip]") {
    auto document = of("One.\nShare this\nTwo.\n");
    set_aside(document, {cut(document, "Share this\n")});
    CHECK(document.body == "One.\nTwo.\n");
    CHECK(document.boilerplate == Pieces{{"Share this", 5}});
}

TEST_CASE("empty lines around what is taken out become one", "[clip]") {
    auto document = of("One.\n\nShare this\n\n\nTwo.\n\nMenu\n");
    set_aside(document, {cut(document, "Share this\n"), cut(document, "Menu\n")});
    CHECK(document.body == "One.\n\nTwo.\n");
    CHECK(document.boilerplate == Pieces{{"Share this", 6}, {"Menu", 11}});
}

TEST_CASE("what is let go is no furniture", "[clip]") {
    auto document = of("Bridge to be built\n\nOne.\n");
    set_aside(document, {cut(document, "Bridge to be built\n", false)});
    CHECK(document.body == "One.\n");
    CHECK(document.boilerplate.empty());
}

TEST_CASE("pieces set aside before keep their place among new ones", "[clip]") {
    auto document = of("One.\nShare\nTwo.\nThree.\n", {{"menu", 0}, {"image", 11}, {"footer", 23}});
    set_aside(document, {cut(document, "Share\n")});
    CHECK(document.body == "One.\nTwo.\nThree.\n");
    CHECK(document.boilerplate == Pieces{{"menu", 0}, {"Share", 5}, {"image", 5}, {"footer", 17}});
}

TEST_CASE("a cut at a line's end leaves the line, and stands behind it", "[clip]") {
    auto document = of("One line. Photo: A. B.\nЖол.\n");
    set_aside(document, {cut(document, "Photo: A. B.\n")});
    CHECK(document.body == "One line.\nЖол.\n");
    CHECK(document.boilerplate == Pieces{{"Photo: A. B.", 10}});
}

TEST_CASE("a cut behind several spaces stands on a character's border, in the text's order", "[clip]") {
    for (const std::string spaces : {" ", "  ", "   ", "      "}) {
        CAPTURE(spaces.size());
        auto document =
            of("One line." + spaces + "Photo: A. B.\nЖол.\nShare\n", {{"image", 9 + spaces.size()}});
        set_aside(document, {cut(document, "Photo: A. B.\n"), cut(document, "Share\n")});
        CHECK(document.body == "One line.\nЖол.\n");
        REQUIRE(document.boilerplate.size() == 3);
        CHECK(document.boilerplate[0].text == "image");
        CHECK(document.boilerplate[0].at <= 10);
        CHECK(document.boilerplate[1] == index::Furniture{"Photo: A. B.", 10});
        CHECK(document.boilerplate[2] == index::Furniture{"Share", document.body.size()});
    }
}

TEST_CASE("a last line without an end is cut as well", "[clip]") {
    auto document = of("One.\nShare");
    set_aside(document, {cut(document, "Share")});
    CHECK(document.body == "One.\n");
    CHECK(document.boilerplate == Pieces{{"Share", 5}});
}

TEST_CASE("a body may be cut as a whole", "[clip]") {
    auto document = of("\n\nShare\n\nMenu\n\n");
    set_aside(document, {cut(document, "Share\n"), cut(document, "Menu\n")});
    CHECK(document.body.empty());
    CHECK(document.boilerplate == Pieces{{"Share", 0}, {"Menu", 0}});
}

TEST_CASE("without cuts nothing changes", "[clip]") {
    auto document = of("One.\n\n\n\nTwo.", {{"menu", 3}});
    set_aside(document, {});
    CHECK(document.body == "One.\n\n\n\nTwo.");
    CHECK(document.boilerplate == Pieces{{"menu", 3}});
}
