// Thrown where a table is not as it was written.
#pragma once

#include <stdexcept>

namespace izde::index::glass {

class Damaged : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

}  // namespace izde::index::glass
