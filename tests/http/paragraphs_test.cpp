#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "http/paragraphs.hpp"

using izde::http::wrapped_line_ends;

namespace {

// The text with a space for each line end that only kept lines short.
std::string joined(std::string text) {
    for (const std::size_t at : wrapped_line_ends(text)) {
        REQUIRE(text.at(at) == '\n');
        text[at] = ' ';
    }
    return text;
}

}  // namespace

TEST_CASE("lines that were broken where they were full are one paragraph again", "[pages]") {
    CHECK(
        joined("NEW YORK, June 18 - The company, which was formerly\n"
               "known as Champion Petroleum, raised its prices for crude oil\n"
               "by 50 cents a barrel.\n"
               "The increase brings the benchmark grade of the west to a\n"
               "price of 19 dollars.\n"
               "\n"
               "It follows a similar move.") ==
        "NEW YORK, June 18 - The company, which was formerly known as Champion Petroleum, raised its prices "
        "for crude oil by 50 cents a barrel.\n"
        "The increase brings the benchmark grade of the west to a price of 19 dollars.\n"
        "\n"
        "It follows a similar move.");
}

TEST_CASE("lines that had room are left as they are", "[pages]") {
    const std::string paragraph = "A paragraph that is one line however long it is, as most texts have them, "
                                  "goes beyond any wrap at all.";
    for (const std::string& text : std::vector<std::string>{
             "",
             "\n\n",
             "One line.",
             "Tyger Tyger, burning bright,\nIn the forests of the night;\nWhat immortal hand or eye,",
             paragraph + "\nShort.\n" + paragraph,
             "400 g rye flour, as dark as you can find it in a shop here\n330 g water\n9 g "
             "salt\nseed\ncaraway",
             "乌鲁木齐高铁站今天开通了新的线路，市民纷纷前往乘坐，车站人流明显增加。\n"
             "记者在现场看到，许多旅客带着行李排队进站，秩序良好，工作人员耐心引导。\n"
             "相关负责人表示，今后还将增加班次，方便各族群众出行，并改善候车条件。",
             "A line that is full and ends where it has to end today.\n    An indented one begins a "
             "paragraph.",
         }) {
        CAPTURE(text);
        CHECK(wrapped_line_ends(text).empty());
    }
}
