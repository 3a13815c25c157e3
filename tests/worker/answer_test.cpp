// What a worker may say of a document, and what no reader would.
#include <catch2/catch.hpp>

#include "izde/index/record.hpp"

#include "worker/answer.hpp"
#include "worker/limits.hpp"

using namespace izde;
using namespace izde::worker;

namespace {

index::Document sound() {
    index::Document document;
    document.path = "a.html";
    document.record = "7";
    document.url = "https://example.org/a";
    document.title = "A title";
    document.title_source = "heading";
    document.body = "Some text.\n";
    document.boilerplate = {{"Share", 0}, {"Footer", 11}};
    document.format = "html";
    document.encoding = "windows-1251";
    document.author = "Jane Doe";
    document.author_source = "byline";
    document.date = {"2022-01-25", index::Precision::day, "metadata", "25 January"};
    return document;
}

bool passes(const index::Document& document) {
    return static_cast<bool>(check_record(index::write_record(document), "a.html"));
}

struct Lie {
    const char* what;
    void (*tell)(index::Document&);
};

}  // namespace

TEST_CASE("a sound document passes as it is", "[worker]") {
    const std::string bytes = index::write_record(sound());
    const auto checked = check_record(bytes, "a.html");
    REQUIRE(checked);
    CHECK(index::write_record(*checked) == bytes);
}

TEST_CASE("a document without any text passes, as there are empty pages", "[worker]") {
    index::Document empty = sound();
    for (std::string* text : {&empty.title, &empty.title_source, &empty.body}) text->clear();
    empty.boilerplate.clear();
    CHECK(passes(empty));
}

TEST_CASE("a document that no reader makes is refused", "[worker]") {
    using index::Document;
    const std::vector<Lie> lies{
        {"another path", [](Document& d) { d.path = "b.html"; }},
        {"no path", [](Document& d) { d.path.clear(); }},
        {"an id", [](Document& d) { d.id = "0123456789abcdef"; }},
        {"a group", [](Document& d) { d.group = "0123456789abcdef"; }},
        {"similar ones", [](Document& d) { d.similar = 3; }},
        {"a time of its own", [](Document& d) { d.first_seen = 1; }},
        {"a broken title", [](Document& d) { d.title = "\xFF"; }},
        {"a broken body", [](Document& d) { d.body = "a\xC3"; }},
        {"a surrogate", [](Document& d) { d.author = "\xED\xA0\x80"; }},
        {"a broken record id", [](Document& d) { d.record = "\x80"; }},
        {"a title of lines", [](Document& d) { d.title = "a\nb"; }},
        {"an author of lines", [](Document& d) { d.author = "a\nb"; }},
        {"a script", [](Document& d) { d.url = "javascript:alert(1)"; }},
        {"an address with a space", [](Document& d) { d.url = "http://a b"; }},
        {"no scheme", [](Document& d) { d.url = "httpx"; }},
        {"an unknown format", [](Document& d) { d.format = "exe"; }},
        {"no format", [](Document& d) { d.format.clear(); }},
        {"an odd encoding", [](Document& d) { d.encoding = "UTF 8\x1B"; }},
        {"a long encoding", [](Document& d) { d.encoding = std::string(65, 'a'); }},
        {"an unknown origin of the title", [](Document& d) { d.title_source = "trust me"; }},
        {"an unknown origin of the author", [](Document& d) { d.author_source = "trust me"; }},
        {"an unknown origin of the place", [](Document& d) { d.place_source = "trust me"; }},
        {"an unknown origin of the source", [](Document& d) { d.source_source = "trust me"; }},
        {"an unknown origin of the date", [](Document& d) { d.date.source = "trust me"; }},
        {"a date of letters", [](Document& d) { d.date.value = "2022-0a-25"; }},
        {"a date that is cut", [](Document& d) { d.date.value = "2022-01"; }},
        {"a date without a day", [](Document& d) { d.date.precision = index::Precision::month; }},
        {"a date from nowhere", [](Document& d) { d.date.precision = index::Precision::none; }},
        {"furniture in disorder",
         [](Document& d) {
             d.boilerplate = {{"a", 5}, {"b", 4}};
         }},
        {"furniture without text",
         [](Document& d) {
             d.boilerplate = {{"", 5}};
         }},
        {"broken furniture",
         [](Document& d) {
             d.boilerplate = {{"\xC3", 5}};
         }},
    };
    for (const Lie& lie : lies) {
        INFO(lie.what);
        index::Document document = sound();
        lie.tell(document);
        CHECK_FALSE(passes(document));
    }
}

TEST_CASE("a language that is none is not known", "[worker]") {
    index::Document document = sound();
    document.lang = "klingon, or so";
    const auto checked = check_record(index::write_record(document), "a.html");
    REQUIRE(checked);
    CHECK(checked->lang == "und");
}

TEST_CASE("the answers for one file are bounded in all", "[worker]") {
    std::size_t taken = 0;
    const read::Sink sink = [&](const Result<index::Document>&) { ++taken; };
    const bool at_once = GENERATE(false, true);
    Answer answer("a.html", 0, ~std::uint64_t{0}, at_once, sink);
    auto state = Answer::State::unfinished;
    while (state == Answer::State::unfinished) state = answer.take({Kind::error, "no"});
    CHECK(state == Answer::State::nonsense);
    CHECK(taken * answer_overhead <= max_answer_bytes(at_once, 0));
    CHECK((taken > 0) == at_once);
}

TEST_CASE("no more is taken than was wanted", "[worker]") {
    std::size_t taken = 0;
    const read::Sink sink = [&](const Result<index::Document>&) { ++taken; };
    Answer answer("a.html", 0, 2, true, sink);
    CHECK(answer.take({Kind::error, "one"}) == Answer::State::unfinished);
    CHECK(answer.take({Kind::error, "two"}) == Answer::State::enough);
    CHECK(taken == 2);
}
