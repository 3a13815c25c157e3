// Reader::match and Reader::count against a brute-force evaluation over tokens: the same documents, always.
#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <set>
#include <tuple>

#include <catch2/catch.hpp>

#include "izde/text/analyze.hpp"

#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"

using namespace izde;
using namespace izde::index;
using namespace izde::tests;

namespace {

const std::vector<std::string> vocabulary{"bridge", "bridges", "river",  "rivers", "port", "the",
                                          "мост",   "мосту",   "река",   "新疆",   "新",   "疆",
                                          "2022",   "bricks",  "ported", "и",      "中国", "国疆"};

using Places = std::multimap<std::string, std::uint32_t>;

struct Evaluated {
    Document document;
    Places title, body;  // exact → positions

    explicit Evaluated(const Document& source) : document(source) {
        for (const auto& token : text::analyze(source.title, source.lang))
            title.emplace(token.exact, token.position);
        for (const auto& token : text::analyze(source.body, source.lang))
            body.emplace(token.exact, token.position);
    }

    // Whether the words from the i-th on stand from this position on.
    static bool goes_on(const Places& places, const Phrase& phrase, std::size_t i, std::uint32_t position) {
        if (i == phrase.words.size()) return true;
        return std::ranges::any_of(phrase.words[i], [&](const std::string& spelling) {
            const auto [from, to] = places.equal_range(spelling);
            return std::any_of(from, to, [&](const auto& place) {
                return place.second == position && goes_on(places, phrase, i + 1, position + 1);
            });
        });
    }
    static bool chain(const Places& places, const Phrase& phrase) {
        return std::ranges::any_of(
            places, [&](const auto& place) { return goes_on(places, phrase, 0, place.second); });
    }

    // Two words, at different positions.
    static bool close(const Places& places, const Near& near) {
        const auto positions = [&](const std::vector<std::string>& spellings) {
            std::set<std::uint32_t> found;
            for (const std::string& spelling : spellings) {
                const auto [from, to] = places.equal_range(spelling);
                std::transform(from, to, std::inserter(found, found.end()),
                               [](const auto& place) { return place.second; });
            }
            return found;
        };
        const auto first = positions(near.words.front()), second = positions(near.words.back());
        return std::ranges::any_of(first, [&](std::uint32_t one) {
            return std::ranges::any_of(second, [&](std::uint32_t other) {
                const std::uint32_t apart = one < other ? other - one : one - other;
                return apart > 0 && apart < near.words.size() + near.window;
            });
        });
    }

    static std::vector<std::string> words_of(const std::string& text) {
        std::vector<std::string> words;
        for (const auto& token : text::analyze(text, "und"))
            if (token.kind != text::TokenKind::pair) words.push_back(token.folded);
        return words;
    }

    bool has(const Query& query) const {
        return std::visit([&](const auto& node) { return has(node); }, query.node);
    }
    bool has(const Nothing&) const { return false; }
    bool has(const Everything&) const { return true; }
    bool has(const Word& word) const {
        return std::ranges::any_of(word.tiers, [&](const Word::Tier& tier) {
            return std::ranges::any_of(tier.forms, [&](const std::string& form) {
                return title.contains(form) || (!word.in && body.contains(form));
            });
        });
    }
    bool has(const Prefix& prefix) const {
        const auto begins = [&](const auto& place) {
            return text::without_accents(place.first).starts_with(prefix.folded);
        };
        return std::ranges::any_of(title, begins) || (!prefix.in && std::ranges::any_of(body, begins));
    }
    bool has(const Phrase& phrase) const {
        return chain(title, phrase) || (!phrase.in && chain(body, phrase));
    }
    bool has(const Near& near) const { return close(title, near) || (!near.in && close(body, near)); }
    bool has(const Has& facet) const { return facet.facet == Facet::lang && document.lang == facet.value; }
    bool has(const Member& member) const { return document.group == member.group; }
    bool has(const Identified& identified) const { return document.id == identified.id; }
    bool has(const Titled& titled) const { return words_of(document.title) == words_of(titled.title); }
    bool has(const Dated& dated) const {
        const std::string& value = document.date.value;
        if (value.empty()) return dated.undated;
        // A longer date that begins like a shorter one is within it.
        const auto same = [](const std::string& a, const std::string& b) {
            const std::size_t common = std::min(a.size(), b.size());
            return a.substr(0, common) == b.substr(0, common);
        };
        const bool begun = dated.from.empty() || same(value, dated.from) || value > dated.from;
        return begun && (dated.to.empty() || same(value, dated.to) || value < dated.to);
    }
    bool has(const AllOf& all) const {
        const auto holds = [&](const Query& part) { return has(part); };
        return std::ranges::all_of(all.parts, holds) && std::ranges::none_of(all.none_of, holds);
    }
    bool has(const AnyOf& any) const {
        return std::ranges::any_of(any.parts, [&](const Query& part) { return has(part); });
    }
    bool has(const Same& same) const { return has(AnyOf{same.of}); }
    bool has(const Only& only) const { return has(AnyOf{only.what}); }
    bool has(const Scaled& scaled) const { return has(AnyOf{scaled.what}); }
};

class Dice {
  public:
    explicit Dice(unsigned seed) : random_(seed) {}
    std::size_t below(std::size_t n) { return random_() % n; }
    std::string one_of(const std::vector<std::string>& values) { return values[below(values.size())]; }
    const std::string& word() { return vocabulary[below(vocabulary.size())]; }

