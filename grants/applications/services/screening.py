"""The fund office checks whether an application fits the call, and asks where something is missing."""

from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.access import Actor
from fundportal.accounts.models import User
from fundportal.audit.services import record
from fundportal.refusals import NotAllowed, Refusal
from grants.applications import emails
from grants.applications.models import Application, Ineligibility, InfoRequest, Revision, ScreeningCheck
from grants.applications.permissions import BEGIN, MANAGE, SCREEN
from grants.applications.queries.screening import rules_of, unanswered_rules
from grants.applications.services.locking import authorise_office, lock_application, make
from grants.applications.states import ApplicationState

SHORTEST_ANSWER_TIME: Final = 5
SATURDAY: Final = 5


@transaction.atomic
def begin_screening(application_id: int, *, by: Actor) -> Application:
    application = lock_application(application_id)
    authorise_office(by, BEGIN, application)
    return make("begin_screening", application, by=by)


@transaction.atomic
def check_rule(application_id: int, *, rule: str, passes: bool, note: str, by: User) -> ScreeningCheck:
    """Answers one line of the call's check list; a later answer takes the place of an earlier one."""
    application = _begin(application_id, by)
    _refuse_unless(application, ApplicationState.SCREENING)
    _refuse_unknown_rule(application, rule)
    if not passes and not note.strip():
        raise Refusal(_("Say in a sentence what you found."), status=422, field="note")
    facts = {"passes": passes, "note": note.strip(), "by": by, "at": clock.now()}
    check, _is_new = ScreeningCheck.objects.update_or_create(application=application, rule=rule, defaults=facts)
    record("applications.check", application, by=by, fund=application.fund, facts={"rule": rule, "passes": passes})
    return check


@transaction.atomic
def request_info(application_id: int, *, sections: list[str], reason: str, due_on: date, by: User) -> InfoRequest:
    """Opens the named sections for the applicant. Silence never ends an application. Raises Refusal (409, 422)."""
    application = _begin(application_id, by)
    _check_request(application, sections, reason, due_on)
    make("request_info", application, by=by, facts={"sections": sections, "due_on": due_on.isoformat()})
    standing = application.revisions.latest("number")
    _write_back(application, standing)
    request = InfoRequest.objects.create(
        application=application,
        sections=sections,
        reason=reason.strip(),
        due_on=due_on,
        asked_by=by,
        asked_at=clock.now(),
        revision_before=standing,
    )
    emails.info_requested(request)
    return request


@transaction.atomic
def mark_eligible(application_id: int, *, by: User) -> Application:
    """Every rule is checked and met. Raises Refusal (409) naming how many are not."""
    application = _begin(application_id, by)
    open_rules = unanswered_rules(application)
    if application.state == ApplicationState.SCREENING and open_rules:
        raise Refusal(_("Not yet checked, or not met: %(rules)s.") % {"rules": "; ".join(open_rules)})
    _drop_open_proposal(application)
    return make("mark_eligible", application, by=by)


@transaction.atomic
def propose_ineligible(application_id: int, *, criterion: str, reason: str, by: User) -> Ineligibility:
    """The first of two people names the rule that is missed and says why, in the words the applicant will read."""
    application = _begin(application_id, by)
    _refuse_unless(application, ApplicationState.SCREENING)
    _refuse_unknown_rule(application, criterion)
    if not reason.strip():
        raise Refusal(_("Say why, in the words the applicant will read."), status=422, field="reason")
    if _open_proposal(application):
        raise Refusal(_("Somebody has proposed this already. A second person decides on it."))
    proposal = Ineligibility.objects.create(
        application=application, criterion=criterion, reason=reason.strip(), proposed_by=by, proposed_at=clock.now()
    )
    record("applications.propose_ineligible", application, by=by, fund=application.fund, facts={"rule": criterion})
    return proposal


@transaction.atomic
def mark_ineligible(application_id: int, *, by: User) -> Application:
    """The second person agrees; from here the applicant may appeal. Raises NotAllowed for whoever proposed it."""
    application = _begin(application_id, by)
    proposal = _open_proposal(application)
    if proposal is None:
        raise Refusal(_("Nobody has proposed this. One person proposes, another agrees."))
    if proposal.proposed_by_id == by.pk:
        raise NotAllowed(_("You proposed this. Somebody else decides on it."))
    facts = {"rule": proposal.criterion, "proposed_by": proposal.proposed_by_id}
    make("mark_ineligible", application, by=by, facts=facts)
    proposal.confirmed_by, proposal.confirmed_at = by, clock.now()
    proposal.save()
    emails.ineligible(application, proposal)
    return application


@transaction.atomic
def drop_ineligible(application_id: int, *, by: User) -> None:
    """The proposal is taken back, by whoever made it or by the second person; checking goes on."""
    application = _begin(application_id, by)
    if _open_proposal(application) is None:
        raise Refusal(_("Nobody has proposed this. One person proposes, another agrees."))
    _drop_open_proposal(application)
    record("applications.drop_ineligible", application, by=by, fund=application.fund)


@transaction.atomic
def uphold_appeal(application_id: int, *, reason: str, by: User) -> Application:
    """A manager finds for the applicant within the window; it goes on to review."""
    application = lock_application(application_id)
    authorise_office(by, MANAGE, application)
    _refuse_unless(application, ApplicationState.INELIGIBLE)
    if not reason.strip():
        raise Refusal(_("Say why, in the words the applicant will read."), status=422, field="reason")
    make("uphold_appeal", application, by=by, facts={"reason": reason.strip()})
    emails.appeal_upheld(application, reason.strip())
    return application


def earliest_due_on(today: date) -> date:
    """Five working days from the next one on; holidays differ from city to city and are left to the officer."""
    day, left = today, SHORTEST_ANSWER_TIME
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < SATURDAY
    return day


def _begin(application_id: int, by: User) -> Application:
    application = lock_application(application_id)
    authorise_office(by, SCREEN, application)
    return application


def _refuse_unless(application: Application, state: str) -> None:
    if application.state != state:
        word = application.get_state_display()
        raise Refusal(_("This cannot be done now: it stands at “%(state)s”.") % {"state": word})


def _refuse_unknown_rule(application: Application, rule: str) -> None:
    if rule not in {known.key for known in rules_of(application.stage.call)}:
        raise Refusal(_("The call's check list has no such rule. Choose one of it."), status=422, field="criterion")


def _check_request(application: Application, sections: list[str], reason: str, due_on: date) -> None:
    known = {section.key for section in application.draft.form_version.form.sections}
    if not sections or set(sections) - known:
        raise Refusal(_("Choose the parts that the applicant should change."), status=422, field="sections")
    if not reason.strip():
        raise Refusal(_("Say what you need, in the words the applicant will read."), status=422, field="reason")
    if due_on < earliest_due_on(clock.today(application.fund.time_zone)):
        raise Refusal(_("Give them at least five working days."), status=422, field="due_on")


def _write_back(application: Application, standing: Revision) -> None:
    """What was unlocked and never sent is left behind: the request is about what was received."""
    draft = application.draft
    if draft.answers != standing.answers:
        draft.answers = standing.answers
        draft.version += 1
        draft.save()


def _open_proposal(application: Application) -> Ineligibility | None:
    return application.ineligibilities.filter(confirmed_at__isnull=True, dropped_at__isnull=True).first()


def _drop_open_proposal(application: Application) -> None:
    proposal = _open_proposal(application)
    if proposal:
        proposal.dropped_at = clock.now()
        proposal.save()
