// Files made to hurt who reads them: each ends soon, with what could be read or the reason why not.
#include <chrono>
#include <ctime>

#include <zlib.h>

#include "izde/text/utf8.hpp"

#include "read_all.hpp"
#include "support/made_office.hpp"
#include "support/made_pdf.hpp"

using namespace izde::tests;
using izde::read::Format;

namespace {

// The sanitizers take their part of it.
constexpr double most_seconds = 8;

double processor_seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

struct Bomb {
    std::string name;
    Format format;
    std::string path;
    std::string bytes;
    std::string error;  // part of one of the errors; empty: may be none
};

void set_number(std::string& bytes, std::size_t at, std::size_t size, std::uint64_t value) {
    for (std::size_t i = 0; i < size; ++i) bytes[at + i] = static_cast<char>(value >> 8 * i);
}

// Every file of the directory stands for the first one's bytes.
std::string overlapping(std::string zip) {
    for (std::size_t at = zip.find("PK\x01\x02"); at != std::string::npos;
         at = zip.find("PK\x01\x02", at + 4))
        set_number(zip, at + 42, 4, 0);
    return zip;
}

// Says everywhere that the files are of `size`.
std::string lying(std::string zip, std::uint64_t size) {
    for (std::size_t at = zip.find("PK\x01\x02"); at != std::string::npos;
         at = zip.find("PK\x01\x02", at + 4))
        set_number(zip, at + 24, 4, size);
    for (std::size_t at = zip.find("PK\x03\x04"); at != std::string::npos;
         at = zip.find("PK\x03\x04", at + 4))
        set_number(zip, at + 22, 4, size);
    return zip;
}

std::string zip_of_many(std::size_t count) {
    NamedFiles files;
    for (std::size_t i = 0; i < count; ++i) files.emplace_back(std::to_string(i) + ".txt", "x");
    return zipped(files);
}

std::string deflated(const std::string& content) {
    std::string bytes(compressBound(content.size()), '\0');
    uLongf size = bytes.size();
    compress2(reinterpret_cast<Bytef*>(bytes.data()), &size, reinterpret_cast<const Bytef*>(content.data()),
              content.size(), 9);
    bytes.resize(size);
    return bytes;
}

std::string pdf_with(const std::string& page_entries, const std::vector<std::string>& more) {
    std::vector<std::string> objects{
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] " + page_entries + " >>"};
    objects.insert(objects.end(), more.begin(), more.end());
    return pdf_of(objects);
}

std::vector<Bomb> zips() {
    const std::string zeros(24u << 20, '0');
    const std::string nested = zipped({{"a.txt", zeros}});
    const std::string many = zip_of_many(100'000);
    return {
        {"zip 1000:1", Format::zip, "a.zip", zipped({{"a.txt", zeros}}), "a bomb: it unpacks"},
        {"zip of ten 1000:1", Format::zip, "a.zip",
         zipped({{"1.txt", zeros}, {"2.txt", zeros}, {"3.txt", zeros}, {"4.txt", zeros}, {"5.txt", "sound"}}),
         "4.txt: a bomb"},
        {"docx 1000:1", Format::docx, "a.docx", docx("<w:p><w:t>" + zeros + "</w:t></w:p>"), "a bomb"},
        {"odt 1000:1", Format::odt, "a.odt", odt("<text:p>" + zeros + "</text:p>"), "a bomb"},
        {"epub 1000:1", Format::epub, "a.epub", epub({{"a.xhtml", chapter(zeros)}}), "a bomb"},
        {"gz 1000:1", Format::gzip, "a.txt.gz", gzipped(zeros), "a bomb"},
        {"zst 10000:1", Format::zstd, "a.txt.zst", zstandard(zeros), "a bomb"},
        {"gz of gz", Format::gzip, "a.gz.gz", gzipped(gzipped(zeros)), "archive within an archive"},
        {"zip of zip", Format::zip, "a.zip", zipped({{"b.zip", nested}}), "archive within an archive"},
        {"100,000 files", Format::zip, "a.zip", many, "more than 10000 files"},
        {"overlapping files", Format::zip, "a.zip", overlapping(zip_of_many(9'000)), "share their bytes"},
        {"sizes too small", Format::zip, "a.zip", lying(zipped({{"a.txt", std::string(90'000, 'a')}}), 10),
         ""},
        {"sizes too large", Format::zip, "a.zip", lying(zipped({{"a.txt", "text"}}), 0xFFFFFFF0), ""},
        {"docx of lies", Format::docx, "a.docx", lying(docx(paragraph("text")), 0x7FFFFFFF), ""},
        {"docx of 100,000 parts", Format::docx, "a.docx", many, "more than 10000 files"},
    };
}

std::vector<Bomb> markup() {
    const std::string deep = repeat("<w:p>", 1'000'000);
    std::string attributes;
    for (int i = 0; i < 50'000; ++i) attributes += " a" + std::to_string(i) + "=\"\"";
    std::string spine;
    for (int i = 0; i < 100'000; ++i) spine += "<itemref idref=\"i-a.xhtml\"/>";
    auto book = epub_parts({{"a.xhtml", chapter("<p>Once.</p>")}}, "");
    book.back().second.insert(book.back().second.find("<spine>") + 7, spine);
    return {
        {"XML a million deep", Format::docx, "a.docx", zipped(docx_parts(deep), false), "nested too deeply"},
        {"ODT a million deep", Format::odt, "a.odt", zipped(odt_parts(repeat("<text:p>", 1'000'000)), false),
         "nested too deeply"},
        {"50,000 attributes", Format::docx, "a.docx", zipped(docx_parts("<w:p" + attributes + "/>"), false),
         ""},
        {"an endless tag", Format::docx, "a.docx",
         zipped(docx_parts("<w:p a=\"" + std::string(30u << 20, 'a') + "\"/>"), false), ""},
        {"an endless comment", Format::docx, "a.docx",
         zipped(docx_parts("<!--" + std::string(30u << 20, '-')), false), ""},
        {"a table of empty cells", Format::docx, "a.docx",
         zipped(docx_parts("<w:tbl><w:tr>" + repeat("<w:tc/>", 1'000'000) + "</w:tr></w:tbl>"), false),
         "no text"},
        {"a chapter named 100,000 times", Format::epub, "a.epub", zipped(book), ""},
        {"a feed of 400,000 entries", Format::rss, "a.rss",
         "<rss version=\"2.0\"><channel>" + repeat("<item><title>a</title></item>", 400'000) +
             "</channel></rss>",
         ""},
        {"a book of divs", Format::epub, "a.epub",
         zipped(epub_parts({{"a.xhtml", repeat("<div>", 100'000)}}, "")), ""},
        {"RTF of 100,000 braces", Format::rtf, "a.rtf", "{\\rtf1 " + std::string(100'000, '{'), "cut off"},
        {"RTF of 10 million braces", Format::rtf, "a.rtf", "{\\rtf1 " + repeat("{}", 5'000'000) + "}",
         "no text"},
        {"RTF of controls", Format::rtf, "a.rtf", "{\\rtf1 " + repeat("\\b\\u1084?\\f1", 1'000'000) + "}",
         ""},
        {"RTF of fonts", Format::rtf, "a.rtf",
         "{\\rtf1{\\fonttbl" + repeat("{\\f9\\fcharset204 a;}", 300'000) + "}a}", ""},
        {"RTF of 30 MB in one line", Format::rtf, "a.rtf",
         "{\\rtf1\\ansicpg936 " + repeat("\\'b4\\'f3", 3'000'000), "cut off"},
        {"RTF with all the rest binary", Format::rtf, "a.rtf", "{\\rtf1 a\\bin2147483647 ", ""},
    };
}

std::vector<Bomb> pdfs() {
    const std::string zeros(30u << 20, ' ');
    const std::string twice = deflated(deflated(zeros));
    return {
        {"PDF of pages in a loop", Format::pdf, "a.pdf",
         pdf_of({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>"}),
         ""},
        {"PDF of two billion pages", Format::pdf, "a.pdf",
         pdf_of({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 2147483647 >>"}), ""},
        {"PDF of a million pages that are not there", Format::pdf, "a.pdf",
         pdf_of({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1000000 >>",
                 "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"}),
         ""},
        {"PDF form that shows itself", Format::pdf, "a.pdf",
         pdf_with("/Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >>",
                  {pdf_stream("/X Do"),
                   pdf_stream("/X Do /X Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << "
                                             "/XObject << /X 5 0 R >> >>")}),
         ""},
        {"PDF deflated twice", Format::pdf, "a.pdf",
         pdf_with("/Contents 4 0 R", {pdf_stream(twice, "/Filter [/FlateDecode /FlateDecode]")}), ""},
        {"PDF of 100,000 open arrays", Format::pdf, "a.pdf",
         pdf_with("/Contents 4 0 R", {std::string(100'000, '[')}), ""},
    };
}

void check(const Bomb& bomb) {
    CAPTURE(bomb.name, bomb.bytes.size());
    const double start = processor_seconds();
    const Found found = read_all(bomb.format, bomb.bytes, bomb.path);
    const double seconds = processor_seconds() - start;
    CHECK(seconds < most_seconds);
    bool told = bomb.error.empty();
    for (const auto& error : found.errors) {
        UNSCOPED_INFO(error.message);
        told = told || error.message.find(bomb.error) != std::string::npos;
    }
    CHECK(told);
    CHECK(found.documents.size() + found.errors.size() > 0);
}

}  // namespace

TEST_CASE("an archive that is a bomb ends with its reason", "[read][bombs]") {
    for (const Bomb& bomb : zips()) check(bomb);
}

TEST_CASE("markup that is a bomb ends with its text or its reason", "[read][bombs]") {
    for (const Bomb& bomb : markup()) check(bomb);
}

TEST_CASE("a PDF that is a bomb ends with its text or its reason", "[read][bombs]") {
    for (const Bomb& bomb : pdfs()) check(bomb);
}

TEST_CASE("a file that is cut off anywhere gives text or a reason", "[read][bombs]") {
    const std::string rtf =
        "{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}{\\info{\\title T}}One\\par \\u1084?\\'e9 two\\par}";
    const std::vector<Bomb> wholes{
        {"pdf", Format::pdf, "a.pdf", pdf({shown({{72, 700, 12, hex_of("Text of a page.")}})}), ""},
        {"docx", Format::docx, "a.docx", docx(paragraph("Text.")), ""},
        {"odt", Format::odt, "a.odt", odt("<text:p>Text.</text:p>"), ""},
        {"epub", Format::epub, "a.epub", epub({{"a.xhtml", chapter("<p>Text.</p>")}}), ""},
        {"rtf", Format::rtf, "a.rtf", rtf, ""},
        {"gz", Format::gzip, "a.txt.gz", gzipped(repeat("Text of it. ", 50)), ""},
        {"zst", Format::zstd, "a.txt.zst", zstandard(repeat("Text of it. ", 50)), ""},
        {"zip", Format::zip, "a.zip", zipped({{"a.txt", "One."}, {"b.txt", "Two."}}), ""}};
    for (const Bomb& whole : wholes)
        for (std::size_t i = 0; i < 50; ++i) {
            const std::size_t kept = whole.bytes.size() * i / 50;
            CAPTURE(whole.name, kept);
            const Found found = read_all(whole.format, whole.bytes.substr(0, kept), whole.path);
            CHECK(found.documents.size() + found.errors.size() > 0);
            for (const auto& document : found.documents) CHECK(izde::text::is_valid_utf8(document.body));
        }
}
