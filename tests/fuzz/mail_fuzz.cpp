// The promises of read.hpp, for mails, mailboxes, feeds and tables of any bytes.
#include <array>
#include <sstream>
#include <string>

#include "izde/text/utf8.hpp"

#include "read/read.hpp"
#include "require.hpp"

namespace {

using namespace izde;
using read::Format;

void check(const index::Document& document) {
    for (const std::string* text : {&document.title, &document.body, &document.author, &document.source,
                                    &document.url, &document.record, &document.date.text})
        fuzz::require(text::is_valid_utf8(*text), "valid UTF-8");
    fuzz::require(document.path == "file", "every document has its path");
    fuzz::require(!document.title.empty() || !document.body.empty(), "no document without title and text");
    fuzz::require(document.title.find('\n') == std::string::npos, "a title is one line");
    for (const index::Furniture& piece : document.boilerplate) {
        fuzz::require(text::is_valid_utf8(piece.text) && !piece.text.empty(), "furniture is text");
        const bool is_declared =
            document.title_source == "metadata";  // else the title may be out of the body
        fuzz::require(!is_declared || piece.at <= document.body.size(), "furniture stands in the body");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string input(fuzz::text_of(bytes, size));
    std::size_t handed_over = 0;
    constexpr auto formats = std::to_array<Format>({Format::mail, Format::mbox, Format::rss, Format::csv});
    for (const Format format : formats) {
        std::istringstream in(input);
        read::read(format, in, {"file", {}}, [&](Result<index::Document> document) {
            ++handed_over;
            if (document) check(*document);
        });
    }
    fuzz::require(handed_over <= 4 * size + 8, "no more documents than bytes");
    return 0;
}
