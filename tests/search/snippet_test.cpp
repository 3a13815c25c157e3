#include <string>

#include <catch2/catch.hpp>

#include "izde/text/utf8.hpp"

#include "search/snippet.hpp"
#include "search/wanted_words.hpp"

using namespace std::string_literals;

namespace {

using namespace izde;
using namespace izde::test;
using query::Wanted;
using search::make_snippet;
using search::Marked;

}  // namespace

TEST_CASE("a wanted word is marked in every form of it", "[search]") {
    CHECK(shown(search::mark("Bridges are built. A bridge, the BRIDGE!", "en", wanted({"bridge|bridges"}))) ==
          "[Bridges] are built. A [bridge], the [BRIDGE]!");
    CHECK(shown(search::mark("Новый мост у моста.", "ru", wanted({"мост|моста"}, "ru"))) ==
          "Новый [мост] у [моста].");
    CHECK(shown(search::mark("In Ürümqi it rains", "en", wanted({"urumqi|ürümqi"}))) ==
          "In [Ürümqi] it rains");
}

TEST_CASE("a form that was not asked for marks nothing", "[search]") {
    CHECK(shown(search::mark("Bridges and a ferry", "en", wanted({"bridge", "ferry"}))) ==
          "Bridges and a [ferry]");
}

TEST_CASE("a prefix marks all words that begin with it", "[search]") {
    CHECK(shown(search::mark("Bridal bridges on a bride, no abridged one", "en", wanted_prefix("brid"))) ==
          "[Bridal] [bridges] on a [bride], no abridged one");
}

TEST_CASE("a Han prefix marks just what was typed", "[search]") {
    CHECK(shown(search::mark("长江大桥", "zh", wanted_prefix("大"))) == "长江[大]桥");
}

TEST_CASE("a phrase is one mark and its words alone are none", "[search]") {
    CHECK(shown(search::mark("The old bridge is an old, new bridge", "en", wanted({"old bridge"}))) ==
          "The [old bridge] is an old, new bridge");
    CHECK(shown(search::mark("old\n bridge", "en", wanted({"old bridge"}))) == "[old\n bridge]");
}

TEST_CASE("a phrase does not reach over the end of a paragraph", "[search]") {
    CHECK(shown(search::mark("It is old\n\nbridge", "en", wanted({"old bridge"}))) == "It is old\n\nbridge");
}

TEST_CASE("neighbouring words stay two marks and overlapping phrases become one", "[search]") {
    CHECK(shown(search::mark("old bridge", "en", wanted({"old", "bridge"}))) == "[old] [bridge]");
    CHECK(shown(search::mark("big old bridge", "en", wanted({"big old", "old bridge"}))) ==
          "[big old bridge]");
    CHECK(shown(search::mark("knock knock knock", "en", wanted({"knock knock"}))) == "[knock knock knock]");
    CHECK(shown(search::mark("old bridge", "en", wanted({"old", "old bridge"}))) == "[old bridge]");
}

TEST_CASE("a Han run is one mark and parts of it elsewhere are not lit", "[search]") {
    CHECK(shown(search::mark("阿斯塔纳在俄罗斯以南，塔纳", "zh", wanted({"阿斯塔纳"}, "zh"))) ==
          "[阿斯塔纳]在俄罗斯以南，塔纳");
    CHECK(shown(search::mark("木齐 鲁木 乌鲁 乌鲁木齐", "zh", wanted({"乌鲁木齐"}, "zh"))) ==
          "木齐 鲁木 乌鲁 [乌鲁木齐]");
    CHECK(shown(search::mark("清华大学", "zh", wanted({"清华", "大学"}, "zh"))) == "[清华大学]");
    CHECK(shown(search::mark("大桥和小桥", "zh", wanted({"桥"}, "zh"))) == "大[桥]和小[桥]");
    CHECK(shown(search::mark("哈哈哈", "zh", wanted({"哈哈"}, "zh"))) == "[哈哈哈]");
}

TEST_CASE("a mark keeps a letter and its marks together", "[search]") {
    CHECK(shown(search::mark("cafe\u0301 open", "en", wanted({"café"}))) == "[cafe\u0301] open");
    CHECK(shown(search::mark("葛\uFE00城", "zh", wanted({"葛"}, "zh"))) == "[葛\uFE00]城");
}

