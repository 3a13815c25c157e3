// What a search answers when its time is up at any step of it.
#include <algorithm>
#include <set>
#include <tuple>

#include <catch2/catch.hpp>

#include "izde/deadline.hpp"

#include "query/variants.hpp"
#include "search/cuts.hpp"
#include "search/searcher.hpp"
#include "support/replies.hpp"
#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"

using namespace izde;
using namespace izde::search;
using namespace izde::tests;

namespace {

constexpr std::chrono::milliseconds limit{1000};

// Half of the limit is used when it is asked for the n-th time, and all of it and more soon after.
Deadline passing_at(std::size_t n, std::size_t& asked) {
    return Deadline(limit, [n, &asked]() -> std::chrono::nanoseconds {
        ++asked;
        const double part = asked < n ? 0 : asked < n + 3 ? 0.5 : asked < n + 6 ? 1.2 : 3;
        return std::chrono::duration_cast<std::chrono::nanoseconds>(limit * part);
    });
}

// Enough documents that each loop asks the clock, some of them of groups, and with phrases and dates.
const Searcher& searcher() {
    static const TempDir dir;
    static const auto made = [] {
        std::vector<index::Document> documents;
        for (std::size_t i = 1; i <= 1500; ++i) {
            const std::string other = i % 3 == 0 ? "ferry across the river" : "river bridge toll";
            auto document =
                make_document(i, "Bridge " + std::to_string(i),
                              "The old bridge of Urumqi, " + other + " number" + std::to_string(i % 40));
            document.date.value = std::to_string(1990 + i % 30) + "-05-0" + std::to_string(1 + i % 9);
            document.source = "Paper " + std::to_string(i % 7);
            if (i % 10 == 0) document.group = hex_id(i - i % 20 + 20);
            documents.push_back(std::move(document));
        }
        publish(dir.path(), documents);
        return Searcher::start(dir.path(), expect(query::load_aliases({})));
    }();
    return *made;
}

std::vector<Request> requests() {
    using index::Order, index::Breakdown;
    std::vector<Request> all;
    const auto add = [&](const std::string& text, Order order = Order::relevance, std::uint32_t page = 1) {
        Request request;
        request.text = text;
        request.order = order;
        request.page = page;
        request.facets = {Breakdown::source, Breakdown::year};
        all.push_back(request);
    };
    add("bridge");
    add("", Order::newest);
    add("bridge", Order::newest);
    add("bridge", Order::first_seen);
    add("bridge", Order::oldest, 3);
    add("\"river bridge\" -toll");
    add("bridge -\"river bridge\"");
    add("old -\"toll river\"");
    add("(number1 OR (ferry -\"river across\" -\"across the river\")) -\"toll river\"");
    add("bridge -(old NEAR/2 ferry) -date:1995-02..1999-05-03", Order::newest);
    add("old NEAR/5 river");
    add("date:1995-02..1999-05-03");
    add("number1 number2 ferry toll across bridge");
    add("urumki ferri bridgge");
    add("number37 77 toll");
    add("nothing \"ferry toll\"");
    add("num* OR fer*");
    add("format:txt -zzz");
    return all;
}

query::Warning no_time() {
    query::Warnings warnings;
    warnings.add(query::Trouble::no_time, {});
    return warnings.take().front();
}

}  // namespace

TEST_CASE("a deadline passes when its limit is used, and a part of it when that part is", "[search]") {
    std::chrono::nanoseconds used{0};
    const Deadline deadline(std::chrono::milliseconds(100), [&] { return used; });

    CHECK_FALSE(deadline.passed(0.5));
    used = std::chrono::milliseconds(50);
    CHECK(deadline.passed(0.5));
    CHECK_FALSE(deadline.passed());
    used = std::chrono::milliseconds(100);
    CHECK(deadline.passed());
    CHECK_FALSE(deadline.passed(2));
    CHECK_FALSE(has_passed(nullptr));
}

TEST_CASE("a deadline by the clock passes in the end, and one of nothing at once", "[search]") {
    CHECK(Deadline(std::chrono::milliseconds(0)).passed());
    CHECK_FALSE(Deadline(std::chrono::hours(1)).passed());
    const Deadline soon(std::chrono::milliseconds(1));
    while (!soon.passed()) {
    }
    CHECK(soon.passed(0.5));
}

