// A search by Xapian alone, in several ways: how far each goes on the way to a page of hits.
#pragma once

#include <array>
#include <string>

#include <xapian.h>

#include "asked.hpp"
#include "plain_snippet.hpp"

namespace izde::peers {

enum class Way {
    mset,    // matching and ranking only
    titles,  // and the stored text fetched, for its title
    xapian,  // and Xapian's own snippet of it
    plain,   // or a plain one
};
inline constexpr std::array all_ways{Way::mset, Way::titles, Way::xapian, Way::plain};
inline const char* name_of(Way way) {
    constexpr std::array names{"mset", "titles", "snippets", "plain snippets"};
    return names.at(static_cast<std::size_t>(way));
}

// For one thread. The database is one of xapian_peer's.
class RawSearcher {
  public:
    static constexpr Xapian::valueno value_slot = 0;
    static std::string value_term(const std::string& value) { return "XV" + value; }

    struct Hit {
        Xapian::docid id;
        std::string title, snippet;
    };

    explicit RawSearcher(const std::string& path) : database_(path), enquire_(database_) {
        parser_.set_database(database_);
        parser_.set_stemmer(stem_);
        parser_.set_default_op(Xapian::Query::OP_AND);
    }

    std::vector<Hit> search(Way way, const Query& asked) {
        Xapian::Query query = parser_.parse_query(asked.typed, Xapian::QueryParser::FLAG_PHRASE |
                                                                   Xapian::QueryParser::FLAG_BOOLEAN |
                                                                   Xapian::QueryParser::FLAG_WILDCARD);
        if (asked.kind == "filter")
            query = Xapian::Query(Xapian::Query::OP_FILTER, query, Xapian::Query(value_term(asked.value)));
        enquire_.set_query(query);
        found_ = asked.kind == "facets" ? counted() : enquire_.get_mset(0, 10);
        std::vector<Hit> hits;
        PlainSnippet plain(way == Way::plain ? asked.typed : std::string());
        for (auto match = found_.begin(); match != found_.end(); ++match) {
            Hit& hit = hits.emplace_back(Hit{*match, {}, {}});
            if (way == Way::mset) continue;
            const std::string data = match.get_document().get_data();
            const std::size_t border = data.find('\n');
            hit.title = data.substr(0, border);
            if (way == Way::plain) hit.snippet = plain.of(std::string_view(data).substr(border + 1));
            if (way == Way::xapian)
                hit.snippet =
                    found_.snippet(data.substr(border + 1), 200, stem_,
                                   Xapian::MSet::SNIPPET_BACKGROUND_MODEL | Xapian::MSet::SNIPPET_EXHAUSTIVE);
        }
        return hits;
    }

    std::size_t total() const { return found_.get_matches_estimated(); }

    Answered ask(Way way, const Query& asked) {
        Answered answered;
        for (const Hit& hit : search(way, asked)) {
            ++answered.hits;
            answered.marked += hit.snippet.find("<b>") != std::string::npos;
        }
        return answered;
    }

  private:
    Xapian::MSet counted() {
        Xapian::ValueCountMatchSpy spy(value_slot);
        enquire_.add_matchspy(&spy);
        Xapian::MSet found = enquire_.get_mset(0, 10, database_.get_doccount());
        enquire_.clear_matchspies();
        for (auto value = spy.top_values_begin(10); value != spy.top_values_end(10); ++value) {
        }
        return found;
    }

    Xapian::Database database_;
    Xapian::Stem stem_{"en"};
    Xapian::QueryParser parser_;
    Xapian::Enquire enquire_;
    Xapian::MSet found_;
};

}  // namespace izde::peers
