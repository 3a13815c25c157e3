#include "changes.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "izde/index/record.hpp"

#include "documents.hpp"

namespace izde::indexer {
namespace {

// Which source it is of is not stored, but its id tells.
Report::Place place_of(const index::Document& document, const std::vector<std::string>& sources,
                       std::string reason) {
    const auto source = std::ranges::find_if(sources, [&](const std::string& name) {
        return document_id(name, document.path, document.record) == document.id;
    });
    return {source == sources.end() ? "" : *source, document.path, document.record, std::move(reason)};
}

// What is gone because it was skipped has the reason for that.
void give_reasons(Report& report) {
    std::map<std::pair<std::string, std::string>, std::string> skipped;
    for (const Report::Skipped& one : report.skipped) skipped.try_emplace({one.source, one.path}, one.reason);
    for (Report::Place& place : report.removed) {
        const auto why = skipped.find({place.source, place.path});
        if (why != skipped.end()) place.reason = why->second;
    }
    std::ranges::sort(report.removed, {}, [](const Report::Place& place) {
        return std::tie(place.source, place.path, place.record);
    });
}

}  // namespace

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

void Changes::see(const index::Document& document) {
    if (!report_.uncompared.empty()) return;
    const auto at = before_ ? before_->find(document.id) : std::nullopt;
    if (!at) {
        report_.added.push_back(place_of(document, sources_, "new"));
        return;
    }
    seen_[*at] = true;
    if (before_->items()[*at].content == index::content_of(document))
        ++report_.unchanged;
    else
        report_.changed.push_back(place_of(document, sources_, "changed"));
}

void Changes::finish() {
    report_.compared = report_.uncompared.empty();
    if (!before_) return;
    for (std::size_t i = 0; i < seen_.size(); ++i) {
        if (seen_[i]) continue;
        const auto document = before_->fetch(before_->items()[i]);
        if (!document) continue;
        report_.removed.push_back(place_of(*document, sources_, "not found"));
    }
    give_reasons(report_);
}

void Comparison::take_out(const index::Document& document) {
    out_.insert_or_assign(document.id,
                          std::pair(index::content_of(document), place_of(document, sources_, "not found")));
}

void Comparison::put_in(const index::Document& document) {
    const auto before = out_.find(document.id);
    if (before == out_.end()) {
        report_.added.push_back(place_of(document, sources_, "new"));
        return;
    }
    if (before->second.first != index::content_of(document))
        report_.changed.push_back(place_of(document, sources_, "changed"));
    out_.erase(before);
}

void Comparison::finish(std::size_t documents) {
    report_.compared = true;
    report_.unchanged = documents - report_.added.size() - report_.changed.size();
    for (auto& [id, gone] : out_) report_.removed.push_back(std::move(gone.second));
    give_reasons(report_);
}

}  // namespace izde::indexer
