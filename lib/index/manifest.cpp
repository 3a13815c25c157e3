#include "izde/index/manifest.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <memory>

#include <nlohmann/json.hpp>
#include <xxhash.h>

#include "izde/hex.hpp"
#include "izde/index/files.hpp"

#include "index/guard.hpp"

namespace izde::index {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::size_t max_manifest_bytes = 64u << 20;

Failure corrupt(const fs::path& generation, const std::string& why) {
    return fail(Errc::index_corrupt, generation.string() + ": " + why,
                "run: izde-indexer rollback, or izde-indexer rebuild");
}

Failure unreadable(const fs::path& file) {
    return fail(Errc::io, "cannot read " + file.string() + ": " + std::strerror(errno), advice_on(errno));
}

Result<std::string> checksum(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return unreadable(file);
    const std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state(XXH3_createState(), XXH3_freeState);
    XXH3_64bits_reset(state.get());
    std::vector<char> buffer(1u << 18);
    while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())), in.gcount() > 0)
        XXH3_64bits_update(state.get(), buffer.data(), static_cast<std::size_t>(in.gcount()));
    if (in.bad()) return unreadable(file);
    return hex_of(XXH3_64bits_digest(state.get()));
}

// The manifest's own checksum is its last member: of all its bytes, with zeros for itself.
constexpr std::string_view own_checksum = "\"xxh3\": \"";
constexpr std::string_view no_checksum = "0000000000000000";

// Where the sixteen digits of it begin.
std::size_t find_own_checksum(std::string_view bytes) {
    const std::size_t label = bytes.rfind(own_checksum);
    if (label == std::string_view::npos) return label;
    const std::size_t begin = label + own_checksum.size();
    return begin + no_checksum.size() <= bytes.size() ? begin : std::string_view::npos;
}

std::string checksum_of_manifest(std::string bytes, std::size_t digits) {
    bytes.replace(digits, no_checksum.size(), no_checksum);
    return hex_of(XXH3_64bits(bytes.data(), bytes.size()));
}

bool is_as_written(const std::string& bytes) {
    const std::size_t digits = find_own_checksum(bytes);
    return digits != std::string::npos &&
           bytes.compare(digits, no_checksum.size(), checksum_of_manifest(bytes, digits)) == 0;
}

Json to_json(const Manifest& manifest) {
    Json files = Json::array();
    for (const Manifest::File& file : manifest.files)
        files.push_back({{"name", file.name}, {"bytes", file.bytes}, {"xxh3", file.xxh3}});
    return {{"format", manifest.format},
            {"generation", manifest.generation},
            {"fingerprint", manifest.fingerprint},
            {"built_at", manifest.built_at},
            {"version", manifest.version},
            {"documents", manifest.documents},
            {"text_bytes", manifest.text_bytes},
            {"seconds", manifest.seconds},
            {"last_new", manifest.last_new},
            {"revised", manifest.revised},
            {"by",
             {{"lang", manifest.by_lang},
              {"format", manifest.by_format},
              {"source", manifest.by_source},
              {"year", manifest.by_year}}},
            {"files", files},
            {"xxh3", no_checksum}};
}

// Read as what finds its members quickly: there may be thousands of sources.
using ReadJson = nlohmann::json;

Manifest from_json(const ReadJson& json) {
    Manifest manifest;
    json.at("format").get_to(manifest.format);
    json.at("generation").get_to(manifest.generation);
    json.at("fingerprint").get_to(manifest.fingerprint);
    json.at("built_at").get_to(manifest.built_at);
    json.at("version").get_to(manifest.version);
    json.at("documents").get_to(manifest.documents);
    json.at("text_bytes").get_to(manifest.text_bytes);
    json.at("seconds").get_to(manifest.seconds);
    json.at("last_new").get_to(manifest.last_new);
    json.at("revised").get_to(manifest.revised);
    json.at("by").at("lang").get_to(manifest.by_lang);
    json.at("by").at("format").get_to(manifest.by_format);
    json.at("by").at("source").get_to(manifest.by_source);
    json.at("by").at("year").get_to(manifest.by_year);
    for (const ReadJson& file : json.at("files"))
        manifest.files.push_back({file.at("name"), file.at("bytes"), file.at("xxh3")});
    return manifest;
}

