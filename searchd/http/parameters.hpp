// What parameters there are and what values each takes: the one table that requests are checked against and
// that /openapi.json tells of.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "http/form.hpp"
#include "http/problem.hpp"

namespace izde::http {

// What a value must look like. An empty value is always fine and counts as not given, as forms send it.
struct Shape {
    enum class Kind : std::uint8_t {
        text,
        whole_number,
        date,
        choice,
        choices
    };  // choices: with commas between

    Kind kind = Kind::text;
    std::uint32_t least = 0, most = 0;             // of a number, or `most` bytes of a text (0: no bound)
    std::span<const std::string_view> words = {};  // to choose from
    std::string_view otherwise = {};               // what holds where it is not given; empty: nothing
};

struct Parameter {
    std::string_view name;
    std::string_view about;  // a sentence without its full stop
    Shape shape;
    std::uint32_t times = 1;  // how often it may be given; several are joined by OR
    bool required = false;
};

inline constexpr std::uint32_t reachable_hits = 10'000;  // page × per_page; deeper is never asked for

namespace parameters {

std::span<const Parameter* const> search();    // also of a POST
std::span<const Parameter* const> explain();   // a search's and id
std::span<const Parameter* const> document();  // q
std::span<const Parameter* const> suggest();
std::span<const Parameter* const> feed();
std::span<const Parameter* const> exported();
std::span<const Parameter* const> none();

}  // namespace parameters

// Why these cannot be: a name that is not known there, one that comes too often, a value of another shape,
// one that lacks; the first that is wrong.
std::optional<Problem> check(const Params& params, std::span<const Parameter* const> known);

// The words of a list with commas between, without the empty ones.
std::vector<std::string> split_choices(std::string_view value);

// A value as problems show it: short, valid UTF-8, in quotes.
std::string shown(std::string_view value);

}  // namespace izde::http
