// The file `vocabulary` is the same however little memory its keys are sorted in.
#include <fstream>
#include <random>
#include <sstream>
#include <string>

#include <catch2/catch.hpp>

#include "izde/index/vocabulary.hpp"

#include "index/vocabulary_file.hpp"
#include "support/temp_dir.hpp"

using namespace izde;
using namespace izde::index;

namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t words = 20'000;

// Words of which each has keys that others have as well, and one that it has twice.
void write_words(const fs::path& target, std::size_t keys_at_once) {
    std::mt19937_64 chance(7);
    VocabularyFile file(target, keys_at_once);
    for (std::uint32_t word = 0; word < words; ++word) {
        file.add("word" + std::to_string(1'000'000 + word) + std::string(300, 'x'), word, word % 2);
        for (int key = 0; key < 5; ++key) file.add_key(chance() % words, word);
        file.add_key(word / 3, word);
        file.add_key(word / 3, word);
    }
    file.write(1);
}

std::string bytes_of(const fs::path& file) {
    std::ostringstream bytes;
    bytes << std::ifstream(file, std::ios::binary).rdbuf();
    return bytes.str();
}

}  // namespace

TEST_CASE("a vocabulary is the same sorted in memory and in runs of any size", "[words]") {
    const tests::TempDir folder;
    write_words(folder.path() / "at-once", 1u << 20);
    const std::string at_once = bytes_of(folder.path() / "at-once");
    REQUIRE(at_once.size() > words * 300);
    for (const std::size_t keys : {1000U, 4096U, 7 * words - 1, 7 * words}) {
        INFO(keys);
        write_words(folder.path() / "in-runs", keys);
        CHECK(bytes_of(folder.path() / "in-runs") == at_once);
    }
}

TEST_CASE("a vocabulary leaves no file behind but itself", "[words]") {
    const tests::TempDir folder;
    write_words(folder.path() / "vocabulary", 1000);
    CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("a vocabulary sorted in runs is one that can be read", "[words]") {
    const tests::TempDir folder;
    write_words(folder.path() / "vocabulary", 1000);
    const auto vocabulary = Vocabulary::open(folder.path());
    REQUIRE(vocabulary);
    REQUIRE(vocabulary->size() == words);
    CHECK(vocabulary->word(words - 1).exact == "word1019999" + std::string(300, 'x'));
}
