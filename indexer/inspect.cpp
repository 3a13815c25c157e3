#include <filesystem>
#include <iostream>

#include <nlohmann/json.hpp>

#include "izde/text/analyze.hpp"
#include "izde/text/language.hpp"
#include "izde/text/stem.hpp"
#include "izde/text/utf8.hpp"

#include "commands.hpp"
#include "documents.hpp"

namespace izde::indexer {
namespace {

using Json = nlohmann::ordered_json;

Json or_null(const std::string& text) {
    return text.empty() ? Json() : Json(text);
}

Json texts_of(const std::vector<index::Furniture>& boilerplate) {
    Json texts = Json::array();
    for (const index::Furniture& piece : boilerplate) texts.push_back(piece.text);
    return texts;
}

Json to_json(const index::Document& document, const std::string& path) {
    const index::Date& date = document.date;
    return {{"path", path},
            {"record", or_null(document.record)},
            {"format", document.format},
            {"encoding", document.encoding},
            {"lang", document.lang},
            {"title", document.title},
            {"title_source", document.title_source},
            {"date",
             {{"value", or_null(date.value)},
              {"precision", to_string(date.precision)},
              {"source", or_null(date.source)},
              {"text", or_null(date.text)}}},
            {"author", or_null(document.author)},
            {"author_source", or_null(document.author_source)},
            {"place", or_null(document.place)},
            {"place_source", or_null(document.place_source)},
            {"source", or_null(document.source)},
            {"source_source", or_null(document.source_source)},
            {"url", or_null(document.url)},
            {"body", document.body},
            {"boilerplate", texts_of(document.boilerplate)},
            {"error", nullptr}};
}

void print(const Json& json, std::ostream& out) {
    out << json.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
}

struct File {
    std::string shown;  // as given
    std::error_code missing;
    Entry entry;
};

File find_file(const std::string& file) {
    File found{text::repair_utf8(file), {}, {}};
    const std::filesystem::path path = std::filesystem::canonical(file, found.missing);
    found.entry = {path, path.parent_path().filename(), text::repair_utf8(path.filename().string()), {}};
    return found;
}

void learn(const File& file, const ReadSettings& settings, clip::Repetition& archive) {
    if (file.missing) return;
    read_documents(
        file.entry, settings, [] { return false; },
        [&](const Result<index::Document>& document) {
            if (document) archive.see(*document);
        });
}

bool inspect_file(const File& file, const ReadSettings& settings, const clip::Repetition& archive,
                  std::ostream& out) {
    bool sound = true;
    const auto failed = [&](const std::string& why) {
        print({{"path", file.shown}, {"error", why}}, out);
        sound = false;
    };
    if (file.missing) return failed(file.missing.message()), false;
    const auto show = [&](Result<index::Document> document) {
        if (!document) return failed(document.error().message);
        understand(*document, &archive);
        print(to_json(*document, file.shown), out);
    };
    const Outcome outcome = read_documents(
        file.entry, settings, [] { return false; }, show);
    if (outcome == Outcome::ignored) failed("not a format izde reads");
    return sound;
}

}  // namespace

Result<bool> inspect(const Options& options, std::ostream& out) {
    const auto spawner = worker::Spawner::start(options.sandbox);
    if (!spawner) return fail(spawner.error());
    if (const std::string& lacks = (*spawner)->lacks(); !lacks.empty())
        std::cerr << "izde-indexer: this system has no " << lacks
                  << ": the sandbox for reading files is weaker\n";
    worker::Pool workers(**spawner, 1);
    const ReadSettings settings{options.field_names, &workers};
    // What repeats in these files is known once all were read; the second reading holds none in memory.
    clip::Repetition archive;
    for (const std::string& file : options.files) learn(find_file(file), settings, archive);
    bool sound = true;
    for (const std::string& file : options.files)
        sound = inspect_file(find_file(file), settings, archive, out) && sound;
    return sound;
}

Result<void> analyze(const Options& options, std::ostream& out) {
    const std::string lang = text::canonical_language(options.lang);
    if (lang == "und" && options.lang != "und")
        return fail(Errc::bad_argument, "no language code: " + options.lang,
                    "codes are en, ru, kk, zh, ..., or und");
    for (const text::Token& token : text::analyze(options.text, lang))
        print({{"folded", token.folded},
               {"stem", text::Stemmer(token.lang).stem(token.exact)},
               {"span", {token.span.begin, token.span.end}},
               {"position", token.position},
               {"exact", token.exact},
               {"lang", token.lang}},
              out);
    return {};
}

}  // namespace izde::indexer
