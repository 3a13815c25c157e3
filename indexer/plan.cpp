#include "plan.hpp"

#include <unordered_map>

#include "izde/index/keys.hpp"

namespace izde::indexer {

Plan make_plan(const Archive& archive, const Known& known) {
    std::unordered_map<std::uint64_t, std::uint32_t> by_id;
    by_id.reserve(known.documents().size());
    for (const KnownDocument& document : known.documents()) by_id.emplace(document.id, document.key);
    std::vector<std::uint32_t> before;
    before.reserve(archive.size());
    for (std::size_t number = 0; number < archive.size(); ++number) {
        const auto found = by_id.find(archive.kept(number).id);
        before.push_back(found == by_id.end() ? 0 : found->second);
        if (found != by_id.end()) by_id.erase(found);
    }
    Plan plan{index::keys_in_order(before), {}, {}};
    for (const auto& [id, key] : by_id) plan.removed.push_back(key);
    for (std::size_t number = 0; number < archive.size(); ++number) {
        const Archive::Kept& kept = archive.kept(number);
        const bool is_same = kept.known && known.documents()[*kept.known].place == kept.place &&
                             before[number] == plan.keys[number];
        if (is_same) continue;
        if (before[number] != 0) plan.removed.push_back(before[number]);
        plan.put.push_back(number);
    }
    return plan;
}

}  // namespace izde::indexer
