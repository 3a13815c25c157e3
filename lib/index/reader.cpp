#include "izde/index/reader.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <future>
#include <mutex>
#include <optional>
#include <string_view>
#include <utility>

#include <xapian.h>

#include "izde/text/analyze.hpp"

#include "index/facets.hpp"
#include "index/feedback.hpp"
#include "index/freshness.hpp"
#include "index/glass/version.hpp"
#include "index/guard.hpp"
#include "index/matching/columns.hpp"
#include "index/matching/evaluation.hpp"
#include "index/matching/plan.hpp"
#include "index/matching/ranking.hpp"
#include "index/positions/lists.hpp"
#include "index/proximity.hpp"
#include "index/schema.hpp"
#include "index/stored.hpp"
#include "index/vocabulary_format.hpp"

namespace izde::index {

using namespace matching;

namespace {

std::vector<std::string> languages_of(const Vocabulary& vocabulary, const Manifest& manifest) {
    std::vector<std::string> languages = vocabulary.languages();
    for (const auto& [lang, documents] : manifest.by_lang)
        if (lang != "und" && !lang.empty()) languages.push_back(lang);
    std::ranges::sort(languages);
    languages.erase(std::unique(languages.begin(), languages.end()), languages.end());
    return languages;
}

}  // namespace

// What the readers of one generation share. Nothing of it changes once it is there.
struct Reader::Shared {
    std::filesystem::path generation;
    Manifest manifest;
    Vocabulary vocabulary;
    std::vector<std::string> languages;
    positions::Lists positions;
    bool has_groups = false;
    std::string uuid;  // of the database
    glass::MappedTable postings, stored;

    const Lengths& lengths() const { return read_once(lengths_); }
    const Ordinals& ordinals() const { return lengths().ordinals(); }
    const Groups& groups() const { return read_once(groups_, ordinals()); }
    const Column& days() const { return read_once(days_, schema::first_day, ordinals()); }
    const Values& values(std::uint32_t slot) const { return read_once(values_.at(slot), slot, ordinals()); }
    const Column& first_seen() const { return read_once(first_seen_, schema::seen_slot, ordinals()); }

    Tables tables() const {
        const auto words = static_cast<double>(lengths().words());
        const auto documents = static_cast<double>(std::max(1U, lengths().documents()));
        return {postings, vocabulary, manifest.by_year, {documents, words > 0 ? documents / words : 0}};
    }

    // Errc::io once a part of its files is lost.
    Result<void> intact() const {
        const char* const lost = vocabulary.is_lost()  ? vocabulary_format::file_name
                                 : positions.is_lost() ? positions::format::file_name
                                 : postings.is_lost()  ? glass::table_name::postlist
                                 : stored.is_lost()    ? glass::table_name::docdata
                                                       : nullptr;
        if (lost == nullptr) return {};
        return fail(Errc::io,
                    "cannot read " + (generation / lost).string() +
                        ": a part of it is gone or the disk cannot read it",
                    "see what the system's log (dmesg) says of the disk, then run: izde-indexer rebuild");
    }

    // As guarded(), but whatever came of a file that is lost is an error, also what seems to be an answer.
    template <class Work>
    auto guarded(const std::string& what, Work&& work) const -> decltype(work()) {
        auto result = index::guarded(what, std::forward<Work>(work));
        if (const auto whole = intact(); !whole) result = fail(whole.error());
        return result;
    }

    Shared(std::filesystem::path folder, Manifest said, Vocabulary words, const Xapian::Database& database)
        : generation(std::move(folder)), manifest(std::move(said)), vocabulary(std::move(words)),
          languages(languages_of(vocabulary, manifest)), positions(generation),
          has_groups(database.term_exists(schema::grouped_term)), uuid(database.get_uuid()),
          postings(generation / glass::table_name::postlist),
          stored(generation / glass::table_name::docdata) {}

  private:
    template <class T>
    struct Once {
        std::once_flag flag;
        std::optional<T> value;
    };

    // What is read when it is first asked for.
    template <class T, class... More>
    const T& read_once(Once<T>& once, const More&... more) const {
        std::call_once(once.flag, [&] { once.value.emplace(postings, more...); });
        return *once.value;
    }

