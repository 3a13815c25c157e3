// All that a search finds as a table or as lines of JSON, for spreadsheets and programs.
#pragma once

#include <cstdint>
#include <string_view>

#include "http/message.hpp"
#include "search/search.hpp"

namespace izde::http {

enum class ExportForm : std::uint8_t { csv, jsonl };

inline constexpr std::string_view csv_type = "text/csv; charset=utf-8; header=present";
inline constexpr std::string_view jsonl_type = "application/jsonl; charset=utf-8";

// Both have the same columns. CSV is that of RFC 4180, each text in quotes; one that a spreadsheet would take
// for a formula has an apostrophe before it. The headers say how many documents were found (Izde-Total) and
// whether all of them are there (Izde-Complete: yes or no), and so does the name of the file if they are not.
Answer to_export(ExportForm form, const search::Reply& reply);

// The text as a cell, in quotes.
std::string csv_cell(std::string_view text);

}  // namespace izde::http
