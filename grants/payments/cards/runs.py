"""What the page of a run shows: what to look at twice, then what this person may do and why not the rest."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fundportal import clock
from fundportal.access import may
from fundportal.accounts.models import User
from fundportal.funds.models import BankAccount
from fundportal.lifecycle import why_not
from fundportal.money import Money, format_money
from fundportal.organisations.forms import country_name
from fundportal.templatetags.ledgers import Cell, Column, Ledger
from fundportal.templatetags.lists import Badge
from grants.awards.models import Tranche
from grants.calls.cards import Action
from grants.payments.models import Instruction, PaymentRun
from grants.payments.permissions import APPROVE_RUN, CONFIRM, IMPORT_LINES, MAKE_RUN
from grants.payments.queries.run_pages import Coverage, account_of, change_of
from grants.payments.states import AT_THE_BANK, BEFORE_EXPORT, BankState, RunState
from grants.payments.tables.bank import ago
from grants.payments.tables.runs import instruction_badge, payment_name

RECENT: Final = timedelta(days=30)


def run_warnings(payments: Iterable[Instruction], coverage: Coverage, run: PaymentRun) -> Iterator[str]:
    """What whoever approves has to have seen; nothing once the bank has it."""
    if run.state not in BEFORE_EXPORT:
        return
    if coverage.left.is_negative:
        missing = {"missing": format_money(-coverage.left)}
        yield _("The account does not carry this run: %(missing)s are missing.") % missing
    count = sum(bool(payment_warnings(payment)) for payment in payments)
    if count:
        sentence = ngettext(
            "Look twice at %(count)s payment of this run: its account has changed or is about to.",
            "Look twice at %(count)s payments of this run: their accounts have changed or are about to.",
            count,
        )
        yield sentence % {"count": count}


def payment_warnings(payment: Instruction) -> list[str]:
    """About the account a payment goes to, the gravest first."""
    return list(_payment_warnings(payment))


def _payment_warnings(payment: Instruction) -> Iterator[str]:
    account, change = payment.bank_details, change_of(payment)
    if account.state != BankState.ACTIVE:
        yield _("These bank details are no longer in use.")
    if change is not None:
        words = {"account": change.masked, "ago": ago(change.proposed_at)}
        yield _("A change to %(account)s was asked for %(ago)s ago.") % words
    if account.is_change and clock.now() - account.proposed_at < RECENT:
        yield _("Bank details changed %(ago)s ago.") % {"ago": ago(account.proposed_at)}


def run_table(payments: Iterable[Instruction], run: PaymentRun) -> Ledger:
    """The foot adds up what this run pays, of the payments listed; it is in the books once the bank has it.

    Until then a column says what to look at.
    """
    listed, is_open = list(payments), run.state in BEFORE_EXPORT
    look_at = [Column(_("Look at"))] if is_open else []
    columns = [
        Column(_("Grantee")),
        Column(_("Goes to")),
        *look_at,
        Column(_("Where it stands")),
        Column(_("Amount"), is_number=True),
    ]
    zero = Money.zero(run.bank_account.currency)
    whole = sum((payment.amount for payment in listed if payment.ended_at is None), zero)
    foot = [Cell(_("Sum")), *(Cell() for _column in columns[2:]), Cell(whole)]
    rows = [_row(one, is_open=is_open) for one in listed]
    is_booked = run.state in AT_THE_BANK
    return Ledger(_("Payments of this run"), columns, rows, foot, is_loose=not is_booked, has_hidden_caption=True)


def overview_actions(accounts: Iterable[BankAccount], free: Iterable[Tranche], *, viewer: User) -> list[Action]:
    """A run for each account out of which something can be paid; and the way to read a statement in."""
    wanted = {(tranche.award.fund_id, tranche.currency) for tranche in free if account_of(tranche)}
    found = [
        Action(
            _("Draft a run out of %(account)s") % {"account": account.label},
            reverse("payments:draft", args=[account.pk]),
            "small",
            is_link=True,
        )
        for account in accounts
        if (account.fund_id, account.currency) in wanted and may(viewer, MAKE_RUN, account.fund)
    ]
    if may(viewer, IMPORT_LINES):
        found.append(Action(_("Read a statement in"), reverse("payments:lines_read"), "plain small", is_link=True))
    return found


def run_actions(run: PaymentRun, *, viewer: User) -> list[Action]:
    """Moves that the reader's role does not have are left out, not greyed."""
    return list(_run_actions(run, viewer))


