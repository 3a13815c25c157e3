#include "index/stored.hpp"

#include <utility>

#include "izde/index/record.hpp"

#include "index/glass/codes.hpp"
#include "index/glass/damaged.hpp"

namespace izde::index {

std::string sample_of(const Document& document) {
    return write_head(document).append(document.body, 0, sampled_bytes);
}

std::string_view pack(Packer& packer, const Document& document, std::span<const Milestone> milestones) {
    return packer.pack(write_head(document), document.body, milestones);
}

namespace {

Result<Document> unpacked(const ReadPacked& read, const Unpacker& unpacker, std::size_t most_body) {
    const auto parts = unpacker.unpack(read, most_body);
    if (!parts) return fail(parts.error());
    auto document = read_record(parts->head);
    if (document) document->body = parts->body;
    return document;
}

}  // namespace

Result<Document> read_stored(const Xapian::Database& database, std::uint32_t key, const Unpacker& unpacker) {
    const std::string data = database.get_document(key, Xapian::DOC_ASSUME_VALID).get_data();
    return unpacked(read_of(data), unpacker, Unpacker::whole);
}

StoredDocuments::StoredDocuments(const glass::MappedTable& table, Unpacker unpacker)
    : table_(table), unpacker_(std::move(unpacker)) {}

ReadPacked StoredDocuments::find(std::uint32_t key) const {
    std::string name;
    glass::put_ascending(name, key);
    if (!table_.find(name)) throw glass::Damaged("a stored document is missing");
    return [this](std::size_t from, std::size_t bytes) { return table_.read(from, bytes); };
}

Result<Document> StoredDocuments::document(std::uint32_t key, std::size_t most_body) const {
    return unpacked(find(key), unpacker_, most_body);
}

Result<Peeked> StoredDocuments::peek(std::uint32_t key) const {
    const ReadPacked read = find(key);
    const auto head = unpacker_.head(read);
    if (!head) return fail(head.error());
    auto document = read_record(head->head);
    if (!document) return fail(document.error());
    Peeked peeked{key, *std::move(document), head->body_bytes, {}};
    peeked.document.body = head->body;
    if (head->directory == 0) return peeked;
    auto pieces = unpacker_.pieces(read, *head);
    if (!pieces) return fail(pieces.error());
    peeked.long_body = *std::move(pieces);
    return peeked;
}

Result<std::string> StoredDocuments::pieces(const Peeked& peeked, std::size_t first, std::size_t end) const {
    std::string text;
    const auto had = unpacker_.body(find(peeked.key), peeked.long_body, first, end, text);
    if (!had) return fail(had.error());
    return text;
}

}  // namespace izde::index
