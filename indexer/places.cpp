#include "places.hpp"

#include <algorithm>
#include <cstring>

#include "file_bytes.hpp"

namespace izde::indexer {
namespace {

constexpr std::size_t most_in_memory = 256u << 10;
constexpr std::size_t most_reasons = 1000;

void put(std::string& out, const std::string& text) {
    const auto size = static_cast<std::uint32_t>(text.size());
    out.append(reinterpret_cast<const char*>(&size), sizeof size);
    out += text;
}

std::string take(std::string_view& bytes) {
    std::uint32_t size = 0;
    std::memcpy(&size, bytes.data(), sizeof size);
    std::string text(bytes.substr(sizeof size, size));
    bytes.remove_prefix(sizeof size + size);
    return text;
}

bool see_each(std::string_view bytes, const std::function<bool(const Place&)>& see) {
    while (!bytes.empty()) {
        Place place;
        for (std::string* const part : {&place.source, &place.path, &place.record, &place.reason})
            *part = take(bytes);
        if (!see(place)) return false;
    }
    return true;
}

std::uint64_t hash_of_place(const std::string& source, std::string_view path) {
    return hash_of(std::string(source).append(1, '\0').append(path));
}

}  // namespace

void Places::add(const Place& place) {
    ++size_;
    ++recent_places_;
    for (const std::string* const part : {&place.source, &place.path, &place.record, &place.reason})
        put(recent_, *part);
    if (recent_.size() < most_in_memory || folder_.empty()) return;
    if (!tape_)
        if (auto tape = Tape::create(folder_)) tape_ = std::make_shared<Tape>(*std::move(tape));
    const std::uint64_t begin = tape_ ? tape_->size() : 0;
    if (tape_ && tape_->add(recent_) && tape_->finish()) {
        earlier_.push_back({begin, static_cast<std::uint32_t>(recent_.size())});
    } else {
        lost_ += recent_places_;
        folder_.clear();
        tape_.reset();
    }
    recent_.clear();
    recent_places_ = 0;
}

bool Places::each(const std::function<bool(const Place&)>& see) const {
    for (const Extent& piece : earlier_) {
        const auto bytes = tape_->read(piece.begin, piece.bytes);
        if (bytes && !see_each(*bytes, see)) return false;
    }
    return see_each(recent_, see);
}

std::optional<Place> Places::first() const {
    std::optional<Place> first;
    each([&](const Place& place) {
        first = place;
        return false;
    });
    return first;
}

Reasons::Reasons(const Places& skipped) {
    known_.reserve(skipped.size());
    skipped.each([&](const Place& place) {
        auto reason = std::ranges::find(reasons_, place.reason);
        if (reason == reasons_.end() && reasons_.size() < most_reasons)
            reason = reasons_.insert(reason, place.reason);
        const std::string path = place.path == "." ? "" : place.path;
        known_.push_back(
            {hash_of_place(place.source, path), static_cast<std::uint64_t>(reason - reasons_.begin())});
        return true;
    });
    std::ranges::stable_sort(known_, {}, &Known::place);
}

std::string Reasons::of(const std::string& source, const std::string& path,
                        const std::string& otherwise) const {
    if (known_.empty()) return otherwise;
    for (std::string_view place = path;;) {
        const std::uint64_t hash = hash_of_place(source, place);
        const auto found = std::ranges::lower_bound(known_, hash, {}, &Known::place);
        if (found != known_.end() && found->place == hash)
            return found->number < reasons_.size() ? reasons_[found->number] : "skipped";
        if (place.empty()) return otherwise;
        const std::size_t slash = place.rfind('/');
        place = place.substr(0, slash == place.npos ? 0 : slash);
    }
}

}  // namespace izde::indexer
