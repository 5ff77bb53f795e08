"""What a fund may say itself in the letters with the decision."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from fundportal.mail.editable import Editable, Field, Kind

_MARKS: Final = {
    "feedback": {
        "marks": [
            {"title": _("Need"), "score": "4.5", "meaning": _("the need is shown with figures")},
            {"title": _("Plan"), "score": "3.0", "meaning": _("most steps have a date")},
        ]
    }
}
_REFERENCE: Final = Field("reference", _("Reference of the application"), "application.reference", "PW27-0001")
_GRANTEE: Final = Field("grantee", _("Name of the organisation"), "application.organisation.name", "City of Valmont")
_TITLE: Final = Field("title", _("Title of the project"), "application.title", _("A kitchen for newcomers"))
_CALL: Final = Field("call", _("Title of the call"), "call", _("Welcome to our city"))
_REMARK: Final = Field(
    "remark", _("What the deciding body adds; may be empty"), "remark", _("Begin with the autumn course.")
)
_STRONGEST: Final = (
    Field("strongest", _("Criterion with the best score; may be empty"), "feedback.strong.title", _("Need")),
    Field("strongest_score", _("Its score, from 0 to 5; may be empty"), "feedback.strong.score", "4.5"),
)
_WEAKEST: Final = (
    Field("weakest", _("Criterion with the lowest score; may be empty"), "feedback.weak.title", _("Plan")),
    Field("weakest_score", _("Its score, from 0 to 5; may be empty"), "feedback.weak.score", "3.0"),
)
_MEANINGS: Final = (
    Field(
        "strongest_meaning",
        _("What the best score means; may be empty"),
        "feedback.strong.meaning",
        _("the need is shown with figures"),
    ),
    Field(
        "weakest_meaning",
        _("What the lowest score means; may be empty"),
        "feedback.weak.meaning",
        _("most steps have a date"),
    ),
)
_LINK: Final = Field(
    "link",
    _("Address of the application"),
    "url",
    "https://example.org/my/applications/PW27-0001/",
    Kind.LINK,
    is_required=True,
    label=_("Open the application"),
)
_BY_CRITERION: Final = Field(
    "marks",
    _("What the reviewers found, criterion by criterion"),
    sample=_MARKS,
    kind=Kind.PART,
    part="decisions/marks",
)

LETTERS: Final = (
    Editable(
        "decisions/approved",
        _("The project is funded"),
        _("To who signs and who began the application, the moment the decision is announced."),
        (
            _GRANTEE,
            Field("amount", _("Amount that is granted"), "amount", "$42,000", is_required=True),
            _LINK,
            _REFERENCE,
            _TITLE,
            _CALL,
            Field(
                "conditions", _("Conditions, where there are any"), "conditions", _("A second city joins before June.")
            ),
            _REMARK,
            *_STRONGEST,
            _BY_CRITERION,
        ),
    ),
    Editable(
        "decisions/declined",
        _("The project is not funded"),
        _("To who signs and who began the application, the moment the decision is announced."),
        (
            Field("until", _("Last day to appeal"), "until", _("15 June 2027"), is_required=True),
            _LINK,
            _REFERENCE,
            _CALL,
            Field("applied", _("How many applied"), "applied", "48", Kind.COUNT),
            Field("funded", _("How many are funded"), "funded", "12", Kind.COUNT),
            _REMARK,
            *_WEAKEST,
            *_STRONGEST,
            *_MEANINGS,
            _BY_CRITERION,
        ),
    ),
)
