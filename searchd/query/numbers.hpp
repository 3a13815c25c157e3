// Numbers and what is written to them without a space: 6995 м and 6995м, 2022 and 2022ж, 16.6 and v16.6.0.
#pragma once

#include <optional>
#include <vector>

#include "query/lookup.hpp"

namespace izde::query {

// Widens the units of a query that are numbers. A number also stands for the index's words of this number
// and at most four letters, and such a word for the number and the letters in a row; of a number and a
// short word side by side, both are met by the two written as one. A number with a point is a version as
// well: by others of it (16.6.0), with and without its v. Digits are never guessed at: 2022 is not 20222.
std::vector<Unit> with_numbers_glued(std::vector<Unit> units, const Lookup& lookup,
                                     std::optional<index::Field> in);

}  // namespace izde::query
