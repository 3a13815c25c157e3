// parse is done; resolve → match, as strictly as it was typed first.
#include "search/answer.hpp"

#include <algorithm>
#include <utility>

#include "izde/text/utf8.hpp"

#include "query/keyboard.hpp"
#include "query/spelling.hpp"
#include "query/typed_date.hpp"

namespace izde::search {
namespace {

// Fewer documents than this with all the words: the best partial matches follow.
constexpr std::uint64_t too_few = 10;

// With a few words, having them all outweighs any number of repetitions of some. Of a sentence
// hardly any document has all; what it has says more.
constexpr std::size_t few_words = 2;
constexpr double few_words_factor = 1.0, all_words_factor = 0.15;

// Of as many words the best matches tell what else belongs to the topic; a whole text says that itself.
constexpr std::size_t topic_words = 5, text_words = 96;

// With more of the time used, a second search is not begun.
constexpr double part_for_strict = 0.25;

index::Query titled(index::Query query, const std::string& text) {
    return {index::AllOf{{std::move(query)}, {}, {index::Query{index::Titled{text}}}}};
}

// Partial matches, those with all the words first.
index::Query best_of(const query::Resolved& resolved) {
    const double factor = resolved.words > few_words ? all_words_factor : few_words_factor;
    return {index::AllOf{{resolved.relaxed}, {}, {index::Query{index::Scaled{{resolved.strict}, factor}}}}};
}

// An estimate is none.
bool has_any(const index::Matches& matches) {
    return matches.complete ? matches.total > 0 : !matches.items.empty();
}

bool is_filtered(const Request& request) {
    return !request.filters.empty() || request.dated;
}

// One search after the other, each as loose as it takes to find enough.
class Matching {
  public:
    Matching(const index::Reader& reader, const query::Resolved& resolved, const Request& request,
             const Asking& asking, Cuts& cuts)
        : reader_(reader), resolved_(resolved), request_(request), deadline_(asking.deadline),
          cuts_(cuts), window_{(request.page - 1) * request.per_page,
                               request.per_page,
                               request.order,
                               request.fold,
                               true,
                               &asking.deadline,
                               !request.facets.empty()},
          refinement_{resolved.in_row, false, asking.freshness} {
        if (resolved.everything && request.order == index::Order::relevance)
            window_.order = index::Order::newest;
    }

    Result<Found> run() {
        auto strict = ask(resolved_.strict);
        if (!strict || is_enough(strict->matches)) return told(std::move(strict));
        const bool some = !strict->matches.items.empty();
        if (some && deadline_.passed(part_for_strict)) {
            cuts_.add(Cut::partial);
            return told(std::move(strict));
        }
        refinement_.feedback = resolved_.words >= topic_words && resolved_.words <= text_words;
        auto relaxed = ask(best_of(resolved_));
        // Cut, it may lack the documents that have all the words.
        if (!relaxed || relaxed->matches.complete || !some) return told(std::move(relaxed));
        cuts_.add(Cut::partial);
        return told(std::move(strict));
    }

  private:
    Result<Found> ask(index::Query query) const {
        query = with_filters(titled(std::move(query), request_.text), request_);
        auto matches = reader_.match(query, window_, refinement_);
        if (!matches) return fail(matches.error());
        return Found{std::move(query), *std::move(matches), refinement_};
    }

    bool is_enough(const index::Matches& strict) const {
        if (std::holds_alternative<index::Nothing>(resolved_.relaxed.node)) return true;
        // Sorted by date, partial matches would stand before the full ones.
        const bool ranked = window_.order == index::Order::relevance;
        return has_any(strict) && strict.total >= (ranked ? too_few : 1);
    }

    Result<Found> told(Result<Found> found) {
        if (found && !found->matches.complete) cuts_.add(Cut::search);
        if (found && !found->matches.exact) cuts_.add(Cut::total);
        return found;
    }

