// parse → resolve → match → fetch → mark, for one request.
#include "search/searcher.hpp"

#include <algorithm>
#include <chrono>

#include "izde/text/utf8.hpp"

#include "query/keyboard.hpp"
#include "query/parse.hpp"
#include "query/resolve.hpp"
#include "query/typed_date.hpp"
#include "search/suggest.hpp"

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

Snapshot snapshot_of(const index::Manifest& manifest) {
    return {manifest.generation, manifest.built_at, manifest.documents};
}

index::Query with_filters(index::Query query, const Request& request) {
    if (request.filters.empty() && !request.dated) return query;
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

index::Query titled(index::Query query, const std::string& text) {
    return {index::AllOf{{std::move(query)}, {}, {index::Query{index::Titled{text}}}}};
}

// Partial matches, those with all the words first.
index::Query best_of(const query::Resolved& resolved) {
    const double factor = resolved.words > few_words ? all_words_factor : few_words_factor;
    return {index::AllOf{{resolved.relaxed}, {}, {index::Query{index::Scaled{{resolved.strict}, factor}}}}};
}

struct Found {
    index::Query query;  // the one of its readings that answers
    index::Matches matches;
    index::Refinement refinement;
};

Result<Found> match(const index::Reader& reader, const query::Resolved& resolved, const Request& request,
                    double freshness) {
    index::Window window{(request.page - 1) * request.per_page, request.per_page, request.order,
                         request.fold};
    if (resolved.everything && request.order == index::Order::relevance) window.order = index::Order::newest;
    index::Refinement refinement{resolved.in_row, false, freshness};
    const auto ask = [&](index::Query query) -> Result<Found> {
        query = with_filters(titled(std::move(query), request.text), request);
        auto matches = reader.match(query, window, refinement);
        if (!matches) return fail(matches.error());
        return Found{std::move(query), *std::move(matches), refinement};
    };
    auto strict = ask(resolved.strict);
    if (!strict || std::holds_alternative<index::Nothing>(resolved.relaxed.node)) return strict;
    // Sorted by date, partial matches would stand before the full ones.
    const bool ranked = window.order == index::Order::relevance;
    if (strict->matches.total >= (ranked ? too_few : 1)) return strict;
    refinement.feedback = resolved.words >= topic_words && resolved.words <= text_words;
    return ask(best_of(resolved));
}

// What the parser cannot know or has no part in.
void advise(const query::Parsed& parsed, const query::Resolved& resolved, const Request& request,
            std::vector<std::string>& warnings) {
    if (resolved.everything && !text::collapse_spaces(request.text).empty())
        warnings.emplace_back("There is no word in the query, so nothing was left out.");
    if (const auto date = query::typed_date(parsed.syntax))
        warnings.push_back("To find what is dated " + *date + ", search for date:" + *date + ".");
}

struct Answer {
    Found found;
    query::Wanted wanted, furniture;
    std::vector<query::Expansion> expansions;
    std::string suggestion;
    std::vector<std::string> warnings;
    index::Query strict;             // as it was typed, without the filters
    std::vector<query::Unit> units;  // as it was typed
};

// The query as it was perhaps meant; empty if nothing comes to mind.
std::string suggestion_for(const query::Parsed& parsed, const query::Lexicon& lexicon,
                           const query::Resolved& resolved, std::uint64_t found) {
    if (!lexicon.typos) return {};
    std::vector<query::Correction> corrections = resolved.corrections;
    if (found < too_few)
        for (query::Correction& doubt : query::doubts(parsed.syntax, lexicon, found == 0))
            corrections.push_back(std::move(doubt));
    return corrections.empty() ? std::string() : query::respelt(parsed.syntax, corrections);
}

// As it was typed; where that finds nothing, as loosely as it can be read, and saying so.
Result<Answer> answer(const index::Reader& reader, const query::Parsed& parsed, const Request& request,
                      const names::Aliases* aliases, double freshness) {
    query::Lexicon lexicon{reader.vocabulary(), reader.languages(), request.variants ? aliases : nullptr};
    // What another layout explains is no misspelling; it is only asked for, since words may be short.
    const auto slip = request.typo ? query::on_other_layout(request.text, lexicon) : std::nullopt;
    lexicon.typos = request.typo && !slip;
    query::Resolved resolved = query::resolve(parsed.syntax, lexicon);
    auto found = match(reader, resolved, request, freshness);
    if (!found) return fail(found.error());
    Answer answer{*std::move(found),
                  std::move(resolved.wanted),
                  std::move(resolved.furniture),
                  std::move(resolved.expansions),
                  {},
                  parsed.warnings,
                  std::move(resolved.strict),
                  {}};
    answer.suggestion = slip ? *slip : suggestion_for(parsed, lexicon, resolved, answer.found.matches.total);
    answer.units = std::move(resolved.units);
    advise(parsed, resolved, request, answer.warnings);
    if (answer.found.matches.total > 0) return answer;
    lexicon.typos = std::ranges::any_of(resolved.corrections, &query::Correction::taken);

    query::Resolved loose = query::resolve(parsed.syntax, lexicon, query::Reading::loose);
    found = match(reader, loose, request, freshness);
    if (!found) return fail(found.error());
    if (found->matches.total == 0) return answer;
    answer.found = *std::move(found);
    answer.wanted = std::move(loose.wanted);
    answer.furniture = std::move(loose.furniture);
    answer.expansions = std::move(loose.expansions);
    answer.warnings.emplace_back(
        resolved.phrases ? "No document has that phrase; these have some of its words."
                         : "No document has the words that matter; these have some of the others.");
    return answer;
}

std::string furniture_of(const index::Document& document) {
    std::string text;
    for (const index::Furniture& piece : document.boilerplate) text.append(piece.text).append("\n\n");
    return text;
}

void drop_text(index::Document& document) {
    document.body.clear();
    document.boilerplate.clear();
}

// What the hits of one search are marked with.
struct Finders {
    Finder story, furniture;
};

Hit make_hit(index::Document document, double score, const Finders& finders, std::size_t snippet_width) {
    Hit hit;
    hit.score = score;
    hit.title = mark(document.title, document.lang, finders.story);
    if (snippet_width > 0) {
        hit.snippet =
            make_snippet(document.body, document.lang, finders.story, snippet_width, document.title);
        const bool lit = !hit.title.marks.empty() || !hit.snippet.marks.empty();
        if (!lit && !finders.furniture.wanted().units.empty()) {
            Marked snippet =
                make_snippet(furniture_of(document), document.lang, finders.furniture, snippet_width);
            if (!snippet.marks.empty()) hit.snippet = std::move(snippet);
        }
    }
    drop_text(document);
    hit.document = std::move(document);
    return hit;
}

}  // namespace

