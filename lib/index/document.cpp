#include "izde/index/document.hpp"

namespace izde::index {

std::string to_string(Precision precision) {
    switch (precision) {
    case Precision::none:
        return "none";
    case Precision::year:
        return "year";
    case Precision::month:
        return "month";
    case Precision::day:
        return "day";
    }
    return "none";
}

}  // namespace izde::index
