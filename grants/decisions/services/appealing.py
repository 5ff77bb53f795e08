"""An applicant appeals against an announced decision; a manager and a clerk uphold or dismiss it."""

from django.db import transaction
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.access import authorise
from fundportal.accounts.models import User
from fundportal.audit.services import record
from fundportal.lifecycle import move
from fundportal.refusals import NotAllowed, Refusal
from grants.applications.models import Application
from grants.applications.services.locking import authorise_sender, lock_application, make
from grants.decisions import emails
from grants.decisions.models import Appeal, Decision
from grants.decisions.permissions import ANSWER
from grants.decisions.queries.appeals import has_both_voices, latest_appeal, may_be_appealed
from grants.decisions.services.deciding import let_fall
from grants.decisions.services.preparing import lock_deliberation
from grants.decisions.services.recommending import refuse_conflicted
from grants.decisions.states import Answer, AppealState


@transaction.atomic
def file_appeal(application_id: int, *, grounds: str, by: User) -> Appeal:
    """By whoever may send for the organisation, within the window. Filing the same twice is once.

    Raises Refusal (409 with one sentence whatever stands in the way, 422 without grounds, 403).
    """
    application = lock_application(application_id)
    authorise_sender(by, application)
    said, latest = grounds.strip(), latest_appeal(application)
    if latest and (latest.state, latest.grounds, latest.filed_by_id) == (AppealState.FILED, said, by.pk):
        return latest
    if not may_be_appealed(application, latest):
        raise Refusal(_("There is no decision here whose time to appeal still runs."))
    if not said:
        raise Refusal(_("Say what went wrong."), status=422, field="grounds")
    decision = Decision.objects.get(application=application, is_effective=True)
    appeal = Appeal.objects.create(application=application, decision=decision, grounds=said, filed_by=by)
    record("decisions.file_appeal", application, by=by, fund=application.fund, facts={"appeal": appeal.pk})
    emails.confirm_appeal(appeal)
    emails.announce_appeal(appeal)
    return appeal


@transaction.atomic
def answer_appeal(appeal_id: int, *, answer: str, reason: str, by: User) -> Appeal:
    """The first of the two answers, or one of them answers otherwise; the applicant hears nothing of it yet."""
    appeal = _begin(appeal_id, by)
    said = reason.strip()
    if answer not in Answer.values:
        raise Refusal(_("Choose an answer."), status=422, field="answer")
    if not said:
        raise Refusal(_("Say why, in the words the applicant will read."), status=422, field="reason")
    if (appeal.answer, appeal.reason, appeal.answered_by_id) == (answer, said, by.pk):
        return appeal
    appeal.answer, appeal.reason = answer, said
    appeal.answered_by, appeal.answered_at = by, clock.now()
    appeal.save()
    record("decisions.answer_appeal", appeal, by=by, fund=appeal.application.fund, facts={"answer": answer})
    return appeal


@transaction.atomic
def agree_appeal(appeal_id: int, *, by: User) -> Appeal:
    """The second agrees. Upheld, the application stands recommended and is decided anew; the applicant has a letter.

    Raises NotAllowed unless the two are a manager and a clerk.
    """
    lock_deliberation(Appeal.objects.values_list("decision__deliberation", flat=True).get(pk=appeal_id))
    appeal = _begin(appeal_id, by)
    fund = appeal.application.fund
    if appeal.answered_by is None:
        raise Refusal(_("Nobody has answered it yet. One person answers, another agrees."))
    if appeal.answered_by_id == by.pk or not has_both_voices(appeal.answered_by, by, fund):
        raise NotAllowed(_("A manager and a clerk answer it together. Somebody else agrees to this answer."))
    before, appeal.agreed_by = appeal.state, by
    move(appeal, appeal.answer)
    appeal.save()
    record("decisions.settle_appeal", appeal, by=by, fund=fund, before=before, after=appeal.state)
    if appeal.state == AppealState.UPHELD:
        _decide_anew(appeal, by)
    record("decisions.tell_appeal", appeal.application, by=by, fund=fund, facts={"appeal": appeal.pk})
    emails.tell_appeal(appeal)
    return appeal


def _begin(appeal_id: int, by: User) -> Appeal:
    """Locked together with its application, for whoever may answer it."""
    application = lock_application(Appeal.objects.values_list("application", flat=True).get(pk=appeal_id))
    authorise(by, ANSWER, application.fund)
    refuse_conflicted(by, [application])
    Appeal.objects.select_for_update().get(pk=appeal_id)
    appeal = Appeal.objects.select_related("answered_by").get(pk=appeal_id)
    appeal.application = application
    if appeal.state != AppealState.FILED:
        raise Refusal(_("This appeal is answered already."))
    return appeal


def _decide_anew(appeal: Appeal, by: User) -> None:
    """The window counts by the day of filing: nobody loses an appeal because an answer took long."""
    application: Application = appeal.application
    make("uphold_appeal", application, by=by, at=appeal.filed_at, facts={"reason": appeal.reason})
    let_fall(application)
