// A published index of a few documents, for tests that need a real one.
#pragma once

#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "izde/index/generations.hpp"
#include "izde/index/reader.hpp"
#include "izde/index/writer.hpp"

namespace izde::tests {

inline std::string hex_id(std::size_t number) {
    char text[17];
    std::snprintf(text, sizeof text, "%016zx", number);
    return text;
}

inline index::Document make_document(std::size_t number, const std::string& title, const std::string& body,
                                     const std::string& lang = "en") {
    index::Document document;
    document.id = hex_id(number);
    document.path = "doc" + std::to_string(number) + ".txt";
    document.title = title;
    document.title_source = "first-line";
    document.body = body;
    document.lang = lang;
    document.format = "txt";
    document.encoding = "UTF-8";
    return document;
}

template <class T>
T expect(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().message);
    return *std::move(result);
}
inline void expect(const Result<void>& result) {
    if (!result) throw std::runtime_error(result.error().message);
}

// Writes a generation and makes it the live one; returns its folder. `words`: see index::Writer::finish.
inline std::filesystem::path publish(const std::filesystem::path& root,
                                     const std::vector<index::Document>& documents,
                                     const std::filesystem::path& words = {}) {
    const index::Lock lock = expect(index::Lock::take(root));
    index::Generations generations(root);
    const auto building = expect(generations.begin(lock));
    index::Writer writer = expect(index::Writer::create(building, 2));
    for (const index::Document& document : documents) expect(writer.put(document));
    index::Manifest manifest;
    manifest.generation = building.stem();
    manifest.built_at = "2026-01-02T03:04:05Z";
    expect(writer.finish(manifest, words));
    const auto finished = expect(generations.seal(lock, building));
    expect(generations.point_to(lock, finished.filename()));
    generations.prune(lock);
    return finished;
}

inline index::Reader open_live(const std::filesystem::path& root) {
    const index::Generations generations(root);
    return expect(index::Reader::open(generations.path(expect(generations.live()))));
}

}  // namespace izde::tests
