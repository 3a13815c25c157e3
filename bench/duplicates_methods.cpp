#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <utility>

#include "clip/sketch.hpp"
#include "clip/story.hpp"
#include "duplicates.hpp"

namespace izde::bench {
namespace {

using Keys = std::vector<std::uint64_t>;
using Pairs = std::vector<std::uint64_t>;  // the lower number in the high half; ascending, each once

constexpr std::size_t bits = 64;
constexpr std::size_t common = 20;  // a shingle in more texts is a template's, not a story's

std::uint64_t mixed(std::uint64_t value) {
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9u;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBu;
    return value ^ (value >> 31);
}

Keys shingles(const clip::Story& story) {
    Keys found;
    for (std::size_t at = 0; at + 4 <= story.body.size(); ++at) {
        std::uint64_t hash = 0;
        for (std::size_t i = 0; i < 4; ++i) hash = mixed(hash ^ story.body[at + i].hash);
        found.push_back(hash);
    }
    std::ranges::sort(found);
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

void sort_once(Pairs& pairs) {
    std::ranges::sort(pairs);
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
}

// Everything that shares a key, but no bucket larger than `most`.
void meet(Keys& keys, const std::vector<std::uint32_t>& owners, std::size_t most, Pairs& pairs) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> entries;
    for (std::size_t i = 0; i < keys.size(); ++i) entries.emplace_back(keys[i], owners[i]);
    std::ranges::sort(entries);
    for (auto begin = entries.begin(); begin != entries.end();) {
        const auto end = std::find_if(begin, entries.end(),
                                      [&](const auto& entry) { return entry.first != begin->first; });
        if (static_cast<std::size_t>(end - begin) <= most)
            for (auto a = begin; a != end; ++a)
                for (auto b = a + 1; b != end; ++b)
                    pairs.push_back(std::uint64_t{a->second} << 32 | b->second);
        begin = end;
    }
}

// Pairs of shingles in common, counted one by one: what no sketch can see better.
Pairs by_counting(const std::vector<Keys>& all) {
    Keys keys;
    std::vector<std::uint32_t> owners;
    for (std::size_t i = 0; i < all.size(); ++i)
        for (const std::uint64_t key : all[i]) {
            keys.push_back(key);
            owners.push_back(static_cast<std::uint32_t>(i));
        }
    Pairs each;
    meet(keys, owners, common, each);
    std::ranges::sort(each);
    Pairs pairs;
    for (auto begin = each.begin(); begin != each.end();) {
        const auto end = std::find_if(begin, each.end(), [&](std::uint64_t pair) { return pair != *begin; });
        const std::size_t fewer = std::min(all[*begin >> 32].size(), all[*begin & 0xFFFFFFFFu].size());
        if (static_cast<std::size_t>(end - begin) * 10 >= fewer * 3) pairs.push_back(*begin);
        begin = end;
    }
    return pairs;
}

std::uint64_t simhash(const Keys& keys) {
    std::array<int, bits> votes{};
    for (const std::uint64_t key : keys)
        for (std::size_t bit = 0; bit < bits; ++bit) votes.at(bit) += (key >> bit & 1) != 0 ? 1 : -1;
    std::uint64_t hash = 0;
    for (std::size_t bit = 0; bit < bits; ++bit) hash |= std::uint64_t{votes.at(bit) > 0} << bit;
    return hash;
}

Pairs by_simhash(const std::vector<Keys>& all, int distance) {
    Keys hashes;
    for (const Keys& keys : all) hashes.push_back(simhash(keys));
    Pairs pairs;
    for (std::size_t a = 0; a < hashes.size(); ++a)
        for (std::size_t b = a + 1; b < hashes.size(); ++b)
            if (std::popcount(hashes[a] ^ hashes[b]) <= distance && !all[a].empty() && !all[b].empty())
                pairs.push_back(std::uint64_t{a} << 32 | b);
    return pairs;
}

Pairs by_minhash(const std::vector<clip::Story>& stories, std::size_t rows) {
    std::vector<clip::Sketch> sketches;
    for (const clip::Story& story : stories) sketches.push_back(clip::sketch_of(story.body));
    Pairs pairs;
    for (std::size_t band = 0; band + rows <= clip::sketch_bins; band += rows) {
        Keys keys;
        std::vector<std::uint32_t> owners;
        for (std::size_t i = 0; i < sketches.size(); ++i) {
            if (sketches[i].shingles == 0) continue;
            std::uint64_t key = 0;
            for (std::size_t row = 0; row < rows; ++row) key = key << 16 | sketches[i].bins.at(band + row);
            keys.push_back(key);
            owners.push_back(static_cast<std::uint32_t>(i));
        }
        meet(keys, owners, stories.size(), pairs);
    }
    sort_once(pairs);
    std::erase_if(pairs, [&](std::uint64_t pair) {
        return clip::containment(sketches[pair >> 32], sketches[pair & 0xFFFFFFFFu]) < 0.4;
    });
    return pairs;
}

Pairs one_story(const std::vector<clip::Story>& stories, Pairs pairs) {
    std::erase_if(pairs, [&](std::uint64_t pair) {
        return !clip::is_same_story(clip::compare(stories[pair >> 32], stories[pair & 0xFFFFFFFFu]));
    });
    return pairs;
}

}  // namespace

void compare_methods(const std::vector<index::Document>& documents) {
    std::vector<clip::Story> stories;
    std::vector<Keys> keys;
    for (const auto& document : documents) {
        stories.push_back(clip::story_of(document));
        keys.push_back(shingles(stories.back()));
    }
    struct Method {
        const char* name;
        std::size_t bytes;  // a document
        std::function<Pairs()> pairs;
    };
    std::size_t shingle_bytes = 0;
    for (const Keys& each : keys) shingle_bytes += each.size() * sizeof(std::uint64_t);
    const std::vector<Method> methods{
        {"every shingle counted", shingle_bytes / std::max<std::size_t>(1, keys.size()),
         [&] { return by_counting(keys); }},
        {"MinHash 64, 32 bands of 2", 128, [&] { return by_minhash(stories, 2); }},
        {"MinHash 64, 21 bands of 3", 128, [&] { return by_minhash(stories, 3); }},
        {"MinHash 64, 16 bands of 4", 128, [&] { return by_minhash(stories, 4); }},
        {"SimHash 64, 3 bits", 8, [&] { return by_simhash(keys, 3); }},
        {"SimHash 64, 6 bits", 8, [&] { return by_simhash(keys, 6); }},
        {"SimHash 64, 10 bits", 8, [&] { return by_simhash(keys, 10); }},
        {"SimHash 64, 16 bits", 8, [&] { return by_simhash(keys, 16); }},
    };
    std::vector<std::pair<std::size_t, double>> measured;
    std::vector<Pairs> found;
    Pairs truth;  // all pairs that any method finds and that are one story
    for (const Method& method : methods) {
        const double start = cpu_seconds();
        const Pairs pairs = method.pairs();
        measured.emplace_back(pairs.size(), cpu_seconds() - start);
        found.push_back(one_story(stories, pairs));
        truth.insert(truth.end(), found.back().begin(), found.back().end());
        sort_once(truth);
    }
    std::printf("%zu documents, %zu pairs are one story\n%-28s %10s %10s %8s %8s\n", documents.size(),
                truth.size(), "method", "bytes/doc", "candidates", "recall", "seconds");
    for (std::size_t i = 0; i < methods.size(); ++i)
        std::printf("%-28s %10zu %10zu %8.4f %8.2f\n", methods[i].name, methods[i].bytes, measured[i].first,
                    static_cast<double>(found[i].size()) /
                        static_cast<double>(std::max<std::size_t>(1, truth.size())),
                    measured[i].second);
}

}  // namespace izde::bench
