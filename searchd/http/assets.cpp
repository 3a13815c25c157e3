#include "http/assets.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <string_view>

#include <stdio.h>

#include <xxhash.h>

#include "http/embedded.hpp"

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

std::string etag_of(std::string_view bytes) {
    std::array<char, 19> text{};
    const unsigned long long hash = XXH3_64bits(bytes.data(), bytes.size());
    std::ignore = snprintf(text.data(), text.size(), "\"%016llx\"", hash);
    return text.data();
}

void put(Assets& assets, const std::string& name, std::string bytes) {
    const auto* type = type_of(name);
    if (type == nullptr) return;
    auto etag = etag_of(bytes);
    const auto path = name == "index.html" ? "/" : "/" + name;
    assets[path] = {.type = std::string(type->mime), .body = std::move(bytes), .etag = std::move(etag)};
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

}  // namespace

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
