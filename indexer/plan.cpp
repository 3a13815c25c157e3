#include "plan.hpp"

#include <algorithm>

#include "izde/index/keys.hpp"

namespace izde::indexer {
namespace {

// More to be written than this part of all documents, and it is faster to write them all.
constexpr std::size_t revised_part = 4;  // a quarter

// A document of the earlier run that this one did not take over.
struct Left {
    std::uint64_t id = 0;
    std::uint32_t key = 0;
    bool is_put_again = false;
};

Result<std::vector<Left>> left_of(const Archive& archive, const Known& known) {
    std::vector<bool> is_taken(known.documents().size());
    for (std::size_t number = 0; number < archive.size(); ++number)
        if (archive.known(number) != Archive::nobody) is_taken[archive.known(number)] = true;
    std::vector<Left> left;
    Known::Rows::Reader rows(known.documents());
    for (std::size_t number = 0; number < is_taken.size(); ++number) {
        if (is_taken[number]) continue;
        const auto row = rows.row(number);
        if (!row) return fail(row.error());
        left.push_back({row->id, row->key, false});
    }
    std::ranges::sort(left, {}, &Left::id);
    return left;
}

}  // namespace

Result<std::optional<Plan>> make_plan(const Archive& archive, const Known& known) {
    const std::size_t most = archive.size() / revised_part;
    std::size_t fresh = 0;
    for (std::size_t number = 0; number < archive.size(); ++number)
        fresh += archive.known(number) == Archive::nobody ? 1 : 0;
    const std::size_t gone = known.documents().size() - (archive.size() - fresh);
    if (fresh + gone > most) return std::optional<Plan>();
    auto left = left_of(archive, known);
    if (!left) return fail(left.error());

    // The key each had; and whether it can stay, if the key can.
    std::vector<std::uint32_t> before(archive.size());
    std::vector<bool> stays(archive.size());
    Known::Rows::Reader rows(archive.rows());
    for (std::size_t number = 0; number < archive.size(); ++number) {
        if (archive.known(number) != Archive::nobody) {
            const auto row = rows.row(number);
            if (!row) return fail(row.error());
            before[number] = row->key;
            stays[number] = archive.is_as_stored(number) && row->place == archive.place(number);
            continue;
        }
        const auto found = std::ranges::lower_bound(*left, archive.id(number), {}, &Left::id);
        if (found == left->end() || found->id != archive.id(number)) continue;
        before[number] = found->key;
        found->is_put_again = true;
    }
    std::optional<Plan> plan(Plan{index::keys_in_order(before), {}, {}, {}});
    for (const Left& one : *left)
        if (!one.is_put_again) plan->removed.push_back(one.key);
    for (std::size_t number = 0; number < archive.size(); ++number) {
        if (stays[number] && before[number] == plan->keys[number]) continue;
        if (before[number] != 0) plan->replaced.push_back(before[number]);
        plan->put.push_back(static_cast<std::uint32_t>(number));
    }
    if (plan->put.size() + plan->removed.size() + plan->replaced.size() > most) return std::optional<Plan>();
    std::ranges::sort(plan->removed);
    return plan;
}

}  // namespace izde::indexer
