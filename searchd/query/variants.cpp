// Tested by variants_test.cpp.
#include "query/variants.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <utility>

#include "izde/names/keys.hpp"
#include "izde/text/analyze.hpp"

#include "query/name_forms.hpp"

namespace izde::query {
namespace {

namespace fs = std::filesystem;
using index::Field;

// All names of a thing are one word, as rare as it is by all of them; what was typed counts that much more.
constexpr double typed_factor = 0.3;

constexpr std::size_t max_namesakes = 24;
constexpr std::size_t max_phrase_forms = 16;  // of each word of a phrase

Result<std::string> read_file(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return fail(Errc::bad_argument, "cannot read " + file.string(),
                    "it is named by `aliases` in the configuration");
    std::string bytes(names::most_file_bytes + 1, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(in.gcount()));
    return bytes;
}

// What another name looks for and lights up.
struct Variant {
    index::Query query;
    WantedUnit wanted;
};

// Works on the units of one query.
class Widening {
  public:
    Widening(const Lookup& lookup, const names::Aliases& aliases, std::vector<Unit> units,
             std::optional<Field> in)
        : lookup_(lookup), aliases_(aliases), units_(std::move(units)), in_(in) {
        for (std::size_t i = 0; i < units_.size(); ++i) {
            begins_.push_back(words_.size());
            std::ranges::move(names::words_of(units_[i].tokens, name_forms), std::back_inserter(words_));
        }
        begins_.push_back(words_.size());
    }

    std::vector<Unit> run(std::vector<Expansion>& expansions) {
        std::vector<Unit> widened;
        for (std::size_t i = 0; i < units_.size();) {
            const std::size_t taken = widen(i);
            Unit unit = joined(i, taken);
            if (!also_.empty()) add_variants(unit);
            tell(term_of(i, taken), expansions);
            variants_.clear();
            also_.clear();
            mentioned_.clear();
            why_.clear();
            widened.push_back(std::move(unit));
            i += taken;
        }
        return widened;
    }

  private:
    // A word that was typed twice is told of once.
    void tell(const std::string& term, std::vector<Expansion>& expansions) {
        const bool known = std::ranges::find(expansions, term, &Expansion::term) != expansions.end();
        if (!also_.empty() && !known) expansions.push_back({term, std::move(also_), std::move(why_)});
    }

    // Finds the variants of what begins with a unit; gives how many units they stand for.
    std::size_t widen(std::size_t i) {
        std::size_t taken = 1;
        if ((units_[i].stop && units_.size() == 1) || lookup_.is_out_of_time()) return taken;
        mentioned_.insert(units_[i].tokens.front().exact);
        for (const names::Match& match : aliases_.find(words_, begins_[i])) {
            const std::size_t units = units_within(i, match.words);
            if (units == 0 || (taken > 1 && units != taken)) continue;
            if (!match.exact && match.words == 1 && !may_be_name(units_[i])) continue;
            taken = std::max(taken, units);
            add_group(match);
        }
        if (taken == 1) add_namesakes(units_[i]);
        return taken;
    }

    // How many whole units a number of words fills; 0 if the last one is cut.
    std::size_t units_within(std::size_t i, std::size_t words) const {
        const std::size_t end = begins_[i] + words;
        const auto found =
            std::ranges::find(begins_.begin() + static_cast<std::ptrdiff_t>(i), begins_.end(), end);
        return found == begins_.end() ? 0 : static_cast<std::size_t>(found - begins_.begin()) - i;
    }

    // Whether the index has the word mostly as a name, or not at all.
    bool may_be_name(const Unit& unit) const {
        const text::Token& token = unit.tokens.front();
        if (unit.stop || unit.tokens.size() != 1) return false;
        if (token.kind != text::TokenKind::word) return true;
        std::uint64_t names = 0, others = 0;
        for (const std::string& form : lookup_.forms(token)) {
            const auto word = lookup_.vocabulary().find(form);
            if (word) (word->name ? names : others) += word->occurrences;
        }
        return names > others || others == 0;
    }

    std::vector<std::string> namesakes_of(const std::vector<std::string>& spellings) const {
        std::vector<std::string> found;
        for (const std::string& spelling : spellings)
            for (const std::string& key : names::name_keys(spelling))
                for (std::string& name : lookup_.vocabulary().namesakes(key))
                    if (std::ranges::find(found, name) == found.end()) found.push_back(std::move(name));
        if (found.size() > max_namesakes) {
            found.resize(max_namesakes);
            lookup_.tell(Trouble::many_forms, spellings.front());
        }
        return found;
    }

    // Other spellings of a name by rule; none for other words.
    std::vector<std::string> namesakes(const Unit& unit) const {
        const text::Token& token = unit.tokens.front();
        if (unit.tokens.size() != 1 || token.kind != text::TokenKind::word || !may_be_name(unit)) return {};
        const std::vector<std::string> own = lookup_.forms(token);
        std::vector<std::string> found = namesakes_of(name_forms(token));
        std::erase_if(found,
                      [&](const std::string& name) { return std::ranges::find(own, name) != own.end(); });
        return found;
    }

    void add_namesakes(const Unit& unit) {
        std::vector<std::string> found = namesakes(unit);
        if (found.empty()) return;
        lookup_.cut_forms(found, unit.tokens.front().exact);
        for (const std::string& name : found) mention(name, name);
        if (why_.empty()) why_ = "spelling";
        variants_.push_back({{index::Word{{{found, 1.0}}, in_}}, {{{found, {}}}, 1.0}});
    }

    void add_group(const names::Match& match) {
        const std::size_t before = variants_.size();
        for (std::size_t i = 0; i < match.group->members.size(); ++i)
            if (i != match.member && !lookup_.is_out_of_time()) add_member(match.group->members[i]);
        if (variants_.size() > before && why_.empty()) why_ = "alias:" + match.group->label;
    }

