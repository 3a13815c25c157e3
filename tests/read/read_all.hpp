// Everything a reader hands over for some bytes.
#pragma once

#include <map>
#include <sstream>
#include <string>
#include <vector>

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

}  // namespace izde::tests
