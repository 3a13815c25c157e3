// OpenDocument text. Comments, deleted text, headers and footers are not read; notes are.
#include <charconv>
#include <unordered_set>

#include "read/formats.hpp"
#include "read/office.hpp"

namespace izde::read {
namespace {

constexpr std::size_t most_styles = 10'000;

bool is_passed_over(std::string_view name) {
    return name == "annotation" || name == "tracked-changes" || name == "note-citation" ||
           name == "ruby-text" || name == "script" || name == "forms" || name == "bibliography-source" ||
           name == "table-of-content-source";
}

class TextReader {
  public:
    explicit TextReader(OfficeText& text) : text_(text) {}

    XmlHandler handler() {
        XmlHandler handler;
        handler.open = [this](std::string_view name, const XmlAttributes& attributes) {
            open(name, attributes);
        };
        handler.close = [this](std::string_view name) { close(name); };
        handler.text = [this](std::string_view text) {
            if (paragraphs_ > 0 && skipped_ == 0) text_.text(text);
        };
        return handler;
    }

  private:
    void open(std::string_view name, const XmlAttributes& attributes);
    void close(std::string_view name);
    void open_paragraph(bool is_heading);

    OfficeText& text_;
    std::unordered_set<std::string> title_styles_{"Title"};
    std::size_t skipped_ = 0;     // elements open inside of what is passed over, itself included
    std::size_t paragraphs_ = 0;  // open ones: a frame's stand within another
    std::size_t frames_ = 0;
};

void TextReader::open_paragraph(bool is_heading) {
    ++paragraphs_;
    text_.open_paragraph();
    if (is_heading) text_.mark_heading();
}

void TextReader::open(std::string_view name, const XmlAttributes& attributes) {
    const bool tells_picture = frames_ > 0 && (name == "title" || name == "desc");
    if (skipped_ > 0 || tells_picture || is_passed_over(name)) {
        ++skipped_;
        return;
    }
    if (name == "style" && title_styles_.size() < most_styles &&
        title_styles_.contains(std::string(attributes.value_of("parent-style-name"))))
        title_styles_.emplace(attributes.value_of("name"));
    if (name == "h") open_paragraph(true);
    if (name == "p") open_paragraph(title_styles_.contains(std::string(attributes.value_of("style-name"))));
    if (name == "s") text_.text(" ");
    if (name == "tab") text_.tab();
    if (name == "line-break") text_.line_break();
    if (name == "table") text_.open_table();
    if (name == "table-row") text_.open_row();
    if (name == "table-cell") text_.open_cell();
    if (name == "note-body") text_.open_note();
    if (name == "frame") ++frames_;
}

void TextReader::close(std::string_view name) {
    if (skipped_ > 0) {
        --skipped_;
        return;
    }
    if ((name == "p" || name == "h") && paragraphs_ > 0) {
        --paragraphs_;
        text_.close_paragraph();
    }
    if (name == "table") text_.close_table();
    if (name == "table-cell") text_.close_cell();
    if (name == "note-body") text_.close_note();
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
    PropertyReader properties;
    parts.read_part("meta.xml", properties.handler());
    OfficeText text;
    std::string problem;
    if (!parts.read_part("content.xml", TextReader(text).handler(), problem))
        return sink(fail(Errc::bad_document,
                         problem.empty() ? "not an OpenDocument text: it has no content" : problem));
    hand_over(std::move(text), properties.take(), Format::odt, origin, problem, sink);
}

}  // namespace izde::read
