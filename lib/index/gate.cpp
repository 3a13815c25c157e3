#include "index/gate.hpp"

namespace izde::index {
namespace {

class Passage final : public Xapian::PostingSource {
  public:
    Passage(Gate& gate, Xapian::docid* follower) : gate_(gate), follower_(follower) {}

    void init(const Xapian::Database& database) override {
        documents_ = database.get_doccount();
        last_ = database.get_lastdocid();
        at_ = 0;
        ended_ = false;
    }

    Xapian::doccount get_termfreq_min() const override { return 0; }
    // One more than there are: Xapian asks the rarest condition first, and this one is to be asked last.
    Xapian::doccount get_termfreq_est() const override { return documents_ + 1; }
    Xapian::doccount get_termfreq_max() const override { return documents_ + 1; }

    void next(double /*least_weight*/) override { move_to(at_ + 1); }
    void skip_to(Xapian::docid document, double /*least_weight*/) override {
        if (document > at_) move_to(document);
    }
    bool at_end() const override { return ended_; }
    Xapian::docid get_docid() const override { return at_; }

  private:
    void move_to(Xapian::docid document) {
        at_ = document;
        if (follower_ != nullptr) *follower_ = document;
        ended_ = document > last_ || gate_.is_closed();
    }

    Gate& gate_;
    Xapian::docid* follower_;  // null: nobody wants to know
    Xapian::doccount documents_ = 0;
    Xapian::docid last_ = 0, at_ = 0;
    bool ended_ = false;
};

class NoDocument final : public Xapian::PostingSource {
  public:
    void init(const Xapian::Database& /*database*/) override {}
    Xapian::doccount get_termfreq_min() const override { return 0; }
    Xapian::doccount get_termfreq_est() const override { return 1; }
    Xapian::doccount get_termfreq_max() const override { return 1; }
    void next(double /*least_weight*/) override {}
    bool at_end() const override { return true; }
    Xapian::docid get_docid() const override { return 0; }
};

}  // namespace

Xapian::Query Gate::limited(const Xapian::Query& query) {
    return passing(query, nullptr);
}

Xapian::Query Gate::limited_whole(const Xapian::Query& query) {
    return passing(query, &document_);
}

Xapian::Query Gate::passing(const Xapian::Query& query, Xapian::docid* follower) {
    if (deadline_ == nullptr) return query;
    ++conditions_;
    return {Xapian::Query::OP_FILTER, query, Xapian::Query((new Passage(*this, follower))->release())};
}

Xapian::Query within_border(const Xapian::Query& query) {
    // Of no other kind of query does Xapian leave the parts together.
    return {Xapian::Query::OP_OR, query, Xapian::Query((new NoDocument)->release())};
}

}  // namespace izde::index
