#include "changes.hpp"

#include <algorithm>
#include <numeric>

#include "izde/hex.hpp"
#include "izde/index/record.hpp"

#include "documents.hpp"

namespace izde::indexer {

Telling::Telling(std::vector<std::string> sources, Report& report)
    : sources_(std::move(sources)), report_(report), reasons_(report.skipped) {}

Place Telling::place_of(const index::Document& document, std::string reason) const {
    const auto source = std::ranges::find_if(sources_, [&](const std::string& name) {
        return document_id(name, document.path, document.record) == document.id;
    });
    return {source == sources_.end() ? "" : *source, document.path, document.record, std::move(reason)};
}

void Telling::added(const index::Document& document) {
    report_.added.add(place_of(document, "new"));
}

void Telling::changed(const index::Document& document) {
    report_.changed.add(place_of(document, "changed"));
}

void Telling::removed(const index::Document& document) {
    Place place = place_of(document, {});
    place.reason = reasons_.of(place.source, place.path, "not found");
    report_.removed.add(place);
}

Changes::Changes(const std::filesystem::path& generation, Telling telling) : telling_(std::move(telling)) {
    if (generation.empty()) return;
    auto before = index::Inventory::read(generation);
    if (!before) {
        telling_.report().uncompared = before.error().message;
        return;
    }
    before_ = *std::move(before);
    seen_.resize(before_->items().size());
}

void Changes::see(const index::Document& document) {
    if (!telling_.report().uncompared.empty()) return;
    const auto at = before_ ? before_->find(document.id) : std::nullopt;
    if (!at) return telling_.added(document);
    seen_[*at] = true;
    if (before_->items()[*at].content == index::content_of(document))
        ++telling_.report().unchanged;
    else
        telling_.changed(document);
}

// In the order they stood in.
void Changes::finish() {
    telling_.report().compared = telling_.report().uncompared.empty();
    if (!before_) return;
    std::vector<std::uint32_t> gone;
    for (std::uint32_t i = 0; i < seen_.size(); ++i)
        if (!seen_[i]) gone.push_back(i);
    std::ranges::sort(gone, {}, [&](std::uint32_t i) { return before_->items()[i].key; });
    for (const std::uint32_t i : gone)
        if (const auto document = before_->fetch(before_->items()[i])) telling_.removed(*document);
}

void Comparison::take_out(const index::Document& document, bool is_replaced) {
    if (is_replaced)
        out_.emplace_back(number_of_hex(document.id), index::content_of(document));
    else
        telling_.removed(document);
}

void Comparison::put_in(const index::Document& document) {
    if (!std::exchange(is_sorted_, true)) std::ranges::sort(out_);
    const std::uint64_t id = number_of_hex(document.id);
    const auto before = std::ranges::lower_bound(out_, id, {}, [](const auto& one) { return one.first; });
    if (before == out_.end() || before->first != id) return telling_.added(document);
    if (before->second != index::content_of(document)) telling_.changed(document);
}

void Comparison::finish(std::size_t documents) {
    Report& report = telling_.report();
    report.compared = true;
    report.unchanged = documents - report.added.size() - report.changed.size();
}

}  // namespace izde::indexer
