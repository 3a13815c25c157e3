// Books: chapters of HTML in a zip, in the order that the package's spine gives them.
#include <algorithm>
#include <unordered_map>
#include <vector>

#include "read/encoding.hpp"
#include "read/formats.hpp"
#include "read/html_head.hpp"
#include "read/html_text.hpp"
#include "read/office.hpp"
#include "read/tidy.hpp"

namespace izde::read {
namespace {

constexpr std::size_t most_chapters = 10'000;
constexpr std::size_t longest_address = 3000;

int digit(char c) {
    const std::string_view digits = "0123456789abcdef";
    const std::size_t at = digits.find(ascii_lower({&c, 1}));
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

std::string percent_decoded(std::string_view address) {
    std::string decoded;
    for (std::size_t i = 0; i < address.size(); ++i) {
        const bool is_code = address[i] == '%' && i + 2 < address.size() && digit(address[i + 1]) >= 0 &&
                             digit(address[i + 2]) >= 0;
        decoded +=
            is_code ? static_cast<char>(digit(address[i + 1]) * 16 + digit(address[i + 2])) : address[i];
        if (is_code) i += 2;
    }
    return decoded;
}

// The part of the zip an address means that stands in `folder` ("OEBPS/").
std::string resolved(const std::string& folder, std::string_view address) {
    if (address.size() > longest_address) return {};
    std::string whole = folder + percent_decoded(address.substr(0, address.find('#')));
    if (whole.starts_with('/')) whole.erase(0, 1);
    for (std::size_t up = whole.find("../"); up != std::string::npos; up = whole.find("../")) {
        const std::size_t before = up < 2 ? std::string::npos : whole.rfind('/', up - 2);
        whole.erase(before == std::string::npos ? 0 : before + 1,
                    up + 3 - (before == std::string::npos ? 0 : before + 1));
    }
    return whole;
}

std::string find_package(Parts& parts) {
    std::string place;
    XmlHandler handler;
    handler.open = [&](std::string_view name, const XmlAttributes& attributes) {
        if (name == "rootfile" && place.empty()) place = attributes.value_of("full-path");
    };
    parts.read_part("META-INF/container.xml", handler);
    return place;
}

struct Book {
    Properties properties;
    std::vector<std::string> chapters;  // parts of the zip, in the order to read them
    std::string problem;
};

Book read_package(Parts& parts, const std::string& place) {
    const std::string folder = place.substr(0, place.rfind('/') + 1);
    std::unordered_map<std::string, std::string> items;  // by id
    Book book;
    PropertyReader properties;
    XmlHandler handler = properties.handler();
    const auto open_property = handler.open;
    handler.open = [&](std::string_view name, const XmlAttributes& attributes) {
        open_property(name, attributes);
        const auto type = attributes.value_of("media-type");
        const bool is_page = type.find("html") != std::string_view::npos || type == "text/x-oeb1-document";
        if (name == "item" && is_page && attributes.value_of("properties") != "nav" &&
            items.size() < most_chapters)
            items.emplace(attributes.value_of("id"), resolved(folder, attributes.value_of("href")));
        if (name != "itemref" || book.chapters.size() >= most_chapters) return;
        const auto item = items.find(std::string(attributes.value_of("idref")));
        if (item != items.end()) book.chapters.push_back(std::move(item->second));
        if (item != items.end()) items.erase(item);  // read once, however often it is named
    };
    if (!parts.read_part(place, handler, book.problem) && book.problem.empty())
        book.problem = "not a book: it has no package";
    book.properties = properties.take();
    return book;
}

}  // namespace

void read_epub(std::istream& in, const Origin& origin, const Sink& sink) {
    Parts parts(in);
    if (!parts.failure().empty()) return sink(fail(Errc::bad_document, parts.failure()));
    Book book = read_package(parts, find_package(parts));
    std::unordered_map<std::string, std::string> pages;
    for (const std::string& chapter : book.chapters) pages.emplace(chapter, std::string());
    std::string problem =
        parts.take_all([&](const std::string& name) { return pages.contains(name); },
                       [&](const std::string& name, std::string bytes) { pages[name] = std::move(bytes); });
    if (problem.empty()) problem = book.problem;
    OfficeText text;
    for (const std::string& chapter : book.chapters) {
        const std::string bytes = std::move(pages[chapter]);
        text.chapter(html_text(decode(bytes, declared_charset(bytes)).text));
    }
    hand_over(std::move(text), book.properties, Format::epub, origin, problem, sink);
}

}  // namespace izde::read
