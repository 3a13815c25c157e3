// Which encoding bytes are in, and the text they hold. The only home of ICU outside lib/text:
// it converts, it does not analyse.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace izde::read {

struct Decoded {
    std::string text;      // valid UTF-8, without BOM and NUL, lines ended by "\n"
    std::string encoding;  // as ICU names it: UTF-8, UTF-16LE, windows-1251, GB18030, ...
};

// BOM, then strict UTF-8 beyond ASCII, then `declared` (if ICU knows it and the bytes are valid in
// it and read like text), then detection with a check that the result reads like text of some
// script. Bytes that fit nothing become U+FFFD; so it cannot fail.
Decoded decode(std::string_view bytes, std::string_view declared = {});

// The text if the declaration can be true: for pieces too short to be judged by reading. Empty where
// ICU does not know it, or where it says nothing (ASCII and Latin-1, which programs put by default).
std::optional<std::string> decode_declared(std::string_view bytes, std::string_view declared);

// Bytes of a text whose encoding is known already, as Decoded names it: pieces of one file.
std::string decode_as(std::string_view bytes, const std::string& encoding);

}  // namespace izde::read
