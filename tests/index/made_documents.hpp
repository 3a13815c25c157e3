// Documents as the index takes them, and databases made of them: by lib/index, and by Xapian.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <xapian.h>

#include "index/glass/batch.hpp"
#include "index/tables.hpp"

namespace izde::tests {

namespace fs = std::filesystem;
namespace glass = index::glass;

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

inline Xapian::Document xapian_of(const Made& made) {
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

// As we do it, in batches of so many documents, besides what is kept of another database.
inline void build(const Documents& documents, std::size_t batch, const fs::path& folder,
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
                    entries.add_posting(entries.number_of(posting.term), position, 0);
            }
            for (const auto& [slot, value] : made.values) entries.add_value(slot, value);
            entries.set_data(made.data);
            entries.end();
        }
        runs.push_back(entries.write(scratch, entries.terms().sorted()));
    }
    index::write_tables(scratch, runs, folder, kept);
}

inline std::size_t faults_in(const fs::path& folder, std::ostream& told) {
    return Xapian::Database::check(folder.string(), Xapian::DBCHECK_SHOW_STATS, &told);
}

inline void check_sound(const fs::path& folder) {
    std::ostringstream told;
    const std::size_t faults = faults_in(folder, told);
    INFO(told.str());
    CHECK(faults == 0);
}

inline std::string bytes_of(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

inline std::map<std::string, std::string> tables_of(const fs::path& folder) {
    std::map<std::string, std::string> tables;
    for (const auto& entry : fs::directory_iterator(folder))
        tables[entry.path().filename()] = bytes_of(entry.path());
    return tables;
}

inline void check_same_bytes(const fs::path& one, const fs::path& other) {
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

inline Documents random_documents(std::uint32_t seed) {
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
                posting.positions.push_back(1 + random.below(random.below(4) == 0 ? 4000000000 : 50));
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

inline std::string repeated(const std::string& text, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
}

inline Documents in_each(std::uint32_t count, std::uint32_t distance,
                         const std::function<void(Made&)>& fill) {
    Documents documents;
    for (std::uint32_t i = 1; i <= count; ++i) {
        Made made{i * distance, {}, {}, {}};
        fill(made);
        documents.push_back(std::move(made));
    }
    return documents;
}

inline Documents one_term_often() {
    Posting often{"often", 100000, {}};
    for (std::uint32_t position = 1; position <= 100000; ++position) often.positions.push_back(position * 3);
    return {{1, {often}, {}, "data"}};
}

inline Documents large_data() {
    Random random(7);
    return {{4, {{"a", 1, {1}}}, {}, random.bytes(12u << 20)},
            {8, {{"a", 1, {1}}}, {{1, random.bytes(3u << 20)}}, repeated("much the same ", 1u << 19)},
            {12, {{"a", 1, {1}}}, {}, "small"}};
}

inline Documents many_terms() {
    return in_each(3, 4, [](Made& made) {
        for (std::uint32_t i = 0; i < 60000; ++i)
            made.postings.push_back({"t" + std::to_string(i * (made.key % 3 + 1)), 1, {i}});
    });
}

struct Shape {
    const char* name;
    std::function<Documents()> make;
};

inline const std::vector<Shape>& shapes() {
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

// How many random databases are made: IZDE_SEEDS of them, or a few.
inline std::uint32_t seeds() {
    const char* const more = std::getenv("IZDE_SEEDS");
    return static_cast<std::uint32_t>(more == nullptr ? 12 : std::atoi(more));
}

}  // namespace izde::tests
