#include "genkey.hpp"

#include <algorithm>
#include <string_view>

#include "http/keys.hpp"

namespace izde {
namespace {

constexpr const char* usage = "usage: izde-searchd genkey [--scope search|admin] [--name WORD]\n";
constexpr const char* advice = "The first line is the key. It is shown only now: give it to the program that "
                               "is to ask, which sends it as\n"
                               "  Authorization: Bearer KEY\n"
                               "The second line goes into the file that api_key_file names in the "
                               "configuration (chmod 640); then SIGHUP.\n";
constexpr std::size_t longest_name = 64;

bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= longest_name &&
           std::ranges::all_of(text, [](char c) { return c > ' ' && c != 0x7f; });
}

}  // namespace

Exit genkey(int argc, const char* const* argv) {
    auto scope = http::Scope::search;
    std::string name;
    for (int i = 0; i < argc; ++i) {
        const std::string_view flag = argv[i];
        if (flag == "--help" || flag == "-h") return {.code = 0, .out = usage};
        const std::string_view value = i + 1 < argc ? argv[++i] : "";
        if (flag == "--scope" && (value == "search" || value == "admin"))
            scope = value == "admin" ? http::Scope::admin : http::Scope::search;
        else if (flag == "--name" && is_name(value))
            name = value;
        else
            return {.code = 2,
                    .err = "izde-searchd: genkey does not understand '" + std::string(flag) + "'\n" + usage};
    }
    const auto made = http::make_key(scope, name);
    return {.code = 0, .out = made.key + "\n" + made.line + "\n", .err = advice};
}

}  // namespace izde
