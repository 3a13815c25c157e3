// What the readers of word processors' files share: XML parts of a zip whose elements say what text they
// hold.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "read/office.hpp"
#include "read/read.hpp"
#include "read/xml.hpp"

namespace izde::read {

// Takes the text of one part. A format says by the names of elements what they mean; what is passed over is
// so with all inside of it, and not told.
class OfficeReader {
  public:
    explicit OfficeReader(OfficeText& text) : text_(text) {}
    OfficeReader(const OfficeReader&) = delete;
    OfficeReader& operator=(const OfficeReader&) = delete;
    virtual ~OfficeReader() = default;

    XmlHandler handler();  // must not outlive this

  protected:
    virtual bool is_passed_over(std::string_view name, const XmlAttributes& attributes) const = 0;
    virtual bool takes_text() const = 0;  // where it stands now
    virtual void open(std::string_view name, const XmlAttributes& attributes) = 0;
    virtual void close(std::string_view name) = 0;
    OfficeText& text() { return text_; }

  private:
    OfficeText& text_;
    std::size_t skipped_ = 0;  // elements open inside of what is passed over, itself included
};

// A format: what it is called, where its parts are, who reads them.
struct OfficeFormat {
    Format format;
    std::string without_text;  // what is said where there is no text part
    std::string properties;    // the names of parts
    std::string text;
    std::vector<std::string> notes = {};  // read behind it, if they are there
    std::function<std::unique_ptr<OfficeReader>(OfficeText&)> make_reader;
};

// Hands over the document of these parts, or why there is none.
void read_office(Parts& parts, const OfficeFormat& of, const Origin& origin, const Sink& sink);

}  // namespace izde::read
