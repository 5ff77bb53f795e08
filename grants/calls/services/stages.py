"""Writing the stages of a call and their scoring sheets, before it is announced."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fundportal.accounts.models import User
from fundportal.refusals import Refusal
from grants.calls.deadlines import instant, is_zone
from grants.calls.models import Call, Criterion, Stage
from grants.calls.models.stage import GRACE_MINUTES
from grants.calls.services.locking import begin_writing, finish_edit
from grants.calls.states import FULL_WEIGHT
from grants.questionnaires.models import Questionnaire

STEPS = (-1, 1)


@dataclass(frozen=True)
class StageFacts:
    """`opens` and `deadline` are naive: what the wall shows in `zone`."""

    titles: Mapping[str, str]
    opens: datetime
    deadline: datetime
    zone: str
    questionnaire_id: int | None = None
    grace_minutes: int = GRACE_MINUTES
    is_rolling: bool = False


@dataclass(frozen=True)
class CriterionFacts:
    titles: Mapping[str, str]
    weight: int
    helps: Mapping[str, str] = field(default_factory=dict)
    anchors: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@transaction.atomic
def set_stage(call_id: int, *, number: int, facts: StageFacts, version: int, by: User) -> Stage:
    """Writes the stage of this number; the next number is a new one. Raises Refusal (409, 422 with the field, 403)."""
    call = begin_writing(call_id, version=version, by=by)
    standing = call.stages.filter(number=number).first()
    if standing is None and number != call.stages.count() + 1:
        raise Refusal(_("Stages are written one after the other."))
    _check_stage(call, facts)
    stage = standing or Stage(call=call, number=number)
    stage.titles = dict(facts.titles)
    stage.opens_at = instant(facts.opens, facts.zone)
    stage.deadline_wall = facts.deadline.isoformat(timespec="minutes")
    stage.zone = facts.zone
    stage.grace_minutes = facts.grace_minutes
    stage.is_rolling = facts.is_rolling
    stage.questionnaire_id = facts.questionnaire_id
    stage.save()
    finish_edit(call, "set_stage", by=by, facts={"stage": number, "deadline": stage.deadline_wall, "zone": stage.zone})
    return stage


@transaction.atomic
def remove_last_stage(call_id: int, *, version: int, by: User) -> Call:
    call = begin_writing(call_id, version=version, by=by)
    last = call.stages.order_by("-number").first()
    if last is None:
        raise Refusal(_("There is no stage to remove."))
    last.criteria.all().delete()
    last.delete()
    finish_edit(call, "remove_stage", by=by, facts={"stage": last.number})
    return call


@transaction.atomic
def set_criterion(stage_id: int, *, key: str, facts: CriterionFacts, version: int, by: User) -> Criterion:
    """Writes the criterion of this key; an unknown key is a new one, at the end. Raises Refusal (409, 422, 403)."""
    stage, call = _stage_to_write(stage_id, version=version, by=by)
    if not 1 <= facts.weight <= FULL_WEIGHT:
        raise Refusal(_("A weight lies between 1 and 100."), status=422, field="weight")
    criterion = stage.criteria.filter(key=key).first() or Criterion(stage=stage, key=key, position=_next(stage))
    criterion.titles = dict(facts.titles)
    criterion.helps = dict(facts.helps)
    criterion.anchors = {score: dict(texts) for score, texts in facts.anchors.items()}
    criterion.weight = facts.weight
    criterion.save()
    finish_edit(call, "set_criterion", by=by, facts={"stage": stage.number, "criterion": key, "weight": facts.weight})
    return criterion


@transaction.atomic
def move_criterion(criterion_id: int, *, step: int, version: int, by: User) -> Criterion:
    """One place up (-1) or down (1); at either end it stays where it is."""
    criterion = Criterion.objects.select_related("stage").get(pk=criterion_id)
    stage, call = _stage_to_write(criterion.stage_id, version=version, by=by)
    order = list(stage.criteria.order_by("position", "pk"))
    place = order.index(criterion)
    aim = place + step
    if step in STEPS and 0 <= aim < len(order):
        order[place], order[aim] = order[aim], order[place]
    for position, each in enumerate(order, start=1):
        each.position = position
        each.save(update_fields=["position"])
    finish_edit(call, "move_criterion", by=by, facts={"stage": stage.number, "criterion": criterion.key})
    return criterion


@transaction.atomic
def remove_criterion(criterion_id: int, *, version: int, by: User) -> Stage:
    criterion = Criterion.objects.get(pk=criterion_id)
    stage, call = _stage_to_write(criterion.stage_id, version=version, by=by)
    criterion.delete()
    finish_edit(call, "remove_criterion", by=by, facts={"stage": stage.number, "criterion": criterion.key})
    return stage


def _stage_to_write(stage_id: int, *, version: int, by: User) -> tuple[Stage, Call]:
    call_id = Stage.objects.values_list("call_id", flat=True).get(pk=stage_id)
    call = begin_writing(call_id, version=version, by=by)
    return call.stages.get(pk=stage_id), call


def _next(stage: Stage) -> int:
    last = stage.criteria.order_by("-position").first()
    return last.position + 1 if last else 1


def _check_stage(call: Call, facts: StageFacts) -> None:
    if not is_zone(facts.zone):
        raise Refusal(_("Choose a time zone by its place, like Europe/Paris."), status=422, field="zone")
    if instant(facts.opens, facts.zone) >= instant(facts.deadline, facts.zone):
        raise Refusal(_("The deadline has to come after the opening."), status=422, field="deadline")
    forms: Any = Questionnaire.objects.filter(fund=call.fund)
    if facts.questionnaire_id is not None and not forms.filter(pk=facts.questionnaire_id).exists():
        raise Refusal(_("Choose a form of this fund."), status=422, field="questionnaire")