    std::string text(std::size_t most) {
        std::string made;
        for (std::size_t i = below(most + 1); i > 0; --i) made += word() + (below(9) == 0 ? ". " : " ");
        return made;
    }

    Query query(int depth) {
        switch (below(depth > 0 ? 13 : 5)) {
        case 0:
        case 1:
            return word_query();
        case 2:
            return {Phrase{{forms(), forms()}, field()}};
        case 3:
            return {Prefix{prefix(), field()}};
        case 4:
            return {Has{Has::Extent::whole, Facet::lang, below(2) == 0 ? "en" : "ru"}};
        case 5:
            return {AnyOf{queries(depth)}};
        case 6:
            return {Scaled{{query(depth - 1)}, 0.5}};
        case 7:
            return {Same{{word_query(), {Phrase{{forms(), forms()}, {}}}}}};
        case 8:
            return near_query();
        case 9:
            return {Dated{one_of({"", "2021", "2022-01", "2022-01-26"}), one_of({"", "2022", "2023-05"}),
                          below(2) == 0}};
        case 10:
            return {Titled{one_of({"bridge", "Мост", "新疆", "river port", "The bridges", "2022"})}};
        case 11:
            return {Identified{hex_id(below(50))}};
        default:
            return {AllOf{queries(depth), below(3) == 0 ? queries(0) : std::vector<Query>{}, queries(0)}};
        }
    }

  private:
    std::optional<Field> field() { return below(4) == 0 ? std::optional(Field::title) : std::nullopt; }
    // Of a word; Han has no words to begin.
    std::string prefix() {
        const auto first = text::analyze(word(), "und").front();
        return first.kind == text::TokenKind::word ? first.folded.substr(0, 4) : "br";
    }
    std::vector<Query> queries(int depth) {
        std::vector<Query> made;
        for (std::size_t i = 1 + below(3); i > 0; --i) made.push_back(query(depth - 1));
        return made;
    }
    std::string exact() { return text::analyze(word(), "und").back().exact; }
    std::vector<std::string> forms() {
        std::vector<std::string> made{exact()};
        while (below(2) == 0) made.push_back(exact());
        return made;
    }
    Query near_query() { return {Near{{forms(), forms()}, static_cast<std::uint32_t>(below(4)), field()}}; }
    Query word_query() {
        Word made{{{forms(), 1.0}}, field()};
        while (below(3) == 0) made.tiers.push_back({forms(), 0.25});
        return {made};
    }

    std::mt19937 random_;
};

// --- near-duplicates

std::string first_day(const Document& document) {
    const std::string& value = document.date.value;
    if (value.empty()) return {};
    return value.size() == 4 ? value + "-01-01" : value.size() == 7 ? value + "-01" : value;
}

// Half of the documents in groups, each led by its earliest dated member.
std::vector<Document> documents_with_groups(Dice& dice) {
    std::vector<Document> documents;
    std::map<std::size_t, std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < 60; ++i) {
        Document document = make_document(i, dice.text(4), dice.text(12), dice.one_of({"en", "ru"}));
        document.author = dice.one_of({"", "Assel Omar", "ASSEL OMAR", "Assel Omar, Иван", "Иван", "Ивáн"});
        document.place = dice.one_of({"", "Astana", "Oral"});
        document.source = dice.one_of({"", "Daily", "daily", "Évening"});
        document.date.value = dice.one_of({"", "2021", "2022-01", "2022-01-25", "2022-12-31", "2023-05-06"});
        document.first_seen = 1'700'000'000 + static_cast<std::uint32_t>(dice.below(5));
        if (dice.below(2) == 0) groups[dice.below(12)].push_back(i);
        documents.push_back(std::move(document));
    }
    for (const auto& [number, members] : groups) {
        const auto leader = std::ranges::min(members, {}, [&](std::size_t i) {
            const std::string day = first_day(documents[i]);
            return std::pair(day.empty(), day);
        });
        for (const std::size_t i : members) {
            documents[i].group = documents[leader].id;
            documents[i].similar = members.size() - 1;
        }
    }
    return documents;
}

