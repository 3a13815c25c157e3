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

Changes::Changes(const index::Generations& generations, Telling telling, std::uint32_t now)
    : telling_(std::move(telling)), now_(now) {
    const auto live = generations.live();
    if (!live) return;
    auto read = index::Inventory::read(generations.path(*live));
    if (!read) telling_.report().uncompared = read.error().message;
    std::vector<std::string> others = generations.finished();
    for (; !read && !others.empty(); others.pop_back())
        read = index::Inventory::read(generations.path(others.back()));
    if (!read) return;
    before_ = *std::move(read);
    seen_.resize(before_->items().size());
}

void Changes::see(index::Document& document) {
    const auto at = before_ ? before_->find(document.id) : std::nullopt;
    document.first_seen = at ? before_->items()[*at].first_seen : now_;
    if (!telling_.report().uncompared.empty()) return;
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
    if (!before_ || !telling_.report().compared) return;
    std::vector<std::uint32_t> gone;
    for (std::uint32_t i = 0; i < seen_.size(); ++i)
        if (!seen_[i]) gone.push_back(i);
    std::ranges::sort(gone, {}, [&](std::uint32_t i) { return before_->items()[i].key; });
    for (const std::uint32_t i : gone)
        if (const auto document = before_->fetch(before_->items()[i])) telling_.removed(*document);
}

void Comparison::take_out(const index::Document& document, bool is_replaced) {
    if (is_replaced)
        out_.push_back({number_of_hex(document.id), index::content_of(document), document.first_seen});
    else
        telling_.removed(document);
}

void Comparison::put_in(index::Document& document) {
    if (!std::exchange(is_sorted_, true)) std::ranges::sort(out_, {}, &Replaced::id);
    const std::uint64_t id = number_of_hex(document.id);
    const auto before = std::ranges::lower_bound(out_, id, {}, &Replaced::id);
    const bool is_new = before == out_.end() || before->id != id;
    document.first_seen = is_new ? now_ : before->first_seen;
    if (is_new) return telling_.added(document);
    if (before->content != index::content_of(document)) telling_.changed(document);
}

void Comparison::finish(std::size_t documents) {
    Report& report = telling_.report();
    report.compared = true;
    report.unchanged = documents - report.added.size() - report.changed.size();
}

}  // namespace izde::indexer
