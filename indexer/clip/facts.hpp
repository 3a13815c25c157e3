// The facts of a document while its text is read: what is taken once stays, but for dates, which a better
// place may replace.
#pragma once

#include <string_view>

#include "izde/index/document.hpp"

#include "clip/byline.hpp"
#include "clip/dateline.hpp"

namespace izde::clip {

// Where a date stood; of several the smallest is the document's.
enum class Rank { declared, byline, dateline, labelled, head, lead, address, name, updated, none };

class Facts {
  public:
    // Begins with what the reader of the format declared.
    explicit Facts(index::Document& document);

    void take(const FactLine& line, Rank rank);
    void take(const Dateline& line);
    void take_date(const index::Date& date, Rank rank, const char* source);
    void take_lead(std::string_view paragraph);  // the first day a report names
    void take_furniture(std::string_view line);  // "© 2024 The Steppe Herald", an address
    void take_signature(std::string_view line);  // "— Jane Doe", "— Тургай-информ."
    void take_authors(std::string_view names);
    void take_source(std::string_view name, const char* source);
    void take_title(std::string_view title, const char* source);
    void take_names();  // days in the address and the file's name

    bool title_is_known() const { return title_is_known_; }
    bool title_seen() const { return title_seen_; }  // in the text
    void see_title() { title_seen_ = true; }

  private:
    void sender_is_paper();
    bool is_mail() const;
    bool is_page_header(const FactLine& line) const;

    index::Document& document_;
    Rank rank_ = Rank::none;
    bool title_is_known_ = false;
    bool title_seen_ = false;
};

}  // namespace izde::clip
