#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <random>
#include <string>

#include <unistd.h>

#include "clip/duplicates.hpp"
#include "duplicates.hpp"

namespace izde::bench {
namespace {

// Long-lived memory of this process, from Linux.
double megabytes() {
    long pages = 0;
    long resident = 0;
    std::FILE* file = std::fopen("/proc/self/statm", "r");
    if (file == nullptr || std::fscanf(file, "%ld %ld", &pages, &resident) != 2) resident = 0;
    if (file != nullptr) std::fclose(file);
    return static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1e6;
}

// Eight lines of any stories, so that texts share phrases as those of one archive do; one in ten is a
// copy of the story made for another number, with a line more.
index::Document made(const std::vector<std::string>& lines, std::size_t number) {
    std::mt19937_64 random(number % 10 == 9 ? number - number % 100 : number);
    std::array<char, 17> id{};
    std::snprintf(id.data(), id.size(), "%016zx", number);
    index::Document document;
    document.id = id.data();
    for (int i = 0; i < 12; ++i) document.body += lines[random() % lines.size()] + "\n";
    if (number % 10 == 9) document.body += lines[number % lines.size()] + "\n";
    return document;
}

}  // namespace

void group_many(const std::vector<index::Document>& documents) {
    std::vector<std::string> lines;
    for (const auto& document : documents)
        for (std::size_t begin = 0; begin < document.body.size();) {
            const std::size_t end = std::min(document.body.find('\n', begin), document.body.size());
            if (end - begin > 40) lines.push_back(document.body.substr(begin, end - begin));
            begin = end + 1;
        }
    if (lines.empty()) return;
    std::printf("documents  sketches s  groups s  compared       MB\n");
    for (const std::size_t count : {500'000u, 250'000u, 125'000u, 62'500u}) {
        const double before = megabytes();
        clip::Duplicates duplicates(
            *clip::Duplicates::Prints::create(std::filesystem::temp_directory_path()));
        double start = cpu_seconds();
        for (std::size_t i = 0; i < count; ++i) static_cast<void>(duplicates.see(made(lines, i)));
        const double seen = cpu_seconds() - start;
        start = cpu_seconds();
        static_cast<void>(duplicates.group([&](std::size_t number) { return Result(made(lines, number)); }));
        std::printf("%9zu %11.2f %9.2f %9zu %8.1f\n", count, seen, cpu_seconds() - start,
                    duplicates.compared(), megabytes() - before);
    }
}

}  // namespace izde::bench
