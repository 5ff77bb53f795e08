"""Files as people really send them; each has to pass."""

import random
from collections.abc import Iterator
from typing import NamedTuple

from tests.faults import files_by_hand as make
from tests.faults.files_by_hand import docx, open_document, picture, printed_pdf, ties, xlsx


class Benign(NamedTuple):
    what: str
    name: str
    content: bytes


def papers() -> Iterator[Benign]:
    yield Benign("printed PDF", "letter.pdf", printed_pdf("We ask for USD 200,000."))
    yield Benign("uncompressed PDF", "letter.pdf", printed_pdf("Hello", pageCompression=0))
    yield Benign("PDF of 200 pages", "annual report 2026.pdf", printed_pdf("A page", pages=200))
    yield Benign(
        "PDF with a bookmark tree", "plan.pdf", make.pdf(b"/Outlines << /First 3 0 R >>", make.stream(b"", b"q Q"))
    )
    folded = make.object_stream(b"<< /Type /Page /Parent 2 0 R >>")
    yield Benign("PDF with folded objects", "plan.pdf", make.pdf(b"/OpenAction [3 0 R /Fit]", folded))
    yield Benign("PDF saved twice", "plan.pdf", make.pdf() + b"9 0 obj\n<< >>\nendobj\n%%EOF\r\n\r\n")
    yield Benign("big PDF", "plans.pdf", make.pdf(b"", make.stream(b"", random.Random(7).randbytes(18_000_000))))
    yield Benign("docx with a link", "plan.docx", docx())
    chart = {"word/embeddings/Microsoft_Excel_Worksheet.xlsx": xlsx()}
    yield Benign("docx with a chart", "rapport d’activité.docx", docx(chart))
    art = {"word/media/image1.svg": "<svg/>", "word/media/image1.png": picture("PNG")}
    yield Benign("docx with pictures", "plan.v1.2.docx", docx(art))
    template = {
        "word/_rels/a.rels": ties(("theme", "theme1.xml", ""), ("hyperlink", "mailto:a@example.org", "External"))
    }
    yield Benign("docx in Arabic", "خطة الترحيب.docx", docx(template, text="نرحب بالوافدين"))
    yield Benign("xlsx", "Budget prévisionnel.xlsx", xlsx())
    yield Benign("xlsx of 60,000 rows", "budget.xlsx", xlsx(rows=60_000))
    yield Benign("odt", "courrier.odt", open_document("text", body="Bienvenue"))
    libraries = {"Basic/script-lc.xml": "<library:libraries xmlns:library='urn:l'/>", "Pictures/a.jpg": picture("JPEG")}
    yield Benign("ods with empty libraries", "budget.ods", open_document("spreadsheet", libraries))


def texts() -> Iterator[Benign]:
    yield Benign("CSV with formulas", "budget.csv", b'what;amount\nTotal;"=SUM(B2:B9)"\n=1+1;-5\n')
    yield Benign("CSV from a French Excel", "budget.csv", "libellé;montant\nDécembre;5 €\n".encode("cp1252"))
    yield Benign("CSV in Arabic", "ميزانية.csv", "البند,المبلغ\nإيجار,100\n".encode())
    yield Benign("Unicode text from Excel", "budget.txt", "\ufeffa\tb\r\n1\t2\r\n".encode("utf-16-le"))
    yield Benign("text with a mark", "notes.TXT", b"\xef\xbb\xbf< 18 years: 12\n")
    yield Benign("one letter", "a.txt", b"a")


def pictures() -> Iterator[Benign]:
    photo = picture("JPEG", (3000, 2000), quality=80)
    yield Benign("photo", "IMG_2041.JPG", photo)
    yield Benign("photo, step by step", "photo.jpeg", picture("JPEG", (300, 200), progressive=True))
    yield Benign("photo with a second one behind", "photo.jpg", photo + b"\x00" * 16 + picture("JPEG"))
    film = b"\x00\x00\x00\x18ftypmp42" + random.Random(5).randbytes(4000)
    yield Benign("photo with a short film", "photo.jpg", photo + film)
    yield Benign("drawing", "capture d’écran.png", picture("PNG", (400, 300)))
    yield Benign("scan of 40 million dots", "scan.png", make.png_of(8000, 5000))
    yield Benign("photo of a site", "example.com.png", picture("PNG"))


GROUPS = (papers, texts, pictures)