    const index::Reader& reader_;
    const query::Resolved& resolved_;
    const Request& request_;
    const Deadline& deadline_;
    Cuts& cuts_;
    index::Window window_;
    index::Refinement refinement_;
};

// What the parser cannot know or has no part in.
void advise(const query::Parsed& parsed, const query::Resolved& resolved, const Request& request,
            query::Warnings& warnings) {
    if (resolved.everything && !text::collapse_spaces(request.text).empty())
        warnings.add(query::Trouble::no_words, {});
    if (const auto date = query::typed_date(parsed.syntax)) warnings.add(query::Trouble::typed_date, *date);
}

std::string suggestion_for(const query::Parsed& parsed, const query::Lexicon& lexicon,
                           const query::Resolved& resolved, std::uint64_t found) {
    if (!lexicon.typos) return {};
    std::vector<query::Correction> corrections = resolved.corrections;
    if (found < too_few)
        for (query::Correction& doubt : query::doubts(parsed.syntax, lexicon, found == 0))
            corrections.push_back(std::move(doubt));
    return corrections.empty() ? std::string() : query::respelt(parsed.syntax, corrections);
}

// Also what neither the search nor its cuts can tell.
void finish(Answer& answer, query::Warnings& warnings) {
    answer.timed_out = warnings.told(query::Trouble::no_time);
    for (query::Warning& one : warnings.take()) answer.warnings.push_back(std::move(one));
}

}  // namespace

index::Query with_filters(index::Query query, const Request& request) {
    if (!is_filtered(request)) return query;
    index::AllOf all;
    all.parts.push_back(std::move(query));
    for (const auto& [facet, values] : request.filters) {
        index::AnyOf any;
        for (const std::string& value : values)
            any.parts.push_back({index::Has{index::Has::Extent::whole, facet, value}});
        all.parts.push_back({index::Only{{index::Query{std::move(any)}}}});
    }
    if (request.dated) all.parts.push_back({*request.dated});
    return {std::move(all)};
}

const index::Query& without_filters(const index::Query& filtered, const Request& request) {
    return is_filtered(request) ? std::get<index::AllOf>(filtered.node).parts.front() : filtered;
}

Result<Answer> answer(const index::Reader& reader, const query::Parsed& parsed, const Request& request,
                      const Asking& asking) {
    query::Warnings warnings;
    query::Lexicon lexicon{reader.vocabulary(), reader.languages(),
                           request.variants ? asking.aliases : nullptr};
    lexicon.deadline = &asking.deadline;
    // What another layout explains is no misspelling; it is only asked for, since words may be short.
    const auto slip = request.typo ? query::on_other_layout(request.text, lexicon) : std::nullopt;
    lexicon.typos = request.typo && !slip;
    lexicon.warnings = &warnings;
    lexicon.forms.clear();  // of these nobody was told what was left out
    query::Resolved resolved = query::resolve(parsed.syntax, lexicon);
    Cuts cuts;
    auto found = Matching(reader, resolved, request, asking, cuts).run();
    if (!found) return fail(found.error());
    Answer answer{.found = *std::move(found),
                  .wanted = std::move(resolved.wanted),
                  .furniture = std::move(resolved.furniture),
                  .expansions = std::move(resolved.expansions),
                  .suggestion = {},
                  .warnings = parsed.warnings,
                  .cuts = cuts,
                  .strict = std::move(resolved.strict),
                  .units = {}};
    answer.suggestion = slip ? *slip : suggestion_for(parsed, lexicon, resolved, answer.found.matches.total);
    answer.units = std::move(resolved.units);
    advise(parsed, resolved, request, warnings);
    if (has_any(answer.found.matches)) {
        finish(answer, warnings);
        return answer;
    }
    lexicon.typos = std::ranges::any_of(resolved.corrections, &query::Correction::taken);

    query::Resolved loose = query::resolve(parsed.syntax, lexicon, query::Reading::loose);
    cuts = {};
    found = Matching(reader, loose, request, asking, cuts).run();
    if (!found) return fail(found.error());
    if (!has_any(found->matches)) {
        finish(answer, warnings);
        return answer;
    }
    warnings.add(resolved.phrases ? query::Trouble::no_phrase : query::Trouble::no_match, {});
    finish(answer, warnings);
    answer.cuts = cuts;
    answer.found = *std::move(found);
    answer.wanted = std::move(loose.wanted);
    answer.furniture = std::move(loose.furniture);
    answer.expansions = std::move(loose.expansions);
    return answer;
}

}  // namespace izde::search
