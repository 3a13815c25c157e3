// What a worker says, as the indexer takes it: any bytes, in any pieces. The first byte says how long
// the pieces are.
#include <algorithm>
#include <cstring>
#include <string>

#include "izde/text/utf8.hpp"

#include "require.hpp"
#include "worker/answer.hpp"

namespace {

using namespace izde;
using worker::Answer;

void check(const index::Document& document) {
    for (const std::string* text :
         {&document.title, &document.body, &document.author, &document.source, &document.url,
          &document.record, &document.date.text, &document.lang, &document.format, &document.encoding,
          &document.date.value, &document.title_source})
        fuzz::require(text::is_valid_utf8(*text), "valid UTF-8");
    fuzz::require(document.path == "file", "every document has its path");
    fuzz::require(document.id.empty() && document.group.empty(), "names are given by the indexer");
    fuzz::require(document.url.empty() || document.url.size() > 7, "an address is one");
    fuzz::require(document.title.find('\n') == std::string::npos, "a title is one line");
    for (const index::Furniture& piece : document.boilerplate)
        fuzz::require(text::is_valid_utf8(piece.text) && !piece.text.empty(), "furniture is text");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    std::string_view input = fuzz::text_of(bytes, size);
    if (input.empty()) return 0;
    const std::size_t piece = static_cast<unsigned char>(input[0]) + std::size_t{1};
    input.remove_prefix(1);
    std::size_t taken = 0;
    const read::Sink sink = [&](Result<index::Document> document) {
        ++taken;
        if (document)
            check(*document);
        else
            fuzz::require(text::is_valid_utf8(document.error().message), "an error is text");
    };
    Answer answer("file", 1000, 50, piece % 2 == 0, sink);
    worker::FrameReader frames;
    auto state = Answer::State::unfinished;
    while (!input.empty() && state == Answer::State::unfinished) {
        const auto room = frames.room();
        const std::size_t part = std::min({piece, room.size, input.size()});
        std::memcpy(room.data, input.data(), part);
        frames.added(part);
        input.remove_prefix(part);
        while (state == Answer::State::unfinished) {
            const auto frame = frames.next();
            if (frame && !*frame) break;
            state = frame ? answer.take(**frame) : Answer::State::nonsense;
        }
    }
    fuzz::require(taken <= 50, "no more than was wanted");
    fuzz::require(taken <= size, "no more documents than bytes");
    static_cast<void>(worker::read_request(fuzz::text_of(bytes, size)));
    return 0;
}