std::unique_ptr<Searcher> Searcher::start(std::filesystem::path index_root,
                                          std::shared_ptr<const names::Aliases> aliases) {
    return std::unique_ptr<Searcher>(new Searcher(std::move(index_root), std::move(aliases)));
}

void Searcher::use(std::shared_ptr<const names::Aliases> aliases) {
    const std::lock_guard lock(mutex_);
    aliases_ = std::move(aliases);
}

std::shared_ptr<const names::Aliases> Searcher::aliases() const {
    const std::lock_guard lock(mutex_);
    return aliases_;
}

Result<Reply> Searcher::search(const Request& request) const {
    const auto start = std::chrono::steady_clock::now();
    const auto reader = live_.borrow();
    if (!reader) return fail(reader.error());

    const query::Parsed parsed = query::parse(request.text);
    const auto known = aliases();
    const auto answered = answer(**reader, parsed, request, known.get(), freshness_);
    if (!answered) return fail(answered.error());
    const index::Matches& matches = answered->found.matches;

    Reply reply;
    reply.index = snapshot_of((*reader)->manifest());
    reply.parsed = query::to_string(parsed.syntax);
    reply.expansions = answered->expansions;
    reply.suggestion = answered->suggestion;
    reply.warnings = answered->warnings;
    reply.total = matches.total;
    const Finders finders{Finder(answered->wanted), Finder(answered->furniture)};
    for (const index::Match& one : matches.items) {
        auto document = (*reader)->fetch(one);
        if (!document) return fail(document.error());
        reply.hits.push_back(make_hit(*std::move(document), one.score, finders, request.snippet_width));
    }
    if (!request.facets.empty()) {
        auto counts = (*reader)->count(answered->found.query, request.facets, request.fold);
        if (!counts) return fail(counts.error());
        reply.facets = *std::move(counts);
    }
    reply.took_ms =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    return reply;
}

