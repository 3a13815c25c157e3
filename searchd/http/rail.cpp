#include "http/rail.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include <stdio.h>

#include "http/params.hpp"

namespace izde::http {
namespace {

using index::Breakdown;

constexpr std::size_t few = 6;    // values of a facet that are not folded away
constexpr std::size_t most = 24;  // that are there at all: each link repeats the whole query, however long
constexpr int most_bars = 12;     // as many as fit in the rail and under a finger
constexpr std::array facets = {Breakdown::lang, Breakdown::source, Breakdown::author, Breakdown::place,
                               Breakdown::format};

bool is_within_a_year(const search::Request& request) {
    if (!request.dated || request.dated->from.size() < 4) return false;
    return request.dated->from.substr(0, 4) == request.dated->to.substr(0, 4);
}

const index::FacetCounts* counts_of(Breakdown by, const search::Request& request,
                                    const search::Reply& reply) {
    const auto at = std::ranges::find(request.facets, by) - request.facets.begin();
    return static_cast<std::size_t>(at) < reply.facets.size() ? &reply.facets[static_cast<std::size_t>(at)]
                                                              : nullptr;
}

void write_value(Sheet& sheet, std::string_view name, const index::FacetCount& value) {
    auto& html = sheet.html;
    html.open("li").open("a", {{"href", href(results_path, toggled(sheet.params, name, value.value))},
                               {"aria-current", "true", has(sheet.params, name, value.value)}});
    html.element("span", {}, shown_value(sheet.words, name, value.value));
    html.element("span", {{"class", "n"}}, sheet.words.number(value.count)).close("a").close("li");
}

// What is chosen stands first where nothing has it, so that it can be taken back.
std::vector<index::FacetCount> with_chosen(const Params& params, std::string_view facet,
                                           const std::vector<index::FacetCount>& counted) {
    std::vector<index::FacetCount> all;
    const auto lacks = [](const auto& values, const std::string& value) {
        return std::ranges::find(values, value, &index::FacetCount::value) == values.end();
    };
    for (const auto& [name, value] : params)
        if (name == facet && !value.empty() && lacks(counted, value) && lacks(all, value))
            all.push_back({value, 0});
    all.insert(all.end(), counted.begin(), counted.end());
    return all;
}

void write_facet(Sheet& sheet, Breakdown by, const index::FacetCounts& counts) {
    const auto name = name_of(by);
    const auto values = with_chosen(sheet.params, name, counts.values);
    const bool chosen = !value_of(sheet.params, name).empty();
    if (values.empty() || (values.size() == 1 && !chosen && counts.other == 0)) return;
    const auto shown = std::min(values.size(), most);
    auto other = counts.other;
    auto& html = sheet.html;
    html.open("section").element("h2", {}, sheet.words.say(name)).open("ul");
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i == few) {
            html.close("ul").open("details");
            html.element("summary", {}, sheet.words.count("all", shown)).open("ul");
        }
        if (i < shown)
            write_value(sheet, name, values[i]);
        else
            other += values[i].count;
    }
    html.close("ul");
    if (values.size() > few) html.close("details");
    if (other > 0) html.element("p", {{"class", "quiet"}}, sheet.words.count("others", other));
    html.close("section");
}

struct Bar {
    std::string from, to;
    std::uint64_t count = 0;
    std::string name, label;  // in full, and under the bar
};

std::string padded(int number, int width) {
    std::array<char, 16> text{};
    std::ignore = snprintf(text.data(), text.size(), "%0*d", width, number);
    return text.data();
}

int year_of(const index::FacetCount& one) {
    int year = 0;
    std::from_chars(one.value.data(), one.value.data() + one.value.size(), year);
    return year;
}

// Years in at most twelve bars: alone, or by twos, fives, tens and so on.
std::vector<Bar> years(const std::vector<index::FacetCount>& values) {
    const auto [earliest, latest] = std::ranges::minmax(values, {}, year_of);
    const int first = year_of(earliest), last = year_of(latest);
    static constexpr std::array sizes = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000};
    const int size =
        *std::ranges::find_if(sizes, [&](int n) { return last / n - first / n < most_bars || n == 1000; });
    const int start = first / size * size;
    std::vector<Bar> bars;
    for (int year = start; year <= last; year += size) {
        const auto from = padded(year, 4), to = padded(year + size - 1, 4);
        auto name = from;
        if (size > 1) name.append("–").append(to);
        bars.push_back({from, to, 0, std::move(name), from});
    }
    for (const auto& value : values)
        bars[static_cast<std::size_t>((year_of(value) - start) / size)].count += value.count;
    return bars;
}

std::vector<Bar> months(const Words& words, const std::string& year,
                        const std::vector<index::FacetCount>& values) {
    std::vector<Bar> bars;
    for (int month = 1; month <= 12; ++month) {
        const auto value = year + "-" + padded(month, 2);
        const auto known = std::ranges::find(values, value, &index::FacetCount::value);
        bars.push_back({value, value, known == values.end() ? 0 : known->count, words.date(value),
                        std::to_string(month)});
    }
    return bars;
}

