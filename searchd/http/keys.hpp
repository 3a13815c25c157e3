// Keys that let programs in. The server knows only their SHA-256, so that its file gives none away.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "izde/result.hpp"

#include "http/scope.hpp"

namespace izde::http {

struct Key {
    std::array<std::uint8_t, 32> sha256{};
    Scope scope = Scope::search;
    std::string name;  // for people; may be empty
};

// A file of lines "search SHA256 NAME" or "admin SHA256 NAME", the hash in 64 hexadecimal digits; empty ones
// and those that begin with '#' are left out. Errc::bad_argument with file and line; also for a file that
// everybody may read, or that another than its owner may write.
Result<std::vector<Key>> load_keys(const std::filesystem::path& file);

// What the key allows; Scope::open: it is none of these. Takes as long whichever it is, or if it is none.
Scope scope_of(const std::vector<Key>& keys, std::string_view presented);

struct MadeKey {
    std::string key;   // 256 random bits; shown once and kept nowhere
    std::string line;  // for the file
};
MadeKey make_key(Scope scope, const std::string& name);

}  // namespace izde::http
