// What word processors' files have in common: the flow of their text, and what they declare.
#pragma once

#include <cstddef>
#include <istream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "read/flow.hpp"
#include "read/read.hpp"
#include "read/xml.hpp"

namespace izde::read {

// Text of one document beyond this is cut, and said to be.
inline constexpr std::size_t most_text_bytes = 16u << 20;

// Paragraphs, tables and notes put in their places: a row of a table is a line, its cells stand
// between tabs, notes follow the text.
class OfficeText {
  public:
    void text(std::string_view text);
    void tab() { text("\t"); }
    void chapter(std::string_view lines);  // paragraphs already, with their line ends
    void line_break() { flow().break_line(); }

    void open_paragraph();
    void mark_heading() { is_heading_ = true; }  // the paragraph at hand
    void close_paragraph();

    void open_table() { between_blocks(); }
    void close_table() { between_blocks(); }
    void open_row() { flow().break_line(); }
    void open_cell();
    void close_cell();

    void open_note();
    void close_note();

    const std::string& heading() const { return heading_; }  // the first one; empty: none
    bool is_cut() const { return is_cut_; }
    bool is_empty() const { return body_.size() + notes_.size() == 0; }
    std::string take();  // as index::Document::body

  private:
    Flow& flow() { return in_note_ ? notes_ : body_; }
    void between_blocks();
    bool has_room(std::size_t bytes);

    Flow body_;
    Flow notes_;
    std::vector<std::size_t> cells_;  // paragraphs seen in each of the open cells
    std::string heading_;
    std::size_t paragraph_begin_ = 0;
    bool in_note_ = false;
    bool is_heading_ = false;
    bool is_cut_ = false;
};

// As declared, unchecked.
struct Properties {
    std::string title;
    std::string author;
    std::string date;
    std::string lang;
};

// The title, unless it is what programs put there unasked ("Microsoft Word - a.doc", "Untitled", a
// file's name).
std::string declared_title(std::string_view title);

// Makes the document of text, properties and heading. A declared title that stands nowhere in the text gives
// way to a heading: templates hand theirs on. Hands it over, with why it is incomplete (empty: it
// is not); an Error if there is no text.
void hand_over(OfficeText text, const Properties& properties, Format format, const Origin& origin,
               std::string problem, const Sink& sink);

// Reads docProps/core.xml, meta.xml and the metadata of a book: names of Dublin Core.
class PropertyReader {
  public:
    XmlHandler handler();
    Properties take();

  private:
    std::string* place_of(std::string_view name);

    Properties found_;
    std::string initial_author_, created_, changed_;
    std::string* current_ = nullptr;
};

// The parts of a zip by their names, each pass over it bounded. Bytes that cannot be sought in are
// taken into memory first.
class Parts {
  public:
    explicit Parts(std::istream& in);

    // Why it cannot be read as a zip; empty: it can.
    const std::string& failure() const { return failure_; }

    // Hands the part to libxml2; returns what read_xml() does. False: there is no such part.
    bool read_part(std::string_view name, const XmlHandler& handler, std::string& problem);
    bool read_part(std::string_view name, const XmlHandler& handler);  // problems do not matter

    // The bytes of each part that is wanted; returns why some could not be read.
    std::string take_all(const std::function<bool(const std::string& name)>& wanted,
                         const std::function<void(const std::string& name, std::string bytes)>& sink);

  private:
    void rewind();

    std::istream& in_;
    std::istringstream memory_;
    std::istream* source_ = nullptr;
    std::string failure_;
};

}  // namespace izde::read
