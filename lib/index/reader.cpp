#include "izde/index/reader.hpp"

#include <algorithm>
#include <future>
#include <mutex>
#include <tuple>

#include <xapian.h>

#include "izde/text/analyze.hpp"

#include "index/compile.hpp"
#include "index/counting.hpp"
#include "index/facets.hpp"
#include "index/feedback.hpp"
#include "index/folding.hpp"
#include "index/freshness.hpp"
#include "index/gate.hpp"
#include "index/guard.hpp"
#include "index/proximity.hpp"
#include "index/schema.hpp"
#include "index/stored.hpp"
#include "index/weighting.hpp"

namespace izde::index {
namespace {

void set_weighting(Xapian::Enquire& enquire, const Gate& gate, const Lengths& lengths) {
    if (!gate.follows_weighing() || lengths.empty())
        enquire.set_weighting_scheme(
            Xapian::BM25Weight(Bm25::k1, Bm25::k2, Bm25::k3, Bm25::b, Bm25::least_length));
    else
        enquire.set_weighting_scheme(Bm25(lengths, gate.document()));
}

void set_order(Xapian::Enquire& enquire, Order order) {
    if (order == Order::newest) enquire.set_sort_by_value_then_relevance(schema::first_day, true);
    if (order == Order::first_seen) enquire.set_sort_by_value(schema::seen_slot, true);
    if (order == Order::oldest) enquire.set_sort_by_value_then_relevance(schema::oldness, true);
}

std::vector<Ranked> ranked(const Xapian::MSet& found) {
    std::vector<Ranked> ranked;
    for (auto item = found.begin(); item != found.end(); ++item)
        ranked.push_back({*item, item.get_weight(), item.get_collapse_key()});
    return ranked;
}

}  // namespace

// What the readers of one generation share. Nothing of it changes once it is there.
struct Reader::Shared {
    std::filesystem::path generation;
    Manifest manifest;
    Vocabulary vocabulary;
    bool has_groups = false;
    std::string uuid;  // of the database

    const Grouped& groups_of(const Xapian::Database& database) const {
        std::call_once(read, [&] { grouped = read_groups(database); });
        return grouped;
    }

    const Lengths& lengths_of(const Xapian::Database& database) const {
        std::call_once(measured, [&] { lengths = Lengths::read(database); });
        return lengths;
    }

    // Read when first asked for.
    mutable std::once_flag read = {}, measured = {};
    mutable Grouped grouped = {};
    mutable Lengths lengths = {};
};

struct Reader::State {
    std::shared_ptr<const Shared> shared;
    Xapian::Database database;
    StoredDocuments stored;

    Tables tables() const { return {database, shared->vocabulary, shared->manifest.by_year}; }
    Xapian::Query compiled(const Query& query, Gate& gate) const { return compile(query, tables(), gate); }
    Xapian::Query unscored(const Query& query, Gate& gate) const {
        return compile_unscored(query, tables(), gate);
    }
    Count count(const Query& query, Fold fold, const Deadline* deadline) const {
        const Tables all = tables();
        return Counting{all, deadline}.count(query,
                                             fold == Fold::off ? Grouped() : shared->groups_of(database));
    }
};

// One search.
class Reader::Search {
  public:
    Search(const State& state, const Query& query, const Window& window, const Refinement& refinement)
        : database_(state.database), state_(state), query_(query), window_(window), refinement_(refinement),
          gate_(window.deadline), enquire_(database_) {
        if (!state.shared->has_groups) window_.fold = Fold::off;
        enquire_.set_query(state.compiled(query, gate_));
        enquire_.set_docid_order(Xapian::Enquire::ASCENDING);
        set_weighting(enquire_, gate_, state.shared->lengths_of(database_));
        set_order(enquire_, window.order);
    }

    Matches run() {
        Matches matches;
        matches.items = shown(in_order());
        matches.complete = complete_ && !gate_.was_closed();
        if (window_.counted) count(matches);
        return matches;
    }

  private:
    std::vector<Ranked> in_order();
    std::vector<Ranked> by_relevance();
    std::vector<Ranked> best();
    std::vector<Ranked> oldest();
    std::vector<Ranked> newest();
    std::vector<Ranked> page(std::uint32_t offset, std::uint32_t limit,
                             const Xapian::MatchDecider* decider = nullptr);
    std::vector<Match> shown(const std::vector<Ranked>& best);
    void count(Matches& matches);

    // Of all groups, or of some. With a gate of its own, since the search is to find something, too.
    template <class... Groups>
    Shown members_shown(const Groups&... groups) {
        Gate gate(window_.deadline);
        Shown shown = shown_members(database_, state_.unscored(query_, gate), groups...);
        complete_ = complete_ && !gate.was_closed();
        return shown;
    }

