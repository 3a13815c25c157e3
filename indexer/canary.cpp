#include "canary.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "izde/index/reader.hpp"
#include "izde/text/analyze.hpp"
#include "izde/text/language.hpp"
#include "izde/text/stem.hpp"

namespace izde::indexer {
namespace {

constexpr std::uint32_t most_looked_at = 10'000;  // matches, where a path is asked for

void add_missing(std::vector<std::string>& to, std::vector<std::string> more) {
    for (std::string& one : more)
        if (std::ranges::find(to, one) == to.end()) to.push_back(std::move(one));
}

// A query's language is not known: its words may be of any that the index has.
std::vector<std::string> forms_of(const text::Token& token, const index::Reader& reader) {
    if (token.kind != text::TokenKind::word) return {token.exact};
    const index::Vocabulary& vocabulary = reader.vocabulary();
    std::vector<std::string> spellings = vocabulary.spellings(token.folded);
    add_missing(spellings, {token.exact});
    std::vector<std::string> forms = spellings;
    for (const std::string& lang : reader.languages()) {
        if (!text::has_stemmer(lang) || !text::may_be_word_of(token.exact, lang)) continue;
        const text::Stemmer stemmer(lang);
        for (const std::string& spelling : spellings)
            add_missing(forms, vocabulary.forms(lang, stemmer.stem(spelling)));
    }
    return forms;
}

// At each position the pair of characters, where there is one.
std::vector<text::Token> chain(const std::vector<text::Token>& tokens) {
    std::vector<text::Token> links;
    for (const text::Token& token : tokens) {
        if (!links.empty() && links.back().position == token.position)
            links.back() = token;
        else
            links.push_back(token);
    }
    return links;
}

index::Query any_spelling(std::vector<std::string> forms) {
    return {index::Word{{{std::move(forms), 1.0}}, {}}};
}

void require_words(std::string_view text, const index::Reader& reader, index::AllOf& all) {
    for (const text::Token& token : text::analyze(text, "und"))
        all.parts.push_back(any_spelling(forms_of(token, reader)));
}

void require_phrase(std::string_view text, const index::Reader& reader, index::AllOf& all) {
    index::Phrase phrase;
    for (const text::Token& token : chain(text::analyze(text, "und"))) {
        std::vector<std::string> spellings{token.exact};
        if (token.kind == text::TokenKind::word)
            add_missing(spellings, reader.vocabulary().spellings(token.folded));
        phrase.words.push_back(std::move(spellings));
    }
    if (phrase.words.size() == 1) all.parts.push_back(any_spelling(std::move(phrase.words.front())));
    if (phrase.words.size() > 1) all.parts.push_back({std::move(phrase)});
}

index::AllOf to_query(std::string_view text, const index::Reader& reader) {
    index::AllOf all;
    bool quoted = false;
    for (std::size_t begin = 0; begin <= text.size(); quoted = !quoted) {
        const auto end = std::min(text.find('"', begin), text.size());
        const auto part = text.substr(begin, end - begin);
        quoted ? require_phrase(part, reader, all) : require_words(part, reader, all);
        begin = end + 1;
    }
    return all;
}

std::string documents(std::uint64_t number) {
    return std::to_string(number) + (number == 1 ? " document" : " documents");
}

Failure failed(const CanaryConfig& canary, const std::string& why) {
    return fail(Errc::refused, "the canary '" + canary.query + "' " + why,
                "if that is right, change this [[canary]] in the configuration");
}

Result<void> look_for_path(const CanaryConfig& canary, index::AllOf all, std::uint64_t found,
                           const index::Reader& reader) {
    all.parts.push_back({index::Has{index::Has::Extent::whole, index::Facet::path, canary.path}});
    const auto matches = reader.match({std::move(all)}, {.limit = most_looked_at, .counted = false});
    if (!matches) return fail(matches.error());
    for (const index::Match& match : matches->items) {
        const auto document = reader.fetch(match);
        if (!document) return fail(document.error());
        if (document->path == canary.path) return {};
    }
    return failed(canary, "did not find " + canary.path + " among " + documents(found));
}

Result<void> ask(const CanaryConfig& canary, const index::Reader& reader) {
    index::AllOf all = to_query(canary.query, reader);
    const auto matches = reader.match({all}, {.limit = 0});
    if (!matches) return fail(matches.error());
    if (matches->total < static_cast<std::uint64_t>(canary.min))
        return failed(canary, "found " + documents(matches->total) + " and should find " +
                                  (canary.min == 1 ? "one" : "at least " + std::to_string(canary.min)));
    if (canary.path.empty()) return {};
    return look_for_path(canary, std::move(all), matches->total, reader);
}

}  // namespace

Result<void> check_canaries(const std::vector<CanaryConfig>& canaries) {
    for (const CanaryConfig& canary : canaries)
        if (text::analyze(canary.query, "und").empty())
            return fail(Errc::bad_argument, "the canary '" + canary.query + "' has no word to look for");
    return {};
}

Result<void> ask_canaries(const std::vector<CanaryConfig>& canaries,
                          const std::filesystem::path& generation) {
    if (canaries.empty()) return {};
    const auto reader = index::Reader::open(generation);
    if (!reader) return fail(reader.error());
    for (const CanaryConfig& canary : canaries)
        if (auto answered = ask(canary, *reader); !answered) return answered;
    return {};
}

}  // namespace izde::indexer
