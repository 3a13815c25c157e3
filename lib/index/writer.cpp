// A growing Xapian database slows down with the postings it has not flushed yet (cache misses),
// so documents go into segments of about a megabyte of text; every merge_width segments of one
// size become one of the next, and the last merge writes the generation itself.
#include "izde/index/writer.hpp"

#include <chrono>
#include <set>

#include <xapian.h>

#include "izde/text/analyze.hpp"
#include "izde/text/language.hpp"
#include "izde/version.hpp"

#include "index/guard.hpp"
#include "index/record.hpp"
#include "index/schema.hpp"

namespace izde::index {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t segment_bytes = 1u << 20;
constexpr std::size_t merge_width = 16;

void add_words(Xapian::Document& document, const std::vector<text::Token>& tokens, const std::string& lang,
               Xapian::termcount offset, Xapian::termcount weight) {
    const bool stemmed = text::has_stemmer(lang);
    for (const text::Token& token : tokens) {
        document.add_posting(schema::exact_term(token.folded, {}), offset + token.position, weight);
        if (stemmed && token.kind == text::TokenKind::word)
            document.add_term(schema::stem_term(lang, token.stem, {}), weight);
    }
}

void add_title_field(Xapian::Document& document, const std::vector<text::Token>& tokens,
                     const std::string& lang) {
    const bool stemmed = text::has_stemmer(lang);
    for (const text::Token& token : tokens) {
        document.add_posting(schema::exact_term(token.folded, Field::title), token.position);
        if (stemmed && token.kind == text::TokenKind::word)
            document.add_term(schema::stem_term(lang, token.stem, Field::title));
    }
}

void add_facet(Xapian::Document& document, Facet facet, const std::string& value) {
    if (value.empty()) return;
    document.add_boolean_term(schema::facet_term(facet, schema::facet_key(value)));
    for (const text::Token& token : text::analyze(value, "und"))
        if (token.kind != text::TokenKind::pair)
            document.add_boolean_term(schema::facet_word_term(facet, token.folded));
}

void add_date(Xapian::Document& document, const Date& date) {
    const schema::Days days = schema::days_of(date.value);
    if (days.first.empty()) return;
    document.add_value(schema::first_day, days.first);
    document.add_value(schema::last_day, days.last);
    document.add_value(schema::oldness, schema::complement(days.first));
    document.add_boolean_term(schema::dated_term);
}

Xapian::Document make_document(const Postings& postings) {
    Xapian::Document document;
    const Document& source = postings.document;
    const Xapian::termcount body =
        postings.title.empty() ? 0 : postings.title.back().position + schema::body_gap;
    add_words(document, postings.title, source.lang, 0, schema::title_weight);
    add_words(document, postings.body, source.lang, body, 1);
    add_title_field(document, postings.title, source.lang);
    document.add_boolean_term(schema::id_term(source.id));
    add_facet(document, Facet::lang, source.lang);
    add_facet(document, Facet::source, source.source);
    add_facet(document, Facet::author, source.author);
    add_facet(document, Facet::place, source.place);
    add_facet(document, Facet::format, source.format);
    add_facet(document, Facet::path, source.path);
    add_date(document, source.date);
    document.set_data(write_record(source));
    return document;
}

struct Segment {
    fs::path path;
    unsigned level = 0;
};

void merge(const std::vector<Segment>& segments, const fs::path& target) {
    Xapian::Database all;
    for (const Segment& segment : segments)
        all.add_database(Xapian::Database(segment.path.string(), Xapian::DB_BACKEND_GLASS));
    all.compact(target.string(), Xapian::DBCOMPACT_MULTIPASS, 0);
    all.close();
    for (const Segment& segment : segments) fs::remove_all(segment.path);
}

}  // namespace

struct Writer::State {
    fs::path building;
    fs::path scratch;
    std::vector<Segment> segments;
    std::optional<Xapian::WritableDatabase> open;
    std::size_t open_bytes = 0;
    unsigned next = 0;
    Manifest counted;

    fs::path new_path() { return scratch / std::to_string(next++); }

    void open_segment() {
        segments.push_back({new_path(), 0});
        // Nothing here outlives a crash anyway: the generation is synced as a whole at the end.
        open.emplace(segments.back().path.string(), Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS |
                                                        Xapian::DB_NO_SYNC | Xapian::DB_DANGEROUS);
        open_bytes = 0;
    }

    void close_segment() {
        if (!open) return;
        open->close();
        open.reset();
        merge_full_levels();
    }

    void merge_full_levels() {
        for (;;) {
            const unsigned level = segments.back().level;
            if (segments.size() < merge_width || segments[segments.size() - merge_width].level != level)
                return;
            const std::vector<Segment> last(segments.end() - merge_width, segments.end());
            const Segment merged{new_path(), level + 1};
            merge(last, merged.path);
            segments.resize(segments.size() - merge_width);
            segments.push_back(merged);
        }
    }

    void count(const Document& document) {
        ++counted.documents;
        counted.text_bytes += document.title.size() + document.body.size();
        ++counted.by_lang[document.lang];
        ++counted.by_format[document.format];
        ++counted.by_source[document.source];
        ++counted.by_year[document.date.value.substr(0, 4)];
    }
};

Writer::Writer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Writer::Writer(Writer&&) noexcept = default;
Writer& Writer::operator=(Writer&&) noexcept = default;
Writer::~Writer() = default;

Result<Writer> Writer::create(const fs::path& building) {
    return guarded("cannot write to " + building.string(), [&]() -> Result<Writer> {
        auto state = std::make_unique<State>();
        state->building = building;
        state->scratch = building / "segments";
        fs::create_directory(state->scratch);
        return Writer(std::move(state));
    });
}

Result<void> Writer::put(const Postings& postings) {
    return guarded("cannot write to " + state_->building.string(), [&]() -> Result<void> {
        if (!state_->open) state_->open_segment();
        state_->open->add_document(make_document(postings));
        state_->count(postings.document);
        state_->open_bytes += postings.document.body.size() + 500;
        if (state_->open_bytes >= segment_bytes) state_->close_segment();
        return {};
    });
}

Result<Manifest> Writer::finish(Manifest manifest) {
    return guarded("cannot finish " + state_->building.string(), [&]() -> Result<Manifest> {
        const auto start = std::chrono::steady_clock::now();
        if (state_->segments.empty()) state_->open_segment();
        state_->close_segment();
        merge(state_->segments, state_->building);
        fs::remove_all(state_->scratch);

        const Manifest& counted = state_->counted;
        manifest.format = index_format;
        manifest.fingerprint = text::fingerprint();
        manifest.version = version();
        manifest.documents = counted.documents;
        manifest.text_bytes = counted.text_bytes;
        manifest.by_lang = counted.by_lang;
        manifest.by_format = counted.by_format;
        manifest.by_source = counted.by_source;
        manifest.by_year = counted.by_year;
        manifest.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        if (const auto written = write_manifest(state_->building, manifest); !written)
            return fail(written.error());
        return manifest;
    });
}

}  // namespace izde::index
