#include "read/front_matter.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

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

constexpr std::size_t most_key_words = 3;

bool is_key(std::string_view key) {
    if (key.empty() || key.size() > 60 || key.find_first_of("\t[]{}()") != std::string_view::npos)
        return false;
    return static_cast<std::size_t>(std::count(key.begin(), key.end(), ' ')) < most_key_words;
}

std::string plain_key(std::string_view key) {
    std::string plain = ascii_lower(unquoted(key));
    std::erase_if(plain, [](char c) { return c == ' ' || c == '-' || c == '_'; });
    return plain;
}

// Lines between rulers may look like keys of several words; one of these tells.
constexpr auto known_keys = std::to_array<std::string_view>(
    {"title", "headline", "date",     "published", "author",   "authors",  "byline",     "source",
     "url",   "link",     "tags",     "lang",      "language", "category", "categories", "Заголовок",
     "Дата",  "Автор",    "Источник", "Тақырып",   "标题",     "日期",     "作者"});

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
        if (bare.starts_with("- ")) return add_item(bare.substr(2));
        if (indented) return add_indented(bare);
        // A table of TOML: its keys are none of the document's.
        in_table_ = in_table_ || (assign_ == '=' && bare.starts_with('['));
        if (in_table_ || bare == "]") return true;
        const std::size_t at = bare.find(assign_);
        if (at == std::string_view::npos || !is_key(trim(bare.substr(0, at)))) return false;
        const std::string_view key = trim(bare.substr(0, at));
        has_spaces_ = has_spaces_ || key.find(' ') != std::string_view::npos;
        key_ = plain_key(key);
        const std::string_view value = trim(bare.substr(at + 1));
        is_text_ = !value.empty();
        values_.emplace(key_, read_value(value));
        return true;
    }

    // Whether what was read may be front matter after all.
    bool is_likely() const {
        return !has_spaces_ || std::any_of(known_keys.begin(), known_keys.end(), [&](std::string_view key) {
            return values_.contains(std::string(key));
        });
    }

    std::map<std::string, std::string> take() { return std::move(values_); }

  private:
    // "name: Anna" where "author:" stands above, by itself or as an item.
    std::optional<std::pair<std::string, std::string>> nested(std::string_view line) const {
        const std::size_t at = line.find(": ");
        if (is_text_ || line.empty() || line[0] == '"' || line[0] == '\'' || at == std::string_view::npos ||
            line.substr(0, at).find(' ') != std::string_view::npos)
            return std::nullopt;
        return std::pair{plain_key(line.substr(0, at)), read_value(line.substr(at + 2))};
    }

    bool add_item(std::string_view item) {
        const auto inner = nested(item);
        if (!inner) return add(", ", unquoted(item));
        return inner->first != "name" || add(", ", inner->second);
    }

    bool add_indented(std::string_view line) {
        const auto inner = nested(line);
        if (!inner) return add(" ", unquoted(line));
        if (key_.empty()) return false;
        values_.emplace(key_ + "." + inner->first, inner->second);
        return true;
    }

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
    bool is_text_ = false;     // the key above has a value of its own, or one of lines to come
    bool has_spaces_ = false;  // some key is of several words
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
        if (!reader.is_likely()) return {};
        found.values = reader.take();
        return found;
    }
    return {};
}

}  // namespace izde::read
