#include "changes.hpp"

#include <algorithm>
#include <map>

#include "izde/index/record.hpp"

#include "documents.hpp"

namespace izde::indexer {

Changes::Changes(const std::filesystem::path& generation, std::vector<std::string> sources, Report& report)
    : sources_(std::move(sources)), report_(report) {
    if (generation.empty()) return;
    auto before = index::Inventory::read(generation);
    if (!before) {
        report_.uncompared = before.error().message;
        return;
    }
    before_ = *std::move(before);
    seen_.resize(before_->items().size());
}

// Which source it is of is not stored, but its id tells.
Report::Place Changes::place_of(const index::Document& document, std::string reason) const {
    const auto source = std::ranges::find_if(sources_, [&](const std::string& name) {
        return document_id(name, document.path, document.record) == document.id;
    });
    return {source == sources_.end() ? "" : *source, document.path, document.record, std::move(reason)};
}

void Changes::see(const index::Document& document) {
    if (!report_.uncompared.empty()) return;
    const auto at = before_ ? before_->find(document.id) : std::nullopt;
    if (!at) {
        report_.added.push_back(place_of(document, "new"));
        return;
    }
    seen_[*at] = true;
    if (before_->items()[*at].content == index::content_of(document))
        ++report_.unchanged;
    else
        report_.changed.push_back(place_of(document, "changed"));
}

void Changes::finish() {
    report_.compared = report_.uncompared.empty();
    if (!before_) return;
    std::map<std::pair<std::string, std::string>, std::string> skipped;
    for (const Report::Skipped& one : report_.skipped)
        skipped.try_emplace({one.source, one.path}, one.reason);
    for (std::size_t i = 0; i < seen_.size(); ++i) {
        if (seen_[i]) continue;
        const auto document = before_->fetch(before_->items()[i]);
        if (!document) continue;
        Report::Place place = place_of(*document, "not found");
        const auto why = skipped.find({place.source, place.path});
        if (why != skipped.end()) place.reason = why->second;
        report_.removed.push_back(std::move(place));
    }
    std::ranges::sort(report_.removed);
}

}  // namespace izde::indexer
