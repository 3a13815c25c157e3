#include "file_bytes.hpp"

#include <array>
#include <cerrno>
#include <memory>

#include <unistd.h>

#include <xxhash.h>

namespace izde::indexer {

bool read_at(int file, std::uint64_t begin, std::string& into) {
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

std::optional<std::uint64_t> content_of(int file) {
    std::array<char, 64u << 10> piece;  // NOLINT: only what was read into it is looked at
    const auto some = [&](std::uint64_t at) {
        ssize_t got = 0;
        do got = ::pread(file, piece.data(), piece.size(), static_cast<off_t>(at));
        while (got < 0 && errno == EINTR);
        return got;
    };
    ssize_t got = some(0);
    if (got >= 0 && static_cast<std::size_t>(got) < piece.size())
        return hash_of({piece.data(), static_cast<std::size_t>(got)});
    const std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state(XXH3_createState(), XXH3_freeState);
    XXH3_64bits_reset(state.get());
    for (std::uint64_t at = 0; got > 0; got = some(at)) {
        XXH3_64bits_update(state.get(), piece.data(), static_cast<std::size_t>(got));
        at += static_cast<std::uint64_t>(got);
    }
    if (got < 0) return std::nullopt;
    return XXH3_64bits_digest(state.get());
}

}  // namespace izde::indexer