struct Found {
    std::string id;
    double score;
    bool operator==(const Found&) const = default;
};

std::vector<Found> found(const Reader& reader, const Query& query, Order order, Fold fold,
                         std::uint32_t page = 1000) {
    std::vector<Found> all;
    for (std::uint32_t offset = 0;; offset += page) {
        const Matches matches = expect(reader.match(query, {offset, page, order, fold}));
        for (const Match& match : matches.items) all.push_back({expect(reader.fetch(match)).id, match.score});
        if (matches.items.size() == page) continue;
        REQUIRE(matches.total == all.size());
        return all;
    }
}

// What folding makes of all the matches in their order.
std::vector<Found> folded(const std::vector<Found>& all, const std::map<std::string, Document>& documents,
                          Order order) {
    const auto rank = [&](const std::string& id) {
        const Document& document = documents.at(id);
        const std::string day = first_day(document);
        return std::tuple(document.group != document.id, day.empty(), day, id);
    };
    std::map<std::string, std::string> shown;  // group → id
    for (const Found& one : all) {
        const std::string& group = documents.at(one.id).group;
        if (group.empty()) continue;
        const auto known = shown.try_emplace(group, one.id).first;
        if (rank(one.id) < rank(known->second)) known->second = one.id;
    }
    std::vector<Found> left;
    std::set<std::string> seen;
    for (const Found& one : all) {
        const std::string& group = documents.at(one.id).group;
        if (group.empty())
            left.push_back(one);
        else if (order == Order::newest || order == Order::first_seen ? shown.at(group) == one.id
                                                                      : seen.insert(group).second)
            left.push_back({shown.at(group), one.score});
    }
    return left;
}

std::vector<std::string> values_of(const Document& document, Breakdown by) {
    const std::string& date = document.date.value;
    std::vector<std::string> values;
    switch (by) {
    case Breakdown::lang:
        return {document.lang};
    case Breakdown::source:
        values = {document.source};
        break;
    case Breakdown::place:
        values = {document.place};
        break;
    case Breakdown::format:
        return {document.format};
    case Breakdown::author:
        if (document.author == "Assel Omar, Иван") return {"Assel Omar", "Иван"};
        values = {document.author};
        break;
    case Breakdown::year:
        values = {date.substr(0, 4)};
        break;
    case Breakdown::month:
        values = {date.size() < 7 ? "" : date.substr(0, 7)};
        break;
    }
    std::erase(values, "");
    return values;
}

FacetCounts counted(const std::vector<Found>& all, const std::map<std::string, Document>& documents,
                    Breakdown by, Fold fold) {
    std::map<std::string, std::set<std::string>> members;                 // folded value → groups or ids
    std::map<std::string, std::map<std::string, std::size_t>> spellings;  // and how it is spelt
    for (const Found& one : all) {
        const Document& document = documents.at(one.id);
        const bool alone = document.group.empty() || fold == Fold::off;
        for (const std::string& value : values_of(document, by)) {
            std::string key;
            for (const auto& token : text::analyze(value, "und")) key += token.folded + " ";
            members[key].insert(alone ? one.id : "group " + document.group);
            ++spellings[key][value];
        }
    }
    FacetCounts counts;
    for (const auto& [key, those] : members) {
        const auto most =
            std::ranges::max_element(spellings[key], {}, [](const auto& one) { return one.second; });
        counts.values.push_back({most->first, those.size()});
    }
    std::ranges::sort(counts.values, [](const FacetCount& a, const FacetCount& b) {
        return std::tie(b.count, a.value) < std::tie(a.count, b.value);
    });
    return counts;
}

struct Groups {
    TempDir dir;
    Dice dice{20261123};
    std::vector<Document> list = documents_with_groups(dice);
    std::map<std::string, Document> documents;
    Reader reader = [this] {
        publish(dir.path(), list);
        return open_live(dir.path());
    }();

    Groups() {
        for (const Document& document : list) documents.emplace(document.id, document);
    }
};

constexpr std::array orders{Order::relevance, Order::newest, Order::oldest, Order::first_seen};

}  // namespace

