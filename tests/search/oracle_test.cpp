// Reader::match against a brute-force evaluation over tokens: the same documents, always.
#include <algorithm>
#include <map>
#include <random>
#include <set>

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
    bool has(const Near&) const { return false; }
    bool has(const Has& facet) const { return facet.facet == Facet::lang && document.lang == facet.value; }
    bool has(const Dated&) const { return false; }
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
    const std::string& word() { return vocabulary[below(vocabulary.size())]; }

    std::string text(std::size_t most) {
        std::string made;
        for (std::size_t i = below(most + 1); i > 0; --i) made += word() + (below(9) == 0 ? ". " : " ");
        return made;
    }

    Query query(int depth) {
        switch (below(depth > 0 ? 9 : 5)) {
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
    Query word_query() {
        Word made{{{forms(), 1.0}}, field()};
        while (below(3) == 0) made.tiers.push_back({forms(), 0.25});
        return {made};
    }

    std::mt19937 random_;
};

}  // namespace

TEST_CASE("the index finds just the documents that a look at each would find", "[search]") {
    const TempDir dir;
    Dice dice(20261122);
    std::vector<Document> documents;
    for (std::size_t i = 0; i < 50; ++i)
        documents.push_back(make_document(i, dice.text(4), dice.text(12), i % 2 == 0 ? "en" : "ru"));
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
    }
}
