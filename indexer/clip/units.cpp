#include "clip/units.hpp"

namespace izde::clip {

const Verdict& Units::verdict(std::size_t at) {
    auto& known = judged_[at].verdict;
    if (!known) known = judge(units_[at].text);
    return *known;
}

const Dateline& Units::dateline(std::size_t at) {
    auto& known = said(at).dateline;
    if (!known) known = read_dateline(units_[at].text);
    return *known;
}

const std::optional<FactLine>& Units::facts(std::size_t at) {
    auto& known = said(at).facts;
    if (!known) known.emplace(read_fact_line(units_[at].text));
    return *known;
}

Units::Said& Units::said(std::size_t at) {
    auto& known = judged_[at].said;
    if (!known) known = std::make_unique<Said>();
    return *known;
}

}  // namespace izde::clip
