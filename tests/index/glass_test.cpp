// Databases that we write are held against those that Xapian writes of the same documents.
#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <xapian.h>

#include "index/glass/batch.hpp"
#include "index/glass/database.hpp"
#include "support/temp_dir.hpp"

using namespace izde;
using namespace izde::index;

namespace {

namespace fs = std::filesystem;

struct Posting {
    std::string term;
    std::uint32_t wdf = 0;
    std::vector<std::uint32_t> positions;  // in any order, some twice
};

struct Made {
    std::uint32_t key = 0;
    std::vector<Posting> postings;  // a term may come several times
    std::map<std::uint32_t, std::string> values;
    std::string data;
};

using Documents = std::vector<Made>;

Xapian::Document xapian_of(const Made& made) {
    Xapian::Document document;
    for (const Posting& posting : made.postings) {
        document.add_term(posting.term, posting.wdf);
        for (const std::uint32_t position : posting.positions)
            document.add_posting(posting.term, position, 0);
    }
    for (const auto& [slot, value] : made.values) document.add_value(slot, value);
    document.set_data(made.data);
    return document;
}

// As Xapian does it, without term lists.
void build_by_xapian(const Documents& documents, const fs::path& folder) {
    const fs::path growing = folder.string() + ".growing";
    {
        Xapian::WritableDatabase database(growing.string(), Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS |
                                                                Xapian::DB_NO_TERMLIST);
        for (const Made& made : documents) database.replace_document(made.key, xapian_of(made));
        database.commit();
    }
    Xapian::Database(growing.string()).compact(folder.string(), Xapian::DBCOMPACT_NO_RENUMBER);
}

// As we do it, in batches of so many documents, besides what is kept of another database.
void build(const Documents& documents, std::size_t batch, const fs::path& folder,
           const glass::Kept& kept = {}) {
    fs::create_directory(folder);
    std::vector<glass::Run> runs;
    glass::Scratch scratch(folder.string() + ".scratch");
    for (std::size_t begin = 0; begin < documents.size(); begin += batch) {
        glass::Batch entries;
        for (std::size_t i = begin; i < std::min(documents.size(), begin + batch); ++i) {
            const Made& made = documents[i];
            entries.begin(made.key);
            for (const Posting& posting : made.postings) {
                entries.add_term(posting.term, posting.wdf);
                for (const std::uint32_t position : posting.positions)
                    entries.add_posting(posting.term, position, 0);
            }
            for (const auto& [slot, value] : made.values) entries.add_value(slot, value);
            entries.set_data(made.data);
            entries.end();
        }
        runs.push_back(entries.write(scratch));
    }
    glass::write_database(scratch, runs, folder, kept);
}

template <class Iterator>
std::string positions_of(Iterator begin, Iterator end) {
    std::string text;
    for (; begin != end; ++begin) text += " " + std::to_string(*begin);
    return text;
}

// All that a database says, a line each.
using Lines = std::vector<std::string>;

void tell_numbers(const Xapian::Database& database, Lines& lines) {
    std::ostringstream line;
    line << "documents " << database.get_doccount() << " last " << database.get_lastdocid() << " length "
         << database.get_total_length() << " from " << database.get_doclength_lower_bound() << " to "
         << database.get_doclength_upper_bound() << " positions " << database.has_positions();
    lines.push_back(line.str());
    for (auto key = database.metadata_keys_begin(); key != database.metadata_keys_end(); ++key)
        lines.push_back("metadata " + *key + " " + database.get_metadata(*key));
}

void tell_terms(const Xapian::Database& database, Lines& lines) {
    for (auto term = database.allterms_begin(); term != database.allterms_end(); ++term) {
        Xapian::termcount wdf = 0;
        lines.push_back("term " + *term + " in " + std::to_string(term.get_termfreq()) + ", " +
                        std::to_string(database.get_collection_freq(*term)) + " times");
        for (auto posting = database.postlist_begin(*term); posting != database.postlist_end(*term);
             ++posting) {
            lines.push_back(" in " + std::to_string(*posting) + " " + std::to_string(posting.get_wdf()) +
                            " times, of " + std::to_string(posting.get_doclength()) + ", at" +
                            positions_of(database.positionlist_begin(*posting, *term),
                                         database.positionlist_end(*posting, *term)));
            wdf = std::max(wdf, posting.get_wdf());
        }
        CHECK(database.get_wdf_upper_bound(*term) >= wdf);
    }
}

void tell_documents(const Xapian::Database& database, Lines& lines) {
    for (auto key = database.postlist_begin(""); key != database.postlist_end(""); ++key)
        lines.push_back("document " + std::to_string(*key) + " of " +
                        std::to_string(database.get_doclength(*key)) + ": " +
                        database.get_document(*key).get_data());
}

void tell_values(const Xapian::Database& database, const std::set<std::uint32_t>& slots, Lines& lines) {
    for (const std::uint32_t slot : slots) {
        lines.push_back("slot " + std::to_string(slot) + " in " +
                        std::to_string(database.get_value_freq(slot)) + " from " +
                        database.get_value_lower_bound(slot) + " to " + database.get_value_upper_bound(slot));
        for (auto value = database.valuestream_begin(slot); value != database.valuestream_end(slot); ++value)
            lines.push_back(" in " + std::to_string(value.get_docid()) + " = " + *value);
    }
}

Lines told_of(const fs::path& folder, const Documents& documents) {
    const Xapian::Database database(folder.string());
    std::set<std::uint32_t> slots{0, 7, 4000000000};
    for (const Made& made : documents)
        for (const auto& [slot, value] : made.values) slots.insert(slot);
    Lines lines;
    tell_numbers(database, lines);
    tell_terms(database, lines);
    tell_documents(database, lines);
    tell_values(database, slots, lines);
    return lines;
}

// Where seeking lands must not depend on how chunks were cut.
std::string sought(const fs::path& folder, const std::string& term, std::uint32_t from) {
    const Xapian::Database database(folder.string());
    auto posting = database.postlist_begin(term);
    posting.skip_to(from);
    return posting == database.postlist_end(term) ? "end" : std::to_string(*posting);
}

std::size_t faults_in(const fs::path& folder, std::ostream& told) {
    return Xapian::Database::check(folder.string(), Xapian::DBCHECK_SHOW_STATS, &told);
}

void check_sound(const fs::path& folder) {
    std::ostringstream told;
    const std::size_t faults = faults_in(folder, told);
    INFO(told.str());
    CHECK(faults == 0);
}

// Lines are many and long; the first that differs says enough.
void check_same(const Lines& ours, const Lines& theirs) {
    CHECK(ours.size() == theirs.size());
    const auto differ = std::mismatch(ours.begin(), ours.end(), theirs.begin(), theirs.end());
    if (differ.first == ours.end() && differ.second == theirs.end()) return;
    const auto shown = [](const Lines& lines, Lines::const_iterator line) {
        return line == lines.end() ? std::string("(end)") : line->substr(0, 500);
    };
    FAIL("ours: " << shown(ours, differ.first) << "\nXapian's: " << shown(theirs, differ.second));
}

std::string bytes_of(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

std::map<std::string, std::string> tables_of(const fs::path& folder) {
    std::map<std::string, std::string> tables;
    for (const auto& entry : fs::directory_iterator(folder))
        tables[entry.path().filename()] = bytes_of(entry.path());
    return tables;
}

void check_same_bytes(const fs::path& one, const fs::path& other) {
    const auto ours = tables_of(one), theirs = tables_of(other);
    CHECK(ours.size() == theirs.size());
    for (const auto& [name, bytes] : ours) {
        INFO(name);
        REQUIRE(theirs.contains(name));
        CHECK(bytes.size() == theirs.at(name).size());
        CHECK((bytes == theirs.at(name)));
    }
}

class Random {
  public:
    explicit Random(std::uint32_t seed) : engine_(seed) {}
    std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(engine_() % bound); }
    std::string bytes(std::size_t count) {
        std::string bytes;
        for (std::size_t i = 0; i < count; ++i) bytes += static_cast<char>(below(256));
        return bytes;
    }
    // Short ones meet often; some hold NUL, some are as long as can be.
    std::string term() {
        if (below(50) == 0) return std::string(240, 'x') + static_cast<char>('a' + below(3));
        std::string term;
        for (std::uint32_t i = 0; i <= below(4); ++i) term += std::string_view("ab\0\xFFz\x01", 6)[below(6)];
        return term;
    }

  private:
    std::mt19937 engine_;
};

Documents random_documents(std::uint32_t seed) {
    Random random(seed);
    Documents documents;
    std::uint32_t key = 0;
    const std::uint32_t count = random.below(400);
    for (std::uint32_t i = 0; i < count; ++i) {
        key += 1 + random.below(random.below(20) == 0 ? 40000 : 5);
        Made made{key, {}, {}, {}};
        for (std::uint32_t terms = random.below(30); terms > 0; --terms) {
            Posting posting{
                random.term(), random.below(10) == 0 ? random.below(100000) : random.below(3), {}};
            for (std::uint32_t positions = random.below(6); positions > 0; --positions)
                posting.positions.push_back(random.below(random.below(4) == 0 ? 4000000000 : 50));
            made.postings.push_back(std::move(posting));
        }
        // Xapian's check takes a position in a document without length for a fault.
        made.postings.push_back({"all", 1, {}});
        for (std::uint32_t values = random.below(4); values > 0; --values)
            made.values[random.below(5) == 0 ? 1000 + random.below(100000) : random.below(3)] =
                random.bytes(1 + random.below(random.below(9) == 0 ? 9000 : 12));
        if (random.below(5) > 0) made.data = random.bytes(random.below(random.below(20) == 0 ? 50000 : 100));
        documents.push_back(std::move(made));
    }
    return documents;
}

std::string repeated(const std::string& text, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
}

Documents in_each(std::uint32_t count, std::uint32_t distance, const std::function<void(Made&)>& fill) {
    Documents documents;
    for (std::uint32_t i = 1; i <= count; ++i) {
        Made made{i * distance, {}, {}, {}};
        fill(made);
        documents.push_back(std::move(made));
    }
    return documents;
}

Documents one_term_often() {
    Posting often{"often", 100000, {}};
    for (std::uint32_t position = 1; position <= 100000; ++position) often.positions.push_back(position * 3);
    return {{1, {often}, {}, "data"}};
}

Documents large_data() {
    Random random(7);
    return {{4, {{"a", 1, {1}}}, {}, random.bytes(12u << 20)},
            {8, {{"a", 1, {1}}}, {{1, random.bytes(3u << 20)}}, repeated("much the same ", 1u << 19)},
            {12, {{"a", 1, {1}}}, {}, "small"}};
}

Documents many_terms() {
    return in_each(3, 4, [](Made& made) {
        for (std::uint32_t i = 0; i < 60000; ++i)
            made.postings.push_back({"t" + std::to_string(i * (made.key % 3 + 1)), 1, {i}});
    });
}

struct Shape {
    const char* name;
    std::function<Documents()> make;
};

const std::vector<Shape>& shapes() {
    static const std::vector<Shape> all{
        {"no document", [] { return Documents(); }},
        {"one empty document",
         [] {
             return Documents{{1, {}, {}, {}}};
         }},
        {"empty documents far apart",
         [] {
             return Documents{{1, {}, {}, {}}, {40000, {}, {}, {}}, {4000000000, {}, {}, {}}};
         }},
        {"data only",
         [] {
             return Documents{{4, {}, {}, "data"}, {8, {}, {}, "more data"}};
         }},
        {"values only",
         [] {
             return Documents{{4, {}, {{0, "a"}, {200, "b"}}, {}}, {8, {}, {{0, "c"}}, {}}};
         }},
        {"wdf 0",
         [] {
             return in_each(2000, 1, [](Made& made) { made.postings = {{"zero", 0, {}}, {"one", 1, {}}}; });
         }},
        {"no positions",
         [] { return in_each(300, 4, [](Made& made) {
                  made.postings = {{"word", made.key, {}}};
              }); }},
        {"a term in all, one in one",
         [] {
             return in_each(20000, 4, [](Made& made) {
                 made.postings = {{"all", made.key % 7, {made.key}},
                                  {"only" + std::to_string(made.key), 1, {1}}};
             });
         }},
        {"a value in few",
         [] {
             return in_each(5000, 4, [](Made& made) {
                 made.postings = {{"a", 1, {}}};
                 if (made.key % 1000 == 0) made.values[9] = "value";
                 made.values[2] = std::to_string(made.key);
             });
         }},
        {"terms of NUL",
         [] {
             return in_each(1000, 1, [](Made& made) {
                 const std::size_t nuls = 1 + made.key % 9;
                 made.postings = {{std::string(nuls, '\0'), 1, {1, 2}},
                                  {std::string(nuls, '\0') + "\xFF", 1, {3}}};
             });
         }},
        {"long terms",
         [] {
             return in_each(3000, 1, [](Made& made) {
                 made.postings = {{std::string(245, static_cast<char>('a' + made.key % 26)), 1, {7}}};
             });
         }},
        {"a term 100,000 times", one_term_often},
        {"much data", large_data},
        {"many terms", many_terms},
    };
    return all;
}

struct Both {
    explicit Both(const Documents& documents, std::size_t batch = 64)
        : ours(folder.path() / "ours"), theirs(folder.path() / "theirs") {
        build(documents, batch, ours);
        build_by_xapian(documents, theirs);
    }
    tests::TempDir folder;
    fs::path ours, theirs;
};

// Some of `documents` go, some are there anew, and `others` come; once out of a database of `documents`, and
// once at once.
void check_revised(const Documents& documents, const Documents& others, std::uint32_t seed) {
    Random random(seed);
    std::map<std::uint32_t, Made> after;
    Documents put;
    const tests::TempDir folder;
    glass::Kept kept{folder.path() / "before", std::vector<bool>(random.below(2) == 0 ? 0 : 9)};
    const std::uint32_t most = random.below(4);
    for (const Made& made : documents) {
        after[made.key] = made;
        if (random.below(4) >= most || made.key > 1000000) continue;
        kept.removed.resize(std::max<std::size_t>(kept.removed.size(), made.key + 1));
        kept.removed[made.key] = true;
        after.erase(made.key);
        if (random.below(2) == 0) continue;
        put.push_back(made);
        put.back().data += "again";
        after[made.key] = put.back();
    }
    for (const Made& made : others) {
        if (after.contains(made.key)) continue;
        after[made.key] = made;
        put.push_back(made);
    }
    std::sort(put.begin(), put.end(), [](const Made& a, const Made& b) { return a.key < b.key; });
    Documents all;
    for (const auto& [key, made] : after) all.push_back(made);
    build(documents, 70, folder.path() / "before");
    build(put, 30, folder.path() / "revised", kept);
    build(all, 64, folder.path() / "at once");
    check_sound(folder.path() / "revised");
    check_same_bytes(folder.path() / "revised", folder.path() / "at once");
}

}  // namespace

