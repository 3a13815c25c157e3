// What a build learns of its words does not depend on how they were cut into files.
#include <cstdint>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "izde/index/vocabulary.hpp"
#include "izde/text/analyze.hpp"
#include "izde/text/stem.hpp"

#include "index/words.hpp"
#include "support/temp_dir.hpp"

using namespace izde;
using namespace izde::index;

namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& file) {
    std::ostringstream bytes;
    bytes << std::ifstream(file, std::ios::binary).rdbuf();
    return bytes.str();
}

// Words that begin alike, some of which differ in accents only; each in many texts.
std::string text_of(std::size_t number) {
    std::string text;
    for (const std::string word :
         {"resume", "résumé", "Résume", "Zürich", "zurich", "казахстан", "Ёлка", "елка"})
        text += word + " " + word + std::to_string(number % 7) + " ";
    return text + "only" + std::to_string(number);
}

void count(WordCounts& words, std::size_t number) {
    words.add(text::analyze(text_of(number), number % 2 == 0 ? "fr" : "ru"));
    words.note(text::analyze("furniture of " + text_of(number), "en"));
}

}  // namespace

TEST_CASE("words counted in hundreds of files are those counted in one", "[words]") {
    const tests::TempDir folder;
    std::vector<fs::path> files;
    WordCounts all;
    for (std::size_t number = 0; number < 200; ++number) {
        WordCounts one;
        count(one, number);
        count(all, number);
        files.push_back(folder.path() / std::to_string(number));
        one.write(files.back());
    }
    all.write(folder.path() / "all");
    merge_words(files, {}, folder.path() / "merged");
    CHECK(bytes_of(folder.path() / "merged") == bytes_of(folder.path() / "all"));
    CHECK_FALSE(fs::exists(folder.path() / "merged.0"));
}

TEST_CASE("a vocabulary of hundreds of files is that of all their words in one", "[words]") {
    const tests::TempDir folder;
    const auto path = [&](const std::string& name) { return folder.path() / name; };
    std::vector<fs::path> files;
    WordCounts all;
    for (std::size_t file = 0; file < 100; ++file) {
        WordCounts some;
        for (std::size_t number = file * 90; number < (file + 1) * 91; ++number) {
            const auto tokens =
                text::analyze("Nameof" + std::to_string(number * 7919 % 10'007) + "ing", "en");
            some.add(tokens);
            all.add(tokens);
        }
        files.push_back(path(std::to_string(file)));
        some.write(files.back());
    }
    all.write(path("all"));
    write_words(files, path("words"), path("vocabulary"), {{"en", 9000}});
    write_words({path("all")}, path("words.one"), path("vocabulary.one"), {{"en", 9000}});
    CHECK(bytes_of(path("words")) == bytes_of(path("all")));
    CHECK((bytes_of(path("vocabulary")) == bytes_of(path("vocabulary.one"))));
    CHECK_FALSE(fs::exists(path("words.0")));
    const auto vocabulary = Vocabulary::open(folder.path());
    REQUIRE(vocabulary);
    REQUIRE(vocabulary->size() > 9000);
    const text::Stemmer stemmer("en");
    for (std::uint32_t word = 0; word < vocabulary->size(); ++word) {
        const std::string exact = vocabulary->word(word).exact;
        REQUIRE(vocabulary->forms("en", stemmer.stem(exact)) == std::vector{exact});
    }
}

TEST_CASE("words that are taken off again leave nothing", "[words]") {
    const tests::TempDir folder;
    WordCounts some, more;
    count(some, 1);
    count(more, 1);
    count(more, 2);
    some.write(folder.path() / "some");
    more.write(folder.path() / "more");
    WordCounts rest;
    count(rest, 2);
    rest.write(folder.path() / "rest");
    merge_words({folder.path() / "more"}, {folder.path() / "some"}, folder.path() / "less");
    CHECK(bytes_of(folder.path() / "less") == bytes_of(folder.path() / "rest"));
    merge_words({folder.path() / "some"}, {folder.path() / "some"}, folder.path() / "none");
    CHECK(bytes_of(folder.path() / "none").empty());
}

TEST_CASE("words and a vocabulary that are changed are those that are made at once", "[words]") {
    const tests::TempDir folder;
    const auto path = [&](const char* name) { return folder.path() / name; };
    const std::map<std::string, std::uint64_t> both{{"fr", 3}, {"ru", 2}}, other{{"ru", 3}, {"fr", 2}};
    // Which language words fall back to that none is known of may change as well.
    for (const auto& by_lang : {both, other}) {
        WordCounts earlier, come, gone, more, after;
        for (std::size_t number = 0; number < 20; ++number) count(earlier, number);
        earlier.add(text::analyze("Nobody knows qazaqsha söz", "und"));
        for (const std::size_t number : {3u, 4u, 19u}) count(gone, number);
        for (const std::size_t number : {3u, 40u}) count(come, number);
        more.add(text::analyze("A word before all others: aa, and a name, Zzyzx, behind", "en"));
        for (std::size_t number = 0; number < 20; ++number)
            if (number != 4 && number != 19) count(after, number);
        after.add(text::analyze("Nobody knows qazaqsha söz", "und"));
        count(after, 40);
        after.add(text::analyze("A word before all others: aa, and a name, Zzyzx, behind", "en"));
        earlier.write(path("earlier"));
        come.write(path("come"));
        more.write(path("more"));
        gone.write(path("gone"));
        after.write(path("after"));
        write_words({path("earlier")}, path("earlier.words"), path("earlier.vocabulary"), both);
        write_words({path("after")}, path("after.words"), path("after.vocabulary"), by_lang);
        const std::map<std::string, std::uint64_t>& before = both;
        revise_words({path("earlier"), path("earlier.vocabulary"), before}, {path("come"), path("more")},
                     {path("gone")}, path("words"), path("vocabulary"), by_lang);
        CHECK(bytes_of(path("words")) == bytes_of(path("after")));
        CHECK((bytes_of(path("vocabulary")) == bytes_of(path("after.vocabulary"))));
        // An earlier vocabulary that is damaged is not built upon.
        std::ofstream(path("earlier.vocabulary"), std::ios::binary) << "izdevoc2";
        revise_words({path("earlier"), path("earlier.vocabulary"), before}, {path("come"), path("more")},
                     {path("gone")}, path("words"), path("vocabulary"), by_lang);
        CHECK((bytes_of(path("vocabulary")) == bytes_of(path("after.vocabulary"))));
    }
}
