// Tested by chinese_test.cpp.
#include "text/hans.hpp"

#include "text/hans_table.hpp"

namespace izde::text {

char32_t to_simplified(char32_t c) {
    return c < first_ideograph || c > last_ideograph ? c : hans_table[c - first_ideograph];
}

}  // namespace izde::text
