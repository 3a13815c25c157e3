// `update` against `rebuild`: whatever happens to the files, both must publish the same.
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <sstream>

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "izde/index/generations.hpp"
#include "izde/index/reader.hpp"
#include "izde/index/record.hpp"
#include "izde/text/analyze.hpp"

#include "support/run_program.hpp"
#include "support/temp_dir.hpp"

using namespace izde;
using namespace izde::tests;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

std::string slurp(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

// Sentences of which stories are made, so that some stories share most of theirs.
constexpr const char* sentences[] = {
    "The river port at Balkhash loaded its first barge of the spring.",
    "Nine lorries with apples waited at the Khorgos gate since Monday.",
    "На станции Достык открыли новый склад для зерна.",
    "Губернатор сообщил, что дорогу починят к осени.",
    "Ауыл тұрғындары жаңа мектептің ашылуына жиналды.",
    "Кітапханада көне қолжазбалар көрмесі өтті.",
    "乌鲁木齐的市场上新到了一批哈密瓜。",
    "铁路口岸今年的货运量有所增加。",
    "A choir from Almaty sang in the square until midnight.",
    "Engineers measured the dam twice and found no crack.",
    "The mayor of Kokshetau promised three new buses.",
    "Wolves were seen near the winter pastures again.",
};
constexpr const char* footers[] = {"Read also: our morning letter, free of charge.",
                                   "Подпишитесь на рассылку Степной газеты.",
                                   "Share this story with a friend."};

// A folder that somebody works on.
class Folder {
  public:
    Folder(const TempDir& dir, unsigned seed) : dir_(dir), random_(seed) {
        for (int i = 0; i < 25; ++i) add();
    }

    void work() {
        for (int edits = 1 + number(4); edits > 0; --edits) {
            const std::string some = any();
            switch (some.empty() ? 0 : number(9)) {
            case 0:
            case 1:
                add();
                break;
            case 2:
                fs::remove(root() / some);
                files_.erase(some);
                break;
            case 3:
                write(some, slurp(root() / some) + "\n" + story(1 + number(2)));
                break;
            case 4:
                write(some, content_for(some));
                break;
            case 5: {  // a reprint, or a copy in another folder
                write("copies/" + std::to_string(++made_) + fs::path(some).extension().string(),
                      slurp(root() / some));
                break;
            }
            case 6: {
                const std::string name =
                    "moved/" + std::to_string(++made_) + fs::path(some).extension().string();
                fs::create_directories(root() / "moved");
                fs::rename(root() / some, root() / name);
                files_.erase(some);
                files_.insert(name);
                break;
            }
            case 7:
                write(some, slurp(root() / some));  // another time, the same bytes
                break;
            case 8:
                fs::last_write_time(root() / some,
                                    fs::file_time_type::clock::now() - std::chrono::hours(number(90000)));
                break;
            default:
                break;
            }
        }
    }

    fs::path root() const { return dir_.path() / "docs"; }

  private:
    int number(int below) { return std::uniform_int_distribution<int>(0, below - 1)(random_); }
    std::string any() {
        if (files_.empty()) return {};
        return *std::next(files_.begin(), number(static_cast<int>(files_.size())));
    }
    std::string story(int length) {
        std::string text;
        for (int i = 0; i < length; ++i)
            text += std::string(sentences[number(std::size(sentences))]) + "\n\n";
        if (number(2) == 0) text += std::string(footers[number(std::size(footers))]) + "\n";
        return text;
    }
    std::string content_for(const std::string& name) {
        const std::string extension = fs::path(name).extension();
        if (extension == ".html")
            return "<html><head><title>" + std::string(sentences[number(std::size(sentences))]) +
                   "</title></head><body><p>" + story(3) + "</p></body></html>";
        if (extension == ".jsonl") {
            std::string lines;
            for (int i = 0; i <= number(4); ++i)
                lines += json{{"id", "r" + std::to_string(number(9))},
                              {"text", story(4)},
                              {"date", "2024-0" + std::to_string(1 + number(9))}}
                             .dump() +
                         "\n";
            return lines;
        }
        return "2023-0" + std::to_string(1 + number(9)) + "-11\n\n" + story(2 + number(8));
    }
    void add() {
        constexpr const char* extensions[] = {".txt", ".txt", ".txt", ".html", ".jsonl", ".md"};
        const std::string name = "f" + std::to_string(number(4)) + "/" + std::to_string(number(1000)) + "-" +
                                 std::to_string(++made_) + extensions[number(std::size(extensions))];
        write(name, content_for(name));
    }
    void write(const std::string& name, const std::string& content) {
        dir_.write("docs/" + name, content);
        files_.insert(name);
    }

    const TempDir& dir_;
    std::mt19937 random_;
    std::set<std::string> files_;
    int made_ = 0;
};

index::Reader open_live(const fs::path& root) {
    const index::Generations generations(root);
    return *index::Reader::open(generations.path(*generations.live()));
}

index::Query word(const std::string& exact) {
    return {index::Word{{{{exact}, 1.0}}, {}}};
}

// All matches with their scores, in order.
std::string answer(const index::Reader& reader, const index::Query& query, index::Order order,
                   index::Fold fold) {
    std::ostringstream out;
    out.precision(17);
    const auto matches = reader.match(query, {0, 1000, order, fold});
    out << matches->total << '\n';
    for (const index::Match& match : matches->items)
        out << reader.fetch(match)->id << ' ' << match.score << '\n';
    return out.str();
}

std::set<std::string> words_of(const index::Document& document) {
    std::set<std::string> words;
    for (const auto& token : text::analyze(document.title + "\n" + document.body, document.lang))
        words.insert(token.exact);
    return words;
}

// Two indexes saw a document at times of their own.
std::string without_time(index::Document document) {
    document.first_seen = 0;
    return index::write_record(document);
}

std::map<std::string, std::uint32_t> times_in(const fs::path& root) {
    const index::Reader reader = open_live(root);
    std::map<std::string, std::uint32_t> times;
    const auto matches = reader.match({index::Everything{}}, {0, 1000});
    REQUIRE(matches);
    for (const index::Match& match : matches->items) {
        const auto document = reader.fetch(match);
        times[document->id] = document->first_seen;
    }
    return times;
}

// In which of the runs each document was first seen, counted from 0: those whose documents are all gone do
// not count.
std::map<std::string, std::size_t> runs_in(const fs::path& root) {
    std::set<std::uint32_t> runs;
    for (const auto& [id, time] : times_in(root)) runs.insert(time);
    std::map<std::string, std::size_t> run_of;
    for (const auto& [id, time] : times_in(root))
        run_of[id] = static_cast<std::size_t>(std::distance(runs.begin(), runs.find(time)));
    return run_of;
}

// What two indexes that were made anew on the same nights saw first, and when.
void check_seen_alike(const fs::path& updated, const fs::path& rebuilt) {
    CHECK(runs_in(updated) == runs_in(rebuilt));
    const index::Query all{index::Everything{}};
    for (const auto fold : {index::Fold::off, index::Fold::on})
        CHECK(answer(open_live(updated), all, index::Order::first_seen, fold) ==
              answer(open_live(rebuilt), all, index::Order::first_seen, fold));
}

void check_same(const fs::path& updated, const fs::path& rebuilt) {
    const index::Reader a = open_live(updated);
    const index::Reader b = open_live(rebuilt);
    const index::Manifest &left = a.manifest(), &right = b.manifest();
    CHECK(left.documents == right.documents);
    CHECK(left.text_bytes == right.text_bytes);
    CHECK(left.by_lang == right.by_lang);
    CHECK(left.by_format == right.by_format);
    CHECK(left.by_source == right.by_source);
    CHECK(left.by_year == right.by_year);
    const auto file = [](const fs::path& root) {
        const index::Generations generations(root);
        return slurp(generations.path(*generations.live()) / "vocabulary");
    };
    CHECK(file(updated) == file(rebuilt));
    const index::Query all{index::Everything{}};
    std::set<std::string> words;
    const auto everything = b.match(all, {0, 1000, index::Order::relevance});
    for (const index::Match& match : everything->items) {
        const auto document = b.fetch(match);
        const auto same = a.fetch(document->id);
        REQUIRE(same);
        CHECK(without_time(*same) == without_time(*document));
        words.merge(words_of(*document));
    }
    for (const auto order : {index::Order::relevance, index::Order::newest, index::Order::oldest})
        for (const auto fold : {index::Fold::off, index::Fold::on}) {
            CHECK(answer(a, all, order, fold) == answer(b, all, order, fold));
            for (const std::string& one : words)
                CHECK(answer(a, word(one), order, fold) == answer(b, word(one), order, fold));
        }
}

Finished run(const std::string& command, const fs::path& index, const fs::path& docs) {
    return run_program("izde-indexer", {command, "--force", "--index", index, docs});
}

json report_in(const fs::path& index) {
    return json::parse(std::ifstream(index / "last-run.json"));
}

}  // namespace

