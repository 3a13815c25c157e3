#include "http/assets.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <string_view>

#include <xxhash.h>

#include "izde/hex.hpp"

#include "http/embedded.hpp"
#include "http/encoding.hpp"
#include "http/etag.hpp"
#include "http/headers.hpp"

namespace izde::http {
namespace {

constexpr std::uintmax_t largest_asset = 16 << 20;

struct Type {
    std::string_view extension, mime;
};

constexpr std::array types = {
    Type{".html", "text/html; charset=utf-8"},
    Type{".css", "text/css; charset=utf-8"},
    Type{".js", "text/javascript; charset=utf-8"},
    Type{".json", "application/json"},
    Type{".svg", "image/svg+xml"},
    Type{".png", "image/png"},
    Type{".ico", "image/vnd.microsoft.icon"},
    Type{".txt", "text/plain; charset=utf-8"},
};

const Type* type_of(std::string_view name) {
    const auto found =
        std::ranges::find_if(types, [&](const Type& type) { return name.ends_with(type.extension); });
    return found == types.end() ? nullptr : &*found;
}

std::string hash_of(std::string_view bytes) {
    return hex_of(XXH3_64bits(bytes.data(), bytes.size()));
}

std::string smaller(std::string_view bytes, Encoding encoding) {
    auto encoded = encode(bytes, encoding, Effort::thorough);
    return encoded.size() < bytes.size() ? std::move(encoded) : std::string();
}

void put(Assets& assets, const std::string& name, std::string bytes) {
    const auto* type = type_of(name);
    if (type == nullptr) return;
    const auto path = name == "index.html" ? "/" : "/" + name;
    Asset asset{.type = std::string(type->mime), .body = std::move(bytes), .hash = {}};
    asset.hash = hash_of(asset.body);
    asset.gzip = smaller(asset.body, Encoding::gzip);
    asset.brotli = smaller(asset.body, Encoding::brotli);
    assets[path] = std::move(asset);
}

Result<std::string> read_asset(const std::filesystem::directory_entry& file) {
    std::error_code error;
    if (file.file_size(error) > largest_asset || error) {
        return fail(Errc::bad_argument, file.path().string() + " is too large for a page");
    }
    std::ifstream in(file.path(), std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    if (!in.is_open() || in.bad()) return fail(Errc::io, "cannot read " + file.path().string());
    return bytes;
}

const std::string& body_in(const Asset& asset, Encoding encoding) {
    if (encoding == Encoding::gzip) return asset.gzip;
    return encoding == Encoding::brotli ? asset.brotli : asset.body;
}

// What the client likes best of what there is.
Encoding choose(const Asset& asset, const Message& request) {
    const Accepted accepted(request);
    auto best = Encoding::identity;
    int quality = std::max(accepted.quality(Encoding::identity), 1);
    for (const auto encoding : {Encoding::gzip, Encoding::brotli}) {
        const int offered = accepted.quality(encoding);
        if (body_in(asset, encoding).empty() || offered < quality) continue;
        best = encoding;
        quality = offered;
    }
    return best;
}

bool names_content(const Message& request, const Asset& asset) {
    return request.params.size() == 1 && request.params[0].first == "v" &&
           request.params[0].second == asset.hash;
}

}  // namespace

Answer answer(const Asset& asset, const Message& request) {
    const auto encoding = choose(asset, request);
    const bool is_plain = encoding == Encoding::identity;
    // Each form of a file is another one for caches.
    const auto etag = "\"" + asset.hash + (is_plain ? "" : "-" + std::string(name_of(encoding))) + "\"";
    Answer answer{
        .status = 200, .type = asset.type, .headers = {{"ETag", etag}, {"Vary", "Accept-Encoding"}}};
    if (!is_plain) answer.headers.emplace_back("Content-Encoding", name_of(encoding));
    add_headers(answer, Kind::page);
    if (names_content(request, asset)) {
        std::ranges::find(answer.headers, "Cache-Control", &std::pair<std::string, std::string>::first)
            ->second = "public, max-age=31536000, immutable";
    }
    if (is_known_to_client(request, etag))
        answer.status = 304;
    else
        answer.body = body_in(asset, encoding);
    return answer;
}

Assets built_in_assets() {
    Assets assets;
    for (const auto& file : embedded_files()) put(assets, file.name, {file.bytes, file.bytes + file.size});
    return assets;
}

Result<Assets> load_assets(const std::filesystem::path& directory) {
    std::error_code error;
    std::filesystem::directory_iterator files(directory, error);
    if (error) {
        return fail(Errc::bad_argument,
                    "cannot read the page's folder " + directory.string() + ": " + error.message(),
                    "give a folder with an index.html, or leave --web out for the built-in page");
    }
    Assets assets;
    for (; files != std::filesystem::directory_iterator(); files.increment(error)) {
        const auto name = files->path().filename().string();
        if (type_of(name) == nullptr || !files->is_regular_file(error)) continue;
        auto bytes = read_asset(*files);
        if (!bytes) return fail(bytes.error());
        put(assets, name, *std::move(bytes));
    }
    if (error)
        return fail(Errc::io, "cannot read the page's folder " + directory.string() + ": " + error.message());
    if (assets.find("/") == assets.end()) {
        return fail(Errc::bad_argument, "there is no index.html in " + directory.string(),
                    "give a folder with an index.html, or leave --web out for the built-in page");
    }
    return assets;
}

}  // namespace izde::http
