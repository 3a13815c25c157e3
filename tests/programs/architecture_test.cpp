// The picture of ARCHITECTURE.md, held against the includes: arrows point down, each third-party
// header has its homes, text is folded and split in one place only.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <regex>
#include <sstream>
#include <vector>

#include <catch2/catch.hpp>

namespace {

namespace fs = std::filesystem;

struct Layer {
    const char* room;              // a folder, or a path's beginning
    std::vector<const char*> may;  // rooms it may include besides itself
};

// The most particular room comes first.
const std::vector<Layer> layers{
    {"include/izde/text/", {"include/izde/"}},
    {"include/izde/names/", {"include/izde/", "include/izde/text/"}},
    {"include/izde/index/", {"include/izde/", "include/izde/text/", "include/izde/names/"}},
    {"include/izde/", {}},
    {"lib/text/", {"include/izde/", "include/izde/text/"}},
    {"lib/names/", {"include/izde/", "include/izde/text/", "include/izde/names/"}},
    {"lib/index/", {"include/izde/", "include/izde/text/", "include/izde/names/", "include/izde/index/"}},
    {"lib/", {"include/izde/"}},
    {"indexer/clip/",
     {"include/izde/", "include/izde/text/", "include/izde/index/", "indexer/in_order", "indexer/tape"}},
    {"indexer/read/", {"include/izde/", "include/izde/text/", "include/izde/index/", "indexer/clip/"}},
    {"indexer/descriptor", {}},
    {"indexer/file_bytes", {}},
    {"indexer/in_order", {}},
    {"indexer/tape", {"include/izde/", "include/izde/index/", "indexer/descriptor", "indexer/file_bytes"}},
    {"indexer/worker/",
     {"include/izde/", "include/izde/text/", "include/izde/index/", "indexer/read/", "indexer/descriptor"}},
    {"indexer/",
     {"include/izde/", "include/izde/text/", "include/izde/names/", "include/izde/index/", "indexer/clip/",
      "indexer/read/", "indexer/worker/", "indexer/descriptor", "indexer/file_bytes", "indexer/in_order",
      "indexer/tape"}},
    {"searchd/query/", {"include/izde/", "include/izde/text/", "include/izde/names/", "include/izde/index/"}},
    {"searchd/search/",
     {"include/izde/", "include/izde/text/", "include/izde/names/", "include/izde/index/", "searchd/query/"}},
    {"searchd/http/",
     {"include/izde/", "include/izde/text/", "include/izde/names/", "include/izde/index/",
      "searchd/search/"}},
    {"searchd/",
     {"include/izde/", "include/izde/text/", "include/izde/names/", "include/izde/index/", "searchd/query/",
      "searchd/search/", "searchd/http/"}},
};

// Third-party headers and the only places that know them.
const std::vector<std::pair<const char*, std::vector<const char*>>> homes{
    {"unicode/", {"lib/text/", "indexer/read/encoding.cpp", "indexer/read/plausible.cpp"}},
    {"xapian", {"lib/index/", "lib/text/stem.cpp", "lib/text/analyze.cpp"}},
    {"cld2/", {"lib/text/detect.cpp"}},
    {"toml++/", {"lib/config.cpp"}},
    {"CLI/", {"indexer/options.cpp", "searchd/options.cpp"}},
    {"httplib", {"searchd/http/exchange.cpp", "indexer/wait_live.cpp"}},
    {"zlib.h", {"searchd/http/encoding.cpp"}},
    {"brotli/", {"searchd/http/encoding.cpp"}},
    {"libxml/",
     {"indexer/read/html.cpp", "indexer/read/entities.cpp", "indexer/read/feed.cpp",
      "indexer/read/feed_entry.cpp", "indexer/read/memory.cpp", "indexer/read/xml.cpp"}},
    {"archive_entry.h", {"indexer/read/unpack.cpp"}},
    {"poppler-", {"indexer/read/pdf.cpp"}},
    {"gmime/", {"indexer/read/mail.cpp", "indexer/read/mail_header.cpp"}},
    {"cmark-gfm", {"indexer/read/markdown.cpp"}},
    {"nlohmann/", {"lib/index/manifest.cpp", "indexer/", "searchd/http/"}},
    {"seccomp", {"indexer/worker/system_calls.cpp"}},
    {"linux/landlock", {"indexer/worker/landlock.cpp"}},
    {"zstd.h", {"lib/index/packing.cpp"}},
    {"zdict.h", {"lib/index/packing.cpp"}},
    {"xxhash",
     {"lib/index/", "indexer/file_bytes.cpp", "searchd/http/assets.cpp", "searchd/http/etag.cpp",
      "searchd/http/rate.cpp"}},
    {"openssl/", {"searchd/http/journal.cpp", "searchd/http/keys.cpp"}},
};

// What changes or splits text, outside lib/text.
const std::regex analysis(R"(\b(toLower|foldCase|BreakIterator|Stem\(|u_tolower|towlower|normalizeUTF8)\b)");

struct Source {
    std::string path;  // relative to the root
    std::string text;
    std::vector<std::string> includes;
};

std::vector<Source> sources() {
    std::vector<Source> found;
    const fs::path root = IZDE_ROOT;
    const std::regex include(R"(^\s*#\s*include\s*[<"]([^>"]+)[>"])", std::regex::multiline);
    for (const char* folder : {"include", "lib", "indexer", "searchd"})
        for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
            const std::string extension = entry.path().extension();
            if (extension != ".hpp" && extension != ".cpp") continue;
            std::ostringstream text;
            text << std::ifstream(entry.path()).rdbuf();
            Source source{fs::relative(entry.path(), root), text.str(), {}};
            for (std::sregex_iterator it(source.text.begin(), source.text.end(), include), end; it != end;
                 ++it)
                source.includes.push_back((*it)[1]);
            found.push_back(std::move(source));
        }
    return found;
}

