// parse → resolve → match → fetch → mark, for one request.
#include "search/searcher.hpp"

#include <chrono>

#include "query/parse.hpp"
#include "query/resolve.hpp"

namespace izde::search {
namespace {

// Fewer documents than this with all the words: the best partial matches follow.
constexpr std::uint64_t too_few = 10;

// With a few words, having them all outweighs any number of repetitions of some. Of a sentence
// hardly any document has all; what it has says more.
constexpr std::size_t few_words = 2;
constexpr double all_words_factor = 1.0;

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

// Partial matches, those with all the words first.
index::Query best_of(const query::Resolved& resolved) {
    if (resolved.words > few_words) return resolved.relaxed;
    return {index::AllOf{
        {resolved.relaxed}, {}, {index::Query{index::Scaled{{resolved.strict}, all_words_factor}}}}};
}

Result<index::Matches> match(const index::Reader& reader, const query::Resolved& resolved,
                             const Request& request) {
    index::Window window{(request.page - 1) * request.per_page, request.per_page, request.order};
    if (resolved.everything && request.order == index::Order::relevance) window.order = index::Order::newest;
    auto matches = reader.match(with_filters(resolved.strict, request), window);
    if (!matches || std::holds_alternative<index::Nothing>(resolved.relaxed.node)) return matches;
    // Sorted by date, partial matches would stand before the full ones.
    const bool ranked = window.order == index::Order::relevance;
    if (matches->total >= (ranked ? too_few : 1)) return matches;
    return reader.match(with_filters(best_of(resolved), request), window);
}

struct Answer {
    index::Matches matches;
    query::Wanted wanted;
    std::vector<query::Expansion> expansions;
    std::vector<std::string> warnings;
};

// As it was typed; where that finds nothing, as loosely as it can be read, and saying so.
Result<Answer> answer(const index::Reader& reader, const query::Parsed& parsed, const Request& request,
                      const names::Aliases* aliases) {
    const query::Lexicon lexicon{reader.vocabulary(), reader.languages(),
                                 request.variants ? aliases : nullptr};
    query::Resolved resolved = query::resolve(parsed.syntax, lexicon);
    auto matches = match(reader, resolved, request);
    if (!matches) return fail(matches.error());
    Answer answer{*std::move(matches), std::move(resolved.wanted), std::move(resolved.expansions),
                  parsed.warnings};
    if (answer.matches.total > 0) return answer;

    query::Resolved loose = query::resolve(parsed.syntax, lexicon, query::Reading::loose);
    matches = match(reader, loose, request);
    if (!matches) return fail(matches.error());
    if (matches->total == 0) return answer;
    answer.matches = *std::move(matches);
    answer.wanted = std::move(loose.wanted);
    answer.expansions = std::move(loose.expansions);
    answer.warnings.emplace_back(
        resolved.phrases ? "No document has that phrase; these have some of its words."
                         : "No document has the words that matter; these have some of the others.");
    return answer;
}

Hit make_hit(index::Document document, double score, const query::Wanted& wanted, std::size_t snippet_width) {
    Hit hit;
    hit.score = score;
    hit.title = mark(document.title, document.lang, wanted);
    if (snippet_width > 0) hit.snippet = make_snippet(document.body, document.lang, wanted, snippet_width);
    document.body.clear();
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
    const auto found = answer(**reader, parsed, request, known.get());
    if (!found) return fail(found.error());

    Reply reply;
    reply.index = snapshot_of((*reader)->manifest());
    reply.parsed = query::to_string(parsed.syntax);
    reply.expansions = found->expansions;
    reply.warnings = found->warnings;
    reply.total = found->matches.total;
    reply.total_exact = found->matches.exact;
    for (const index::Match& one : found->matches.items) {
        auto document = (*reader)->fetch(one);
        if (!document) return fail(document.error());
        reply.hits.push_back(make_hit(*std::move(document), one.score, found->wanted, request.snippet_width));
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
    const query::Lexicon lexicon{(*reader)->vocabulary(), (*reader)->languages(), known.get()};
    const query::Resolved resolved = query::resolve(query::parse(query).syntax, lexicon);
    Shown shown;
    shown.index = snapshot_of((*reader)->manifest());
    shown.title = mark(document->title, document->lang, resolved.wanted);
    shown.body = mark(document->body, document->lang, resolved.wanted);
    shown.document = *std::move(document);
    return shown;
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
    status.last_error = live_.last_error();
    if (const auto opened = live_.opened()) {
        status.ready = true;
        status.index = snapshot_of(opened->manifest());
    }
    return status;
}

}  // namespace izde::search
