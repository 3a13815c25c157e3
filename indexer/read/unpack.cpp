#include "read/unpack.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <exception>
#include <sstream>
#include <utility>

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

#include "izde/text/utf8.hpp"

#include "read/encoding.hpp"
#include "read/read.hpp"
#include "read/tidy.hpp"
#include "read/zip_bounds.hpp"

namespace izde::read {
namespace {

constexpr std::size_t block_bytes = 32u << 10;
constexpr std::size_t longest_name = 1000;
constexpr std::uint64_t harmless_bytes = 1u << 20;

// libarchive gives names in the thread's character set, and '?' for what is not in it.
class Utf8Names {
  public:
    Utf8Names() : before_(uselocale(utf8())) {}
    Utf8Names(const Utf8Names&) = delete;
    Utf8Names& operator=(const Utf8Names&) = delete;
    ~Utf8Names() { uselocale(before_); }

  private:
    static locale_t utf8() {
        static const locale_t names = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
        return names;
    }
    locale_t before_;
};

std::string name_of(archive_entry* entry) {
    const char* raw = archive_entry_pathname(entry);
    if (raw == nullptr) return "?";
    const std::string_view bytes = std::string_view(raw).substr(0, 4 * longest_name);
    std::string name = one_line(text::is_valid_utf8(bytes) ? std::string(bytes) : decode(bytes).text);
    name.resize(text::code_point_begin(name, std::min(name.size(), longest_name)));
    return name.empty() ? "?" : name;
}

}  // namespace

struct Unpacker::State {
    State(std::istream& stream, std::uint64_t bytes) : in(stream), most_bytes(bytes) {}

    static la_ssize_t give(archive* self, void* data, const void** block);
    static la_int64_t seek(archive* self, void* data, la_int64_t offset, int whence);
    void open(Packing packing);
    bool is_bomb();
    void fail(const char* fallback);

    std::istream& in;
    std::uint64_t most_bytes;
    std::unique_ptr<archive, decltype(&archive_read_free)> reader{archive_read_new(), &archive_read_free};
    std::array<char, block_bytes> block{};
    std::string name;
    std::string problem;
    std::string failure;
    std::size_t files = 0;
    std::uint64_t packed = 0;  // taken from `in` for the file at hand
    std::uint64_t inflated = 0;
    std::uint64_t inflated_before = 0;  // with the files before it
};

la_ssize_t Unpacker::State::give(archive* self, void* data, const void** block) {
    State& state = *static_cast<State*>(data);
    *block = state.block.data();
    if (!state.in) return 0;
    try {
        const std::streamsize got =
            state.in.rdbuf()->sgetn(state.block.data(), static_cast<std::streamsize>(state.block.size()));
        state.packed += static_cast<std::uint64_t>(got);
        return static_cast<la_ssize_t>(got);
    } catch (const std::exception&) {
        state.in.setstate(std::ios::badbit);
        archive_set_error(self, EIO, "the file cannot be read to its end");
        return ARCHIVE_FATAL;
    }
}

la_int64_t Unpacker::State::seek(archive*, void* data, la_int64_t offset, int whence) {
    State& state = *static_cast<State*>(data);
    const auto from = whence == SEEK_SET ? std::ios::beg : whence == SEEK_CUR ? std::ios::cur : std::ios::end;
    const std::streamoff at = state.in.rdbuf()->pubseekoff(offset, from, std::ios::in);
    return at < 0 ? ARCHIVE_FATAL : at;
}

void Unpacker::State::open(Packing packing) {
    if (!reader) {
        failure = "no memory to unpack it";
        return;
    }
    const bool seekable = packing == Packing::zip && can_seek(in);
    if (seekable) failure = zip_problem(*in.rdbuf());
    if (!failure.empty()) return;
    if (packing == Packing::zip) {
        archive_read_support_format_zip(reader.get());
    } else {
        archive_read_support_filter_gzip(reader.get());
        archive_read_support_filter_zstd(reader.get());
        archive_read_support_format_raw(reader.get());
    }
    if (seekable) archive_read_set_seek_callback(reader.get(), &State::seek);
    const Utf8Names names;
    const char* other = packing == Packing::zip ? "not a zip archive" : "not packed by gzip or zstd";
    if (archive_read_open2(reader.get(), this, nullptr, &State::give, nullptr, nullptr) != ARCHIVE_OK)
        fail(other);
    else if (packing == Packing::stream && archive_filter_code(reader.get(), 0) == ARCHIVE_FILTER_NONE)
        failure = other;
}

void Unpacker::State::fail(const char* fallback) {
    const char* why = archive_error_string(reader.get());
    failure = one_line(why == nullptr ? fallback : why);
}

// Blocks are taken ahead of need, so one may belong to the file before.
bool Unpacker::State::is_bomb() {
    if (inflated_before + inflated > most_bytes) {
        failure = problem = "holds more than " + std::to_string(most_bytes >> 20) + " MiB when unpacked";
    } else if (inflated > harmless_bytes && inflated > max_unpacked_ratio * (packed + block_bytes)) {
        problem = "a bomb: it unpacks to more than " + std::to_string(max_unpacked_ratio) + " times its size";
    }
    return !problem.empty();
}

Unpacker::Unpacker(std::istream& in, Packing packing, std::uint64_t most_bytes)
    : state_(std::make_unique<State>(in, most_bytes)) {
    state_->open(packing);
}

Unpacker::~Unpacker() = default;

bool Unpacker::next() {
    State& state = *state_;
    const Utf8Names names;
    while (state.failure.empty() && state.in) {
        state.inflated_before += std::exchange(state.inflated, 0);
        state.packed = 0;
        state.problem.clear();
        archive_entry* entry = nullptr;
        const int status = archive_read_next_header(state.reader.get(), &entry);
        if (status == ARCHIVE_EOF) return false;
        if (status < ARCHIVE_WARN) {
            state.fail("damaged");
            return false;
        }
        if (++state.files > most_zip_entries) {
            state.failure = too_many_entries();
            return false;
        }
        if (archive_entry_filetype(entry) != AE_IFREG) continue;
        state.name = name_of(entry);
        if (archive_entry_is_encrypted(entry) != 0) state.problem = "encrypted";
        return true;
    }
    return false;
}

const std::string& Unpacker::name() const {
    return state_->name;
}

std::size_t Unpacker::read(char* to, std::size_t size) {
    State& state = *state_;
    std::size_t filled = 0;
    while (filled < size && state.problem.empty()) {
        const la_ssize_t got = archive_read_data(state.reader.get(), to + filled, size - filled);
        if (got == 0) break;
        if (got < 0) {
            const char* why = archive_error_string(state.reader.get());
            state.problem = one_line(why == nullptr ? "damaged" : why);
            if (got == ARCHIVE_FATAL) state.failure = state.problem;
            break;
        }
        filled += static_cast<std::size_t>(got);
        state.inflated += static_cast<std::uint64_t>(got);
        if (state.is_bomb()) break;
    }
    return filled;
}

const std::string& Unpacker::problem() const {
    return state_->problem;
}

const std::string& Unpacker::failure() const {
    return state_->failure;
}

void prepare_unpacking() {
    const Utf8Names names;
    std::istringstream nothing;
    Unpacker(nothing, Packing::stream, 1).next();
}

bool can_seek(std::istream& in) {
    if (!in) return false;
    const auto end = in.rdbuf()->pubseekoff(0, std::ios::end, std::ios::in);
    const auto begin = in.rdbuf()->pubseekoff(0, std::ios::beg, std::ios::in);
    return end != std::streampos(-1) && begin == std::streampos(0);
}

}  // namespace izde::read
