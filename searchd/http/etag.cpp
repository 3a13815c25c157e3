#include "http/etag.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <xxhash.h>

#include "izde/hex.hpp"
#include "izde/version.hpp"

namespace izde::http {
namespace {

// Each with its length, so that no two lists of texts make one.
void append(std::string& text, std::string_view one) {
    text.append(std::to_string(one.size())).append(":").append(one);
}

std::string hash_of(std::string_view bytes) {
    const auto hash = XXH3_128bits(bytes.data(), bytes.size());
    return hex_of(hash.high64) + hex_of(hash.low64);
}

std::string_view without_weakness(std::string_view etag) {
    if (etag.starts_with("W/")) etag.remove_prefix(2);
    return etag;
}

}  // namespace

std::string etag_of(const Origin& origin) {
    Params params;
    std::ranges::copy_if(origin.params, std::back_inserter(params),
                         [](const auto& one) { return !one.second.empty(); });
    std::ranges::stable_sort(params, {}, &Params::value_type::first);
    std::string text;
    for (const auto part : {std::string_view(origin.path), origin.generation, origin.settings})
        append(text, part);
    append(text, version());
    for (const auto& [name, value] : params) {
        append(text, name);
        append(text, value);
    }
    return "W/\"" + hash_of(text) + "\"";
}

std::string fingerprint_of(const std::vector<std::filesystem::path>& files) {
    std::string text;
    for (const auto& file : files) {
        std::ifstream in(file, std::ios::binary);
        append(text, std::string(std::istreambuf_iterator<char>(in), {}));
    }
    return hash_of(text);
}

bool is_known_to_client(const Message& request, std::string_view etag) {
    auto known = header_of(request, "if-none-match");
    while (!known.empty()) {
        auto one = known.substr(0, known.find(','));
        known.remove_prefix(std::min(known.size(), one.size() + 1));
        one.remove_prefix(std::min(one.size(), one.find_first_not_of(" \t")));
        one = one.substr(0, one.find_last_not_of(" \t") + 1);
        if (one == "*" || without_weakness(one) == without_weakness(etag)) return true;
    }
    return false;
}

}  // namespace izde::http
