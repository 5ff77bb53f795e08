"""What happened to an award, told from the record: the office reads all of it, the grantee what is theirs."""

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fundportal.audit.models import Entry
from fundportal.audit.wording import change_of, words_of
from fundportal.templatetags.lists import Moment
from grants.awards.models import Award
from grants.awards.queries.pages import entries_of
from grants.awards.states import Side

TOLD: Mapping[str, Promise] = {
    "awards.offer": gettext_lazy("Offered"),
    "awards.change_terms": gettext_lazy("The terms of the offer changed"),
    "awards.accept": gettext_lazy("Accepted"),
    "awards.activate": gettext_lazy("The grant began"),
    "awards.decline": gettext_lazy("Declined"),
    "awards.lapse": gettext_lazy("Not accepted in time"),
    "awards.rescind": gettext_lazy("The fund took the offer back"),
    "awards.suspend": gettext_lazy("Suspended"),
    "awards.resume": gettext_lazy("It goes on"),
    "awards.change_amount": gettext_lazy("The amount changed"),
    "awards.move_end": gettext_lazy("The last day moved"),
    "awards.change_budget": gettext_lazy("The budget changed"),
    "awards.note_spending": gettext_lazy("The spending is known"),
    "awards.take_back": gettext_lazy("Unspent money came back"),
    "awards.let_keep": gettext_lazy("Unspent money is kept"),
    "awards.waive_unspent": gettext_lazy("Unspent money is not asked back"),
    "awards.begin_closing": gettext_lazy("Everything is paid"),
    "awards.close": gettext_lazy("Closed"),
    "awards.terminate": gettext_lazy("Ended early"),
    "agreements.send": gettext_lazy("The agreement was sent"),
    "agreements.ask_for_change": gettext_lazy("A change of the agreement was asked for"),
    "agreements.agree": gettext_lazy("Both sides approved the text"),
    "agreements.sign": gettext_lazy("Signed"),
    "agreements.execute": gettext_lazy("The agreement is in force"),
    "agreements.annul": gettext_lazy("The agreement is void"),
    "amendments.submit": gettext_lazy("A change was proposed"),
    "amendments.approve": gettext_lazy("The change is approved"),
    "amendments.reject": gettext_lazy("The change is refused"),
    "amendments.withdraw": gettext_lazy("The change is withdrawn"),
    "amendments.apply": gettext_lazy("The change is in force"),
    "reports_due.move_days": gettext_lazy("Its days moved"),
    "tranches.plan": gettext_lazy("Added to the plan"),
    "tranches.get_ready": gettext_lazy("Can be asked for"),
    "tranches.request": gettext_lazy("Asked for"),
    "tranches.approve": gettext_lazy("Approved by the fund"),
    "tranches.instruct": gettext_lazy("Sent to the bank"),
    "tranches.pay": gettext_lazy("Paid"),
    "tranches.fail": gettext_lazy("Refused by the bank"),
    "tranches.come_back": gettext_lazy("Sent back by the bank"),
    "tranches.hold": gettext_lazy("Put on hold"),
    "tranches.release": gettext_lazy("No longer on hold"),
    "tranches.cancel": gettext_lazy("Cancelled"),
    "tranches.meet_condition": gettext_lazy("A condition is met"),
    "tranches.waive_condition": gettext_lazy("A condition is waived"),
    "reports_due.open": gettext_lazy("Can be written"),
    "reports_due.submit": gettext_lazy("Received"),
    "reports_due.ask_for_changes": gettext_lazy("Sent back with a question"),
    "reports_due.accept": gettext_lazy("Accepted"),
    "reports_due.waive": gettext_lazy("Not needed any more"),
}
BY_GRANTEE = {
    *("awards.accept", "awards.decline", "agreements.ask_for_change", "agreements.sign", "tranches.request"),
    "reports_due.submit",
}
# What a fact of the record says that both sides may read.
SAID = ("reason", "condition")
ENDS = (".", "!", "?", "…")


def timeline(award: Award) -> list[Moment]:
    """Everything, oldest first, with who did it: for the office and the auditor."""
    names, zone = _names(award), award.fund.time_zone
    return [
        Moment(words_of(row.action), _sentence(row, names, _change(row), is_named=True), row.at, "done", zone)
        for row in entries_of(award, Side.FUND)
    ]


def told_timeline(award: Award) -> list[Moment]:
    """What the grantee reads, oldest first: no draft of the fund's, and no names but those of who acted for them."""
    return list(_told(award))


def _told(award: Award) -> Iterator[Moment]:
    names, zone = _names(award), award.fund.time_zone
    for row in entries_of(award, Side.GRANTEE):
        if title := TOLD.get(row.action):
            text = _sentence(row, names, "", is_named=row.action in BY_GRANTEE)
            yield Moment(str(title), text, row.at, "done", zone)


def _names(award: Award) -> dict[tuple[str, str], str]:
    """Which payment, report or agreement an entry is about; reads the prefetched rows."""
    named = {_key(one): _("Payment %(number)s.") % {"number": one.number} for one in award.tranches.all()}
    named |= {_key(one): _("Report %(number)s.") % {"number": one.number} for one in award.reports_due.all()}
    named |= {_key(one): _("Change %(number)s.") % {"number": one.number} for one in award.amendments.all()}
    agreements = list(award.agreements.all())
    if len(agreements) > 1:
        named |= {_key(one): _("Agreement %(number)s.") % {"number": one.number} for one in agreements}
    return named


def _key(row: object) -> tuple[str, str]:
    return row._meta.label_lower, str(row.pk)  # type: ignore[attr-defined]  # every row is a model


def _sentence(row: Entry, names: Mapping[tuple[str, str], str], change: str, *, is_named: bool) -> str:
    said = [str(row.facts[name]) for name in SAID if row.facts.get(name)]
    parts = [names.get((row.subject_kind, row.subject_id), ""), change, *said]
    if is_named and row.actor is not None:
        parts.append(_("By %(person)s.") % {"person": row.actor.full_name})
    return " ".join(part if part.endswith(ENDS) else f"{part}." for part in parts if part)


def _change(row: Entry) -> str:
    """Nothing where it stayed where it was."""
    return "" if row.before and row.before == row.after else change_of(row)
