// PDF.
#include "read_all.hpp"
#include "support/made_pdf.hpp"

using namespace izde::tests;
using izde::read::Format;

namespace {

PdfLine line(double y, const std::string& text, double x = 72, double size = 12) {
    return {x, y, size, hex_of(text)};
}

std::string body_of(const std::vector<PdfLine>& lines) {
    return read_one(Format::pdf, pdf({shown(lines)}), "a.pdf").body;
}

std::string error_of(const std::string& bytes) {
    const auto found = read_all(Format::pdf, bytes, "a.pdf");
    REQUIRE(found.documents.empty());
    REQUIRE(found.errors.size() == 1);
    return found.errors[0].message;
}

const std::string long_line = "The ferry across the river at the old town runs again since Monday, and";

}  // namespace

TEST_CASE("lines of a PDF's paragraph are joined, hyphens undone between small letters", "[read]") {
    CHECK(body_of({line(700, long_line),
                   line(686, "the people of both banks are glad of it, as the whole eco-"),
                   line(672, "nomy of the district is, says the ferryman of the North-"),
                   line(658, "West bank.")}) ==
          long_line +
              " the people of both banks are glad of it, as the whole economy of the district is, says the "
              "ferryman of the North-West bank.\n");
}

TEST_CASE("a gap, an indent, another size or a short line ends a PDF's paragraph", "[read]") {
    CHECK(body_of({line(740, "Ferry runs", 72, 20), line(700, long_line), line(686, long_line),
                   line(655, long_line), line(641, long_line)}) ==
          "Ferry runs\n\n" + long_line + " " + long_line + "\n\n" + long_line + " " + long_line + "\n");
    CHECK(body_of({line(700, long_line, 90), line(686, long_line), line(672, long_line, 90),
                   line(658, long_line)}) ==
          long_line + " " + long_line + "\n\n" + long_line + " " + long_line + "\n");
    CHECK(body_of({line(700, long_line), line(686, "it ends."), line(672, long_line),
                   line(658, long_line)}) == long_line + " it ends.\n" + long_line + " " + long_line + "\n");
}

TEST_CASE("pages of a PDF stand apart, and it says who wrote it when", "[read]") {
    const auto document =
        read_one(Format::pdf,
                 pdf({shown({line(700, "First page.")}), shown({line(700, "Second page.")})},
                     "/Title (The ferry) /Author (Anna Kim) /CreationDate (D:20240405231000+05'00')"),
                 "b/a.pdf");
    CHECK(document.format == "pdf");
    CHECK(document.path == "b/a.pdf");
    CHECK(document.body == "First page.\n\nSecond page.\n");
    CHECK(document.title == "The ferry");
    CHECK(document.title_source == "metadata");
    CHECK(document.author == "Anna Kim");
    CHECK(document.date.value == "2024-04-05");
}

TEST_CASE("what programs put for a PDF's title is none", "[read]") {
    for (const char* title : {"Microsoft Word - letter.doc", "untitled", "Untitled-1", "report_final.indd",
                              "Document2", "C:\\\\\\\\work\\\\\\\\a", "12345"}) {
        CAPTURE(title);
        const auto document = read_one(
            Format::pdf, pdf({shown({line(700, "Text.")})}, "/Title (" + std::string(title) + ")"), "a.pdf");
        CHECK(document.title.empty());
    }
}

TEST_CASE("letters of a PDF are those its font maps them to", "[read]") {
    const std::string page =
        shown({{72, 700, 12, utf16_hex(u"Паром через реку снова ходит, и жители обоих берегов рады:")},
               {72, 686, 12, utf16_hex(u"эконо-")},
               {72, 672, 12, utf16_hex(u"Новый паром — «Қайық».")}});
    const auto document = read_one(
        Format::pdf, pdf({page}, "/Title <FEFF041F04300440043E043C>", unicode_font(), unicode_font_parts()),
        "a.pdf");
    CHECK(document.title == "Паром");
    CHECK(document.body.find("Паром через реку снова ходит, и жители обоих берегов рады:") == 0);
    CHECK(document.body.find("Новый паром — ") != std::string::npos);
    CHECK(document.body.find("Қайық") != std::string::npos);
}

TEST_CASE("Chinese of a PDF that embeds no font is read", "[read]") {
    const std::string font = "<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /GBK-EUC-H "
                             "/DescendantFonts [<< /Type /Font "
                             "/Subtype /CIDFontType0 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) "
                             "/Ordering (GB1) /Supplement 2 >> "
                             "/FontDescriptor << /Type /FontDescriptor /FontName /SimSun /Flags 4 >> >>] >>";
    const std::string page =
        shown({{72, 700, 12, "B4F3C7C5BFAACDA8"}, {72, 686, 12, "C1D0B3B5B5BDD5BE"}});  // GBK
    CHECK(read_one(Format::pdf, pdf({page}, "", font), "a.pdf").body == "大桥开通列车到站\n");
    izde::read::prepare_readers();
    CHECK(read_one(Format::pdf, pdf({page}, "", font), "a.pdf").body == "大桥开通列车到站\n");
}

TEST_CASE("a PDF without text, with a password, or none at all says what it is", "[read]") {
    CHECK(error_of(pdf({"0 0 100 100 re f"})) == "no text in it (scanned?)");
    CHECK(error_of("%PDF-1.4\nnothing") == "not a PDF, or a damaged one");
    CHECK(error_of("") == "not a PDF, or a damaged one");
    const std::string locked = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + std::string(64, 'A') +
                               "> /U <" + std::string(64, 'B') + "> >> /ID [<00> <00>]";
    CHECK(error_of(pdf_of({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>"},
                          locked)) == "encrypted: it opens by a password only");
}
