// What the server's own pages say, in the reader's language: the words of web/en.json and its like.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "izde/index/document.hpp"

#include "http/message.hpp"
#include "search/search.hpp"

namespace izde::http {

class Words {
  public:
    // In the language of the parameter `hl`, else of the cookie `lang`, else of Accept-Language, else
    // English.
    static Words of(const Message& request);

    // The languages there are, by code, and how each calls itself.
    static constexpr std::pair<std::string_view, std::string_view> tongues[] = {
        {"en", "English"}, {"ru", "Русский"}, {"kk", "Қазақша"}, {"zh", "中文"}};

    std::string_view tongue() const { return tongue_; }

    std::string say(std::string_view key) const;
    std::string say(std::string_view key, std::string_view x) const;  // {x} or {q} filled
    std::string count(std::string_view key, std::uint64_t n) const;   // {n} filled, in the form for n
    std::string page_of(std::uint64_t page, std::uint64_t of) const;  // "page 2 of 3"
    std::pair<std::string, std::string>
    around(std::string_view key) const;  // what stands before {x} and after

    // Where the language has no sentence of its own for it, the English one.
    std::string warning(const query::Warning& warning) const;

    std::string number(std::uint64_t n) const;               // "1,234"
    std::string date(const std::string& value) const;        // "25 January 2022", "January 2022", "2022"
    std::string language_name(std::string_view code) const;  // the code where the name is not known
    std::string origin(const std::string& source) const;     // "from the byline"

  private:
    explicit Words(std::string_view tongue) : tongue_(tongue) {}

    std::string_view tongue_;
};

}  // namespace izde::http
