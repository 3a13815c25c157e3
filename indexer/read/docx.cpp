// Word's format: parts in a zip, found by their relations. Deleted text, the codes of fields, comments,
// headers and footers are not read; notes are.
#include <algorithm>
#include <memory>
#include <unordered_set>

#include "read/formats.hpp"
#include "read/office_reader.hpp"
#include "read/tidy.hpp"

namespace izde::read {
namespace {

constexpr std::size_t most_styles = 10'000;

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

class WordReader final : public OfficeReader {
  public:
    WordReader(OfficeText& text, const HeadingStyles& styles) : OfficeReader(text), styles_(styles) {}

  private:
    bool is_passed_over(std::string_view name, const XmlAttributes& attributes) const override;
    bool takes_text() const override { return in_text_ && !is_hidden_; }
    void open(std::string_view name, const XmlAttributes& attributes) override;
    void close(std::string_view name) override;
    void open_property(std::string_view name, const XmlAttributes& attributes);

    const HeadingStyles& styles_;
    bool in_text_ = false;
    bool is_hidden_ = false;
};

bool is_note(std::string_view name) {
    return name == "footnote" || name == "endnote";
}

// What is there twice, or was taken away, or is no text; and notes that are but lines between notes.
bool WordReader::is_passed_over(std::string_view name, const XmlAttributes& attributes) const {
    if (is_note(name)) {
        const auto type = attributes.value_of("type");
        return !type.empty() && type != "normal";
    }
    return name == "Fallback" || name == "moveFrom" || name == "del" || name == "rt" || name == "instrText" ||
           name == "delText";
}

void WordReader::open(std::string_view name, const XmlAttributes& attributes) {
    if (is_note(name)) text().open_note();
    if (name == "p") text().open_paragraph();
    if (name == "tbl") text().open_table();
    if (name == "tr") text().open_row();
    if (name == "tc") text().open_cell();
    if (name == "t") in_text_ = true;
    if (name == "r") is_hidden_ = false;
    if (name == "br" || name == "cr") text().line_break();
    if (name == "noBreakHyphen" && !is_hidden_) text().text("-");
    open_property(name, attributes);
}

void WordReader::open_property(std::string_view name, const XmlAttributes& attributes) {
    const auto value = attributes.value_of("val");
    if (name == "tab" && value.empty()) text().tab();  // with a value it is a stop, declared
    if (name == "pStyle" && styles_.contains(value)) text().mark_heading();
    if (name == "outlineLvl" && value == "0") text().mark_heading();
    if (name == "vanish" && value != "0" && value != "false") is_hidden_ = true;
}

void WordReader::close(std::string_view name) {
    if (is_note(name)) text().close_note();
    if (name == "p") text().close_paragraph();
    if (name == "tbl") text().close_table();
    if (name == "tc") text().close_cell();
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
    const OfficeFormat word{
        .format = Format::docx,
        .without_text = "not a Word document: it has no text part",
        .properties = places.properties,
        .text = places.document,
        .notes = {places.beside("footnotes.xml"), places.beside("endnotes.xml")},
        .make_reader = [&](OfficeText& text) { return std::make_unique<WordReader>(text, styles); }};
    read_office(parts, word, origin, sink);
}

}  // namespace izde::read
