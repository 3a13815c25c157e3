#include "read/read.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <span>

#include "read/formats.hpp"
#include "read/lines.hpp"
#include "read/tidy.hpp"
#include "read/unpack.hpp"

namespace izde::read {
namespace {

struct Ending {
    std::string_view ending;
    Format format;
};

constexpr auto readable = std::to_array<Ending>(
    {{"txt", Format::text},          {"text", Format::text},      {"md", Format::markdown},
     {"markdown", Format::markdown}, {"mdown", Format::markdown}, {"mkd", Format::markdown},
     {"html", Format::html},         {"htm", Format::html},       {"xhtml", Format::html},
     {"shtml", Format::html},        {"json", Format::json},      {"jsonl", Format::json_lines},
     {"ndjson", Format::json_lines}, {"jl", Format::json_lines},  {"csv", Format::csv},
     {"tsv", Format::tsv},           {"tab", Format::tsv},        {"eml", Format::mail},
     {"mbox", Format::mbox},         {"mbx", Format::mbox},       {"rss", Format::rss},
     {"atom", Format::atom},         {"pdf", Format::pdf},        {"docx", Format::docx},
     {"docm", Format::docx},         {"dotx", Format::docx},      {"odt", Format::odt},
     {"ott", Format::odt},           {"epub", Format::epub},      {"rtf", Format::rtf},
     {"gz", Format::gzip},           {"zst", Format::zstd},       {"zip", Format::zip}});

// Much is XML; of these only what shows to be a feed by its first bytes is read.
constexpr auto maybe_feeds = std::to_array<std::string_view>({"rdf", "xml"});

// Some would pass for text by their first bytes and be read as gibberish.
constexpr auto not_read = std::to_array<std::string_view>(
    {"jpg", "jpeg",   "png", "gif", "webp", "svg",  "bmp",   "tif",  "tiff", "ico",  "heic", "avif",  "psd",
     "mp3", "mp4",    "wav", "ogg", "flac", "m4a",  "avi",   "mkv",  "mov",  "webm", "bz2",  "xz",    "7z",
     "rar", "tar",    "tgz", "jar", "iso",  "exe",  "dll",   "so",   "o",    "a",    "bin",  "class", "pyc",
     "db",  "sqlite", "doc", "xls", "xlsx", "ods",  "ppt",   "pptx", "odp",  "mobi", "djvu", "ps",    "css",
     "js",  "mjs",    "map", "ttf", "otf",  "woff", "woff2", "lock", "tmp",  "bak",  "swp"});

std::string ending_of(std::string_view path) {
    const std::string_view name = path.substr(path.rfind('/') + 1);
    const std::size_t dot = name.rfind('.');
    return dot == std::string_view::npos || dot == 0 ? std::string() : ascii_lower(name.substr(dot + 1));
}

bool is_wide_text(std::string_view bytes) {
    return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
}

// By the root element, wherever a declaration and comments let it begin.
std::optional<Format> feed_of(std::string_view bytes) {
    std::string head = ascii_lower(bytes);
    head.erase(std::remove(head.begin(), head.end(), '\0'), head.end());  // of UTF-16
    const auto has = [&](std::string_view root) {
        const std::size_t at = head.find(root);
        const std::size_t end = at == std::string::npos ? at : at + root.size();
        return end < head.size() && std::string_view(" \t\r\n>").find(head[end]) != std::string_view::npos;
    };
    if (has("<rss") || has("<rdf:rdf")) return Format::rss;
    return has("<feed") ? std::optional(Format::atom) : std::nullopt;
}

// By the first file in it: the formats that are zips want theirs to be telling.
std::optional<Format> zip_of(std::string_view bytes) {
    const auto has = [&](std::string_view part) { return bytes.find(part) != std::string_view::npos; };
    const std::string_view first = bytes.substr(std::min<std::size_t>(30, bytes.size()), 80);
    if (first.starts_with("mimetypeapplication/epub+zip")) return Format::epub;
    if (first.starts_with("mimetypeapplication/vnd.oasis.opendocument.text")) return Format::odt;
    const bool is_office = has("[Content_Types].xml") || has("_rels/.rels");
    return is_office && has("word/") ? std::optional(Format::docx) : std::nullopt;
}

// Of documents by programs: what they are shows, whatever they are called.
std::optional<Format> signed_format(std::string_view bytes) {
    if (bytes.starts_with("%PDF-")) return Format::pdf;
    if (bytes.starts_with("{\\rtf")) return Format::rtf;
    return bytes.starts_with("PK\x03\x04") ? zip_of(bytes) : std::nullopt;
}

bool has_signature(Format format) {
    return format == Format::pdf || format == Format::docx || format == Format::odt ||
           format == Format::epub || format == Format::rtf;
}

bool is_in(std::string_view ending, std::span<const std::string_view> endings) {
    return std::ranges::find(endings, ending) != endings.end();
}

std::optional<Format> format_of(std::string_view bytes) {
    if (const auto format = signed_format(bytes)) return format;
    constexpr auto signatures = std::to_array<std::string_view>({"\x89PNG", "GIF8", "PK\x03\x04",
                                                                 "\x7F"
                                                                 "ELF"});
    for (const auto signature : signatures)
        if (bytes.starts_with(signature)) return std::nullopt;
    if (is_wide_text(bytes)) return Format::text;
    const auto controls = std::count_if(bytes.begin(), bytes.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x09 || (byte > 0x0D && byte < 0x20 && byte != 0x1B);
    });
    if (static_cast<std::size_t>(controls) * 50 > bytes.size()) return std::nullopt;
    const std::size_t start = std::min(bytes.find_first_not_of("\xEF\xBB\xBF \t\r\n"), bytes.size());
    const std::string head = ascii_lower(bytes.substr(start, 256));
    const bool is_page = head.starts_with("<!doctype html") || head.starts_with("<html") ||
                         (head.starts_with("<?xml") && head.find("<html") != std::string::npos);
    if (is_page) return Format::html;
    const bool is_xml = head.starts_with("<?xml") || head.starts_with("<rss") || head.starts_with("<feed");
    return is_xml ? feed_of(bytes).value_or(Format::text) : Format::text;
}

}  // namespace