def _run_actions(run: PaymentRun, viewer: User) -> Iterator[Action]:
    fund, place = run.fund, [run.pk]
    may_make, may_approve = may(viewer, MAKE_RUN, fund), may(viewer, APPROVE_RUN, fund)
    if run.state == RunState.DRAFTED and may_approve:
        yield Action(
            _("Approve this run"), reverse("payments:approve", args=place), "small", _why_not_approve(run, viewer)
        )
    if run.state == RunState.APPROVED and may_make:
        yield Action(
            _("Make the file for the bank"), reverse("payments:export", args=place), "small", _why_not_export(run)
        )
    if hasattr(run, "file") and may_make:
        yield Action(_("Download the file for the bank"), reverse("payments:file", args=place), "small", is_link=True)
    if run.state in BEFORE_EXPORT and (may_make or may_approve):
        yield Action(_("Cancel this run"), reverse("payments:cancel", args=place), "stop small", is_link=True)


def _why_not_approve(run: PaymentRun, viewer: User) -> str:
    """Reads the prefetched rows; conflicts and recommendations are looked at when it is pressed."""
    payments = run.instructions.all()
    if any(approval.by_id == viewer.pk for approval in run.approvals.all()):
        return _("You approved it already.")
    if viewer.pk in {run.made_by_id, *(payment.added_by_id for payment in payments)}:
        return _("You put this run together. Somebody else approves it.")
    return "" if payments else _("Put at least one payment into the run.")


def _why_not_export(run: PaymentRun) -> str:
    if not hasattr(run.bank_account, "paying_account"):
        return _("The numbers of this account are not kept here yet. A finance checker adds them.")
    return " ".join(why_not(run, "export"))


def taken_out(run: PaymentRun, payments: Iterable[Instruction], *, viewer: User) -> list[Action]:
    """While it is put together, by whoever puts runs together."""
    if run.state != RunState.DRAFTED or not may(viewer, MAKE_RUN, run.fund):
        return []
    return [
        Action(
            _("Take out %(payment)s") % {"payment": payment_name(payment.tranche)},
            reverse("payments:remove", args=[run.pk, payment.pk]),
            "plain small",
        )
        for payment in payments
    ]


def put_in(run: PaymentRun, free: Iterable[Tranche], *, viewer: User) -> list[Action]:
    if run.state != RunState.DRAFTED or not may(viewer, MAKE_RUN, run.fund):
        return []
    return [
        Action(
            _("Add %(payment)s: %(amount)s")
            % {"payment": payment_name(tranche), "amount": format_money(tranche.amount)},
            reverse("payments:add", args=[run.pk, tranche.pk]),
            "plain small",
        )
        for tranche in free
    ]


def refused_by_the_bank(payments: Iterable[Instruction], run: PaymentRun, *, viewer: User) -> list[Action]:
    """For what is on its way: one link each to say that it never left."""
    if run.state in BEFORE_EXPORT or not may(viewer, CONFIRM, run.fund):
        return []
    return [
        Action(payment_name(one.tranche), reverse("payments:fail", args=[run.pk, one.pk]), is_link=True)
        for one in payments
        if one.ended_at is None and one.confirmed_at is None
    ]


def _row(payment: Instruction, *, is_open: bool) -> list[Cell]:
    organisation, account = payment.tranche.award.organisation, payment.bank_details
    return [
        Cell(organisation.name, detail=f"{payment_name(payment.tranche)} · {payment.obligation}"),
        Cell(account.masked, detail=f"{account.holder}, {country_name(account.country)}"),
        *([_look_at(payment)] if is_open else []),
        Cell(instruction_badge(payment), detail=payment.end_reason),
        Cell(payment.amount),
    ]


def _look_at(payment: Instruction) -> Cell:
    """A change of account is a warning; that an account is new is only said."""
    warnings = payment_warnings(payment)
    said = [] if payment.was_paid_before else [_("The first payment to this account.")]
    if not warnings:
        return Cell(" ".join(said))
    return Cell(Badge(warnings[0], "wait", "triangle"), detail=" ".join([*warnings[1:], *said]))
