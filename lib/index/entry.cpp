#include "index/entry.hpp"

#include <optional>

#include "izde/index/record.hpp"
#include "izde/text/analyze.hpp"

#include "index/schema.hpp"

namespace izde::index {
namespace {

std::optional<Xapian::valueno> slot_of(Facet facet) {
    switch (facet) {
    case Facet::lang:
        return schema::lang_slot;
    case Facet::source:
        return schema::source_slot;
    case Facet::author:
        return schema::author_slot;
    case Facet::place:
        return schema::place_slot;
    case Facet::format:
        return schema::format_slot;
    case Facet::path:
        break;
    }
    return std::nullopt;
}

void add_words(Xapian::Document& document, const std::vector<text::Token>& tokens, Xapian::termcount offset,
               Xapian::termcount usual, std::uint32_t lead = 0) {
    for (const text::Token& token : tokens)
        document.add_posting(schema::exact_term(token.exact, {}), offset + token.position,
                             token.position <= lead ? schema::lead_weight : usual);
}

void add_title_field(Xapian::Document& document, const std::vector<text::Token>& tokens) {
    for (const text::Token& token : tokens)
        document.add_posting(schema::exact_term(token.exact, Field::title), token.position);
}

void add_whole_title(Xapian::Document& document, const std::string& title) {
    if (const std::string term = schema::title_term(title); !term.empty()) document.add_boolean_term(term);
}

void add_furniture(Xapian::Document& document, const std::vector<std::vector<text::Token>>& pieces) {
    Xapian::termpos offset = 0;
    for (const std::vector<text::Token>& piece : pieces) {
        // Counted, they would make the document longer, and so its own words weigh less.
        for (const text::Token& token : piece)
            document.add_posting(schema::exact_term(token.exact, Field::boilerplate), offset + token.position,
                                 0);
        if (!piece.empty()) offset += piece.back().position + schema::body_gap;
    }
}

void add_facet(Xapian::Document& document, Facet facet, const std::string& value) {
    if (value.empty()) return;
    const std::vector<schema::FacetValue> values = schema::facet_values(facet, value);
    for (const schema::FacetValue& one : values)
        document.add_boolean_term(schema::facet_term(facet, one.key));
    const bool is_whole = values.size() == 1 && values.front().shown.size() == value.size();
    if (!is_whole) document.add_boolean_term(schema::facet_term(facet, schema::facet_key(value)));
    for (const text::Token& token : text::analyze(value, "und"))
        if (token.kind != text::TokenKind::pair)
            document.add_boolean_term(schema::facet_word_term(facet, token.folded));
    const auto slot = slot_of(facet);
    if (slot && !values.empty()) document.add_value(*slot, schema::facet_slot_value(values));
}

void add_group(Xapian::Document& document, const Document& source) {
    if (source.group.empty()) return;
    document.add_value(schema::group_slot, source.group);
    document.add_value(schema::lead_slot, schema::lead_order(source));
    document.add_boolean_term(schema::group_term(source.group));
    document.add_boolean_term(schema::grouped_term);
}

void add_date(Xapian::Document& document, const Date& date) {
    const schema::Days days = schema::days_of(date.value);
    if (days.first.empty()) return document.add_boolean_term(schema::undated_term);
    document.add_value(schema::first_day, days.first);
    document.add_value(schema::last_day, days.last);
    document.add_value(schema::oldness, schema::complement(days.first));
    document.add_boolean_term(schema::year_term(date.value.substr(0, 4)));
}

}  // namespace

Xapian::Document make_entry(const Postings& postings) {
    Xapian::Document document;
    const Document& source = postings.document;
    const Xapian::termcount body =
        postings.title.empty() ? 0 : postings.title.back().position + schema::body_gap;
    // A title that is the text's own beginning stands in the body already.
    const bool leads = source.title_source == "lead";
    const bool first_line = source.title_source == "first-line";
    if (!leads)
        add_words(document, postings.title, 0, first_line ? schema::first_line_weight : schema::title_weight);
    add_words(document, postings.body, body, 1, leads ? schema::lead_words : 0);
    add_title_field(document, postings.title);
    add_whole_title(document, source.title);
    add_furniture(document, postings.boilerplate);
    document.add_boolean_term(schema::id_term(source.id));
    add_facet(document, Facet::lang, source.lang);
    add_facet(document, Facet::source, source.source);
    add_facet(document, Facet::author, source.author);
    add_facet(document, Facet::place, source.place);
    add_facet(document, Facet::format, source.format);
    add_facet(document, Facet::path, source.path);
    add_date(document, source.date);
    add_group(document, source);
    document.set_data(write_record(source));
    return document;
}

}  // namespace izde::index
