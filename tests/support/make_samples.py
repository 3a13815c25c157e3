#!/usr/bin/env python3
"""Writes the samples that no editor can: a PDF, a Word document and a book. The same bytes each time.

    python3 tests/support/make_samples.py samples
"""
import sys
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

FOUNDRY_TITLE = "Foundry casts a bell for the lighthouse"
FOUNDRY = [
    """PAVLODAR, 14 May 2023. The last bell foundry of the Irtysh valley has cast a bronze bell for a lighthouse that
does not have a sea. The tower stands on a sandbank where barges used to run aground, and its keepers have rung a
length of rail for forty years.""",
    """The bell weighs 212 kilograms. It was poured at dawn, when the air above the pit is still, and lay three days in
the clay before anybody was allowed to touch it. "You hear at once whether it is a bell or a bucket," said the
founder, Yerzhan Sattarov, who learned the trade from a book and from one old apprentice.""",
    """The tone came out a little lower than was ordered. The keepers said that they liked it better so: barges answer
with a horn in nearly the same key, and the two will not be mistaken for each other in fog.""",
]

MILL_TITLE = "Ауылдағы жел диірмені қайта айналды"
MILL = [
    "Торғай даласындағы Шілікті ауылында жүз жылдық жел диірмені алғаш рет қайта айналды. Оның қанаттарын "
    "жергілікті ағаш ұсталары қыс бойы жөндеді.",
    "Диірменші Сабыр Жанділдин: «Бидайды тартқанда тастың үнінен желдің күшін білемін», — дейді. Ұн тартуға "
    "көрші үш ауылдың тұрғындары кезекке жазылды.",
]
MILL_TABLE = [("Күні", "Тартылған бидай, кг"), ("Дүйсенбі", "140"), ("Сәрсенбі", "265")]
MILL_NOTE = "Диірмен 1911 жылы салынған деп есептеледі; құжаты сақталмаған."

PIGEON_TITLE = "Почтовый голубь и фонарщик"
PIGEON = [
    ("Глава первая. Письмо без адреса",
     ["Фонарщик Евсей обходил набережную Верного каждый вечер, и каждый вечер на третий фонарь садился голубь.",
      "К лапке была привязана записка: кто-то просил не гасить свет до полуночи, потому что учит наизусть стихи."]),
    ("Глава вторая. Ответ",
     ["Евсей писать не умел и ответил по-своему: оставил третий фонарь гореть до утра.",
      "Утром на столбе лежало яблоко, а к нему — список стихов, переписанный без единой ошибки."]),
]


def lines_of(text, columns=92):
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > columns:
            lines.append(line)
            line = word
        else:
            line = (line + " " + word).strip()
    return lines + [line]


def pdf():
    shown, y = [], 760
    for size, gap, paragraphs in ((18, 34, [FOUNDRY_TITLE]), (11, 14, FOUNDRY)):
        for paragraph in paragraphs:
            for line in lines_of(paragraph):
                text = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
                shown.append(f"BT /F1 {size} Tf 72 {y} Td ({text}) Tj ET")
                y -= gap
            y -= 12
    content = "\n".join(shown)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Title ({FOUNDRY_TITLE}) /Author (Madina Orlova) /CreationDate (D:20230515090000+06'00') >>",
    ]
    out, places = "%PDF-1.4\n", ""
    for number, body in enumerate(objects, 1):
        places += f"{len(out):010d} 00000 n \n"
        out += f"{number} 0 obj\n{body}\nendobj\n"
    size = len(objects) + 1
    return (out + f"xref\n0 {size}\n0000000000 65535 f \n{places}trailer\n<< /Size {size} /Root 1 0 R /Info 6 0 R >>\n"
            f"startxref\n{len(out)}\n%%EOF\n").encode("latin-1")


def write_zip(path, parts):
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts:
            entry = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, text.encode("utf-8"))


HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def paragraph(text, style=None, note=""):
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>{note}</w:p>'


