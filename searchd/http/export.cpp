// One table of columns for both forms. Tested by export_test.cpp.
#include "http/export.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <nlohmann/json.hpp>

#include "izde/text/utf8.hpp"

namespace izde::http {
namespace {

using Json = nlohmann::ordered_json;

struct Column {
    const char* name;
    Json (*value)(const search::Hit& hit);  // a text, a number, or null
};

Json or_null(const std::string& text) {
    return text.empty() ? Json(nullptr) : Json(text);
}

constexpr std::array columns = {
    Column{"id", [](const search::Hit& hit) { return Json(hit.document.id); }},
    Column{"title", [](const search::Hit& hit) { return Json(hit.title.text); }},
    Column{"date", [](const search::Hit& hit) { return or_null(hit.document.date.value); }},
    Column{"date_precision",
           [](const search::Hit& hit) { return Json(index::to_string(hit.document.date.precision)); }},
    Column{"lang", [](const search::Hit& hit) { return Json(hit.document.lang); }},
    Column{"format", [](const search::Hit& hit) { return Json(hit.document.format); }},
    Column{"author", [](const search::Hit& hit) { return or_null(hit.document.author); }},
    Column{"place", [](const search::Hit& hit) { return or_null(hit.document.place); }},
    Column{"source", [](const search::Hit& hit) { return or_null(hit.document.source); }},
    Column{"url", [](const search::Hit& hit) { return or_null(hit.document.url); }},
    Column{"path", [](const search::Hit& hit) { return Json(hit.document.path); }},
    Column{"record", [](const search::Hit& hit) { return or_null(hit.document.record); }},
    Column{"similar", [](const search::Hit& hit) { return Json(hit.document.similar); }},
    Column{"score", [](const search::Hit& hit) { return Json(std::round(hit.score * 1000) / 1000); }},
};

// What spreadsheets may overlook before the sign of a formula.
constexpr std::array<std::string_view, 9> overlooked = {" ",
                                                        "\xc2\xa0",
                                                        "\xe3\x80\x80",
                                                        "\xef\xbb\xbf",
                                                        "\xe2\x80\x8b",
                                                        "\xe2\x80\x8c",
                                                        "\xe2\x80\x8d",
                                                        "\xe2\x80\x8e",
                                                        "\xe2\x80\x8f"};

// The fullwidth ones count in spreadsheets of the far east.
constexpr std::array<std::string_view, 11> formula_signs = {
    "=", "+", "-", "@", "\t", "\r", "\n", "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"};

bool is_formula(std::string_view text) {
    const auto begins = [&](std::string_view sign) { return text.starts_with(sign); };
    for (;;) {
        if (std::ranges::any_of(formula_signs, begins)) return true;
        const auto* const space = std::ranges::find_if(overlooked, begins);
        if (space == overlooked.end()) return false;
        text.remove_prefix(space->size());
    }
}

// Control characters have no place in a table but as line ends; they would end or hide what follows.
bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < ' ' && c != '\t' && c != '\n' && c != '\r') || byte == 0x7f;
}

void append_row(const search::Hit& hit, std::string& csv) {
    for (const auto& column : columns) {
        if (&column != columns.data()) csv += ',';
        const Json value = column.value(hit);
        if (value.is_string())
            csv += csv_cell(value.get_ref<const std::string&>());
        else if (!value.is_null())
            csv += value.dump();
    }
    csv += "\r\n";
}

std::string to_csv(const search::Reply& reply) {
    std::string csv;
    for (const auto& column : columns) csv.append(csv.empty() ? "" : ",").append(column.name);
    csv += "\r\n";
    for (const auto& hit : reply.hits) append_row(hit, csv);
    return csv;
}

std::string to_jsonl(const search::Reply& reply) {
    std::string lines;
    for (const auto& hit : reply.hits) {
        Json object = Json::object();
        for (const auto& column : columns) object[column.name] = column.value(hit);
        lines += object.dump(-1, ' ', false, Json::error_handler_t::replace);
        lines += '\n';
    }
    return lines;
}

std::string file_name(ExportForm form, const search::Reply& reply, bool complete) {
    std::string name = "izde-" + std::to_string(reply.hits.size());
    if (!complete) name += "-of-" + std::to_string(reply.total);
    return name + (form == ExportForm::csv ? ".csv" : ".jsonl");
}

}  // namespace

std::string csv_cell(std::string_view text) {
    std::string clean = text::repair_utf8(text);
    std::ranges::replace_if(clean, is_control, ' ');
    std::string cell = is_formula(clean) ? "\"'" : "\"";
    for (const char c : clean) {
        cell += c;
        if (c == '"') cell += c;
    }
    return cell + '"';
}

Answer to_export(ExportForm form, const search::Reply& reply) {
    const bool complete = reply.hits.size() >= reply.total && !reply.timed_out;
    const bool csv = form == ExportForm::csv;
    return {.status = 200,
            .type = std::string(csv ? csv_type : jsonl_type),
            .body = csv ? to_csv(reply) : to_jsonl(reply),
            .headers = {
                {"Content-Disposition", "attachment; filename=\"" + file_name(form, reply, complete) + "\""},
                {"Izde-Total", std::to_string(reply.total)},
                {"Izde-Complete", complete ? "yes" : "no"},
            }};
}

}  // namespace izde::http
