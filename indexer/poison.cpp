#include "poison.hpp"

#include <algorithm>
#include <fstream>
#include <memory>
#include <vector>

#include <nlohmann/json.hpp>

#include "izde/hex.hpp"
#include "izde/index/files.hpp"
#include "izde/version.hpp"

#include "descriptor.hpp"
#include "file_bytes.hpp"
#include "report.hpp"
#include "stamp.hpp"

namespace izde::indexer {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t max_bytes = 64u << 20;  // of the list

std::filesystem::path list_in(const std::filesystem::path& index) {
    return index / "poison.json";
}

std::string content_as_hex(int file) {
    return hex_of(content_of(file).value_or(0));
}

// Without what takes a look into the file.
Poisoned describe(int file) {
    const Stamp stamp = stamp_of(file).value_or(Stamp{});
    Poisoned now;
    now.bytes = stamp.bytes;
    now.modified_ns = stamp.mtime_ns;
    now.version = version();
    return now;
}

Json to_json(const std::string& source, const std::string& path, const Poisoned& one) {
    return {{"source", source},
            {"path", path},
            {"bytes", one.bytes},
            {"modified_ns", one.modified_ns},
            {"content", one.content},
            {"version", one.version},
            {"reason", one.reason},
            {"taken", one.taken},
            {"on", one.on}};
}

Poisoned from_json(const Json& json) {
    Poisoned one;
    json.at("bytes").get_to(one.bytes);
    json.at("modified_ns").get_to(one.modified_ns);
    json.at("content").get_to(one.content);
    json.at("version").get_to(one.version);
    json.at("reason").get_to(one.reason);
    json.at("taken").get_to(one.taken);
    json.at("on").get_to(one.on);
    return one;
}

}  // namespace

Result<void> Poison::load(const std::filesystem::path& index, Poison& into) {
    const std::filesystem::path file = list_in(index);
    std::error_code none;
    const auto size = std::filesystem::file_size(file, none);
    if (none) return {};
    const Failure damaged = fail(
        Errc::index_corrupt, file.string() + " is damaged: files that ended their reader are tried again");
    into.has_changed_ = true;  // until it proves sound
    std::ifstream in(file, std::ios::binary);
    if (size > max_bytes || !in) return damaged;
    const Json list = Json::parse(in, nullptr, false);
    try {
        for (const Json& json : list.at("files")) {
            const Place place{json.at("source").get<std::string>(), json.at("path").get<std::string>()};
            into.files_[place] = from_json(json);
        }
    } catch (const Json::exception&) {
        into.files_.clear();
        return damaged;
    }
    into.has_changed_ = false;
    return {};
}

std::optional<Poisoned> Poison::find(const std::string& source, const std::string& path, int file) const {
    const std::scoped_lock lock(guard_);
    const auto known = files_.find({source, path});
    if (known == files_.end()) return std::nullopt;
    const Poisoned& then = known->second;
    const Poisoned now = describe(file);
    if (then.bytes == now.bytes && then.modified_ns == now.modified_ns && then.version == now.version &&
        then.content == content_as_hex(file))
        return then;
    files_.erase(known);
    has_changed_ = true;
    return std::nullopt;
}

void Poison::add(const std::string& source, const std::string& path, int file, const std::string& reason,
                 std::uint64_t taken) {
    Poisoned now = describe(file);
    now.content = content_as_hex(file);
    now.reason = reason;
    now.taken = taken;
    now.on = utc_now().substr(0, 10);
    const std::scoped_lock lock(guard_);
    files_[{source, path}] = std::move(now);
    has_changed_ = true;
}

Result<void> Poison::save(const std::filesystem::path& index) {
    const std::scoped_lock lock(guard_);
    index::remove_what_replacing_left(list_in(index));
    if (!has_changed_) return {};
    std::vector<const std::pair<const Place, Poisoned>*> newest;
    for (const auto& file : files_) newest.push_back(&file);
    std::ranges::stable_sort(newest, std::greater<>(), [](const auto* file) { return file->second.on; });
    newest.resize(std::min(newest.size(), max_files));
    Json list{{"files", Json::array()}};
    for (const auto* file : newest)
        list["files"].push_back(to_json(file->first.first, file->first.second, file->second));
    auto saved = izde::index::replace_file(list_in(index),
                                           list.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
    has_changed_ = !saved;
    return saved;
}

}  // namespace izde::indexer
