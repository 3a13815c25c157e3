// Everything a reader hands over for some bytes.
#pragma once

#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "clip/clipping.hpp"
#include "read/read.hpp"

namespace izde::tests {

struct Found {
    std::vector<index::Document> documents;
    std::vector<Error> errors;
};

inline Found read_all(read::Format format, std::string bytes, std::string path = "file",
                      std::map<std::string, std::string> field_names = {}) {
    Found found;
    std::istringstream in(std::move(bytes));
    read::read(format, in, {std::move(path), std::move(field_names)}, [&](Result<index::Document> document) {
        if (document)
            found.documents.push_back(std::move(*document));
        else
            found.errors.push_back(document.error());
    });
    return found;
}

inline index::Document read_one(read::Format format, const std::string& bytes, const std::string& path) {
    const Found found = read_all(format, bytes, path);
    REQUIRE(found.errors.empty());
    REQUIRE(found.documents.size() == 1);
    return found.documents[0];
}

// What the text says of itself is read as well, as for every document of an archive.
inline index::Document clipped(index::Document document) {
    clip::read_clipping(document);
    return document;
}

inline std::string repeat(const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

}  // namespace izde::tests
