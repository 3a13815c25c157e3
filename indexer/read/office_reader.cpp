#include "read/office_reader.hpp"

#include <utility>

namespace izde::read {

XmlHandler OfficeReader::handler() {
    XmlHandler handler;
    handler.open = [this](std::string_view name, const XmlAttributes& attributes) {
        if (skipped_ > 0 || is_passed_over(name, attributes))
            ++skipped_;
        else
            open(name, attributes);
    };
    handler.close = [this](std::string_view name) {
        if (skipped_ > 0)
            --skipped_;
        else
            close(name);
    };
    handler.text = [this](std::string_view text) {
        if (skipped_ == 0 && takes_text()) text_.text(text);
    };
    return handler;
}

void read_office(Parts& parts, const OfficeFormat& of, const Origin& origin, const Sink& sink) {
    PropertyReader properties;
    parts.read_part(of.properties, properties.handler());
    OfficeText text;
    std::string problem;
    if (!parts.read_part(of.text, of.make_reader(text)->handler(), problem))
        return sink(fail(Errc::bad_document, problem.empty() ? of.without_text : problem));
    for (const std::string& notes : of.notes) parts.read_part(notes, of.make_reader(text)->handler());
    hand_over(std::move(text), properties.take(), of.format, origin, problem, sink);
}

}  // namespace izde::read
