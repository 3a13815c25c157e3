// The program's own bytes stand for its rules of reading: whatever changes them makes another program, and
// a memory from before is of no use.
#include "known.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include <fcntl.h>

#include "izde/index/files.hpp"
#include "izde/index/manifest.hpp"
#include "izde/index/record.hpp"

#include "file_bytes.hpp"

namespace izde::indexer {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t magic = 0x33'6e'6b'65'64'7a'69;  // "izdekn3"
constexpr std::int64_t trusted_after_ns = 2'000'000'000;

std::uint64_t content_at(const Result<Tape>& file) {
    return file ? content_of(file->descriptor()).value_or(0) : 0;
}

std::uint64_t program() {
    const Descriptor self(::open("/proc/self/exe", O_RDONLY | O_CLOEXEC));
    return self ? content_of(self.get()).value_or(0) : 0;
}

std::uint64_t manifest_of(const fs::path& generation) {
    return content_at(Tape::open(generation / index::manifest_name));
}

Failure of_no_use(const std::string& why) {
    return fail(Errc::not_found, why);
}

Failure damaged() {
    return of_no_use("the memory of the last run is damaged");
}

template <class T>
std::string_view bytes_of(const T& value) {
    return {reinterpret_cast<const char*>(&value), sizeof value};
}

// One behind the other, each with a line's end.
std::string joined(const std::vector<std::string>& names) {
    std::string bytes;
    for (const std::string& name : names) bytes.append(name) += '\n';
    return bytes;
}

std::vector<std::string> parted(std::string_view bytes) {
    std::vector<std::string> names;
    for (std::size_t end = bytes.find('\n'); end != bytes.npos; end = bytes.find('\n')) {
        names.emplace_back(bytes.substr(0, end));
        bytes.remove_prefix(end + 1);
    }
    return names;
}

// Even.
std::uint64_t of_pair(std::uint64_t one, std::uint64_t other) {
    const std::array<std::uint64_t, 2> both{std::min(one, other), std::max(one, other)};
    return hash_of(bytes_of(both)) & ~std::uint64_t{1};
}

std::uint64_t first_file(const Known::Header& header) {
    return sizeof header + header.names_bytes;
}

// Whether the file is as it was written: with its checksum behind it.
bool is_sound(const Tape& files, const Known::Header& header) {
    const std::uint64_t content = first_file(header) + header.files * sizeof(KnownFile);
    std::uint64_t sum = 0;
    if (header.names_bytes > files.size() || header.files > files.size() / sizeof(KnownFile) ||
        files.size() != content + sizeof sum)
        return false;
    const auto hash = content_of(files.descriptor(), content);
    return hash && files.read(content, {reinterpret_cast<char*>(&sum), sizeof sum}) && sum == *hash;
}

}  // namespace

void set_place(KnownFile& file, std::string_view source, std::string_view path) {
    const auto [low, high] = wide_hash_of(std::string(source).append(1, '\0').append(path));
    file.place = low;
    file.place_too = high;
}

void Pairs::add(std::uint64_t one, std::uint64_t other, bool same) {
    constexpr std::size_t most = 1'000'000;
    if (pairs_.size() < most) pairs_.push_back(of_pair(one, other) | (same ? 1u : 0u));
}

std::optional<bool> Pairs::find(std::uint64_t one, std::uint64_t other) const {
    const std::uint64_t pair = of_pair(one, other);
    const auto found = std::ranges::lower_bound(pairs_, pair);
    if (found == pairs_.end() || (*found & ~std::uint64_t{1}) != pair) return std::nullopt;
    return (*found & 1) != 0;
}

void Pairs::sort() {
    std::ranges::sort(pairs_);
}

