// Archives made in memory.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <archive.h>
#include <archive_entry.h>

namespace izde::tests {

using NamedFiles = std::vector<std::pair<std::string, std::string>>;  // name and content

inline void check_archive(bool done, archive* writer) {
    if (!done) throw std::runtime_error(archive_error_string(writer));
}

inline std::string written_archive(archive* writer, const NamedFiles& files) {
    std::size_t room = 1u << 20;
    for (const auto& [name, content] : files) room += 2 * content.size() + 4 * name.size() + 1000;
    std::string bytes(room, '\0');
    std::size_t used = 0;
    check_archive(archive_write_open_memory(writer, bytes.data(), bytes.size(), &used) == ARCHIVE_OK, writer);
    archive_entry* entry = archive_entry_new();
    for (const auto& [name, content] : files) {
        archive_entry_clear(entry);
        archive_entry_copy_pathname(entry, name.c_str());
        archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
        archive_entry_set_filetype(entry, name.ends_with('/') ? AE_IFDIR : AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_mtime(entry, 1'700'000'000, 0);
        check_archive(archive_write_header(writer, entry) >= ARCHIVE_WARN, writer);
        check_archive(archive_write_data(writer, content.data(), content.size()) >= 0, writer);
    }
    archive_entry_free(entry);
    check_archive(archive_write_close(writer) == ARCHIVE_OK, writer);
    archive_write_free(writer);
    bytes.resize(used);
    return bytes;
}

inline std::string zipped(const NamedFiles& files, bool deflated = true) {
    archive* writer = archive_write_new();
    archive_write_set_format_zip(writer);
    if (deflated)
        archive_write_zip_set_compression_deflate(writer);
    else
        archive_write_zip_set_compression_store(writer);
    return written_archive(writer, files);
}

inline std::string packed(const std::string& content, bool by_zstd) {
    archive* writer = archive_write_new();
    archive_write_set_format_raw(writer);
    if (by_zstd)
        archive_write_add_filter_zstd(writer);
    else
        archive_write_add_filter_gzip(writer);
    archive_write_set_bytes_per_block(writer, 0);
    return written_archive(writer, {{"data", content}});
}

inline std::string gzipped(const std::string& content) {
    return packed(content, false);
}

inline std::string zstandard(const std::string& content) {
    return packed(content, true);
}

}  // namespace izde::tests
