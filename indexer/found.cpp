#include "found.hpp"

#include <cstring>

#include "stopped.hpp"

namespace izde::indexer {
namespace {

namespace fs = std::filesystem;

// Paths hold no NUL.
std::string written(const Entry& entry) {
    std::string bytes(reinterpret_cast<const char*>(&entry.stamp), sizeof entry.stamp);
    bytes.append(entry.file).append(1, '\0').append(entry.source).append(1, '\0').append(entry.path);
    return bytes;
}

Entry read(std::string_view bytes) {
    Entry entry;
    std::memcpy(&entry.stamp, bytes.data(), sizeof entry.stamp);
    const std::size_t source = bytes.find('\0', sizeof entry.stamp) + 1;
    const std::size_t path = bytes.find('\0', source) + 1;
    entry.file = bytes.substr(sizeof entry.stamp, source - 1 - sizeof entry.stamp);
    entry.source = bytes.substr(source, path - 1 - source);
    entry.path = bytes.substr(path);
    return entry;
}

}  // namespace

Result<void> Found::add(const Entry& entry) {
    bytes_ += entry.stamp.bytes;
    const auto extent = entries_.add(written(entry));
    return extent ? extents_.add(*extent) : fail(extent.error());
}

Result<Entry> Found::Reader::entry(std::size_t number) {
    const auto extent = extents_.row(number);
    if (!extent) return fail(extent.error());
    const auto bytes = entries_.read(extent->begin, extent->bytes);
    return bytes ? Result<Entry>(read(*bytes)) : fail(bytes.error());
}

Result<Found> Found::find(const Options& options, const fs::path& scratch, Report& report,
                          const std::function<bool()>& stop) {
    Found found;
    auto entries = Tape::create(scratch);
    if (!entries) return fail(entries.error());
    auto extents = Rows<Extent>::create(scratch);
    if (!extents) return fail(extents.error());
    found.entries_ = Spool(*std::move(entries));
    found.extents_ = *std::move(extents);
    Result<void> kept;
    Visitor visitor;
    std::error_code no_index_yet;
    const std::string index = fs::canonical(options.index, no_index_yet).string() + "/";
    visitor.file = [&](const Entry& entry) {
        if (!no_index_yet && entry.file.starts_with(index)) return report.ignore("the index itself");
        if (kept) kept = found.add(entry);
    };
    visitor.obstacle = [&](const Obstacle& obstacle) {
        if (obstacle.kind == Obstacle::Kind::skipped)
            report.skipped.add({obstacle.source, obstacle.path, {}, obstacle.reason});
        else
            report.ignore(obstacle.reason);
    };
    visitor.stop = [&] { return !kept || stop(); };
    if (const auto walked = walk(options.sources, visitor); !walked) return fail(walked.error());
    if (kept) kept = found.entries_.finish();
    if (kept) kept = found.extents_.finish();
    if (!kept) return fail(kept.error());
    if (stop()) return stopped();
    return found;
}

}  // namespace izde::indexer