    // Forms that its stemmer does not join, such as Синжуя of Синжуй: namesakes in the same script.
    std::vector<std::string> inflected(const std::string& exact) const {
        std::vector<std::string> forms = namesakes_of({exact});
        const auto is_ascii = [](const std::string& word) {
            return static_cast<unsigned char>(word.front()) < 0x80;
        };
        std::erase_if(forms, [&](const std::string& form) { return is_ascii(form) != is_ascii(exact); });
        return forms;
    }

    // Ordinary words whose stem is that of a name: семью is no form of the city Семей.
    void drop_other_words(std::vector<std::string>& forms, const std::string& name) const {
        std::erase_if(forms, [&](const std::string& form) {
            const auto word = lookup_.vocabulary().find(form);
            return form != name && word && !word->name;
        });
    }

    // Nothing for a member of which the index lacks a word.
    void add_member(const names::Member& member) {
        const Tokens tokens = chain(text::analyze(member.text, "und"));
        Spellings words;
        bool literal = true;
        std::string found;
        for (const text::Token& token : tokens) {
            words.push_back(lookup_.known_forms(token));
            lookup_.cut_forms(words.back(), token.exact);
            if (tokens.size() == 1) drop_other_words(words.back(), token.exact);
            if (words.back().empty()) {
                words.back() = inflected(token.exact);
                literal = false;
            }
            if (words.back().size() > max_phrase_forms && tokens.size() > 1) {
                words.back().resize(max_phrase_forms);
                lookup_.tell(Trouble::many_forms, token.exact);
            }
            if (words.back().empty()) return;
            found += (found.empty() ? "" : " ") + words.back().front();
        }
        if (words.empty() || std::ranges::find(also_, member.text) != also_.end()) return;
        mention(literal ? member.text : found, tokens.size() == 1 && literal ? tokens.front().exact : found);
        index::Query query = to_query({words, in_});
        variants_.push_back({by_years(std::move(query), member.years), to_wanted(words)});
    }

    // A spelling once, whatever its case.
    void mention(const std::string& name, const std::string& exact) {
        if (mentioned_.insert(exact).second) also_.push_back(name);
    }

    // Units that are named together, as one.
    Unit joined(std::size_t first, std::size_t count) {
        Unit unit = std::move(units_[first]);
        if (count == 1) return unit;
        index::AllOf all{{required(unit)}, {}, {}};
        add_alone(unit, unit);
        for (std::size_t i = first + 1; i < first + count; ++i) {
            Unit& next = units_[i];
            all.parts.push_back(required(next));
            add_alone(next, unit);
            std::ranges::move(next.partial, std::back_inserter(unit.partial));
            std::ranges::move(next.boost, std::back_inserter(unit.boost));
            std::ranges::move(next.wanted, std::back_inserter(unit.wanted));
            std::ranges::move(next.tokens, std::back_inserter(unit.tokens));
            unit.stop = unit.stop && next.stop;
        }
        unit.query = {std::move(all)};
        unit.weighs = true;
        return unit;
    }

    // One of the words that are named together may stand alone in a partial match, also spelt otherwise.
    void add_alone(const Unit& word, Unit& unit) const {
        unit.partial.push_back(required(word));
        if (std::vector<std::string> found = namesakes(word); !found.empty())
            unit.partial.push_back({index::Word{{{std::move(found), 1.0}}, in_}});
    }

    void add_variants(Unit& unit) {
        index::Same same;
        for (Variant& variant : variants_) {
            same.of.push_back(std::move(variant.query));
            unit.wanted.push_back(std::move(variant.wanted));
        }
        const auto* word = std::get_if<index::Word>(&unit.query.node);
        same.of.push_back(word != nullptr ? index::Query{index::Word{{word->tiers.front()}, in_}}
                                          : unit.query);
        index::Query both{index::AnyOf{{{index::Scaled{{required(unit)}, typed_factor}}, {std::move(same)}}}};
        unit.query = std::move(both);
        unit.weighs = true;
        unit.stop = false;
    }

    std::string term_of(std::size_t first, std::size_t count) const {
        std::string term;
        for (std::size_t i = begins_[first]; i < begins_[first + count]; ++i)
            term += (term.empty() || !spaced(words_[i]) ? "" : " ") + words_[i].forms.front();
        return term;
    }
    static bool spaced(const names::Word& word) {
        return static_cast<unsigned char>(word.forms.front().front()) < 0xE3;
    }

    const Lookup& lookup_;
    const names::Aliases& aliases_;
    std::vector<Unit> units_;
    std::optional<Field> in_;
    std::vector<names::Word> words_;
    std::vector<std::size_t> begins_;  // of each unit among the words, and their end
    std::vector<Variant> variants_;
    std::vector<std::string> also_;
    std::set<std::string> mentioned_;
    std::string why_;
};

}  // namespace

Result<std::shared_ptr<const names::Aliases>> load_aliases(const std::vector<fs::path>& files) {
    auto aliases = names::parse_aliases(names::starter_aliases(), "aliases.txt", name_forms);
    if (!aliases) return fail(aliases.error());
    for (const fs::path& file : files) {
        const auto text = read_file(file);
        if (!text) return fail(text.error());
        const auto more = names::parse_aliases(*text, file.string(), name_forms);
        if (!more) return fail(more.error());
        aliases->merge(*more);
    }
    return std::make_shared<const names::Aliases>(*std::move(aliases));
}

std::vector<Unit> Variants::widen(std::vector<Unit> units, std::optional<Field> in) {
    return Widening(lookup_, aliases_, std::move(units), in).run(expansions_);
}

}  // namespace izde::query