// A manifest must not lead anybody out of its folder.
bool is_plain_name(const std::string& name) {
    return !name.empty() && name.front() != '.' && name.find('/') == std::string::npos;
}

}  // namespace

std::uint64_t Manifest::bytes() const {
    std::uint64_t sum = 0;
    for (const File& file : files) sum += file.bytes;
    return sum;
}

Result<Manifest> read_manifest(const fs::path& generation) {
    const auto bytes = read_small_file(generation / manifest_name, max_manifest_bytes);
    if (!bytes && bytes.error().code == Errc::not_found) return corrupt(generation, "there is no manifest");
    if (!bytes && bytes.error().code == Errc::index_corrupt)
        return corrupt(generation, "the manifest is damaged (" + bytes.error().message + ")");
    if (!bytes) return fail(bytes.error());
    const auto json = ReadJson::parse(*bytes, nullptr, false);
    if (!json.is_object() || !json.contains("format") || !json["format"].is_number_integer())
        return corrupt(generation, "the manifest is damaged");
    if (json["format"] != index_format)
        return fail(Errc::index_incompatible, generation.string() + " was written in another format of index",
                    "run: izde-indexer rebuild");
    if (!is_as_written(*bytes)) return corrupt(generation, "the manifest is damaged");
    try {
        Manifest manifest = from_json(json);
        const auto plain = [](const Manifest::File& file) { return is_plain_name(file.name); };
        if (!std::ranges::all_of(manifest.files, plain))
            return corrupt(generation, "the manifest is damaged");
        if (manifest.generation != generation.filename())
            return corrupt(generation, "the manifest is that of " + manifest.generation);
        return manifest;
    } catch (const ReadJson::exception&) {
        return corrupt(generation, "the manifest is damaged");
    }
}

Result<void> write_manifest(const fs::path& generation, Manifest& manifest) {
    return guarded("cannot read " + generation.string(), [&]() -> Result<void> {
        for (const auto& entry : fs::directory_iterator(generation)) {
            const std::string name = entry.path().filename();
            if (!entry.is_regular_file() || name == manifest_name) continue;
            if (std::ranges::count(manifest.files, name, &Manifest::File::name) != 0) continue;
            const auto sum = checksum(entry.path());
            if (!sum) return fail(sum.error());
            if (const auto synced = sync(entry.path()); !synced) return fail(synced.error());
            manifest.files.push_back({name, entry.file_size(), *sum});
        }
        std::ranges::sort(manifest.files, {}, &Manifest::File::name);
        std::string bytes = to_json(manifest).dump(1) + "\n";
        const std::size_t digits = find_own_checksum(bytes);
        bytes.replace(digits, no_checksum.size(), checksum_of_manifest(bytes, digits));
        return replace_file(generation / manifest_name, bytes);
    });
}

namespace {

// A file nobody wrote, or one that is left out: Xapian would open it all the same.
Result<void> verify_names(const fs::path& generation, const Manifest& manifest) {
    return guarded("cannot read " + generation.string(), [&]() -> Result<void> {
        for (const auto& entry : fs::directory_iterator(generation)) {
            const std::string name = entry.path().filename();
            if (name == manifest_name || name.starts_with('.')) continue;
            if (!std::ranges::count(manifest.files, name, &Manifest::File::name))
                return corrupt(generation, "there is a file the manifest does not know, " + name);
        }
        return {};
    });
}

}  // namespace

Result<void> verify_files(const fs::path& generation, const Manifest& manifest, Depth depth) {
    if (auto known = verify_names(generation, manifest); !known) return known;
    for (const Manifest::File& file : manifest.files) {
        std::error_code missing;
        const bool regular = fs::is_regular_file(fs::symlink_status(generation / file.name, missing));
        const std::uint64_t bytes = regular ? fs::file_size(generation / file.name, missing) : 0;
        if (missing || !regular) return corrupt(generation, file.name + " is missing");
        if (bytes != file.bytes)
            return corrupt(generation, file.name + " has another size than when it was written");
        if (depth == Depth::sizes) continue;
        const auto sum = checksum(generation / file.name);
        if (!sum) return fail(sum.error());
        if (*sum != file.xxh3) return corrupt(generation, file.name + " has changed since it was written");
    }
    return {};
}

}  // namespace izde::index
