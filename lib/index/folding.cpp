#include "index/folding.hpp"

#include "index/compile.hpp"
#include "index/schema.hpp"

namespace izde::index {
namespace {

Shown first_of_each(const Xapian::Database& database, const Xapian::Query& query, Xapian::doccount most) {
    Xapian::Enquire enquire(database);
    enquire.set_query(query);
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    enquire.set_docid_order(Xapian::Enquire::ASCENDING);
    enquire.set_sort_by_value(schema::lead_slot, false);
    enquire.set_collapse_key(schema::group_slot);
    Shown shown;
    const Xapian::MSet found = enquire.get_mset(0, most);
    for (auto item = found.begin(); item != found.end(); ++item)
        shown.emplace(item.get_collapse_key(), *item);
    return shown;
}

}  // namespace

Shown shown_members(const Xapian::Database& database, const Xapian::Query& query) {
    const Xapian::Query grouped = weightless(database, schema::grouped_term);
    return first_of_each(database, {Xapian::Query::OP_FILTER, query, grouped},
                         database.get_termfreq(schema::grouped_term));
}

Shown shown_members(const Xapian::Database& database, const Xapian::Query& query,
                    const std::vector<std::string>& groups) {
    std::vector<Xapian::Query> terms;
    terms.reserve(groups.size());
    for (const std::string& group : groups) terms.push_back(weightless(database, schema::group_term(group)));
    const Xapian::Query any(Xapian::Query::OP_OR, terms.begin(), terms.end());
    return first_of_each(database, {Xapian::Query::OP_FILTER, query, any},
                         static_cast<Xapian::doccount>(groups.size()));
}

bool OneOfEach::operator()(const Xapian::Document& document) const {
    const std::string group = document.get_value(schema::group_slot);
    const auto shown = group.empty() ? shown_.end() : shown_.find(group);
    return group.empty() || (shown != shown_.end() && shown->second == document.get_docid());
}

}  // namespace izde::index
