// How much of the gold set is read right: the fields of each clipping, its furniture, its story, and
// which clippings are reprints of one another.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "izde/text/utf8.hpp"

#include "alignment.hpp"
#include "clip/duplicates.hpp"
#include "commands.hpp"
#include "documents.hpp"
#include "support/gold_clippings.hpp"

namespace izde::bench {
namespace {

using tests::Choices;
using tests::Gold;

// A gold line and what the indexer made of it.
struct Reading {
    Gold gold;
    std::optional<index::Document> document;
};

struct Tally {
    std::size_t right = 0, total = 0;
    void add(std::size_t more_right, std::size_t more) {
        right += more_right;
        total += more;
    }
    double percent() const {
        return total == 0 ? 0 : 100.0 * static_cast<double>(right) / static_cast<double>(total);
    }
};

constexpr const char* everything = "all";

// Tallies by row (a field) and column (all, a language, a format).
class Table {
  public:
    void add(const std::string& row, const Gold& gold, std::size_t right, std::size_t total) {
        if (!cells_.contains(row)) rows_.push_back(row);
        for (const std::string& column : {std::string(everything), gold.lang, "." + gold.format()})
            cells_[row][column].add(right, total);
    }

    // The columns are those whose names begin with a dot (formats) or not (languages).
    void print(const char* title, bool formats) const {
        std::set<std::string> columns;
        for (const auto& [row, by_column] : cells_)
            for (const auto& [column, tally] : by_column)
                if (column != everything && column.starts_with('.') == formats) columns.insert(column);
        std::printf("\n%-20s %12s %7s", title, "all", "%");
        for (const std::string& column : columns) std::printf(" %7s", column.c_str());
        std::printf("\n");
        for (const std::string& row : rows_) print_row(row, columns);
    }

    double mean(const std::set<std::string>& rows) const {
        double sum = 0;
        for (const std::string& row : rows) sum += cells_.at(row).at(everything).percent();
        return sum / static_cast<double>(rows.size());
    }

  private:
    void print_row(const std::string& row, const std::set<std::string>& columns) const {
        const auto& by_column = cells_.at(row);
        const Tally& all = by_column.at(everything);
        std::printf("  %-18s %5zu/%6zu %7.2f", row.c_str(), all.right, all.total, all.percent());
        for (const std::string& column : columns) {
            const auto found = by_column.find(column);
            if (found == by_column.end() || found->second.total == 0)
                std::printf(" %7s", "-");
            else
                std::printf(" %7.1f", found->second.percent());
        }
        std::printf("\n");
    }

    std::vector<std::string> rows_;  // in the order they came
    std::map<std::string, std::map<std::string, Tally>> cells_;
};

class Score {
  public:
    explicit Score(bool verbose) : verbose_(verbose) {}

    void add(const Reading& reading) {
        gold_ = &reading.gold;
        document_ = reading.document ? &*reading.document : nullptr;
        if (document_ == nullptr) miss("document", gold_->name(), "nothing was read");
        const index::Document document = document_ == nullptr ? index::Document{} : *document_;
        title(document);
        field("date value", {gold_->date_value}, document.date.value);
        field("date precision", {gold_->date_precision}, to_string(document.date.precision));
        if (gold_->date_value.empty()) field("date text", gold_->date_text, document.date.text);
        field("author", gold_->author, document.author);
        field("place", gold_->place, document.place);
        field("source", gold_->source, document.source);
        body(document);
    }

    void print() const {
        table_.print("by language", false);
        table_.print("by format", true);
        std::printf("\nmean of the fields    %.2f %%\n",
                    table_.mean({"title", "date value", "date precision", "author", "place", "source"}));
    }

  private:
    void miss(const std::string& row, const std::string& wanted, const std::string& got) const {
        if (verbose_)
            std::printf("%s  %s\n    wanted  %s\n    got     %s\n", gold_->name().c_str(), row.c_str(),
                        wanted.empty() ? "(null)" : wanted.c_str(), got.empty() ? "(null)" : got.c_str());
    }

    void count(const std::string& row, bool right, const std::string& wanted, const std::string& got) {
        const bool sound = right && document_ != nullptr;
        table_.add(row, *gold_, sound ? 1 : 0, 1);
        if (!sound && document_ != nullptr) miss(row, wanted, got);
    }

    void field(const std::string& row, const Choices& wanted, const std::string& got) {
        const std::string plain = text::collapse_spaces(got);
        count(row, std::ranges::find(wanted, plain) != wanted.end(), wanted.front(), plain);
    }

    // Without a headline, a part of the story will do that does not begin with the dateline.
    void title(const index::Document& document) {
        if (gold_->title_source != "lead") return field("title", gold_->title, document.title);
        std::string lead = text::collapse_spaces(document.title);
        for (const std::string end : {"…", "..."})
            if (lead.ends_with(end)) lead.resize(lead.size() - end.size());
        std::string story;
        for (const std::string& paragraph : gold_->body) story += paragraph + " ";
        const auto words = words_of(lead);
        bool right = !words.empty() && is_of(words, story);
        const std::string& place = gold_->place.front();
        if (!place.empty()) {
            const auto town = words_of(place);
            right = right && !same_letters(words.front(), town.front());
        }
        const bool said = document.title_source == "lead" || gold_->is("no-news");
        count("title", right && said, "(a lead)", document.title + " [" + document.title_source + "]");
    }