    mutable Once<Lengths> lengths_;
    mutable Once<Groups> groups_;
    mutable Once<Column> days_, first_seen_;
    mutable std::array<Once<Values>, schema::seen_slot> values_;  // by their slots
};

namespace {

// Where the lists of some spellings are: snippets ask for the same ones in hit after hit.
class FoundLists {
  public:
    positions::List find(const positions::Lists& lists, std::string_view spelling) {
        Found& found = found_[std::hash<std::string_view>()(spelling) % found_.size()];
        if (found.spelling != spelling) {
            found.list = lists.find(schema::exact_term(spelling, {}));
            found.spelling = spelling;
        }
        return found.list;
    }

  private:
    struct Found {
        std::string spelling;
        positions::List list;
    };
    std::array<Found, 256> found_;
};

}  // namespace

struct Reader::State {
    std::shared_ptr<const Shared> shared;
    Xapian::Database database;
    StoredDocuments stored;
    std::unique_ptr<Scratch> scratch = std::make_unique<Scratch>();
    std::unique_ptr<FoundLists> lists = std::make_unique<FoundLists>();

    Sorting sorting(Order order, Fold fold) const {
        Sorting sorting{order, nullptr, nullptr};
        if (order == Order::newest || order == Order::oldest) sorting.column = &shared->days();
        if (order == Order::first_seen) sorting.column = &shared->first_seen();
        if (fold == Fold::on && shared->has_groups) sorting.groups = &shared->groups();
        return sorting;
    }
};

// One search.
class Reader::Search {
  public:
    Search(const State& state, const Query& query, const Window& window, const Refinement& refinement)
        : state_(state), lengths_(state.shared->lengths()), query_(query), window_(window),
          refinement_(refinement), sorting_(state.sorting(window.order, window.fold)) {}

    Matches run() {
        std::vector<Ranked> best = this->best();
        Matches matches;
        for (const Ranked& one : best) matches.items.push_back({one.shown, one.score});
        matches.exact = matches.complete = looked_at_ == lengths_.ordinals().end();
        if (matches.exact) matches.all = std::move(all_);
        if (!window_.counted) return matches;
        matches.total = total_;
        if (!matches.exact) matches.total = estimated(matches.items.size());
        return matches;
    }

  private:
    std::vector<Ranked> best();
    std::vector<Ranked> first(std::size_t most, Plan& plan);
    Plan plan_of(const Query& query) const { return make_plan(query, state_.shared->tables(), Scores::yes); }
    Query with_topic();

    // As if the documents that were not looked at were like the others.
    std::uint64_t estimated(std::size_t shown) const {
        const double part = static_cast<double>(looked_at_) / static_cast<double>(lengths_.ordinals().end());
        const std::uint64_t seen =
            shown == 0 ? total_ : std::max<std::uint64_t>(total_, window_.offset + shown);
        const auto likely = part > 0 ? static_cast<std::uint64_t>(static_cast<double>(total_) / part) : 0;
        return std::clamp<std::uint64_t>(likely, std::min<std::uint64_t>(seen, lengths_.documents()),
                                         lengths_.documents());
    }

