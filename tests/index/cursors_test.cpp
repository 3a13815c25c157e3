// What is read of a database's tables in place, beside what Xapian reads of them.
#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <limits>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <xapian.h>

#include "index/glass/codes.hpp"
#include "index/glass/damaged.hpp"
#include "index/glass/posting_cursor.hpp"
#include "index/glass/run.hpp"
#include "index/glass/version.hpp"
#include "index/matching/columns.hpp"
#include "index/matching/lengths.hpp"
#include "index/schema.hpp"
#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"

using namespace izde;
using namespace izde::index;
using namespace izde::tests;

namespace {

using Postings = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

constexpr std::uint32_t no_end = std::numeric_limits<std::uint32_t>::max();

// Enough that lists are of many chunks, and of few; a value in every document, in some and in none.
std::filesystem::path made(const TempDir& dir) {
    std::mt19937 random(11);
    std::vector<Document> documents;
    for (std::size_t i = 1; i <= 4000; ++i) {
        std::string body = "common";
        for (std::size_t n = random() % 12; n > 0; --n) body += " often" + std::to_string(random() % 7);
        if (i % 97 == 0) body += " seldom";
        body += " only" + std::to_string(i);
        Document document = make_document(i, "t", body);
        if (random() % 3 == 0)
            document.place = "Place" + std::string(random() % 60, 'x') + std::to_string(random() % 50);
        if (i > 3000) document.date.value = "2021-03-04";
        document.author = i == 2000 ? "Somebody" : "";
        documents.push_back(std::move(document));
    }
    return publish(dir.path(), documents);
}

std::string key_of(const std::string& term) {
    std::string key;
    if (term.empty()) return std::string(glass::lengths_key);
    glass::put_term(key, term);
    return key;
}

Postings of_xapian(const Xapian::Database& database, const std::string& term) {
    Postings all;
    for (auto one = database.postlist_begin(term); one != database.postlist_end(term); ++one)
        all.emplace_back(*one, term.empty() ? one.get_doclength() : one.get_wdf());
    return all;
}

Postings between(glass::PostingCursor& cursor, std::uint32_t begin, std::uint32_t end) {
    Postings all;
    cursor.each(begin, end,
                [&](std::uint32_t document, std::uint32_t wdf) { all.emplace_back(document, wdf); });
    return all;
}

std::vector<std::string> terms_of(const Xapian::Database& database) {
    std::vector<std::string> terms{std::string()};
    std::copy(database.allterms_begin(), database.allterms_end(), std::back_inserter(terms));
    return terms;
}

}  // namespace

TEST_CASE("lists read in place have the postings that Xapian reads", "[cursors]") {
    const TempDir dir;
    const auto folder = made(dir);
    const Xapian::Database database(folder.string());
    const glass::MappedTable table(folder / glass::table_name::postlist);
    glass::TableCursor finder(table);

    auto terms = terms_of(database);
    std::mt19937 random(5);
    std::shuffle(terms.begin() + 1, terms.begin() + static_cast<std::ptrdiff_t>(terms.size() / 2), random);
    for (const std::string& term : terms) {
        CAPTURE(term);
        glass::PostingCursor cursor(finder, key_of(term));
        const Postings wanted = of_xapian(database, term);
        REQUIRE(cursor.frequency() == (term.empty() ? 0 : wanted.size()));
        REQUIRE(between(cursor, 0, no_end) == wanted);
        REQUIRE(between(cursor, 0, no_end).empty());
    }
    for (const char* missing : {"zzz", "a", "commo", "commonn", "only", "\xFF"})
        CHECK(glass::PostingCursor(finder, key_of(missing)).frequency() == 0);
}

TEST_CASE("a list can be read part by part, over gaps, and again", "[cursors]") {
    const TempDir dir;
    const auto folder = made(dir);
    const Xapian::Database database(folder.string());
    const glass::MappedTable table(folder / glass::table_name::postlist);
    std::mt19937 random(6);

    for (const std::string term : {"", "common", "often3", "seldom", "only2000"})
        for (int round = 0; round < 200; ++round) {
            CAPTURE(term, round);
            const Postings all = of_xapian(database, term);
            glass::TableCursor finder(table);
            glass::PostingCursor cursor(finder, key_of(term));
            const std::uint32_t widest = 1 + static_cast<std::uint32_t>(random() % 6000);
            for (std::uint32_t begin = 0; begin < 17000;) {
                begin += static_cast<std::uint32_t>(random() % widest);
                const std::uint32_t end = begin + static_cast<std::uint32_t>(random() % widest);
                const auto before = cursor.place();
                const auto from = std::ranges::lower_bound(all, std::pair(begin, 0U));
                const auto to = std::max(from, std::ranges::lower_bound(all, std::pair(end, 0U)));
                const Postings wanted(from, to);
                REQUIRE(between(cursor, begin, end) == wanted);
                if (random() % 3 == 0) {
                    cursor.return_to(before);
                    REQUIRE(between(cursor, begin, end) == wanted);
                }
                begin = end;
            }
        }
}