    static bool is_of(const std::vector<std::string>& words, const std::string& story) {
        const auto all = words_of(story);
        return std::search(all.begin(), all.end(), words.begin(), words.end()) != all.end();
    }

    static bool same_letters(const std::string& a, const std::string& b) {
        return std::ranges::equal(a, b, [](unsigned char x, unsigned char y) {
            return x == y || (x < 128 && y < 128 && std::tolower(x) == std::tolower(y));
        });
    }

    void body(const index::Document& document) {
        Remains remains(document.body);
        for (const std::string& paragraph : gold_->body) {
            const auto words = words_of(paragraph);
            const std::size_t kept = remains.take(words);
            table_.add("body kept", *gold_, kept, words.size());
            if (kept < words.size() && document_ != nullptr)
                miss("body lost", paragraph, std::to_string(words.size() - kept) + " words are gone");
        }
        if (!gold_->title.front().empty()) remains.take(words_of(gold_->title.front()));
        for (const std::string& piece : gold_->furniture) {
            const auto words = words_of(piece);
            const std::size_t left = remains.take(words);
            table_.add("furniture left", *gold_, left, words.size());
            if (left > 0) miss("furniture left", "(not in the body)", piece);
        }
    }

    bool verbose_;
    const Gold* gold_ = nullptr;
    const index::Document* document_ = nullptr;  // null: nothing was read
    Table table_;
};

// What a file gave; nothing: it is of a format that is not read at all.
std::optional<std::vector<index::Document>> read_file(const std::string& path) {
    const indexer::Entry entry{tests::clippings_folder / "files" / path, "clippings", path, 0};
    std::vector<index::Document> documents;
    const auto outcome = indexer::read_documents(
        entry, {}, [] { return false; },
        [&](Result<index::Document> document) {
            if (document) documents.push_back(std::move(*document));
        });
    if (outcome == indexer::Outcome::ignored) return std::nullopt;
    return documents;
}

std::optional<index::Document> find_record(const std::vector<index::Document>& documents,
                                           const std::string& record) {
    if (record.empty() && documents.size() == 1) return documents.front();
    const auto found = std::ranges::find(documents, record, &index::Document::record);
    return found == documents.end() ? std::nullopt : std::optional(*found);
}

// Every document of the set, in gold's order, and how many more are in files that are not read.
std::vector<Reading> read_set(std::size_t& unread) {
    std::map<std::string, std::optional<std::vector<index::Document>>> by_file;
    std::vector<Reading> readings;
    for (Gold& gold : tests::load_gold()) {
        if (!by_file.contains(gold.file)) by_file[gold.file] = read_file(gold.file);
        const auto& documents = by_file[gold.file];
        if (!documents) {
            ++unread;
            continue;
        }
        auto document = find_record(*documents, gold.record);
        readings.push_back({std::move(gold), std::move(document)});
    }
    return readings;
}

// Pairs of reprints that share a group, and pairs of strangers that do.
void score_groups(const std::vector<Reading>& readings, bool verbose) {
    const auto leader = [](const index::Document& document) {
        return document.group.empty() ? document.id : document.group;
    };
    Tally folded;
    std::size_t strangers = 0;
    for (auto a = readings.begin(); a != readings.end(); ++a)
        for (auto b = std::next(a); b != readings.end(); ++b) {
            if (!a->document || !b->document) continue;
            const bool wanted = !a->gold.group.empty() && a->gold.group == b->gold.group;
            const bool got = leader(*a->document) == leader(*b->document);
            if (wanted) folded.add(got ? 1 : 0, 1);
            if (got && !wanted) ++strangers;
            if (verbose && got != wanted)
                std::printf("%s  and  %s\n    %s\n", a->gold.name().c_str(), b->gold.name().c_str(),
                            wanted ? "are reprints, but not in one group" : "are strangers in one group");
        }
    std::printf("reprints folded       %zu of %zu pairs; strangers folded: %zu\n", folded.right, folded.total,
                strangers);
}

void fold(std::vector<Reading>& readings) {
    std::vector<index::Document*> documents;
    for (Reading& reading : readings)
        if (reading.document) documents.push_back(&*reading.document);
    clip::Duplicates duplicates(*clip::Duplicates::Prints::create(std::filesystem::temp_directory_path()));
    for (const index::Document* document : documents) static_cast<void>(duplicates.see(*document));
    static_cast<void>(duplicates.group([&](std::size_t number) { return Result(*documents[number]); }));
    for (std::size_t number = 0; number < documents.size(); ++number)
        duplicates.mark(number, *documents[number]);
}

// In the light of all of them, as a rebuild of their folder does.
void understand_all(std::vector<Reading>& readings) {
    clip::Repetition archive;
    for (const Reading& reading : readings)
        if (reading.document) archive.see(*reading.document);
    for (Reading& reading : readings)
        if (reading.document) indexer::understand(*reading.document, &archive);
}

}  // namespace

int bench_clippings(const std::vector<std::string>& options) {
    const bool verbose = std::ranges::find(options, "--verbose") != options.end();
    std::size_t unread = 0;
    std::vector<Reading> readings = read_set(unread);
    understand_all(readings);
    fold(readings);
    Score score(verbose);
    for (const Reading& reading : readings) score.add(reading);
    std::printf("%zu clippings; %zu more are of formats that are not read\n", readings.size(), unread);
    score.print();
    score_groups(readings, verbose);
    return 0;
}

}  // namespace izde::bench
