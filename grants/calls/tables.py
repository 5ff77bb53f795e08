"""Calls, their stages and scoring sheets as ledgers and facts."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fundportal.money import Money
from fundportal.organisations.models import Kind
from fundportal.templatetags.ledgers import Cell, Column, Ledger
from fundportal.templatetags.lists import Badge
from fundportal.templatetags.words import DAY_FORMAT, local_day, local_hour, local_time
from grants.calls.models import Call, Criterion, Stage
from grants.calls.states import CallState

KINDS = {
    CallState.DRAFT: "mute",
    CallState.FORECAST: "wait",
    CallState.OPEN: "ok",
    CallState.CLOSED: "wait",
    CallState.ASSESSING: "wait",
    CallState.DECIDED: "full",
    CallState.ARCHIVED: "mute",
    CallState.CANCELLED: "stop",
}
NOTHING = "–"


def call_badge(call: Call) -> Badge:
    return Badge(call.get_state_display(), KINDS[CallState(call.state)])


def calls_table(calls: Iterable[Call]) -> Ledger:
    columns = [
        Column(_("Call")),
        Column(_("Fund")),
        Column(_("Where it stands")),
        Column(_("Last deadline")),
        Column(_("Money in all"), is_number=True),
    ]
    rows = [
        [
            Cell(call.title or call.code, url=reverse("calls:call", args=[call.code]), detail=call.code),
            Cell(call.fund.name, detail=call.purpose.name),
            Cell(call_badge(call)),
            _deadline_cell(list(call.stages.all())),
            Cell(_amount(call.budget)),
        ]
        for call in calls
    ]
    return Ledger(_("Calls, newest first"), columns, rows, has_hidden_caption=True)


def rubric_table(stage: Stage, criteria: Iterable[Criterion], *, may_edit: bool) -> Ledger:
    """Criteria with their weights; the foot adds them up."""
    lines = list(criteria)
    columns = [Column(_("Criterion")), Column(_("What it means")), Column(_("Weight"), is_number=True)]
    rows = [
        [
            Cell(line.title or line.key, url=_criterion_url(stage, line) if may_edit else ""),
            Cell(line.help or NOTHING),
            Cell(line.weight),
        ]
        for line in lines
    ]
    foot = [Cell(_("Sum")), Cell(NOTHING), Cell(sum(line.weight for line in lines))]
    return Ledger(_("Scoring sheet of stage %(number)s") % {"number": stage.number}, columns, rows, foot, is_loose=True)


def call_facts(call: Call) -> list[tuple[str, object]]:
    unknown = _("not said yet")
    kinds, tongues = dict(Kind.choices), dict(settings.LANGUAGES)
    days = call.conflict_window_days
    return [
        (_("Fund"), call.fund.name),
        (_("For"), call.purpose.name),
        (_("Beginning of references"), call.prefix),
        (_("Money in all"), _amount(call.budget)),
        (_("Smallest grant"), _amount(call.minimum)),
        (_("Largest grant"), _amount(call.maximum)),
        (_("Who may apply"), ", ".join(str(kinds[kind]) for kind in call.applicant_kinds) or unknown),
        (_("Languages"), ", ".join(str(tongues[code]) for code in call.languages) or unknown),
        (_("Applications of one organisation"), call.most_per_organisation),
        (_("Who sends it"), _("a signatory") if call.needs_signatory else _("any member")),
        (_("Hours an application takes"), call.burden_hours or unknown),
        (_("Applicants hear by"), date_format(call.decision_by_on, DAY_FORMAT) if call.decision_by_on else unknown),
        (_("Reviewers of each"), call.reviewers_wanted),
        (_("Days to declare conflicts"), unknown if days is None else days),
    ]


def stage_facts(stage: Stage) -> list[tuple[str, object]]:
    grace = ngettext("%(count)d minute", "%(count)d minutes", stage.grace_minutes) % {"count": stage.grace_minutes}
    facts: list[tuple[str, object]] = [
        (_("Opens"), local_time(stage.opens_at, stage.zone)),
        (_("Deadline"), local_time(stage.deadline_at, stage.zone)),
    ]
    if stage.deadline_remark:
        facts.append((_("Mind the clocks"), stage.deadline_remark))
    form = stage.questionnaire.name if stage.questionnaire else _("not chosen yet")
    if stage.form_version:
        form = _("%(form)s, version %(number)s") % {"form": form, "number": stage.form_version.number}
    facts += [(_("Grace"), grace), (_("Form"), form)]
    if stage.is_rolling:
        facts.append((_("Assessed"), _("as they come")))
    return facts


def _deadline_cell(stages: list[Stage]) -> Cell:
    if not stages:
        return Cell(NOTHING)
    last = max(stages, key=lambda stage: stage.number)
    return Cell(local_day(last.deadline_at, last.zone), detail=local_hour(last.deadline_at, last.zone))


def _criterion_url(stage: Stage, criterion: Criterion) -> str:
    return reverse("calls:criterion", args=[stage.call.code, stage.number, criterion.key])


def _amount(amount: Money | None) -> Money | str:
    return _("not said yet") if amount is None else amount
