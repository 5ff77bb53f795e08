"""The acknowledgement as it is read: one shape for the page, the PDF and the letter, so that they cannot differ."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fundportal.languages import direction
from fundportal.money import format_money
from fundportal.templatetags.words import DAY_FORMAT, time_of_day, zone_name
from grants.applications.fingerprint import in_groups, short
from grants.applications.models import Revision
from grants.questionnaires.answers import SheetSection, sheet


@dataclass(frozen=True)
class Acknowledgement:
    """Every word of it in one language; `following` says who writes next and by when."""

    language: str
    direction: str
    fund: str
    title: str
    reference: str
    heading: str
    opening: str
    following: str
    rows: tuple[tuple[str, str], ...]
    seal: str
    short_seal: str
    practice: str
    theme: str
    sections: list[SheetSection]


def acknowledgement(revision: Revision, language: str | None = None) -> Acknowledgement:
    """Reads application, stage, call and fund of the revision."""
    application = revision.application
    fund = application.fund
    language = language or application.language
    with translation.override(language):
        return Acknowledgement(
            language=language,
            direction=direction(language),
            fund=fund.name,
            title=_("Acknowledgement"),
            reference=application.reference,
            heading=_("We have your application"),
            opening=_opening(revision),
            following=_following(revision),
            rows=tuple(_rows(revision)),
            seal=in_groups(revision.sha256),
            short_seal=short(revision.sha256),
            practice=_("Sandbox: no money moves. People and organisations are made up.") if fund.is_practice else "",
            theme=fund.theme,
            sections=sheet(revision.form_version.form, revision.answers, language),
        )


def moment_of(revision: Revision) -> str:
    """29 January 2027, 16:58:03, New York time: the seconds are what a deadline is about."""
    zone = revision.application.stage.zone
    local = _local(revision)
    words = {
        "day": date_format(local, DAY_FORMAT),
        "time": f"{time_of_day(local)}:{local.second:02d}",
        "zone": zone_name(zone),
    }
    return _("%(day)s, %(time)s, %(zone)s") % words


def _local(revision: Revision) -> datetime:
    return revision.arrived_at.astimezone(ZoneInfo(revision.application.stage.zone))


def _opening(revision: Revision) -> str:
    words = {"time": time_of_day(_local(revision)), "seal": short(revision.sha256)}
    return _("Received at %(time)s, in time. Fingerprint %(seal)s.") % words


def _following(revision: Revision) -> str:
    call = revision.application.stage.call
    if call.decision_by_on is None:
        return _("The fund office checks it once the call has closed, and writes to you.")
    day = date_format(call.decision_by_on, DAY_FORMAT)
    return _("The fund office checks it once the call has closed. You hear the decision by %(day)s.") % {"day": day}


def _rows(revision: Revision) -> list[tuple[str, str]]:
    application = revision.application
    rows = [
        (_("Reference"), application.reference),
        (_("Call"), application.stage.call.title),
        (_("Organisation"), revision.profile["name"]),
        (_("Project"), revision.title),
    ]
    if revision.requested:
        asked = format_money(revision.requested, cents=not revision.requested.is_whole, code=True)
        rows.append((_("Asked for"), asked))
    rows += [
        (_("Arrived"), moment_of(revision)),
        (_("Sent by"), revision.submitted_by.full_name),
        (_("Version"), str(revision.number)),
        (_("Written in"), dict(settings.LANGUAGES).get(revision.language, revision.language)),
    ]
    return [(label, str(value)) for label, value in rows]