def docx(path):
    rows = "".join("<w:tr>" + "".join(f"<w:tc><w:tcPr/>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"
                   for row in MILL_TABLE)
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = (paragraph(MILL_TITLE, "Title") + paragraph(MILL[0], note=reference) + paragraph(MILL[1]) +
            f"<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>" + paragraph("Мәтін: Гүлнар Бектасова"))
    write_zip(path, [
        ("[Content_Types].xml", HEAD + f'<Types xmlns="{PACKAGE}/content-types">'
         '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         '<Default Extension="xml" ContentType="application/xml"/>'
         f'<Override PartName="/word/document.xml" ContentType="{TYPE}.document.main+xml"/>'
         f'<Override PartName="/word/styles.xml" ContentType="{TYPE}.styles+xml"/>'
         f'<Override PartName="/word/footnotes.xml" ContentType="{TYPE}.footnotes+xml"/>'
         '<Override PartName="/docProps/core.xml" '
         'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'),
        ("_rels/.rels", HEAD + f'<Relationships xmlns="{PACKAGE}/relationships">'
         f'<Relationship Id="rId1" Type="{OFFICE}/relationships/officeDocument" Target="word/document.xml"/>'
         f'<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" '
         'Target="docProps/core.xml"/></Relationships>'),
        ("word/_rels/document.xml.rels", HEAD + f'<Relationships xmlns="{PACKAGE}/relationships">'
         f'<Relationship Id="rId1" Type="{OFFICE}/relationships/styles" Target="styles.xml"/>'
         f'<Relationship Id="rId2" Type="{OFFICE}/relationships/footnotes" Target="footnotes.xml"/></Relationships>'),
        ("word/document.xml", HEAD + f"<w:document {WORD}><w:body>{body}<w:sectPr/></w:body></w:document>"),
        ("word/styles.xml", HEAD + f'<w:styles {WORD}><w:style w:type="paragraph" w:styleId="Title">'
         '<w:name w:val="Title"/><w:rPr><w:b/><w:sz w:val="36"/></w:rPr></w:style></w:styles>'),
        ("word/footnotes.xml", HEAD + f'<w:footnotes {WORD}><w:footnote w:type="separator" w:id="0">'
         '<w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
         f'<w:footnote w:id="2">{paragraph(MILL_NOTE)}</w:footnote></w:footnotes>'),
        ("docProps/core.xml", HEAD + f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
         'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
         'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>Құжат1</dc:title>'
         '<dc:creator>Гүлнар Бектасова</dc:creator><dc:language>kk-KZ</dc:language>'
         '<dcterms:created xsi:type="dcterms:W3CDTF">2024-03-09T10:00:00Z</dcterms:created></cp:coreProperties>'),
    ])


def epub(path):
    page = ('<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" lang="ru"><head><meta charset="utf-8"/><title>{}'
            "</title></head><body><h2>{}</h2>{}</body></html>\n")
    names = [f"chapter{number}.xhtml" for number in range(1, len(PIGEON) + 1)]
    items = "".join(f'<item id="c{i}" href="{name}" media-type="application/xhtml+xml"/>' for i, name in enumerate(names))
    spine = "".join(f'<itemref idref="c{i}"/>' for i in range(len(names)))
    links = "".join(f'<li><a href="{name}">{escape(title)}</a></li>' for name, (title, _) in zip(names, PIGEON))
    parts = [
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", HEAD + '<container version="1.0" '
         'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
         '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'),
        ("OEBPS/book.opf", HEAD + '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
         '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">izde-sample-pigeon</dc:identifier>'
         f'<dc:title>{PIGEON_TITLE}</dc:title><dc:creator>Лидия Вершинина</dc:creator><dc:language>ru</dc:language>'
         '<dc:date>2022-11</dc:date><meta property="dcterms:modified">2022-11-20T00:00:00Z</meta></metadata>'
         f'<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>{items}'
         f"</manifest><spine>{spine}</spine></package>"),
        ("OEBPS/nav.xhtml", page.format(PIGEON_TITLE, "Содержание", '<nav epub:type="toc" '
         f'xmlns:epub="http://www.idpf.org/2007/ops"><ol>{links}</ol></nav>')),
    ]
    for name, (title, paragraphs) in zip(names, PIGEON):
        parts.append(("OEBPS/" + name, page.format(escape(title), escape(title),
                                                   "".join(f"<p>{escape(text)}</p>" for text in paragraphs))))
    write_zip(path, parts)


def main():
    samples = Path(sys.argv[1])
    (samples / "english/lighthouse-bell.pdf").write_bytes(pdf())
    docx(samples / "kazakh/jel-diirmeni.docx")
    epub(samples / "russian/pochtovyy-golub.epub")


main()