    const State& state_;
    const Lengths& lengths_;
    const Query& query_;
    Window window_;
    const Refinement& refinement_;
    Sorting sorting_;
    std::uint32_t looked_at_ = 0;     // documents below this ordinal, in the last pass
    std::uint64_t total_ = 0;         // matches of these
    std::vector<std::uint64_t> all_;  // of these, if they are to be kept
};

// One pass over all documents.
std::vector<Ranked> Reader::Search::first(std::size_t most, Plan& plan) {
    const Tables tables = state_.shared->tables();
    Clock clock(window_.deadline);
    Standing standing(state_.shared->positions);
    Evaluation evaluation(plan, tables.bm25, {tables.postings, lengths_, standing}, *state_.scratch, clock);
    Ranking ranking(sorting_, most);
    all_.clear();
    looked_at_ = each_window(evaluation, lengths_.ordinals(), clock, [&](std::uint32_t first, Range range) {
        ranking.add(evaluation.matches(), evaluation.candidates(), range, evaluation.scores(), first);
        if (window_.kept) evaluation.matches().append_to(all_, range);
        if (window_.order == Order::relevance) evaluation.expect_more_than(ranking.least());
    });
    total_ = ranking.total();
    return ranking.best(lengths_.ordinals());
}

Query Reader::Search::with_topic() {
    Plan plan = plan_of(query_);
    const std::vector<Ranked> topic = first(feedback_matches, plan);
    return with_feedback(
        query_, topic, [&](const std::string& term) { return plan.numbers.contains(term); },
        {state_.database, state_.stored}, window_.deadline);
}

std::vector<Ranked> Reader::Search::best() {
    const bool by_relevance = window_.order == Order::relevance;
    const bool raises = by_relevance && (refinement_.words.size() > 1 || refinement_.freshness > 0);
    const bool refines = raises && window_.offset < refined_matches;
    const std::uint32_t end = window_.offset + window_.limit;
    Plan plan = plan_of(by_relevance && refinement_.feedback ? with_topic() : query_);
    std::vector<Ranked> best = first(std::max(end, refines ? refined_matches : end), plan);
    if (refines) {
        const auto head = best.begin() + std::min<std::ptrdiff_t>(std::ssize(best), refined_matches);
        std::vector<Ranked> refined(best.begin(), head);
        raise_close(state_.database, state_.shared->positions, refinement_.words, window_.deadline, refined);
        raise_new(state_.database, refinement_.freshness, state_.shared->manifest.built_at, refined);
        std::ranges::move(refined, best.begin());
    }
    best.erase(best.begin(), best.begin() + std::min<std::ptrdiff_t>(std::ssize(best), window_.offset));
    if (best.size() > window_.limit) best.resize(window_.limit);
    return best;
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
        auto shared = std::make_shared<const Shared>(generation, *std::move(manifest), *std::move(vocabulary),
                                                     database);
        const glass::MappedTable& stored = shared->stored;
        return Reader(
            std::unique_ptr<State>(new State{std::move(shared), database, {stored, *std::move(unpacker)}}));
    });
}

Result<Reader> Reader::another() const {
    const std::filesystem::path& generation = state_->shared->generation;
    return state_->shared->guarded("cannot open " + generation.string(), [&]() -> Result<Reader> {
        const Xapian::Database database(generation.string(), Xapian::DB_BACKEND_GLASS);
        if (database.get_uuid() != state_->shared->uuid)
            return fail(Errc::index_corrupt, generation.string() + " was replaced by another index",
                        "run: izde-indexer rebuild");
        return Reader(std::unique_ptr<State>(new State{
            state_->shared, database, {state_->shared->stored, state_->stored.unpacker().another()}}));
    });
}

Result<void> Reader::warm() const {
    const Shared& shared = *state_->shared;
    return shared.guarded("cannot read " + shared.generation.string(), [&]() -> Result<void> {
        shared.vocabulary.warm();
        if (shared.has_groups) shared.groups();
        // The upper blocks of each table, and the values by which searches sort and fold.
        const auto found = match({Everything{}}, {.order = Order::newest});
        if (!found) return fail(found.error());
        for (const Match& one : found->items)
            if (const auto document = fetch(one); !document) return fail(document.error());
        return {};
    });
}

Result<void> Reader::intact() const {
    return state_->shared->intact();
}

const Manifest& Reader::manifest() const {
    return state_->shared->manifest;
}

const Vocabulary& Reader::vocabulary() const {
    return state_->shared->vocabulary;
}

const std::vector<std::string>& Reader::languages() const {
    return state_->shared->languages;
}

Result<Matches> Reader::match(const Query& query, Window window, const Refinement& refinement) const {
    return state_->shared->guarded("cannot search", [&]() -> Result<Matches> {
        return Search(*state_, query, window, refinement).run();
    });
}