TEST_CASE("an update publishes what a rebuild would, whatever was done to the files", "[programs]") {
    const unsigned seed = GENERATE(1u, 2u, 3u);
    CAPTURE(seed);
    const TempDir dir;
    Folder folder(dir, seed);
    REQUIRE(run("update", dir.path() / "updated", folder.root()).code <= 1);
    REQUIRE(run("rebuild", dir.path() / "rebuilt", folder.root()).code <= 1);
    for (int night = 0; night < 5; ++night) {
        CAPTURE(night);
        folder.work();
        const Finished updated = run("update", dir.path() / "updated", folder.root());
        INFO(updated.err);
        REQUIRE(updated.code <= 1);
        REQUIRE(run("rebuild", dir.path() / "rebuilt", folder.root()).code <= 1);
        check_same(dir.path() / "updated", dir.path() / "rebuilt");
        check_seen_alike(dir.path() / "updated", dir.path() / "rebuilt");
        CHECK(run_program("izde-indexer", {"check", "--index", dir.path() / "updated"}).code == 0);
    }
    const auto before = times_in(dir.path() / "updated");
    REQUIRE(run("rebuild", dir.path() / "updated", folder.root()).code <= 1);
    CHECK(times_in(dir.path() / "updated") == before);
}

TEST_CASE("an update reads only the files that changed, and says what became of the documents",
          "[programs]") {
    const TempDir dir;
    for (const char* name : {"a", "b", "c"})
        dir.write("docs/" + std::string(name) + ".txt",
                  "A story of " + std::string(name) + "\n\nIt was long and quiet.\n");
    REQUIRE(run("rebuild", dir.path() / "index", dir.path() / "docs").code == 0);
    dir.write("docs/b.txt", "A story of b\n\nIt was short and loud.\n");
    dir.write("docs/d.txt", "A story of d\n\nIt came later.\n");
    fs::remove(dir.path() / "docs/c.txt");
    REQUIRE(run("update", dir.path() / "index", dir.path() / "docs").code == 0);
    const json report = report_in(dir.path() / "index");
    CHECK(report["added"][0]["path"] == "d.txt");
    CHECK(report["changed"][0]["path"] == "b.txt");
    CHECK(report["removed"][0]["path"] == "c.txt");
    CHECK(report["unchanged"] == 1);
}

