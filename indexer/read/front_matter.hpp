// The facts at the head of a Markdown file: YAML between "---" lines, TOML between "+++" lines.
// Flat keys, quoted or bare values, simple lists; that is what people write there.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace izde::read {

struct FrontMatter {
    std::map<std::string, std::string> values;  // by key in lower case; a list's items joined by ", "
    std::size_t end = 0;                        // where the text begins; 0: there is no front matter
};

FrontMatter read_front_matter(std::string_view text);

}  // namespace izde::read
