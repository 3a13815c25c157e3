#include "clip/units.hpp"

namespace izde::clip {

const Verdict& Units::verdict(std::size_t at) {
    auto& known = judged_[at].verdict;
    if (!known) known = judge(units_[at].text);
    return *known;
}

const Dateline& Units::dateline(std::size_t at) {
    auto& known = judged_[at].dateline;
    if (!known) known = std::make_unique<Dateline>(read_dateline(units_[at].text));
    return *known;
}

const std::optional<FactLine>& Units::facts(std::size_t at) {
    auto& known = judged_[at].facts;
    if (!known) known = std::make_unique<std::optional<FactLine>>(read_fact_line(units_[at].text));
    return *known;
}

}  // namespace izde::clip
