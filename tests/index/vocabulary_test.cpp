#include <chrono>
#include <filesystem>
#include <fstream>
#include <set>

#include <catch2/catch.hpp>

#include "izde/remembered.hpp"

#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"

using namespace izde;
using namespace izde::index;
using namespace izde::tests;

namespace {

using Forms = std::vector<std::string>;

Reader index_of(const TempDir& dir, const std::vector<Document>& documents) {
    publish(dir.path(), documents);
    return open_live(dir.path());
}

Vocabulary::Word word_named(const Vocabulary& vocabulary, const std::string& exact) {
    for (std::size_t i = 0; i < vocabulary.size(); ++i)
        if (vocabulary.word(i).exact == exact) return vocabulary.word(i);
    throw std::runtime_error(exact + " is not in the vocabulary");
}

}  // namespace

TEST_CASE("the forms of a word are those its documents have, of titles and bodies", "[index]") {
    const TempDir dir;
    const Reader reader = index_of(
        dir, {make_document(1, "Exports", "they export"), make_document(2, "", "exporting an expert")});

    CHECK(reader.vocabulary().forms("en", "export") == Forms{"export", "exporting", "exports"});
    CHECK(reader.vocabulary().forms("ru", "export").empty());
    CHECK(reader.vocabulary().forms("en", "import").empty());
}

TEST_CASE("spellings of a word differ in accents only", "[index]") {
    const TempDir dir;
    const Reader reader = index_of(dir, {make_document(1, "", "Ürümqi, Urumqi and urümqi; urumqis")});

    CHECK(reader.vocabulary().spellings("urumqi") == Forms{"urumqi", "urümqi", "ürümqi"});
    CHECK(reader.vocabulary().completions("urum", 10) == Forms{"urumqi", "urümqi", "ürümqi", "urumqis"});
    CHECK(reader.vocabulary().spellings("ürümqi").empty());
}

TEST_CASE("a paragraph in another language gives its words that language's forms", "[index]") {
    const TempDir dir;
    const std::string russian =
        "Порт построили на границе с Китаем, чтобы вагоны быстрее переходили с одной колеи на другую. "
        "Теперь здесь работают три крана, а склады открыты круглые сутки, рассказал начальник порта.";
    const std::string kazakh =
        "Қорғас құрғақ порты Қазақстан мен Қытай арасындағы шекарада орналасқан. Порттағы крандар "
        "контейнерлерді бір пойыздан екінші пойызға ауыстырады, жұмыс күні-түні тоқтамайды.";
    const Reader reader = index_of(dir, {make_document(1, "Порт", russian + "\n\n" + kazakh, "ru")});

    CHECK(reader.vocabulary().forms("ru", "вагон") == Forms{"вагоны"});
    CHECK(reader.vocabulary().forms("kk", "контейнер") == Forms{"контейнерлерді"});
    CHECK(reader.vocabulary().forms("ru", "контейнерлерд").empty());
    CHECK(reader.languages() == std::vector<std::string>{"kk", "ru"});
}

TEST_CASE("words of texts of no known language are taken for the commonest of their script", "[index]") {
    const TempDir dir;
    const Reader reader =
        index_of(dir, {make_document(1, "", "a harbour", "en"), make_document(2, "", "docks", "und"),
                       make_document(3, "", "the bridge", "en"), make_document(4, "", "der Hafen", "de")});

    CHECK(reader.vocabulary().forms("en", "dock") == Forms{"docks"});
    CHECK(reader.vocabulary().forms("de", "dock").empty());
}

TEST_CASE("a name is a word mostly written with a capital inside of sentences", "[index]") {
    const TempDir dir;
    const Reader reader = index_of(
        dir, {make_document(1, "", "The ships of Almaty left Almaty. Ships and the Ships; we saw Almaty.")});

    CHECK(word_named(reader.vocabulary(), "almaty").name);
    CHECK(word_named(reader.vocabulary(), "almaty").occurrences == 3);
    CHECK_FALSE(word_named(reader.vocabulary(), "ships").name);
    CHECK_FALSE(word_named(reader.vocabulary(), "the").name);
}

TEST_CASE("completions are the most frequent words, whatever their case", "[index]") {
    const TempDir dir;
    const Reader reader =
        index_of(dir, {make_document(1, "", "port ports ports Portal Portal Portal porter")});

    CHECK(reader.vocabulary().completions("port", 2) == Forms{"portal", "ports"});
    CHECK(reader.vocabulary().completions("x", 2).empty());
    CHECK(reader.vocabulary().completions("", 1) == Forms{"portal"});
}

