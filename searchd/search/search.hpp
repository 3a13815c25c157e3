// What searchd can be asked, and what it answers; HTTP is not known here.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "izde/index/document.hpp"
#include "izde/index/manifest.hpp"
#include "izde/index/query.hpp"
#include "izde/index/reader.hpp"
#include "izde/result.hpp"

#include "query/variants.hpp"
#include "query/warnings.hpp"
#include "search/explain.hpp"
#include "search/snippet.hpp"

namespace izde::search {

// What a facet is counted of: what is found, or what would be found if nothing of that facet were chosen, so
// that a reader sees what else could be; of months then whole years.
enum class Counting : std::uint8_t { hits, choices };

struct Request {
    std::string text;
    std::uint32_t page = 1, per_page = 10;
    index::Order order = index::Order::relevance;
    std::map<index::Facet, std::vector<std::string>> filters;  // OR within, AND between
    std::optional<index::Dated> dated;
    std::size_t snippet_width = 200;  // 0: none
    bool variants = true;             // whether other spellings and scripts of names are looked for
    bool typo = true;                 // whether words the index lacks are taken for near ones
    index::Fold fold = index::Fold::on;
    std::vector<index::Breakdown> facets;  // each once
    Counting counting = Counting::hits;
    // As Deadline counts. What was found until then is the answer, which says what it lacks; it is soft, so
    // that an answer may take a little longer.
    std::chrono::milliseconds deadline{500};
};

struct Hit {
    index::Document document;  // without body
    double score = 0;
    Marked title, snippet;  // the snippet is of the furniture where only that was asked for and has the words
};

struct Reply {
    Snapshot index;
    std::string parsed;
    std::vector<query::Expansion> expansions;
    std::string suggestion;  // what the query was perhaps meant to be; empty: nothing comes to mind
    std::vector<query::Warning> warnings;
    std::vector<Hit> hits;
    std::uint64_t total = 0;
    bool total_exact = true;  // else an estimate
    bool timed_out = false;   // the warnings say what is missing
    double took_ms = 0;
    std::vector<index::FacetCounts> facets;  // in the request's order
};

struct Shown {  // one stored document, its words marked when a query was given
    Snapshot index;
    index::Document document;
    Marked title, body;
};

struct Similar {  // the other members of a document's group: the earliest first, then the undated
    static constexpr std::uint32_t most = 100;

    Snapshot index;
    std::vector<index::Document> documents;  // without body
    std::uint64_t total = 0;                 // also of those beyond `most`
    bool timed_out = false;                  // some may be missing
};

struct Suggestion {  // of how a query that is being typed may go on
    std::string text;
    std::string id;  // of the document whose title it is; empty: it is a query
};

struct Suggestions {
    Snapshot index;
    std::vector<Suggestion> items;  // queries first, each the likeliest first
    bool timed_out = false;         // not all were looked for
};

struct Status {
    bool ready = false;
    Snapshot index;  // empty unless ready
    // Why the newest generation is not the one served, or what of the one served cannot be read; empty:
    // neither.
    std::string last_error;
    std::optional<std::chrono::sys_seconds> error_since;  // there is an error
    std::uint64_t reloads = 0, failed_reloads = 0;  // generations switched to, and refused, since the start
};

// Everything HTTP may ask. Any thread may call. The one interface in the project: routes are
// tested against a fake of it.
class Service {
  public:
    virtual ~Service() = default;
    virtual Result<Reply> search(const Request& request) const = 0;
    virtual Result<Shown> document(std::string_view id, std::string_view query) const = 0;
    virtual Result<Similar> similar(std::string_view id) const = 0;
    virtual Result<Suggestions> suggest(std::string_view typed, std::size_t limit) const = 0;
    // The paging of the request is of no matter.
    virtual Result<Explanation> explain(const Request& request, std::string_view id) const = 0;
    virtual Result<index::Manifest> stats() const = 0;
    virtual Status status() const = 0;
};

}  // namespace izde::search
