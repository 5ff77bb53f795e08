"""What a fund may say itself in the letters about reports; what a late report means for the money is said the same."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from fundportal.mail.editable import Editable, Field, Kind

TO_MEMBERS: Final = _("To every member of the organisation.")
_REFERENCE: Final = Field("reference", _("Reference of the grant"), "award.reference", "PW27-0001")
_TITLE: Final = Field("title", _("Title of the project"), "award.title", _("A kitchen for newcomers"))
_DUE: Final = Field("due", _("Day on which the report is due"), "due", _("30 June 2027"), is_required=True)
_PERIOD: Final = (
    Field("starts", _("First day that the report is about"), "starts", _("1 January 2027")),
    Field("ends", _("Last day that the report is about"), "ends", _("31 May 2027")),
    Field("kind", _("Which report it is"), "kind", _("Progress report")),
)
_SAID: Final = (
    Field("said", _("What the fund office writes"), "said", _("Which of the courses go on?"), is_required=True),
    Field("by", _("Who read the report"), "by", "Dalia Demo"),
)


def _link(label: object) -> Field:
    words = _("Address of the report")
    return Field("link", words, "url", "https://example.org/my/reports/", Kind.LINK, is_required=True, label=label)


LETTERS: Final = (
    Editable(
        "reports/opened",
        _("A report can be written"),
        TO_MEMBERS,
        (_DUE, _link(_("Write the report")), _REFERENCE, _TITLE, *_PERIOD),
    ),
    Editable(
        "reports/due_soon",
        _("A report is due soon"),
        TO_MEMBERS,
        (
            _DUE,
            _link(_("Write the report")),
            Field("days", _("Days until then"), "days", "14", Kind.COUNT),
            _REFERENCE,
            _TITLE,
            *_PERIOD,
        ),
    ),
    Editable(
        "reports/returned",
        _("A question on a report"),
        TO_MEMBERS,
        (*_SAID, _link(_("Change the report")), _REFERENCE, _TITLE, *_PERIOD),
    ),
    Editable(
        "reports/accepted",
        _("A report is accepted"),
        TO_MEMBERS,
        (*_SAID, _link(_("Open the report")), _REFERENCE, _TITLE, *_PERIOD),
    ),
    Editable(
        "reports/waived",
        _("A report is no longer needed"),
        TO_MEMBERS,
        (*_SAID, _link(_("Open the report")), _REFERENCE, _TITLE, *_PERIOD),
    ),
)
