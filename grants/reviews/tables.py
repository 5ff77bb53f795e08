"""Reviews as ledgers: what stands in which column, and in which words."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from fundportal.templatetags.ledgers import Cell, Column, Ledger
from fundportal.templatetags.lists import Badge
from fundportal.templatetags.words import local_day, local_hour
from grants.calls.models import Stage
from grants.reviews.models import Assignment
from grants.reviews.queries.office import Ranked
from grants.reviews.states import BEFORE_READING, HANDED_IN, HIGHEST_SCORE, AssignmentState

NOTHING = "–"
KINDS = {
    AssignmentState.PROPOSED: "mute",
    AssignmentState.INVITED: "wait",
    AssignmentState.RETURNED: "wait",
    AssignmentState.SUBMITTED: "ok",
    AssignmentState.SEALED: "full",
    AssignmentState.DECLINED: "stop",
    AssignmentState.RECUSED: "stop",
    AssignmentState.EXPIRED: "mute",
    AssignmentState.REMOVED: "mute",
}


def review_badge(assignment: Assignment) -> Badge:
    return Badge(assignment.get_state_display(), KINDS.get(AssignmentState(assignment.state), ""))


def score_text(mean: Fraction) -> str:
    """Two decimals, as the reader's language writes them."""
    return number_format(Decimal(mean.numerator) / Decimal(mean.denominator), 2)


def own_table(caption: object, assignments: Iterable[Assignment]) -> Ledger:
    """Before they agreed, a reviewer reads the organisation's name and nothing else of an application."""
    columns = [Column(_("Organisation")), Column(_("Call")), Column(_("Where it stands")), Column(_("Due"))]
    return Ledger(caption, columns, [_own_row(one) for one in assignments], has_hidden_caption=True)


def _own_row(assignment: Assignment) -> list[Cell]:
    application = assignment.application
    stage = application.stage
    is_hidden = assignment.state in BEFORE_READING
    due_at = stage.panel.answer_by if is_hidden else stage.panel.review_by
    return [
        Cell(
            application.organisation.name,
            url=reverse("reviews:review", args=[assignment.token]),
            detail="" if is_hidden else application.title or application.reference,
        ),
        Cell(stage.call.title),
        Cell(review_badge(assignment)),
        Cell()
        if assignment.state in HANDED_IN
        else Cell(local_day(due_at, stage.zone), detail=local_hour(due_at, stage.zone)),
    ]


def stages_table(stages: Iterable[Stage]) -> Ledger:
    columns = [Column(_("Call")), Column(_("Panel")), Column(_("Asked"), is_number=True)]
    columns += [Column(_("Handed in"), is_number=True), Column(_("Due"))]
    rows = []
    for stage in stages:
        panel = getattr(stage, "panel", None)
        badge = Badge(_("Open"), "ok") if panel else Badge(_("Not open yet"), "mute")
        due = Cell(local_day(panel.review_by, stage.zone)) if panel else Cell()
        name = Cell(stage.call.title, url=reverse("office_reviews:panel", args=[stage.pk]), detail=stage.title)
        rows.append([name, Cell(badge), Cell(stage.asked), Cell(stage.handed_in), due])
    return Ledger(_("Panels"), columns, rows, has_hidden_caption=True)


def progress_table(stage: Stage, assignments: Iterable[Assignment]) -> Ledger:
    columns = [Column(_("Application")), Column(_("Reviewer")), Column(_("Where it stands")), Column(_("Since"))]
    rows = [
        [
            Cell(
                one.application.organisation.name,
                url=reverse("office_reviews:review", args=[stage.pk, one.token]),
                detail=one.application.reference,
            ),
            Cell(one.reviewer.full_name),
            Cell(review_badge(one)),
            Cell(local_day(since, stage.zone), detail=local_hour(since, stage.zone)) if since else Cell(),
        ]
        for one in assignments
        for since in [one.sealed_at or one.ended_at or one.submitted_at or one.accepted_at or one.invited_at]
    ]
    return Ledger(_("Who reads what, and how far they are"), columns, rows, has_hidden_caption=True)


def standings_table(ranked: Iterable[Ranked]) -> Ledger:
    """Means are not rounded before they are ranked; the mean of each criterion stands under the range."""
    columns = [Column(_("Application")), Column(_("Reviews"), is_number=True), Column(_("Mean"), is_number=True)]
    columns += [Column(_("Lowest to highest"), is_number=True), Column(_("By criterion"))]
    rows = [
        [
            Cell(one.application.organisation.name, detail=one.application.reference),
            Cell(one.standing.count),
            Cell(score_text(one.standing.mean)),
            Cell(f"{score_text(one.standing.lowest)}–{score_text(one.standing.highest)}"),
            Cell(", ".join(f"{each.criterion.title} {score_text(each.mean)}" for each in one.standing.by_criterion)),
        ]
        for one in ranked
    ]
    return Ledger(_("Standings, the highest mean first"), columns, rows, has_hidden_caption=True)


@dataclass(frozen=True)
class Dot:
    """One row of the plot; places are shares of the way from 0 to 5, written as the SVG reads them."""

    number: int
    name: str
    mean: str
    words: str
    at: str
    start: str
    end: str


def dots(ranked: Iterable[Ranked]) -> list[Dot]:
    return [_dot(number, one) for number, one in enumerate(ranked, start=1)]


def _dot(number: int, one: Ranked) -> Dot:
    held = one.standing
    words = _("Mean %(mean)s, from %(lowest)s to %(highest)s") % {
        "mean": score_text(held.mean),
        "lowest": score_text(held.lowest),
        "highest": score_text(held.highest),
    }
    places = (_place(held.mean), _place(held.lowest), _place(held.highest))
    return Dot(number, one.application.organisation.name, score_text(held.mean), words, *places)


def _place(mean: Fraction) -> str:
    per_mille = round(mean * 1000 / HIGHEST_SCORE)
    return f"{per_mille // 10}.{per_mille % 10}%"
