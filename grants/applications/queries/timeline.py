"""What happened to an application, told from the record: the office reads all of it, the applicant what is theirs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fundportal.audit.models import Entry
from fundportal.audit.queries import of_subject
from fundportal.audit.wording import change_of, words_of
from fundportal.templatetags.words import DAY_FORMAT
from grants.applications.fingerprint import short
from grants.applications.models import Application

KIND = "applications.application"


@dataclass(frozen=True)
class Moment:
    """`state` is done, now or later."""

    at: datetime | None
    title: str
    sentence: str = ""
    state: str = "done"


PUBLIC: Mapping[str, Promise] = {
    "applications.start": gettext_lazy("Draft begun"),
    "applications.follow": gettext_lazy("Draft begun with your concept note"),
    "applications.submit": gettext_lazy("Received"),
    "applications.unlock": gettext_lazy("Opened again for changes"),
    "applications.lapse": gettext_lazy("Not sent in time"),
    "applications.begin_screening": gettext_lazy("Being checked"),
    "applications.request_info": gettext_lazy("The fund office asked for something"),
    "applications.resubmit": gettext_lazy("You answered"),
    "applications.mark_eligible": gettext_lazy("Checked: it goes to the reviewers"),
    "applications.mark_ineligible": gettext_lazy("Checked: it does not fit this call"),
    "applications.invite": gettext_lazy("Invited to the next stage"),
    "applications.hold": gettext_lazy("On hold"),
    "applications.resume": gettext_lazy("It goes on"),
    "applications.withdraw": gettext_lazy("Withdrawn"),
    "applications.reinstate": gettext_lazy("Brought back"),
    "applications.disqualify": gettext_lazy("Excluded from this call"),
    "decisions.tell": gettext_lazy("The letter with the decision left"),
    "decisions.file_appeal": gettext_lazy("You appealed"),
    "decisions.tell_appeal": gettext_lazy("The letter with the answer to your appeal left"),
}
BY_APPLICANT = {f"applications.{act}" for act in ("start", "submit", "unlock", "resubmit", "withdraw")}


def timeline(application: Application) -> list[Moment]:
    """Everything, oldest first, with who did it: for the office and the auditor."""
    rows = of_subject(KIND, application.pk)
    return [Moment(row.at, words_of(row.action), _who(row, change_of(row))) for row in rows]


def public_timeline(application: Application) -> list[Moment]:
    """What the applicant may know, oldest first; nothing of what the panel proposed or the body decided."""
    return list(_told(of_subject(KIND, application.pk)))


def _told(rows: object) -> Iterator[Moment]:
    for row in rows:
        title = PUBLIC.get(row.action)
        if title is not None:
            yield Moment(row.at, str(title), _sentence(row))


def _sentence(row: Entry) -> str:
    if row.action in {"applications.submit", "applications.resubmit"}:
        words = {"number": row.facts.get("revision", 1), "seal": short(row.facts.get("sha256", ""))}
        return _who(row, _("Version %(number)s, fingerprint %(seal)s.") % words)
    if row.action == "applications.request_info":
        day = date_format(datetime.fromisoformat(row.facts["due_on"]), DAY_FORMAT)
        return _("Answer by %(day)s.") % {"day": day}
    if row.action == "applications.hold":
        return str(row.facts.get("reason", ""))
    return _who(row, "") if row.action in BY_APPLICANT else ""


def _who(row: Entry, sentence: str) -> str:
    if row.actor is None:
        return sentence
    return (_("%(sentence)s By %(person)s.") % {"sentence": sentence, "person": row.actor.full_name}).strip()
