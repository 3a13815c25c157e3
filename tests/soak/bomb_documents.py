"""Documents made to hurt who reads them, each by its path."""
import gzip
import struct
import zlib

from good_documents import WORD, docx, epub, odt, page_pdf, pdf, stream, zipped, zstandard

MB = 1 << 20


def sparse(size, begin=b"", end=b""):
    """What is to be written at the beginning and the end of a file of zeros."""
    return ("sparse", size, begin, end)


def patched(archive, at, size, value, also_local=None):
    """A field of each entry of a zip's directory set to a value, and one of each local header."""
    out = bytearray(archive)
    for mark, place in ((b"PK\x01\x02", at), (b"PK\x03\x04", also_local)):
        found = out.find(mark) if place is not None else -1
        while found >= 0:
            out[found + place:found + place + size] = value.to_bytes(size, "little")
            found = out.find(mark, found + 4)
    return bytes(out)


def many_files(count):
    """A zip of empty files; zipfile is slow at so many."""
    local, directory = bytearray(), bytearray()
    for number in range(count):
        name = b"%d.txt" % number
        begin = len(local)
        local += struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 0, 0, 33, 0, 0, 0, len(name), 0) + name
        directory += struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 0, 0, 33, 0, 0, 0, len(name), 0, 0, 0, 0, 0,
                                 begin) + name
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count & 0xFFFF, count & 0xFFFF, len(directory), len(local), 0)
    return bytes(local + directory + end)


def gzip_of_zeros(size):
    packer, out = zlib.compressobj(9, zlib.DEFLATED, 31), []
    piece = b"0" * MB
    for _ in range(size // MB):
        out.append(packer.compress(piece))
    return b"".join(out) + packer.flush()


def zstd_of_zeros(size):
    blocks = size >> 17
    return b"\x28\xB5\x2F\xFD\x00\x58" + b"".join(
        ((1 << 17) << 3 | 2 | (number + 1 == blocks)).to_bytes(3, "little") + b"0" for number in range(blocks))


def laughs(root, body=""):
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
    return f'<?xml version="1.0"?><!DOCTYPE x [{entities}]>' + root.replace("@", body + "&a11;")


def quadratic(root):
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]>' + root.replace("@", "&a;" * 100_000)


def thief(root, secret):
    return (f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file://{secret}"><!ENTITY % p SYSTEM "file://{secret}">'
            "%p;]>" + root.replace("@", "&a;"))


def replaced(archive_of, xml):
    """An office file whose main part is this XML."""
    parts = {
        "docx": [("[Content_Types].xml", "<Types/>"), ("_rels/.rels", "<Relationships/>"), ("word/document.xml", xml)],
        "odt": [("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", xml)],
    }
    return zipped(parts[archive_of])


RSS = "<rss version='2.0'><channel><title>a</title><item><title>b</title><description>@</description></item></channel></rss>"
BODY = f"<w:document xmlns:w='{WORD}'><w:body><w:p><w:r><w:t>@</w:t></w:r></w:p></w:body></w:document>"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
TEXT = (f"<office:document-content xmlns:office='{ODF}:office:1.0' xmlns:text='{ODF}:text:1.0'><office:body><office:text>"
        "<text:p>@</text:p></office:text></office:body></office:document-content>")


def xml_bombs(secret):
    deep = "<w:p>" * 1_000_000
    attributes = "".join(f" a{i}='b'" for i in range(50_000))
    return {
        "laughs.rss": laughs(RSS), "laughs.docx": replaced("docx", laughs(BODY)),
        "laughs.odt": replaced("odt", laughs(TEXT)), "quadratic.rss": quadratic(RSS),
        "quadratic.docx": replaced("docx", quadratic(BODY)), "thief.rss": thief(RSS, secret),
        "thief.docx": replaced("docx", thief(BODY, secret)), "thief.odt": replaced("odt", thief(TEXT, secret)),
        "thief.epub": epub(thief("<html><body>@</body></html>", secret)),
        "thief.html": thief(f"<html><body>@<iframe src='file://{secret}'></iframe></body></html>", secret),
        "deep.docx": docx(deep), "deep.odt": odt("<text:p>" * 1_000_000), "deep.rss": "<rss><channel>" + "<a>" * 1_000_000,
        "attributes.html": f"<html><body{attributes}><p>text</p>", "attributes.docx": docx(f"<w:p{attributes}/>"),
        "items.rss": "<rss version='2.0'><channel>" + "<item><title>a</title></item>" * 1_000_000 + "</channel></rss>",
        "outlines.opml": "<opml version='2.0'><body>" + "<outline text='a'/>" * 1_000_000 + "</body></opml>",
        "cells.docx": docx("<w:tbl><w:tr>" + "<w:tc><w:p/></w:tc>" * 500_000 + "</w:tr></w:tbl>"),
        "spine.epub": epub("<p>Once.</p>", spine='<itemref idref="a"/>' * 100_000),
    }


def zip_bombs(mb):
    zeros = b"0" * (64 * mb)
    flat = zipped([("a.txt", zeros)])
    return {
        "flat.zip": flat, "ten.zip": zipped([(f"{i}.txt", zeros[:24 * mb]) for i in range(10)]),
        "nested.zip": zipped([("b.zip", zipped([("c.zip", flat)]))]),
        "overlapping.zip": patched(many_files(9_000), 42, 4, 0), "entries.zip": many_files(100_000),
        "small-lies.zip": patched(zipped([("a.txt", b"a" * 90_000)]), 24, 4, 10, 22),
        "large-lies.zip": patched(zipped([("a.txt", b"text")]), 24, 4, 0xFFFFFFF0, 22),
        "flat.docx": docx("<w:p><w:r><w:t>" + "0" * (64 * mb) + "</w:t></w:r></w:p>"),
        "flat.epub": epub("<p>" + "0" * (40 * mb)),
        "zeros.txt.gz": gzip_of_zeros(1024 * mb), "zeros.jsonl.gz": gzip_of_zeros(1024 * mb),
        "zeros.gz.gz": gzip.compress(gzip_of_zeros(256 * mb)), "zeros.txt.zst": zstd_of_zeros(1024 * mb),
        "cut.zip": zipped([("a.txt", b"text" * 1000)])[:-40],
    }


