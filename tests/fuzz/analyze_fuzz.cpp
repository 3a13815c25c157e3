// The promises of izde/text/analyze.hpp, for any bytes.
#include <array>
#include <string>

#include "izde/text/analyze.hpp"
#include "izde/text/stem.hpp"
#include "izde/text/utf8.hpp"

#include "require.hpp"

namespace {

using namespace izde;

void check(std::string_view text, std::string_view lang) {
    const bool valid = text::is_valid_utf8(text);
    std::size_t last_begin = 0;
    std::uint32_t last_position = 0;
    for (const text::Token& token : text::analyze(text, lang)) {
        fuzz::require(token.span.begin < token.span.end && token.span.end <= text.size(),
                      "spans inside, not empty");
        fuzz::require(token.span.begin >= last_begin, "spans ascending by begin");
        fuzz::require(!valid ||
                          (fuzz::on_border(text, token.span.begin) && fuzz::on_border(text, token.span.end)),
                      "spans on code-point borders");
        const bool pair = token.kind == text::TokenKind::pair;
        fuzz::require(token.position > last_position || (pair && token.position == last_position),
                      "positions ascending, a pair's shared with its character's");
        for (const std::string& form :
             {token.exact, token.folded, text::Stemmer(token.lang).stem(token.exact)}) {
            fuzz::require(!form.empty() && form.size() <= text::max_token_bytes,
                          "forms neither empty nor long");
            fuzz::require(text::is_valid_utf8(form), "forms valid UTF-8");
        }
        last_begin = token.span.begin;
        last_position = token.position;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    constexpr std::array<std::string_view, 8> languages{"en", "ru", "kk", "zh", "de", "tr", "und", "??"};
    if (size == 0) return 0;
    const std::string_view lang = languages[bytes[0] % languages.size()];
    const std::string_view text = fuzz::text_of(bytes + 1, size - 1);
    check(text, lang);
    check(text::repair_utf8(text), lang);
    return 0;
}
