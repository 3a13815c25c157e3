// samples/ indexed and asked as a user would: queries.tsv beside this says what each query wants.
#include <algorithm>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

#include <catch2/catch.hpp>

#include "support/served_index.hpp"

using namespace izde::tests;
namespace fs = std::filesystem;

namespace {

const fs::path samples = fs::path(IZDE_ROOT) / "samples";

const std::set<std::string> kinds{"plain/en",     "plain/ru", "plain/kk", "plain/zh", "plain/other",
                                  "inflected",    "variant",  "typo",     "phrase",   "number",
                                  "cross-script", "field",    "negation", "prefix",   "question"};
const std::size_t of_each_kind = 8;
const double in_top_three = 0.95;

struct Expectation {
    std::size_t line = 0;
    std::string kind, query;
    std::vector<std::string> wanted;  // paths, with "#" and an id where the file has several records
    bool awaited = false;             // not required yet
};

std::vector<std::string> split(const std::string& text, char at) {
    std::vector<std::string> parts;
    std::istringstream in(text);
    for (std::string part; std::getline(in, part, at);) parts.push_back(part);
    return parts;
}

std::vector<Expectation> expectations() {
    std::vector<Expectation> all;
    std::ifstream in(fs::path(IZDE_ROOT) / "tests/programs/queries.tsv");
    std::size_t number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (line.empty() || line.starts_with('#')) continue;
        const auto columns = split(line, '\t');
        const bool awaited = columns.size() == 4 && columns[3] == "awaited";
        if (columns.size() != 3 && !awaited)
            throw std::runtime_error("queries.tsv:" + std::to_string(number));
        all.push_back({number, columns[0], columns[1], split(columns[2], ' '), awaited});
    }
    return all;
}

bool must_be_first(const std::string& kind) {
    return kind.starts_with("plain/") || kind == "phrase" || kind == "field";
}

std::string name_of(const nlohmann::json& hit) {
    const std::string record = hit.value("record", nlohmann::json()).is_string() ? hit["record"] : "";
    return hit["path"].get<std::string>() + (record.empty() ? "" : "#" + record);
}

// The place of the best wanted document on the first page, from 1; 0 if none is there.
std::size_t rank_of(const Expectation& one, const nlohmann::json& hits) {
    for (std::size_t i = 0; i < hits.size(); ++i) {
        for (const std::string& wanted : one.wanted)
            if (wanted == name_of(hits[i]) || wanted == hits[i]["path"]) return i + 1;
    }
    return 0;
}

bool has_mark(const nlohmann::json& parts) {
    return std::ranges::any_of(parts, [](const auto& part) { return part.value("m", false); });
}

// What the fields of a document were asked for stands nowhere in its text.
bool must_be_lit(const std::string& kind) {
    return kind != "field";
}

std::string told(const Expectation& one, std::size_t rank, const nlohmann::json& hits) {
    std::ostringstream out;
    out << "queries.tsv:" << one.line << " (" << one.kind << (one.awaited ? ", awaited" : "") << ") "
        << one.query << ": " << one.wanted.front();
    if (hits.empty()) return out.str() + " is not found, and nothing else";
    out << (rank == 0 ? " is not on the first page" : " is number " + std::to_string(rank));
    return out.str() + (rank == 1 ? "" : "; first is " + name_of(hits[0]));
}

struct Score {
    std::size_t asked = 0, first = 0, in_three = 0;

    void add(std::size_t rank) {
        ++asked;
        if (rank == 1) ++first;
        if (rank >= 1 && rank <= 3) ++in_three;
    }
};

void print(const std::map<std::string, Score>& scores, const std::vector<std::string>& notes) {
    std::cout << "kind          asked  first  top 3\n";
    for (const auto& [kind, score] : scores)
        std::cout << std::left << std::setw(13) << kind << std::right << std::setw(6) << score.asked
                  << std::setw(7) << score.first << std::setw(7) << score.in_three << '\n';
    for (const std::string& note : notes) std::cout << note << '\n';
}

}  // namespace

TEST_CASE("the queries of the samples are enough of every kind", "[programs]") {
    std::map<std::string, std::size_t> asked;
    std::set<std::string> typed;
    for (const Expectation& one : expectations()) {
        INFO("queries.tsv:" << one.line);
        CHECK(kinds.contains(one.kind));
        CHECK(typed.insert(one.query).second);
        for (const std::string& wanted : one.wanted) CHECK(fs::exists(samples / split(wanted, '#').front()));
        ++asked[one.kind];
    }
    CHECK(typed.size() >= 160);
    for (const std::string& kind : kinds) {
        INFO(kind);
        CHECK((kind == "plain/other" || asked[kind] >= of_each_kind));
    }
}

TEST_CASE("what a query of the samples wants is on top, with its words lit", "[programs]") {
    ServedIndex served(samples);
    std::map<std::string, Score> scores;
    std::vector<std::string> notes;  // on what is not first, and on what is awaited in vain no longer
    Score required;
    for (const Expectation& one : expectations()) {
        const auto hits = served.search(one.query)["hits"];
        const std::size_t rank = rank_of(one, hits);
        scores[one.kind].add(rank);
        if (rank != 1 || one.awaited) notes.push_back(told(one, rank, hits));
        if (one.awaited) continue;
        required.add(rank);
        if (rank != 1 && must_be_first(one.kind)) FAIL_CHECK(notes.back());
        if (rank == 0 || !must_be_lit(one.kind)) continue;
        const auto& hit = hits[rank - 1];
        INFO("queries.tsv:" << one.line << " " << one.query);
        CHECK((has_mark(hit["title"]["parts"]) || has_mark(hit["snippet"]["parts"])));
    }
    print(scores, notes);
    CHECK(static_cast<double>(required.in_three) >= in_top_three * static_cast<double>(required.asked));
}

TEST_CASE("the title of a sample, typed as it stands, finds it first", "[programs]") {
    ServedIndex served(samples);
    const auto all = served.search("", "&per_page=100");
    REQUIRE(all["hits"].size() == all["total"]);
    for (const auto& one : all["hits"]) {
        std::string title;
        for (const auto& part : one["title"]["parts"]) title += part["t"].get<std::string>();
        INFO(name_of(one) << ": " << title);
        const auto hits = served.search(title)["hits"];
        REQUIRE_FALSE(hits.empty());
        CHECK(name_of(hits[0]) == name_of(one));
    }
}
