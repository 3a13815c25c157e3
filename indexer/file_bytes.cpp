#include "file_bytes.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>

#include <unistd.h>

#include <xxhash.h>

namespace izde::indexer {

bool read_at(int file, std::uint64_t begin, std::span<char> into) {
    for (std::size_t done = 0; done < into.size();) {
        const ssize_t got =
            ::pread(file, into.data() + done, into.size() - done, static_cast<off_t>(begin + done));
        if (got < 0 && errno == EINTR) continue;
        if (got == 0) errno = EIO;
        if (got <= 0) return false;
        done += static_cast<std::size_t>(got);
    }
    return true;
}

std::uint64_t hash_of(std::string_view bytes) {
    return XXH3_64bits(bytes.data(), bytes.size());
}

std::pair<std::uint64_t, std::uint64_t> wide_hash_of(std::string_view bytes) {
    const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
    return {hash.low64, hash.high64};
}

std::optional<std::uint64_t> content_of(int file) {
    return content_of(file, std::numeric_limits<std::uint64_t>::max());
}

std::optional<std::uint64_t> content_of(int file, std::uint64_t bytes) {
    std::array<char, 64u << 10> piece;  // NOLINT: only what was read into it is looked at
    const auto some = [&](std::uint64_t at) {
        ssize_t got = 0;
        do
            got = ::pread(file, piece.data(), std::min<std::uint64_t>(piece.size(), bytes - at),
                          static_cast<off_t>(at));
        while (got < 0 && errno == EINTR);
        return got;
    };
    ssize_t got = some(0);
    if (got >= 0 && static_cast<std::size_t>(got) < piece.size())
        return hash_of({piece.data(), static_cast<std::size_t>(got)});
    Checksum sum;
    for (std::uint64_t at = 0; got > 0; got = some(at)) {
        sum.add({piece.data(), static_cast<std::size_t>(got)});
        at += static_cast<std::uint64_t>(got);
    }
    if (got < 0) return std::nullopt;
    return sum.value();
}

struct Checksum::State {
    std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> hash{XXH3_createState(), XXH3_freeState};
};

Checksum::Checksum() : state_(std::make_unique<State>()) {
    XXH3_64bits_reset(state_->hash.get());
}
Checksum::Checksum(Checksum&&) noexcept = default;
Checksum& Checksum::operator=(Checksum&&) noexcept = default;
Checksum::~Checksum() = default;

void Checksum::add(std::string_view bytes) {
    XXH3_64bits_update(state_->hash.get(), bytes.data(), bytes.size());
}

std::uint64_t Checksum::value() const {
    return XXH3_64bits_digest(state_->hash.get());
}

}  // namespace izde::indexer
