// The words a report begins with: where, when, by which agency.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "izde/index/document.hpp"

namespace izde::clip {

struct Dateline {
    std::size_t end = 0;  // where the report itself begins; 0: there is no dateline
    std::string place;    // "Astana", with small letters also where it stands in capitals
    std::string agency;   // "Reuters"; empty: none is named
    std::string author;   // "新华社北京1月25日电（记者王五）"
    index::Date date;     // without source; empty: none is given
};

// Reads "ASTANA – ...", "LONDON, March 5 (Reuters) - ...", "Astana, 28 March 2023 (TDI): ...",
// "АСТАНА, 7 июня — РИА Новости. ...", "НҰР-СҰЛТАН. ҚазАқпарат – ...", "新华社阿斯塔纳3月26日电 ...".
// `paragraph` is valid UTF-8 without white space at its ends.
Dateline read_dateline(std::string_view paragraph);

}  // namespace izde::clip
