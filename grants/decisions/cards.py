"""What a person may do with a list now, and why not the rest."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fundportal.access import may
from fundportal.accounts.models import User
from fundportal.lifecycle import why_not
from fundportal.templatetags.words import DAY_FORMAT
from grants.applications.cards import Note
from grants.applications.models import Application
from grants.applications.queries import may_send
from grants.applications.states import APPEAL_WINDOW
from grants.calls.cards import Action
from grants.calls.models import Call
from grants.calls.states import ASSESSING
from grants.decisions.models import Appeal, Deliberation, StageInvitation
from grants.decisions.permissions import ADOPT, APPROVE, CONCLUDE, PREPARE, RELEASE, VIEW
from grants.decisions.queries.appeals import latest_appeal, may_be_appealed
from grants.decisions.queries.feedback import feedback_on
from grants.decisions.queries.invitations import invitation_behind
from grants.decisions.states import AT_THE_DESK, AppealState, DeliberationState

S = DeliberationState
APPEAL_TITLES = {
    AppealState.FILED: gettext_lazy("Your appeal"),
    AppealState.UPHELD: gettext_lazy("Your appeal was upheld"),
    AppealState.DISMISSED: gettext_lazy("Your appeal was dismissed"),
}
MOVES: dict[str, tuple[tuple[str, str, object, str], ...]] = {
    S.PREPARED: (("submit_to_body", PREPARE, gettext_lazy("Put before the body"), ""),),
    S.RETURNED: (("submit_to_body", PREPARE, gettext_lazy("Put before the body again"), ""),),
    S.SUBMITTED_TO_BODY: (
        ("adopt", ADOPT, gettext_lazy("Adopted: hold the money"), ""),
        ("reject", ADOPT, gettext_lazy("Rejected as a whole"), "stop"),
    ),
    S.ADOPTED: (("release", RELEASE, gettext_lazy("Tell everybody now"), ""),),
}


def actions_of(deliberation: Deliberation, *, viewer: User) -> list[Action]:
    """Moves that the reader's role does not have are left out, not greyed."""
    return list(_actions(deliberation, viewer))


def of_call(call: Call, viewer: User) -> Iterator[Action]:
    """What this phase adds to the office's page of a call."""
    if call.state == ASSESSING and may(viewer, CONCLUDE, call.fund):
        yield Action(_("Conclude the call"), reverse("decisions:conclude", args=[call.code]), "small", is_link=True)


def applicant_notes(application: Application, reader: User) -> Iterator[Note]:
    """What the panel said of the concept note, and what can be said against an announced decision."""
    yield from _appeal_notes(application, reader)
    invitation = invitation_behind(application)
    if invitation is not None:
        yield Note(_("What the panel says of your concept note"), (invitation.feedback, *_marks(invitation)))


def _appeal_notes(application: Application, reader: User) -> Iterator[Note]:
    """The same number of questions whatever was decided and not announced."""
    latest = latest_appeal(application)
    if may_be_appealed(application, latest):
        until = (application.released_at + APPEAL_WINDOW).astimezone(ZoneInfo(application.fund.time_zone))
        line = _("You can appeal on procedure until %(day)s.") % {"day": date_format(until, DAY_FORMAT)}
        place = reverse("my_decisions:appeal", args=[application.reference])
        may_file = may_send(reader, application)
        yield Note(
            _("If you think this was wrongly decided"),
            (line,),
            Action(_("Appeal against this decision"), place, "plain", is_link=True) if may_file else None,
        )
    elif latest is not None:
        yield Note(APPEAL_TITLES[AppealState(latest.state)], (latest.grounds, *_answered(latest)))


def _answered(appeal: Appeal) -> tuple[str, ...]:
    """What one of the two answered is nobody's business until the other agrees."""
    if appeal.state == AppealState.FILED:
        return (_("Two people who decide for the fund look at it, and write to you. Until then the decision stands."),)
    return (appeal.reason,)


def office_notes(application: Application, viewer: User) -> Iterator[Note]:
    """An appeal, for whoever sees decisions."""
    latest = latest_appeal(application) if may(viewer, VIEW, application.fund) else None
    if latest is not None:
        place = reverse("decisions:appeal", args=[latest.pk])
        title = _("Appeal: %(state)s") % {"state": latest.get_state_display()}
        yield Note(title, (latest.grounds,), Action(_("Open the appeal"), place, "plain", is_link=True))


def _marks(invitation: StageInvitation) -> Iterator[str]:
    for mark in feedback_on(invitation.application).marks:
        words = {"title": mark.title, "score": mark.score, "meaning": mark.meaning}
        yield _("%(title)s, %(score)s of 5: %(meaning)s") % words


def _actions(deliberation: Deliberation, viewer: User) -> Iterator[Action]:
    fund, place = deliberation.call.fund, [deliberation.pk]
    if deliberation.state == S.SUBMITTED_TO_BODY and may(viewer, APPROVE, fund):
        yield Action(
            _("Approve this list"),
            reverse("decisions:approve", args=place),
            "small",
            _why_not_approve(deliberation, viewer),
        )
    for name, permission, label, kind in MOVES.get(deliberation.state, ()):
        if may(viewer, permission, fund):
            reason = " ".join(why_not(deliberation, name))
            yield Action(label, reverse(f"decisions:{name}", args=place), f"{kind} small".strip(), reason)
    if deliberation.state == S.SUBMITTED_TO_BODY and may(viewer, ADOPT, fund):
        yield Action(_("Send it back"), reverse("decisions:send_back", args=place), "plain small", is_link=True)
    if deliberation.state in {*AT_THE_DESK, S.SUBMITTED_TO_BODY} and may(viewer, PREPARE, fund):
        yield Action(_("Change the meeting"), reverse("decisions:edit", args=place), "plain small", is_link=True)


def _why_not_approve(deliberation: Deliberation, viewer: User) -> str:
    """Reads the prefetched approvals and lines; conflicts are looked at when it is pressed."""
    lines = deliberation.decisions.all()
    advice = [one for line in lines for one in line.application.recommendations.all()]
    if any(approval.by_id == viewer.pk for approval in deliberation.approvals.all()):
        return _("You approved it already.")
    wrote = {deliberation.prepared_by_id, *(line.listed_by_id for line in lines), *(one.by_id for one in advice)}
    return (
        _("You prepared this list or proposed a line of it. Somebody else approves it.") if viewer.pk in wrote else ""
    )
