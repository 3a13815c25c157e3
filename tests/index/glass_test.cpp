// Databases that we write are held against those that Xapian writes of the same documents.
#include <algorithm>
#include <cerrno>
#include <functional>
#include <set>
#include <sstream>
#include <stdexcept>

#include <catch2/catch.hpp>
#include <xapian.h>

#include "index/made_documents.hpp"
#include "index/positions/lists.hpp"
#include "support/temp_dir.hpp"

using namespace izde;
using namespace izde::index;
using namespace izde::tests;

namespace {

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

// Where a term stands in a document.
using Where = std::function<Positions(const std::string& term, std::uint32_t document)>;

Where in_lists(const positions::Lists& lists) {
    return [&lists](const std::string& term, std::uint32_t document) {
        Positions found;
        positions::Cursor(lists.find(term)).read(document, found);
        return found;
    };
}

Where in_database(const Xapian::Database& database) {
    return [&database](const std::string& term, std::uint32_t document) {
        return Positions(database.positionlist_begin(document, term),
                         database.positionlist_end(document, term));
    };
}

std::string told_of(const Positions& positions) {
    std::string text;
    for (const std::uint32_t position : positions) text += " " + std::to_string(position);
    return text;
}

// All that a database says, a line each.
using Lines = std::vector<std::string>;

void tell_numbers(const Xapian::Database& database, Lines& lines) {
    std::ostringstream line;
    line << "documents " << database.get_doccount() << " last " << database.get_lastdocid() << " length "
         << database.get_total_length() << " from " << database.get_doclength_lower_bound() << " to "
         << database.get_doclength_upper_bound();
    lines.push_back(line.str());
    for (auto key = database.metadata_keys_begin(); key != database.metadata_keys_end(); ++key)
        lines.push_back("metadata " + *key + " " + database.get_metadata(*key));
}

void tell_terms(const Xapian::Database& database, const Where& where, Lines& lines) {
    for (auto term = database.allterms_begin(); term != database.allterms_end(); ++term) {
        Xapian::termcount wdf = 0;
        lines.push_back("term " + *term + " in " + std::to_string(term.get_termfreq()) + ", " +
                        std::to_string(database.get_collection_freq(*term)) + " times");
        for (auto posting = database.postlist_begin(*term); posting != database.postlist_end(*term);
             ++posting) {
            lines.push_back(" in " + std::to_string(*posting) + " " + std::to_string(posting.get_wdf()) +
                            " times, of " + std::to_string(posting.get_doclength()) + ", at" +
                            told_of(where(*term, *posting)));
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

Lines told_of(const Xapian::Database& database, const Where& where, const Documents& documents) {
    std::set<std::uint32_t> slots{0, 7, 4000000000};
    for (const Made& made : documents)
        for (const auto& [slot, value] : made.values) slots.insert(slot);
    Lines lines;
    tell_numbers(database, lines);
    tell_terms(database, where, lines);
    tell_documents(database, lines);
    tell_values(database, slots, lines);
    return lines;
}

Lines told_by_ours(const fs::path& folder, const Documents& documents) {
    const positions::Lists lists(folder);
    lists.check();
    return told_of(Xapian::Database(folder.string()), in_lists(lists), documents);
}

Lines told_by_theirs(const fs::path& folder, const Documents& documents) {
    const Xapian::Database database(folder.string());
    return told_of(database, in_database(database), documents);
}

// Where seeking lands must not depend on how chunks were cut.
std::string sought(const fs::path& folder, const std::string& term, std::uint32_t from) {
    const Xapian::Database database(folder.string());
    auto posting = database.postlist_begin(term);
    posting.skip_to(from);
    return posting == database.postlist_end(term) ? "end" : std::to_string(*posting);
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

struct Both {
    explicit Both(const Documents& documents, std::size_t batch = 64)
        : ours(folder.path() / "ours"), theirs(folder.path() / "theirs") {
        build(documents, batch, ours);
        build_by_xapian(documents, theirs);
    }
    tests::TempDir folder;
    fs::path ours, theirs;
};

}  // namespace

TEST_CASE("a database of ours says what Xapian's does, whatever the documents are like", "[glass]") {
    for (const Shape& shape : shapes()) {
        INFO(shape.name);
        const Documents documents = shape.make();
        const Both both(documents);
        check_sound(both.ours);
        check_same(told_by_ours(both.ours, documents), told_by_theirs(both.theirs, documents));
    }
}

TEST_CASE("a database of random documents says what Xapian's does", "[glass]") {
    for (std::uint32_t seed = 0; seed < seeds(); ++seed) {
        INFO("seed " << seed);
        const Documents documents = random_documents(seed);
        const Both both(documents, 1 + seed * 7);
        check_sound(both.ours);
        check_same(told_by_ours(both.ours, documents), told_by_theirs(both.theirs, documents));
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

TEST_CASE("compacting a database of ours loses nothing", "[glass]") {
    const Documents documents = random_documents(11);
    const Both both(documents);
    const fs::path compacted = both.folder.path() / "compacted";
    Xapian::Database(both.ours.string())
        .compact(compacted.string(), Xapian::DBCOMPACT_NO_RENUMBER | Xapian::Compactor::FULL);
    check_sound(compacted);
    fs::copy_file(both.ours / "positions", compacted / "positions");
    check_same(told_by_ours(compacted, documents), told_by_theirs(both.theirs, documents));
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
            if (entry.path().extension() == ".glass" || entry.path().filename() == "positions")
                sum += entry.file_size();
        return sum;
    };
    CHECK(bytes(both.ours) <= bytes(both.theirs));
}

TEST_CASE("a term that no table can hold is refused", "[glass]") {
    for (const std::string& term : {std::string(), std::string(246, 'a'), std::string(128, '\0')}) {
        glass::Batch batch;
        batch.begin(1);
        CHECK_THROWS_AS(batch.add_term(term, 1), std::length_error);
        CHECK_THROWS_AS(batch.number_of(term), std::length_error);
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
