"""What is looked for in files of every kind."""

import re
from typing import Final

from django.utils.translation import gettext_lazy as _

from fundportal.documents.unfit import Unfit

# In two pieces, so that no virus scanner takes this file for what it describes (eicar.org).
EICAR: Final = b"$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$"
SCRIPT: Final = re.compile(rb"<(?:script|html|iframe|\?php)[\s>:/]", re.IGNORECASE)
# An empty disk number twice: by chance a picture holds the first four bytes, hardly ever all eight.
END_OF_ZIP: Final = b"PK\x05\x06\x00\x00\x00\x00"
OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

VIRUS: Final = _(
    "The virus check knows this file (it holds the EICAR test sign), so it was not kept. "
    "Have the computer it comes from checked."
)
HOLDS_SCRIPT: Final = _("This file holds a script, which is a small program. Save it anew as PDF and add that.")
HOLDS_PACKED: Final = _("A packed folder (zip) is hidden in this file. Save it anew as PDF and add that.")
HAS_PASSWORD: Final = _("This file is protected with a password. Save it without one and add it again.")
OLD: Final = _(
    "This is an older Office file, or one with a password. Save it as .docx, .xlsx or PDF without one and add that."
)
PROGRAM: Final = _("Inside this file is a program, whatever its name says. Programs are not taken.")
PACKED: Final = _(
    "Inside this file is a packed folder, whatever its name says. Unpack it and add the files one by one."
)
PICTURE: Final = _("Inside this file is a picture of a kind that is not taken. Save it as PDF or JPEG and add that.")
PDF: Final = _("Inside this file is a PDF, whatever its name says. End the name in .pdf and add it again.")
RICH_TEXT: Final = _("Inside this file is formatted text (RTF), whatever its name says. Save it as PDF and add that.")
WEB_PAGE: Final = _("Inside this file is a web page, whatever its name says. Print it to PDF and add that.")
ANOTHER_KIND: Final = _(
    "This file is not of the kind its name says. Open it in the program it was made with, save it as PDF and add that."
)

PROGRAMS: Final = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"!<arch>",
    b"dex\n",
)
FOREIGN: Final = (
    *((sign, PROGRAM) for sign in (*PROGRAMS, b"#!")),
    *(
        (sign, PACKED)
        for sign in (b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
    ),
    *((sign, PICTURE) for sign in (b"GIF8", b"RIFF", b"II*\x00", b"MM\x00*", b"\xff\xd8\xff", b"\x89PNG", b"<svg")),
    (OLD_OFFICE, OLD),
    (b"%PDF-", PDF),
    (b"{\\rtf", RICH_TEXT),
)


def what_it_is(head: bytes) -> object:
    """The sentence for a file that does not begin as its name says."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for sign, sentence in FOREIGN:
        if start.startswith(sign):
            return sentence
    if head[4:8] == b"ftyp":
        return PICTURE
    return WEB_PAGE if start.startswith(b"<") else ANOTHER_KIND


def refuse_known_dangers(content: bytes) -> None:
    """In a whole file or a piece of one. Raises Unfit."""
    if EICAR in content:
        raise Unfit(VIRUS)
    if SCRIPT.search(content):
        raise Unfit(HOLDS_SCRIPT)


def refuse_hidden_archive(content: bytes) -> None:
    """A packed folder is found from its end, so it can hang behind anything else. Raises Unfit."""
    if END_OF_ZIP in content:
        raise Unfit(HOLDS_PACKED)
