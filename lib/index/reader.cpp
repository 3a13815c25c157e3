#include "izde/index/reader.hpp"

#include <algorithm>
#include <tuple>

#include <xapian.h>

#include "izde/index/record.hpp"
#include "izde/text/analyze.hpp"

#include "index/compile.hpp"
#include "index/facets.hpp"
#include "index/feedback.hpp"
#include "index/folding.hpp"
#include "index/guard.hpp"
#include "index/proximity.hpp"
#include "index/schema.hpp"

namespace izde::index {
namespace {

// BM25, chosen on the test collections (docs/ranking.md).
Xapian::BM25Weight weighting() {
    return {1.25, 0, 1, 0.75, 0};
}

Matches counted(const Xapian::Database& database, const Xapian::Query& unscored, Fold fold) {
    Xapian::Enquire enquire(database);
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    enquire.set_docid_order(Xapian::Enquire::DONT_CARE);
    enquire.set_query(unscored);
    const Xapian::MSet all = enquire.get_mset(0, 0, counted_matches);
    Matches matches;
    matches.total = all.get_matches_estimated();
    matches.exact = all.get_matches_lower_bound() == all.get_matches_upper_bound();
    if (fold == Fold::off) return matches;
    FoldedAway folded;
    enquire.set_query({Xapian::Query::OP_FILTER, unscored, Xapian::Query(schema::grouped_term)});
    enquire.add_matchspy(&folded);
    std::ignore = enquire.get_mset(0, 0, counted_matches);
    matches.total -= std::min(matches.total, folded.count());
    return matches;
}

void set_order(Xapian::Enquire& enquire, Order order) {
    switch (order) {
    case Order::relevance:
        enquire.set_weighting_scheme(weighting());
        return;
    case Order::newest:
        enquire.set_weighting_scheme(weighting());
        enquire.set_sort_by_value_then_relevance(schema::first_day, true);
        return;
    case Order::oldest:
        enquire.set_weighting_scheme(weighting());
        enquire.set_sort_by_value_then_relevance(schema::oldness, true);
        return;
    }
}

Matches all_of(Xapian::Enquire& enquire, const Window& window) {
    const Xapian::MSet found = enquire.get_mset(window.offset, window.limit, counted_matches);
    Matches matches;
    matches.total = found.get_matches_estimated();
    matches.exact = found.get_matches_lower_bound() == found.get_matches_upper_bound();
    for (auto item = found.begin(); item != found.end(); ++item)
        matches.items.push_back({*item, item.get_weight()});
    return matches;
}

// The best matches. Without asking for a count Xapian leaves out what cannot be among them any more.
std::vector<Ranked> best_matches(const Xapian::Database& database, Xapian::Enquire& enquire,
                                 const Window& window, const Refinement& refinement) {
    const bool refines = refinement.words.size() > 1 && window.offset < refined_matches;
    const std::uint32_t first = refines ? 0 : window.offset, end = window.offset + window.limit;
    const Xapian::MSet found =
        enquire.get_mset(first, std::max(end, refines ? refined_matches : end) - first);
    std::vector<Ranked> best;
    for (auto item = found.begin(); item != found.end(); ++item)
        best.push_back({*item, item.get_weight(), item.get_collapse_key()});
    if (!refines) return best;
    const auto head = best.begin() + std::min<std::ptrdiff_t>(std::ssize(best), refined_matches);
    std::vector<Ranked> refined(best.begin(), head);
    raise_close(database, refinement.words, refined);
    std::ranges::move(refined, best.begin());
    best.erase(best.begin(), best.begin() + std::min<std::ptrdiff_t>(std::ssize(best), window.offset));
    if (best.size() > window.limit) best.resize(window.limit);
    return best;
}

// By relevance. `unscored` matches the same; counting with it costs less than counting along.
Matches by_relevance(const Xapian::Database& database, Xapian::Enquire& enquire,
                     const Xapian::Query& unscored, const Window& window, const Refinement& refinement) {
    if (window.fold == Fold::on) enquire.set_collapse_key(schema::group_slot);
    if (refinement.feedback) enquire.set_query(with_feedback(enquire.get_query(), enquire, database));
    const std::vector<Ranked> best = best_matches(database, enquire, window, refinement);
    std::vector<std::string> groups;
    for (const Ranked& one : best)
        if (!one.group.empty()) groups.push_back(one.group);
    const Shown shown = groups.empty() ? Shown() : shown_members(database, unscored, groups);
    Matches matches = counted(database, unscored, window.fold);
    for (const Ranked& one : best) {
        const auto member = shown.find(one.group);
        matches.items.push_back({member == shown.end() ? one.document : member->second, one.score});
    }
    return matches;
}

// Xapian keeps the member that comes first in the order, and that is where its group belongs.
Matches first_of_each(const Xapian::Database& database, Xapian::Enquire& enquire, const Window& window) {
    SeenCount count;
    enquire.add_matchspy(&count);
    enquire.set_collapse_key(schema::group_slot);
    const Xapian::MSet found = enquire.get_mset(window.offset, window.limit, counted_matches);
    std::vector<std::string> groups;
    for (auto item = found.begin(); item != found.end(); ++item)
        if (std::string group = item.get_collapse_key(); !group.empty()) groups.push_back(std::move(group));
    const Shown shown = groups.empty() ? Shown() : shown_members(database, enquire.get_query(), groups);
    Matches matches;
    // What Xapian collapsed it counts from below; that is the number once it has seen every match.
    matches.exact = count.seen() < counted_matches;
    matches.total = matches.exact ? found.get_matches_lower_bound() : found.get_matches_estimated();
    for (auto item = found.begin(); item != found.end(); ++item) {
        const auto member = shown.find(item.get_collapse_key());
        matches.items.push_back({member == shown.end() ? *item : member->second, item.get_weight()});
    }
    return matches;
}

// For the newest first: collapsed by Xapian, a group would stand where its newest member does.
Matches earliest_of_each(const Xapian::Database& database, Xapian::Enquire& enquire, const Window& window) {
    const OneOfEach one_of_each(shown_members(database, enquire.get_query()));
    const Xapian::MSet found =
        enquire.get_mset(window.offset, window.limit, counted_matches, nullptr, &one_of_each);
    Matches matches;
    matches.exact = one_of_each.passed() < counted_matches;
    matches.total = matches.exact ? one_of_each.passed() : found.get_matches_estimated();
    for (auto item = found.begin(); item != found.end(); ++item)
        matches.items.push_back({*item, item.get_weight()});
    return matches;
}

}  // namespace

struct Reader::State {
    Manifest manifest;
    Vocabulary vocabulary;
    Xapian::Database database;
    bool has_groups = false;
};

Reader::Reader(std::unique_ptr<State> state) : state_(std::move(state)) {}
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;
Reader::~Reader() = default;

Result<Reader> Reader::open(const std::filesystem::path& generation) {
    auto manifest = read_manifest(generation);
    if (!manifest) return fail(manifest.error());
    if (manifest->fingerprint != text::fingerprint())
        return fail(Errc::index_incompatible,
                    generation.string() + " was built with other text rules (" + manifest->fingerprint +
                        ") than this program's (" + text::fingerprint() + ")",
                    "run: izde-indexer rebuild");
    if (const auto sound = verify_files(generation, *manifest, Depth::sizes); !sound)
        return fail(sound.error());
    auto vocabulary = Vocabulary::open(generation);
    if (!vocabulary) return fail(vocabulary.error());
    return guarded("cannot open " + generation.string(), [&]() -> Result<Reader> {
        auto state =
            std::make_unique<State>(State{*std::move(manifest), *std::move(vocabulary),
                                          Xapian::Database(generation.string(), Xapian::DB_BACKEND_GLASS)});
        state->has_groups = state->database.term_exists(schema::grouped_term);
        if (state->database.get_doccount() != state->manifest.documents)
            return fail(Errc::index_corrupt,
                        generation.string() + " does not hold the documents its manifest counts",
                        "run: izde-indexer rebuild");
        return Reader(std::move(state));
    });
}

const Manifest& Reader::manifest() const {
    return state_->manifest;
}

const Vocabulary& Reader::vocabulary() const {
    return state_->vocabulary;
}

std::vector<std::string> Reader::languages() const {
    std::vector<std::string> languages = state_->vocabulary.languages();
    for (const auto& [lang, documents] : state_->manifest.by_lang)
        if (lang != "und" && !lang.empty()) languages.push_back(lang);
    std::ranges::sort(languages);
    languages.erase(std::unique(languages.begin(), languages.end()), languages.end());
    return languages;
}

Result<Matches> Reader::match(const Query& query, Window window, const Refinement& refinement) const {
    return guarded("cannot search", [&]() -> Result<Matches> {
        const Xapian::Query compiled = compile(query, state_->vocabulary, state_->manifest.by_year);
        Xapian::Enquire enquire(state_->database);
        enquire.set_query(compiled);
        enquire.set_docid_order(Xapian::Enquire::ASCENDING);
        set_order(enquire, window.order);
        if (!state_->has_groups) window.fold = Fold::off;
        if (window.order == Order::relevance)
            return by_relevance(state_->database, enquire,
                                compile_unscored(query, state_->vocabulary, state_->manifest.by_year), window,
                                refinement);
        if (window.fold == Fold::off) return all_of(enquire, window);
        return window.order == Order::newest ? earliest_of_each(state_->database, enquire, window)
                                             : first_of_each(state_->database, enquire, window);
    });
}

Result<std::vector<FacetCounts>> Reader::count(const Query& query, std::span<const Breakdown> by,
                                               Fold fold) const {
    return guarded("cannot count", [&]() -> Result<std::vector<FacetCounts>> {
        FacetSpy spy(by, state_->has_groups ? fold : Fold::off);
        Xapian::Enquire enquire(state_->database);
        enquire.set_query(compile_unscored(query, state_->vocabulary, state_->manifest.by_year));
        enquire.set_weighting_scheme(Xapian::BoolWeight());
        enquire.add_matchspy(&spy);
        std::ignore = enquire.get_mset(0, 0, counted_matches);
        return spy.results();
    });
}

Result<Document> Reader::fetch(Match match) const {
    return guarded("cannot read a document", [&]() -> Result<Document> {
        return read_record(state_->database.get_document(match.key, Xapian::DOC_ASSUME_VALID).get_data());
    });
}

Result<Document> Reader::fetch(std::string_view id) const {
    return guarded("cannot read a document", [&]() -> Result<Document> {
        const std::string term = schema::id_term(id);
        const auto posting = state_->database.postlist_begin(term);
        if (posting == state_->database.postlist_end(term))
            return fail(Errc::not_found, "there is no document " + std::string(id));
        return fetch(Match{*posting, 0});
    });
}

Result<void> Reader::verify(const std::filesystem::path& generation) {
    const auto manifest = read_manifest(generation);
    if (!manifest) return fail(manifest.error());
    if (const auto sound = verify_files(generation, *manifest, Depth::checksums); !sound)
        return fail(sound.error());
    const auto reader = Reader::open(generation);
    if (!reader) return fail(reader.error());
    return guarded("cannot check " + generation.string(), [&]() -> Result<void> {
        const std::size_t errors = Xapian::Database::check(generation.string(), 0, nullptr);
        if (errors != 0)
            return fail(Errc::index_corrupt,
                        generation.string() + ": " + std::to_string(errors) + " errors in its structure",
                        "run: izde-indexer rollback, or izde-indexer rebuild");
        return {};
    });
}

}  // namespace izde::index
