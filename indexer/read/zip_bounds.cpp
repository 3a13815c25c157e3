#include "read/zip_bounds.hpp"

#include <algorithm>
#include <cstdint>
#include <exception>
#include <ios>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace izde::read {
namespace {

constexpr std::uint64_t tail_bytes = 16u << 10;  // where libarchive looks for it, too
constexpr std::size_t end_bytes = 22;
constexpr std::size_t entry_bytes = 46;
constexpr std::uint64_t local_bytes = 30;

std::uint64_t number(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t i = size; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

std::string take(std::streambuf& from, std::uint64_t at, std::size_t size) {
    std::string bytes(size, '\0');
    const auto place = static_cast<std::streamoff>(at);
    if (from.pubseekoff(place, std::ios::beg, std::ios::in) != std::streampos(place)) return {};
    bytes.resize(
        static_cast<std::size_t>(from.sgetn(bytes.data(), static_cast<std::streamsize>(bytes.size()))));
    return bytes;
}

std::optional<std::uint64_t> directory_of(std::streambuf& zip) {
    const std::streamoff size = zip.pubseekoff(0, std::ios::end, std::ios::in);
    if (size < static_cast<std::streamoff>(end_bytes)) return std::nullopt;
    const std::uint64_t all = static_cast<std::uint64_t>(size);
    const std::uint64_t from = all - std::min(all, tail_bytes);
    const std::string tail = take(zip, from, static_cast<std::size_t>(all - from));
    const std::size_t at = tail.rfind("PK\x05\x06");
    if (at == std::string::npos || at + end_bytes > tail.size()) return std::nullopt;
    return number(tail, at + 16, 4);
}

using Extent = std::pair<std::uint64_t, std::uint64_t>;  // where a file's bytes begin and, at least, end

// False: too many.
bool list_files(std::streambuf& zip, std::uint64_t directory, std::vector<Extent>& files) {
    if (zip.pubseekoff(static_cast<std::streamoff>(directory), std::ios::beg, std::ios::in) < 0) return true;
    std::string entry(entry_bytes, '\0');
    while (zip.sgetn(entry.data(), entry_bytes) == entry_bytes && entry.starts_with("PK\x01\x02")) {
        if (files.size() == most_zip_entries) return false;
        const std::uint64_t begin = number(entry, 42, 4);
        const std::uint64_t name = number(entry, 28, 2);
        files.emplace_back(begin, begin + local_bytes + name + number(entry, 20, 4));
        const std::uint64_t rest = name + number(entry, 30, 2) + number(entry, 32, 2);
        if (zip.pubseekoff(static_cast<std::streamoff>(rest), std::ios::cur, std::ios::in) < 0) break;
    }
    return true;
}

bool share_bytes(std::vector<Extent>& files) {
    constexpr std::uint64_t unknown = 0xFFFFFFFF;  // said elsewhere, by zip64
    std::erase_if(files, [](const Extent& file) { return file.first == unknown; });
    std::ranges::sort(files);
    for (std::size_t i = 1; i < files.size(); ++i)
        if (files[i].first < files[i - 1].second && files[i - 1].second - files[i - 1].first < unknown)
            return true;
    return false;
}

std::string judge(std::streambuf& zip) {
    const auto directory = directory_of(zip);
    std::vector<Extent> files;
    if (!directory) return {};
    if (!list_files(zip, *directory, files)) return too_many_entries();
    return share_bytes(files) ? "a bomb: files in it share their bytes" : "";
}

}  // namespace

std::string too_many_entries() {
    return "more than " + std::to_string(most_zip_entries) + " files in it";
}

std::string zip_problem(std::streambuf& bytes) {
    std::string problem;
    try {
        problem = judge(bytes);
    } catch (const std::exception&) {
        problem = "the file cannot be read to its end";
    }
    bytes.pubseekoff(0, std::ios::beg, std::ios::in);
    return problem;
}

}  // namespace izde::read
