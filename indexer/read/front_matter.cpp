#include "read/front_matter.hpp"

#include <algorithm>
#include <optional>

#include "read/tidy.hpp"

namespace izde::read {
namespace {

constexpr std::size_t longest_front_matter = 64u << 10;

std::string_view trim(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t\n");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\n") - begin + 1);
}

std::string_view take_line(std::string_view& rest) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return line;
}

std::string unescaped(std::string_view quoted) {
    std::string text;
    for (std::size_t i = 0; i < quoted.size(); ++i) {
        const bool escaped = quoted[i] == '\\' && i + 1 < quoted.size();
        if (escaped) ++i;
        text += escaped && (quoted[i] == 'n' || quoted[i] == 't') ? ' ' : quoted[i];
    }
    return text;
}

std::string unquoted(std::string_view value) {
    value = trim(value);
    for (const char quote : {'"', '\''}) {
        if (value.empty() || value.front() != quote) continue;
        std::size_t end = 1;
        while (end < value.size() && value[end] != quote) end += quote == '"' && value[end] == '\\' ? 2u : 1u;
        const std::string_view inside = value.substr(1, std::min(end, value.size()) - 1);
        return quote == '"' ? unescaped(inside) : std::string(inside);
    }
    // Behind a bare value, " #" begins a comment.
    return std::string(trim(value.substr(0, value.find(" #"))));
}

void append(std::string& list, std::string_view item) {
    if (item.empty()) return;
    if (!list.empty()) list += ", ";
    list += item;
}

// "[a, "b, c"]" → "a, b, c"
std::string read_list(std::string_view value) {
    value = trim(value);
    value.remove_prefix(1);
    if (value.ends_with(']')) value.remove_suffix(1);
    std::string list;
    char quote = '\0';
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= value.size(); ++i) {
        const bool at_end = i == value.size();
        if (!at_end && quote != '\0') {
            if (value[i] == quote) quote = '\0';
            continue;
        }
        if (!at_end && (value[i] == '"' || value[i] == '\'')) quote = value[i];
        if (!at_end && value[i] != ',') continue;
        append(list, unquoted(value.substr(begin, i - begin)));
        begin = i + 1;
    }
    return list;
}

std::string read_value(std::string_view value) {
    value = trim(value);
    // What follows in further lines: a list, or a text folded over them.
    if (value == ">" || value == "|" || value == ">-" || value == "|-") return {};
    return value.starts_with('[') ? read_list(value) : unquoted(value);
}

bool is_key(std::string_view key) {
    return !key.empty() && key.size() <= 60 && key.find_first_of(" \t[]{}()") == std::string_view::npos;
}

// The lines between the fences; nothing where the second fence is missing.
std::optional<std::string_view> between_fences(std::string_view text, std::string_view fence,
                                               std::size_t& end) {
    std::string_view rest = text.substr(0, longest_front_matter);
    if (trim(take_line(rest)) != fence) return std::nullopt;
    const char* begin = rest.data();
    while (!rest.empty()) {
        const std::string_view line = take_line(rest);
        if (line.substr(0, line.find_last_not_of(" \t") + 1) != fence && !(fence == "---" && line == "..."))
            continue;
        end = static_cast<std::size_t>(rest.data() - text.data());
        return std::string_view(begin, static_cast<std::size_t>(line.data() - begin));
    }
    return std::nullopt;
}

class Lines {
  public:
    explicit Lines(char assign) : assign_(assign) {}

    // False where the line is none of front matter: then "---" was but a ruler.
    bool read(std::string_view line) {
        const std::string_view bare = trim(line);
        if (bare.empty() || bare.starts_with('#')) return true;
        const bool indented = line.front() == ' ' || line.front() == '\t';
        if (bare.starts_with("- ")) return add(", ", unquoted(bare.substr(2)));
        if (indented) return add(" ", unquoted(bare));
        // A table of TOML: its keys are none of the document's.
        in_table_ = in_table_ || (assign_ == '=' && bare.starts_with('['));
        if (in_table_ || bare == "]") return true;
        const std::size_t at = bare.find(assign_);
        if (at == std::string_view::npos || !is_key(trim(bare.substr(0, at)))) return false;
        key_ = ascii_lower(unquoted(bare.substr(0, at)));
        values_.emplace(key_, read_value(bare.substr(at + 1)));
        return true;
    }

    std::map<std::string, std::string> take() { return std::move(values_); }

  private:
    // To the value of the key above.
    bool add(std::string_view between, const std::string& text) {
        if (key_.empty()) return false;
        std::string& value = values_[key_];
        if (!value.empty()) value += between;
        value += text;
        return true;
    }

    char assign_;
    bool in_table_ = false;
    std::string key_;
    std::map<std::string, std::string> values_;
};

}  // namespace

FrontMatter read_front_matter(std::string_view text) {
    for (const auto& [fence, assign] : {std::pair{"---", ':'}, std::pair{"+++", '='}}) {
        FrontMatter found;
        const auto lines = between_fences(text, fence, found.end);
        if (!lines) continue;
        Lines reader(assign);
        for (std::string_view rest = *lines; !rest.empty();)
            if (!reader.read(take_line(rest))) return {};
        found.values = reader.take();
        return found;
    }
    return {};
}

}  // namespace izde::read
