#include "index/standing.hpp"

#include <utility>

#include "index/phrase.hpp"

namespace izde::index {
namespace {

class Standing final : public Xapian::PostingSource {
  public:
    Standing(const positions::Lists& positions, std::vector<std::vector<std::string>> words, Reach reach)
        : positions_(positions), words_(std::move(words)), reach_(reach), found_(words_.size()) {}

    void init(const Xapian::Database& database) override {
        documents_ = database.get_doccount();
        last_ = database.get_lastdocid();
        at_ = 0;
        cursors_.assign(words_.size(), {});
        for (std::size_t word = 0; word < words_.size(); ++word)
            for (const std::string& term : words_[word]) cursors_[word].emplace_back(positions_.find(term));
    }

    Xapian::doccount get_termfreq_min() const override { return 0; }
    // More than there are, and than a Gate claims: Xapian asks the rarest condition first.
    Xapian::doccount get_termfreq_est() const override { return documents_ + 2; }
    Xapian::doccount get_termfreq_max() const override { return documents_ + 2; }

    void next(double least_weight) override { skip_to(at_ + 1, least_weight); }
    void skip_to(Xapian::docid document, double /*least_weight*/) override {
        if (document < at_) return;
        for (at_ = document; !at_end() && !stand_in(at_);) ++at_;
    }
    bool check(Xapian::docid document, double /*least_weight*/) override {
        at_ = document;
        return at_end() || stand_in(document);
    }
    bool at_end() const override { return at_ > last_; }
    Xapian::docid get_docid() const override { return at_; }

  private:
    bool stand_in(Xapian::docid document) {
        for (std::size_t word = 0; word < words_.size(); ++word) {
            found_[word].clear();
            for (positions::Cursor& cursor : cursors_[word]) cursor.read(document, found_[word]);
            if (found_[word].empty()) return false;
            settle(found_[word]);
        }
        return reach_ ? has_near(found_, *reach_) : has_phrase(found_);
    }

    const positions::Lists& positions_;
    std::vector<std::vector<std::string>> words_;
    Reach reach_;
    std::vector<std::vector<positions::Cursor>> cursors_;  // of each word
    std::vector<Positions> found_;
    Xapian::doccount documents_ = 0;
    Xapian::docid last_ = 0, at_ = 0;
};

}  // namespace

Xapian::Query standing(const positions::Lists& positions, std::vector<std::vector<std::string>> words,
                       Reach reach) {
    return Xapian::Query((new Standing(positions, std::move(words), reach))->release());
}

}  // namespace izde::index
