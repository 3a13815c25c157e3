#include "held.hpp"

namespace izde::indexer {
namespace {

constexpr std::size_t most_bytes = 4u << 20;  // of several documents; a single one may be larger
constexpr std::size_t least_bytes = 1024;     // that a document takes, however little it says

std::size_t size_of(const Result<index::Document>& document) {
    std::size_t bytes = least_bytes;
    if (!document) return bytes;
    bytes += document->title.size() + document->body.size();
    for (const index::Furniture& piece : document->boilerplate) bytes += piece.text.size();
    return bytes;
}

}  // namespace

void Held::take(Result<index::Document> document) {
    if (handed_on_) return sink_(std::move(document));
    bytes_ += size_of(document);
    documents_.push_back(std::move(document));
    if (documents_.size() > 1 && bytes_ > most_bytes) hand_on();
}

void Held::hand_on() {
    handed_on_ = true;
    for (Result<index::Document>& document : documents_) sink_(std::move(document));
    documents_.clear();
}

}  // namespace izde::indexer
