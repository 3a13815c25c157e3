// The formula, and the order of its operations, are those of Xapian::BM25Weight, so that no score differs in
// a bit (weighting_test.cpp).
#include "index/weighting.hpp"

#include <algorithm>
#include <cmath>

namespace izde::index {
namespace {

constexpr std::size_t most_lengths = (std::size_t{16} << 20) / sizeof(Xapian::termcount);

}  // namespace

Lengths Lengths::read(const Xapian::Database& database) {
    Lengths lengths;
    const std::size_t documents = std::size_t{database.get_lastdocid()} + 1;
    if (documents > most_lengths) return lengths;
    lengths.of_.resize(documents);
    const auto end = database.postlist_end(std::string());
    for (auto posting = database.postlist_begin(std::string()); posting != end; ++posting)
        if (*posting < documents) lengths.of_[*posting] = posting.get_doclength();  // a damaged list may lie
    return lengths;
}

Bm25::Bm25(const Lengths& lengths, const Xapian::docid& document) : lengths_(lengths), document_(document) {
    for (const auto stat : {COLLECTION_SIZE, TERMFREQ, WDF, WDF_MAX, WQF, AVERAGE_LENGTH, DOC_LENGTH_MIN})
        need_stat(stat);
}

Bm25* Bm25::clone() const {
    return new Bm25(lengths_, document_);  // Xapian's to delete
}

void Bm25::init(double factor) {
    const Xapian::doccount having = get_termfreq();
    double rarity = (get_collection_size() - having + 0.5) / (having + 0.5);
    if (rarity < 2) rarity = rarity * 0.5 + 1;
    word_ = std::log(rarity) * factor;
    const double times = get_wqf();
    word_ *= (k3 + 1) * times / (k3 + times);
    word_ *= k1 + 1;
    const double mean = get_average_length();
    shorter_ = mean != 0 ? 1 / mean : 0;
}

double Bm25::part(Xapian::termcount wdf, Xapian::termcount length) const {
    const double relative = std::max(length * shorter_, least_length);
    const double times = wdf;
    return word_ * (times / (k1 * (relative * b + (1 - b)) + times));
}

double Bm25::get_sumpart(Xapian::termcount wdf, Xapian::termcount /*length*/,
                         Xapian::termcount /*unique*/) const {
    return part(wdf, lengths_.of(document_));
}

// No document is shorter than the number of times that it has a word.
double Bm25::get_maxpart() const {
    const Xapian::termcount most = get_wdf_upper_bound();
    return part(most, std::max(most, get_doclength_lower_bound()));
}

}  // namespace izde::index
