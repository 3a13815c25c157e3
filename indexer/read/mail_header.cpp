// GMime parses addresses and dates. Encoded words are decoded here, by the converters that decode
// texts: senders label GBK as GB2312 and part a character over two words, which iconv refuses.
#include "read/mail_header.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include <gmime/gmime.h>

#include "clip/date.hpp"
#include "read/encoding.hpp"
#include "read/tidy.hpp"

namespace izde::read {
namespace {

constexpr std::string_view white = " \t\r\n";

constexpr auto reply_marks = std::to_array<std::string_view>(
    {"re",    "fwd",   "fw",   "aw",   "wg",     "sv",     "ynt",       "ilt",   "Ответ",
     "ответ", "ОТВЕТ", "Отв",  "отв",  "Пересл", "пересл", "Переслать", "Жауап", "жауап",
     "转发",  "轉寄",  "轉發", "回复", "回覆",   "答复",   "答覆"});

// What stands between the words of a header: plain text, or encoded words that follow each other.
struct Piece {
    std::string text;
    bool is_encoded = false;
};

struct Word {
    std::string charset;
    std::string bytes;
    std::size_t end = 0;  // behind it in the header
};

std::string unpacked(std::string text, bool is_base64) {
    if (is_base64)
        text.append((4 - text.size() % 4) % 4, '=');
    else
        std::replace(text.begin(), text.end(), '_', ' ');
    GMimeEncoding state;
    g_mime_encoding_init_decode(&state, is_base64 ? GMIME_CONTENT_ENCODING_BASE64
                                                  : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    std::string bytes(g_mime_encoding_outlen(&state, text.size()), '\0');
    bytes.resize(g_mime_encoding_flush(&state, text.data(), text.size(), bytes.data()));
    return bytes;
}

// =?charset*language?B?text?=
std::optional<Word> word_at(std::string_view raw, std::size_t at) {
    if (!raw.substr(at).starts_with("=?")) return std::nullopt;
    constexpr std::size_t longest_charset = 60;
    const std::size_t charset_end = raw.substr(0, at + 2 + longest_charset).find('?', at + 2);
    if (charset_end == std::string_view::npos || charset_end + 3 > raw.size() || raw[charset_end + 2] != '?')
        return std::nullopt;
    const std::string kind = ascii_lower(raw.substr(charset_end + 1, 1));
    if (kind != "b" && kind != "q") return std::nullopt;
    const std::size_t begin = charset_end + 3;
    const std::size_t end = raw.find("?=", begin);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view charset = raw.substr(at + 2, charset_end - at - 2);
    return Word{std::string(charset.substr(0, charset.find('*'))),
                unpacked(std::string(raw.substr(begin, end - begin)), kind == "b"), end + 2};
}

// The words from `at` on; a character may be parted between two of one charset.
std::string decode_words(std::string_view raw, std::size_t& at) {
    std::string text;
    std::string charset;
    std::string bytes;
    const auto flush = [&] {
        if (bytes.empty()) return;
        const auto declared = decode_declared(bytes, charset);
        text += declared ? *declared : decode(bytes, charset).text;
        bytes.clear();
    };
    for (std::size_t next = at; next != std::string_view::npos; next = raw.find_first_not_of(white, at)) {
        const auto word = word_at(raw, next);
        if (!word) break;
        if (ascii_lower(word->charset) != ascii_lower(charset)) flush();
        charset = word->charset;
        bytes += word->bytes;
        at = word->end;
    }
    flush();
    return text;
}

std::vector<Piece> pieces_of(std::string_view raw, std::string_view hint) {
    std::vector<Piece> pieces;
    std::size_t plain = 0;
    const auto add_plain = [&](std::size_t end) {
        if (end > plain) pieces.push_back({decode(raw.substr(plain, end - plain), hint).text, false});
    };
    for (std::size_t at = raw.find("=?"); at != std::string_view::npos; at = raw.find("=?", at)) {
        const std::size_t begin = at;
        std::string text = decode_words(raw, at);
        if (at == begin) {
            at += 2;
            continue;
        }
        add_plain(begin);
        pieces.push_back({std::move(text), true});
        plain = at;
    }
    add_plain(raw.size());
    return pieces;
}

void append_escaped(std::string& text, std::string_view added, std::string_view special) {
    for (const char c : added) {
        if (special.find(c) != std::string_view::npos) text += '\\';
        text += c == '\n' ? ' ' : c;
    }
}

// The header with its words decoded, and quoted so that a comma in a name does not part it.
std::string quoted(const std::vector<Piece>& pieces) {
    std::string text;
    bool in_quotes = false;
    std::size_t comments = 0;
    for (const Piece& piece : pieces) {
        if (piece.is_encoded) {
            const bool alone = !in_quotes && comments == 0;
            text += alone ? "\"" : "";
            append_escaped(text, piece.text, comments > 0 ? "()\\" : "\"\\");
            text += alone ? "\"" : "";
            continue;
        }
        for (std::size_t i = 0; i < piece.text.size(); ++i) {
            const char c = piece.text[i];
            if (c == '"' && comments == 0) in_quotes = !in_quotes;
            if (c == '(' && !in_quotes) ++comments;
            if (c == ')' && !in_quotes && comments > 0) --comments;
            text += c;
            if (c == '\\' && i + 1 < piece.text.size()) text += piece.text[++i];
        }
    }
    return text;
}

std::string without_quotes(std::string name) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> pairs{
        {{"'", "'"}, {"\"", "\""}, {"“", "”"}, {"<", ">"}}};
    for (const auto& [open, close] : pairs)
        if (name.size() > open.size() + close.size() && name.starts_with(open) && name.ends_with(close))
            name = one_line(name.substr(open.size(), name.size() - open.size() - close.size()));
    return name;
}

std::string name_of(InternetAddress* address) {
    const char* given = internet_address_get_name(address);
    std::string name = without_quotes(one_line(given == nullptr ? "" : given));
    if (!INTERNET_ADDRESS_IS_MAILBOX(address)) return name;
    const char* known = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address));
    const std::string mailbox = one_line(known == nullptr ? "" : known);
    return name.empty() || ascii_lower(name) == ascii_lower(mailbox) ? mailbox : name;
}

