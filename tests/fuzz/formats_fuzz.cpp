// The promises of read.hpp, for files of programs and archives of any bytes: the first one picks the reader.
#include <array>
#include <sstream>
#include <string>

#include "izde/text/utf8.hpp"

#include "read/read.hpp"
#include "read/xml.hpp"
#include "require.hpp"

namespace {

using namespace izde;
using read::Format;

struct Kind {
    Format format;
    const char* path;
};
constexpr auto kinds = std::to_array<Kind>({{Format::pdf, "file.pdf"},
                                            {Format::docx, "file.docx"},
                                            {Format::odt, "file.odt"},
                                            {Format::epub, "file.epub"},
                                            {Format::rtf, "file.rtf"},
                                            {Format::gzip, "file.gz"},
                                            {Format::zstd, "file.txt.zst"},
                                            {Format::zip, "file.zip"}});

void check(const index::Document& document, const char* path) {
    for (const std::string* text : {&document.title, &document.body, &document.author, &document.record,
                                    &document.date.text, &document.lang})
        fuzz::require(text::is_valid_utf8(*text), "valid UTF-8");
    fuzz::require(document.path == path, "every document has its path");
    fuzz::require(document.title.find('\n') == std::string::npos, "a title is one line");
    fuzz::require(document.record.find('\n') == std::string::npos, "a record's name is one line");
}

// A zip's checksums keep mutations from its XML, so that is tried bare as well.
void check_xml(std::string_view xml) {
    std::size_t at = 0;
    std::size_t depth = 0;
    read::XmlHandler handler;
    handler.open = [&](std::string_view, const read::XmlAttributes&) { ++depth; };
    handler.close = [&](std::string_view) {
        fuzz::require(depth > 0, "no end without a beginning");
        --depth;
    };
    handler.text = [](std::string_view text) { fuzz::require(text::is_valid_utf8(text), "valid UTF-8"); };
    const auto give = [&](char* to, std::size_t size) {
        const std::size_t given = xml.substr(at).copy(to, size);
        at += given;
        return given;
    };
    read::read_xml(give, handler);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    if (size == 0) return 0;
    const std::string input(fuzz::text_of(bytes + 1, size - 1));
    const std::size_t picked = bytes[0] % (kinds.size() + 1);
    if (picked == kinds.size()) {
        check_xml(input);
        return 0;
    }
    const Format format = kinds.at(picked).format;
    const char* path = kinds.at(picked).path;
    std::istringstream in(input);
    std::size_t handed_over = 0;
    read::read(format, in, {path, {}}, [&](Result<index::Document> document) {
        ++handed_over;
        if (document) check(*document, path);
    });
    fuzz::require(handed_over > 0 || format == Format::gzip || format == Format::zstd ||
                      format == Format::zip,
                  "a document, or the reason why there is none");
    return 0;
}
