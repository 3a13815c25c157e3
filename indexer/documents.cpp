#include "documents.hpp"

#include <array>
#include <cstdio>
#include <iostream>
#include <optional>

#include <xxhash.h>

#include "izde/text/detect.hpp"
#include "izde/text/language.hpp"

#include "clip/clipping.hpp"
#include "held.hpp"
#include "open.hpp"

namespace izde::indexer {
namespace {

constexpr std::size_t first_bytes = 4096;

std::string peek(std::istream& in) {
    std::string bytes(first_bytes, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(in.gcount()));
    in.clear();
    in.seekg(0);
    return bytes;
}

// Standard input cannot be read twice, and is JSON Lines by contract.
std::optional<read::Format> format_of(const Entry& entry, std::istream& in) {
    if (entry.file.empty()) return read::Format::json_lines;
    return read::choose_format(entry.path, peek(in));
}

void complete(index::Document& document, const Entry& entry) {
    document.id = document_id(entry.source, document.path, document.record);
    document.lang = text::canonical_language(document.lang);
}

struct Reading {
    const Entry& entry;
    const std::map<std::string, std::string>& field_names;
    const std::function<bool()>& stop;

    Outcome read(std::istream& in, const read::Sink& sink) const {
        const auto format = format_of(entry, in);
        if (!format) return Outcome::ignored;
        read::read(*format, in, {entry.path, field_names}, [&](Result<index::Document> document) {
            if (stop()) in.setstate(std::ios::eofbit | std::ios::failbit);
            if (document) complete(*document, entry);
            sink(std::move(document));
        });
        return Outcome::read;
    }

    // Somebody may write to the file meanwhile. Then it is read once more, and not a third time: the next
    // run will find it at rest.
    Outcome read_settled(int file, const read::Sink& sink) const {
        for (int attempt = 0; attempt < 2; ++attempt) {
            const auto before = stamp_of(file);
            Held held(sink);
            const auto in = stream_of(file);
            in->seekg(0);
            const Outcome outcome =
                read(*in, [&](Result<index::Document> document) { held.take(std::move(document)); });
            const auto after = stamp_of(file);
            if ((before && after && is_same_content(*before, *after)) || stop()) {
                held.hand_on();
                return outcome;
            }
            if (!held.is_handed_on()) continue;
            sink(fail(Errc::bad_document,
                      "changed while it was read; the records that were read are indexed"));
            return outcome;
        }
        sink(fail(Errc::bad_document, "changed while it was read"));
        return Outcome::read;
    }
};

}  // namespace

std::string document_id(const std::string& source, const std::string& path, const std::string& record) {
    std::string place = source;
    place.append(1, '\0').append(path).append(1, '\0').append(record);
    std::array<char, 17> hex{};
    std::snprintf(hex.data(), hex.size(), "%016llx",
                  static_cast<unsigned long long>(XXH3_64bits(place.data(), place.size())));
    return hex.data();
}

void understand(index::Document& document, const clip::Repetition* archive) {
    clip::read_clipping(document, archive);
    if (document.lang == "und") document.lang = text::detect_language(document.title + "\n" + document.body);
}

Outcome read_documents(const Entry& entry, const std::map<std::string, std::string>& field_names,
                       const std::function<bool()>& stop, const read::Sink& sink) {
    const Reading reading{entry, field_names, stop};
    if (entry.file.empty()) return reading.read(std::cin, sink);
    const auto file = open_file(entry.file);
    if (!file) {
        sink(fail(file.error()));
        return Outcome::read;
    }
    return reading.read_settled(file->get(), sink);
}

}  // namespace izde::indexer