TEST_CASE("nothing wanted marks nothing", "[search]") {
    CHECK(shown(search::mark("a bridge", "en", Wanted{})) == "a bridge");
    CHECK(shown(search::mark("a bridge", "en", wanted({""}))) == "a bridge");
    CHECK(shown(search::mark("", "en", wanted({"bridge"}))).empty());

    Wanted hollow;
    hollow.units.push_back({{{{""}, {}}}, 1.0});
    hollow.units.push_back({{{{}, ""}}, 1.0});
    hollow.units.push_back({});
    CHECK(shown(search::mark("a bridge", "en", hollow)) == "a bridge");
}

TEST_CASE("a short text is shown whole on one line", "[search]") {
    CHECK(shown(make_snippet("  A bridge\n\n over\u00A0the  river. ", "en", wanted({"river"}), 40)) ==
          "A bridge over the [river].");
    CHECK(shown(make_snippet("", "en", wanted({"river"}), 40)).empty());
    CHECK(shown(make_snippet(" \n ", "en", wanted({"river"}), 40)).empty());
}

TEST_CASE("a phrase over a line end is one mark over one space", "[search]") {
    CHECK(shown(make_snippet("An old \n\t bridge.", "en", wanted({"old bridge"}), 40)) == "An [old bridge].");
}

TEST_CASE("a snippet without wanted words is the beginning of the text", "[search]") {
    CHECK(shown(make_snippet("The ferry left early in the morning and nobody saw it.", "en",
                             wanted({"bridge"}), 30)) == "The ferry left early in …");
}

TEST_CASE("a snippet starts at the sentence of the word when that is near", "[search]") {
    const std::string text = "Nothing happened on Monday or on Tuesday. The mayor opened a bridge on "
                             "Wednesday. Then all went home and slept for a long time.";

    CHECK(shown(make_snippet(text, "en", wanted({"bridge"}), 60)) ==
          "… The mayor opened a [bridge] on Wednesday. Then all went …");
}

TEST_CASE("an abbreviation does not start a sentence", "[search]") {
    const std::string text =
        repeated("word ", 20) + "the famous engineer Mr. Stone opened a bridge " + repeated("more ", 20);

    CHECK(shown(make_snippet(text, "en", wanted({"opened"}), 60)).find("… Stone") == std::string::npos);
}

TEST_CASE("a snippet starts a few words before when the sentence starts far away", "[search]") {
    const std::string text = repeated("long ", 40) + "bridge" + repeated(" tail", 40);

    CHECK(shown(make_snippet(text, "en", wanted({"bridge"}), 40)) ==
          "… long [bridge] tail tail tail tail tail …");
}

TEST_CASE("a snippet at the end of a text is filled from before", "[search]") {
    const std::string text = repeated("long ", 40) + "bridge.";

    CHECK(shown(make_snippet(text, "en", wanted({"bridge"}), 40)) == "… long long long long long [bridge].");
}

TEST_CASE("a snippet prefers distinct words to repeated ones", "[search]") {
    const std::string text = "Bridge bridge bridge bridge. " + repeated("filler ", 30) +
                             "The bridge crosses a river. " + repeated("filler ", 30);

    CHECK(shown(make_snippet(text, "en", wanted({"bridge", "river"}), 60))
              .find("The [bridge] crosses a [river]") != std::string::npos);
}

TEST_CASE("a snippet prefers words that stand close together", "[search]") {
    const std::string text = "The bridge is far away from any river. " + repeated("filler ", 30) +
                             "A river bridge. " + repeated("filler ", 30);

    CHECK(shown(make_snippet(text, "en", wanted({"bridge", "river"}), 60)).find("[river] [bridge]") !=
          std::string::npos);
}

TEST_CASE("a snippet prefers the heavier word", "[search]") {
    Wanted both;
    both.units = {unit("the", "en", 0.1), unit("aqueduct", "en", 2.0)};
    const std::string text =
        "The ferry. " + repeated("filler ", 30) + "An aqueduct stood here. " + repeated("filler ", 30);

    CHECK(shown(make_snippet(text, "en", both, 40)).find("[aqueduct]") != std::string::npos);
}

TEST_CASE("of equal places the earliest is shown", "[search]") {
    const std::string text = repeated("A bridge stands here now. ", 40);

    CHECK(shown(make_snippet(text, "en", wanted({"bridge"}), 30)) == "A [bridge] stands here now. …");
}

