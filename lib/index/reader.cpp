#include "izde/index/reader.hpp"

#include <algorithm>
#include <future>
#include <tuple>

#include <xapian.h>

#include "izde/index/record.hpp"
#include "izde/text/analyze.hpp"

#include "index/compile.hpp"
#include "index/counting.hpp"
#include "index/facets.hpp"
#include "index/feedback.hpp"
#include "index/folding.hpp"
#include "index/freshness.hpp"
#include "index/guard.hpp"
#include "index/proximity.hpp"
#include "index/schema.hpp"

namespace izde::index {
namespace {

// BM25, chosen on the test collections (docs/ranking.md).
Xapian::BM25Weight weighting() {
    return {1.25, 0, 1, 0.75, 0};
}

void set_order(Xapian::Enquire& enquire, Order order) {
    enquire.set_weighting_scheme(weighting());
    if (order == Order::newest) enquire.set_sort_by_value_then_relevance(schema::first_day, true);
    if (order == Order::oldest) enquire.set_sort_by_value_then_relevance(schema::oldness, true);
}

std::vector<Ranked> ranked(const Xapian::MSet& found) {
    std::vector<Ranked> ranked;
    for (auto item = found.begin(); item != found.end(); ++item)
        ranked.push_back({*item, item.get_weight(), item.get_collapse_key()});
    return ranked;
}

}  // namespace

struct Reader::State {
    Manifest manifest;
    Vocabulary vocabulary;
    Xapian::Database database;
    bool has_groups = false;
    Grouped grouped = {};  // read when first asked for; a reader is for one thread at a time

