// Tested by keys_test.cpp.
#include "http/keys.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <sys/stat.h>

namespace izde::http {
namespace {

constexpr std::uintmax_t largest_file = 1 << 20;
constexpr std::size_t longest_key = 512;
constexpr const char* example = "write: search SHA256 NAME, as izde-searchd genkey prints it";

using Hash = decltype(Key::sha256);

Hash sha256(std::string_view text) {
    Hash hash{};
    SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), hash.data());
    return hash;
}

int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool read_hash(std::string_view hex, Hash& hash) {
    if (hex.size() != 2 * hash.size()) return false;
    for (std::size_t i = 0; i < hash.size(); ++i) {
        const int high = digit(hex[2 * i]), low = digit(hex[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        hash[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return true;
}

std::string to_hex(const Hash& hash) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    for (const auto byte : hash) hex.append({digits[byte >> 4U], digits[byte & 15U]});
    return hex;
}

// A word, and the rest of the line behind it.
std::string_view take_word(std::string_view& line) {
    constexpr std::string_view spaces = " \t\r";
    line.remove_prefix(std::min(line.size(), line.find_first_not_of(spaces)));
    const auto word = line.substr(0, line.find_first_of(spaces));
    line.remove_prefix(word.size());
    return word;
}

Failure wrong(const std::filesystem::path& file, std::string message, std::string hint) {
    return fail(Errc::bad_argument, "the key file " + file.string() + " " + std::move(message),
                std::move(hint));
}

Result<void> check_rights(const std::filesystem::path& file) {
    struct stat status = {};
    if (stat(file.c_str(), &status) != 0)
        return wrong(file, "cannot be read", "make keys with izde-searchd genkey");
    if (!S_ISREG(status.st_mode)) return wrong(file, "is no file", {});
    if (static_cast<std::uintmax_t>(status.st_size) > largest_file) return wrong(file, "is too large", {});
    if ((status.st_mode & (S_IRWXO | S_IWGRP)) != 0)
        return wrong(file, "may be read or written by others", "run: chmod 640 " + file.string());
    return {};
}

Result<Key> read_key(std::string_view line, const std::string& where) {
    const auto complain = [&](const std::string& what) {
        return fail(Errc::bad_argument, where + ": " + what, example);
    };
    Key key;
    const auto scope = take_word(line), hash = take_word(line);
    if (scope != "search" && scope != "admin") return complain("a line begins with search or admin");
    if (!read_hash(hash, key.sha256))
        return complain("the second word is no SHA-256 of 64 hexadecimal digits");
    key.scope = scope == "admin" ? Scope::admin : Scope::search;
    key.name = take_word(line);
    return key;
}

}  // namespace

Result<std::vector<Key>> load_keys(const std::filesystem::path& file) {
    if (auto fine = check_rights(file); !fine) return fail(fine.error());
    std::ifstream in(file);
    if (!in) return wrong(file, "cannot be read", {});
    std::vector<Key> keys;
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        std::string_view rest = line;
        if (const auto first = take_word(rest); first.empty() || first.front() == '#') continue;
        auto key = read_key(line, file.string() + ":" + std::to_string(number));
        if (!key) return fail(key.error());
        keys.push_back(*std::move(key));
    }
    if (keys.empty()) return wrong(file, "has no key", example);
    return keys;
}

Scope scope_of(const std::vector<Key>& keys, std::string_view presented) {
    // What is too long to be one may not cost more than one.
    const auto hash = sha256(presented.substr(0, longest_key));
    auto scope = Scope::open;
    for (const auto& key : keys) {
        const bool is_it = CRYPTO_memcmp(hash.data(), key.sha256.data(), hash.size()) == 0;
        scope = std::max(scope, is_it ? key.scope : Scope::open);
    }
    return scope;
}

MadeKey make_key(Scope scope, const std::string& name) {
    Hash bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        throw std::runtime_error("no randomness");
    std::string key = "izde_" + to_hex(bytes);
    std::string line = scope == Scope::admin ? "admin " : "search ";
    line += to_hex(sha256(key)) + (name.empty() ? "" : " " + name);
    return {std::move(key), std::move(line)};
}

}  // namespace izde::http
