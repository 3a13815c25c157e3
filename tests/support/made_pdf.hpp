// PDFs written by hand.
#pragma once

#include <cstdio>
#include <string>
#include <vector>

namespace izde::tests {

// From the bodies of its objects, the first of which is the catalog. `trailer` is added to the trailer.
inline std::string pdf_of(const std::vector<std::string>& objects, const std::string& trailer = {}) {
    std::string pdf = "%PDF-1.4\n%\xE2\xE3\xCF\xD3\n";
    std::string places;
    for (std::size_t i = 0; i < objects.size(); ++i) {
        char place[24];
        std::snprintf(place, sizeof place, "%010zu 00000 n \n", pdf.size());
        places += place;
        pdf += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    const std::string begin = std::to_string(pdf.size());
    const std::string size = std::to_string(objects.size() + 1);
    return pdf + "xref\n0 " + size + "\n0000000000 65535 f \n" + places + "trailer\n<< /Size " + size +
           " /Root 1 0 R " + trailer + " >>\nstartxref\n" + begin + "\n%%EOF\n";
}

inline std::string pdf_stream(const std::string& content, const std::string& entries = {}) {
    return "<< /Length " + std::to_string(content.size()) + " " + entries + " >>\nstream\n" + content +
           "\nendstream";
}

// Lines of text: "x y size text", the text in hexadecimal as the font wants it.
struct PdfLine {
    double x = 0, y = 0, size = 12;
    std::string text;
};

inline std::string shown(const std::vector<PdfLine>& lines) {
    std::string content;
    for (const PdfLine& line : lines) {
        char begin[100];
        std::snprintf(begin, sizeof begin, "BT /F1 %g Tf %g %g Td <", line.size, line.x, line.y);
        content += begin + line.text + "> Tj ET\n";
    }
    return content;
}

inline std::string hex_of(const std::string& text) {
    std::string hex;
    for (const char c : text) {
        char two[3];
        std::snprintf(two, sizeof two, "%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
        hex += two;
    }
    return hex;
}

// One page a content, in Helvetica by default, and what the document says of itself.
inline std::string pdf(const std::vector<std::string>& pages, const std::string& info = {},
                       const std::string& font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
                                                 "/Encoding /WinAnsiEncoding >>",
                       const std::vector<std::string>& more = {}) {
    // 1 catalog, 2 pages, 3 information, 4 font, then `more`, then a page and its content each.
    std::vector<std::string> objects{"<< /Type /Catalog /Pages 2 0 R >>", "", "<< " + info + " >>", font};
    objects.insert(objects.end(), more.begin(), more.end());
    std::string kids;
    for (const std::string& page : pages) {
        const std::size_t number = objects.size() + 1;
        kids += std::to_string(number) + " 0 R ";
        objects.push_back("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents " +
                          std::to_string(number + 1) + " 0 R /Resources << /Font << /F1 4 0 R >> >> >>");
        objects.push_back(pdf_stream(page));
    }
    objects[1] = "<< /Type /Pages /Kids [" + kids + "] /Count " + std::to_string(pages.size()) + " >>";
    return pdf_of(objects, "/Info 3 0 R");
}

// A font whose codes are UTF-16, which a table maps to the letters: as most programs embed them. Each letter
// is half as wide as high. Goes into pdf() as `font` and `more`.
inline std::string unicode_font() {
    return "<< /Type /Font /Subtype /Type0 /BaseFont /Made /Encoding /Identity-H /ToUnicode 6 0 R "
           "/DescendantFonts [5 0 R] >>";
}

inline std::vector<std::string> unicode_font_parts() {
    return {
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Made /CIDSystemInfo << /Registry (Adobe) /Ordering "
        "(Identity) /Supplement 0 >> /DW 500 /FontDescriptor << /Type /FontDescriptor /FontName /Made /Flags "
        "4 "
        "/Ascent 750 /Descent -250 >> >>",
        pdf_stream("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Made def "
                   "/CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange "
                   "3 beginbfrange <0020> <00FF> <0020> <0400> <04FF> <0400> <2010> <20FF> <2010> endbfrange "
                   "endcmap end end")};
}

// UTF-16 of a text without characters beyond the first 65,536.
inline std::string utf16_hex(const std::u16string& text) {
    std::string hex;
    for (const char16_t unit : text) {
        char four[5];
        std::snprintf(four, sizeof four, "%04X", static_cast<unsigned>(unit));
        hex += four;
    }
    return hex;
}

}  // namespace izde::tests
