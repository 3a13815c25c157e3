// Footers and mastheads that repeat across an archive, and reprints that must lose nothing.
#include <algorithm>
#include <random>

#include <catch2/catch.hpp>

#include "clip/clipping.hpp"
#include "clip/repetition.hpp"
#include "clip/stories.hpp"

using namespace izde;
using namespace izde::tests;

namespace {

struct Archive {
    std::vector<index::Document> documents;
    clip::Repetition seen;

    void add(std::size_t number, const std::string& title, const std::string& body) {
        documents.push_back(make_document(number, title, body));
    }
    void see() {
        for (const auto& document : documents) seen.see(document);
    }
    index::Document read(std::size_t number) const {
        auto document = documents[number];
        clip::read_clipping(document, &seen);
        return document;
    }
};

std::string footer(std::size_t number) {
    static const std::vector<std::string> days{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday"};
    return "\nThe banks of the quiet river greet your porch along with the milk on each " +
           days[number % days.size()] + " before dawn\n";
}

// Paragraphs too long for lines cut at a width.
std::string story(std::size_t seed, std::size_t paragraphs = 8) {
    std::string text;
    for (std::size_t i = 0; i < paragraphs; ++i) {
        std::string two = sentences(2 * i, 2, seed);
        two[two.find('\n')] = ' ';
        text += two;
    }
    return text;
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a footer that differs by a word is set aside in each of five documents", "[clip]") {
    Archive archive;
    for (std::size_t i = 0; i < 5; ++i) archive.add(i, "Story", story(i + 1, 8) + footer(i));
    archive.see();
    for (std::size_t i = 0; i < 5; ++i) {
        CAPTURE(i);
        const auto document = archive.read(i);
        CHECK_FALSE(holds(document.body, "banks of the quiet river"));
        CHECK(document.body == story(i + 1, 8));
        REQUIRE(document.boilerplate.size() == 1);
        CHECK(document.boilerplate[0].text + "\n" == footer(i).substr(1));
    }
}

TEST_CASE("a Russian and a Chinese footer are set aside as well", "[clip]") {
    for (const std::string line : {"Вечерний листок приходит к вам вместе с молоком до рассвета",
                                   "晚间小报与牛奶一同在黎明前送到您的门口祝您早安"}) {
        CAPTURE(line);
        Archive archive;
        for (std::size_t i = 0; i < 6; ++i) archive.add(i, "Story", story(i + 1, 8) + "\n" + line + "\n");
        archive.see();
        CHECK(archive.read(3).body == story(4, 8));
    }
}

TEST_CASE("a line that stands in two documents stays", "[clip]") {
    Archive archive;
    for (std::size_t i = 0; i < 5; ++i) archive.add(i, "Story", story(i + 1, 8) + (i < 2 ? footer(i) : ""));
    archive.see();
    for (std::size_t i = 0; i < 5; ++i) CHECK(archive.read(i).boilerplate.empty());
}

TEST_CASE("reprints of one story lose nothing but the footer", "[clip]") {
    Archive archive;
    for (std::size_t i = 0; i < 5; ++i) archive.add(i, "Story", story(i + 1, 8) + footer(i));
    for (std::size_t i = 5; i < 9; ++i) archive.add(i, "Reprint", story(99, 8));
    archive.see();
    for (std::size_t i = 5; i < 9; ++i) {
        CHECK(archive.read(i).body == story(99, 8));
        CHECK(archive.read(i).boilerplate.empty());
    }
    CHECK(archive.read(0).boilerplate.size() == 1);
}

TEST_CASE("forty reprints of one story lose nothing", "[clip]") {
    Archive archive;
    for (std::size_t i = 0; i < 40; ++i) archive.add(i, "Reprint", story(99, 8));
    archive.see();
    CHECK(archive.read(7).body == story(99, 8));
}

TEST_CASE("a phrase that stories use in their middle is no footer", "[clip]") {
    const std::string phrase = "The spokesman of the council declined to say more about the bridge.\n";
    Archive archive;
    for (std::size_t i = 0; i < 12; ++i) archive.add(i, "Story", story(i + 1, 5) + phrase + story(i + 50, 5));
    archive.see();
    for (std::size_t i = 0; i < 12; ++i) CHECK(holds(archive.read(i).body, phrase));
}

TEST_CASE("what repeats is the same in whatever order the documents come", "[clip]") {
    Archive archive;
    for (std::size_t i = 0; i < 12; ++i)
        archive.add(i, "Story", story(i / 2 + 1, 6) + (i % 3 == 0 ? "" : footer(i)));
    archive.see();
    std::vector<std::vector<index::Furniture>> expected;
    for (std::size_t i = 0; i < 12; ++i) expected.push_back(archive.read(i).boilerplate);
    std::mt19937 random(3);
    auto order = archive.documents;
    for (int round = 0; round < 3; ++round) {
        std::ranges::shuffle(order, random);
        archive.seen = clip::Repetition();
        for (const auto& document : order) archive.seen.see(document);
        for (std::size_t i = 0; i < 12; ++i) CHECK(archive.read(i).boilerplate == expected[i]);
    }
}

TEST_CASE("an archive that has seen nothing takes nothing away", "[clip]") {
    auto alone = make_document(1, "Story", story(1) + footer(0));
    auto beside = alone;
    const clip::Repetition nothing;
    clip::read_clipping(alone);
    clip::read_clipping(beside, &nothing);
    CHECK(alone.body == beside.body);
    CHECK(alone.boilerplate == beside.boilerplate);
}

TEST_CASE("what is remembered of a text is judged as the text itself, as long as it tells", "[clip]") {
    Archive archive;
    for (std::size_t i = 0; i < 40; ++i) {
        std::string body = story(i % 25 + 1, 2 + i % 7);  // some of them reprints
        if (i % 3 > 0) body += footer(i);
        if (i % 5 == 0) body = "The Morning Letter of the Quiet Harbour\n\n" + body;
        archive.add(i, "Story", body);
    }
    archive.see();
    std::size_t told = 0, repeating = 0;
    for (const auto& document : archive.documents) {
        const auto runs = clip::Repetition::runs_of(document);
        const auto whole = clip::repeats_of(document, archive.seen);
        const clip::Repetition::Body body = [&] { return std::string_view(document.body); };
        const clip::Repetition::Body none = [] { return std::nullopt; };
        clip::Rarity as_asked = whole.rarity, unasked, asked;
        const auto judged = archive.seen.judge(runs.ends, as_asked, none);
        CHECK(as_asked == whole.rarity);
        CHECK(archive.seen.judge(runs.ends, asked, body) == whole.number);
        CHECK(asked == whole.rarity);
        if (judged) CHECK(*judged == whole.number);
        told += judged ? 1 : 0;
        repeating += whole.number != 0 ? 1 : 0;
        // Without a notion of how rare the text is, only what repeats nowhere can be told.
        const auto unknown = archive.seen.judge(runs.ends, unasked, none);
        if (unknown) CHECK(*unknown == whole.number);
    }
    CHECK(told == archive.documents.size());
    CHECK(repeating > 10);
    clip::Rarity unasked;
    CHECK_FALSE(archive.seen.judge("nonsense of some length", unasked, {}));
}

TEST_CASE("documents that are taken off leave counts as if they had never been there", "[clip]") {
    clip::Repetition with, without;
    const auto runs = [](std::size_t i) {
        return clip::Repetition::runs_of(make_document(i, "Story", story(i + 1, 4) + footer(i)));
    };
    for (std::size_t i = 0; i < 12; ++i) {
        with.add(runs(i));
        if (i % 3 > 0) without.add(runs(i));
    }
    // More often than 16 bits can count.
    const auto often = runs(20);
    for (int i = 0; i < 66'000; ++i) with.add(often);
    for (int i = 0; i < 66'000; ++i) with.take_off(often);
    for (std::size_t i = 0; i < 12; i += 3) with.take_off(runs(i));
    const auto bytes_of = [](const clip::Repetition& repetition) {
        const TempDir dir;
        auto tape = expect(indexer::Tape::create(dir.path()));
        expect(repetition.write(tape));
        expect(tape.finish());
        return expect(tape.read(0, tape.size()));
    };
    CHECK(bytes_of(with) == bytes_of(without));

    auto again = clip::Repetition::read(bytes_of(with));
    REQUIRE(again);
    CHECK(bytes_of(*again) == bytes_of(without));
    again->compare_with_before();
    CHECK(again->drift().at_most(0) == 0);
    again->add(runs(30));
    again->add(runs(30));
    again->compare_with_before();
    CHECK(again->drift().at_most(0) == 2);
    CHECK_FALSE(clip::Repetition::read("nonsense"));
    CHECK_FALSE(clip::Repetition::read(bytes_of(with) + "x"));
}

TEST_CASE("a text that is said to be judged as before is judged as before, whatever has changed", "[clip]") {
    std::mt19937 random(5);
    const auto some = [&](std::size_t most) { return static_cast<std::size_t>(random() % most); };
    const auto made = [&](std::size_t i) {
        std::string body = story(some(30) + 1, 2 + some(7));  // some of them reprints
        if (some(3) > 0) body += footer(some(5));
        if (some(4) == 0) body = "The Morning Letter of the Quiet Harbour\n\n" + body;
        return make_document(i, "Story", body);
    };
    std::size_t untouched = 0, changed = 0;
    for (std::size_t round = 0; round < 30; ++round) {
        std::vector<index::Document> documents;
        clip::Repetition first;
        for (std::size_t i = 0; i < 10 + some(60); ++i) documents.push_back(made(i));
        for (const auto& document : documents) first.see(document);
        const TempDir dir;
        auto tape = expect(indexer::Tape::create(dir.path()));
        expect(first.write(tape));
        expect(tape.finish());
        auto now = clip::Repetition::read(expect(tape.read(0, tape.size())));
        REQUIRE(now);
        for (std::size_t i = 0, last = some(20); i < last; ++i) now->see(made(100 + i));
        const std::size_t gone = some(std::min<std::size_t>(documents.size(), 10));
        for (std::size_t i = 0; i < gone; ++i) now->take_off(clip::Repetition::runs_of(documents[i]));
        now->compare_with_before();
        for (std::size_t i = gone; i < documents.size(); ++i) {
            const auto before = clip::repeats_of(documents[i], first);
            const auto after = clip::repeats_of(documents[i], *now);
            clip::Rarity rarity = before.rarity;
            rarity.widen(now->drift());
            changed += before.number != after.number ? 1 : 0;
            if (now->may_judge_differently(clip::Repetition::runs_of(documents[i]).ends, rarity)) continue;
            ++untouched;
            CHECK(before.number == after.number);
        }
    }
    CHECK(untouched > 100);
    CHECK(changed > 10);
}