TEST_CASE("Chinese counts two columns a character and is cut anywhere between them", "[search]") {
    const std::string text = repeated("今天天气很好", 20) + "长江大桥" + repeated("大家都很高兴", 20);
    const Marked snippet = make_snippet(text, "zh", wanted({"长江大桥"}, "zh"), 40);

    check_marks(snippet);
    CHECK(shown(snippet).find("[长江大桥]") != std::string::npos);
    CHECK(text::display_width(snippet.text) <= 40);
    CHECK(text::display_width(snippet.text) >= 36);
}

TEST_CASE("a Chinese snippet starts at its sentence", "[search]") {
    const std::string text =
        repeated("今天天气很好", 20) + "。“长江大桥”今天通车。" + repeated("大家都很高兴", 20);

    CHECK(shown(make_snippet(text, "zh", wanted({"长江大桥"}, "zh"), 30)) ==
          "… “[长江大桥]”今天通车。大家都 …");
}

TEST_CASE("punctuation stays with its word at the ends of a snippet", "[search]") {
    const std::string text = repeated("filler ", 30) + "(bridge) tail. " + repeated("more ", 30);
    Wanted one = wanted({"bridge"});

    CHECK(shown(make_snippet(text, "en", one, 16)) == "… ([bridge]) …");
}

TEST_CASE("a word wider than the snippet is cut at a character", "[search]") {
    const std::string word = repeated("ж", 1000);

    const Marked lone = make_snippet(word, "ru", wanted({word}, "ru"), 30);
    check_marks(lone);
    CHECK(lone.text == repeated("ж", 26) + "…");
    REQUIRE(lone.marks.size() == 1);
    CHECK(lone.marks[0] == text::Span{0, 52});

    const Marked before = make_snippet(word + " мост стоит", "ru", wanted({"мост|моста"}, "ru"), 30);
    CHECK(shown(before) == "… [мост] стоит");

    const Marked accents = make_snippet(repeated("e\u0301", 500), "en", Wanted{}, 21);
    CHECK(accents.text == repeated("e\u0301", 17) + "…");
}

TEST_CASE("a text without a single word is cut all the same", "[search]") {
    CHECK(make_snippet(repeated("=", 500), "en", wanted({"bridge"}), 24).text == repeated("=", 20) + "…");
    CHECK(make_snippet(repeated("=", 500) + " Bridge", "en", wanted({"bridge"}), 24).text == "… Bridge");
    const std::string lined = repeated("=", 500) + " Bridge and river and ferry and boat";
    CHECK(make_snippet(lined, "en", wanted({"river"}), 30).text == "… Bridge and river and ferry …");
    CHECK(make_snippet("A bridge" + repeated("!", 500) + " and more", "en", wanted({"bridge"}), 24).text ==
          "A bridge …");
    CHECK(make_snippet("Bridge " + repeated("=", 500), "en", wanted({"bridge"}), 24).text == "Bridge …");
}

TEST_CASE("no width is too small or too large", "[search]") {
    const std::string text = "Жаңа көпір. 长江大桥 cafe\u0301 bridge, " + repeated("x", 100);
    for (std::size_t width = 0; width < 200; ++width) {
        const Marked snippet = make_snippet(text, "en", wanted({"bridge", "长江"}), width);

        CAPTURE(width, snippet.text);
        check_marks(snippet);
        CHECK(snippet.text.empty() == (width == 0));
        CHECK(snippet.marks.empty() == (width == 0));
    }
    CHECK(make_snippet(text, "en", Wanted{}, static_cast<std::size_t>(-1)).text == text);
}

TEST_CASE("broken bytes are replaced in marked text and snippets", "[search]") {
    const std::string text = "a bridge \xFF\xE4\xB8 over\0 it"s;

    check_marks(search::mark(text, "en", wanted({"bridge"})));
    check_marks(make_snippet(text, "en", wanted({"bridge"}), 10));
    CHECK(search::mark(text, "en", wanted({"over"})).marks.size() == 1);
}

