// The facts at the head of a Markdown file: YAML between "---" lines, TOML between "+++" lines.
// Flat keys, quoted or bare values, simple lists, a level of nesting; that is what people write there.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace izde::read {

struct FrontMatter {
    // By key: ASCII in lower case, without spaces, '-' and '_' ("Publish date" → "publishdate"). A
    // list's items are joined by ", ". What is nested has both keys ("author.name"); of a list of
    // such the names are its items.
    std::map<std::string, std::string> values;
    std::size_t end = 0;  // where the text begins; 0: there is no front matter
};

FrontMatter read_front_matter(std::string_view text);

}  // namespace izde::read