TEST_CASE("whenever time runs out, the answer has hits of the query and says what is missing", "[search]") {
    for (const Request& request : requests()) {
        CAPTURE(request.text, request.page);
        std::size_t asked = 0;
        const Reply whole = expect(searcher().search(request, passing_at(1'000'000, asked)));
        const std::size_t times = asked;
        REQUIRE_FALSE(whole.timed_out);
        REQUIRE(times > 0);
        // Every match, to compare with.
        Request every = request;
        every.page = 1;
        every.per_page = 10'000;
        every.fold = index::Fold::off;
        const Reply all = expect(searcher().search(every, Deadline(std::chrono::hours(1))));
        const IdSet matching = set_of(all);

        std::size_t cut = 0;
        for (std::size_t n = 1; n <= times + 1; ++n) {
            CAPTURE(n, times);
            asked = 0;
            const Reply reply = expect(searcher().search(request, passing_at(n, asked)));
            cut += reply.timed_out ? 1 : 0;
            CHECK(reply.timed_out == (reply.warnings.size() > whole.warnings.size()));
            if (!reply.timed_out) CHECK(reply.total == whole.total);
            if (!reply.total_exact) CHECK(reply.timed_out);
            CHECK(reply.total <= 1500);
            CHECK(reply.total >= reply.hits.size());
            // Misspelt words find nothing while nobody looks for what was meant.
            const bool understood = std::ranges::count(reply.warnings, no_time()) == 0;
            if (!whole.hits.empty() && request.page == 1 && understood) CHECK_FALSE(reply.hits.empty());
            for (const std::string& id : set_of(reply)) CHECK(matching.contains(id));
        }
        CHECK(cut > 0);
    }
}

TEST_CASE("looking for an excluded phrase asks for the time as often as for one that is wanted", "[search]") {
    const auto times = [](const std::string& text) {
        Request request;
        request.text = text;
        std::size_t asked = 0;
        std::ignore = expect(searcher().search(request, passing_at(1'000'000, asked)));
        return asked;
    };
    // It is in no document, and both its words are in 1,000: all of these are looked through at the first
    // one.
    constexpr std::size_t looked_through = 1000, looks_a_time = 128;

    CHECK(times("old -\"toll river\"") >= times("old -\"river zzz\"") + looked_through / looks_a_time);
}

TEST_CASE("each thing that time may cut is told of in a sentence of its own", "[search]") {
    std::set<std::string_view> told;
    for (const Request& request : requests()) {
        std::size_t asked = 0;
        std::ignore = searcher().search(request, passing_at(1'000'000, asked));
        const std::size_t times = asked;
        for (std::size_t n = 1; n <= times; ++n) {
            asked = 0;
            const Reply reply = expect(searcher().search(request, passing_at(n, asked)));
            for (const auto& warning : reply.warnings) told.insert(warning.code);
        }
    }
    for (const Cut cut : {Cut::search, Cut::partial, Cut::total, Cut::facets, Cut::hits}) {
        CAPTURE(code_of(cut));
        CHECK(told.contains(code_of(cut)));
    }
    CHECK(told.contains(no_time().code));
}

TEST_CASE("snippets of long texts show their beginning where time or spellings do not allow more, and the "
          "answer says why",
          "[search]") {
    const TempDir dir;
    std::string long_text = "Begins here.";
    while (long_text.size() < (std::size_t{1} << 20) + 100)
        long_text += " Then comes a sentence of no matter.";
    long_text += " The lighthouse stands at the end.";
    publish(dir.path(), {make_document(1, "Long", long_text)});
    const auto searcher = Searcher::start(dir.path());
    Request request;
    request.text = "lighthouse";
    const auto has = [](const Reply& reply, Cut cut) {
        Cuts one;
        one.add(cut);
        return std::ranges::count(reply.warnings, one.warnings().front()) == 1;
    };

    const Reply whole = expect(searcher->search(request, Deadline(std::chrono::hours(1))));
    CHECK(whole.warnings.empty());
    CHECK_FALSE(whole.timed_out);
    REQUIRE(whole.hits.size() == 1);
    CHECK(whole.hits[0].snippet.text.ends_with("The lighthouse stands at the end."));

    const Reply hurried = expect(searcher->search(request, Deadline(std::chrono::milliseconds(0))));
    CHECK(has(hurried, Cut::snippets));
    CHECK(hurried.timed_out);
    REQUIRE(hurried.hits.size() == 1);
    CHECK(hurried.hits[0].snippet.text.starts_with("Begins here."));

    request.text = "lighthouse st* no* th* en*";
    for (int word = 0; word < 100; ++word) request.text += " q" + std::to_string(word) + "q";
    request.typo = false;
    const Reply of_many = expect(searcher->search(request, Deadline(std::chrono::hours(1))));
    REQUIRE(of_many.hits.size() == 1);
    CHECK(has(of_many, Cut::long_text));
    CHECK_FALSE(of_many.timed_out);
}

TEST_CASE("without time an explanation, suggestions and what is alike say what they lack", "[search]") {
    Request request;
    request.text = "bridge ferry \"river bridge\"";
    request.deadline = std::chrono::milliseconds(0);
    const Explanation explanation = expect(searcher().explain(request, hex_id(3)));

    CHECK(explanation.timed_out);
    Cuts lacking;
    lacking.add(Cut::words);
    CHECK(std::ranges::count(explanation.warnings, lacking.warnings().front()) == 1);

    request.text = "bridge";
    const Explanation ranked = expect(searcher().explain(request, hex_id(3)));
    CHECK_FALSE(ranked.rank);
    Cuts unranked;
    unranked.add(Cut::rank);
    CHECK(std::ranges::count(ranked.warnings, unranked.warnings().front()) == 1);
}
