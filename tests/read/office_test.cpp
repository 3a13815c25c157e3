// Files of word processors, and books.
#include "read_all.hpp"
#include "support/made_office.hpp"

using namespace izde::tests;
using izde::read::Format;

namespace {

const std::string facts =
    "<dc:title>The ferry</dc:title><dc:creator>Anna Kim</dc:creator><dc:language>en-GB</dc:language>"
    "<dcterms:created xsi:type=\"dcterms:W3CDTF\">2024-04-05T23:10:00+05:00</dcterms:created>"
    "<cp:lastModifiedBy>Somebody Else</cp:lastModifiedBy>";

const std::string styles =
    "<w:styles xmlns:w=\"x\"><w:style w:styleId=\"1\"><w:name w:val=\"heading 1\"/></w:style>"
    "<w:style w:styleId=\"a\"><w:name w:val=\"Normal\"/></w:style></w:styles>";

std::string run(const std::string& inside) {
    return "<w:r>" + inside + "</w:r>";
}

std::string body_of(const std::string& paragraphs) {
    return read_one(Format::docx, docx(paragraphs), "a.docx").body;
}

}  // namespace

TEST_CASE("a Word document gives its paragraphs and what it declares", "[read]") {
    const auto document = read_one(
        Format::docx, docx(paragraph("Паром ходит снова.") + paragraph("The ferry runs &amp; runs."), facts),
        "b/a.docx");

    CHECK(document.path == "b/a.docx");
    CHECK(document.format == "docx");
    CHECK(document.body == "Паром ходит снова.\n\nThe ferry runs & runs.\n");
    CHECK(document.title == "The ferry");
    CHECK(document.title_source == "metadata");
    CHECK(document.author == "Anna Kim");
    CHECK(document.date.value == "2024-04-05");
    CHECK(document.date.source == "metadata");
    CHECK(document.lang == "en");
}

TEST_CASE("a heading is the title where none is declared, or one that the text does not know", "[read]") {
    const NamedFiles more{{"word/styles.xml", styles}};
    const std::string text = paragraph("Мост открыт", "1") + paragraph("По нему едут.", "a");
    for (const char* declared :
         {"", "Microsoft Word - most.doc", "Без названия", "Документ1", "Letterhead of the office"}) {
        CAPTURE(declared);
        const auto document = read_one(
            Format::docx, docx(text, "<dc:title>" + std::string(declared) + "</dc:title>", more), "a.docx");
        CHECK(document.title == "Мост открыт");
        CHECK(document.title_source == "heading");
        CHECK(document.body == "По нему едут.\n");
    }
    CHECK(read_one(Format::docx, docx(paragraph("Text."), "<dc:title>untitled</dc:title>"), "a.docx")
              .title.empty());
}

TEST_CASE("rows of a table are lines, its cells stand between tabs", "[read]") {
    const auto cell = [](const std::string& text) { return "<w:tc>" + paragraph(text) + "</w:tc>"; };
    CHECK(body_of(paragraph("Before") + "<w:tbl><w:tr>" + cell("a") + cell("b") + "</w:tr><w:tr>" +
                  cell("c") + "<w:tc>" + paragraph("d") + paragraph("e") + "</w:tc></w:tr></w:tbl>" +
                  paragraph("After")) == "Before\n\na\tb\nc\td\ne\n\nAfter\n");
}

TEST_CASE("of a Word document only what a reader sees is read", "[read]") {
    CHECK(body_of("<w:p>" + run("<w:t>one</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>three</w:t>") + "</w:p>") ==
          "one\ntwo\tthree\n");
    CHECK(body_of("<w:p><w:del>" + run("<w:delText>gone</w:delText>") + "</w:del><w:ins>" +
                  run("<w:t>new</w:t>") + "</w:ins></w:p>") == "new\n");
    CHECK(body_of("<w:p>" + run("<w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t>") + run("<w:t>seen</w:t>") +
                  "</w:p>") == "seen\n");
    CHECK(body_of("<w:p>" + run("<w:instrText> PAGE </w:instrText>") + run("<w:t>text</w:t>") + "</w:p>") ==
          "text\n");
    CHECK(body_of("<w:p>" +
                  run("<mc:AlternateContent><mc:Choice><w:t>box</w:t></mc:Choice><mc:Fallback><w:t>box"
                      "</w:t></mc:Fallback></mc:AlternateContent>") +
                  "</w:p>") == "box\n");
    CHECK(body_of("<w:p>" + run("<w:t>Almaty</w:t>") + run("<w:t>–Urumqi</w:t>") + "</w:p>") ==
          "Almaty–Urumqi\n");
}

TEST_CASE("footnotes follow the text", "[read]") {
    const NamedFiles notes{
        {"word/footnotes.xml", "<w:footnotes xmlns:w=\"x\"><w:footnote w:type=\"separator\">" +
                                   paragraph("---") + "</w:footnote><w:footnote w:id=\"2\">" +
                                   paragraph("See page 4.") + "</w:footnote></w:footnotes>"}};
    CHECK(read_one(Format::docx, docx(paragraph("Text."), "", notes), "a.docx").body ==
          "Text.\n\nSee page 4.\n");
}

