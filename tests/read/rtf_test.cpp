// Rich Text Format.
#include "read_all.hpp"
#include "support/encoded.hpp"

using namespace izde::tests;
using izde::read::Format;

namespace {

// \'xx for each byte that is not ASCII.
std::string escaped(const std::string& utf8, const char* encoding) {
    std::string rtf;
    for (const char c : encoded(utf8, encoding)) {
        char escape[8];
        std::snprintf(escape, sizeof escape, "\\'%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
        rtf += static_cast<unsigned char>(c) < 0x80 ? std::string(1, c) : escape;
    }
    return rtf;
}

std::string body_of(const std::string& rtf) {
    return read_one(Format::rtf, rtf, "a.rtf").body;
}

}  // namespace

TEST_CASE("RTF gives its paragraphs, lines, cells and signs", "[read]") {
    CHECK(body_of("{\\rtf1\\ansi One\\par Two\\line three\\tab four\\par}") == "One\n\nTwo\nthree\tfour\n");
    CHECK(body_of("{\\rtf1 a\\cell b\\cell\\row c\\cell\\row\\pard End\\par}") == "a\tb\nc\nEnd\n");
    CHECK(body_of("{\\rtf1 \\ldblquote Yes\\rdblquote  \\emdash  it\\rquote s 5\\~km, co\\_op, eco\\-nomy "
                  "\\{x\\}\\par}") == "“Yes” — it’s 5\u00A0km, co-op, economy {x}\n");
    CHECK(body_of("{\\rtf1 {\\b bo}ld {\\v hidden}te\r\nxt\\par}") == "bold text\n");
}

TEST_CASE("bytes of RTF are read in the code page of the document or of the font", "[read]") {
    CHECK(body_of("{\\rtf1\\ansi\\ansicpg1251 " + escaped("Мост открыт", "CP1251") + "\\par}") ==
          "Мост открыт\n");
    CHECK(body_of("{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset204 Arial Cyr;}"
                  "{\\f2\\fnil\\fcharset134 SimSun;}{\\f3\\fcharset238 Arial CE;}}\\f0 caf\\'e9 \\f1 " +
                  escaped("мост", "CP1251") + " {\\f2 " + escaped("大桥开通。", "GBK") + "} " +
                  escaped("и", "CP1251") + " \\f3 " + escaped("řeka", "CP1250") + "\\par}") ==
          "café мост 大桥开通。 и řeka\n");
    CHECK(body_of("{\\rtf1\\mac\\ansicpg10007 " + escaped("Мост", "MAC-CYRILLIC") + "}") == "Мост\n");
    CHECK(body_of("{\\rtf1\\ansi\\ansicpg936 " + encoded("列车到站", "GBK") + "\\par}") == "列车到站\n");
}

TEST_CASE("what stands behind a Unicode character for old readers is passed over", "[read]") {
    CHECK(body_of("{\\rtf1\\ansi\\uc1 \\u1084?\\u1086?\\u1089?\\u1090? \\u-27120?x}") == "мост 阐x\n");
    CHECK(body_of("{\\rtf1\\uc2 \\u22823\\'b4\\'f3\\u26725\\'c7\\'c5.}") == "大桥.\n");
    CHECK(body_of("{\\rtf1\\uc0 \\u1084\\u1086 x{\\uc1 \\u1089 ?}\\u1090}") == "моxст\n");
    CHECK(body_of("{\\rtf1 \\u-10179?\\u-8704?!}") == "😀!\n");
    CHECK(body_of("{\\rtf1 \\u55357?x \\u56832?y}") == "x y\n");
}

TEST_CASE("what RTF declares is known, and is no text", "[read]") {
    const auto document =
        read_one(Format::rtf,
                 "{\\rtf1\\ansi\\ansicpg1251{\\info{\\title " + escaped("Паром", "CP1251") + "}{\\author " +
                     escaped("Анна Ким", "CP1251") +
                     "}{\\creatim\\yr2024\\mo4\\dy5\\hr1}{\\company no}}{\\stylesheet{\\s0 "
                     "Normal;}}{\\colortbl;\\red0;}"
                     "{\\*\\generator no;}{\\header no\\par}{\\pict\\wmetafile8 0102}{\\pict\\bin4 {}{}}"
                     "{\\field{\\*\\fldinst HYPERLINK no}{\\fldrslt link}}\\par "
                     "Text{\\footnote A note.}.\\par}",
                 "b/a.rtf");

    CHECK(document.title == "Паром");
    CHECK(document.title_source == "metadata");
    CHECK(document.author == "Анна Ким");
    CHECK(document.date.value == "2024-04-05");
    CHECK(document.encoding == "windows-1251");
    CHECK(document.format == "rtf");
    CHECK(document.body == "link\n\nText.\n\nA note.\n");
}

TEST_CASE("RTF that is cut off gives what there is, and says so", "[read]") {
    const auto found = read_all(Format::rtf, "{\\rtf1 One\\par {\\b tw", "a.rtf");
    REQUIRE(found.documents.size() == 1);
    CHECK(found.documents[0].body == "One\n\ntw\n");
    REQUIRE(found.errors.size() == 1);
    CHECK(found.errors[0].message == "cut off before its end; what follows is not read");
}

TEST_CASE("no RTF is too deep", "[read]") {
    CHECK(body_of("{\\rtf1 " + std::string(100'000, '{') + "deep" + std::string(100'000, '}') + " end}") ==
          "deep end\n");
}
