"""Sound documents of every format, each with a word that no other holds."""
import email.header
import gzip
import html
import io
import json
import random
import zipfile

TEXTS = [
    "The city council met on Monday and agreed to build a new bridge across the river before spring.",
    "Городской совет собрался в понедельник и решил построить новый мост через реку до весны.",
    "Қала кеңесі дүйсенбі күні жиналып, көктемге дейін өзен арқылы жаңа көпір салуға шешім қабылдады.",
    "市议会星期一开会，同意在春天到来之前在河上建成一座新的大桥。",
]
ENCODINGS = ["utf-8", "koi8-r", "utf-8", "gb18030"]  # of the mails in these languages
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_of(number):
    """Letters only, as no language has them."""
    letters = ""
    for _ in range(5):
        letters += "bdfgklmnprst"[number % 12] + "aeiou"[number // 12 % 5]
        number //= 60
    return "zq" + letters


def zipped(parts, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), content, method)
    return out.getvalue()


def docx(body):
    return zipped([
        ("[Content_Types].xml", '<?xml version="1.0"?><Types '
         'xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
        ("_rels/.rels", '<?xml version="1.0"?><Relationships '
         'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'),
        ("word/document.xml", f'<?xml version="1.0"?><w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'),
    ])


def odt(body):
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
                      for name in ("office", "text", "table", "style"))
    return zipped([
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:text>{body}'
         "</office:text></office:body></office:document-content>"),
    ])


def epub(chapter, items="", spine='<itemref idref="a"/>'):
    return zipped([
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", '<?xml version="1.0"?><container version="1.0" '
         'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="book.opf" '
         'media-type="application/oebps-package+xml"/></rootfiles></container>'),
        ("book.opf", '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/>'
         f'<manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>{items}</manifest>'
         f"<spine>{spine}</spine></package>"),
        ("a.xhtml", chapter),
    ])


def pdf(objects, trailer=""):
    """From the bodies of its objects, as bytes, the first of which is the catalog."""
    out, places = b"%PDF-1.4\n", b""
    for number, body in enumerate(objects, 1):
        places += b"%010d 00000 n \n" % len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    return out + (b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
                  % (len(objects) + 1, places, len(objects) + 1, trailer.encode(), len(out)))


def stream(content, entries=""):
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries.encode(), content)


def page_pdf(content, more=(), resources="/Font << /F1 5 0 R >>", trailer=""):
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << {resources} >> "
                ">>".encode(), content, b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", *more], trailer)


def chinese_pdf(word, text):
    shown = (f"BT /F1 12 Tf 72 700 Td ({word}) Tj ET BT /F2 12 Tf 72 680 Td <{text.encode('utf-16-be').hex()}> Tj ET")
    far_east = (b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /UniGB-UCS2-H /DescendantFonts [<< /Type /Font "
                b"/Subtype /CIDFontType0 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 "
                b">> /FontDescriptor << /Type /FontDescriptor /FontName /A /Flags 4 >> >>] >>")
    return page_pdf(stream(shown.encode()), [far_east], "/Font << /F1 5 0 R /F2 6 0 R >>")


def mail(word, text, encoding):
    subject = email.header.Header(text[:40], encoding).encode()
    head = (f"From: {email.header.Header(text[:10], encoding).encode()} <a@example.kz>\nSubject: {subject}\n"
            f"Date: Mon, 15 May 2023 10:00:00 +0600\nMIME-Version: 1.0\nContent-Type: text/plain; charset={encoding}\n"
            "Content-Transfer-Encoding: 8bit\n\n")
    return head.encode() + f"{word} {text}\n".encode(encoding)


def rtf(text):
    return "{\\rtf1\\ansi " + "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in text) + "\\par}"


def zstandard(content):
    """Frames of blocks that are not compressed: the standard library has no compressor."""
    out = b"\x28\xB5\x2F\xFD\x00\x58"
    for at in range(0, max(len(content), 1), 1 << 17):
        block = content[at:at + (1 << 17)]
        is_last = at + (1 << 17) >= len(content)
        out += (len(block) << 3 | is_last).to_bytes(3, "little") + block
    return out


def made(number, word, text):
    """The file's name without its number, and its bytes."""
    line = f"{word} {text}"
    record = json.dumps({"id": "1", "title": word, "text": text}, ensure_ascii=False)
    page = f'<!DOCTYPE html><meta charset="utf-8"><title>{word}</title><h1>{word}</h1><p>{html.escape(text)}</p>'
    encoding = ENCODINGS[number % len(ENCODINGS)]
    kinds = [
        ("txt", lambda: line), ("md", lambda: f"# {word}\n\n{text}\n"), ("html", lambda: page),
        ("eml", lambda: mail(word, text, encoding)),
        ("mbox", lambda: b"From a@example.kz Mon May 15 10:00:00 2023\n" + mail(word, text, encoding)),
        ("json", lambda: record), ("jsonl", lambda: record + "\n"), ("csv", lambda: f'id,title,text\n1,{word},"{text}"\n'),
        ("rss", lambda: f'<rss version="2.0"><channel><title>a</title><item><title>{word}</title><description>{text}'
         "</description></item></channel></rss>"),
        ("pdf", lambda: page_pdf(stream(f"BT /F1 12 Tf 72 700 Td ({word} on a page) Tj ET".encode()))),
        ("pdf", lambda: chinese_pdf(word, TEXTS[3])),
        ("docx", lambda: docx(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")),
        ("odt", lambda: odt(f"<text:p>{line}</text:p>")),
        ("epub", lambda: epub(f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{line}</p></body></html>')),
        ("rtf", lambda: rtf(line)), ("txt.gz", lambda: gzip.compress(line.encode(), mtime=0)),
        ("csv.zst", lambda: zstandard(f'id,title,text\n1,{word},"{text}"\n'.encode())),
        ("zip", lambda: zipped([("folder/a.txt", line)])),
    ]
    ending, make = kinds[number % len(kinds)]
    content = make()
    return ending, content.encode() if isinstance(content, str) else content


def documents(count, seed):
    """(path, bytes, word) each."""
    chance = random.Random(seed)
    for number in range(count):
        word = word_of(number)
        text = " ".join(chance.choices(TEXTS[number % len(TEXTS)].split(), k=30))
        ending, content = made(number, word, text)
        yield f"good/{number // 100}/{number}.{ending}", content, word