    const Xapian::Database& database_;
    const State& state_;
    const Query& query_;
    Window window_;
    const Refinement& refinement_;
    Gate gate_;
    Xapian::Enquire enquire_;
    bool complete_ = true;
    std::uint64_t estimated_ = 0;  // matches, as Xapian guessed from how frequent their words are
};

std::vector<Ranked> Reader::Search::in_order() {
    switch (window_.order) {
    case Order::relevance:
        return by_relevance();
    case Order::newest:
    case Order::first_seen:
        return newest();
    case Order::oldest:
        return oldest();
    }
    return {};
}

std::vector<Ranked> Reader::Search::page(std::uint32_t offset, std::uint32_t limit,
                                         const Xapian::MatchDecider* decider) {
    const Xapian::MSet found = enquire_.get_mset(offset, limit, 0, nullptr, decider);
    estimated_ = found.get_matches_estimated();
    return ranked(found);
}

std::vector<Ranked> Reader::Search::by_relevance() {
    if (window_.fold == Fold::on) enquire_.set_collapse_key(schema::group_slot);
    if (refinement_.feedback)
        enquire_.set_query(
            with_feedback(enquire_.get_query(), enquire_, {database_, state_.stored}, window_.deadline));
    return best();
}

// Without asking for a count Xapian leaves out what cannot be among the best any more.
std::vector<Ranked> Reader::Search::best() {
    const bool raises = refinement_.words.size() > 1 || refinement_.freshness > 0;
    const bool refines = raises && window_.offset < refined_matches;
    const std::uint32_t first = refines ? 0 : window_.offset, end = window_.offset + window_.limit;
    std::vector<Ranked> best = page(first, std::max(end, refines ? refined_matches : end) - first);
    if (!refines) return best;
    const auto head = best.begin() + std::min<std::ptrdiff_t>(std::ssize(best), refined_matches);
    std::vector<Ranked> refined(best.begin(), head);
    raise_close(database_, refinement_.words, window_.deadline, refined);
    raise_new(database_, refinement_.freshness, state_.shared->manifest.built_at, refined);
    std::ranges::move(refined, best.begin());
    best.erase(best.begin(), best.begin() + std::min<std::ptrdiff_t>(std::ssize(best), window_.offset));
    if (best.size() > window_.limit) best.resize(window_.limit);
    return best;
}

// Xapian keeps the member that comes first in the order, and that is where its group belongs.
std::vector<Ranked> Reader::Search::oldest() {
    if (window_.fold == Fold::on) enquire_.set_collapse_key(schema::group_slot);
    return page(window_.offset, window_.limit);
}

// Collapsed by Xapian, a group would stand where its newest member does.
std::vector<Ranked> Reader::Search::newest() {
    if (window_.fold == Fold::off) return page(window_.offset, window_.limit);
    const OneOfEach one_of_each(members_shown());
    // Without knowing all of these, groups are better shown by several than by none.
    return page(window_.offset, window_.limit, complete_ ? &one_of_each : nullptr);
}

// In the place of each group the member that stands for it.
std::vector<Match> Reader::Search::shown(const std::vector<Ranked>& best) {
    std::vector<std::string> groups;
    for (const Ranked& one : best)
        if (!one.group.empty()) groups.push_back(one.group);
    const Shown shown = groups.empty() ? Shown() : members_shown(groups);
    std::vector<Match> matches;
    for (const Ranked& one : best) {
        const auto member = shown.find(one.group);
        matches.push_back({member == shown.end() ? one.document : member->second, one.score});
    }
    return matches;
}

void Reader::Search::count(Matches& matches) {
    // A page that is not full has the last match.
    const bool all = matches.complete && window_.offset == 0 && matches.items.size() < window_.limit;
    const Count count = all                ? Count{matches.items.size(), true}
                        : matches.complete ? state_.count(query_, window_.fold, window_.deadline)
                                           : Count{0, false};
    matches.exact = count.complete;
    matches.total = count.documents;
    if (count.complete) return;
    const std::uint64_t seen = matches.items.empty() ? 0 : window_.offset + matches.items.size();
    matches.total = std::clamp<std::uint64_t>(estimated_, seen, database_.get_doccount());
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
    auto unpacker = Unpacker::open(generation);
    if (!unpacker) return fail(unpacker.error());
    return guarded("cannot open " + generation.string(), [&]() -> Result<Reader> {
        const Xapian::Database database(generation.string(), Xapian::DB_BACKEND_GLASS);
        if (database.get_doccount() != manifest->documents)
            return fail(Errc::index_corrupt,
                        generation.string() + " does not hold the documents its manifest counts",
                        "run: izde-indexer rebuild");
        const bool has_groups = database.term_exists(schema::grouped_term);
        std::shared_ptr<const Shared> shared(new Shared{
            generation, *std::move(manifest), *std::move(vocabulary), has_groups, database.get_uuid()});
        return Reader(std::unique_ptr<State>(
            new State{std::move(shared), database, {generation, *std::move(unpacker)}}));
    });
}

Result<Reader> Reader::another() const {
    const std::filesystem::path& generation = state_->shared->generation;
    return guarded("cannot open " + generation.string(), [&]() -> Result<Reader> {
        const Xapian::Database database(generation.string(), Xapian::DB_BACKEND_GLASS);
        if (database.get_uuid() != state_->shared->uuid)
            return fail(Errc::index_corrupt, generation.string() + " was replaced by another index",
                        "run: izde-indexer rebuild");
        return Reader(std::unique_ptr<State>(
            new State{state_->shared, database, {generation, state_->stored.unpacker().another()}}));
    });
}

Result<void> Reader::warm() const {
    return guarded("cannot read " + state_->shared->generation.string(), [&]() -> Result<void> {
        state_->shared->vocabulary.warm();
        if (state_->shared->has_groups) state_->shared->groups_of(state_->database);
        // The upper blocks of each table, and the values by which searches sort and fold.
        const auto found = match({Everything{}}, {.order = Order::newest});
        if (!found) return fail(found.error());
        for (const Match& one : found->items)
            if (const auto document = fetch(one); !document) return fail(document.error());
        return {};
    });
}

const Manifest& Reader::manifest() const {
    return state_->shared->manifest;
}

const Vocabulary& Reader::vocabulary() const {
    return state_->shared->vocabulary;
}

std::vector<std::string> Reader::languages() const {
    std::vector<std::string> languages = vocabulary().languages();
    for (const auto& [lang, documents] : manifest().by_lang)
        if (lang != "und" && !lang.empty()) languages.push_back(lang);
    std::ranges::sort(languages);
    languages.erase(std::unique(languages.begin(), languages.end()), languages.end());
    return languages;
}

Result<Matches> Reader::match(const Query& query, Window window, const Refinement& refinement) const {
    return guarded("cannot search",
                   [&]() -> Result<Matches> { return Search(*state_, query, window, refinement).run(); });
}

Result<std::vector<FacetCounts>> Reader::count(const Query& query, std::span<const Breakdown> by, Fold fold,
                                               const Deadline* deadline) const {
    return guarded("cannot count", [&]() -> Result<std::vector<FacetCounts>> {
        FacetSpy spy(by, state_->shared->has_groups ? fold : Fold::off);
        Gate gate(deadline);
        Xapian::Enquire enquire(state_->database);
        enquire.set_query(state_->unscored(query, gate));
        enquire.set_weighting_scheme(Xapian::BoolWeight());
        enquire.add_matchspy(&spy);
        std::ignore = enquire.get_mset(0, 0, faceted_matches);
        return spy.results(!gate.was_closed() && spy.seen() < faceted_matches);
    });
}

Result<Document> Reader::fetch(Match match, std::size_t most_body) const {
    return guarded("cannot read a document",
                   [&]() -> Result<Document> { return state_->stored.document(match.key, most_body); });
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

Result<Peeked> Reader::peek(Match match) const {
    return guarded("cannot read a document",
                   [&]() -> Result<Peeked> { return state_->stored.peek(match.key); });
}

Result<std::string> Reader::read(const Peeked& peeked, std::size_t first, std::size_t end) const {
    return guarded("cannot read a document",
                   [&]() -> Result<std::string> { return state_->stored.pieces(peeked, first, end); });
}

Result<std::vector<std::uint32_t>> Reader::positions(const Peeked& peeked, std::string_view spelling,
                                                     std::size_t most) const {
    return guarded("cannot read where words stand", [&]() -> Result<std::vector<std::uint32_t>> {
        const Xapian::Database& database = state_->database;
        const std::string term = schema::exact_term(spelling, {});
        std::vector<std::uint32_t> positions;
        auto at = database.positionlist_begin(peeked.key, term);
        const auto end = database.positionlist_end(peeked.key, term);
        if (!peeked.long_body.milestones.empty() && at != end)
            at.skip_to(peeked.long_body.milestones.front().position);
        for (; at != end && positions.size() < most; ++at) positions.push_back(*at);
        return positions;
    });
}

Result<void> Reader::verify(const std::filesystem::path& generation, Structure structure) {
    const auto manifest = read_manifest(generation);
    if (!manifest) return fail(manifest.error());
    if (const auto sound = verify_files(generation, *manifest, Depth::checksums); !sound)
        return fail(sound.error());
    const auto reader = Reader::open(generation);
    if (!reader) return fail(reader.error());
    if (structure == Structure::trusted) return {};
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
        for (const char* table : {"docdata", "postlist"}) errors += errors_of(table);
        errors += positions.get();
        if (errors != 0)
            return fail(Errc::index_corrupt,
                        generation.string() + ": " + std::to_string(errors) + " errors in its structure",
                        "run: izde-indexer rollback, or izde-indexer rebuild");
        return {};
    });
}

}  // namespace izde::index
