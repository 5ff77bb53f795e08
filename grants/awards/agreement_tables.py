"""Agreements and their wordings as ledgers and facts."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fundportal.templatetags.ledgers import Cell, Column, Ledger
from fundportal.templatetags.words import DAY_FORMAT, local_day, local_time
from grants.awards.documents import FIELDS, NEEDED
from grants.awards.models import Agreement
from grants.awards.queries.wordings import Wording
from grants.awards.states import Side

MEANINGS = {
    "reference": gettext_lazy("The reference of the grant"),
    "fund": gettext_lazy("The name of the fund"),
    "grantee": gettext_lazy("The name of the grantee"),
    "title": gettext_lazy("The title of the project"),
    "purpose": gettext_lazy("The purpose that the money is kept for"),
    "amount": gettext_lazy("The amount"),
    "starts_on": gettext_lazy("The first day of the grant"),
    "ends_on": gettext_lazy("The last day of the grant"),
    "payments": gettext_lazy("The payments, one a line, with what each waits for"),
    "reports": gettext_lazy("The reports, one a line, with their days"),
    "indicators": gettext_lazy("What is counted, one a line, with the aim"),
    "budget": gettext_lazy("The budget, line by line"),
}


def field_facts() -> list[tuple[object, object]]:
    """The fields that a wording may use, and those it has to."""
    return [(f"{{{name}}}", _meaning(name)) for name in FIELDS]


def _meaning(name: str) -> str:
    meaning = str(MEANINGS.get(name, name))
    return _("%(meaning)s (needed)") % {"meaning": meaning} if name in NEEDED else meaning


def wordings_table(wordings: Iterable[Wording]) -> Ledger:
    columns = [Column(_("Fund")), Column(_("Language")), Column(_("Version")), Column(_("Changed"))]
    names = dict(settings.LANGUAGES)
    rows = [
        [
            Cell(one.fund.name, url=reverse("awards:text", args=[one.fund.code, one.language])),
            Cell(names[one.language]),
            Cell(one.current.number if one.current else _("what every fund begins with")),
            _changed(one),
        ]
        for one in wordings
    ]
    return Ledger(_("Texts of agreements"), columns, rows, has_hidden_caption=True)


def agreement_facts(agreement: Agreement, zone: str) -> list[tuple[object, object]]:
    """Who approved and who signed it, and over which text; reads the prefetched rows."""
    sides = dict(Side.choices)
    facts: list[tuple[object, object]] = [(_("Written"), local_time(agreement.prepared_at, zone))]
    for approval in agreement.approvals.all():
        if approval.sha256 == agreement.sha256:
            words = {"side": sides[approval.side]}
            facts.append((_("Approved: %(side)s") % words, f"{approval.by.full_name}, {_day(approval.at, zone)}"))
    for signature in agreement.signatures.all():
        said = {"name": signature.name_typed, "factor": signature.get_identity_factor_display()}
        signed = _("%(name)s, known by: %(factor)s") % said
        facts.append((_("Signed: %(side)s") % {"side": sides[signature.side]}, f"{signed}, {_day(signature.at, zone)}"))
    return facts


def _changed(wording: Wording) -> Cell:
    if wording.current is None:
        return Cell("–")
    by = wording.current.by.full_name if wording.current.by else ""
    return Cell(local_day(wording.current.at, wording.fund.time_zone), detail=by)


def _day(moment: datetime, zone: str) -> str:
    return date_format(moment.astimezone(ZoneInfo(zone)), DAY_FORMAT)
