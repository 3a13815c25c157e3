// OpenDocument text. Comments, deleted text, headers and footers are not read; notes are.
#include <memory>
#include <unordered_set>

#include "read/formats.hpp"
#include "read/office_reader.hpp"

namespace izde::read {
namespace {

constexpr std::size_t most_styles = 10'000;

class TextReader final : public OfficeReader {
  public:
    using OfficeReader::OfficeReader;

  private:
    bool is_passed_over(std::string_view name, const XmlAttributes& attributes) const override;
    bool takes_text() const override { return paragraphs_ > 0; }
    void open(std::string_view name, const XmlAttributes& attributes) override;
    void close(std::string_view name) override;
    void open_paragraph(bool is_heading);

    std::unordered_set<std::string> title_styles_{"Title"};
    std::size_t paragraphs_ = 0;  // open ones: a frame's stand within another
    std::size_t frames_ = 0;
};

bool TextReader::is_passed_over(std::string_view name, const XmlAttributes& /*attributes*/) const {
    const bool tells_picture = frames_ > 0 && (name == "title" || name == "desc");
    return tells_picture || name == "annotation" || name == "tracked-changes" || name == "note-citation" ||
           name == "ruby-text" || name == "script" || name == "forms" || name == "bibliography-source" ||
           name == "table-of-content-source";
}

void TextReader::open_paragraph(bool is_heading) {
    ++paragraphs_;
    text().open_paragraph();
    if (is_heading) text().mark_heading();
}

void TextReader::open(std::string_view name, const XmlAttributes& attributes) {
    if (name == "style" && title_styles_.size() < most_styles &&
        title_styles_.contains(std::string(attributes.value_of("parent-style-name"))))
        title_styles_.emplace(attributes.value_of("name"));
    if (name == "h") open_paragraph(true);
    if (name == "p") open_paragraph(title_styles_.contains(std::string(attributes.value_of("style-name"))));
    if (name == "s") text().text(" ");
    if (name == "tab") text().tab();
    if (name == "line-break") text().line_break();
    if (name == "table") text().open_table();
    if (name == "table-row") text().open_row();
    if (name == "table-cell") text().open_cell();
    if (name == "note-body") text().open_note();
    if (name == "frame") ++frames_;
}

void TextReader::close(std::string_view name) {
    if ((name == "p" || name == "h") && paragraphs_ > 0) {
        --paragraphs_;
        text().close_paragraph();
    }
    if (name == "table") text().close_table();
    if (name == "table-cell") text().close_cell();
    if (name == "note-body") text().close_note();
    if (name == "frame" && frames_ > 0) --frames_;
}

bool is_encrypted(Parts& parts) {
    bool found = false;
    XmlHandler handler;
    handler.open = [&](std::string_view name, const XmlAttributes&) {
        found = found || name == "encryption-data";
    };
    parts.read_part("META-INF/manifest.xml", handler);
    return found;
}

}  // namespace

void read_odt(std::istream& in, const Origin& origin, const Sink& sink) {
    Parts parts(in);
    if (!parts.failure().empty()) return sink(fail(Errc::bad_document, parts.failure()));
    if (is_encrypted(parts)) return sink(fail(Errc::bad_document, "encrypted"));
    const OfficeFormat open_document{
        .format = Format::odt,
        .without_text = "not an OpenDocument text: it has no content",
        .properties = "meta.xml",
        .text = "content.xml",
        .make_reader = [](OfficeText& text) { return std::make_unique<TextReader>(text); }};
    read_office(parts, open_document, origin, sink);
}

}  // namespace izde::read
