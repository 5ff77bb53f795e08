"""What a payment waits for is found to be there, or is waived by somebody who says why."""

from django.db import transaction
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.access import Actor
from fundportal.accounts.models import User
from fundportal.audit.services import record
from fundportal.refusals import Refusal
from grants.awards.models import Condition, ReportDue
from grants.awards.permissions import MANAGE
from grants.awards.services.locking import authorise_office, lock_tranche
from grants.awards.services.tranches import get_ready_if_due
from grants.awards.states import SETTLED, ConditionKind, ReportState


@transaction.atomic
def meet_condition(condition_id: int, *, note: str = "", by: User) -> Condition:
    """Somebody saw that it is met. Raises Refusal (409) for a report, which is met by accepting it."""
    condition = _lock_condition(condition_id)
    authorise_office(by, MANAGE, condition.tranche.award)
    _refuse_done(condition)
    if condition.kind == ConditionKind.REPORT_ACCEPTED:
        raise Refusal(_("This condition is met when the report is accepted."))
    return _meet(condition, note.strip(), by)


@transaction.atomic
def waive_condition(condition_id: int, *, reason: str, by: User) -> Condition:
    condition = _lock_condition(condition_id)
    award = condition.tranche.award
    authorise_office(by, MANAGE, award)
    _refuse_done(condition)
    if not reason.strip():
        raise Refusal(_("Say why this condition is waived."), status=422, field="reason")
    condition.waived_at, condition.waived_by, condition.waive_reason = clock.now(), by, reason.strip()
    condition.save()
    facts = {"condition": condition.text, "reason": condition.waive_reason}
    record("tranches.waive_condition", condition.tranche, by=by, fund=award.fund, facts=facts)
    get_ready_if_due(condition.tranche)
    return condition


@transaction.atomic
def meet_report_conditions(report_due_id: int, *, by: Actor) -> list[Condition]:
    """What waited for this report. Not a choice of anybody's but a fact: raises Refusal (409) unless it is accepted."""
    report = ReportDue.objects.get(pk=report_due_id)
    if report.state != ReportState.ACCEPTED:
        raise Refusal(_("The report is not accepted yet."))
    waiting = Condition.objects.filter(report_due=report, met_at__isnull=True, waived_at__isnull=True)
    found = waiting.exclude(tranche__state__in=SETTLED).order_by("pk")
    return [_meet(_lock_condition(pk), "", by) for pk in found.values_list("pk", flat=True)]


def _lock_condition(condition_id: int) -> Condition:
    """By the lock of its payment; read afterwards."""
    tranche = lock_tranche(Condition.objects.values_list("tranche", flat=True).get(pk=condition_id))
    condition = Condition.objects.get(pk=condition_id)
    condition.tranche = tranche
    return condition


def _refuse_done(condition: Condition) -> None:
    if condition.met_at or condition.waived_at:
        raise Refusal(_("This condition is met or waived already."))


def _meet(condition: Condition, note: str, by: Actor) -> Condition:
    condition.met_at, condition.met_note = clock.now(), note
    condition.met_by = by if isinstance(by, User) else None
    condition.save()
    facts = {"condition": condition.text, "note": note}
    fund = condition.tranche.award.fund
    record("tranches.meet_condition", condition.tranche, by=by, fund=fund, facts=facts)
    get_ready_if_due(condition.tranche)
    return condition
