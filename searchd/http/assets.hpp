// The files of the page, in memory: no request ever reaches the file system.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "izde/result.hpp"

#include "http/message.hpp"

namespace izde::http {

struct Asset {
    std::string type;  // MIME
    std::string body;
    std::string hash;                    // of the content: 16 letters and digits
    std::string gzip = {}, brotli = {};  // the body, compressed; empty: that would be no smaller
};

using Assets = std::map<std::string, Asset, std::less<>>;  // by path: "/", "/search.js"

Assets built_in_assets();                                            // web/ as it was when built
Result<Assets> load_assets(const std::filesystem::path& directory);  // --web DIR: needs an index.html

// To GET or HEAD, in the encoding that the client likes best; 304 if it has that already. A file may be kept
// but must be asked for again, so that an upgrade shows at once; unless its address names its content, as
// /search.js?v=HASH does: then it may be kept for ever.
Answer answer(const Asset& asset, const Message& request);

}  // namespace izde::http
