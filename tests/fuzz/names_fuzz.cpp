// The promises of izde/names/keys.hpp and aliases.hpp, for any bytes.
#include <algorithm>
#include <functional>
#include <string>

#include "izde/names/aliases.hpp"
#include "izde/names/keys.hpp"

#include "require.hpp"

namespace {

using namespace izde;

void check_keys(std::string_view word) {
    const auto keys = names::name_keys(word);
    fuzz::require(keys.size() <= names::most_keys, "few keys");
    fuzz::require(std::ranges::adjacent_find(keys, std::greater_equal<>()) == keys.end(),
                  "keys sorted, different");
    for (const std::string& key : keys) {
        fuzz::require(!key.empty() && key.size() <= 2 * word.size(), "keys neither empty nor long");
        fuzz::require(std::ranges::all_of(key, [](char c) { return c > ' ' && c < 0x7F; }), "keys in ASCII");
    }
}

void check_aliases(std::string_view text) {
    const auto aliases = names::parse_aliases(text, "fuzz");
    if (!aliases) {
        fuzz::require(aliases.error().message.starts_with("fuzz"), "errors name the file");
        return;
    }
    for (const names::Group& group : aliases->groups()) {
        fuzz::require(group.members.size() >= 2, "groups of two or more");
        for (const names::Member& member : group.members) {
            const auto matches = aliases->find(member.words, 0);
            fuzz::require(std::ranges::find(matches, &group, &names::Match::group) != matches.end(),
                          "members find their group");
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text = fuzz::text_of(bytes, size);
    check_keys(text);
    check_aliases(text);
    return 0;
}
