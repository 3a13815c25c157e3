#include "index/counted.hpp"

#include <algorithm>

#include "izde/hex.hpp"
#include "izde/text/analyze.hpp"
#include "izde/text/utf8.hpp"
#include "izde/version.hpp"

namespace izde::index {
namespace {

std::uint64_t bytes_of(const Document& document) {
    return document.title.size() + document.body.size();
}

void less_one(Counts& counts, const std::string& value) {
    const auto found = counts.find(value);
    if (found != counts.end() && --found->second == 0) counts.erase(found);
}

// Of a source's name, as it is shown elsewhere.
constexpr std::size_t longest_name = 200;

std::string name_of(const std::string& source) {
    return source.substr(0, text::code_point_begin(source, longest_name));
}

void one_more_of(Counts& sources, const std::string& source) {
    const std::string name = name_of(source);
    const bool has_room = sources.size() < most_sources || sources.contains(name);
    ++sources[has_room ? name : other_sources];
}

// Which of its documents were among the others is not known, and does not matter: the sum stays right.
void one_less_of(Counts& sources, const std::string& source) {
    const std::string name = name_of(source);
    less_one(sources, sources.contains(name) ? name : other_sources);
}

}  // namespace

void count_in(Manifest& manifest, const Document& document) {
    ++manifest.documents;
    manifest.text_bytes += bytes_of(document);
    manifest.last_new = std::max(manifest.last_new, document.first_seen);
    ++manifest.by_lang[document.lang];
    ++manifest.by_format[document.format];
    one_more_of(manifest.by_source, document.source);
    ++manifest.by_year[document.date.value.substr(0, 4)];
}

void count_out(Manifest& manifest, const Document& document) {
    --manifest.documents;
    manifest.text_bytes -= bytes_of(document);
    less_one(manifest.by_lang, document.lang);
    less_one(manifest.by_format, document.format);
    one_less_of(manifest.by_source, document.source);
    less_one(manifest.by_year, document.date.value.substr(0, 4));
}

void name_tables(Manifest& manifest, const std::vector<glass::Written>& tables) {
    for (const auto& [name, bytes, sum] : tables) manifest.files.push_back({name, bytes, hex_of(sum)});
}

Manifest with_counts(Manifest made, const Manifest& counted) {
    made.format = index_format;
    made.fingerprint = text::fingerprint();
    made.version = version();
    made.documents = counted.documents;
    made.text_bytes = counted.text_bytes;
    made.last_new = counted.last_new;
    made.by_lang = counted.by_lang;
    made.by_format = counted.by_format;
    made.by_source = counted.by_source;
    made.by_year = counted.by_year;
    return made;
}

}  // namespace izde::index