Result<Shown> Searcher::document(std::string_view id, std::string_view query) const {
    const auto reader = live_.borrow();
    if (!reader) return fail(reader.error());
    auto document = (*reader)->fetch(id);
    if (!document) return fail(document.error());

    const auto known = aliases();
    const query::Lexicon lexicon{(*reader)->vocabulary(), (*reader)->languages(), known.get(), true};
    const query::Resolved resolved = query::resolve(query::parse(query).syntax, lexicon);
    const Finder finder(resolved.wanted);
    Shown shown;
    shown.index = snapshot_of((*reader)->manifest());
    shown.title = mark(document->title, document->lang, finder);
    shown.body = mark(document->body, document->lang, finder);
    shown.document = *std::move(document);
    return shown;
}

Result<Similar> Searcher::similar(std::string_view id) const {
    const auto reader = live_.borrow();
    if (!reader) return fail(reader.error());
    const auto document = (*reader)->fetch(id);
    if (!document) return fail(document.error());

    Similar similar;
    similar.index = snapshot_of((*reader)->manifest());
    if (document->group.empty()) return similar;
    // One more, since the document itself is among them.
    const auto members = (*reader)->match({index::Member{document->group}},
                                          {0, Similar::most + 1, index::Order::oldest, index::Fold::off});
    if (!members) return fail(members.error());
    for (const index::Match& one : members->items) {
        auto member = (*reader)->fetch(one);
        if (!member) return fail(member.error());
        if (member->id == document->id || similar.documents.size() == Similar::most) continue;
        drop_text(*member);
        similar.documents.push_back(*std::move(member));
    }
    similar.total = members->total == 0 ? 0 : members->total - 1;
    return similar;
}

Result<Suggestions> Searcher::suggest(std::string_view typed, std::size_t limit) const {
    const auto reader = live_.borrow();
    if (!reader) return fail(reader.error());
    const auto known = aliases();
    auto items = completions(**reader, typed, known.get(), limit);
    if (!items) return fail(items.error());
    return Suggestions{snapshot_of((*reader)->manifest()), *std::move(items)};
}

Result<Explanation> Searcher::explain(const Request& request, std::string_view id) const {
    const auto reader = live_.borrow();
    if (!reader) return fail(reader.error());
    auto document = (*reader)->fetch(id);
    if (!document) return fail(document.error());

    const query::Parsed parsed = query::parse(request.text);
    const auto known = aliases();
    const auto answered = answer(**reader, parsed, request, known.get(), freshness_);
    if (!answered) return fail(answered.error());
    const query::Lexicon lexicon{(*reader)->vocabulary(), (*reader)->languages(),
                                 request.variants ? known.get() : nullptr};
    const index::Query strict = with_filters(answered->strict, request);
    auto explanation = search::explain(**reader, lexicon, request,
                                       {parsed, answered->found.query, answered->found.refinement, strict,
                                        answered->units, answered->expansions, answered->found.matches.total},
                                       *std::move(document));
    if (!explanation) return explanation;
    explanation->index = snapshot_of((*reader)->manifest());
    explanation->warnings = answered->warnings;
    return explanation;
}

Result<index::Manifest> Searcher::stats() const {
    const auto opened = live_.opened();
    if (!opened) {
        const auto why = live_.borrow();
        return why ? Result<index::Manifest>((*why)->manifest()) : fail(why.error());
    }
    return opened->manifest();
}

Status Searcher::status() const {
    Status status;
    const auto trouble = live_.trouble();
    status.last_error = trouble.message;
    status.error_since = trouble.since;
    status.loaded = trouble.loaded;
    status.refused = trouble.refused;
    if (const auto opened = live_.opened()) {
        status.ready = true;
        status.index = snapshot_of(opened->manifest());
    }
    return status;
}

}  // namespace izde::search