Result<std::vector<FacetCounts>> Reader::count(const Query& query, std::span<const Breakdown> by, Fold fold,
                                               const Deadline* deadline) const {
    return state_->shared->guarded("cannot count", [&]() -> Result<std::vector<FacetCounts>> {
        const Shared& shared = *state_->shared;
        const Tables tables = shared.tables();
        Plan plan = make_plan(query, tables, Scores::no);
        Clock clock(deadline);
        Standing standing(shared.positions);
        Evaluation evaluation(plan, tables.bm25, {tables.postings, shared.lengths(), standing},
                              *state_->scratch, clock);
        const auto values = [&](std::uint32_t slot) -> const Values& { return shared.values(slot); };
        FacetTally tally(by, values, state_->sorting(Order::relevance, fold).groups);
        const std::uint32_t end =
            each_window(evaluation, shared.ordinals(), clock, [&](std::uint32_t first, Range range) {
                evaluation.matches().each(range, [&](std::uint32_t place) { tally.add(first + place); });
            });
        return tally.results(end == shared.ordinals().end());
    });
}

Result<std::vector<FacetCounts>> Reader::count(std::span<const std::uint64_t> all,
                                               std::span<const Breakdown> by, Fold fold,
                                               const Deadline* deadline) const {
    return state_->shared->guarded("cannot count", [&]() -> Result<std::vector<FacetCounts>> {
        const Shared& shared = *state_->shared;
        const auto values = [&](std::uint32_t slot) -> const Values& { return shared.values(slot); };
        FacetTally tally(by, values, state_->sorting(Order::relevance, fold).groups);
        constexpr std::size_t each_look = 256;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (i % each_look == each_look - 1 && has_passed(deadline)) return tally.results(false);
            each_bit(all[i], i, [&](std::uint32_t document) { tally.add(document); });
        }
        return tally.results(true);
    });
}

Result<Document> Reader::fetch(Match match, std::size_t most_body) const {
    return state_->shared->guarded("cannot read a document", [&]() -> Result<Document> {
        return state_->stored.document(match.key, most_body);
    });
}

Result<Document> Reader::fetch(std::string_view id) const {
    return state_->shared->guarded("cannot read a document", [&]() -> Result<Document> {
        const std::string term = schema::id_term(id);
        const auto posting = state_->database.postlist_begin(term);
        if (posting == state_->database.postlist_end(term))
            return fail(Errc::not_found, "there is no document " + std::string(id));
        return fetch(Match{*posting, 0});
    });
}

Result<Peeked> Reader::peek(Match match) const {
    return state_->shared->guarded("cannot read a document",
                                   [&]() -> Result<Peeked> { return state_->stored.peek(match.key); });
}

Result<std::string> Reader::read(const Peeked& peeked, std::size_t first, std::size_t end) const {
    return state_->shared->guarded("cannot read a document", [&]() -> Result<std::string> {
        return state_->stored.pieces(peeked, first, end);
    });
}

Result<std::vector<std::uint32_t>> Reader::positions(const Peeked& peeked, std::string_view spelling,
                                                     std::size_t most) const {
    return state_->shared->guarded(
        "cannot read where words stand", [&]() -> Result<std::vector<std::uint32_t>> {
            std::vector<std::uint32_t> positions;
            positions::Cursor cursor(state_->lists->find(state_->shared->positions, spelling));
            cursor.read(peeked.key, positions);
            if (!peeked.long_body.milestones.empty())
                positions.erase(
                    positions.begin(),
                    std::ranges::lower_bound(positions, peeked.long_body.milestones.front().position));
            if (positions.size() > most) positions.resize(most);
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
        const auto errors_of = [&](const char* table) -> std::size_t {
            const std::filesystem::path path = generation / table;
            // One that holds nothing is not made; none that was made is missing, or the files were not sound.
            if (!std::filesystem::exists(path.string() + ".glass")) return 0;
            return Xapian::Database::check(path.string(), 0, nullptr);
        };
        auto positions = std::async(std::launch::async, [&] { reader->state_->shared->positions.check(); });
        std::size_t errors = 0;
        for (const char* table : {"docdata", "postlist"}) errors += errors_of(table);
        positions.get();
        if (errors != 0)
            return fail(Errc::index_corrupt,
                        generation.string() + ": " + std::to_string(errors) + " errors in its structure",
                        "run: izde-indexer rollback, or izde-indexer rebuild");
        return {};
    });
}

}  // namespace izde::index
