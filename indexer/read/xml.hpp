// XML of office files as a stream of tags.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace izde::read {

// Names of elements and attributes come without prefix: who writes the same format under others
// means the same.
class XmlAttributes {
  public:
    void clear() { attributes_.clear(); }
    void add(std::string_view name, std::string_view value) { attributes_.emplace_back(name, value); }
    std::string_view value_of(std::string_view name) const;  // empty: there is none

  private:
    std::vector<std::pair<std::string_view, std::string_view>> attributes_;
};

struct XmlHandler {
    std::function<void(std::string_view name, const XmlAttributes& attributes)> open;
    std::function<void(std::string_view name)> close;
    std::function<void(std::string_view text)> text;  // a text may come in pieces
};

// Fills a buffer; less than asked for is the end.
using ByteSource = std::function<std::size_t(char* to, std::size_t size)>;

// Returns why the rest could not be read; empty: all was. Of a document type nothing is believed, so there
// are no entities to expand and nothing is fetched; elements more than 250 deep are a reason to stop.
std::string read_xml(const ByteSource& bytes, const XmlHandler& handler);

}  // namespace izde::read
