#include "index/counting.hpp"

#include <algorithm>
#include <bit>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "index/compile.hpp"
#include "index/schema.hpp"

namespace izde::index {
namespace {

class Bits {
  public:
    explicit Bits(Xapian::docid last) : words_(last / bits_each + 1) {}

    void set(Xapian::docid document) { words_[document / bits_each] |= bit(document); }
    bool test(Xapian::docid document) const { return (words_[document / bits_each] & bit(document)) != 0; }

    void add(const Bits& other) {
        for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
    }
    void keep(const Bits& other) {
        for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
    }
    void drop(const Bits& other) {
        for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= ~other.words_[i];
    }

    std::uint64_t count() const {
        std::uint64_t sum = 0;
        for (const std::uint64_t word : words_) sum += static_cast<std::uint64_t>(std::popcount(word));
        return sum;
    }

    template <class Visit>
    void each(Visit visit) const {
        for (std::size_t i = 0; i < words_.size(); ++i)
            for (std::uint64_t left = words_[i]; left != 0; left &= left - 1)
                visit(static_cast<Xapian::docid>(i * bits_each +
                                                 static_cast<std::size_t>(std::countr_zero(left))));
    }

  private:
    static constexpr std::size_t bits_each = 64;
    static std::uint64_t bit(Xapian::docid document) { return std::uint64_t{1} << (document % bits_each); }

    std::vector<std::uint64_t> words_;
};

class Marker final : public Xapian::MatchSpy {
  public:
    explicit Marker(Bits& bits) : bits_(bits) {}
    void operator()(const Xapian::Document& document, double /*weight*/) override {
        bits_.set(document.get_docid());
    }

  private:
    Bits& bits_;
};

class Finding {
  public:
    explicit Finding(const Counting& counting)
        : counting_(counting), database_(counting.database), last_(database_.get_lastdocid()) {}

    Bits of(const Query& query) const { return std::visit(*this, query.node); }

    Bits operator()(const Nothing&) const { return Bits(last_); }
    Bits operator()(const Everything&) const { return with_any({std::string()}); }
    Bits operator()(const Word& word) const { return with_any(terms_of(word)); }
    Bits operator()(const Prefix& prefix) const {
        std::vector<std::string> terms;
        for (const std::string& form : counting_.vocabulary.completions(prefix.folded, prefix.most))
            terms.push_back(schema::exact_term(form, prefix.in));
        return with_any(terms);
    }
    Bits operator()(const Has& has) const {
        if (has.extent == Has::Extent::whole)
            return with_any({schema::facet_term(has.facet, schema::facet_key(has.value))});
        return asked({has});
    }
    Bits operator()(const AllOf& all) const {
        Bits found = all.parts.empty() ? (*this)(Everything{}) : every(all.parts);
        for (const Query& part : all.none_of) found.drop(of(part));
        return found;
    }
    Bits operator()(const AnyOf& any) const { return either(any.parts); }
    Bits operator()(const Same& same) const { return either(same.of); }
    Bits operator()(const Only& only) const { return either(only.what); }
    Bits operator()(const Scaled& scaled) const { return either(scaled.what); }

    template <class Other>
    Bits operator()(const Other& other) const {
        return asked({other});
    }

  private:
    static std::vector<std::string> terms_of(const Word& word) {
        std::vector<std::string> terms;
        for (const Word::Tier& tier : word.tiers)
            for (const std::string& form : tier.forms) terms.push_back(schema::exact_term(form, word.in));
        std::ranges::sort(terms);
        terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
        return terms;
    }

    Bits with_any(const std::vector<std::string>& terms) const {
        Bits found(last_);
        for (const std::string& term : terms) {
            const auto end = database_.postlist_end(term);
            for (auto posting = database_.postlist_begin(term); posting != end; ++posting)
                found.set(*posting);
        }
        return found;
    }

    Bits either(const std::vector<Query>& parts) const {
        Bits found(last_);
        for (std::size_t i = 0; i < parts.size(); ++i)
            if (!is_repeated(parts, i)) found.add(of(parts[i]));
        return found;
    }

    Bits every(const std::vector<Query>& parts) const {
        Bits found = of(parts.front());
        for (std::size_t i = 1; i < parts.size(); ++i)
            if (!is_repeated(parts, i)) found.keep(of(parts[i]));
        return found;
    }

    // A word of a text may be there many times.
    static bool is_repeated(const std::vector<Query>& parts, std::size_t i) {
        const auto part = parts.begin() + static_cast<std::ptrdiff_t>(i);
        return std::find(parts.begin(), part, *part) != part;
    }

    // What lists of documents do not tell.
    Bits asked(const Query& query) const {
        Bits found(last_);
        Marker marker(found);
        Xapian::Enquire enquire(database_);
        enquire.set_weighting_scheme(Xapian::BoolWeight());
        enquire.set_docid_order(Xapian::Enquire::DONT_CARE);
        enquire.set_query(compile_unscored(query, counting_.vocabulary, counting_.by_year, database_));
        enquire.add_matchspy(&marker);
        std::ignore = enquire.get_mset(0, 0, database_.get_doccount());
        return found;
    }

    const Counting& counting_;
    const Xapian::Database& database_;
    Xapian::docid last_;
};

}  // namespace

Grouped read_groups(const Xapian::Database& database) {
    Grouped grouped;
    std::unordered_map<std::string, std::uint32_t> numbers;
    const auto end = database.valuestream_end(schema::group_slot);
    for (auto value = database.valuestream_begin(schema::group_slot); value != end; ++value) {
        const auto number = static_cast<std::uint32_t>(numbers.size());
        grouped.emplace_back(value.get_docid(), numbers.try_emplace(*value, number).first->second);
    }
    return grouped;
}

std::uint64_t Counting::count(const Query& query, const Grouped& grouped) const {
    const Bits found = Finding(*this).of(query);
    std::uint64_t folded_away = 0;
    std::unordered_set<std::uint32_t> seen;
    for (const auto& [document, group] : grouped)
        if (found.test(document) && !seen.insert(group).second) ++folded_away;
    return found.count() - folded_away;
}

}  // namespace izde::index
