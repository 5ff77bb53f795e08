"""What a fund may say itself in the letters of a receipt; the legal lines under it stay as they are."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from fundportal.mail.editable import Editable, Field, Kind

_PAPER: Final = {
    "number": "2026-000312",
    "total": "$103.30",
    "gift": "$100.00",
    "cover": "$3.30",
    "returned": "",
    "day": _("22 November 2026"),
    "code": "K7WP-3QXM",
    "rows": ((_("Gift"), "$100.00"), (_("Card cost, covered by you"), "$3.30")),
}
_SAMPLE: Final = {"paper": _PAPER, "facts": {"purpose": _("Language courses"), "purpose_is_free": False}}
_TOTAL: Final = Field("total", _("What was received"), "paper.total", "$103.30", is_required=True)
_NUMBER: Final = Field("number", _("Number of the receipt"), "paper.number", "2026-000312", is_required=True)
_DONOR: Final = Field("donor", _("Name of the donor"), "facts.donor_name", "Dana Demo")
_FUND: Final = Field("fund", _("Name of the fund"), "paper.fund", _("Practice fund"))
_DAY: Final = Field("day", _("Day on which the gift arrived"), "paper.day", _("22 November 2026"))
_LINK: Final = Field(
    "link",
    _("Address of the receipt"),
    "url",
    "https://example.org/receipts/K7WP-3QXM/",
    Kind.LINK,
    is_required=True,
    label=_("Open the receipt"),
)
_ROWS: Final = Field("rows", _("The receipt as a table"), sample=_SAMPLE, kind=Kind.PART, part="receipts/rows")
_NEXT: Final = Field(
    "next",
    _("What happens with the gift, and how to check the receipt"),
    sample=_SAMPLE,
    kind=Kind.PART,
    part="receipts/next",
)

LETTERS: Final = (
    Editable(
        "receipts/receipt",
        _("A gift arrived"),
        _("To the donor, with the receipt."),
        (_TOTAL, _LINK, _DONOR, _FUND, _DAY, _ROWS, _NEXT),
    ),
    Editable(
        "receipts/replaced",
        _("A receipt has changed"),
        _("To the donor, when a new receipt stands in place of another."),
        (
            _TOTAL,
            _NUMBER,
            Field("old", _("Number of the receipt that no longer counts"), "predecessor.reference", "2026-000298"),
            _LINK,
            _DONOR,
            _FUND,
            _ROWS,
        ),
    ),
    Editable(
        "receipts/voided",
        _("A gift went back"),
        _("To the donor, when a receipt is no longer in force."),
        (_TOTAL, _NUMBER, _LINK, _DONOR, _FUND),
    ),
)