Result<Known> Known::load(const fs::path& folder, const Of& of) {
    auto files = Tape::open(folder / "files");
    if (!files) return of_no_use("nothing is remembered of the last run");
    Known known;
    known.folder_ = folder;
    Header& header = known.header_;
    if (files->size() < sizeof header || !files->read(0, {reinterpret_cast<char*>(&header), sizeof header}))
        return damaged();
    if (header.magic != magic || header.program != program())
        return of_no_use("the last run was another izde-indexer's");
    if (!is_sound(*files, header)) return damaged();
    if (header.settings != hash_of(of.settings)) return of_no_use("the configuration has changed");
    if (header.manifest != manifest_of(of.generation)) return of_no_use("it is another generation's");
    known.files_ = *std::move(files);
    auto records = Tape::open(folder / "documents");
    auto rows = Rows::open(folder / "rows");
    auto prints = clip::Duplicates::Prints::open(folder / "prints");
    auto repetition = Tape::open(folder / "repetition");
    const auto pairs = indexer::Rows<std::uint64_t>::open(folder / "pairs");
    const auto is_whole = [](const Tape& tape, std::uint64_t sum) {
        return content_of(tape.descriptor()) == sum;
    };
    if (!records || !rows || !prints || !repetition || !pairs || records->size() != header.records_bytes ||
        rows->size() != header.documents || prints->size() != header.documents ||
        !is_whole(rows->tape(), header.rows) || !is_whole(prints->tape(), header.prints) ||
        !is_whole(*repetition, header.repetition) || !is_whole(pairs->tape(), header.pairs) ||
        content_at(Tape::open(known.words())) != header.words)
        return damaged();
    known.pairs_.bytes().resize(pairs->size());
    const std::span all(known.pairs_.bytes());
    if (!pairs->tape().read(0, {reinterpret_cast<char*>(all.data()), all.size_bytes()})) return damaged();
    const auto names = known.files_.read(sizeof header, header.names_bytes);
    if (!names) return damaged();
    known.names_ = parted(*names);
    known.documents_ = *std::move(rows);
    known.prints_ = *std::move(prints);
    known.records_ = *std::move(records);
    known.repetition_ = *std::move(repetition);

    std::vector<std::pair<std::uint64_t, std::uint32_t>> places;
    places.reserve(header.files);
    constexpr std::uint64_t at_once = 512;
    std::vector<KnownFile> some;
    for (std::uint64_t done = 0; done < header.files; done += some.size()) {
        some.resize(std::min(at_once, header.files - done));
        if (!known.files_.read(first_file(header) + done * sizeof(KnownFile),
                               {reinterpret_cast<char*>(some.data()), some.size() * sizeof(KnownFile)}))
            return damaged();
        for (const KnownFile& file : some)
            places.emplace_back(file.place, static_cast<std::uint32_t>(places.size()));
    }
    std::ranges::sort(places);
    known.places_.reserve(places.size());
    known.numbers_.reserve(places.size());
    for (const auto& [place, number] : places) {
        known.places_.push_back(place);
        known.numbers_.push_back(number);
    }
    return known;
}

std::optional<KnownFile> Known::Finder::row(std::size_t number) {
    const auto bytes =
        rows_.read(first_file(known_.header_) + std::uint64_t{number} * sizeof(KnownFile), sizeof(KnownFile));
    if (!bytes) return std::nullopt;
    KnownFile file;
    std::memcpy(&file, bytes->data(), sizeof file);
    return file;
}

std::optional<KnownFile> Known::Finder::find(const Entry& entry) {
    constexpr std::size_t looked_at = 8;  // other threads find those between
    KnownFile wanted;
    set_place(wanted, entry.source, entry.path);
    const auto is_wanted = [&](const std::optional<KnownFile>& file) {
        return file && file->place == wanted.place && file->place_too == wanted.place_too;
    };
    for (std::size_t number = next_; number < std::min(next_ + looked_at, known_.files()); ++number) {
        const auto file = row(number);
        if (!is_wanted(file)) continue;
        next_ = number + 1;
        return file;
    }
    const auto found = std::ranges::lower_bound(known_.places_, wanted.place);
    if (found == known_.places_.end() || *found != wanted.place) return std::nullopt;
    const std::uint32_t number = known_.numbers_[static_cast<std::size_t>(found - known_.places_.begin())];
    const auto file = row(number);
    if (!is_wanted(file)) return std::nullopt;
    next_ = number + 1;
    return file;
}

bool Known::is_same(const KnownFile& file, const Entry& entry) const {
    return file.stamp == entry.stamp && entry.stamp.ctime_ns < header_.began_ns - trusted_after_ns;
}

