// Databases that are made out of others are held against those that are made at once.
#include <algorithm>
#include <stdexcept>

#include <catch2/catch.hpp>

#include "index/glass/damaged.hpp"
#include "index/made_documents.hpp"
#include "support/temp_dir.hpp"

using namespace izde;
using namespace izde::tests;

namespace {

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

TEST_CASE("a database made out of another has the bytes that its documents give at once", "[glass]") {
    for (const Shape& shape : shapes()) {
        INFO(shape.name);
        for (std::uint32_t seed = 0; seed < 2; ++seed) check_revised(shape.make(), {}, seed);
    }
    for (std::uint32_t seed = 0; seed < seeds(); ++seed) {
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
        const char* const names[] = {"postlist.glass", "positions", "docdata.glass"};
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
