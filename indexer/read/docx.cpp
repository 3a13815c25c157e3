// Word's format: parts in a zip, found by their relations. Deleted text, the codes of fields, comments,
// headers and footers are not read; notes are.
#include <algorithm>
#include <unordered_set>

#include "read/formats.hpp"
#include "read/office.hpp"
#include "read/tidy.hpp"

namespace izde::read {
namespace {

constexpr std::size_t most_styles = 10'000;

// What is there twice, or was taken away, or is no text.
bool is_passed_over(std::string_view name) {
    return name == "Fallback" || name == "moveFrom" || name == "del" || name == "rt" || name == "instrText" ||
           name == "delText";
}

// Styles whose paragraphs are headings, by id: it is the name that says so, and ids differ by language.
class HeadingStyles {
  public:
    XmlHandler handler() {
        XmlHandler handler;
        handler.open = [this](std::string_view name, const XmlAttributes& attributes) {
            if (name == "style") id_ = attributes.value_of("styleId");
            if (name != "name") return;
            const std::string known = ascii_lower(attributes.value_of("val"));
            if (is_heading(known) && ids_.size() < most_styles) ids_.insert(id_);
        };
        return handler;
    }
    bool contains(std::string_view id) const {
        return ids_.contains(std::string(id)) || id == "Title" || id == "Heading1";
    }

  private:
    static bool is_heading(std::string_view name) {
        return name == "title" || name == "heading 1" || name == "heading 2";
    }
    std::string id_;
    std::unordered_set<std::string> ids_;
};

class WordReader {
  public:
    WordReader(OfficeText& text, const HeadingStyles& styles) : text_(text), styles_(styles) {}

    XmlHandler handler() {
        XmlHandler handler;
        handler.open = [this](std::string_view name, const XmlAttributes& attributes) {
            open(name, attributes);
        };
        handler.close = [this](std::string_view name) { close(name); };
        handler.text = [this](std::string_view text) {
            if (in_text_ && skipped_ == 0 && !is_hidden_) text_.text(text);
        };
        return handler;
    }

  private:
    void open(std::string_view name, const XmlAttributes& attributes);
    void open_property(std::string_view name, const XmlAttributes& attributes);
    void close(std::string_view name);

    OfficeText& text_;
    const HeadingStyles& styles_;
    std::size_t skipped_ = 0;  // elements open inside of what is passed over, itself included
    bool in_text_ = false;
    bool is_hidden_ = false;
};

void WordReader::open(std::string_view name, const XmlAttributes& attributes) {
    if (skipped_ > 0 || is_passed_over(name)) {
        ++skipped_;
        return;
    }
    if (name == "footnote" || name == "endnote") {
        const auto type = attributes.value_of("type");
        if (!type.empty() && type != "normal")
            ++skipped_;
        else
            text_.open_note();
    }
    if (name == "p") text_.open_paragraph();
    if (name == "tbl") text_.open_table();
    if (name == "tr") text_.open_row();
    if (name == "tc") text_.open_cell();
    if (name == "t") in_text_ = true;
    if (name == "r") is_hidden_ = false;
    if (name == "br" || name == "cr") text_.line_break();
    if (name == "noBreakHyphen" && !is_hidden_) text_.text("-");
    open_property(name, attributes);
}

void WordReader::open_property(std::string_view name, const XmlAttributes& attributes) {
    const auto value = attributes.value_of("val");
    if (name == "tab" && value.empty()) text_.tab();  // with a value it is a stop, declared
    if (name == "pStyle" && styles_.contains(value)) text_.mark_heading();
    if (name == "outlineLvl" && value == "0") text_.mark_heading();
    if (name == "vanish" && value != "0" && value != "false") is_hidden_ = true;
}

void WordReader::close(std::string_view name) {
    if (skipped_ > 0) {
        --skipped_;
        return;
    }
    if (name == "footnote" || name == "endnote") text_.close_note();
    if (name == "p") text_.close_paragraph();
    if (name == "tbl") text_.close_table();
    if (name == "tc") text_.close_cell();
    if (name == "t") in_text_ = false;
    if (name == "r") is_hidden_ = false;
}

struct Places {
    std::string document = "word/document.xml";
    std::string properties = "docProps/core.xml";

    std::string beside(const char* name) const { return document.substr(0, document.rfind('/') + 1) + name; }
};

Places find_places(Parts& parts) {
    Places places;
    XmlHandler handler;
    handler.open = [&](std::string_view name, const XmlAttributes& attributes) {
        if (name != "Relationship") return;
        const auto type = attributes.value_of("Type");
        auto target = attributes.value_of("Target");
        target.remove_prefix(std::min(target.find_first_not_of('/'), target.size()));
        if (type.ends_with("/officeDocument")) places.document = target;
        if (type.ends_with("/core-properties")) places.properties = target;
    };
    parts.read_part("_rels/.rels", handler);
    return places;
}

}  // namespace

void read_docx(std::istream& in, const Origin& origin, const Sink& sink) {
    Parts parts(in);
    if (!parts.failure().empty()) return sink(fail(Errc::bad_document, parts.failure()));
    const Places places = find_places(parts);
    HeadingStyles styles;
    parts.read_part(places.beside("styles.xml"), styles.handler());
    PropertyReader properties;
    parts.read_part(places.properties, properties.handler());
    OfficeText text;
    std::string problem;
    if (!parts.read_part(places.document, WordReader(text, styles).handler(), problem))
        return sink(
            fail(Errc::bad_document, problem.empty() ? "not a Word document: it has no text part" : problem));
    for (const char* notes : {"footnotes.xml", "endnotes.xml"})
        parts.read_part(places.beside(notes), WordReader(text, styles).handler());
    hand_over(std::move(text), properties.take(), Format::docx, origin, problem, sink);
}

}  // namespace izde::read
