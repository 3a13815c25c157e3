#include "poison.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <memory>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "izde/version.hpp"

#include "descriptor.hpp"
#include "file_bytes.hpp"
#include "report.hpp"

namespace izde::indexer {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t max_bytes = 64u << 20;  // of the list

std::filesystem::path list_in(const std::filesystem::path& index) {
    return index / "poison.json";
}

std::string content_as_hex(int file) {
    std::array<char, 17> hex{};
    std::snprintf(hex.data(), hex.size(), "%016llx",
                  static_cast<unsigned long long>(content_of(file).value_or(0)));
    return hex.data();
}

// Without what takes a look into the file.
Poisoned describe(int file) {
    struct stat status {};
    ::fstat(file, &status);
    Poisoned now;
    now.bytes = static_cast<std::uint64_t>(status.st_size);
    now.modified_ns = std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec;
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

Failure cannot(const std::string& what, const std::filesystem::path& file) {
    return fail(Errc::io,
                "cannot " + what + " " + file.string() + ": " + std::generic_category().message(errno));
}

Result<void> replace(const std::filesystem::path& file, const std::string& bytes) {
    const std::filesystem::path fresh = file.string() + ".new";
    const Descriptor out(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644));
    if (!out) return cannot("write", fresh);
    for (std::size_t at = 0; at < bytes.size();) {
        const ssize_t written = ::write(out.get(), bytes.data() + at, bytes.size() - at);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) break;
        at += static_cast<std::size_t>(written);
    }
    struct stat status {};
    const bool whole =
        ::fstat(out.get(), &status) == 0 && static_cast<std::size_t>(status.st_size) == bytes.size();
    if (whole && ::fsync(out.get()) == 0 && ::rename(fresh.c_str(), file.c_str()) == 0) return {};
    auto failure = cannot("write", fresh);
    ::unlink(fresh.c_str());
    return failure;
}

}  // namespace

Result<void> Poison::load(const std::filesystem::path& index, Poison& into) {
    const std::filesystem::path file = list_in(index);
    std::error_code none;
    const auto size = std::filesystem::file_size(file, none);
    if (none) return {};
    const Failure damaged = fail(
        Errc::index_corrupt, file.string() + " is damaged: files that ended their reader are tried again");
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
    if (!has_changed_) return {};
    std::vector<const std::pair<const Place, Poisoned>*> newest;
    for (const auto& file : files_) newest.push_back(&file);
    std::ranges::stable_sort(newest, std::greater<>(), [](const auto* file) { return file->second.on; });
    newest.resize(std::min(newest.size(), max_files));
    Json list{{"files", Json::array()}};
    for (const auto* file : newest)
        list["files"].push_back(to_json(file->first.first, file->first.second, file->second));
    auto saved = replace(list_in(index), list.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
    has_changed_ = !saved;
    return saved;
}

}  // namespace izde::indexer
