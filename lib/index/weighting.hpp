// BM25 by lengths of documents that are kept in memory.
#pragma once

#include <cstdint>
#include <vector>

#include <xapian.h>

namespace izde::index {

// How many words each document of a database has. Never changes once it is there, so threads may share it.
class Lengths {
  public:
    // Reads all of them. Holds none where they would take more than 16 MB.
    static Lengths read(const Xapian::Database& database);

    bool empty() const { return of_.empty(); }
    Xapian::termcount of(Xapian::docid document) const { return document < of_.size() ? of_[document] : 0; }

  private:
    std::vector<Xapian::termcount> of_;
};

// BM25, chosen on the test collections (docs/ranking.md). Xapian looks a length up in a list that it reads
// from the beginning of a chunk, for each word and each candidate; that was a third of a search. This gives
// the very same scores where a gate of the whole query tells which document is weighed.
class Bm25 final : public Xapian::Weight {
  public:
    static constexpr double k1 = 1.25, k2 = 0, k3 = 1, b = 0.75, least_length = 0;

    // Both must outlive the matches. `document`: that for which Xapian asks for parts of its weight.
    Bm25(const Lengths& lengths, const Xapian::docid& document);

    double get_sumpart(Xapian::termcount wdf, Xapian::termcount length,
                       Xapian::termcount unique) const override;
    double get_maxpart() const override;
    double get_sumextra(Xapian::termcount /*length*/, Xapian::termcount /*unique*/) const override {
        return 0;
    }
    double get_maxextra() const override { return 0; }

  private:
    Bm25* clone() const override;
    void init(double factor) override;
    double part(Xapian::termcount wdf, Xapian::termcount length) const;

    const Lengths& lengths_;
    const Xapian::docid& document_;
    double word_ = 0;     // what the word counts
    double shorter_ = 0;  // 1 / the mean length
};

}  // namespace izde::index
