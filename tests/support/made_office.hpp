// Small office files and books, as their programs write them.
#pragma once

#include <string>

#include "support/made_zip.hpp"

namespace izde::tests {

inline std::string core_properties(const std::string& fields) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
           "<cp:coreProperties "
           "xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
           "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" "
           "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">" +
           fields + "</cp:coreProperties>";
}

inline std::string word_xml(const std::string& body) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
           "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
           "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><w:body>" +
           body + "<w:sectPr/></w:body></w:document>";
}

inline std::string paragraph(const std::string& text, const std::string& style = {}) {
    return "<w:p>" + (style.empty() ? "" : "<w:pPr><w:pStyle w:val=\"" + style + "\"/></w:pPr>") +
           "<w:r><w:t xml:space=\"preserve\">" + text + "</w:t></w:r></w:p>";
}

inline NamedFiles docx_parts(const std::string& body, const std::string& properties = {},
                             NamedFiles more = {}) {
    NamedFiles parts{
        {"[Content_Types].xml",
         "<?xml version=\"1.0\"?><Types "
         "xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
         "<Default Extension=\"rels\" "
         "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
         "<Default Extension=\"xml\" ContentType=\"application/xml\"/><Override "
         "PartName=\"/word/document.xml\" "
         "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>"
         "</Types>"},
        {"_rels/.rels",
         "<?xml version=\"1.0\"?><Relationships "
         "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" "
         "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" "
         "Target=\"word/document.xml\"/><Relationship Id=\"rId2\" "
         "Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" "
         "Target=\"docProps/core.xml\"/></Relationships>"},
        {"word/document.xml", word_xml(body)},
        {"docProps/core.xml", core_properties(properties)}};
    parts.insert(parts.end(), more.begin(), more.end());
    return parts;
}

inline std::string docx(const std::string& body, const std::string& properties = {}, NamedFiles more = {}) {
    return zipped(docx_parts(body, properties, std::move(more)));
}

inline NamedFiles odt_parts(const std::string& body, const std::string& meta = {},
                            const std::string& styles = {}) {
    const std::string spaces = " xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
                               "xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" "
                               "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" "
                               "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" "
                               "xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\" "
                               "xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\" "
                               "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
                               "xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\"";
    return {{"mimetype", "application/vnd.oasis.opendocument.text"},
            {"content.xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content" + spaces +
                                "><office:automatic-styles>" + styles +
                                "</office:automatic-styles><office:body><office:text>" + body +
                                "</office:text></office:body></office:document-content>"},
            {"meta.xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-meta" + spaces +
                             "><office:meta>" + meta + "</office:meta></office:document-meta>"}};
}

inline std::string odt(const std::string& body, const std::string& meta = {},
                       const std::string& styles = {}) {
    return zipped(odt_parts(body, meta, styles));
}

inline std::string chapter(const std::string& body) {
    return "<?xml version=\"1.0\" encoding=\"utf-8\"?><html "
           "xmlns=\"http://www.w3.org/1999/xhtml\"><head><title/>"
           "</head><body>" +
           body + "</body></html>";
}

// The spine names the chapters in the order given; in the zip the last one comes first.
inline NamedFiles epub_parts(const NamedFiles& chapters, const std::string& metadata) {
    std::string items;
    std::string spine;
    NamedFiles parts{{"mimetype", "application/epub+zip"}};
    for (auto it = chapters.rbegin(); it != chapters.rend(); ++it)
        parts.emplace_back("OEBPS/" + it->first, it->second);
    for (const auto& [name, content] : chapters) {
        items += "<item id=\"i-" + name + "\" href=\"" + name + "\" media-type=\"application/xhtml+xml\"/>";
        spine += "<itemref idref=\"i-" + name + "\"/>";
    }
    parts.emplace_back(
        "META-INF/container.xml",
        "<?xml version=\"1.0\"?><container version=\"1.0\" "
        "xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles><rootfile "
        "full-path=\"OEBPS/book.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles>"
        "</container>");
    parts.emplace_back(
        "OEBPS/book.opf",
        "<?xml version=\"1.0\"?><package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" "
        "unique-identifier=\"id\"><metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">" +
            metadata + "</metadata><manifest>" + items + "</manifest><spine>" + spine + "</spine></package>");
    return parts;
}

inline std::string epub(const NamedFiles& chapters, const std::string& metadata = {}) {
    return zipped(epub_parts(chapters, metadata));
}

}  // namespace izde::tests