TEST_CASE("the parts of a Word document are where its relations say", "[read]") {
    const std::string bytes = zipped(
        {{"_rels/.rels",
          "<Relationships xmlns=\"x\"><Relationship Type=\"http://purl.oclc.org/officeDocument/"
          "officeDocument\" Target=\"/word/document2.xml\"/></Relationships>"},
         {"word/document2.xml", "<n:document xmlns:n=\"y\"><n:p><n:t>Here.</n:t></n:p></n:document>"}});
    CHECK(read_one(Format::docx, bytes, "a.docx").body == "Here.\n");
}

TEST_CASE("an OpenDocument text gives its paragraphs and what it declares", "[read]") {
    const auto document = read_one(
        Format::odt,
        odt("<text:p text:style-name=\"P1\">Көпір ашылды</text:p>"
            "<text:p>One<text:s text:c=\"3\"/>two<text:tab/>three<text:line-break/>four"
            "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p>"
            "</text:note-body></text:note>.</text:p>"
            "<text:list><text:list-item><text:p>first</text:p></text:list-item></text:list>"
            "<text:p><office:annotation><text:p>comment</text:p></"
            "office:annotation>after<draw:frame><svg:title>alt"
            "</svg:title></draw:frame></text:p>",
            "<meta:initial-creator>Ерлан Ким</meta:initial-creator><dc:creator>Other</dc:creator>"
            "<meta:creation-date>2023-03-21T08:00:00</meta:creation-date><dc:date>2024-01-01</dc:date>"
            "<dc:language>kk</dc:language>",
            "<style:style style:name=\"P1\" style:parent-style-name=\"Title\"/>"),
        "a.odt");

    CHECK(document.format == "odt");
    CHECK(document.title == "Көпір ашылды");
    CHECK(document.title_source == "heading");
    CHECK(document.body == "One two\tthree\nfour.\n\nfirst\n\nafter\n\nA note.\n");
    CHECK(document.author == "Ерлан Ким");
    CHECK(document.date.value == "2023-03-21");
    CHECK(document.lang == "kk");
}

TEST_CASE("tables of OpenDocument are read as those of Word", "[read]") {
    CHECK(read_one(
              Format::odt,
              odt("<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
                  "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row>"
                  "<table:table-row><table:table-cell><text:p>c</text:p></table:table-cell></table:table-row>"
                  "</table:table><text:h>End</text:h>"),
              "a.odt")
              .body == "a\tb\nc\n\nEnd\n");
}

TEST_CASE("an encrypted office file says so", "[read]") {
    auto parts = odt_parts("<text:p>x</text:p>");
    parts.emplace_back("META-INF/manifest.xml",
                       "<manifest><file-entry><encryption-data/></file-entry></manifest>");
    const auto odt_file = read_all(Format::odt, zipped(parts), "a.odt");
    REQUIRE(odt_file.errors.size() == 1);
    CHECK(odt_file.errors[0].message == "encrypted");
    const auto old =
        read_all(Format::docx, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(1000, 'x'), "a.docx");
    REQUIRE(old.errors.size() == 1);
    CHECK(old.errors[0].message == "encrypted, or of an old format under a new name");
}

TEST_CASE("a book is one document, its chapters in the order of its spine", "[read]") {
    const auto document =
        read_one(Format::epub,
                 epub({{"b.xhtml", chapter("<h1>Первая глава</h1><p>Начало&nbsp;пути.</p>")},
                       {"a.xhtml", chapter("<p>Вторая <b>глава</b>.</p>")}},
                      "<dc:title>Степь</dc:title><dc:creator>Айгуль Ким</dc:creator><dc:creator>Болат "
                      "Оспан</dc:creator>"
                      "<dc:language>ru</dc:language><dc:date>2021-06</dc:date>"),
                 "a.epub");

    CHECK(document.format == "epub");
    CHECK(document.title == "Степь");
    CHECK(document.author == "Айгуль Ким, Болат Оспан");
    CHECK(document.date.value == "2021-06");
    CHECK(document.lang == "ru");
    CHECK(document.record.empty());
    CHECK(document.body == "Первая глава\n\nНачало\u00A0пути.\n\nВторая глава.\n");
}

TEST_CASE("no entity and nothing outside gets into an office file's text", "[read]") {
    const auto text_of = [](const std::string& declaration, const std::string& text) {
        auto parts = docx_parts("");
        parts[2].second = "<?xml version=\"1.0\"?><!DOCTYPE d [" + declaration +
                          "]><w:document xmlns:w=\"x\">" + paragraph("Before.") + paragraph(text) +
                          "</w:document>";
        return read_all(Format::docx, zipped(parts), "a.docx");
    };
    std::string laughs = "<!ENTITY a0 \"ha\">";
    for (int i = 1; i < 20; ++i)
        laughs +=
            "<!ENTITY a" + std::to_string(i) + " \"" + repeat("&a" + std::to_string(i - 1) + ";", 10) + "\">";
    for (const auto& found :
         {text_of("<!ENTITY x SYSTEM \"file:///etc/passwd\">", "&x;"), text_of(laughs, "&a19;"),
          text_of("<!ENTITY % x SYSTEM \"file:///etc/passwd\"> %x;", "End.")}) {
        for (const auto& document : found.documents) {
            CHECK(document.body.find("root") == std::string::npos);
            CHECK(document.body.find("ha") == std::string::npos);
        }
        CHECK(found.documents.size() + found.errors.size() >= 1);
    }
}