TEST_CASE("an update that finds nothing changed publishes nothing, says so, and knows touched files again",
          "[programs]") {
    const TempDir dir;
    for (const char* name : {"a", "b", "c"})
        dir.write("docs/" + std::string(name) + ".txt",
                  "A story of " + std::string(name) + "\n\nIt was long and quiet.\n");
    const fs::path index = dir.path() / "index", docs = dir.path() / "docs";
    REQUIRE(run("rebuild", index, docs).code == 0);
    const std::string live = *index::Generations(index).live();
    fs::last_write_time(docs / "b.txt", fs::file_time_type::clock::now() - std::chrono::hours(5));
    for (int night = 0; night < 2; ++night) {
        const Finished update = run("update", index, docs);
        CHECK(update.code == 0);
        CHECK(update.err.find("nothing changed") != std::string::npos);
        const json report = report_in(index);
        CHECK(report["nothing_changed"] == true);
        CHECK(report["published"] == false);
        CHECK(report["generation"] == live);
        CHECK(report["unchanged"] == 3);
        CHECK(report["documents"] == 3);
        CHECK(report["by"]["format"]["txt"] == 3);
        CHECK(*index::Generations(index).live() == live);
        CHECK(index::Generations(index).finished().size() == 1);
    }
    // And the memory that it renewed serves an update that finds something.
    fs::remove(docs / "c.txt");
    REQUIRE(run("update", index, docs).code == 0);
    CHECK(report_in(index)["published"] == true);
    REQUIRE(run("rebuild", dir.path() / "rebuilt", docs).code == 0);
    check_same(index, dir.path() / "rebuilt");
}

