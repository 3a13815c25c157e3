#include "read/pdf_far_east.hpp"

#include <array>
#include <vector>

namespace izde::read {
namespace {

struct Collection {
    const char* ordering;
    const char* encoding;  // poppler keeps four of them, so the commonest one each
};
constexpr auto collections = std::to_array<Collection>(
    {{"GB1", "GBK-EUC-H"}, {"CNS1", "ETen-B5-H"}, {"Japan1", "90ms-RKSJ-H"}, {"Korea1", "KSCms-UHC-H"}});

std::string font(const Collection& collection) {
    return std::string("<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /") + collection.encoding +
           " /DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /A /CIDSystemInfo << "
           "/Registry (Adobe) "
           "/Ordering (" +
           collection.ordering +
           ") /Supplement 2 >> /FontDescriptor << /Type /FontDescriptor /FontName /A /Flags 4 >> >>] >>";
}

}  // namespace

std::string pdf_of_far_east() {
    std::string fonts;
    std::string shown = "BT ";
    for (const Collection& collection : collections) {
        fonts.append("/").append(collection.ordering).append(" ").append(font(collection)).append(" ");
        shown.append("/").append(collection.ordering).append(" 12 Tf 20 20 Td <B0A1> Tj ");
    }
    shown += "ET";
    const std::vector<std::string> objects{
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources << /Font << " +
            fonts + ">> >> >>",
        "<< /Length " + std::to_string(shown.size()) + " >>\nstream\n" + shown + "\nendstream"};
    std::string pdf = "%PDF-1.4\n";
    std::string places = "xref\n0 " + std::to_string(objects.size() + 1) + "\n0000000000 65535 f \n";
    for (std::size_t i = 0; i < objects.size(); ++i) {
        const std::string place = std::to_string(pdf.size());
        places.append(10 - place.size(), '0').append(place).append(" 00000 n \n");
        pdf.append(std::to_string(i + 1)).append(" 0 obj\n").append(objects[i]).append("\nendobj\n");
    }
    const std::string begin = std::to_string(pdf.size());
    return pdf + places + "trailer\n<< /Size " + std::to_string(objects.size() + 1) +
           " /Root 1 0 R >>\nstartxref\n" + begin + "\n%%EOF\n";
}

}  // namespace izde::read
