#include "read/site_name.hpp"

#include <algorithm>
#include <array>

#include "read/tidy.hpp"

namespace izde::read {
namespace {

// With a space on either side, or in titles without spaces (Chinese) right beside the name.
constexpr auto separators = std::to_array<std::string_view>(
    {"|", "-", "—", "–", "―", "::", ":", "·", "•", "»", "«", "/", "~", "<", ">", "›", "‹", "→"});
// These part wherever they stand.
constexpr auto tight = std::to_array<std::string_view>({"|", "_", "｜", "::", "»", "—", "--"});

constexpr auto placeholders = std::to_array<std::string_view>({"untitled",
                                                               "untitled document",
                                                               "untitled page",
                                                               "home",
                                                               "home page",
                                                               "homepage",
                                                               "index",
                                                               "document",
                                                               "new page",
                                                               "news",
                                                               "article",
                                                               "page",
                                                               "main",
                                                               "no title",
                                                               "title",
                                                               "welcome",
                                                               "Главная",
                                                               "главная",
                                                               "Главная страница",
                                                               "Новости",
                                                               "Новость",
                                                               "Без названия",
                                                               "Без имени",
                                                               "Статья",
                                                               "Басты бет",
                                                               "Жаңалықтар",
                                                               "Жаңалық",
                                                               "Атаусыз",
                                                               "首页",
                                                               "新闻",
                                                               "新闻中心",
                                                               "无标题",
                                                               "无标题文档",
                                                               "正文",
                                                               "文章"});

bool is_ascii(char c) {
    return static_cast<unsigned char>(c) < 0x80;
}

// The separator `text` begins with, with the spaces around it; 0: none. `before`: the byte in front.
std::size_t separator_at_begin(std::string_view text, char before) {
    const std::size_t begin = std::min(text.find_first_not_of(' '), text.size());
    const std::string_view rest = text.substr(begin);
    const auto whole = [&](std::size_t length) {
        return std::min(text.find_first_not_of(' ', begin + length), text.size());
    };
    for (const auto sign : tight)
        if (rest.starts_with(sign)) return whole(sign.size());
    for (const auto sign : separators) {
        if (!rest.starts_with(sign)) continue;
        const bool is_spaced = begin > 0 && rest.substr(sign.size()).starts_with(' ');
        const bool is_dense = begin == 0 && !is_ascii(before) && rest.size() > sign.size();
        if (is_spaced || is_dense) return whole(sign.size());
    }
    return 0;
}

// The same from the other side.
std::size_t separator_at_end(std::string_view text, char behind) {
    const std::size_t last = text.find_last_not_of(' ');
    if (last == std::string_view::npos) return 0;
    const std::string_view rest = text.substr(0, last + 1);
    const auto whole = [&](std::size_t length) {
        const std::size_t end = rest.find_last_not_of(' ', rest.size() - length - 1);
        return end == std::string_view::npos ? text.size() : text.size() - end - 1;
    };
    for (const auto sign : tight)
        if (rest.size() > sign.size() && rest.ends_with(sign)) return whole(sign.size());
    for (const auto sign : separators) {
        if (rest.size() <= sign.size() || !rest.ends_with(sign)) continue;
        const char before = rest[rest.size() - sign.size() - 1];
        const bool is_spaced = last + 1 < text.size() && (before == ' ' || sign == ":");
        const bool is_dense = last + 1 == text.size() && !is_ascii(before) && !is_ascii(behind);
        if (is_spaced || is_dense) return whole(sign.size());
    }
    return 0;
}

enum class End { none, front, back };

// At which end of the title the part stands, and how long the separator is.
std::pair<End, std::size_t> find_part(std::string_view title, std::string_view part) {
    if (part.empty() || part.size() >= title.size()) return {End::none, 0};
    const std::size_t rest = title.size() - part.size();
    if (title.starts_with(part))
        if (const std::size_t length = separator_at_begin(title.substr(part.size()), part.back());
            length > 0 && length < rest)
            return {End::front, length};
    if (title.ends_with(part))
        if (const std::size_t length = separator_at_end(title.substr(0, rest), part.front());
            length > 0 && length < rest)
            return {End::back, length};
    return {End::none, 0};
}

}  // namespace

bool has_at_an_end(std::string_view title, std::string_view part) {
    return find_part(title, part).first != End::none;
}

std::string beside(std::string_view title, std::string_view part) {
    const auto [end, length] = find_part(title, part);
    if (end == End::front) return std::string(title.substr(part.size() + length));
    if (end == End::back) return std::string(title.substr(0, title.size() - part.size() - length));
    return {};
}

std::string without_site(std::string_view title, std::string_view site) {
    const std::string rest = beside(title, site);
    return rest.empty() ? std::string(title) : rest;
}

bool is_placeholder(std::string_view title) {
    const std::string lower = ascii_lower(title);
    return std::find(placeholders.begin(), placeholders.end(), lower) != placeholders.end();
}

}  // namespace izde::read