void write_bar(Sheet& sheet, const Bar& bar, std::uint64_t highest) {
    auto& html = sheet.html;
    const auto height =
        bar.count == 0 ? 0 : std::max<std::uint64_t>(1, (20 * bar.count + highest / 2) / highest);
    const auto label = bar.name + ": " + sheet.words.count("count", bar.count);
    const bool chosen = value_of(sheet.params, "from") == bar.from && value_of(sheet.params, "to") == bar.to;
    const bool leads = bar.count > 0 || chosen;
    html.open("li", {{"title", label}});
    if (leads) {
        const auto next =
            chosen ? undated(sheet.params) : with(with(sheet.params, "from", bar.from), "to", bar.to);
        html.open(
            "a",
            {{"href", href(results_path, next)}, {"aria-label", label}, {"aria-current", "true", chosen}});
    }
    html.element("span", {{"class", "h" + std::to_string(height)}}, "");
    html.element("span", {{"class", "year"}}, bar.label);
    if (leads) html.close("a");
    html.close("li");
}

void write_histogram(Sheet& sheet, const search::Request& request, const search::Reply& reply) {
    const bool by_month = is_within_a_year(request);
    const auto* counts = counts_of(by_month ? Breakdown::month : Breakdown::year, request, reply);
    if (counts == nullptr || (counts->values.empty() && !request.dated)) return;
    auto& html = sheet.html;
    const auto year = by_month ? request.dated->from.substr(0, 4) : std::string();
    const auto bars = by_month                 ? months(sheet.words, year, counts->values)
                      : counts->values.empty() ? std::vector<Bar>()
                                               : years(counts->values);
    std::uint64_t highest = 1;
    for (const auto& bar : bars) highest = std::max(highest, bar.count);
    html.open("section").element("h2", {}, sheet.words.say("date") + (by_month ? " " + year : ""));
    html.open("ol", {{"class", "bars"}});
    for (const auto& bar : bars) write_bar(sheet, bar, highest);
    html.close("ol");
    if (request.dated) {
        html.open("p", {{"class", "zoom"}})
            .element("a", {{"href", href(results_path, undated(sheet.params))}}, sheet.words.say("allDates"))
            .close("p");
    }
    html.close("section");
}

void write_switches(Sheet& sheet) {
    auto& html = sheet.html;
    html.open("section").element("h2", {}, sheet.words.say("how")).open("ul");
    for (const auto name : switches) {
        const bool on = value_of(sheet.params, name) != "off";
        const auto next = on ? with(sheet.params, name, "off") : without(sheet.params, name);
        html.open("li").element(
            "a", {{"class", "check"}, {"href", href(results_path, next)}, {"aria-current", "true", on}},
            sheet.words.say(name));
        html.close("li");
    }
    html.close("ul").close("section");
}

}  // namespace

Params without(const Params& params, std::string_view name) {
    Params rest;
    for (const auto& one : params)
        if (one.first != name && one.first != "page") rest.push_back(one);
    return rest;
}

Params undated(const Params& params) {
    return without(without(without(params, "from"), "to"), "undated");
}

Params with(const Params& params, std::string_view name, std::string_view value) {
    Params all = without(params, name);
    all.emplace_back(name, value);
    return all;
}

bool has(const Params& params, std::string_view name, std::string_view value) {
    return std::ranges::any_of(params,
                               [&](const auto& one) { return one.first == name && one.second == value; });
}

Params toggled(const Params& params, std::string_view name, std::string_view value) {
    Params next;
    for (const auto& one : params)
        if (one.first != "page" && (one.first != name || one.second != value)) next.push_back(one);
    if (!has(params, name, value)) next.emplace_back(name, value);
    return next;
}

std::string_view value_of(const Params& params, std::string_view name) {
    const auto found = std::ranges::find(params, name, &Params::value_type::first);
    return found == params.end() ? std::string_view() : std::string_view(found->second);
}

std::string shown_value(const Words& words, std::string_view facet, const std::string& value) {
    return facet == name_of(Breakdown::lang) ? words.language_name(value) : value;
}

std::vector<Breakdown> rail_facets(const search::Request& request) {
    std::vector<Breakdown> all(facets.begin(), facets.end());
    all.push_back(is_within_a_year(request) ? Breakdown::month : Breakdown::year);
    return all;
}

void write_rail(Sheet& sheet, const search::Request& request, const search::Reply& reply) {
    sheet.html.open("aside", {{"id", "rail"}, {"aria-label", sheet.words.say("filters")}});
    write_histogram(sheet, request, reply);
    for (const auto by : facets)
        if (const auto* counts = counts_of(by, request, reply)) write_facet(sheet, by, *counts);
    write_switches(sheet);
    sheet.html.close("aside");
}

}  // namespace izde::http
