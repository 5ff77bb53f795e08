"""Applications as ledgers: what stands in which column, and in which words."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from fundportal.money import Money, format_money
from fundportal.templatetags.ledgers import Cell, Column, Ledger
from fundportal.templatetags.lists import Badge
from fundportal.templatetags.words import local_day, local_hour, local_time
from grants.applications.fingerprint import short
from grants.applications.models import Application, Revision
from grants.applications.states import ApplicationState, public_word

NOTHING = "–"
KINDS = {
    ApplicationState.SCREENING: "wait",
    ApplicationState.INFO_REQUESTED: "wait",
    ApplicationState.ELIGIBLE: "ok",
    ApplicationState.INELIGIBLE: "stop",
    ApplicationState.IN_REVIEW: "full",
    ApplicationState.REVIEWED: "full",
    ApplicationState.RECOMMENDED: "ok",
    ApplicationState.APPROVED: "ok",
    ApplicationState.RESERVE: "wait",
    ApplicationState.ON_HOLD: "wait",
    ApplicationState.WITHDRAWN: "mute",
    ApplicationState.DISQUALIFIED: "stop",
}


def office_badge(application: Application) -> Badge:
    return Badge(application.get_state_display(), KINDS.get(ApplicationState(application.state), ""))


def public_badge(application: Application) -> Badge:
    word = public_word(application.state, is_released=application.released_at is not None)
    return Badge(word.label, word.shape)


def office_table(applications: Iterable[Application]) -> Ledger:
    columns = [
        Column(_("Applicant")),
        Column(_("Project")),
        Column(_("Where it stands")),
        Column(_("Arrived")),
        Column(_("Asked for"), is_number=True),
    ]
    rows = [
        [
            Cell(
                application.organisation.name,
                url=reverse("applications:application", args=[application.reference]),
                detail=application.reference,
            ),
            Cell(application.title or NOTHING, detail=application.stage.call.title),
            Cell(office_badge(application)),
            Cell(
                local_day(application.submitted_at, application.stage.zone),
                detail=local_hour(application.submitted_at, application.stage.zone),
            ),
            Cell(asked_for(application.requested)),
        ]
        for application in applications
    ]
    return Ledger(_("Applications"), columns, rows, has_hidden_caption=True)


def asked_for(money: Money | None) -> str:
    """Cents only where there are some: it is what somebody asks for, not what stands in the books."""
    return NOTHING if money is None else format_money(money, cents=not money.is_whole)


def my_table(applications: Iterable[Application]) -> Ledger:
    columns = [Column(_("Application")), Column(_("Call")), Column(_("Where it stands")), Column(_("Deadline"))]
    rows = [
        [
            Cell(
                application.title or _("Without a title yet"),
                url=reverse("my_applications:application", args=[application.reference]),
                detail=f"{application.reference}, {application.organisation.name}",
            ),
            Cell(application.stage.call.title),
            Cell(public_badge(application)),
            Cell(local_day(application.stage.deadline_at, application.stage.zone)),
        ]
        for application in applications
    ]
    return Ledger(_("Your applications"), columns, rows, has_hidden_caption=True)


def application_facts(application: Application, standing: Revision) -> list[tuple[object, object]]:
    """What the office reads beside the answers: the organisation as it was when this was sent."""
    profile = standing.profile
    return [
        (_("Applicant"), profile["name"]),
        (_("Where"), ", ".join(filter(None, (profile["city"], profile["country"])))),
        (_("People who sign"), ", ".join(profile["signatories"]) or NOTHING),
        (_("Asks for"), asked_for(standing.requested)),
        (_("Arrived"), local_time(standing.arrived_at, application.stage.zone)),
        (_("Sent by"), standing.submitted_by.full_name),
        (_("Version"), standing.number),
        (_("Fingerprint"), short(standing.sha256)),
    ]
