// The gold set held against its files: what it calls story and furniture must stand there. The files
// are decoded here by ICU and a few crude rules, not by izde's readers, which it is to judge.
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include <catch2/catch.hpp>
#include <libxml/HTMLparser.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "support/gold_clippings.hpp"

using namespace izde::tests;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

const fs::path files = clippings_folder / "files";

std::string read_file(const fs::path& path) {
    std::ostringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    return bytes.str();
}

std::string utf8_of(const std::string& bytes, const std::string& encoding) {
    std::string utf8;
    icu::UnicodeString(bytes.data(), static_cast<std::int32_t>(bytes.size()), encoding.c_str())
        .toUTF8String(utf8);
    return utf8;
}

std::string undo_quoted_printable(const std::string& text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '=') {
            plain += text[i];
        } else if (const auto rest = text.substr(i + 1, 2); rest == "\r\n") {
            i += 2;
        } else if (rest.starts_with("\n")) {
            i += 1;
        } else if (rest.size() == 2 && std::isxdigit(rest[0]) && std::isxdigit(rest[1])) {
            plain += static_cast<char>(std::stoi(rest, nullptr, 16));
            i += 2;
        } else {
            plain += '=';
        }
    }
    return plain;
}

std::string undo_base64(const std::string& text) {
    static const std::string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    unsigned bits = 0;
    int held = 0;
    for (const char c : text) {
        const std::size_t digit = digits.find(c);
        if (digit == std::string::npos) continue;
        bits = (bits << 6U) | static_cast<unsigned>(digit);
        held += 6;
        if (held < 8) continue;
        held -= 8;
        bytes += static_cast<char>((bits >> static_cast<unsigned>(held)) & 0xFFU);
    }
    return bytes;
}

// Each part behind the encoding its own headers declare.
std::string undo_mail(const std::string& bytes) {
    static const std::regex declared("Content-Transfer-Encoding: *(quoted-printable|base64)",
                                     std::regex::icase);
    std::string plain;
    auto from = bytes.cbegin();
    for (std::smatch match; std::regex_search(from, bytes.cend(), match, declared);) {
        plain.append(from, match[0].second);
        from = match[0].second;
        const std::string rest(from, bytes.cend());
        const std::size_t end = std::min(rest.find("\n--"), rest.size());
        const std::size_t blank = std::min({rest.find("\n\n"), rest.find("\r\n\r\n"), end});
        const std::string part = rest.substr(blank, end - blank);
        plain += match[1].str()[0] == 'b' || match[1].str()[0] == 'B' ? undo_base64(part)
                                                                      : undo_quoted_printable(part);
        from += static_cast<std::ptrdiff_t>(end);
    }
    return plain.append(from, bytes.cend());
}

std::string undo_entities(const std::string& text) {
    static const std::regex entity("&(#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);");
    std::string plain;
    auto from = text.cbegin();
    for (std::smatch match; std::regex_search(from, text.cend(), match, entity); from = match[0].second) {
        plain.append(from, match[0].first);
        const std::string name = match[1];
        unsigned code = 0;
        if (name[0] == '#')
            code = static_cast<unsigned>(name[1] == 'x' || name[1] == 'X'
                                             ? std::stoul(name.substr(2), nullptr, 16)
                                             : std::stoul(name.substr(1)));
        else if (const auto* known = htmlEntityLookup(reinterpret_cast<const xmlChar*>(name.c_str())))
            code = known->value;
        else if (name == "apos")
            code = '\'';
        if (code == 0) {
            plain += match[0];
        } else {
            icu::UnicodeString(static_cast<UChar32>(code)).toUTF8String(plain);
        }
    }
    return plain.append(from, text.cend());
}

std::string without_tags(const std::string& text) {
    std::string plain;
    bool inside = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.compare(i, 9, "<![CDATA[") == 0) {
            i += 8;
        } else if (text.compare(i, 3, "]]>") == 0) {
            i += 2;
        } else if (text[i] == '<' || text[i] == '>') {
            inside = text[i] == '<';
        } else if (!inside) {
            plain += text[i];
        }
    }
    return plain;
}

std::string strings_of(const json& value) {
    if (value.is_string()) return value.get<std::string>() + "\n";
    std::string all;
    if (value.is_structured())
        for (const auto& one : value) all += strings_of(one);
    return all;
}

// The record's strings, or those of the whole file where the record is empty.
std::string text_of_json(const std::string& text, const std::string& record) {
    if (record.empty()) return strings_of(json::parse(text));
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        if (const json one = json::parse(line, nullptr, false);
            one.is_object() && one.value("id", json()) == record)
            return strings_of(one);
    return {};
}