TEST_CASE("a database of ours says what Xapian's does, whatever the documents are like", "[glass]") {
    for (const Shape& shape : shapes()) {
        INFO(shape.name);
        const Documents documents = shape.make();
        const Both both(documents);
        check_sound(both.ours);
        check_same(told_of(both.ours, documents), told_of(both.theirs, documents));
    }
}

TEST_CASE("a database of random documents says what Xapian's does", "[glass]") {
    const char* const more = std::getenv("IZDE_SEEDS");
    const auto seeds = static_cast<std::uint32_t>(more == nullptr ? 12 : std::atoi(more));
    for (std::uint32_t seed = 0; seed < seeds; ++seed) {
        INFO("seed " << seed);
        const Documents documents = random_documents(seed);
        const Both both(documents, 1 + seed * 7);
        check_sound(both.ours);
        check_same(told_of(both.ours, documents), told_of(both.theirs, documents));
    }
}

TEST_CASE("seeking in a posting list of ours lands where Xapian's does", "[glass]") {
    const Documents documents = in_each(20000, 4, [](Made& made) {
        made.postings = {{"all", 1, {}}};
        if (made.key % 28 == 0) made.postings.push_back({"some", made.key, {}});
    });
    const Both both(documents, 3000);
    Random random(1);
    for (int i = 0; i < 300; ++i) {
        const std::uint32_t from = random.below(81000);
        INFO(from);
        for (const char* const term : {"all", "some", ""})
            CHECK(sought(both.ours, term, from) == sought(both.theirs, term, from));
    }
}