Result<index::Document> Known::document(const KnownDocument& known) const {
    const auto record = records_.read(known.begin, known.bytes);
    if (!record || hash_of(*record) != known.read)
        return fail(Errc::index_corrupt, "what is remembered of a file is damaged");
    return index::read_record(*record);
}

bool Known::is_mostly_left_over() const {
    return header_.records_bytes / 2 > header_.used_bytes;
}

Result<clip::Repetition> Known::repetition() const {
    const auto bytes = repetition_.read(0, repetition_.size());
    auto read = bytes ? clip::Repetition::read(*bytes) : std::nullopt;
    if (!read) return fail(Errc::index_corrupt, "what is remembered of lines that repeat is damaged");
    return *std::move(read);
}

Result<Remembering> Remembering::create(const fs::path& folder) {
    Remembering now;
    now.folder_ = folder;
    auto files = Rows<KnownFile>::create(folder);
    if (!files) return fail(files.error());
    auto documents = Rows<KnownDocument>::create(folder, "rows");
    if (!documents) return fail(documents.error());
    now.files_ = *std::move(files);
    now.documents_ = *std::move(documents);
    return now;
}

Result<void> Remembering::add(const KnownDocument& document) {
    used_bytes_ += document.bytes + document.ends_bytes;
    return documents_.add(document);
}

std::uint32_t Remembering::number_of(const std::string& name) {
    const auto found = std::ranges::find(names_, name);
    const auto number = static_cast<std::uint32_t>(found - names_.begin());
    if (found == names_.end()) names_.push_back(name);
    return number;
}

Result<void> Remembering::add(const clip::Repetition& repetition) {
    auto tape = Tape::create(folder_, "repetition");
    if (!tape) return fail(tape.error());
    repetition_ = *std::move(tape);
    auto written = repetition.write(repetition_);
    return written ? repetition_.finish() : written;
}

Result<void> Remembering::finish(const Known::Of& of, const Tape& records, const Tape& prints, Pairs pairs,
                                 std::int64_t began_ns) {
    if (auto written = documents_.finish(); !written) return written;
    auto pair_rows = Rows<std::uint64_t>::create(folder_, "pairs");
    if (!pair_rows) return fail(pair_rows.error());
    pairs.sort();
    for (const std::uint64_t pair : pairs.bytes())
        if (auto added = pair_rows->add(pair); !added) return added;
    if (auto done = pair_rows->finish(); !done) return done;

    const auto sum = [](const Tape& tape) { return content_of(tape.descriptor()).value_or(0); };
    Known::Header header;
    header.settings = hash_of(of.settings);
    header.began_ns = began_ns;
    header.documents = documents_.size();
    header.records_bytes = records.size();
    header.used_bytes = used_bytes_;
    header.manifest = manifest_of(of.generation);
    header.words = content_at(Tape::open(folder_ / "words"));
    header.rows = sum(documents_.tape());
    header.prints = sum(prints);
    header.repetition = sum(repetition_);
    header.pairs = sum(pair_rows->tape());
    return write_files(folder_, header);
}

Result<void> Remembering::renew(const Known& known, std::int64_t began_ns) {
    Known::Header header = known.header();
    header.began_ns = began_ns;
    set_names(known.names());
    return write_files(known.folder(), header);
}

Result<void> Remembering::write_files(const fs::path& folder, Known::Header header) {
    if (auto finished = files_.finish(); !finished) return finished;
    const std::string names = joined(names_);
    header.magic = magic;
    header.program = program();
    header.files = files_.size();
    header.names_bytes = names.size();
    return index::replace_file(folder / "files", [&](const index::Put& put) -> Result<void> {
        Checksum sum;
        const auto both = [&](std::string_view bytes) {
            sum.add(bytes);
            return put(bytes);
        };
        auto written = both(bytes_of(header));
        if (written) written = both(names);
        Rows<KnownFile>::Reader reader(files_);
        for (std::size_t number = 0; written && number < files_.size(); ++number) {
            const auto file = reader.row(number);
            written = file ? both(bytes_of(*file)) : fail(file.error());
        }
        return written ? put(bytes_of(sum.value())) : written;
    });
}

}  // namespace izde::indexer
