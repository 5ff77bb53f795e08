"""Which files are taken: their endings, what they are called by a browser, how they begin, and how big they may be."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fundportal.documents.unfit import Unfit

MOST_BYTES: Final = 20 * 1024 * 1024
LONGEST_SIGNATURE: Final = 8
ZIP: Final = b"PK\x03\x04"
OFFICE: Final = "application/vnd.openxmlformats-officedocument"
OPEN_DOCUMENT: Final = "application/vnd.oasis.opendocument"


@dataclass(frozen=True)
class Kind:
    """`signature` is how every file of the kind begins; text begins with anything."""

    content_type: str
    signature: bytes = b""


KINDS: Final = {
    "pdf": Kind("application/pdf", b"%PDF-"),
    "docx": Kind(f"{OFFICE}.wordprocessingml.document", ZIP),
    "xlsx": Kind(f"{OFFICE}.spreadsheetml.sheet", ZIP),
    "odt": Kind(f"{OPEN_DOCUMENT}.text", ZIP),
    "ods": Kind(f"{OPEN_DOCUMENT}.spreadsheet", ZIP),
    "csv": Kind("text/csv"),
    "txt": Kind("text/plain"),
    "jpg": Kind("image/jpeg", b"\xff\xd8\xff"),
    "png": Kind("image/png", b"\x89PNG\r\n\x1a\n"),
}
OTHER_SPELLINGS: Final = {"jpeg": "jpg", "text": "txt"}

PICTURE: Final = gettext_lazy("This file is a .%(ending)s picture. Save it as PDF or JPEG and add it again.")
DOCUMENT: Final = gettext_lazy("Files ending in .%(ending)s are not taken. Save it as PDF and add that.")
WITH_MACROS: Final = gettext_lazy(
    "A .%(ending)s file can hold macros, which are small programs. Save it as PDF and add that."
)
PACKED: Final = gettext_lazy("This is a packed folder (.%(ending)s). Unpack it and add the files one by one.")
WEB_PAGE: Final = gettext_lazy("This is a web page (.%(ending)s). Print it to PDF and add that.")
PROGRAM: Final = gettext_lazy("A file ending in .%(ending)s is a program. Programs are not taken.")
UNKNOWN: Final = gettext_lazy(
    "Files ending in .%(ending)s are not taken. Add a PDF, a Word, Excel or OpenDocument file, text, or a photo."
)
GROUPS: Final = {
    PICTURE: "heic heif webp gif tif tiff bmp svg svgz avif psd",
    DOCUMENT: "doc rtf odp ppt pptx pps ppsx pages numbers xls xlsb xps pub eml msg dot dotx xlt xltx odg",
    WITH_MACROS: "docm dotm xlsm xltm pptm ppsm xlam",
    PACKED: "zip rar 7z gz tgz tar bz2 xz iso cab",
    WEB_PAGE: "html htm xhtml mht mhtml xml php php5 phtml phar asp aspx jsp url",
    PROGRAM: "exe scr bat cmd com pif cpl msi dll js jse mjs vbs vbe wsf wsh hta ps1 sh bin elf jar apk app lnk reg py",
}
NOT_TAKEN: Final = {ending: sentence for sentence, endings in GROUPS.items() for ending in endings.split()}
# A name such as plan.exe.pdf shows as plan.exe where a system hides the last ending; example.com.pdf is an address.
NEVER_INSIDE: Final = frozenset(
    ending
    for group in (PROGRAM, WEB_PAGE, WITH_MACROS)
    for ending in GROUPS[group].split()
    if ending not in {"com", "app"}
) | {"svg"}


def ending_of(name: str) -> str:
    """In the one spelling that KINDS knows; empty when there is none."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return OTHER_SPELLINGS.get(ending, ending)


def content_type_of(name: str) -> str:
    kind = KINDS.get(ending_of(name))
    return kind.content_type if kind else "application/octet-stream"


def check_ending(name: str, *, accept: Collection[str] = ()) -> str:
    """The ending of a file that may be tried; `accept` narrows the table down. Raises Unfit."""
    ending = ending_of(name)
    if not ending:
        raise Unfit(
            _("The name does not say what kind of file it is. Give it an ending such as .pdf and add it again.")
        )
    if ending not in KINDS:
        raise Unfit(str(NOT_TAKEN.get(ending, UNKNOWN)) % {"ending": ending})
    wanted = sorted({OTHER_SPELLINGS.get(one, one) for one in accept})
    if wanted and ending not in wanted:
        raise Unfit(
            _("Here a file ending in %(wanted)s is asked for.") % {"wanted": ", ".join(f".{one}" for one in wanted)}
        )
    return ending


def check_size(size: int) -> None:
    """Raises Unfit when there is nothing, or more than is taken."""
    if size == 0:
        raise Unfit(_("This file is empty. Choose another one."))
    if size > MOST_BYTES:
        most = MOST_BYTES // 1024**2
        raise Unfit(
            _("This file is bigger than %(most)d MB. Make its pictures smaller or split it, then add it again.")
            % {"most": most}
        )
