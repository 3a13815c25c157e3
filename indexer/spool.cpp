#include "spool.hpp"

#include "izde/index/record.hpp"

namespace izde::indexer {

Result<Extent> Spool::add(std::string_view record) {
    const Extent at{tape_.size(), static_cast<std::uint32_t>(record.size())};
    if (auto added = tape_.add(record); !added) return fail(added.error());
    return at;
}

Result<index::Document> Spool::document(const Extent& at) const {
    const auto bytes = record(at);
    if (!bytes) return fail(bytes.error());
    return index::read_record(*bytes);
}

}  // namespace izde::indexer
