"""What waits for whoever checks accounts, makes runs, approves them, and reads the bank's statement."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fundportal.access import ALL, funds_where
from fundportal.accounts.models import User
from fundportal.organisations.queries import conflicted_ids
from fundportal.waiting import Waiting
from grants.awards.models import Tranche
from grants.awards.states import AwardState, TrancheState
from grants.payments.models import BankDetails, BankLine, Instruction, PaymentRun
from grants.payments.permissions import APPROVE_RUN, CONFIRM, MAKE_RUN, VERIFY_BANK
from grants.payments.queries.payable import HAS_AN_ACCOUNT, IN_A_RUN
from grants.payments.states import BankState, RunState


def to_check(user: User) -> Iterator[Waiting]:
    given = BankDetails.objects.filter(state=BankState.PROPOSED).exclude(organisation__in=conflicted_ids(user))
    for details in _in_funds(given, user, VERIFY_BANK, "fund").select_related("organisation").order_by("pk"):
        sentence = _("The bank details of %(name)s wait for your check.") % {"name": details.organisation}
        yield Waiting(sentence, reverse("payments:bank", args=[details.pk]))


def to_pay(user: User) -> Iterator[Waiting]:
    """Approved and in no run, with an account to go to."""
    approved = Tranche.objects.filter(state=TrancheState.APPROVED, award__state=AwardState.ACTIVE)
    free = approved.filter(~Exists(IN_A_RUN), Exists(HAS_AN_ACCOUNT)).exclude(
        award__organisation__in=conflicted_ids(user)
    )
    count = _in_funds(free, user, MAKE_RUN, "award__fund").count()
    if count:
        sentence = ngettext(
            "%(count)s approved payment is in no run yet.", "%(count)s approved payments are in no run yet.", count
        )
        yield Waiting(sentence % {"count": count}, reverse("payments:payments"), count)


def to_approve(user: User) -> Iterator[Waiting]:
    """Runs that this person has not approved and did not put together."""
    drafted = PaymentRun.objects.filter(state=RunState.DRAFTED).filter(Exists(_paying()))
    mine = Q(made_by=user.pk) | Q(approvals__by=user.pk) | Q(instructions__added_by=user.pk)
    barred = Exists(_paying().filter(tranche__award__organisation__in=conflicted_ids(user)))
    for run in _in_funds(drafted.exclude(mine).exclude(barred), user, APPROVE_RUN, "fund").order_by("pk"):
        sentence = _("The payment run %(name)s waits for your approval.") % {"name": run}
        yield Waiting(sentence, reverse("payments:run", args=[run.pk]))


def to_export(user: User) -> Iterator[Waiting]:
    approved = PaymentRun.objects.filter(state=RunState.APPROVED)
    barred = Exists(_paying().filter(tranche__award__organisation__in=conflicted_ids(user)))
    for run in _in_funds(approved.exclude(barred), user, MAKE_RUN, "fund").order_by("pk"):
        sentence = _("The payment run %(name)s is approved and can go to the bank.") % {"name": run}
        yield Waiting(sentence, reverse("payments:run", args=[run.pk]))


def to_explain(user: User) -> Iterator[Waiting]:
    count = _in_funds(BankLine.objects.unmatched(), user, CONFIRM, "bank_account__fund").count()
    if count:
        sentence = ngettext(
            "%(count)s line of a bank statement is not understood yet.",
            "%(count)s lines of bank statements are not understood yet.",
            count,
        )
        yield Waiting(sentence % {"count": count}, reverse("payments:lines"), count)


def _paying() -> QuerySet[Instruction]:
    return Instruction.objects.in_force().filter(run=OuterRef("pk"))


def _in_funds(rows: QuerySet, user: User, permission: str, fund: str) -> QuerySet:
    funds = funds_where(user, permission)
    return rows if funds == ALL else rows.filter(**{f"{fund}__in": funds})
