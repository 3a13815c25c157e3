#include "index/glass/kept.hpp"

#include <limits>

#include "index/glass/codes.hpp"
#include "index/glass/version.hpp"

namespace izde::index::glass {
namespace {

std::filesystem::path file_of(const Kept& kept, const char* table) {
    return kept.folder.empty() ? std::filesystem::path() : kept.folder / table;
}

std::uint32_t behind(std::uint32_t document, std::uint32_t others_between) {
    const std::uint64_t next = std::uint64_t{document} + others_between + 1;
    if (next > std::numeric_limits<std::uint32_t>::max()) Numbers::raise();
    return static_cast<std::uint32_t>(next);
}

}  // namespace

KeptDocuments::KeptDocuments(const Kept& kept) : kept_(kept), table_(file_of(kept, table_name::docdata)) {
    next();
}

void KeptDocuments::next() {
    do at_end_ = !table_.next();
    while (!at_end_ && !kept_.stays(document()));
}

std::uint32_t KeptDocuments::document() const {
    Numbers numbers(table_.key());
    const std::uint32_t document = numbers.ascending();
    if (!numbers.at_end()) Numbers::raise();
    return document;
}

KeptLists::KeptLists(const Kept& kept) : kept_(kept), table_(file_of(kept, table_name::postlist)) {
    // Statistics of the values are made anew.
    do next_entry();
    while (!at_end_ && table_.key() < values_key);
    begin();
}

void KeptLists::next_entry() {
    at_end_ = !table_.next();
}

// The entry at hand is a list's first one.
void KeptLists::begin() {
    if (at_end_) return;
    const std::string_view key = table_.key();
    if (!is_values_key(key)) {
        // Lists of no values have their first chunks under their keys.
        if (key <= key_) Numbers::raise();
        key_ = key;
        return;
    }
    key_ = values_key;
    put_varint(key_, Numbers(key.substr(values_key.size())).number());
    if (!key.starts_with(key_)) Numbers::raise();
}

void KeptLists::take(std::vector<Posting>& to) {
    to.clear();
    std::string prefix = key_;
    if (key_ != lengths_key) prefix += key_end;
    for (bool is_first = true, is_last = false; !is_last; is_first = false, next_entry()) {
        if (at_end_) Numbers::raise();
        Numbers tag(table_.tag());
        std::uint32_t document = 0;
        if (is_first) {
            tag.number();  // how many they were, and how often
            tag.number();
            document = behind(0, tag.number());
        } else {
            if (!table_.key().starts_with(prefix)) Numbers::raise();
            document = Numbers(table_.key().substr(prefix.size())).ascending();
            if (document <= document_) Numbers::raise();
        }
        is_last = tag.byte() == '1';
        tag.number();  // how far it is to the chunk's last one
        take_chunk(tag, document, to);
    }
    begin();
}

void KeptLists::take_chunk(Numbers numbers, std::uint32_t document, std::vector<Posting>& to) {
    for (;;) {
        const std::uint32_t wdf = numbers.number();
        if (kept_.stays(document)) to.push_back({document, wdf});
        if (numbers.at_end()) break;
        document = behind(document, numbers.number());
    }
    document_ = document;
}

bool KeptLists::take(Value& value) {
    for (;;) {
        if (!is_in_chunk_) {
            const std::uint32_t last = document_;
            document_ = 0;
            if (at_end_ || !table_.key().starts_with(key_)) {
                begin();
                return false;
            }
            document_ = Numbers(table_.key().substr(key_.size())).ascending();
            if (document_ <= last) Numbers::raise();
            values_ = Numbers(table_.tag());
            is_in_chunk_ = true;
        } else if (values_.at_end()) {
            is_in_chunk_ = false;
            next_entry();
            continue;
        } else {
            document_ = behind(document_, values_.number());
        }
        value = {document_, values_.bytes(values_.number())};
        if (kept_.stays(document_)) return true;
    }
}

}  // namespace izde::index::glass
