#include "index/packing.hpp"

#include <algorithm>
#include <cstdint>
#include <new>
#include <optional>
#include <stdexcept>
#include <utility>

// Training with parameters of our own is not in the stable part of the library; reading needs only that.
#define ZDICT_STATIC_LINKING_ONLY
#include <zdict.h>
#include <zstd.h>

#include "izde/index/files.hpp"

#include "index/varint.hpp"

namespace izde::index {
namespace {

constexpr int level = 5;                             // above, time grows faster than bytes shrink
constexpr std::size_t most_dictionary = 256u << 10;  // twice that saves less than it takes
constexpr std::size_t least_dictionary = 4u << 10;
constexpr std::size_t sample_to_dictionary = 8;  // bytes sampled for a byte learned
constexpr std::size_t most_samples = 2048;
constexpr std::size_t documents_to_sample = 8;  // one of so many, or reading them would be half a build
constexpr std::size_t kept_bytes = 1u << 20;    // a buffer that grew larger is given back

// Each frame begins with these bytes; they are not stored.
constexpr std::string_view magic("\x28\xB5\x2F\xFD", 4);

struct Free {
    void operator()(ZSTD_CCtx* context) const { ::ZSTD_freeCCtx(context); }
    void operator()(ZSTD_DCtx* context) const { ::ZSTD_freeDCtx(context); }
    void operator()(ZSTD_CDict* dictionary) const { ::ZSTD_freeCDict(dictionary); }
    void operator()(ZSTD_DDict* dictionary) const { ::ZSTD_freeDDict(dictionary); }
};

template <class T>
T* allocated(T* object) {
    if (object == nullptr) throw std::bad_alloc();
    return object;
}

// With parameters that are right and room enough, there is one reason left to fail.
std::size_t checked(std::size_t outcome) {
    if (::ZSTD_isError(outcome) != 0) throw std::bad_alloc();
    return outcome;
}

std::optional<std::size_t> read_number(std::string_view bytes, std::size_t& at) {
    std::size_t value = 0;
    for (unsigned shift = 0; shift < 35; shift += 7) {
        if (at == bytes.size()) return std::nullopt;
        const auto byte = static_cast<unsigned char>(bytes[at++]);
        value |= static_cast<std::size_t>(byte & 0x7FU) << shift;
        if (byte < 0x80) return value;
    }
    return std::nullopt;
}

Failure damaged() {
    return fail(Errc::index_corrupt, "a stored document is damaged", "run: izde-indexer check");
}

Failure damaged_dictionary() {
    return fail(Errc::index_corrupt, "the dictionary of stored documents is damaged",
                "run: izde-indexer check");
}

// So that one long document leaves no memory behind it.
void begin(std::string& buffer) {
    if (buffer.capacity() > kept_bytes) std::string().swap(buffer);
    buffer.clear();
}

// Empty where there is none. What it can be at most bounds the memory that a damaged file takes.
Result<std::string> dictionary_of(const std::filesystem::path& generation) {
    auto bytes = read_small_file(generation / dictionary_name, most_dictionary);
    if (!bytes && bytes.error().code == Errc::not_found) return std::string();
    return bytes;
}

}  // namespace

std::size_t sample_size(std::size_t documents) {
    return std::min(documents / documents_to_sample, most_samples);
}

std::string learn_dictionary(const std::vector<std::string>& samples) {
    std::string all;
    std::vector<std::size_t> sizes;
    for (const std::string& sample : samples) {
        const std::size_t bytes = std::min(sample.size(), sampled_bytes);
        all.append(sample, 0, bytes);
        sizes.push_back(bytes);
    }
    const std::size_t capacity = std::min(all.size() / sample_to_dictionary, most_dictionary);
    if (capacity < least_dictionary) return {};
    ZDICT_fastCover_params_t parameters{};
    parameters.k = 1024;
    parameters.d = 8;
    parameters.f = 20;
    parameters.accel = 4;
    parameters.zParams.compressionLevel = level;
    std::string dictionary(capacity, '\0');
    const std::size_t bytes =
        ::ZDICT_trainFromBuffer_fastCover(dictionary.data(), dictionary.size(), all.data(), sizes.data(),
                                          static_cast<unsigned>(sizes.size()), parameters);
    if (::ZDICT_isError(bytes) != 0) return {};  // samples it finds nothing in
    dictionary.resize(bytes);
    return dictionary;
}

struct Packer::State {
    explicit State(std::shared_ptr<const ZSTD_CDict> shared)
        : dictionary(std::move(shared)), context(allocated(::ZSTD_createCCtx())) {
        const auto set = [&](ZSTD_cParameter parameter, int value) {
            checked(::ZSTD_CCtx_setParameter(context.get(), parameter, value));
        };
        set(ZSTD_c_compressionLevel, level);
        set(ZSTD_c_contentSizeFlag, 0);
        set(ZSTD_c_dictIDFlag, 0);
        if (dictionary) checked(::ZSTD_CCtx_refCDict(context.get(), dictionary.get()));
    }

