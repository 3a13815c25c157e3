// From a file to complete documents: opened, read, identified; then understood.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "bounds.hpp"
#include "clip/clipping.hpp"
#include "poison.hpp"
#include "read/read.hpp"
#include "stamp.hpp"
#include "walk.hpp"
#include "worker/pool.hpp"

namespace izde::indexer {

// How files are to be read.
struct ReadSettings {
    std::map<std::string, std::string> field_names;
    worker::Pool* workers = nullptr;          // for formats that are not read in this process; null: all are
    Poison* poison = nullptr;                 // null: nothing is remembered
    std::size_t most_text = most_text_bytes;  // of a document
    std::size_t number = 0;                   // of the file, for `workers`
};

// Whether a format's reader is simple enough to be trusted with any bytes.
bool is_read_in_process(read::Format format);

// How a file ended, besides the documents it gave. `unchanged`: it is the one that was known.
enum class Outcome { read, ignored, unchanged };

// What was seen of a file beside its documents.
struct Seen {
    std::optional<std::uint64_t> known;    // to be given: content_of() the file as it was known, if it was
    std::optional<std::uint64_t> content;  // nothing where the file was not at rest, or is no regular file
    Stamp stamp;
};

// Hands each document of the file to the sink, and each failure as an Error. `ignored`: the file
// is none izde reads, and nothing was handed over. Once `stop` says so the rest is not read. A file that
// is written to meanwhile is read once more, and if it still changes it is one failure: the next run will
// find it at rest. Of a document that is too long (bounds.hpp) the beginning is handed over, and then a
// failure that says so. A file that ended its worker is a failure as well, and remembered; Errc::internal: no
// file can be read any more. Of an unchanged file nothing is handed over.
Outcome read_documents(const Entry& entry, const ReadSettings& settings, const std::function<bool()>& stop,
                       const read::Sink& sink, Seen* seen = nullptr);

// What the text says of itself, and its language; done once to a document that was read. `archive`
// knows what repeats in the others, null: there are none.
// Returns clip::repeats_of() the document.
clip::Repeats understand(index::Document& document, const clip::Repetition* archive);

// 16 hexadecimal digits from where a document stands: source, path and record.
std::string document_id(const std::string& source, const std::string& path, const std::string& record);

}  // namespace izde::indexer
