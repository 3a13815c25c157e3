#include "izde/version.hpp"

namespace izde {

std::string version() {
    return IZDE_VERSION;
}

}  // namespace izde