TEST_CASE("a database does not depend on how its documents were cut into batches", "[glass]") {
    const Documents documents = random_documents(3);
    const tests::TempDir folder;
    build(documents, 1, folder.path() / "each");
    build(documents, 1000000, folder.path() / "all");
    CHECK(tables_of(folder.path() / "all").size() == 4);
    check_same_bytes(folder.path() / "each", folder.path() / "all");
}

TEST_CASE("a database made out of another has the bytes that its documents give at once", "[glass]") {
    for (const Shape& shape : shapes()) {
        INFO(shape.name);
        for (std::uint32_t seed = 0; seed < 2; ++seed) check_revised(shape.make(), {}, seed);
    }
    const char* const more = std::getenv("IZDE_SEEDS");
    const auto seeds = static_cast<std::uint32_t>(more == nullptr ? 12 : std::atoi(more));
    for (std::uint32_t seed = 0; seed < seeds; ++seed) {
        INFO("seed " << seed);
        check_revised(random_documents(seed), random_documents(seed + 1000), seed);
    }
}

TEST_CASE("a database made out of another may keep all of it or nothing, and add nothing", "[glass]") {
    const Documents documents = random_documents(9);
    const tests::TempDir folder;
    build(documents, 50, folder.path() / "before");
    glass::Kept kept{folder.path() / "before", {}};
    build({}, 1, folder.path() / "again", kept);
    check_same_bytes(folder.path() / "again", folder.path() / "before");
    kept.removed.assign(documents.back().key + 1, true);
    build({}, 1, folder.path() / "emptied", kept);
    build({}, 1, folder.path() / "empty");
    check_same_bytes(folder.path() / "emptied", folder.path() / "empty");
    build(documents, 30, folder.path() / "replaced", kept);
    check_same_bytes(folder.path() / "replaced", folder.path() / "before");
}

