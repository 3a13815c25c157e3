#include "index/counted.hpp"

#include "izde/hex.hpp"
#include "izde/text/analyze.hpp"
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

}  // namespace

void count_in(Manifest& manifest, const Document& document) {
    ++manifest.documents;
    manifest.text_bytes += bytes_of(document);
    ++manifest.by_lang[document.lang];
    ++manifest.by_format[document.format];
    ++manifest.by_source[document.source];
    ++manifest.by_year[document.date.value.substr(0, 4)];
}

void count_out(Manifest& manifest, const Document& document) {
    --manifest.documents;
    manifest.text_bytes -= bytes_of(document);
    less_one(manifest.by_lang, document.lang);
    less_one(manifest.by_format, document.format);
    less_one(manifest.by_source, document.source);
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
    made.by_lang = counted.by_lang;
    made.by_format = counted.by_format;
    made.by_source = counted.by_source;
    made.by_year = counted.by_year;
    return made;
}

}  // namespace izde::index
