#include "duplicates.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>

#include "clip/duplicates.hpp"
#include "clip/story.hpp"
#include "commands.hpp"
#include "documents.hpp"
#include "walk.hpp"

namespace izde::bench {
namespace {

using Documents = std::vector<index::Document>;

double since(double start) {
    return cpu_seconds() - start;
}

Documents read_folder(const std::string& folder) {
    Documents documents;
    indexer::Visitor visitor;
    visitor.file = [&](const indexer::Entry& entry) {
        indexer::read_documents(
            entry, {}, [] { return false; },
            [&](Result<index::Document> document) {
                if (document) documents.push_back(*std::move(document));
            });
    };
    visitor.obstacle = [](const indexer::Obstacle&) {};
    visitor.stop = [] { return false; };
    static_cast<void>(indexer::walk({{folder, ""}}, visitor));
    // As a rebuild does: furniture that repeats goes, titles are known.
    clip::Repetition archive;
    for (const index::Document& document : documents) archive.see(document);
    for (index::Document& document : documents) indexer::understand(document, &archive);
    return documents;
}

void group(Documents& documents) {
    double start = cpu_seconds();
    std::size_t bytes = 0;
    std::size_t words = 0;
    for (const auto& document : documents) {
        bytes += document.body.size();
        words += clip::story_of(document).body.size();
    }
    std::printf("%zu words, %.0f MB/s\n", words, static_cast<double>(bytes) / 1e6 / since(start));
    start = cpu_seconds();
    clip::Duplicates duplicates(*clip::Duplicates::Prints::create(std::filesystem::temp_directory_path()));
    for (const auto& document : documents) static_cast<void>(duplicates.see(document));
    const double seen = since(start);
    static_cast<void>(duplicates.group([&](std::size_t number) { return Result(documents[number]); }));
    for (std::size_t i = 0; i < documents.size(); ++i) duplicates.mark(i, documents[i]);
    std::printf("%zu documents: sketches %.2f s, groups %.2f s, %zu pairs compared word by word\n",
                documents.size(), seen, since(start) - seen, duplicates.compared());
}

using Groups = std::map<std::string, std::vector<const index::Document*>>;

Groups groups_of(const Documents& documents) {
    Groups groups;
    for (const auto& document : documents)
        if (!document.group.empty()) groups[document.group].push_back(&document);
    return groups;
}

void print_sizes(const Groups& groups) {
    std::map<std::size_t, std::size_t> sizes;
    std::size_t folded = 0;
    for (const auto& [leader, members] : groups) {
        ++sizes[members.size()];
        folded += members.size() - 1;
    }
    std::printf("%zu groups, %zu documents folded away\n  size groups\n", groups.size(), folded);
    for (const auto& [size, count] : sizes) std::printf("  %4zu %6zu\n", size, count);
}

void print_document(const index::Document& document) {
    std::printf("--- %s %s | %s | %s\n%s\n", document.path.c_str(), document.record.c_str(),
                document.date.value.c_str(), document.title.c_str(), document.body.c_str());
}

void print_groups(const Groups& groups) {
    for (const auto& [leader, members] : groups) {
        std::printf("\n=== %s, %zu documents\n", leader.c_str(), members.size());
        for (const auto* document : members) print_document(*document);
    }
}

// Pairs that share many words and are no group, the nearest to one first.
void print_near(const Documents& documents) {
    std::vector<clip::Story> stories;
    std::vector<clip::Sketch> sketches;
    for (const auto& document : documents) {
        stories.push_back(clip::story_of(document));
        sketches.push_back(clip::sketch_of(stories.back().body));
    }
    for (std::size_t a = 0; a < documents.size(); ++a)
        for (std::size_t b = a + 1; b < documents.size(); ++b) {
            if (clip::agreeing(sketches[a], sketches[b]) < 12) continue;
            if (!documents[a].group.empty() && documents[a].group == documents[b].group) continue;
            const clip::Likeness l = clip::compare(stories[a], stories[b]);
            if (l.shorter < 10 || l.shared < 0.6 * l.shorter) continue;
            std::printf("\n=== shorter %.0f longer %.0f shared %.0f skipped %.0f edits %zu numbers %zu names "
                        "%.1f titles "
                        "%d same %d\n",
                        l.shorter, l.longer, l.shared, l.skipped, l.edits, l.other_numbers, l.other_names,
                        l.titles ? 1 : 0, clip::is_same_story(l) ? 1 : 0);
            print_document(documents[a]);
            print_document(documents[b]);
        }
}

}  // namespace

int bench_duplicates(const std::vector<std::string>& options) {
    if (options.empty()) {
        std::fprintf(stderr, "usage: izde-bench duplicates FOLDER [groups|near|methods|variants|scale]\n");
        return 2;
    }
    Documents documents = read_folder(options.front());
    const std::string what = options.size() > 1 ? options[1] : "";
    if (what == "methods") {
        compare_methods(documents);
        return 0;
    }
    if (what == "variants") {
        fold_variants(documents);
        return 0;
    }
    if (what == "scale") {
        group_many(documents);
        return 0;
    }
    group(documents);
    const Groups groups = groups_of(documents);
    print_sizes(groups);
    if (what == "groups") print_groups(groups);
    if (what == "near") print_near(documents);
    return 0;
}

}  // namespace izde::bench