// GMime's parsers look for its defaults.
void initialize() {
    static const bool initialized = (g_mime_init(), true);
    static_cast<void>(initialized);
}

std::size_t mark_end(std::string_view subject) {
    const std::string lower = ascii_lower(subject.substr(0, 8));
    std::size_t at = 0;
    for (const auto mark : reply_marks)
        if (subject.starts_with(mark) || lower.starts_with(mark)) at = std::max(at, mark.size());
    if (at == 0) return 0;
    // "Re[2]:", "Re (3):"
    at = std::min(subject.find_first_not_of(" []()0123456789", at), subject.size());
    for (const std::string_view colon : {":", "："})
        if (subject.substr(at).starts_with(colon)) return at + colon.size();
    return 0;
}

}  // namespace

std::string header_text(std::string_view raw, std::string_view hint) {
    std::string text;
    for (const Piece& piece : pieces_of(raw, hint)) text += piece.text;
    return one_line(text);
}

std::string header_names(std::string_view raw, std::string_view hint) {
    constexpr int most_names = 20;
    initialize();
    const std::string text = one_line(quoted(pieces_of(raw, hint)));
    const std::unique_ptr<InternetAddressList, decltype(&g_object_unref)> list(
        internet_address_list_parse(nullptr, text.c_str()), &g_object_unref);
    std::string names;
    const int count = list ? std::min(internet_address_list_length(list.get()), most_names) : 0;
    for (int i = 0; i < count; ++i) {
        const std::string name = name_of(internet_address_list_get_address(list.get(), i));
        if (!name.empty()) names.append(names.empty() ? "" : ", ").append(name);
    }
    return names;
}

index::Date header_date(std::string_view raw) {
    index::Date date = clip::read_date(raw, "metadata");
    if (date.precision == index::Precision::day) return date;
    initialize();
    const std::unique_ptr<GDateTime, decltype(&g_date_time_unref)> time(
        g_mime_utils_header_decode_date(date.text.c_str()), &g_date_time_unref);
    if (!time) return date;
    const std::unique_ptr<char, decltype(&g_free)> day(g_date_time_format(time.get(), "%Y-%m-%d"), &g_free);
    index::Date found = clip::read_date(day ? day.get() : "", "metadata");
    found.text = std::move(date.text);
    return found;
}

std::string header_address(std::string_view raw) {
    std::string text = header_text(raw);
    if (text.starts_with('<')) text = text.substr(1, text.find('>') - 1);
    return web_address(text);
}

std::string without_reply_marks(std::string_view subject) {
    std::string_view rest = subject;
    for (std::size_t end = mark_end(rest); end != 0; end = mark_end(rest)) {
        rest.remove_prefix(end);
        rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    }
    return std::string(rest.empty() ? subject : rest);
}

}  // namespace izde::read
