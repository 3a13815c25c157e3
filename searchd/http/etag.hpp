// Names for answers that stay as they are until the index or a setting changes, so that a client that has one
// need not get it again.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "http/form.hpp"
#include "http/message.hpp"

namespace izde::http {

// What an answer depends on.
struct Origin {
    std::string_view path;
    const Params& params;         // repeats of one name count in their order
    std::string_view generation;  // of the index
    std::string_view settings;    // what else answers depend on, by any name
};

// Weak, since an answer says how long it took and may be compressed. Parameters that come in another order,
// in the body of a POST, or empty, make the same name.
std::string etag_of(const Origin& origin);

// Of the contents of files; one that cannot be read counts as empty.
std::string fingerprint_of(const std::vector<std::filesystem::path>& files);

// Whether If-None-Match has it.
bool is_known_to_client(const Message& request, std::string_view etag);

}  // namespace izde::http