TEST_CASE("near words are those of few edits, the likeliest first", "[index]") {
    const TempDir dir;
    const Reader reader =
        index_of(dir, {make_document(1, "", "exports exports exports exhorts wheat wheat heat Ürümqi Ürümqi"),
                       make_document(2, "Порт", "Экономика Казахстана, казахстан.", "ru")});
    const auto near = [&](std::string_view typed, std::size_t edits = 2) {
        Forms words;
        for (const auto& one : reader.vocabulary().near(typed, edits, 10)) words.push_back(one.word.exact);
        return words;
    };

    CHECK(near("exprots") == Forms{"exports", "exhorts"});
    CHECK(near("exprots", 1) == Forms{"exports"});
    CHECK(near("urumki") == Forms{"ürümqi"});
    CHECK(near("eheat") == Forms{"wheat", "heat"});
    CHECK(near("кахахстана") == Forms{"казахстана", "казахстан"});
    CHECK(near("xxxxxxx").empty());
    CHECK(near("").empty());
    CHECK(reader.vocabulary().near("exprots", 2, 1).size() == 1);
}

TEST_CASE("a search for near words that had no time is not remembered, one that had is", "[index]") {
    const TempDir dir;
    const Reader reader = index_of(dir, {make_document(1, "", "exports exhorts wheat")});
    const Deadline passed{std::chrono::milliseconds(0)};
    const auto near = [&](const Deadline* deadline) {
        std::vector<std::string> words;
        for (const auto& one : reader.vocabulary().near("exprots", 2, 10, deadline))
            words.push_back(one.word.exact);
        return words;
    };

    CHECK(near(&passed).empty());
    CHECK(near(nullptr) == Forms{"exports", "exhorts"});
    CHECK(near(&passed) == Forms{"exports", "exhorts"});
    CHECK(reader.vocabulary().near("exprots", 2, 1).size() == 1);
    CHECK(reader.vocabulary().near("exprots", 1, 10).size() == 1);
}

TEST_CASE("what is remembered is found by its name alone, until others take its place", "[index]") {
    Remembered<std::size_t> remembered;
    CHECK_FALSE(remembered.find(""));
    remembered.keep("", 7);
    CHECK(remembered.find("") == 7);
    constexpr std::size_t many = 10 * Remembered<std::size_t>::most;
    for (std::size_t i = 0; i < many; ++i) {
        remembered.keep(std::to_string(i), i);
        REQUIRE(remembered.find(std::to_string(i)) == i);
    }
    std::size_t found = 0;
    for (std::size_t i = 0; i < many; ++i)
        if (const auto value = remembered.find(std::to_string(i))) {
            REQUIRE(*value == i);
            ++found;
        }
    CHECK(found > 0);
    CHECK(found <= Remembered<std::size_t>::most);
}

TEST_CASE("words of the boilerplate are near to none", "[index]") {
    const TempDir dir;
    auto document = make_document(1, "", "The story.");
    document.boilerplate = {{"Subscribe now", 0}};
    const Reader reader = index_of(dir, {document});

    CHECK(reader.vocabulary().near("subscrive", 2, 10).empty());
}

TEST_CASE("words between two others are those in the order of bytes, whatever their accents", "[index]") {
    const TempDir dir;
    const Reader reader = index_of(dir, {make_document(1, "", "5 50 5km 5km 5bn 5м 6 6km 5é")});

    CHECK(reader.vocabulary().between("5a", "5\xFF", 10) == Forms{"5bn", "5é", "5km", "5м"});
    CHECK(reader.vocabulary().between("5a", "5\xFF", 1) == Forms{"5km"});
    CHECK(reader.vocabulary().between("6", "5", 10).empty());
}

TEST_CASE("a vocabulary of the wrong size or kind is refused, one with wild numbers is survived", "[index]") {
    const TempDir dir;
    const auto generation = publish(dir.path(), {make_document(1, "Ports", "the port of Ürümqi")});
    const auto file = generation / "vocabulary";
    std::ifstream in(file, std::ios::binary);
    const std::string sound((std::istreambuf_iterator<char>(in)), {});
    const auto rewrite = [&](const std::string& bytes) { std::ofstream(file, std::ios::binary) << bytes; };

    for (std::size_t size = 0; size < sound.size(); size += 7) {
        rewrite(sound.substr(0, size));
        CHECK(Vocabulary::open(generation).error().code == Errc::index_corrupt);
    }
    for (std::size_t at = 0; at < sound.size(); ++at) {
        std::string wild = sound;
        wild[at] = static_cast<char>(wild[at] ^ 0xFF);
        rewrite(wild);
        const auto opened = Vocabulary::open(generation);
        if (!opened) continue;
        for (std::size_t i = 0; i < opened->size(); ++i) CHECK(opened->word(i).exact.size() <= sound.size());
        CHECK(opened->forms("en", "port").size() <= opened->size());
        CHECK(opened->spellings("port").size() <= opened->size());
        CHECK(opened->completions("p", 10).size() <= opened->size());
        CHECK(opened->near("prot", 2, 10).size() <= opened->size());
    }
}
