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
#include "izde/varint.hpp"

#include "index/milestones.hpp"

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
    std::string_view rest = bytes.substr(at);
    const auto number = take_varint(rest);
    at = bytes.size() - rest.size();
    return number;
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

bool is_one_frame(std::size_t head, std::size_t body) {
    return body == 0 || head + body <= one_frame_bytes;
}

// A piece ends at the first milestone that is far enough, unless little is left behind it.
std::vector<Pieces::Piece> cut(std::span<const Milestone> milestones, std::size_t body) {
    std::vector<Pieces::Piece> pieces(1);
    for (const Milestone& milestone : milestones)
        if (milestone.at - pieces.back().at >= piece_bytes && body - milestone.at >= piece_bytes / 2)
            pieces.push_back({milestone.at});
    for (std::size_t i = 0; i < pieces.size(); ++i)
        pieces[i].bytes = (i + 1 < pieces.size() ? pieces[i + 1].at : body) - pieces[i].at;
    return pieces;
}

std::optional<std::vector<Milestone>> read_milestones(std::string_view directory, std::size_t& at,
                                                      std::size_t body) {
    const auto count = read_number(directory, at);
    if (!count || *count == 0 || *count > directory.size()) return std::nullopt;
    std::vector<Milestone> milestones;
    milestones.reserve(*count);
    Milestone last;
    for (std::size_t i = 0; i < *count; ++i) {
        const auto bytes = read_number(directory, at), positions = read_number(directory, at);
        if (!bytes || !positions || (i == 0 ? *bytes != 0 : *bytes == 0)) return std::nullopt;
        if (*bytes > MilestoneSetter::most_apart || *bytes >= body - last.at) return std::nullopt;
        last = {last.at + *bytes, last.position + static_cast<std::uint32_t>(*positions)};
        milestones.push_back(last);
    }
    if (body - last.at > MilestoneSetter::most_apart) return std::nullopt;
    return milestones;
}

// Places in what is packed count from the end of the directory. Nothing where it is none.
std::optional<Pieces> read_directory(std::string_view directory, std::size_t body) {
    std::size_t at = 0, stored_at = 0;
    auto milestones = read_milestones(directory, at, body);
    if (!milestones) return std::nullopt;
    Pieces all{*std::move(milestones), {}};
    all.pieces = cut(all.milestones, body);
    for (Pieces::Piece& piece : all.pieces) {
        const auto bytes = read_number(directory, at);
        if (!bytes || *bytes > ::ZSTD_compressBound(piece.bytes)) return std::nullopt;
        piece.stored_at = stored_at;
        piece.stored_bytes = *bytes;
        stored_at += *bytes;
    }
    return at == directory.size() ? std::optional(std::move(all)) : std::nullopt;
}

// Empty where there is none. What it can be at most bounds the memory that a damaged file takes.
Result<std::string> dictionary_of(const std::filesystem::path& generation) {
    auto bytes = read_small_file(generation / dictionary_name, most_dictionary);
    if (!bytes && bytes.error().code == Errc::not_found) return std::string();
    return bytes;
}

}  // namespace

ReadPacked read_of(std::string_view packed) {
    return [packed](std::size_t from, std::size_t bytes) {
        return packed.substr(std::min(from, packed.size()), bytes);
    };
}

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

namespace {

class Framer {
  public:
    explicit Framer(std::shared_ptr<const ZSTD_CDict> shared)
        : dictionary_(std::move(shared)), context_(allocated(::ZSTD_createCCtx())) {
        const auto set = [&](ZSTD_cParameter parameter, int value) {
            checked(::ZSTD_CCtx_setParameter(context_.get(), parameter, value));
        };
        set(ZSTD_c_compressionLevel, level);
        set(ZSTD_c_contentSizeFlag, 0);
        set(ZSTD_c_dictIDFlag, 0);
        if (dictionary_) checked(::ZSTD_CCtx_refCDict(context_.get(), dictionary_.get()));
    }

    // Until the next call.
    std::string_view framed(std::string_view bytes) {
        frame_.resize(::ZSTD_compressBound(bytes.size()));
        const std::size_t size = checked(
            ::ZSTD_compress2(context_.get(), frame_.data(), frame_.size(), bytes.data(), bytes.size()));
        return std::string_view(frame_).substr(0, size).substr(magic.size());
    }

    const std::shared_ptr<const ZSTD_CDict>& dictionary() const { return dictionary_; }

  private:
    std::shared_ptr<const ZSTD_CDict> dictionary_;  // null: none
    std::unique_ptr<ZSTD_CCtx, Free> context_;
    std::string frame_;
};

}  // namespace

struct Packer::State {
    Framer framer;
    std::string packed, directory, frames;
};

Packer::Packer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Packer::Packer(Packer&&) noexcept = default;
Packer& Packer::operator=(Packer&&) noexcept = default;
Packer::~Packer() = default;

Result<Packer> Packer::with(std::string_view dictionary) {
    std::shared_ptr<const ZSTD_CDict> shared;
    if (!dictionary.empty()) {
        shared.reset(::ZSTD_createCDict(dictionary.data(), dictionary.size(), level), Free());
        if (!shared) return damaged_dictionary();
    }
    return Packer(std::make_unique<State>(State{Framer(std::move(shared)), {}, {}, {}}));
}

Packer Packer::another() const {
    return Packer(std::make_unique<State>(State{Framer(state_->framer.dictionary()), {}, {}, {}}));
}