TEST_CASE("the index finds just the documents that a look at each would find", "[search]") {
    const TempDir dir;
    Dice dice(20261122);
    std::vector<Document> documents;
    for (std::size_t i = 0; i < 50; ++i) {
        documents.push_back(make_document(i, dice.text(4), dice.text(12), i % 2 == 0 ? "en" : "ru"));
        documents.back().date.value = dice.one_of({"", "2021", "2022-01", "2022-01-25", "2023-05-06"});
    }
    publish(dir.path(), documents);
    const Reader reader = open_live(dir.path());
    const std::vector<Evaluated> evaluated(documents.begin(), documents.end());

    for (int round = 0; round < 2000; ++round) {
        const Query query = dice.query(3);
        std::set<std::string> wanted;
        for (const Evaluated& one : evaluated)
            if (one.has(query)) wanted.insert(one.document.id);
        std::set<std::string> found;
        for (const Match& match : expect(reader.match(query, {0, 100})).items)
            found.insert(expect(reader.fetch(match)).id);
        INFO(to_string(query));
        REQUIRE(found == wanted);
        const Query repeated{AllOf{{query, query}, {}, {}}};
        REQUIRE(expect(reader.match(repeated, {0, 1})).total == wanted.size());
    }
}

TEST_CASE("folding leaves of all matches what a look at each group would", "[search]") {
    Groups groups;
    for (int round = 0; round < 700; ++round) {
        const Query query = groups.dice.query(3);
        INFO(to_string(query));
        for (const Order order : orders) {
            const auto all = found(groups.reader, query, order, Fold::off);
            const auto wanted = folded(all, groups.documents, order);
            const auto left = found(groups.reader, query, order, Fold::on);
            REQUIRE(std::ranges::equal(left, wanted, {}, &Found::id, &Found::id));
            REQUIRE(std::ranges::equal(left, wanted, {}, &Found::score, &Found::score));
        }
    }
}

TEST_CASE("page by page, folded matches are those of one long page", "[search]") {
    Groups groups;
    for (int round = 0; round < 12; ++round) {
        const Query query = round == 0 ? Query{Everything{}} : groups.dice.query(3);
        INFO(to_string(query));
        for (const Order order : orders)
            for (const std::uint32_t page : {1u, 2u, 3u})
                REQUIRE(found(groups.reader, query, order, Fold::on, page) ==
                        found(groups.reader, query, order, Fold::on));
    }
}

TEST_CASE("facets count what a look at each match would, folded or not", "[search]") {
    constexpr std::array all_of_them{Breakdown::lang,  Breakdown::source, Breakdown::author,
                                     Breakdown::place, Breakdown::format, Breakdown::year,
                                     Breakdown::month};
    Groups groups;
    for (int round = 0; round < 500; ++round) {
        const Query query = groups.dice.query(3);
        const auto all = found(groups.reader, query, Order::relevance, Fold::off);
        for (const Fold fold : {Fold::off, Fold::on}) {
            const auto counts = expect(groups.reader.count(query, all_of_them, fold));
            for (std::size_t i = 0; i < all_of_them.size(); ++i) {
                INFO(to_string(query) << ", facet " << i);
                REQUIRE(counts[i].values == counted(all, groups.documents, all_of_them[i], fold).values);
                REQUIRE(counts[i].other == 0);
            }
        }
    }
}

TEST_CASE("facets of matches that were kept are those of the query that found them", "[search]") {
    constexpr std::array some{Breakdown::source, Breakdown::author, Breakdown::month};
    Groups groups;
    for (int round = 0; round < 200; ++round) {
        const Query query = groups.dice.query(3);
        for (const Fold fold : {Fold::off, Fold::on}) {
            Window window;
            window.kept = true;
            window.fold = fold;
            window.limit = 1 + static_cast<std::uint32_t>(round % 3);
            const auto kept = expect(groups.reader.match(query, window)).all;
            const auto wanted = expect(groups.reader.count(query, some, fold));
            const auto counts = expect(groups.reader.count(kept, some, fold));
            for (std::size_t i = 0; i < some.size(); ++i) {
                INFO(to_string(query) << ", facet " << i);
                REQUIRE(counts[i].values == wanted[i].values);
                REQUIRE(counts[i].complete);
            }
        }
    }
    CHECK(expect(groups.reader.match({Everything{}}, {})).all.empty());
}

TEST_CASE("a facet's value as a filter finds as many as it counted", "[search]") {
    constexpr std::array facets{
        std::pair(Breakdown::lang, Facet::lang), std::pair(Breakdown::source, Facet::source),
        std::pair(Breakdown::author, Facet::author), std::pair(Breakdown::place, Facet::place)};
    Groups groups;
    for (int round = 0; round < 60; ++round) {
        const Query query = groups.dice.query(3);
        INFO(to_string(query));
        for (const auto& [by, facet] : facets)
            for (const Fold fold : {Fold::off, Fold::on}) {
                const auto counts = expect(groups.reader.count(query, std::array{by}, fold));
                for (const auto& [value, count] : counts.front().values) {
                    const Query has{Has{Has::Extent::whole, facet, value}};
                    const Query narrowed{AllOf{{query, has}, {}, {}}};
                    REQUIRE(expect(groups.reader.match(narrowed, {0, 10, Order::relevance, fold})).total ==
                            count);
                }
            }
    }
}
