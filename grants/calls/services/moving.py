"""The moves of a call: announced, opened, extended, closed, assessed, taken back, cancelled, archived."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.access import SYSTEM, authorise
from fundportal.accounts.models import User
from fundportal.audit.services import record
from fundportal.lifecycle import move
from fundportal.refusals import Refusal
from grants.calls.models import Call, Extension, Stage
from grants.calls.permissions import CLOSE, OPEN, PUBLISH
from grants.calls.queries.amending import form_change
from grants.calls.services.locking import lock_call
from grants.questionnaires.models import FormVersion, Questionnaire
from grants.questionnaires.services import freeze

WhenCancelled = Callable[[Call], None]
_when_cancelled: list[WhenCancelled] = []


def when_cancelled(follow: WhenCancelled) -> None:
    """Later phases say at start-up what follows for them, in the same transaction; a Refusal of theirs stops it."""
    if follow not in _when_cancelled:
        _when_cancelled.append(follow)


@transaction.atomic
def publish(call_id: int, *, by: User) -> Call:
    """Announces the call: its forms are frozen, its money, dates and scoring sheet are fixed, everybody may read it.

    Raises Refusal (409) with everything that is missing.
    """
    call = _begin(call_id, PUBLISH, by)
    _move(call, "publish", by=by)
    for stage in call.stages.order_by("number").select_related("questionnaire"):
        if stage.questionnaire:
            stage.form_version = freeze(stage.questionnaire.pk, by=by, languages=call.languages)
            stage.save(update_fields=["form_version"])
    return call


@transaction.atomic
def withdraw(call_id: int, *, by: User) -> Call:
    """Back to the desk, as long as it is announced and not open: nobody can have begun an application."""
    call = _begin(call_id, PUBLISH, by)
    _move(call, "withdraw", by=by)
    for stage in call.stages.order_by("number"):
        stage.form_version = None
        stage.save(update_fields=["form_version"])
    return call


@transaction.atomic
def open_call(call_id: int, *, by: Any, at: datetime | None = None) -> Call:
    """By the clock as soon as the first stage opens, or by a manager from then on."""
    call = _begin(call_id, OPEN, by)
    _move(call, "open", by=by, at=at)
    return call


@transaction.atomic
def close_call(call_id: int, *, by: Any, at: datetime | None = None) -> Call:
    """Only the state: whoever calls it sees to the drafts and to the count of what arrived."""
    call = _begin(call_id, CLOSE, by)
    _move(call, "close", by=by, at=at)
    return call


@transaction.atomic
def start_assessment(call_id: int, *, by: User) -> Call:
    call = _begin(call_id, PUBLISH, by)
    _move(call, "start_assessment", by=by)
    return call


@transaction.atomic
def conclude(call_id: int, *, facts: dict[str, Any], by: User) -> Call:
    """Only the state: whoever calls it has seen that every application is final, and gives the figures to record."""
    call = _begin(call_id, PUBLISH, by)
    _move(call, "conclude", by=by, facts=facts)
    return call


@transaction.atomic
def archive(call_id: int, *, by: User) -> Call:
    call = _begin(call_id, PUBLISH, by)
    _move(call, "archive", by=by)
    return call


@transaction.atomic
def cancel(call_id: int, *, reason: str, by: User) -> Call:
    """For good, with a reason that everybody reads. Raises Refusal (422 without a reason, 409, 403)."""
    call = _begin(call_id, PUBLISH, by)
    call.cancel_reason = _said(reason, _("Say in public why the call is cancelled."))
    _move(call, "cancel", by=by, facts={"reason": call.cancel_reason})
    for follow in _when_cancelled:
        follow(call)
    return call


@transaction.atomic
def extend(stage_id: int, *, deadline: datetime, reason: str, by: User) -> Extension:
    """Moves a deadline to a later wall clock in the stage's zone, for everybody, with a public reason.

    Raises Refusal (409 unless the call is open, 422 with the field to mend, 403).
    """
    call = _begin(Stage.objects.values_list("call_id", flat=True).get(pk=stage_id), PUBLISH, by)
    stage = call.stages.get(pk=stage_id)
    _move(call, "extend", by=by, facts=_postponement(stage, deadline))
    return _postpone(stage, deadline, _said(reason, _("Say in public why the deadline moves.")), by)


@transaction.atomic
def reopen(call_id: int, *, deadline: datetime, reason: str, by: User) -> Extension:
    """Its last stage takes applications again, until a later wall clock, for everybody, with a public reason.

    Whoever calls it has seen to it that two people agree and that no review is visible. Raises Refusal as `extend`.
    """
    call = _begin(call_id, PUBLISH, by)
    said = _said(reason, _("Say in public why the call opens again."))
    stage = call.stages.order_by("-number")[0]
    _move(call, "reopen", by=by, facts=_postponement(stage, deadline) | {"reason": said})
    return _postpone(stage, deadline, said, by)


@transaction.atomic
def amend_form(stage_id: int, *, by: User) -> FormVersion:
    """Publishes the form as it stands at the desk by now, for a stage that still takes applications.

    Only the stage: whoever calls it sees to the drafts. Raises Refusal (409 with every objection, 403).
    """
    call = _begin(Stage.objects.values_list("call_id", flat=True).get(pk=stage_id), PUBLISH, by)
    stage = call.stages.select_related("questionnaire", "form_version").get(pk=stage_id)
    before = stage.form_version.number if stage.form_version else 0
    facts = {"stage": stage.number, "before": before}
    _move(call, "amend_form", by=by, facts=facts)
    stage.form_version = freeze(_amended(stage).pk, by=by, languages=call.languages)
    stage.save(update_fields=["form_version"])
    return stage.form_version


def open_due() -> list[Call]:
    """Opens every announced call that has reached its opening; one that a person moved first is left alone."""
    now = clock.now()
    opened = []
    for call_id in list(Call.objects.waiting_to_open(now).order_by("pk").values_list("pk", flat=True)):
        with suppress(Refusal):
            opened.append(open_call(call_id, by=SYSTEM, at=now))
    return opened


def _begin(call_id: int, permission: str, by: Any) -> Call:
    call = lock_call(call_id)
    authorise(by, permission, call.fund)
    return call


def _move(call: Call, name: str, *, by: Any, at: datetime | None = None, facts: dict[str, Any] | None = None) -> None:
    before = call.state
    move(call, name, at=at)
    call.version += 1
    call.save()
    record(f"calls.{name}", call, by=by, fund=call.fund, before=before, after=call.state, facts=facts)


def _said(reason: str, sentence: str) -> str:
    if not reason.strip():
        raise Refusal(sentence, status=422, field="reason")
    return reason.strip()


def _postponement(stage: Stage, deadline: datetime) -> dict[str, Any]:
    return {"stage": stage.number, "before": stage.deadline_wall, "after": _wall(deadline)}


def _postpone(stage: Stage, deadline: datetime, reason: str, by: User) -> Extension:
    _check_later(stage, deadline)
    before, stage.deadline_wall = stage.deadline_wall, _wall(deadline)
    stage.save(update_fields=["deadline_wall"])
    return Extension.objects.create(
        stage=stage, deadline_before=before, deadline_after=stage.deadline_wall, zone=stage.zone, reason=reason,
        by=by, at=clock.now(),
    )  # fmt: skip


def _wall(deadline: datetime) -> str:
    return deadline.isoformat(timespec="minutes")


def _amended(stage: Stage) -> Questionnaire:
    """The form at the desk, where an open call may take it on."""
    if stage.is_over(clock.now()):
        raise Refusal(_("This stage takes no more applications, so its form stays as it is."))
    form, change = stage.questionnaire, form_change(stage)
    if form is None or change.is_empty:
        raise Refusal(_("The form at the desk asks what applicants are asked already."))
    if change.objections:
        raise Refusal(" ".join(change.objections))
    return form


def _check_later(stage: Stage, deadline: datetime) -> None:
    later = Stage(deadline_wall=_wall(deadline), zone=stage.zone, grace_minutes=stage.grace_minutes)
    if later.deadline_at <= stage.deadline_at or later.deadline_at <= clock.now():
        raise Refusal(_("A deadline moves only to a later day or hour."), status=422, field="deadline")
    following = stage.call.stages.filter(number=stage.number + 1).first()
    if following is not None and later.closes_at >= following.opens_at:
        raise Refusal(_("The next stage opens before that. Choose an earlier deadline."), status=422, field="deadline")
