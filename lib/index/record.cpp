#include "izde/index/record.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include <xxhash.h>

#include "izde/varint.hpp"

#include "index/schema.hpp"

namespace izde::index {
namespace {

struct StoredField {
    char tag;
    std::string Document::*member;
};

constexpr char group_tag = 'g', body_tag = 'b';

constexpr std::array<StoredField, 17> fields{{
    {'i', &Document::id},
    {'p', &Document::path},
    {'r', &Document::record},
    {'u', &Document::url},
    {'t', &Document::title},
    {'T', &Document::title_source},
    {body_tag, &Document::body},
    {'l', &Document::lang},
    {'f', &Document::format},
    {'e', &Document::encoding},
    {'a', &Document::author},
    {'A', &Document::author_source},
    {'P', &Document::place},
    {'w', &Document::place_source},
    {'s', &Document::source},
    {'S', &Document::source_source},
    {group_tag, &Document::group},
}};

constexpr std::array<std::pair<char, std::string Date::*>, 3> date_fields{{
    {'d', &Date::value},
    {'D', &Date::source},
    {'x', &Date::text},
}};

constexpr char boilerplate_tag = 'B';
constexpr char precision_tag = 'y';
constexpr char similar_tag = 'n';
constexpr char first_seen_tag = 'F';

void write_field(std::string& out, char tag, std::string_view value) {
    if (value.empty()) return;
    out += tag;
    put_varint(out, value.size());
    out += value;
}

struct RawField {
    char tag = 0;
    std::string_view value;
};

// Takes one from the front of `bytes`, which are some; what could not be read as one is taken as well.
std::optional<RawField> take_field(std::string_view& bytes) {
    RawField field{bytes.front(), {}};
    bytes.remove_prefix(1);
    const auto length = take_varint(bytes);
    if (!length || *length > bytes.size()) return std::nullopt;
    field.value = bytes.substr(0, *length);
    bytes.remove_prefix(*length);
    return field;
}

std::uint64_t number_of(std::string_view digits) {
    std::uint64_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

// As schema::in_bytes() writes them.
std::uint32_t number_in(std::string_view bytes) {
    std::uint32_t number = 0;
    for (const char byte : bytes) number = number << 8U | static_cast<unsigned char>(byte);
    return number;
}

// "OFFSET text": where it stood, and what.
Furniture read_furniture(std::string_view value) {
    const std::size_t space = std::min(value.find(' '), value.size());
    const std::string_view text = value.substr(std::min(space + 1, value.size()));
    return {std::string(text), static_cast<std::size_t>(number_of(value.substr(0, space)))};
}

void assign(Document& document, const RawField& field) {
    for (const auto& [tag, member] : fields)
        if (tag == field.tag) return static_cast<void>(document.*member = field.value);
    for (const auto& [tag, member] : date_fields)
        if (tag == field.tag) return static_cast<void>(document.date.*member = field.value);
    if (field.tag == boilerplate_tag) document.boilerplate.push_back(read_furniture(field.value));
    if (field.tag == similar_tag) document.similar = number_of(field.value);
    if (field.tag == first_seen_tag) document.first_seen = number_in(field.value);
    if (field.tag == precision_tag && field.value.size() == 1)
        document.date.precision = static_cast<Precision>((field.value.front() - '0') & 3);
}

// That all but the body mostly take.
constexpr std::size_t head_bytes = 512;

std::string write_fields(const Document& document, bool with_body) {
    std::string bytes;
    bytes.reserve(head_bytes + (with_body ? document.body.size() : 0));
    for (const auto& [tag, member] : fields)
        if (tag != body_tag || with_body) write_field(bytes, tag, document.*member);
    for (const auto& [tag, member] : date_fields) write_field(bytes, tag, document.date.*member);
    for (const auto& [text, at] : document.boilerplate)
        write_field(bytes, boilerplate_tag, std::to_string(at).append(" ").append(text));
    if (document.similar > 0) write_field(bytes, similar_tag, std::to_string(document.similar));
    if (document.first_seen > 0) write_field(bytes, first_seen_tag, schema::in_bytes(document.first_seen));
    write_field(bytes, precision_tag, std::to_string(static_cast<int>(document.date.precision)));
    return bytes;
}

}  // namespace

std::string write_record(const Document& document) {
    return write_fields(document, true);
}

std::string write_head(const Document& document) {
    return write_fields(document, false);
}

Result<Document> read_record(std::string_view bytes) {
    Document document;
    document.lang.clear();
    while (!bytes.empty()) {
        const auto field = take_field(bytes);
        if (!field)
            return fail(Errc::index_corrupt, "a stored document is damaged", "run: izde-indexer check");
        assign(document, *field);
    }
    return document;
}

std::uint64_t content_of(const Document& document) {
    std::uint64_t sum = static_cast<std::uint64_t>(document.date.precision);
    const auto add = [&](const std::string& value) {
        sum = XXH3_64bits_withSeed(value.data(), value.size(), sum);
    };
    for (const auto& [tag, member] : fields)
        if (tag != group_tag) add(document.*member);
    for (const auto& [tag, member] : date_fields) add(document.date.*member);
    for (const auto& [text, at] : document.boilerplate) {
        add(std::to_string(at));
        add(text);
    }
    return sum;
}

}  // namespace izde::index
