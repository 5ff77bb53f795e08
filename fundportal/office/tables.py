"""Rows of the office as ledgers: what stands in which column, and in which words."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fundportal.accounts.models import RoleGrant, User
from fundportal.accounts.states import RoleState
from fundportal.audit import wording
from fundportal.audit.models import Entry
from fundportal.mail.models import Letter
from fundportal.mail.states import LetterState
from fundportal.templatetags.ledgers import Cell, Column, Ledger
from fundportal.templatetags.lists import Badge, Chip
from fundportal.templatetags.words import DAY_FORMAT, local_day, local_hour

ROLE_KINDS = {RoleState.PROPOSED: "wait", RoleState.ACTIVE: "ok", RoleState.ENDED: "mute"}
LETTER_KINDS = {
    LetterState.QUEUED: "wait",
    LetterState.SENDING: "wait",
    LetterState.SENT: "ok",
    LetterState.FAILED: "stop",
}


def people_table(people: Iterable[User]) -> Ledger:
    columns = [Column(_("Name")), Column(_("Email")), Column(_("Roles in force")), Column(_("Proposed"))]
    rows = [
        [
            Cell(person.full_name, url=reverse("office:person", args=[person.pk])),
            Cell(person.email),
            Cell(_names(person, RoleState.ACTIVE)),
            Cell(_names(person, RoleState.PROPOSED)),
        ]
        for person in people
    ]
    return Ledger(_("People, by name"), columns, rows, has_hidden_caption=True)


def record_table(entries: Iterable[Entry]) -> Ledger:
    """The words first; the code, which an auditor's query needs, small under them."""
    columns = [
        Column(_("What happened")),
        Column(_("To what")),
        Column(_("By whom")),
        Column(_("Fund")),
        Column(_("When")),
    ]
    rows = [
        [
            Cell(wording.words_of(entry.action), detail=_change(entry)),
            Cell(entry.subject_label, url=_history_of(entry)),
            Cell(str(entry.actor) if entry.actor else _("the portal")),
            Cell(entry.fund.name if entry.fund else _("every fund")),
            Cell(local_day(entry.at), detail=local_hour(entry.at)),
        ]
        for entry in entries
    ]
    return Ledger(_("The record, newest first"), columns, rows, has_hidden_caption=True)


def letters_table(letters: Iterable[Letter]) -> Ledger:
    columns = [Column(_("Subject")), Column(_("To")), Column(_("Where it stands")), Column(_("Written"))]
    rows = [
        [
            Cell(letter.subject, url=reverse("office:letter", args=[letter.pk])),
            Cell(letter.to_address),
            Cell(letter_badge(letter)),
            Cell(local_day(letter.created_at), detail=local_hour(letter.created_at)),
        ]
        for letter in letters
    ]
    return Ledger(_("Letters, newest first"), columns, rows, has_hidden_caption=True)


def letter_chips(counts: Mapping[str, int], state: str) -> list[Chip]:
    """All, and each state that any letter stands at."""
    address = reverse("office:letters")
    every = Chip(_("All"), address, sum(counts.values()), is_current=not state)
    return [every] + [
        Chip(each.label, f"{address}?state={each.value}", counts[each], is_current=state == each)
        for each in LetterState
        if counts[each] or state == each
    ]


def letter_badge(letter: Letter) -> Badge:
    return Badge(letter.get_state_display(), LETTER_KINDS[LetterState(letter.state)])


def role_badge(grant: RoleGrant) -> Badge:
    return Badge(grant.get_state_display(), ROLE_KINDS[RoleState(grant.state)])


def role_facts(grant: RoleGrant) -> list[tuple[str, str]]:
    portal = _("the portal")
    facts = [
        (_("Fund"), grant.fund.name if grant.fund else _("Every fund")),
        (_("From"), date_format(grant.starts_on, DAY_FORMAT)),
        (_("Last day"), date_format(grant.ends_on, DAY_FORMAT) if grant.ends_on else _("Until it is ended")),
        (_("Proposed by"), str(grant.proposed_by or portal)),
    ]
    if grant.stands_in_for:
        facts.insert(0, (_("Stands in for"), str(grant.stands_in_for)))
    if grant.approved_at:
        facts.append((_("Approved by"), str(grant.approved_by or portal)))
    return facts


def _names(person: User, state: RoleState) -> str:
    """`visible_grants` was prefetched by `people_for`."""
    grants = [grant for grant in person.visible_grants if grant.state == state]
    return "; ".join(
        f"{grant.get_role_display()} ({grant.fund.name if grant.fund else _('every fund')})" for grant in grants
    )


def _history_of(entry: Entry) -> str:
    """Everything on record about one thing."""
    return "?" + urlencode({"kind": entry.subject_kind, "about": entry.subject_label})


def _change(entry: Entry) -> SafeString:
    change = wording.change_of(entry)
    code = format_html('<code class="tiny">{}</code>', entry.action)
    return format_html("{}<br>{}", change, code) if change else code
