// parse → resolve → match → fetch → mark, for one request.
#include "search/searcher.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "izde/text/utf8.hpp"

#include "query/parse.hpp"
#include "query/resolve.hpp"
#include "search/answer.hpp"
#include "search/choices.hpp"
#include "search/excerpt.hpp"
#include "search/suggest.hpp"

namespace izde::search {
namespace {

Snapshot snapshot_of(const index::Manifest& manifest) {
    return {manifest.generation, manifest.built_at, manifest.documents};
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

// Of a longer text only as much is looked at for a snippet, and where time ran out.
constexpr std::size_t longest_text = std::size_t{1} << 20, hurried_text = 4096;

std::string_view first_of(std::string_view text, std::size_t bytes) {
    return text.size() <= bytes ? text : text.substr(0, text::code_point_begin(text, bytes));
}

// Makes the hits of one search.
class Hits {
  public:
    Hits(const Answer& answer, std::size_t snippet_width, const Deadline& deadline, Cuts& cuts)
        : story_(answer.wanted), wanted_furniture_(answer.furniture), width_(snippet_width),
          deadline_(deadline), cuts_(cuts) {}

    // Into an empty one, since documents take long to move.
    Result<void> make(const index::Reader& reader, const index::Match& match, Hit& hit) {
        hit.score = match.score;
        if (width_ == 0) {
            auto document = reader.fetch(match, 0);
            if (!document) return fail(document.error());
            drop_text(*document);
            take(*std::move(document), hit);
            return {};
        }
        auto peeked = reader.peek(match);
        if (!peeked) return fail(peeked.error());
        auto snippet = snippet_of_body(reader, *peeked);
        if (!snippet) return fail(snippet.error());
        take(std::move(peeked->document), hit);
        hit.snippet = *std::move(snippet);
        const bool lit = !hit.title.marks.empty() || !hit.snippet.marks.empty();
        if (!lit && !wanted_furniture_.units.empty()) {
            if (!furniture_) furniture_.emplace(wanted_furniture_);
            Marked other = snippet_of(furniture_of(hit.document), hit.document, *furniture_, {});
            if (!other.marks.empty()) hit.snippet = std::move(other);
        }
        drop_text(hit.document);
        return {};
    }

  private:
    void take(index::Document&& document, Hit& hit) const {
        hit.title = mark(document.title, document.lang, story_);
        hit.document = std::move(document);
    }

    Result<Marked> snippet_of_body(const index::Reader& reader, const index::Peeked& peeked) const {
        const index::Document& document = peeked.document;
        if (peeked.long_body.pieces.empty())
            return snippet_of(document.body, document, story_, document.title);
        if (!deadline_.passed()) {
            auto excerpt = make_excerpt(reader, peeked, story_, width_);
            if (!excerpt) return fail(excerpt.error());
            if (*excerpt) return **std::move(excerpt);
        }
        // As much as is looked at, and one byte that tells whether there is more.
        const auto begun =
            reader.fetch({peeked.key, 0}, (deadline_.passed() ? hurried_text : longest_text) + 1);
        if (!begun) return fail(begun.error());
        return snippet_of(begun->body, document, story_, document.title);
    }

    Marked snippet_of(std::string_view text, const index::Document& document, const Finder& finder,
                      std::string_view title) const {
        const bool hurried = deadline_.passed();
        const std::string_view part = first_of(text, hurried ? hurried_text : longest_text);
        if (part.size() < text.size()) cuts_.add(hurried ? Cut::snippets : Cut::long_text);
        return make_snippet(part, document.lang, finder, width_, title);
    }

    Finder story_;
    const query::Wanted& wanted_furniture_;
    std::optional<Finder> furniture_;  // few searches need it
    std::size_t width_;
    const Deadline& deadline_;
    Cuts& cuts_;
};

// Reading what was found may take as much longer; then the hits that were read are all.
constexpr double limit_of_hits = 2;

bool may_be_rotten(const Error& error) {
    return error.code == Errc::index_corrupt || error.code == Errc::io;
}

// What was made of a vocabulary that is lost counts for nothing either.
template <class Work>
auto done_with(const index::Reader& reader, Work& work) -> decltype(work(reader)) {
    auto result = work(reader);
    if (const auto intact = reader.intact(); !intact) result = fail(intact.error());
    return result;
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

// What a reader cannot read may be what it had in mind of files that are sound: it is asked once more with a
// new one.
template <class Work>
auto Searcher::with_reader(Work work) const -> decltype(work(std::declval<const index::Reader&>())) {
    auto reader = live_.borrow();
    if (!reader) {
        if (live_.opened() && may_be_rotten(reader.error())) live_.tell(reader.error());
        return fail(reader.error());
    }
    auto result = done_with(**reader, work);
    if (result || !may_be_rotten(result.error())) return result;
    auto fresh = live_.borrow_instead(*std::move(reader));
    if (fresh) result = done_with(**fresh, work);
    const Error& error = fresh ? result.error() : fresh.error();
    if (fresh && (result || !may_be_rotten(error))) return result;
    live_.tell(error);
    return fail(error);
}

Result<Reply> Searcher::search(const Request& request) const {
    return search(request, Deadline(request.deadline));
}

Result<Reply> Searcher::search(const Request& request, const Deadline& deadline) const {
    const auto start = std::chrono::steady_clock::now();
    auto reply =
        with_reader([&](const index::Reader& reader) { return search_in(reader, request, deadline); });
    if (reply)
        reply->took_ms =
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    return reply;
}

Result<Reply> Searcher::search_in(const index::Reader& reader, const Request& request,
                                  const Deadline& deadline) const {
    const query::Parsed parsed = query::parse(request.text);
    const auto known = aliases();
    const auto answered = answer(reader, parsed, request, {known.get(), freshness_, deadline});
    if (!answered) return fail(answered.error());
    const index::Matches& matches = answered->found.matches;

    Reply reply;
    reply.index = snapshot_of(reader.manifest());
    reply.parsed = query::to_string(parsed.syntax);
    reply.expansions = answered->expansions;
    reply.suggestion = answered->suggestion;
    reply.warnings = answered->warnings;
    reply.total = matches.total;
    reply.total_exact = matches.exact;
    Cuts cuts = answered->cuts;
    reply.hits.reserve(matches.items.size());
    Hits hits(*answered, request.snippet_width, deadline, cuts);
    for (const index::Match& one : matches.items) {
        if (!reply.hits.empty() && deadline.passed(limit_of_hits)) {
            cuts.add(Cut::hits);
            break;
        }
        const auto made = hits.make(reader, one, reply.hits.emplace_back());
        if (!made) return fail(made.error());
    }
    if (!request.facets.empty()) {
        auto counts = count_facets(reader, answered->found, request, deadline);
        if (!counts) return fail(counts.error());
        if (!std::ranges::all_of(*counts, &index::FacetCounts::complete)) cuts.add(Cut::facets);
        reply.facets = *std::move(counts);
    }
    reply.timed_out = answered->timed_out || cuts.timed_out() ||
                      (cuts.has(Cut::facets) && matches.total <= index::faceted_matches);
    for (query::Warning& one : cuts.warnings()) reply.warnings.push_back(std::move(one));
    return reply;
}

Result<Shown> Searcher::document(std::string_view id, std::string_view query) const {
    return with_reader([&](const index::Reader& reader) -> Result<Shown> {
        auto document = reader.fetch(id);
        if (!document) return fail(document.error());
        const Deadline deadline(Request().deadline);
        const auto known = aliases();
        query::Lexicon lexicon{reader.vocabulary(), reader.languages(), known.get(), true};
        lexicon.deadline = &deadline;
        const query::Resolved resolved = query::resolve(query::parse(query).syntax, lexicon);
        const Finder finder(resolved.wanted);
        Shown shown;
        shown.index = snapshot_of(reader.manifest());
        shown.title = mark(document->title, document->lang, finder);
        shown.body = mark(document->body, document->lang, finder);
        shown.document = *std::move(document);
        return shown;
    });
}

Result<Similar> Searcher::similar(std::string_view id) const {
    return with_reader([&](const index::Reader& reader) { return similar_in(reader, id); });
}

Result<Similar> Searcher::similar_in(const index::Reader& reader, std::string_view id) const {
    const auto document = reader.fetch(id);
    if (!document) return fail(document.error());

    const Deadline deadline(Request().deadline);
    Similar similar;
    similar.index = snapshot_of(reader.manifest());
    if (document->group.empty()) return similar;
    // One more, since the document itself is among them.
    const auto members =
        reader.match({index::Member{document->group}},
                     {0, Similar::most + 1, index::Order::oldest, index::Fold::off, true, &deadline});
    if (!members) return fail(members.error());
    for (const index::Match& one : members->items) {
        similar.timed_out = !similar.documents.empty() && deadline.passed(limit_of_hits);
        if (similar.timed_out) break;
        auto member = reader.fetch(one);
        if (!member) return fail(member.error());
        if (member->id == document->id || similar.documents.size() == Similar::most) continue;
        drop_text(*member);
        similar.documents.push_back(*std::move(member));
    }
    similar.total = members->total == 0 ? 0 : members->total - 1;
    similar.timed_out = similar.timed_out || !members->complete || !members->exact;
    return similar;
}

Result<Suggestions> Searcher::suggest(std::string_view typed, std::size_t limit) const {
    return with_reader([&](const index::Reader& reader) -> Result<Suggestions> {
        const Deadline deadline(Request().deadline);
        const auto known = aliases();
        auto completed = completions(reader, typed, known.get(), limit, deadline);
        if (!completed) return fail(completed.error());
        completed->index = snapshot_of(reader.manifest());
        return completed;
    });
}

Result<Explanation> Searcher::explain(const Request& request, std::string_view id) const {
    return with_reader([&](const index::Reader& reader) -> Result<Explanation> {
        auto document = reader.fetch(id);
        if (!document) return fail(document.error());

        const Deadline deadline(request.deadline);
        const query::Parsed parsed = query::parse(request.text);
        const auto known = aliases();
        const auto answered = answer(reader, parsed, request, {known.get(), freshness_, deadline});
        if (!answered) return fail(answered.error());
        query::Lexicon lexicon{reader.vocabulary(), reader.languages(),
                               request.variants ? known.get() : nullptr};
        lexicon.deadline = &deadline;
        const index::Query strict = with_filters(answered->strict, request);
        Cuts cuts = answered->cuts;
        auto explanation = search::explain(reader, lexicon, request,
                                           {parsed, answered->found.query, answered->found.refinement, strict,
                                            answered->units, answered->expansions,
                                            answered->found.matches.total, deadline, cuts},
                                           *std::move(document));
        if (!explanation) return explanation;
        explanation->index = snapshot_of(reader.manifest());
        explanation->warnings = answered->warnings;
        for (query::Warning& one : cuts.warnings()) explanation->warnings.push_back(std::move(one));
        explanation->timed_out = answered->timed_out || cuts.timed_out() || deadline.passed();
        return explanation;
    });
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
    const Live::Health health = live_.health();
    status.last_error = health.last_error;
    status.error_since = health.error_since;
    status.reloads = health.reloads;
    status.failed_reloads = health.failed_reloads;
    if (const auto opened = live_.opened()) {
        status.ready = true;
        status.index = snapshot_of(opened->manifest());
    }
    return status;
}

}  // namespace izde::search