TEST_CASE("whatever a kept table is damaged to, it ends in a database or in an error", "[glass]") {
    const Documents documents = random_documents(4);
    const tests::TempDir folder;
    build(documents, 50, folder.path() / "before");
    Random random(4);
    std::size_t refused = 0;
    for (int i = 0; i < 400; ++i) {
        const fs::path damaged = folder.path() / "damaged";
        fs::remove_all(damaged);
        fs::copy(folder.path() / "before", damaged);
        const char* const names[] = {"postlist.glass", "position.glass", "docdata.glass"};
        const char* const name = names[random.below(3)];
        std::string bytes = bytes_of(damaged / name);
        INFO(i << " " << name);
        if (random.below(10) == 0) bytes.resize(random.below(static_cast<std::uint32_t>(bytes.size())));
        for (std::uint32_t flips = 1 + random.below(8); flips > 0 && !bytes.empty(); --flips) {
            // Where blocks begin are their sizes; elsewhere are keys and tags.
            std::size_t at = random.below(static_cast<std::uint32_t>(bytes.size()));
            if (random.below(2) == 0) at = std::min(at / 8192 * 8192 + random.below(40), bytes.size() - 1);
            bytes[at] = static_cast<char>(random.below(256));
        }
        std::ofstream(damaged / name, std::ios::binary) << bytes;
        try {
            build({}, 1, folder.path() / "made", {damaged, {}});
        } catch (const glass::Damaged&) {
            ++refused;
        } catch (const std::length_error&) {
            ++refused;
        }
    }
    CHECK(refused > 100);
}