std::string_view Packer::pack(std::string_view head, std::string_view body,
                              std::span<const Milestone> milestones) {
    if (head.size() + body.size() > most_packed_from)
        throw std::length_error("a document is too long for the index");
    std::string &packed = state_->packed, &directory = state_->directory, &frames = state_->frames;
    for (std::string* one : {&packed, &directory, &frames}) begin(*one);
    put_varint(packed, head.size());
    put_varint(packed, body.size());
    if (is_one_frame(head.size(), body.size())) {
        frames.append(head).append(body);
        if (!frames.empty()) packed += state_->framer.framed(frames);
        return packed;
    }
    const std::string_view head_frame = state_->framer.framed(head);
    put_varint(packed, head_frame.size());
    packed += head_frame;
    put_varint(directory, milestones.size());
    Milestone last;
    for (const Milestone& milestone : milestones) {
        put_varint(directory, milestone.at - last.at);
        put_varint(directory, milestone.position - last.position);
        last = milestone;
    }
    for (const Pieces::Piece& piece : cut(milestones, body.size())) {
        const std::string_view frame = state_->framer.framed(body.substr(piece.at, piece.bytes));
        put_varint(directory, frame.size());
        frames += frame;
    }
    put_varint(packed, directory.size());
    return packed.append(directory).append(frames);
}

struct Unpacker::State {
    explicit State(std::shared_ptr<const ZSTD_DDict> shared)
        : dictionary(std::move(shared)), context(allocated(::ZSTD_createDCtx())) {
        if (dictionary) checked(::ZSTD_DCtx_refDDict(context.get(), dictionary.get()));
    }

    // Appends what `stored` holds, which must be `bytes`.
    bool append(std::string_view stored, std::size_t bytes, std::string& to) {
        frame.assign(magic).append(stored);
        const std::size_t before = to.size();
        to.resize(before + bytes);
        return ::ZSTD_decompressDCtx(context.get(), to.data() + before, bytes, frame.data(), frame.size()) ==
               bytes;
    }

    std::shared_ptr<const ZSTD_DDict> dictionary;  // null: none
    std::unique_ptr<ZSTD_DCtx, Free> context;
    std::string frame, head, body;
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

// Of what is long, head and directory mostly stand in the first bytes.
constexpr std::size_t first_bytes = 2u << 10;
constexpr std::size_t least_directory = 64;

Result<Unpacker::Head> Unpacker::head(const ReadPacked& read) const {
    std::string_view packed = read(0, first_bytes);
    std::size_t at = 0;
    const auto head = read_number(packed, at), body = read_number(packed, at);
    if (!head || !body || *head > most_packed_from || *body > most_packed_from) return damaged();
    std::string& text = state_->head;
    begin(text);
    if (is_one_frame(*head, *body)) {
        if (packed.size() == first_bytes) packed = read(0, whole);
        if (*head + *body > 0 && !state_->append(packed.substr(at), *head + *body, text)) return damaged();
        const std::string_view all(text);
        return Head{all.substr(0, *head), all.substr(*head), *body, 0};
    }
    const auto stored = read_number(packed, at);
    if (!stored || *stored > ::ZSTD_compressBound(*head)) return damaged();
    if (*stored > packed.size() - at) packed = read(0, at + *stored);
    if (*stored > packed.size() - at) return damaged();
    if (!state_->append(packed.substr(at, *stored), *head, text)) return damaged();
    return Head{text, {}, *body, at + *stored};
}

Result<Pieces> Unpacker::pieces(const ReadPacked& read, const Head& head) const {
    std::size_t at = 0;
    std::string_view packed = read(head.directory, first_bytes);
    const auto bytes = read_number(packed, at);
    // Milestones and pieces take a few bytes each, and stand far apart in the body.
    if (!bytes || *bytes > least_directory + head.body_bytes) return damaged();
    if (*bytes > packed.size() - at) packed = read(head.directory, at + *bytes);
    if (*bytes > packed.size() - at) return damaged();
    auto pieces = read_directory(packed.substr(at, *bytes), head.body_bytes);
    if (!pieces) return damaged();
    for (Pieces::Piece& piece : pieces->pieces) piece.stored_at += head.directory + at + *bytes;
    return *std::move(pieces);
}

Result<void> Unpacker::body(const ReadPacked& read, const Pieces& pieces, std::size_t first, std::size_t end,
                            std::string& to) const {
    for (std::size_t i = first; i < end; ++i) {
        const Pieces::Piece& piece = pieces.pieces[i];
        const std::string_view stored = read(piece.stored_at, piece.stored_bytes);
        if (stored.size() != piece.stored_bytes || !state_->append(stored, piece.bytes, to)) return damaged();
    }
    return {};
}

Result<Unpacker::Parts> Unpacker::unpack(const ReadPacked& read, std::size_t most_body) const {
    const auto found = head(read);
    if (!found) return fail(found.error());
    if (found->directory == 0 || most_body == 0) return Parts{found->head, found->body.substr(0, most_body)};
    const auto cut_to = pieces(read, *found);
    if (!cut_to) return fail(cut_to.error());
    const auto end = std::ranges::lower_bound(cut_to->pieces, most_body, {}, &Pieces::Piece::at);
    std::string& text = state_->body;
    begin(text);
    const auto had = body(read, *cut_to, 0, static_cast<std::size_t>(end - cut_to->pieces.begin()), text);
    if (!had) return fail(had.error());
    return Parts{found->head, std::string_view(text).substr(0, most_body)};
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