TEST_CASE("a snippet does not end inside of a phrase", "[search]") {
    const std::string text =
        "The Bank of Japan, they say, bought all of it: so says the Bank of Japan itself today";
    for (std::size_t width = 30; width < 80; ++width) {
        const std::string snippet = shown(make_snippet(text, "en", wanted({"bank of japan"}), width));
        CAPTURE(width, snippet);
        for (const std::string part : {"[Bank] ", "[Bank of] ", "[of Japan]", "[Japan]"})
            CHECK(snippet.find(part) == std::string::npos);
    }
    for (std::size_t width = 20; width < 60; ++width) {
        const std::string snippet =
            shown(make_snippet("组件的生命周期方法，你可以重写这些方法，使用此生命周期图谱作为速查表", "zh",
                               wanted({"生命周期"}, "zh"), width));
        CAPTURE(width, snippet);
        CHECK(snippet.find("生命]") == std::string::npos);
        CHECK(snippet.find("[周期") == std::string::npos);
        CHECK(snippet.find("生命周]") == std::string::npos);
    }
}

TEST_CASE("a snippet does not repeat the title where the rest of the text is as good", "[search]") {
    const auto snippet = [](const std::string& text, const std::string& title, std::vector<std::string> words,
                            std::size_t width = 40) {
        return shown(make_snippet(text, "en", wanted(words), width, title));
    };
    const std::string title = "Bridge closed after flood",
                      rest = "The old bridge was hit by the flood on Monday.";
    // Both words stand in the rest, further apart.
    CHECK(snippet(title + "\n\n" + rest, title, {"bridge", "flood"}, 60) ==
          "… The old [bridge] was hit by the [flood] on Monday.");
    CHECK(snippet(title + ". " + rest, "Bridge closed\nafter flood", {"flood"}, 60) ==
          "… The old bridge was hit by the [flood] on Monday.");
    CHECK(snippet(title + " of the river. " + rest, "Bridge closed …", {"flood"}, 60) ==
          "… The old bridge was hit by the [flood] on Monday.");
    // The sentence goes on.
    CHECK(snippet(title + " came: " + rest, title, {"closed"}, 30) == "Bridge [closed] after flood …");
    // Only the title has it.
    CHECK(snippet(title + "\n\n" + rest, title, {"closed"}) == "Bridge [closed] after flood The old …");
    CHECK(snippet(title + "\n\n" + rest, title, {"closed", "flood"}) ==
          "Bridge [closed] after [flood] The old …");
    // Nothing is asked for, or found.
    CHECK(snippet(title + "\n\n" + rest, title, {}) == "… The old bridge was hit by the flood …");
    CHECK(snippet(title + "\n\nMore.", title, {"ferry"}) == "Bridge closed after flood More.");
    // No title, another, or one that ends inside of a word; a text that is nothing else.
    CHECK(snippet(title, title, {"flood"}) == "Bridge closed after [flood]");
    CHECK(snippet(rest, title, {"flood"}, 60) == "The old bridge was hit by the [flood] on Monday.");
    CHECK(snippet("Bridges of flood", "Bridge", {"flood"}) == "Bridges of [flood]");
}

TEST_CASE("markup in a text is text", "[search]") {
    CHECK(shown(make_snippet("<b>bridge</b> & <script>", "en", wanted({"bridge"}), 80)) ==
          "<b>[bridge]</b> & <script>");
}

TEST_CASE("a text or title that ends inside of a character is shown to its end", "[search]") {
    for (const std::string end : {"\xF0", "\xFE", "\xE2\x80", "\xD0"}) {
        INFO(text::repair_utf8(end));
        CHECK(make_snippet("\n" + end, "en", wanted({"bridge"}), 200).text == text::repair_utf8(end));
        CHECK(make_snippet(end + "\n", "en", wanted({"bridge"}), 200).text == text::repair_utf8(end));
    }
    CHECK(make_snippet("Ө", "kk", wanted({"ө"}, "kk"), 200, "\xD3").text == "Ө");
    CHECK(make_snippet("Өңөң. Мост", "kk", wanted({"мост"}, "kk"), 200, "\xD3").text == "Өңөң. Мост");
}

TEST_CASE("what is ill-formed behind signs that a scan cannot read is repaired as well", "[search]") {
    for (const std::string& broken :
         {std::string("@@ river \0 bank", 15), std::string("@@ river \xFF bank")}) {
        const auto marked = search::mark(broken, "en", query::Wanted{});
        CHECK(marked.text == text::repair_utf8(broken));
    }
}