    Xapian::Query unscored(const Query& query) const {
        return compile_unscored(query, vocabulary, manifest.by_year, database);
    }
    std::uint64_t count(const Query& query, Fold fold) {
        const Counting counting{database, vocabulary, manifest.by_year};
        if (fold == Fold::off) return counting.count(query, {});
        if (grouped.empty()) grouped = read_groups(database);
        return counting.count(query, grouped);
    }
    std::vector<Ranked> by_relevance(Xapian::Enquire& enquire, const Window& window,
                                     const Refinement& refinement) const;
    std::vector<Ranked> best(Xapian::Enquire& enquire, const Window& window,
                             const Refinement& refinement) const;
    std::vector<Ranked> oldest(Xapian::Enquire& enquire, const Window& window) const;
    std::vector<Ranked> newest(Xapian::Enquire& enquire, const Query& query, const Window& window) const;
    std::vector<Match> shown(const Query& query, const std::vector<Ranked>& best) const;
};

std::vector<Ranked> Reader::State::by_relevance(Xapian::Enquire& enquire, const Window& window,
                                                const Refinement& refinement) const {
    if (window.fold == Fold::on) enquire.set_collapse_key(schema::group_slot);
    if (refinement.feedback) enquire.set_query(with_feedback(enquire.get_query(), enquire, database));
    return best(enquire, window, refinement);
}

// Without asking for a count Xapian leaves out what cannot be among the best any more.
std::vector<Ranked> Reader::State::best(Xapian::Enquire& enquire, const Window& window,
                                        const Refinement& refinement) const {
    const bool raises = refinement.words.size() > 1 || refinement.freshness > 0;
    const bool refines = raises && window.offset < refined_matches;
    const std::uint32_t first = refines ? 0 : window.offset, end = window.offset + window.limit;
    const Xapian::MSet found =
        enquire.get_mset(first, std::max(end, refines ? refined_matches : end) - first);
    std::vector<Ranked> best = ranked(found);
    if (!refines) return best;
    const auto head = best.begin() + std::min<std::ptrdiff_t>(std::ssize(best), refined_matches);
    std::vector<Ranked> refined(best.begin(), head);
    raise_close(database, refinement.words, refined);
    raise_new(database, refinement.freshness, manifest.built_at, refined);
    std::ranges::move(refined, best.begin());
    best.erase(best.begin(), best.begin() + std::min<std::ptrdiff_t>(std::ssize(best), window.offset));
    if (best.size() > window.limit) best.resize(window.limit);
    return best;
}

// Xapian keeps the member that comes first in the order, and that is where its group belongs.
std::vector<Ranked> Reader::State::oldest(Xapian::Enquire& enquire, const Window& window) const {
    if (window.fold == Fold::on) enquire.set_collapse_key(schema::group_slot);
    return ranked(enquire.get_mset(window.offset, window.limit));
}

// Collapsed by Xapian, a group would stand where its newest member does.
std::vector<Ranked> Reader::State::newest(Xapian::Enquire& enquire, const Query& query,
                                          const Window& window) const {
    if (window.fold == Fold::off) return ranked(enquire.get_mset(window.offset, window.limit));
    const OneOfEach one_of_each(shown_members(database, unscored(query)));
    return ranked(enquire.get_mset(window.offset, window.limit, 0, nullptr, &one_of_each));
}

// In the place of each group the member that stands for it.
std::vector<Match> Reader::State::shown(const Query& query, const std::vector<Ranked>& best) const {
    std::vector<std::string> groups;
    for (const Ranked& one : best)
        if (!one.group.empty()) groups.push_back(one.group);
    const Shown shown = groups.empty() ? Shown() : shown_members(database, unscored(query), groups);
    std::vector<Match> matches;
    for (const Ranked& one : best) {
        const auto member = shown.find(one.group);
        matches.push_back({member == shown.end() ? one.document : member->second, one.score});
    }
    return matches;
}

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
        const Xapian::Query compiled =
            compile(query, state_->vocabulary, state_->manifest.by_year, state_->database);
        Xapian::Enquire enquire(state_->database);
        enquire.set_query(compiled);
        enquire.set_docid_order(Xapian::Enquire::ASCENDING);
        set_order(enquire, window.order);
        if (!state_->has_groups) window.fold = Fold::off;
        Matches matches;
        const auto show = [&](const std::vector<Ranked>& best) {
            matches.items = state_->shown(query, best);
        };
        switch (window.order) {
        case Order::relevance:
            show(state_->by_relevance(enquire, window, refinement));
            break;
        case Order::newest:
            show(state_->newest(enquire, query, window));
            break;
        case Order::oldest:
            show(state_->oldest(enquire, window));
            break;
        }
        if (!window.counted) return matches;
        // A page that is not full has the last match.
        const bool all = window.offset == 0 && matches.items.size() < window.limit;
        matches.total = all ? matches.items.size() : state_->count(query, window.fold);
        return matches;
    });
}

Result<std::vector<FacetCounts>> Reader::count(const Query& query, std::span<const Breakdown> by,
                                               Fold fold) const {
    return guarded("cannot count", [&]() -> Result<std::vector<FacetCounts>> {
        FacetSpy spy(by, state_->has_groups ? fold : Fold::off);
        Xapian::Enquire enquire(state_->database);
        enquire.set_query(state_->unscored(query));
        enquire.set_weighting_scheme(Xapian::BoolWeight());
        enquire.add_matchspy(&spy);
        std::ignore = enquire.get_mset(0, 0, faceted_matches);
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
        // Each of the large tables takes as long as the others together.
        const auto errors_of = [&](const char* table) -> std::size_t {
            const std::filesystem::path path = generation / table;
            // One that holds nothing is not made; none that was made is missing, or the files were not sound.
            if (!std::filesystem::exists(path.string() + ".glass")) return 0;
            return Xapian::Database::check(path.string(), 0, nullptr);
        };
        auto positions = std::async(std::launch::async, [&] { return errors_of("position"); });
        std::size_t errors = 0;
        for (const char* table : {"docdata", "postlist", "termlist"}) errors += errors_of(table);
        errors += positions.get();
        if (errors != 0)
            return fail(Errc::index_corrupt,
                        generation.string() + ": " + std::to_string(errors) + " errors in its structure",
                        "run: izde-indexer rollback, or izde-indexer rebuild");
        return {};
    });
}

}  // namespace izde::index
