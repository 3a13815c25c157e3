#include "documents.hpp"

#include <algorithm>
#include <istream>
#include <mutex>
#include <optional>

#include <sys/stat.h>
#include <unistd.h>

#include "izde/hex.hpp"
#include "izde/large.hpp"
#include "izde/text/detect.hpp"
#include "izde/text/language.hpp"

#include "clip/clipping.hpp"
#include "descriptor_stream.hpp"
#include "figures.hpp"
#include "file_bytes.hpp"
#include "held.hpp"
#include "open.hpp"

namespace izde::indexer {
namespace {

constexpr std::size_t first_bytes = 4096;
constexpr std::uint64_t large_file_bytes = 4u << 20;

std::string peek(int file) {
    std::string bytes(first_bytes, '\0');
    const ssize_t got = ::pread(file, bytes.data(), bytes.size(), 0);
    bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return bytes;
}

std::uint64_t size_of(int file) {
    struct stat status {};
    return ::fstat(file, &status) == 0 ? static_cast<std::uint64_t>(status.st_size) : 0;
}

void complete(index::Document& document, const Entry& entry) {
    document.id = document_id(entry.source, document.path, document.record);
    document.lang = text::canonical_language(document.lang);
    for (index::Furniture& piece : document.boilerplate) piece.at = std::min(piece.at, document.body.size());
}

void read_here(read::Format format, std::istream& in, const read::Origin& origin,
               const std::function<bool()>& stop, const read::Sink& sink) {
    read::read(format, in, origin, [&](Result<index::Document> document) {
        if (stop()) in.setstate(std::ios::eofbit | std::ios::failbit);
        sink(std::move(document));
    });
}

Failure told_again(const Poisoned& known) {
    const std::string what =
        known.taken == 0 ? "not tried again: "
                         : "not tried again behind its first " + std::to_string(known.taken) + " documents: ";
    return fail(Errc::bad_document, what + known.reason + " on " + known.on);
}

void read_by_worker(const Entry& entry, const worker::File& file, const ReadSettings& settings,
                    const std::function<bool()>& stop, const read::Sink& sink) {
    using How = worker::Ending::How;
    Poison* poison = settings.poison;
    const auto known =
        poison == nullptr ? std::nullopt : poison->find(entry.source, entry.path, file.descriptor);
    if (known && known->taken == 0) return sink(told_again(*known));
    const auto most = known ? known->taken : worker::Worker::all;
    const auto ending = settings.workers->take(settings.number)->read(file, most, stop, sink);
    if (ending.how == How::no_process) return sink(fail(Errc::internal, ending.reason));
    if (ending.how == How::died && poison != nullptr)
        poison->add(entry.source, entry.path, file.descriptor, ending.reason,
                    worker::holds_many(file.format) ? ending.taken : 0);
    if (ending.how == How::died || ending.how == How::lost)
        return sink(fail(Errc::bad_document, ending.reason));
    if (known) sink(told_again(*known));
}

struct Reading {
    const Entry& entry;
    const ReadSettings& settings;
    const std::function<bool()>& stop;

    read::Origin origin() const { return {entry.path, settings.field_names}; }

    Outcome read_file(int file, const read::Sink& sink) const {
        const auto format = read::choose_format(entry.path, peek(file));
        if (!format) return Outcome::ignored;
        if (settings.workers == nullptr || is_read_in_process(*format)) {
            // A large text takes many times its size while it is read. Not where documents are handed over
            // meanwhile: that may wait for the other file's.
            static std::mutex large;
            const LargeTurn turn(large, *format == read::Format::text && size_of(file) > large_file_bytes);
            DescriptorStream in(file);
            in.seekg(0);
            read_here(*format, in, origin(), stop, sink);
        } else {
            read_by_worker(entry, {file, size_of(file), *format, entry.path, settings.field_names}, settings,
                           stop, sink);
        }
        return Outcome::read;
    }

    // Somebody may write to the file meanwhile. Then it is read once more, and not a third time: the next
    // run will find it at rest.
    Outcome read_settled(int file, const read::Sink& sink, Seen* seen) const {
        for (int attempt = 0; attempt < 2; ++attempt) {
            const auto before = stamp_of(file);
            const auto content = seen == nullptr ? std::nullopt : content_of(file);
            const bool is_known = content && seen->known == content;
            Held held(sink);
            const Outcome outcome =
                is_known ? Outcome::unchanged : read_file(file, [&](Result<index::Document> document) {
                    held.take(std::move(document));
                });
            const auto after = stamp_of(file);
            const bool at_rest = before && after && is_same_content(*before, *after);
            if (at_rest && seen != nullptr) seen->content = content, seen->stamp = *before;
            if (at_rest || stop()) {
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
    return hex_of(hash_of(place));
}

clip::Repeats understand(index::Document& document, const clip::Repetition* archive) {
    const clip::Repeats repeats = clip::read_clipping(document, archive);
    if (document.lang == "und") document.lang = text::detect_language(document.title + "\n" + document.body);
    return repeats;
}

bool is_read_in_process(read::Format format) {
    switch (format) {
    case read::Format::text:
    case read::Format::json:
    case read::Format::json_lines:
    case read::Format::csv:
    case read::Format::tsv:
        return true;
    default:  // what is new is not trusted
        return false;
    }
}

Outcome read_documents(const Entry& entry, const ReadSettings& settings, const std::function<bool()>& stop,
                       const read::Sink& sink, Seen* seen) {
    const read::Sink completed = [&](Result<index::Document> document) {
        if (!document) return sink(std::move(document));
        const bool was_cut = cut_to_bounds(*document, settings.most_text);
        complete(*document, entry);
        const std::string record = document->record.empty() ? "" : document->record + ": ";
        const std::string kept = mebibytes(document->body.size());
        sink(std::move(document));
        if (was_cut)
            sink(fail(Errc::bad_document, record + "only the first " + kept + " of its text are indexed"));
    };
    const Reading reading{entry, settings, stop};
    // Standard input cannot be read twice, and is JSON Lines by contract.
    if (entry.file.empty()) {
        PatientBuffer buffer(STDIN_FILENO, stop);
        std::istream in(&buffer);
        read_here(read::Format::json_lines, in, reading.origin(), stop, completed);
        return Outcome::read;
    }
    const auto file = open_file(entry.file);
    if (!file) {
        completed(fail(file.error()));
        return Outcome::read;
    }
    return reading.read_settled(file->get(), completed, seen);
}

}  // namespace izde::indexer