TEST_CASE("compacting a database of ours loses nothing", "[glass]") {
    const Documents documents = random_documents(11);
    const Both both(documents);
    const fs::path compacted = both.folder.path() / "compacted";
    Xapian::Database(both.ours.string())
        .compact(compacted.string(), Xapian::DBCOMPACT_NO_RENUMBER | Xapian::Compactor::FULL);
    check_sound(compacted);
    check_same(told_of(compacted, documents), told_of(both.theirs, documents));
}

TEST_CASE("the tables of a database of ours are no larger than Xapian's", "[glass]") {
    const Documents documents = in_each(3000, 4, [](Made& made) {
        Random random(made.key);
        for (std::uint32_t i = 1; i < 40; ++i)
            made.postings.push_back({"word" + std::to_string(random.below(3000)), 1, {i}});
        // What is stored comes packed, and Xapian finds nothing more to deflate.
        for (int i = 0; i < 60; ++i) made.data += static_cast<char>(random.below(256));
    });
    const Both both(documents, 500);
    const auto bytes = [](const fs::path& folder) {
        std::uintmax_t sum = 0;
        for (const auto& entry : fs::directory_iterator(folder))
            if (entry.path().extension() == ".glass") sum += entry.file_size();
        return sum;
    };
    CHECK(bytes(both.ours) <= bytes(both.theirs));
}

TEST_CASE("a term that no table can hold is refused", "[glass]") {
    for (const std::string& term : {std::string(), std::string(246, 'a'), std::string(128, '\0')}) {
        glass::Batch batch;
        batch.begin(1);
        CHECK_THROWS_AS(batch.add_term(term, 1), std::length_error);
        CHECK_THROWS_AS(batch.add_posting(term, 1, 1), std::length_error);
    }
}

TEST_CASE("what cannot be written is told with its reason", "[glass]") {
    const tests::TempDir folder;
    try {
        build(random_documents(1), 10, folder.path() / "missing" / "folder");
        FAIL("written to a folder that is not there");
    } catch (const fs::filesystem_error& error) {
        CHECK(error.code().value() == ENOENT);
    }
    // A device that is always full.
    glass::SequentialFile full("/dev/full");
    full.append("bytes");
    try {
        full.sync();
        FAIL("written to a full device");
    } catch (const fs::filesystem_error& error) {
        CHECK(error.code().value() == ENOSPC);
    }
}
