// From bytes to documents, one function per format. None touches the file system.
#pragma once

#include <functional>
#include <istream>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "izde/index/document.hpp"
#include "izde/result.hpp"

namespace izde::read {

enum class Format {
    text,
    markdown,
    html,
    json,
    json_lines,
    csv,
    tsv,
    mail,
    mbox,
    rss,
    atom,
    pdf,
    docx,
    odt,
    epub,
    rtf,
    gzip,  // of these three, what is in them is a document, and has its own format
    zstd,
    zip
};
std::string_view to_string(Format format);  // as Document::format and the `format` filter name it

// Where the bytes come from and how its records are to be understood.
struct Origin {
    std::string path;                                // relative to the source, with '/'
    std::map<std::string, std::string> field_names;  // own record key → izde's ("headline" → "title")
};

// Is given each document as it is read, or why one could not be read; reading goes on after that.
// A Document comes without id; lang is "und" unless the document itself declares one. An Error of
// a record carries the record's place ("line 12") in its message, not the path.
using Sink = std::function<void(Result<index::Document>)>;

// By the file's name first, by its first bytes (up to 4 KiB) where the name says nothing. Empty:
// not a document izde reads (an image, a program, ...).
std::optional<Format> choose_format(std::string_view path, std::string_view first_bytes);

// Reads one file of any format. A file larger than max_document_bytes is handed over as an Error; of
// JSON Lines, tables and mailboxes it is a line, a row or a mail, and what follows is read. What is packed
// is unpacked piece by piece, and ends with an Error where it grows beyond its bounds (docs/formats.md).
// A document can be followed by an Error that says what of it could not be read.
inline constexpr std::size_t max_document_bytes = 32u << 20;
// The same of what holds more than text: PDFs, mails, office files.
inline constexpr std::size_t max_file_bytes = 64u << 20;
inline constexpr std::size_t max_unpacked_bytes = 256u << 20;  // of a .gz, .zst or .zip, in all
inline constexpr std::size_t max_unpacked_ratio = 200;         // beyond the first MiB
void read(Format format, std::istream& in, const Origin& origin, const Sink& sink);

// Loads what libraries would open files for later: for processes that will not be allowed to. Once, before
// there are threads; reading works without it, but knows fewer of the encodings of Chinese, Japanese and
// Korean PDFs where it may open nothing.
void prepare_readers();

// What such a process should be allowed to open for reading: the tables of these encodings, of which
// there are too many to load before. No secrets are in it.
inline constexpr const char* tables_folder = "/usr/share/poppler";

}  // namespace izde::read
