#include "index/entry.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "izde/text/analyze.hpp"

#include "index/milestones.hpp"
#include "index/schema.hpp"
#include "index/stored.hpp"

namespace izde::index {
namespace {

std::optional<std::uint32_t> slot_of(Facet facet) {
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

void add_whole_title(EntrySink& to, const std::string& title) {
    if (const std::string term = schema::title_term(title); !term.empty()) to.add_boolean_term(term);
}

void add_facet(EntrySink& to, Facet facet, const std::string& value) {
    if (value.empty()) return;
    const std::vector<schema::FacetValue> values = schema::facet_values(facet, value);
    for (const schema::FacetValue& one : values) to.add_boolean_term(schema::facet_term(facet, one.key));
    const bool is_whole = values.size() == 1 && values.front().shown.size() == value.size();
    if (!is_whole) to.add_boolean_term(schema::facet_term(facet, schema::facet_key(value)));
    for (const text::Token& token : text::analyze(value, "und"))
        if (token.kind != text::TokenKind::pair)
            to.add_boolean_term(schema::facet_word_term(facet, token.folded));
    const auto slot = slot_of(facet);
    if (slot && !values.empty()) to.add_value(*slot, schema::facet_slot_value(values));
}

void add_group(EntrySink& to, const Document& source) {
    if (source.group.empty()) return;
    to.add_value(schema::group_slot, source.group);
    to.add_value(schema::lead_slot, schema::lead_order(source));
    to.add_boolean_term(schema::group_term(source.group));
    to.add_boolean_term(schema::grouped_term);
}

void add_date(EntrySink& to, const Date& date) {
    const schema::Days days = schema::days_of(date.value);
    if (days.first.empty()) return to.add_boolean_term(schema::undated_term);
    to.add_value(schema::first_day, days.first);
    to.add_value(schema::last_day, days.last);
    to.add_value(schema::oldness, schema::complement(days.first));
    to.add_boolean_term(schema::year_term(date.value.substr(0, 4)));
}

void add_sight(EntrySink& to, const Document& source) {
    if (source.first_seen != 0) to.add_value(schema::seen_slot, schema::seen_order(source));
}

// Where the words of a document stand, and what they count.
class Words {
  public:
    Words(const Document& source, NumberedCounts& counts, EntrySink& entry)
        : source_(source), counts_(counts), entry_(entry) {}

    void add_own() {
        add_title();
        add_body();
    }
    void add_furniture();

    const std::vector<Milestone>& milestones() const { return milestones_; }  // of the body

  private:
    void add_title() {
        // A title that is the text's own beginning stands in the body already.
        const bool in_body = source_.title_source == "lead";
        const auto weight =
            source_.title_source == "first-line" ? schema::first_line_weight : schema::title_weight;
        text::analyze(source_.title, source_.lang, [&](std::span<const text::Token> tokens) {
            entry_.numbers_of(tokens, numbers_);
            counts_.add(tokens, numbers_);
            for (std::size_t i = 0; i < tokens.size(); ++i) {
                if (!in_body) entry_.add_posting(numbers_[i], tokens[i].position, weight);
                entry_.add_posting(number_in(Field::title, tokens[i]), tokens[i].position, 1);
            }
            body_ = tokens.back().position + schema::body_gap;
        });
    }

    void add_body() {
        MilestoneSetter setter(source_.body, body_);
        const std::uint32_t lead = source_.title_source == "lead" ? schema::lead_words : 0;
        text::analyze(source_.body, source_.lang, [&](std::span<const text::Token> tokens) {
            entry_.numbers_of(tokens, numbers_);
            counts_.add(tokens, numbers_);
            for (std::size_t i = 0; i < tokens.size(); ++i) {
                const std::uint32_t position = tokens[i].position;
                entry_.add_posting(numbers_[i], body_ + position, position <= lead ? schema::lead_weight : 1);
            }
            setter.pass(tokens);
        });
        milestones_ = setter.finish();
    }

    std::uint32_t number_in(Field field, const text::Token& token) {
        return entry_.number_of(schema::exact_term(token.exact, field, term_));
    }

    const Document& source_;
    NumberedCounts& counts_;
    EntrySink& entry_;
    std::vector<std::uint32_t> numbers_;  // of the tokens at hand
    std::string term_;
    std::uint32_t body_ = 0;  // the position its body begins behind
    std::vector<Milestone> milestones_;
};

void Words::add_furniture() {
    std::uint32_t offset = 0;
    for (const Furniture& piece : source_.boilerplate) {
        std::uint32_t last = 0;
        text::analyze(piece.text, source_.lang, [&](std::span<const text::Token> tokens) {
            entry_.numbers_of(tokens, numbers_);
            counts_.note(tokens, numbers_);
            // Counted, they would make the document longer, and so its own words weigh less.
            for (const text::Token& token : tokens)
                entry_.add_posting(number_in(Field::boilerplate, token), offset + token.position, 0);
            last = tokens.back().position;
        });
        if (last > 0) offset += last + schema::body_gap;
    }
}

}  // namespace

void give_entry(const Document& source, NumberedCounts& words, Packer& packer, EntrySink& entry) {
    Words own(source, words, entry);
    own.add_own();
    own.add_furniture();
    add_whole_title(entry, source.title);
    entry.add_boolean_term(schema::id_term(source.id));
    add_facet(entry, Facet::lang, source.lang);
    add_facet(entry, Facet::source, source.source);
    add_facet(entry, Facet::author, source.author);
    add_facet(entry, Facet::place, source.place);
    add_facet(entry, Facet::format, source.format);
    add_facet(entry, Facet::path, source.path);
    add_date(entry, source.date);
    add_group(entry, source);
    add_sight(entry, source);
    entry.set_data(pack(packer, source, own.milestones()));
}

void give_words(const Document& source, EntrySink& to) {
    NumberedCounts unused;
    Words(source, unused, to).add_own();
}

void count_words(const Document& source, WordCounts& words) {
    const auto add = [&](std::span<const text::Token> tokens) { words.add(tokens); };
    text::analyze(source.title, source.lang, add);
    text::analyze(source.body, source.lang, add);
    for (const Furniture& piece : source.boilerplate)
        text::analyze(piece.text, source.lang,
                      [&](std::span<const text::Token> tokens) { words.note(tokens); });
}

}  // namespace izde::index
