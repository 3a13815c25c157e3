// Bytes as they stand in files and mails of other encodings than UTF-8.
#pragma once

#include <cstdio>
#include <stdexcept>
#include <string>
#include <string_view>

#include <iconv.h>

namespace izde::tests {

inline std::string encoded(std::string utf8, const char* encoding) {
    const iconv_t converter = iconv_open(encoding, "UTF-8");
    std::string bytes(utf8.size() * 4, '\0');
    char* from = utf8.data();
    char* to = bytes.data();
    std::size_t left = utf8.size();
    std::size_t room = bytes.size();
    const bool done = iconv(converter, &from, &left, &to, &room) != static_cast<std::size_t>(-1);
    iconv_close(converter);
    if (!done) throw std::invalid_argument("not a text of " + std::string(encoding) + ": " + utf8);
    bytes.resize(bytes.size() - room);
    return bytes;
}

inline std::string base64(std::string_view bytes) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        unsigned group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0u);
        for (std::size_t k = 0; k < 4; ++k)
            text += i + k > bytes.size() ? '=' : letters[group >> (18 - 6 * k) & 63];
    }
    return text;
}

// Every byte as "=D0", as quoted-printable allows.
inline std::string quoted_printable(std::string_view bytes) {
    std::string text;
    for (const char c : bytes) {
        char escape[4];
        std::snprintf(escape, sizeof escape, "=%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
        text += escape;
    }
    return text;
}

// =?KOI8-R?B?...?=
inline std::string word(const std::string& utf8, const char* charset, const char* encoding) {
    return "=?" + std::string(charset) + "?B?" + base64(encoded(utf8, encoding)) + "?=";
}

}  // namespace izde::tests
