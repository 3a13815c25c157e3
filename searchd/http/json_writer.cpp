// What it writes is what nlohmann's dump() would; json_writer_test.cpp holds them against each other.
#include "http/json_writer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

#include "izde/eight.hpp"
#include "izde/text/utf8.hpp"

namespace izde::http {
namespace {

// Beyond these a number is shorter with an exponent.
constexpr double smallest_plain = 1e-4, largest_plain = 1e15;

constexpr unsigned char first_printable = 0x20, last_of_ascii = 0x7F;

constexpr std::array<bool, 256> is_plain = [] {
    std::array<bool, 256> plain{};
    for (unsigned char c = first_printable; c <= last_of_ascii; ++c) plain[c] = true;
    plain['"'] = plain['\\'] = false;
    return plain;
}();

// Of eight bytes: where one must be escaped, unless it is beyond ASCII.
std::uint64_t escaped(std::uint64_t all) {
    return eight::below(all, first_printable) | eight::equal(all, '"') | eight::equal(all, '\\');
}

// Behind what begins the text and is written as it stands: ASCII that needs no escape.
std::size_t plain_end(std::string_view text, std::size_t at) {
    while (at + eight::size <= text.size()) {
        const auto all = eight::load(text.data() + at);
        if (eight::any(all | escaped(all))) break;
        at += eight::size;
    }
    while (at < text.size() && is_plain[static_cast<unsigned char>(text[at])]) ++at;
    return at;
}

enum class Copied : std::uint8_t { ascii, beyond_ascii, not_all };

// Of what needs no escape.
Copied copy_as_it_stands(std::string_view text, char* to) {
    std::uint64_t seen = 0;
    const auto copy = [&](std::size_t at) {
        const auto all = eight::load(text.data() + at);
        seen |= all;
        std::memcpy(to + at, &all, eight::size);
        return !eight::any(escaped(all));
    };
    std::size_t at = 0;
    for (; at + eight::size <= text.size(); at += eight::size)
        if (!copy(at)) return Copied::not_all;
    if (at < text.size() && at > 0) {
        if (!copy(text.size() - eight::size)) return Copied::not_all;
        at = text.size();
    }
    for (; at < text.size(); ++at) {
        const auto c = static_cast<unsigned char>(text[at]);
        if (!is_plain[c] && c <= last_of_ascii) return Copied::not_all;
        seen |= c;
        to[at] = text[at];
    }
    return eight::any(seen) ? Copied::beyond_ascii : Copied::ascii;
}

void append_unit(std::string& json, unsigned unit) {
    constexpr std::string_view digits = "0123456789abcdef";
    json.append({'\\', 'u', digits[unit >> 12U & 15U], digits[unit >> 8U & 15U], digits[unit >> 4U & 15U],
                 digits[unit & 15U]});
}

void append_escape(std::string& json, unsigned char c) {
    constexpr std::string_view signs = "\"\\\b\f\n\r\t", letters = "\"\\bfnrt";
    if (const auto at = signs.find(static_cast<char>(c)); at != std::string_view::npos)
        json.append({'\\', letters[at]});
    else
        append_unit(json, c);
}

void append_utf8_text(std::string& json, std::string_view text) {
    std::size_t kept = 0;  // up to here
    for (std::size_t at = plain_end(text, 0); at < text.size(); at = plain_end(text, at + 1)) {
        const auto c = static_cast<unsigned char>(text[at]);
        if (c > last_of_ascii) continue;
        json.append(text, kept, at - kept);
        append_escape(json, c);
        kept = at + 1;
    }
    json.append(text, kept);
}

// How many bytes the code point has that begins so, in valid UTF-8.
std::size_t length_of(unsigned char first) {
    if (first < 0x80) return 1;
    if (first < 0xE0) return 2;
    return first < 0xF0 ? 3 : 4;
}

void append_ascii_text(std::string& json, std::string_view text) {
    constexpr std::array<unsigned, 5> mask = {0, 0x7F, 0x1F, 0x0F, 0x07};
    for (std::size_t at = 0; at < text.size();) {
        const auto first = static_cast<unsigned char>(text[at]);
        const auto length = length_of(first);
        unsigned code = first & mask.at(length);
        for (std::size_t i = 1; i < length; ++i)
            code = code << 6U | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
        at += length;
        if (code < last_of_ascii && is_plain[code]) {
            json += static_cast<char>(code);
        } else if (code < last_of_ascii) {
            append_escape(json, first);
        } else if (code < 0x10000) {
            append_unit(json, code);
        } else {
            append_unit(json, 0xD800 + ((code - 0x10000) >> 10U));
            append_unit(json, 0xDC00 + ((code - 0x10000) & 0x3FFU));
        }
    }
}

void append_valid(std::string& json, std::string_view text, JsonWriter::Letters letters) {
    letters == JsonWriter::Letters::utf8 ? append_utf8_text(json, text) : append_ascii_text(json, text);
}

// repair_utf8 leaves out NUL, which JSON has a way to say.
void append_repaired(std::string& json, std::string_view text, JsonWriter::Letters letters) {
    for (std::size_t begin = 0;;) {
        const auto end = std::min(text.find('\0', begin), text.size());
        append_valid(json, text::repair_utf8(text.substr(begin, end - begin)), letters);
        if (end == text.size()) return;
        append_escape(json, '\0');
        begin = end + 1;
    }
}

}  // namespace

char* JsonWriter::room(std::size_t bytes) {
    if (text_.size() - size_ < bytes) text_.resize(std::max(2 * text_.size(), size_ + bytes));
    return text_.data() + size_;
}

void JsonWriter::end_at(const char* end) {
    size_ = static_cast<std::size_t>(end - text_.data());
}

std::string JsonWriter::take() {
    text_.resize(std::exchange(size_, 0));
    return std::move(text_);
}

char* JsonWriter::separated(char* at) {
    if (!std::exchange(is_first_, false)) *at++ = ',';
    return at;
}

void JsonWriter::append(std::string_view bytes) {
    end_at(std::ranges::copy(bytes, room(bytes.size())).out);
}

void JsonWriter::open(char bracket) {
    put({&bracket, 1});
    is_first_ = true;
}

void JsonWriter::close(char bracket) {
    append({&bracket, 1});
    is_first_ = false;
}

void JsonWriter::put(std::string_view token) {
    end_at(std::ranges::copy(token, separated(room(token.size() + 1))).out);
}

void JsonWriter::name(Name name) {
    constexpr std::size_t signs = 4;
    auto* at = separated(room(name.text.size() + signs));
    *at++ = '"';
    at = std::ranges::copy(name.text, at).out;
    *at++ = '"';
    *at++ = ':';
    end_at(at);
    is_first_ = true;
}

void JsonWriter::any_name(std::string_view name) {
    value(name);
    append(":");
    is_first_ = true;
}

void JsonWriter::value(std::string_view text) {
    // In ASCII, DEL is escaped too.
    const bool may_stand = letters_ == Letters::utf8 || text.find(last_of_ascii) == std::string_view::npos;
    if (!may_stand || !put_as_it_stands(text)) put_any(text);
}

bool JsonWriter::put_as_it_stands(std::string_view text) {
    constexpr std::size_t signs = 3;
    auto* at = room(text.size() + signs);
    if (!is_first_) *at++ = ',';
    *at++ = '"';
    const auto copied = copy_as_it_stands(text, at);
    const bool is_good = copied == Copied::ascii || (copied == Copied::beyond_ascii &&
                                                     letters_ == Letters::utf8 && text::is_valid_utf8(text));
    if (!is_good) return false;
    at += text.size();
    *at++ = '"';
    end_at(at);
    is_first_ = false;
    return true;
}

void JsonWriter::put_any(std::string_view text) {
    std::string json;
    if (text::is_valid_utf8(text))
        append_valid(json, text, letters_);
    else
        append_repaired(json, text, letters_);
    put("\"");
    append(json);
    append("\"");
}

template <class Number>
void JsonWriter::whole(Number number) {
    std::array<char, std::numeric_limits<Number>::digits10 + 3> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    put({digits.data(), end});
}
template void JsonWriter::whole(std::int64_t number);
template void JsonWriter::whole(std::uint64_t number);

void JsonWriter::value(double number) {
    if (!std::isfinite(number)) return put("null");
    const auto size = std::abs(number);
    const bool is_fixed = size == 0 || (size >= smallest_plain && size < largest_plain);
    std::array<char, 32> digits{};
    auto* end = std::to_chars(digits.data(), digits.data() + digits.size() - 2, number,
                              is_fixed ? std::chars_format::fixed : std::chars_format::scientific)
                    .ptr;
    const std::string_view written(digits.data(), end);
    if (is_fixed && written.find('.') == std::string_view::npos) {
        *end++ = '.';
        *end++ = '0';
    }
    put({digits.data(), end});
}

}  // namespace izde::http