// Where an include of the project's own leads; empty for one that is not the project's.
std::string target_of(const Source& source, const std::string& include) {
    const fs::path root = IZDE_ROOT;
    const std::string program = source.path.substr(0, source.path.find('/'));
    for (const std::string& base :
         {std::string("include"), program, fs::path(source.path).parent_path().string()})
        if (fs::exists(root / base / include)) return (fs::path(base) / include).lexically_normal();
    return {};
}

const Layer* layer_of(const std::string& path) {
    const auto found =
        std::ranges::find_if(layers, [&](const Layer& layer) { return path.starts_with(layer.room); });
    return found == layers.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("every source lies in a layer and includes only its own and those below", "[architecture]") {
    const auto all = sources();
    REQUIRE(all.size() > 40);
    for (const Source& source : all) {
        const Layer* from = layer_of(source.path);
        REQUIRE(from != nullptr);
        for (const std::string& include : source.includes) {
            const std::string target = target_of(source, include);
            if (target.empty()) continue;
            const Layer* to = layer_of(target);
            REQUIRE(to != nullptr);
            INFO(source.path << " includes " << target);
            CHECK(
                (to == from || std::ranges::find(from->may, std::string_view(to->room)) != from->may.end()));
        }
    }
}

TEST_CASE("third-party headers are known in their homes only", "[architecture]") {
    std::map<std::string, int> used;
    for (const Source& source : sources())
        for (const std::string& include : source.includes)
            for (const auto& [header, places] : homes) {
                if (!include.starts_with(header)) continue;
                ++used[header];
                INFO(source.path << " includes " << include);
                CHECK(std::ranges::any_of(places,
                                          [&](const char* place) { return source.path.starts_with(place); }));
                CHECK_FALSE(source.path.starts_with("include/"));
            }
    for (const auto& [header, places] : homes) {
        INFO(header << " is not used any more");
        CHECK(used[header] > 0);
    }
}

TEST_CASE("text is folded, split and stemmed in lib/text only", "[architecture]") {
    for (const Source& source : sources()) {
        if (source.path.starts_with("lib/text/")) continue;
        INFO(source.path);
        CHECK_FALSE(std::regex_search(source.text, analysis));
    }
}

TEST_CASE("the page makes no HTML from text", "[architecture]") {
    const std::regex unsafe(R"(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\()");
    for (const auto& entry : fs::directory_iterator(fs::path(IZDE_ROOT) / "web")) {
        std::ostringstream text;
        text << std::ifstream(entry.path()).rdbuf();
        INFO(entry.path());
        CHECK_FALSE(std::regex_search(text.str(), unsafe));
    }
}

TEST_CASE("the longest files are named, to look at again", "[architecture]") {
    std::vector<std::pair<long, std::string>> lengths;
    for (const Source& source : sources())
        lengths.emplace_back(std::ranges::count(source.text, '\n'), source.path);
    std::ranges::sort(lengths, std::greater<>());
    for (std::size_t i = 0; i < 5; ++i)
        std::cout << lengths.at(i).first << " lines: " << lengths.at(i).second << "\n";
    CHECK(lengths.front().first < 600);
}
