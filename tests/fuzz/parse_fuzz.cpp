// Whatever is typed is read within the limits, and reads the same once written again.
#include <variant>

#include "izde/text/utf8.hpp"

#include "query/parse.hpp"
#include "require.hpp"

namespace {

using namespace izde;

struct Size {
    std::size_t leaves = 0, depth = 1;
};

Size measure(const query::Syntax& syntax);

Size measure(const std::vector<query::Syntax>& parts) {
    Size size;
    for (const query::Syntax& part : parts) {
        const Size inner = measure(part);
        size.leaves += inner.leaves;
        size.depth = std::max(size.depth, inner.depth + 1);
    }
    return size;
}

Size measure(const query::Syntax& syntax) {
    if (const auto* all = std::get_if<query::All>(&syntax.node)) {
        const Size of = measure(all->of), none_of = measure(all->none_of);
        return {of.leaves + none_of.leaves, std::max(of.depth, none_of.depth)};
    }
    if (const auto* any = std::get_if<query::Any>(&syntax.node)) return measure(any->of);
    if (const auto* scoped = std::get_if<query::Scoped>(&syntax.node)) return measure(scoped->of);
    if (const auto* near = std::get_if<query::Near>(&syntax.node)) return {near->words.size(), 1};
    return {1, 1};
}

void check(std::string_view typed, const query::Limits& limits) {
    const query::Parsed parsed = query::parse(typed, limits);
    const std::string written = query::to_string(parsed.syntax);
    const Size size = measure(parsed.syntax);
    fuzz::require(std::holds_alternative<query::All>(parsed.syntax.node), "the root is an All");
    fuzz::require(size.leaves <= limits.words, "no more words than allowed");
    fuzz::require(size.depth <= 4 * (limits.depth + 2), "no deeper than allowed");
    fuzz::require(text::is_valid_utf8(written), "valid UTF-8");
    fuzz::require(query::to_string(query::parse(written, limits).syntax) == written, "reads the same again");
    for (const query::Warning& warning : parsed.warnings)
        fuzz::require(text::is_valid_utf8(warning.text) && warning.text.size() < 400,
                      "a warning is a sentence");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view typed = fuzz::text_of(bytes, size);
    check(typed, {});
    check(typed, {.words = 5, .depth = 2, .prefixes = 1, .phrase_bytes = 12});
    return 0;
}
