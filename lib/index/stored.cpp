#include "index/stored.hpp"

#include "izde/index/record.hpp"

namespace izde::index {

std::string sample_of(const Document& document) {
    return write_head(document).append(document.body, 0, sampled_bytes);
}

std::string_view pack(Packer& packer, const Document& document) {
    return packer.pack(write_head(document), document.body);
}

Result<Document> read_stored(const Xapian::Database& database, std::uint32_t key, const Unpacker& unpacker,
                             std::size_t most_body) {
    const std::string data = database.get_document(key, Xapian::DOC_ASSUME_VALID).get_data();
    const auto parts = unpacker.unpack(data, most_body);
    if (!parts) return fail(parts.error());
    auto document = read_record(parts->head);
    if (document) document->body = parts->body;
    return document;
}

}  // namespace izde::index
