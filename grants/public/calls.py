"""A call as everybody may read it: who may apply, for how much, until when, by which questions and which marks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings

from fundportal import clock
from fundportal.funds.models import Fund
from fundportal.languages import pick
from fundportal.money import Money
from fundportal.organisations.models import Kind
from grants.calls.deadlines import instant, wall_clock
from grants.calls.models import Call, Criterion, Extension, Stage
from grants.calls.states import CANCELLED, FORECAST, OPEN, SCORES, CallState, Topic
from grants.questionnaires.definition import Definition

READ_WITH = ("stages__criteria", "stages__form_version", "stages__extensions")


@dataclass(frozen=True)
class PublicCriterion:
    """`anchors` holds what each score means, from 0 to 5."""

    title: str
    help_text: str
    weight: int
    anchors: tuple[str, ...]


@dataclass(frozen=True)
class PublicExtension:
    before_at: datetime
    after_at: datetime
    reason: str
    at: datetime


@dataclass(frozen=True)
class PublicStage:
    """Times are instants; `zone` is where the deadline's clock hangs, `remark` says what is strange about its hour."""

    id: int
    number: int
    title: str
    opens_at: datetime
    deadline_at: datetime
    closes_at: datetime
    zone: str
    grace_minutes: int
    remark: str
    form: Definition
    form_sha256: str
    criteria: tuple[PublicCriterion, ...]
    extensions: tuple[PublicExtension, ...]

    def accepts(self, at: datetime) -> bool:
        return self.opens_at <= at <= self.closes_at


@dataclass(frozen=True)
class PublicCall:
    """Texts in the active language. `current` is the stage that accepts now, or else the next to open, or the last."""

    code: str
    title: str
    summary: str
    state: str
    word: str
    fund: Fund
    purpose: str
    budget: Money
    minimum: Money
    maximum: Money
    kinds: tuple[str, ...]
    languages: tuple[str, ...]
    most_per_organisation: int
    needs_signatory: bool
    texts: Mapping[str, str]
    burden_hours: int
    decision_by_on: date
    reviewers_wanted: int
    published_at: datetime
    cancel_reason: str
    stages: tuple[PublicStage, ...]
    current: PublicStage

    @property
    def is_open(self) -> bool:
        return self.state == OPEN

    @property
    def is_forecast(self) -> bool:
        return self.state == FORECAST

    @property
    def is_cancelled(self) -> bool:
        return self.state == CANCELLED


def calls() -> list[PublicCall]:
    """Open ones first, then those to come, then the past; each newest first."""
    order = {OPEN: 0, FORECAST: 1}
    found = Call.objects.public().select_related("fund", "purpose").prefetch_related(*READ_WITH)
    rows = sorted(found.order_by("-published_at", "-pk"), key=lambda one: order.get(CallState(one.state), 2))
    return [_call(row) for row in rows]


def call(code: str) -> PublicCall | None:
    """None when there is no such call, or none that was ever announced."""
    row = _found(code)
    return _call(row) if row else None


def as_data(code: str) -> dict[str, Any] | None:
    """The same call for machines: every language at once, instants in UTC, amounts in minor units."""
    row = _found(code)
    if row is None:
        return None
    return {
        "code": row.code,
        "fund": {"code": row.fund.code, "names": row.fund.names},
        "state": row.state,
        "titles": row.titles,
        "summaries": row.summaries,
        "texts": row.texts,
        "money": {
            "currency": row.currency,
            "budget_minor": row.budget_minor,
            "minimum_minor": row.minimum_minor,
            "maximum_minor": row.maximum_minor,
        },
        "who_may_apply": row.applicant_kinds,
        "most_per_organisation": row.most_per_organisation,
        "languages": row.languages,
        "hours_an_application_takes": row.burden_hours,
        "applicants_hear_by": row.decision_by_on.isoformat() if row.decision_by_on else None,
        "reviewers_of_each_application": row.reviewers_wanted,
        "cancelled_because": row.cancel_reason or None,
        "stages": [_stage_data(stage) for stage in row.stages.all()],
    }


def _found(code: str) -> Call | None:
    return (
        Call.objects.public().filter(code=code).select_related("fund", "purpose").prefetch_related(*READ_WITH).first()
    )


def _call(row: Call) -> PublicCall:
    kinds, tongues = dict(Kind.choices), dict(settings.LANGUAGES)
    stages = tuple(_stage(stage) for stage in row.stages.all())
    return PublicCall(
        code=row.code,
        title=row.title,
        summary=row.summary,
        state=row.state,
        word=row.word,
        fund=row.fund,
        purpose=row.purpose.name,
        budget=row.budget,
        minimum=row.minimum,
        maximum=row.maximum,
        kinds=tuple(str(kinds[kind]) for kind in row.applicant_kinds),
        languages=tuple(str(tongues[code]) for code in row.languages),
        most_per_organisation=row.most_per_organisation,
        needs_signatory=row.needs_signatory,
        texts={topic.value: pick(row.texts.get(topic, {})) for topic in Topic},
        burden_hours=row.burden_hours or 0,
        decision_by_on=row.decision_by_on or clock.today(row.fund.time_zone),
        reviewers_wanted=row.reviewers_wanted,
        published_at=row.published_at or row.created_at,
        cancel_reason=row.cancel_reason,
        stages=stages,
        current=_current(stages),
    )


def _current(stages: tuple[PublicStage, ...]) -> PublicStage:
    now = clock.now()
    return next((stage for stage in stages if now <= stage.closes_at), stages[-1])


def _stage(row: Stage) -> PublicStage:
    frozen = row.form_version
    return PublicStage(
        id=row.pk,
        number=row.number,
        title=row.title,
        opens_at=row.opens_at,
        deadline_at=row.deadline_at,
        closes_at=row.closes_at,
        zone=row.zone,
        grace_minutes=row.grace_minutes,
        remark=row.deadline_remark,
        form=frozen.form if frozen else Definition(),
        form_sha256=frozen.sha256 if frozen else "",
        criteria=tuple(_criterion(each) for each in row.criteria.all()),
        extensions=tuple(_extension(each) for each in row.extensions.all()),
    )


def _criterion(row: Criterion) -> PublicCriterion:
    return PublicCriterion(row.title, row.help, row.weight, tuple(row.anchor(score) for score in SCORES))


def _extension(row: Extension) -> PublicExtension:
    before, after = (instant(wall_clock(wall), row.zone) for wall in (row.deadline_before, row.deadline_after))
    return PublicExtension(before, after, row.reason, row.at)


def _stage_data(row: Stage) -> dict[str, Any]:
    return {
        "number": row.number,
        "titles": row.titles,
        "opens_at": row.opens_at,
        "deadline": {"wall_clock": row.deadline_wall, "time_zone": row.zone, "at": row.deadline_at},
        "grace_minutes": row.grace_minutes,
        "extensions": [
            {"from": each.deadline_before, "to": each.deadline_after, "reason": each.reason, "at": each.at}
            for each in row.extensions.all()
        ],
        "form": row.form_version.definition if row.form_version else None,
        "form_sha256": row.form_version.sha256 if row.form_version else None,
        "criteria": [
            {"key": each.key, "titles": each.titles, "helps": each.helps, "weight": each.weight, "scores": each.anchors}
            for each in row.criteria.all()
        ],
    }
