// The files of the page, in memory: no request ever reaches the file system.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "izde/result.hpp"

namespace izde::http {

struct Asset {
    std::string type;  // MIME
    std::string body;
    std::string etag;  // quoted, from the content
};

using Assets = std::map<std::string, Asset, std::less<>>;  // by path: "/", "/search.js"

Assets built_in_assets();                                            // web/ as it was when built
Result<Assets> load_assets(const std::filesystem::path& directory);  // --web DIR: needs an index.html

}  // namespace izde::http