std::string read_bytes(std::istream& in, std::size_t limit) {
    std::string bytes;
    constexpr std::size_t piece_bytes = 64u << 10;
    const auto piece = std::make_unique_for_overwrite<char[]>(piece_bytes);
    while (bytes.size() <= limit) {
        in.read(piece.get(), static_cast<std::streamsize>(std::min(piece_bytes, limit + 1 - bytes.size())));
        bytes.append(piece.get(), static_cast<std::size_t>(in.gcount()));
        if (!in) break;
    }
    return bytes;
}

std::string_view to_string(Format format) {
    constexpr auto names = std::to_array<std::string_view>(
        {"txt", "markdown", "html", "json", "jsonl", "csv", "tsv", "eml", "mbox", "rss", "atom", "pdf",
         "docx", "odt", "epub", "rtf", "gz", "zst", "zip"});
    return names.at(static_cast<std::size_t>(format));
}

std::optional<Format> choose_format(std::string_view path, std::string_view first_bytes) {
    const std::string ending = ending_of(path);
    for (const auto& [known, format] : readable) {
        if (ending != known) continue;
        const bool is_packed = format == Format::gzip || format == Format::zstd;
        if (is_packed && is_in(ending_of(path.substr(0, path.rfind('.'))), not_read)) return std::nullopt;
        return has_signature(format) ? signed_format(first_bytes).value_or(format) : format;
    }
    if (is_in(ending, maybe_feeds)) return feed_of(first_bytes);
    // Much that is called .doc is RTF.
    if (is_in(ending, not_read)) return ending == "doc" ? signed_format(first_bytes) : std::nullopt;
    return format_of(first_bytes);
}

void read(Format format, std::istream& in, const Origin& origin, const Sink& sink) {
    if (format == Format::json_lines) return read_json_lines(in, origin, sink);
    if (format == Format::csv || format == Format::tsv) return read_csv(in, format, origin, sink);
    if (format == Format::mbox) return read_mbox(in, origin, sink);
    if (format == Format::docx) return read_docx(in, origin, sink);
    if (format == Format::odt) return read_odt(in, origin, sink);
    if (format == Format::epub) return read_epub(in, origin, sink);
    if (format == Format::gzip || format == Format::zstd) return read_packed(in, origin, sink);
    if (format == Format::zip) return read_zip(in, origin, sink);
    const bool holds_more = format == Format::pdf || format == Format::mail;
    const std::size_t most = holds_more ? max_file_bytes : max_document_bytes;
    const std::string bytes = read_bytes(in, most);
    if (in.bad()) return sink(fail(Errc::bad_document, "the file cannot be read to its end"));
    if (bytes.size() > most) return sink(fail(Errc::bad_document, over_limit("larger", most)));
    switch (format) {
    case Format::text:
        return read_plain(bytes, origin, sink);
    case Format::markdown:
        return read_markdown(bytes, origin, sink);
    case Format::html:
        return read_html(bytes, origin, sink);
    case Format::json:
        return read_json(bytes, origin, sink);
    case Format::mail:
        return read_mail(bytes, origin, sink);
    case Format::rss:
    case Format::atom:
        return read_feed(bytes, origin, sink);
    case Format::pdf:
        return read_pdf(bytes, origin, sink);
    case Format::rtf:
        return read_rtf(bytes, origin, sink);
    default:  // read as streams, above
        break;
    }
}

void prepare_readers() {
    prepare_pdf();
    prepare_unpacking();
}

}  // namespace izde::read