    void put_piece(std::string_view piece, bool is_last) {
        frame.resize(::ZSTD_compressBound(piece_bytes));
        const std::size_t bytes =
            checked(::ZSTD_compress2(context.get(), frame.data(), frame.size(), piece.data(), piece.size()));
        const std::string_view stored = std::string_view(frame).substr(0, bytes).substr(magic.size());
        if (!is_last) put_varint(packed, stored.size());
        packed += stored;
    }

    std::shared_ptr<const ZSTD_CDict> dictionary;  // null: none
    std::unique_ptr<ZSTD_CCtx, Free> context;
    std::string all, frame, packed;
};

Packer::Packer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Packer::Packer(Packer&&) noexcept = default;
Packer& Packer::operator=(Packer&&) noexcept = default;
Packer::~Packer() = default;

Result<Packer> Packer::with(std::string_view dictionary) {
    if (dictionary.empty()) return Packer(std::make_unique<State>(nullptr));
    std::shared_ptr<const ZSTD_CDict> shared(::ZSTD_createCDict(dictionary.data(), dictionary.size(), level),
                                             Free());
    if (!shared) return damaged_dictionary();
    return Packer(std::make_unique<State>(std::move(shared)));
}

Packer Packer::another() const {
    return Packer(std::make_unique<State>(state_->dictionary));
}

std::string_view Packer::pack(std::string_view head, std::string_view body) {
    if (head.size() + body.size() > most_packed_from)
        throw std::length_error("a document is too long for the index");
    std::string& all = state_->all;
    begin(all);
    begin(state_->packed);
    put_varint(state_->packed, head.size());
    put_varint(state_->packed, body.size());
    all.append(head).append(body);
    for (std::size_t at = 0; at < all.size(); at += piece_bytes)
        state_->put_piece(std::string_view(all).substr(at, piece_bytes), all.size() - at <= piece_bytes);
    return state_->packed;
}

struct Unpacker::State {
    explicit State(std::shared_ptr<const ZSTD_DDict> shared)
        : dictionary(std::move(shared)), context(allocated(::ZSTD_createDCtx())) {
        if (dictionary) checked(::ZSTD_DCtx_refDDict(context.get(), dictionary.get()));
    }

    // Appends what `stored` holds, which must be `bytes`.
    bool take_piece(std::string_view stored, std::size_t bytes) {
        frame.assign(magic).append(stored);
        const std::size_t before = all.size();
        all.resize(before + bytes);
        return ::ZSTD_decompressDCtx(context.get(), all.data() + before, bytes, frame.data(), frame.size()) ==
               bytes;
    }

    std::shared_ptr<const ZSTD_DDict> dictionary;  // null: none
    std::unique_ptr<ZSTD_DCtx, Free> context;
    std::string all, frame;
};

Unpacker::Unpacker(std::unique_ptr<State> state) : state_(std::move(state)) {}
Unpacker::Unpacker(Unpacker&&) noexcept = default;
Unpacker& Unpacker::operator=(Unpacker&&) noexcept = default;
Unpacker::~Unpacker() = default;

Result<Unpacker> Unpacker::with(std::string_view dictionary) {
    if (dictionary.empty()) return Unpacker(std::make_unique<State>(nullptr));
    std::shared_ptr<const ZSTD_DDict> shared(::ZSTD_createDDict(dictionary.data(), dictionary.size()),
                                             Free());
    if (!shared) return damaged_dictionary();
    return Unpacker(std::make_unique<State>(std::move(shared)));
}

Unpacker Unpacker::another() const {
    return Unpacker(std::make_unique<State>(state_->dictionary));
}

Result<Unpacker::Parts> Unpacker::unpack(std::string_view packed, std::size_t most_body) const {
    std::size_t at = 0;
    const auto head = read_number(packed, at), body = read_number(packed, at);
    if (!head || !body || *head > most_packed_from || *body > most_packed_from) return damaged();
    const std::size_t total = *head + *body, wanted = *head + std::min(*body, most_body);
    std::string& all = state_->all;
    begin(all);
    while (all.size() < wanted) {
        const std::size_t bytes = std::min(total - all.size(), piece_bytes);
        const bool is_last = all.size() + bytes == total;
        const auto stored = is_last ? packed.size() - at : read_number(packed, at);
        if (!stored || *stored > packed.size() - at) return damaged();
        if (!state_->take_piece(packed.substr(at, *stored), bytes)) return damaged();
        at += *stored;
    }
    const std::string_view text(all);
    return Parts{text.substr(0, *head), text.substr(*head, wanted - *head)};
}

Result<Unpacker> Unpacker::open(const std::filesystem::path& generation) {
    const auto dictionary = dictionary_of(generation);
    if (!dictionary) return fail(dictionary.error());
    return with(*dictionary);
}

Result<Packer> Packer::open(const std::filesystem::path& generation) {
    const auto dictionary = dictionary_of(generation);
    if (!dictionary) return fail(dictionary.error());
    return with(*dictionary);
}

}  // namespace izde::index
