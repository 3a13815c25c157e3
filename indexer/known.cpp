// The program's own bytes stand for its rules of reading: whatever changes them makes another program, and
// a memory from before is of no use.
#include "known.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <type_traits>

#include <fcntl.h>
#include <sys/stat.h>

#include "izde/index/files.hpp"
#include "izde/index/manifest.hpp"

#include "file_bytes.hpp"

namespace izde::indexer {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t magic = 0x32'6e'6b'65'64'7a'69;  // "izdekn2"
constexpr std::int64_t trusted_after_ns = 2'000'000'000;

struct Header {
    std::uint64_t magic = 0, program = 0, settings = 0;
    std::uint64_t manifest = 0, words = 0;
    std::int64_t began_ns = 0;
    std::uint64_t files = 0, documents = 0;
};

// Never waits, whatever stands in the file's place.
Descriptor open_regular(const fs::path& path) {
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW));
    struct stat status {};
    if (!file || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) return Descriptor();
    return file;
}

std::uint64_t content_at(const Descriptor& file) {
    return file ? content_of(file.get()).value_or(0) : 0;
}

std::uint64_t program() {
    return content_at(Descriptor(::open("/proc/self/exe", O_RDONLY | O_CLOEXEC)));
}

std::uint64_t manifest_of(const fs::path& generation) {
    return content_at(open_regular(generation / index::manifest_name));
}

std::uint64_t place_of(std::string_view source, std::string_view path) {
    return hash_of(std::string(source).append(1, '\0').append(path));
}

template <class T>
void put(std::string& out, const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void put(std::string& out, const std::string& text) {
    put(out, static_cast<std::uint32_t>(text.size()));
    out += text;
}

// Of what put() wrote; the bytes were held against their checksum, so an end too early is a fault of ours.
class Bytes {
  public:
    explicit Bytes(std::string_view bytes) : rest_(bytes) {}
    template <class T>
    T take() {
        T value;
        std::memcpy(&value, take(sizeof value).data(), sizeof value);
        return value;
    }
    std::string text() { return std::string(take(take<std::uint32_t>())); }

  private:
    std::string_view take(std::size_t size) {
        const std::string_view taken = rest_.substr(0, size);
        if (taken.size() < size) throw std::length_error("a memory of files ends too early");
        rest_.remove_prefix(size);
        return taken;
    }
    std::string_view rest_;
};

std::string write_file(const KnownFile& file) {
    std::string out;
    put(out, file.source);
    put(out, file.path);
    put(out, file.stamp);
    put(out, file.content);
    put(out, file.first);
    put(out, file.documents);
    put(out, file.ignored);
    return out;
}

KnownFile read_file(Bytes& bytes) {
    KnownFile file;
    file.source = bytes.text();
    file.path = bytes.text();
    file.stamp = bytes.take<Stamp>();
    file.content = bytes.take<std::uint64_t>();
    file.first = bytes.take<std::uint32_t>();
    file.documents = bytes.take<std::uint32_t>();
    file.ignored = bytes.take<bool>();
    return file;
}

std::optional<std::string> bytes_of(const fs::path& path) {
    const Descriptor file = open_regular(path);
    struct stat status {};
    if (!file || ::fstat(file.get(), &status) != 0) return std::nullopt;
    std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
    if (!read_at(file.get(), 0, bytes)) return std::nullopt;
    return bytes;
}

Failure of_no_use(const std::string& why) {
    return fail(Errc::not_found, why);
}

}  // namespace

Result<Known> Known::load(const fs::path& folder, const Of& of) {
    const auto bytes = bytes_of(folder / "files");
    if (!bytes) return of_no_use("nothing is remembered of the last run");
    std::uint64_t sum = 0;
    if (bytes->size() < sizeof(Header) + sizeof sum)
        return of_no_use("the memory of the last run is damaged");
    std::memcpy(&sum, bytes->data() + bytes->size() - sizeof sum, sizeof sum);
    const std::string_view content = std::string_view(*bytes).substr(0, bytes->size() - sizeof sum);
    if (hash_of(content) != sum) return of_no_use("the memory of the last run is damaged");

    Bytes rest(content);
    const auto header = rest.take<Header>();
    if (header.magic != magic || header.program != program())
        return of_no_use("the last run was another izde-indexer's");
    if (header.settings != hash_of(of.settings)) return of_no_use("the configuration has changed");
    if (header.manifest != manifest_of(of.generation)) return of_no_use("it is another generation's");
    Known known;
    known.folder_ = folder;
    known.began_ns_ = header.began_ns;
    known.records_ = open_regular(folder / "documents");
    if (!known.records_ || content_at(open_regular(known.words())) != header.words)
        return of_no_use("the memory of the last run is damaged");
    for (std::uint64_t i = 0; i < header.files; ++i) known.add(read_file(rest));
    known.documents_.reserve(header.documents);
    for (std::uint64_t i = 0; i < header.documents; ++i) known.add(rest.take<KnownDocument>());
    return known;
}

const KnownFile* Known::find(const Entry& entry) const {
    const auto found = by_place_.find(place_of(entry.source, entry.path));
    if (found == by_place_.end()) return nullptr;
    const KnownFile& file = files_[found->second];
    return file.source == entry.source && file.path == entry.path ? &file : nullptr;
}

bool Known::is_same(const KnownFile& file, const Entry& entry) const {
    return file.stamp == entry.stamp && entry.stamp.ctime_ns < began_ns_ - trusted_after_ns;
}

std::optional<std::string> Known::record(std::uint32_t document) const {
    const KnownDocument& known = documents_.at(document);
    std::string record(known.bytes, '\0');
    if (!read_at(records_.get(), known.begin, record) || hash_of(record) != known.read) return std::nullopt;
    return record;
}

void Known::add(KnownFile file) {
    by_place_.emplace(place_of(file.source, file.path), files_.size());
    files_.push_back(std::move(file));
}

Result<void> Known::save(const fs::path& folder, const Of& of, std::int64_t began_ns) {
    folder_ = folder;
    std::string out;
    put(out, Header{magic, program(), hash_of(of.settings), manifest_of(of.generation),
                    content_at(open_regular(words())), began_ns, files_.size(), documents_.size()});
    for (const KnownFile& file : files_) out += write_file(file);
    for (const KnownDocument& document : documents_) put(out, document);
    put(out, hash_of(out));
    std::ofstream file(folder / "files", std::ios::binary | std::ios::trunc);
    file.write(out.data(), static_cast<std::streamsize>(out.size()));
    file.close();
    if (file) return {};
    const int error = errno;
    return fail(Errc::io, "cannot write " + (folder / "files").string() + ": " + std::strerror(error),
                index::advice_on(error));
}

}  // namespace izde::indexer
