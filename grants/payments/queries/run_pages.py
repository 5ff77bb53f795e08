"""Payment runs as pages show them, and what may go into one."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet, Sum

from fundportal.access import ALL, funds_where
from fundportal.accounts.models import User
from fundportal.funds.models import BankAccount
from fundportal.ledger.models import Posting
from fundportal.ledger.queries import means
from fundportal.money import Money
from fundportal.organisations.queries import conflicted_ids
from grants.awards.models import Award, Tranche
from grants.awards.states import AwardState, TrancheState
from grants.payments.models import BankDetails, Instruction, PaymentRun, RunApproval
from grants.payments.permissions import VIEW
from grants.payments.queries.payable import IN_A_RUN, payable_tranches
from grants.payments.states import BEFORE_EXPORT, PENDING, BankState

PER_PAGE = 25
CURRENT_ACCOUNTS = BankDetails.objects.filter(state__in=(*PENDING, BankState.ACTIVE)).order_by("-pk")


@dataclass(frozen=True)
class Coverage:
    """Whether the bank account carries a run; `left` is below zero when it does not."""

    whole: Money
    available: Money
    is_before_the_bank: bool

    @property
    def left(self) -> Money:
        return self.available - self.whole


def run_page(person: User, number: object) -> Page[PaymentRun]:
    """The newest first, each with how many payments it has and what they come to."""
    found = PaymentRun.objects.visible_to(person).annotate(
        payments=Count("instructions"), whole=Sum("instructions__amount_minor", default=0)
    )
    known = found.select_related("fund", "bank_account", "made_by").order_by("-made_at", "-pk")
    return Paginator(known, PER_PAGE).get_page(number)


def run_in_full(person: User, pk: int) -> PaymentRun | None:
    """With its payments by reference and the people who approved it, in a constant number of queries.

    `was_paid_before` of a payment: another one went to the same account and was not sent back.
    """
    gone = Instruction.objects.in_force().filter(bank_details=OuterRef("bank_details"), confirmed_at__isnull=False)
    known = Instruction.objects.select_related("bank_details", "tranche__award__organisation").annotate(
        was_paid_before=Exists(gone.exclude(pk=OuterRef("pk")))
    )
    parts = (
        Prefetch("instructions", known.order_by("obligation", "pk")),
        Prefetch("approvals", RunApproval.objects.select_related("by").order_by("at", "pk")),
        Prefetch("instructions__tranche__award__organisation__bank_details", CURRENT_ACCOUNTS),
    )
    runs = PaymentRun.objects.visible_to(person).select_related(
        "fund", "bank_account__paying_account", "made_by", "file"
    )
    return runs.prefetch_related(*parts).filter(pk=pk).first()


def coverage_of(run: PaymentRun) -> Coverage:
    """Reads the prefetched payments. Payments that ended count no more."""
    account = run.bank_account
    zero = Money.zero(account.currency)
    whole = sum((each.amount for each in run.instructions.all() if each.ended_at is None), zero)
    return Coverage(whole, means(run.fund).get((account.code, account.currency), zero), run.state in BEFORE_EXPORT)


def free_tranches(person: User) -> QuerySet[Tranche]:
    """Approved, in no run, and of organisations this person does not keep away from; the longest waiting first."""
    found = Tranche.objects.filter(~Exists(IN_A_RUN), state=TrancheState.APPROVED, award__state=AwardState.ACTIVE)
    funds = funds_where(person, VIEW)
    here = found if funds == ALL else found.filter(award__fund__in=funds)
    free = here.exclude(award__organisation__in=conflicted_ids(person))
    return _with_accounts(free.order_by("approved_at", "pk"))


def payable_from(account: BankAccount, person: User) -> QuerySet[Tranche]:
    """What a run out of this account may take, by the day it was planned for."""
    return _with_accounts(payable_tranches(account.fund, person).filter(currency=account.currency))


def account_of(tranche: Tranche) -> BankDetails | None:
    """In use now; reads the prefetched rows."""
    rows = tranche.award.organisation.bank_details.all()
    return next((row for row in rows if row.state == BankState.ACTIVE), None)


def change_of(instruction: Instruction) -> BankDetails | None:
    """Newer details of the same organisation that wait to be used; reads the prefetched rows."""
    rows = instruction.tranche.award.organisation.bank_details.all()
    return next((row for row in rows if row.state in PENDING), None)


def bank_accounts_of(person: User, permission: str) -> QuerySet[BankAccount]:
    funds = funds_where(person, permission)
    found = BankAccount.objects.all() if funds == ALL else BankAccount.objects.filter(fund__in=funds)
    return found.select_related("fund", "paying_account").order_by("fund__code", "code")


def money_in(accounts: Iterable[BankAccount]) -> dict[int, Money]:
    """What each holds by the books, less what is on its way. One query."""
    listed = list(accounts)
    codes = [f"{name}:{account.code}" for account in listed for name in ("bank", "payments_in_transit")]
    here = Posting.objects.filter(account__fund__in=[account.fund_id for account in listed], account__code__in=codes)
    rows = here.order_by().values_list("account__fund", "account__code", "currency").annotate(Sum("amount_minor"))
    held: Counter[tuple[int, str, str]] = Counter()
    for fund, code, currency, minor in rows:
        held[fund, code.partition(":")[2], currency] += minor
    return {each.pk: Money(held[each.fund_id, each.code, each.currency], each.currency) for each in listed}


def sent_to(person: User, number: object) -> Page[Instruction]:
    """What was sent to the organisations this person works for, the newest first; cancelled runs are left out."""
    ours = Instruction.objects.filter(
        tranche__award__in=Award.objects.of_grantee(person).order_by().values("pk"), run__exported_at__isnull=False
    ).select_related("tranche__award__organisation", "tranche__award__fund", "run", "bank_details")
    return Paginator(ours.order_by("-run__exported_at", "obligation"), PER_PAGE).get_page(number)


def _with_accounts(tranches: QuerySet[Tranche]) -> QuerySet[Tranche]:
    known = tranches.select_related("award__organisation", "award__fund")
    return known.prefetch_related(Prefetch("award__organisation__bank_details", CURRENT_ACCOUNTS))
