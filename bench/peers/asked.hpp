// What every program that is asked shares: the texts it is fed, the queries, how samples are told.
#pragma once

#include <algorithm>
#include <barrier>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace izde::peers {

// The columns of a line between its tabs; one more is empty.
inline std::vector<std::string> columns(std::string_view line) {
    std::vector<std::string> found;
    for (std::size_t begin = 0; begin <= line.size();) {
        const std::size_t end = std::min(line.find('\t', begin), line.size());
        found.emplace_back(line.substr(begin, end - begin));
        begin = end + 1;
    }
    return found;
}

// A document as all peers get it; one a line of a file: number, value, title, body, furniture. `value` is
// that of the field which filters and facets are asked of.
struct Text {
    std::string number, value, title, all;  // `all`: title, body and furniture
};

template <class Use>
void for_each_text(const std::string& path, Use use) {
    std::ifstream file(path);
    if (!file) throw std::runtime_error("cannot read " + path);
    for (std::string line; std::getline(file, line);) {
        std::vector<std::string> column = columns(line);
        column.resize(5);
        use(Text{column[0], column[1], column[2], column[2] + ". " + column[3] + " " + column[4]});
    }
}

// One a line: kind, words, what a person would type, field, value. Kinds: word, and, or, phrase, prefix,
// filter (the words, where the field has the value), facets (and how the matches spread over the field).
struct Query {
    std::string kind, words, typed, field, value;
};

inline std::vector<Query> read_queries(const std::string& path) {
    std::ifstream file(path);
    if (!file) throw std::runtime_error("cannot read " + path);
    std::vector<Query> queries;
    for (std::string line; std::getline(file, line);) {
        std::vector<std::string> column = columns(line);
        column.resize(5);
        queries.push_back({column[0], column[1], column[2], column[3], column[4]});
    }
    if (queries.empty()) throw std::runtime_error("no queries in " + path);
    return queries;
}

inline std::vector<std::string> words_of(const std::string& words) {
    std::vector<std::string> found;
    for (std::size_t begin = 0; begin < words.size();) {
        const std::size_t end = std::min(words.find(' ', begin), words.size());
        if (end > begin) found.push_back(words.substr(begin, end - begin));
        begin = end + 1;
    }
    return found;
}

struct Answered {
    std::size_t hits = 0;    // on the first page
    std::size_t marked = 0;  // of these, whose snippets have a mark
};

// The same queries in every way, one way after the other for each, a round to warm up and `rounds` that
// count. Prints for each a line: way, kind, hits, marked, milliseconds of each round.
template <class Way, class Ask>  // Answered ask(Way, const Query&); name_of(Way)
void print_samples(const std::vector<Way>& ways, const std::vector<Query>& queries, int rounds, Ask ask) {
    using Clock = std::chrono::steady_clock;
    struct Line {
        Answered answered;
        std::vector<double> milliseconds;
    };
    std::vector<Line> lines(queries.size() * ways.size());
    for (int round = -1; round < rounds; ++round)
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const auto start = Clock::now();
            lines[i].answered = ask(ways[i % ways.size()], queries[i / ways.size()]);
            const std::chrono::duration<double, std::milli> took = Clock::now() - start;
            if (round >= 0) lines[i].milliseconds.push_back(took.count());
        }
    for (std::size_t i = 0; i < lines.size(); ++i) {
        std::printf("%s\t%s\t%zu\t%zu", name_of(ways[i % ways.size()]), queries[i / ways.size()].kind.c_str(),
                    lines[i].answered.hits, lines[i].answered.marked);
        for (const double took : lines[i].milliseconds) std::printf("\t%.4f", took);
        std::printf("\n");
    }
}

// Of samples in ascending order, the smallest that `part` of them do not exceed.
inline double percentile(const std::vector<double>& sorted, double part) {
    if (sorted.empty()) return 0;
    const auto rank = static_cast<std::size_t>(std::ceil(part * static_cast<double>(sorted.size())));
    return sorted[std::clamp<std::size_t>(rank, 1, sorted.size()) - 1];
}

// Each thread asks all queries over and over, from a place of its own on, and asks by what `make` gives it
// before. Prints a line: name, threads, answers per second, and the milliseconds that half and 99 % of them
// took.
template <class Make>  // an object to be called with a Query
void print_throughput(const char* name, std::size_t threads, double seconds,
                      const std::vector<Query>& queries, Make make) {
    using Clock = std::chrono::steady_clock;
    std::vector<std::vector<double>> took(threads);
    std::barrier start(static_cast<std::ptrdiff_t>(threads));
    {
        std::vector<std::jthread> running;
        for (std::size_t thread = 0; thread < threads; ++thread)
            running.emplace_back([&, thread] {
                auto asked = make();
                start.arrive_and_wait();
                const auto end = Clock::now() + std::chrono::duration<double>(seconds);
                for (std::size_t i = thread * 37; Clock::now() < end; ++i) {
                    const auto began = Clock::now();
                    asked(queries[i % queries.size()]);
                    const std::chrono::duration<double, std::milli> one = Clock::now() - began;
                    took[thread].push_back(one.count());
                }
            });
    }
    std::vector<double> all;
    for (const auto& one : took) all.insert(all.end(), one.begin(), one.end());
    std::ranges::sort(all);
    std::printf("%s\t%zu\t%.1f\t%.4f\t%.4f\n", name, threads, static_cast<double>(all.size()) / seconds,
                percentile(all, 0.5), percentile(all, 0.99));
}

}  // namespace izde::peers