std::string text_of_markup(const Gold& gold, std::string text) {
    if (!gold.record.empty()) {
        const std::size_t id = std::min(text.find(gold.record), text.size());
        const std::size_t begin = std::max(text.rfind("<item", id) + 1, text.rfind("<entry", id) + 1);
        text = text.substr(begin, std::min(text.find("</item>", id), text.find("</entry>", id)) - begin);
        text = undo_entities(text);
    }
    return undo_entities(without_tags(text));
}

std::string text_of(const Gold& gold) {
    std::string bytes = read_file(files / gold.file);
    if (gold.format() == "eml") bytes = undo_mail(bytes);
    const std::string text = utf8_of(bytes, gold.encoding);
    if (gold.format().starts_with("json")) return text_of_json(text, gold.record);
    if (gold.format() == "txt" || gold.format() == "eml") return text;
    if (gold.format() == "md") return std::regex_replace(text, std::regex(R"(\]\([^)\n]*\))"), "]");
    return text_of_markup(gold, text);
}

// Without white space, and for Markdown without its marks: what is compared.
std::string squeezed(const std::string& text, bool markdown) {
    const auto code_points = icu::UnicodeString::fromUTF8(text);
    icu::UnicodeString kept;
    for (std::int32_t i = 0; i < code_points.length(); i = code_points.moveIndex32(i, 1)) {
        const UChar32 c = code_points.char32At(i);
        const bool mark = markdown && c < 128 &&
                          std::string_view("*_`#>[]!-+").find(static_cast<char>(c)) != std::string_view::npos;
        if (!u_isUWhiteSpace(c) && c != 0xFEFF && !mark) kept.append(c);
    }
    std::string utf8;
    kept.toUTF8String(utf8);
    return utf8;
}

void check_stands(const std::vector<std::string>& passages, const std::string& text, bool markdown) {
    std::size_t from = 0;
    for (const std::string& passage : passages) {
        INFO(passage);
        const std::string wanted = squeezed(passage, markdown);
        CHECK_FALSE(wanted.empty());
        const std::size_t found = text.find(wanted, from);
        CHECK(found != std::string::npos);
        if (found != std::string::npos) from = found + wanted.size();
    }
}

void check_date(const Gold& gold) {
    static const std::map<std::string, std::regex> shapes{
        {"none", std::regex("")},
        {"year", std::regex("[0-9]{4}")},
        {"month", std::regex("[0-9]{4}-[01][0-9]")},
        {"day", std::regex("[0-9]{4}-[01][0-9]-[0-3][0-9]")}};
    static const std::set<std::string> sources{"",     "metadata", "byline",   "dateline",
                                               "text", "url",      "file-name"};
    REQUIRE(shapes.contains(gold.date_precision));
    CHECK(std::regex_match(gold.date_value, shapes.at(gold.date_precision)));
    CHECK(sources.contains(gold.date_source));
    CHECK(gold.date_source.empty() == (gold.date_value.empty() && gold.date_text.front().empty()));
}

}  // namespace

TEST_CASE("every gold line's story, furniture and title stand in its file, in its order", "[clippings]") {
    for (const Gold& gold : load_gold()) {
        INFO(gold.at << " " << gold.name());
        const bool markdown = gold.format() == "md";
        REQUIRE(fs::is_regular_file(files / gold.file));
        const std::string text = squeezed(text_of(gold), markdown);
        CHECK_FALSE(gold.body.empty());
        check_stands(gold.body, text, markdown);
        check_stands(gold.furniture, text, markdown);
        if (gold.format() != "eml")
            check_stands({gold.title.begin(), gold.title.begin() + (gold.title[0].empty() ? 0 : 1)}, text,
                         markdown);
    }
}

TEST_CASE("every gold line is of the form its README describes", "[clippings]") {
    const std::set<std::string> langs{"en", "tr", "de", "ru", "kk", "zh", "fr", "es", "uz"};
    const std::set<std::string> title_sources{"metadata", "heading", "first-line", "lead"};
    for (const Gold& gold : load_gold()) {
        INFO(gold.at << " " << gold.name());
        CHECK(langs.contains(gold.lang));
        CHECK_FALSE(gold.kind.empty());
        CHECK(title_sources.contains(gold.title_source));
        CHECK(gold.title[0].empty() == (gold.title_source == "lead"));
        check_date(gold);
    }
}

TEST_CASE("the gold set names each clipping once, and no group has a single member", "[clippings]") {
    std::set<std::string> names;
    std::set<std::string> named_files;
    std::map<std::string, int> groups;
    for (const Gold& gold : load_gold()) {
        INFO(gold.at << " " << gold.name());
        CHECK(names.insert(gold.name()).second);
        named_files.insert(gold.file);
        if (!gold.group.empty()) ++groups[gold.group];
    }
    for (const auto& entry : fs::recursive_directory_iterator(files)) {
        INFO(entry.path());
        if (entry.is_regular_file()) CHECK(named_files.contains(fs::relative(entry.path(), files)));
    }
    for (const auto& [label, members] : groups) {
        INFO(label);
        CHECK(members >= 2);
    }
}
