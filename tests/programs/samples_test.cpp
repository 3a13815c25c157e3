// samples/ indexed and asked as a user would: queries.tsv beside this names the expected first hit of each.
#include <fstream>

#include <catch2/catch.hpp>

#include "support/served_index.hpp"

using namespace izde::tests;
namespace fs = std::filesystem;

namespace {

const fs::path samples = fs::path(IZDE_ROOT) / "samples";

struct Expectation {
    std::string query, path, record;
};

std::vector<Expectation> expectations() {
    std::vector<Expectation> all;
    std::ifstream in(fs::path(IZDE_ROOT) / "tests/programs/queries.tsv");
    for (std::string line; std::getline(in, line);) {
        const std::size_t tab = line.find('\t');
        if (line.starts_with('#') || tab == std::string::npos) continue;
        const std::string target = line.substr(tab + 1);
        const std::size_t hash = target.find('#');
        all.push_back({line.substr(0, tab), target.substr(0, hash),
                       hash == std::string::npos ? "" : target.substr(hash + 1)});
    }
    return all;
}

bool has_mark(const nlohmann::json& parts) {
    for (const auto& part : parts)
        if (part.value("m", false)) return true;
    return false;
}

}  // namespace

TEST_CASE("every query of the samples finds what it is about first, with its words lit", "[programs]") {
    ServedIndex served(samples);
    const auto all = expectations();
    REQUIRE(all.size() >= 60);
    for (const Expectation& one : all) {
        const auto answer = served.search(one.query);
        INFO(one.query);
        REQUIRE_FALSE(answer["hits"].empty());
        const auto& first = answer["hits"][0];
        CHECK(first["path"] == one.path);
        if (!one.record.empty()) CHECK(first["record"] == one.record);
        CHECK((has_mark(first["title"]["parts"]) || has_mark(first["snippet"]["parts"])));
    }
}
