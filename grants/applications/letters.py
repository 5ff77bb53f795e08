"""What a fund may say itself in the letters to applicants."""

from dataclasses import replace
from typing import Final

from django.utils.translation import gettext_lazy as _

from fundportal.mail.editable import Editable, Field, Kind

_REFERENCE: Final = Field("reference", _("Reference of the application"), "application.reference", "PW27-0001")
_LINK: Final = Field(
    "link",
    _("Address of the application"),
    "url",
    "https://example.org/my/applications/PW27-0001/",
    Kind.LINK,
    is_required=True,
    label=_("Open the application"),
)
_PAPER_LINK: Final = replace(_LINK, words=_("Address of the acknowledgement"), label=_("Open the acknowledgement"))
_PAPER: Final = {
    "paper": {
        "title": _("Acknowledgement"),
        "reference": "PW27-0001",
        "rows": (
            (_("Applicant"), "City of Valmont"),
            (_("Amount asked for"), "$42,000"),
        ),
    }
}

LETTERS: Final = (
    Editable(
        "applications/acknowledgement",
        _("An application arrived"),
        _("To every member of the organisation, when the application is sent."),
        (
            Field("reference", _("Reference of the application"), "paper.reference", "PW27-0001"),
            Field("seal", _("Fingerprint of what was sent"), "paper.seal", "3f9a 77c1 …", is_required=True),
            Field("short_seal", _("Beginning of the fingerprint"), "paper.short_seal", "3f9a77c1"),
            _PAPER_LINK,
            Field("heading", _("That it arrived, in a sentence"), "paper.heading", _("We have your application")),
            Field(
                "opening", _("When it arrived, and whether in time"), "paper.opening", _("Received at 16:58, in time.")
            ),
            Field(
                "following",
                _("Who writes next, and by when"),
                "paper.following",
                _("The fund office writes to you by 1 June 2027."),
            ),
            Field("title", _("Name of the acknowledgement"), "paper.title", _("Acknowledgement")),
            Field("rows", _("What was sent, in a table"), sample=_PAPER, kind=Kind.PART, part="applications/rows"),
        ),
    ),
    Editable(
        "applications/info_requested",
        _("The fund office needs something"),
        _("To every member of the organisation, when parts of the application are opened again."),
        (
            _REFERENCE,
            Field("day", _("Last day to answer"), "day", _("1 June 2027"), is_required=True),
            Field(
                "reason",
                _("What the fund office asks for"),
                "reason",
                _("Please add the second budget."),
                is_required=True,
            ),
            Field(
                "parts",
                _("Parts that are open for changes"),
                "titles",
                (_("The budget"), _("The people")),
                Kind.LINES,
                is_required=True,
            ),
            _LINK,
        ),
    ),
    Editable(
        "applications/invited_to_write",
        _("Somebody may write along"),
        _("To a person whom the organisation lets work on its application."),
        (
            _REFERENCE,
            Field("by", _("Who lets them write along"), "by", "Aya Demo"),
            Field("grantee", _("Name of the organisation"), "application.organisation.name", "City of Valmont"),
            Field("call", _("Title of the call"), "application.stage.call.title", _("Welcome to our city")),
            _LINK,
        ),
    ),
)
