// The readers of the single formats. Each hands over every document, or every reason why not.
#pragma once

#include <istream>
#include <string>
#include <string_view>

#include "read/read.hpp"

namespace izde::read {

// At most `limit` bytes and one more, which tells that there are too many.
std::string read_bytes(std::istream& in, std::size_t limit);

void read_plain(std::string_view bytes, const Origin& origin, const Sink& sink);
void read_markdown(std::string_view bytes, const Origin& origin, const Sink& sink);
void read_html(std::string_view bytes, const Origin& origin, const Sink& sink);
void read_json(std::string_view bytes, const Origin& origin, const Sink& sink);
void read_mail(std::string_view bytes, const Origin& origin, const Sink& sink);

void read_pdf(std::string_view bytes, const Origin& origin, const Sink& sink);
void read_rtf(std::string_view bytes, const Origin& origin, const Sink& sink);

// Zips of XML or HTML; read part by part where the stream can go back and forth.
void read_docx(std::istream& in, const Origin& origin, const Sink& sink);
void read_odt(std::istream& in, const Origin& origin, const Sink& sink);
void read_epub(std::istream& in, const Origin& origin, const Sink& sink);

// What is in a .gz or .zst; the path without its ending tells the format.
void read_packed(std::istream& in, const Origin& origin, const Sink& sink);

// Each file in it by its own name, which becomes the record: "2024/a.txt", "2024/b.jsonl#17". What izde
// does not read is passed over.
void read_zip(std::istream& in, const Origin& origin, const Sink& sink);

// Loads what poppler would open files for later.
void prepare_pdf();

// Which of the formats a feed is in, RSS or Atom, is told by its root. XML that breaks gives the
// entries before the break and one Error.
void read_feed(std::string_view bytes, const Origin& origin, const Sink& sink);

// Line by line, so that memory is bounded by the longest line, not by the file.
void read_json_lines(std::istream& in, const Origin& origin, const Sink& sink);

// Tables, row by row. The first line names the columns, as records name their fields; capitals do
// not matter. `format` is csv or tsv: which delimiter to believe where both would do.
void read_csv(std::istream& in, Format format, const Origin& origin, const Sink& sink);

// Mail by mail. A record is known by its Message-ID, or its number where that is missing or taken.
void read_mbox(std::istream& in, const Origin& origin, const Sink& sink);

}  // namespace izde::read