TEST_CASE("values read in place are those that Xapian reads, whichever documents are asked for",
          "[cursors]") {
    const TempDir dir;
    const auto folder = made(dir);
    const Xapian::Database database(folder.string());
    const glass::MappedTable table(folder / glass::table_name::postlist);
    std::mt19937 random(7);

    for (std::uint32_t slot = 0; slot < 12; ++slot) {
        CAPTURE(slot);
        std::vector<std::pair<std::uint32_t, std::string>> wanted, found;
        for (auto one = database.valuestream_begin(slot); one != database.valuestream_end(slot); ++one)
            wanted.emplace_back(one.get_docid(), *one);
        glass::ValueCursor(table, slot).each([&](std::uint32_t document, std::string_view value) {
            found.emplace_back(document, value);
        });
        REQUIRE(found == wanted);
        for (const std::uint32_t widest : {1U, 7U, 90U, 3000U}) {
            glass::ValueCursor cursor(table, slot);
            for (std::uint32_t document = 4, asked = 0; asked < 3000; ++asked) {
                if (cursor.at(document) != database.get_document(document).get_value(slot))
                    FAIL("of document " << document << ", steps of at most " << widest);
                document += 4 * (1 + static_cast<std::uint32_t>(random() % widest));
                if (document > 16000) document = 4 * (1 + static_cast<std::uint32_t>(random() % 4000));
            }
        }
    }
}

TEST_CASE("what documents hold in a slot is told as its table has it, of few values and of many",
          "[cursors]") {
    const TempDir dir;
    const std::filesystem::path path = made(dir);
    const glass::MappedTable postings(path / glass::table_name::postlist);
    const Xapian::Database database(path.string());
    const matching::Lengths lengths(postings);
    const matching::Ordinals& ordinals = lengths.ordinals();
    const std::uint32_t end = database.get_lastdocid() + 1;
    REQUIRE(ordinals.end_of_keys() == end);
    std::size_t most = 0;
    for (const std::uint32_t slot : {schema::first_day, schema::place_slot, schema::author_slot, 77U}) {
        const matching::Values values(postings, slot, ordinals);
        most = std::max(most, values.count());
        std::set<std::string> different{""};
        for (std::uint32_t ordinal = 0; ordinal < ordinals.end() + 9; ++ordinal) {
            std::string held;
            if (ordinal < ordinals.end()) held = database.get_document(ordinals.key(ordinal)).get_value(slot);
            REQUIRE(values.text(values.of(ordinal)) == held);
            REQUIRE((values.of(ordinal) == 0) == held.empty());
            different.insert(held);
        }
        CHECK(values.count() == different.size());
    }
    CHECK(most > 256);  // so that a byte does not tell them apart
}

TEST_CASE("whatever a table is damaged to, reading it ends, in an error or with other postings",
          "[cursors]") {
    const TempDir dir;
    const auto folder = made(dir);
    const auto file = folder / glass::table_name::postlist;
    std::string sound(std::filesystem::file_size(file), '\0');
    std::ifstream(file, std::ios::binary).read(sound.data(), static_cast<std::streamsize>(sound.size()));
    std::mt19937 random(8);
    const auto damaged = dir.path() / "damaged";
    std::size_t refused = 0;

    for (int round = 0; round < 400; ++round) {
        std::string bytes = sound;
        // Every few bytes of a block or two, so that some of its lengths are met.
        for (int hit = 0; hit < 1 + round % 3; ++hit) {
            const std::size_t block = random() % (bytes.size() / 8192) * 8192;
            for (std::size_t at = block + random() % 16; at < block + 8192;
                 at += 1 + random() % (round % 2 == 0 ? 64 : 2000))
                bytes[at] = static_cast<char>(random());
        }
        if (round % 10 == 0) bytes.resize(random() % bytes.size());
        std::ofstream(damaged, std::ios::binary) << bytes;
        try {
            const glass::MappedTable table(damaged);
            glass::TableCursor finder(table);
            for (const std::string term : {"", "common", "often3", "seldom", "only2000", "zzz"}) {
                glass::PostingCursor cursor(finder, key_of(term));
                std::uint32_t last = 0;
                cursor.each(0, no_end, [&](std::uint32_t document, std::uint32_t) {
                    if (document <= last) throw std::logic_error("documents do not ascend");
                    last = document;
                });
            }
            const matching::Lengths lengths(table);
            const matching::Groups groups(table, lengths.ordinals());
            for (const std::uint32_t slot : {schema::first_day, schema::place_slot}) {
                const matching::Column column(table, slot, lengths.ordinals());
                const matching::Values values(table, slot, lengths.ordinals());
                for (std::uint32_t ordinal = 0; ordinal < lengths.ordinals().end(); ++ordinal)
                    if (values.of(ordinal) >= values.count()) throw std::logic_error("a value of none");
                glass::ValueCursor cursor(table, slot);
                for (std::uint32_t document = 4; document < 16000; document += 400)
                    if (cursor.at(document).size() > bytes.size())
                        throw std::logic_error("a value is too long");
            }
        } catch (const glass::Damaged&) {
            ++refused;
        } catch (const std::length_error&) {  // for too many keys
            ++refused;
        }
    }
    CHECK(refused > 100);
}