def pdf_bombs(mb):
    forms = [stream(b"/X Do " * 10, f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X "
                    f"{number + 1} 0 R >> >>") for number in range(6, 26)]
    forms.append(stream(b"BT ET", "/Type /XObject /Subtype /Form /BBox [0 0 9 9]"))
    twice = zlib.compress(zlib.compress(b" " * (256 * mb), 9), 9)
    text = b"BT /F1 12 Tf 72 700 Td (text) Tj ET"
    whole = page_pdf(stream(text))
    return {
        "forms.pdf": page_pdf(stream(b"/X Do"), forms, "/XObject << /X 6 0 R >>"),
        "flate.pdf": page_pdf(stream(twice, "/Filter [/FlateDecode /FlateDecode]")),
        "loop.pdf": pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R 2 0 R] /Count 9 >>"]),
        "count.pdf": pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 2147483647 >>"]),
        "script.pdf": whole.replace(b"/Type /Catalog", b"/OpenAction << /S /JavaScript /JS (for(;;){}) >> /Type /Catalog"),
        "encrypted.pdf": page_pdf(stream(text), [b"<< /Filter /Standard /V 1 /R 2 /O <" + b"41" * 32 + b"> /U <" +
                                                 b"42" * 32 + b"> /P -4 >>"], trailer="/Encrypt 6 0 R /ID [<41> <41>]"),
        "cut.pdf": whole[:300], "arrays.pdf": page_pdf(b"[" * 1_000_000),
        "words.pdf": page_pdf(stream(b"BT /F1 1 Tf " + b"1 0 0 1 9 9 Tm (a) Tj " * 1_000_000 + b"ET")),
    }


def text_bombs(mb):
    parts = "From: a@example.kz\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
    nested = "".join(f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(10_000))
    return {
        "line.txt": sparse(1024 * mb, b"One line ", b" and its end"), "nul.txt": sparse(1024 * mb),
        "nul": sparse(200 * mb), "line.jsonl": sparse(1024 * mb, b'{"title": "a', b'"}\n'),
        "long-line.jsonl": b'{"text": "' + b"a" * (100 * mb) + b'"}\n{"title": "next", "text": "next"}\n',
        "deep.json": "[" * 100_000, "deep.jsonl": '{"a":' * 100_000 + "\n", "columns.csv": "a," * 1_000_000 + "\n" + "b," * 1_000_000,
        "quotes.csv": "title,text\n" + '"a' * 5_000_000, "divs.html": "<div>" * 100_000 + "text",
        "tables.html": "<table><tr><td>" * 100_000 + "text", "spans.html": "<b><i><a href=x>" * 300_000,
        "unclosed.html": "<p>text " + "<!-" * 2_000_000, "brackets.md": "[" * 100_000 + "a", "stars.md": "*a_" * 100_000,
        "quotes.md": ">" * 100_000 + "a", "links.md": "[a](" * 100_000, "ticks.md": "".join("`" * i + " " for i in range(2_000)),
        "lists.md": "\n".join(" " * min(i, 900) + "* a" for i in range(20_000)),
        "braces.rtf": "{\\rtf1 " + "{" * 1_000_000, "controls.rtf": "{\\rtf1 " + "\\b\\u1084?" * 1_000_000 + "}",
        "parts.eml": parts + "--b\n\na\n" * 100_000, "nested.eml": "From: a@example.kz\nMIME-Version: 1.0\n" + nested,
        "messages.eml": "From: a@example.kz\n" + "Content-Type: message/rfc822\n\n" * 10_000 + "text",
        "headers.eml": "".join(f"X-{i}: a\n" for i in range(500_000)) + "\ntext\n",
        "words.eml": "Subject: " + "=?utf-8?q?a?= " * 200_000 + "\n\ntext\n",
        "addresses.eml": "From: " + "a@example.kz, " * 300_000 + "\n\ntext\n",
        "empty.mbox": "From a@example.kz Mon May 15 10:00:00 2023\n\n" * 100_000,
        "from.mbox": "From " * 2_000_000, "entities.html": "<p>" + "&amp;" * 2_000_000 + "&" * 2_000_000,
        "combining.txt": "a" + "\u0301" * 5_000_000, "chinese.txt": "中" * 5_000_000,
        "word.txt": "a" * 20_000_000, "words.txt": " ".join(f"w{i:x}" for i in range(2_000_000)),
    }


SMALL = ("flat.zip", "nested.zip", "overlapping.zip", "entries.zip", "laughs.docx", "thief.rss", "thief.docx", "deep.odt",
         "forms.pdf", "loop.pdf", "flate.pdf", "nul.txt", "zeros.gz.gz", "deep.json", "nested.eml")


def bombs(secret, small=False):
    """Path → bytes, text, or what sparse() gives. `secret` is a file that nothing may read."""
    mb = MB // 16 if small else MB
    everything = {**zip_bombs(mb), **xml_bombs(secret), **pdf_bombs(mb), **text_bombs(mb)}
    return {"bombs/" + name: content for name, content in everything.items() if not small or name in SMALL}