TEST_CASE("an update without a memory, or with a damaged one, is a rebuild", "[programs]") {
    const TempDir dir;
    dir.write("docs/a.txt", "The Old Mill\n\nThe mill by the lake was sold.\n");
    dir.write("docs/b.txt", "The New Mill\n\nAnother mill was built beside it.\n");
    const fs::path index = dir.path() / "index";
    REQUIRE(run("rebuild", index, dir.path() / "docs").code == 0);
    const fs::path memory = fs::directory_iterator(index / "known")->path();
    SECTION("none") {
        fs::remove_all(index / "known");
    }
    SECTION("empty files") {
        for (const char* name : {"files", "documents", "rows", "prints", "repetition", "pairs", "words"})
            std::ofstream(memory / name, std::ios::trunc);
    }
    SECTION("a flipped bit among the files") {
        std::string bytes = slurp(memory / "files");
        bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 4);
        std::ofstream(memory / "files", std::ios::binary) << bytes;
    }
    SECTION("other records") {
        std::ofstream(memory / "documents", std::ios::binary) << std::string(4096, 'x');
    }
    SECTION("other words") {
        std::ofstream(memory / "words", std::ios::binary) << std::string(999, '\xFF');
        dir.write("docs/c.txt", "A third mill\n\nIt is only planned.\n");
        for (int i = 0; i < 30; ++i)
            dir.write("docs/more" + std::to_string(i) + ".txt",
                      "Mill number " + std::to_string(i) + " is small.\n");
    }
    CHECK(run("update", index, dir.path() / "docs").code == 0);
    REQUIRE(run("rebuild", dir.path() / "rebuilt", dir.path() / "docs").code == 0);
    check_same(index, dir.path() / "rebuilt");
}

TEST_CASE("an update takes no byte that changed since it was written into the new index", "[programs]") {
    const TempDir dir;
    for (int i = 0; i < 30; ++i)
        dir.write("docs/" + std::to_string(i) + ".txt",
                  "Mill number " + std::to_string(i) + "\n\nThe mill by the lake was sold.\n");
    const fs::path index = dir.path() / "index", docs = dir.path() / "docs";
    REQUIRE(run("rebuild", index, docs).code == 0);
    dir.write("docs/30.txt", "The last mill\n\nIt stands alone.\n");
    const index::Generations generations(index);
    const std::string live = *generations.live();
    const std::string table = GENERATE(as<std::string>(), "docdata.glass", "positions", "postlist.glass");
    const fs::path rotten = generations.path(live) / table;
    // In the middle of a block, where no structure tells.
    std::string bytes = slurp(rotten);
    bytes[bytes.size() - 100] = static_cast<char>(bytes[bytes.size() - 100] ^ 1);
    std::ofstream(rotten, std::ios::binary) << bytes;

    CHECK(run("update", index, docs).code == 0);
    CHECK(report_in(index)["warnings"].size() == 1);
    REQUIRE(run("rebuild", dir.path() / "rebuilt", docs).code == 0);
    check_same(index, dir.path() / "rebuilt");
}
