// Which paths a pattern means, by the rules that .gitignore files have.
#include <chrono>

#include <catch2/catch.hpp>

#include "patterns.hpp"

using izde::indexer::Patterns;

namespace {

Patterns read(const std::vector<std::string>& lines) {
    const auto patterns = Patterns::read(lines);
    REQUIRE(patterns);
    return *patterns;
}

// A path that ends with '/' is a folder's.
std::optional<bool> verdict(const std::vector<std::string>& lines, std::string path) {
    const bool folder = path.ends_with('/');
    if (folder) path.pop_back();
    return read(lines).match(path, folder ? Patterns::Kind::folder : Patterns::Kind::file);
}

bool means(const std::string& pattern, const std::string& path) {
    return verdict({pattern}, path) == true;
}

}  // namespace

TEST_CASE("a pattern means the paths that it would in a .gitignore file", "[patterns]") {
    struct Row {
        std::string pattern;
        std::vector<std::string> meant, not_meant;
    };
    const std::vector<Row> rows{
        {"a.txt", {"a.txt", "x/a.txt", "x/y/a.txt", "a.txt/"}, {"ba.txt", "a.txt2", "a.txt/b"}},
        {"*.txt", {"a.txt", ".txt", "x/a.txt", "a.b.txt"}, {"a.txt.bak", "a.TXT", "txt"}},
        {"*~", {"a~", "x/b.txt~", "~"}, {"~a"}},
        {"drafts/", {"drafts/", "x/drafts/"}, {"drafts", "x/drafts", "mydrafts/"}},
        {"/drafts/", {"drafts/"}, {"x/drafts/", "drafts"}},
        {"/a.txt", {"a.txt"}, {"x/a.txt"}},
        {"2023/*.txt", {"2023/a.txt"}, {"2023/x/a.txt", "x/2023/a.txt", "2023/a.md"}},
        {"2023/**", {"2023/a", "2023/x/y/z.md", "2023/x/"}, {"2023/", "2023", "x/2023/a"}},
        {"**/a", {"a", "x/a", "x/y/a"}, {"ab", "x/ab"}},
        {"**/x/a", {"x/a", "y/x/a"}, {"xx/a", "x/y/a"}},
        {"a/**/b", {"a/b", "a/x/b", "a/x/y/b"}, {"b", "a/xb", "x/a/b"}},
        {"a/**/b/**/c", {"a/b/c", "a/b/b/x/c", "a/x/b/c"}, {"a/c", "a/b/c/d"}},
        {"**", {"a", "a/b", "a/"}, {}},
        {"**/", {"a/", "a/b/"}, {"a"}},
        {"a**b", {"ab", "axxb", "x/ab"}, {"a/b"}},
        {"*/a", {"x/a"}, {"a", "x/y/a"}},
        {"?.txt", {"a.txt", "я.txt", "文.txt", "x/a.txt"}, {".txt", "ab.txt"}},
        {"*??.md", {"ab.md", "яя.md"}, {"я.md"}},
        {"[ab].txt", {"a.txt", "b.txt"}, {"c.txt", "ab.txt"}},
        {"[a-c]x", {"bx"}, {"dx", "-x"}},
        {"[а-я]", {"ж"}, {"Ж", "z"}},
        {"[!a-c]x", {"dx", "яx"}, {"bx", "x"}},
        {"[^a-c]x", {"dx"}, {"bx"}},
        {"[]a]", {"]", "a"}, {"b"}},
        {"[a-]", {"a", "-"}, {"b"}},
        {R"([\]])", {"]"}, {"\\"}},
        {R"(\*.txt)", {"*.txt"}, {"a.txt"}},
        {R"(\!a)", {"!a"}, {"a"}},
        {"#a", {"#a"}, {"a"}},
        {"a b", {"a b"}, {"ab"}},
        {"a/b", {"a/b", "a/b/"}, {"x/a/b", "a/b/c"}},
        {"a//b", {"a/b"}, {"ab"}},
        {"*", {"a", "x/a"}, {}},
        {"*a*b*c*", {"abc", "xaxbxcx"}, {"acb", "ab"}},
        {"\xFF?", {"\xFF\xFE"}, {"\xFE\xFF"}},
    };
    for (const Row& row : rows) {
        for (const auto& path : row.meant) {
            INFO(row.pattern << " means " << path);
            CHECK(means(row.pattern, path));
        }
        for (const auto& path : row.not_meant) {
            INFO(row.pattern << " does not mean " << path);
            CHECK_FALSE(means(row.pattern, path));
        }
    }
}

TEST_CASE("the last pattern that fits decides, and ! spares what one before means", "[patterns]") {
    const std::vector<std::string> lines{"*.txt", "!keep.txt", "x/keep.txt"};

    CHECK(verdict(lines, "a.txt") == true);
    CHECK(verdict(lines, "keep.txt") == false);
    CHECK(verdict(lines, "y/keep.txt") == false);
    CHECK(verdict(lines, "x/keep.txt") == true);
    CHECK_FALSE(verdict(lines, "a.md").has_value());
    CHECK_FALSE(verdict({}, "a.md").has_value());
}

TEST_CASE("a pattern that means nothing is refused, and named", "[patterns]") {
    const std::vector<std::pair<std::string, std::string>> rows{
        {"", "nothing"},     {"/", "nothing"},      {"!", "nothing"},       {"[abc", "']'"},
        {"a/[", "']'"},      {"[]", "']'"},         {"[!]", "']'"},         {R"([\])", "']'"},
        {R"(a\)", "single"}, {R"(a\/b)", "single"}, {"[[:digit:]]", "0-9"}, {std::string(1025, 'a'), "1024"},
    };
    for (const auto& [line, why] : rows) {
        const auto patterns = Patterns::read({"fine", line});
        INFO(line);
        REQUIRE_FALSE(patterns);
        CHECK(patterns.error().code == izde::Errc::bad_argument);
        CHECK(patterns.error().message.find(why) != std::string::npos);
    }
}

TEST_CASE("no pattern takes long, whatever the path", "[patterns]") {
    std::string stars, folders, path;
    for (int i = 0; i < 300; ++i) stars += "*a";
    for (int i = 0; i < 150; ++i) folders += "**/a/";
    for (int i = 0; i < 2000; ++i) path += "a/";
    const Patterns patterns = read({stars + "b", folders + "b", "**/*[!a]*b"});
    const std::string name(4000, 'a');
    const auto start = std::chrono::steady_clock::now();

    CHECK_FALSE(patterns.match(name, Patterns::Kind::file));
    CHECK_FALSE(patterns.match(path + "c", Patterns::Kind::file));

    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
}
