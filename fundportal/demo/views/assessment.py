"""For the gallery: what an applicant fills in, what a reviewer scores, how a panel sees it."""

from typing import Any

from django.utils.translation import gettext as _

from grants.calls.models import Criterion
from grants.questionnaires.answers import SectionForm, problems
from grants.questionnaires.starter import starter
from grants.reviews.forms import ScoreForm
from grants.reviews.models import Assignment
from grants.reviews.tables import Dot

ANSWERS = {
    "summary": "A bus that waits until the late shift has ended.",
    "amount": {"minor": 1_800_000, "currency": "USD"},
    "budget": [
        {"what": "Drivers for ten months", "minor": 1_500_000, "why": "Two shifts a week"},
        {"what": "Fuel", "minor": 500_000, "why": "Forty kilometres each night"},
    ],
    "other_funders": "yes",
}
ANCHORS = {"0": "Nothing here", "1": "Hardly", "2": "In part", "3": "Mostly", "4": "Well", "5": "Fully, with proof"}


def parts() -> dict[str, Any]:
    return {"questions": questions(), "scores": list(score_sheet().lines), "plot": plot()}


def questions() -> list[SectionForm]:
    """The first two sections of the form most funds start from, with what is missing pointed out."""
    form = starter()
    missing = problems(form, ANSWERS)
    return [SectionForm(section, form, ANSWERS, problems=missing) for section in form.sections[:2]]


def score_sheet() -> ScoreForm:
    """One criterion at rest, one that was handed in without its score."""
    criteria = [_criterion(1, _("Need"), 60), _criterion(2, _("Proof that it works"), 40)]
    typed = {"bad-value-1": "4", "bad-reason-1": _("Night shifts end after the last bus."), "bad-value-2": ""}
    sheet = ScoreForm(typed, assignment=Assignment(pk=0), criteria=criteria, prefix="bad")
    if sheet.is_valid():
        sheet.ask_for_what_is_missing()
    return sheet


def plot() -> list[Dot]:
    words = _("Mean %(mean)s, from %(lowest)s to %(highest)s")
    return [
        Dot(
            1, "Valmont", "4.5", words % {"mean": "4.5", "lowest": "4.0", "highest": "5.0"}, "90.0%", "80.0%", "100.0%"
        ),
        Dot(
            2, "Lindmark", "2.6", words % {"mean": "2.6", "lowest": "1.0", "highest": "4.2"}, "52.0%", "20.0%", "84.0%"
        ),
    ]


def _criterion(pk: int, title: str, weight: int) -> Criterion:
    texts = {score: {"en": anchor} for score, anchor in ANCHORS.items()}
    return Criterion(pk=pk, key=f"specimen-{pk}", titles={"en": title, "fr": title}, weight=weight, anchors=texts)
