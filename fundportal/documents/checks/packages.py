"""What a document says of its own parts: their types, and what it ties to."""

import re
from typing import Final

from django.utils.translation import gettext_lazy as _

from fundportal.documents.checks.markup import tags_of
from fundportal.documents.checks.signs import ANOTHER_KIND, HAS_PASSWORD
from fundportal.documents.kinds import KINDS, OFFICE
from fundportal.documents.unfit import Unfit

MAIN_TYPE: Final = {
    "docx": f"{OFFICE}.wordprocessingml.document.main+xml",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet.main+xml",
}
MEDIA_TYPE: Final = {ending: KINDS[ending].content_type for ending in ("odt", "ods")}

MACROS: Final = _(
    "This document holds macros, which are small programs. Save it as .docx, .xlsx or PDF without them and add that."
)
FILE_INSIDE: Final = _("Another file is packed inside this document. Save the document as PDF and add the two apart.")
TIED: Final = _("This document loads parts of itself from elsewhere, so it could change. Save it as PDF and add that.")

# OpenOffice lists its libraries of macros even where there are none (script-lc.xml); a module has its own part.
MACRO_NAME: Final = re.compile(
    r"vbaproject|vbadata|activex/|macrosheets/|^scripts/|^basic/(?!(?:.*/)?(?:script|dialog)-l[bc]\.xml$).*[^/]$",
    re.IGNORECASE,
)
MACRO_TYPE: Final = re.compile(r"macroEnabled|vbaProject|activeX", re.IGNORECASE)
MACRO_TIES: Final = frozenset({"vbaProject", "wordVbaData", "xlMacrosheet", "xlIntlMacrosheet", "control"})
OUTER_TIES: Final = frozenset({"attachedTemplate", "aFChunk", "subDocument", "frame", "externalLinkPath"})
RISKY_ADDRESS: Final = re.compile(r"\s*(?:javascript|vbscript|data|ms-[\w-]+|search-ms)\s*:", re.IGNORECASE)


def check_types(markup: bytes, ending: str) -> None:
    types = {attributes.get("ContentType", "") for _name, attributes in tags_of(markup)}
    if any(MACRO_TYPE.search(one) for one in types):
        raise Unfit(MACROS)
    if MAIN_TYPE.get(ending) not in types:
        raise Unfit(ANOTHER_KIND)


def check_relationships(markup: bytes) -> None:
    """A link for a reader to follow may lead out; whatever the program fetches by itself may not."""
    for _name, attributes in tags_of(markup):
        kind = attributes.get("Type", "").rpartition("/")[2]
        is_outside = attributes.get("TargetMode", "").lower() == "external"
        if kind in MACRO_TIES:
            raise Unfit(MACROS)
        if kind == "oleObject":
            raise Unfit(FILE_INSIDE)
        is_link = kind == "hyperlink" and not RISKY_ADDRESS.match(attributes.get("Target", ""))
        if kind in OUTER_TIES or (is_outside and not is_link):
            raise Unfit(TIED)


def check_manifest(markup: bytes) -> None:
    if any(name == "encryption-data" for name, _attributes in tags_of(markup)):
        raise Unfit(HAS_PASSWORD)
