"""Figures from the books, positive on the account's own side: contributions received, fees paid, money held."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import F, QuerySet, Sum

from fundportal.funds.models import Fund, Purpose
from fundportal.ledger.chart import CHART, heading_of
from fundportal.ledger.holds import held
from fundportal.ledger.models import Journal, Posting
from fundportal.ledger.states import AccountKind, Side
from fundportal.money import Money

Sources = Iterable[str] | QuerySet
TOGETHER: Final = None
Pot = int | str | None  # the id of a purpose, the code of a bank account, or all purposes of the fund together
Means = dict[tuple[Pot, str], Money]  # by pot and currency


@dataclass(frozen=True, slots=True)
class AccountBalance:
    code: str
    kind: AccountKind
    balance: Money


@dataclass(frozen=True, slots=True)
class PurposeBalance:
    """One purpose in one currency. `disputed` is given money a bank may take back; it is not available meanwhile.

    `commitments_receivable` is what funders still owe; it stands in `contributions` already.
    """

    purpose_id: int
    contributions: Money
    other_income: Money
    fees: Money
    costs: Money
    grants_awarded: Money
    exchange: Money
    disputed: Money
    commitments_receivable: Money

    @property
    def available(self) -> Money:
        """What is not spent, promised or disputed; below zero when a dispute took money that was promised already."""
        spent = self.fees + self.costs + self.grants_awarded
        return self.contributions + self.other_income - spent + self.exchange - self.disputed


def total(
    fund: Fund, account: str = "contributions", *, purpose: Purpose | None = None, sources: Sources | None = None
) -> Money:
    """One account in the fund's own currency; `sources` narrows it to facts by source id (ids, or a subquery of them).

    `account` is a heading of the chart: "stripe" sums every stripe account of the fund.
    """
    postings = _of_heading(account).filter(account__fund=fund, currency=fund.settlement_currency)
    if purpose is not None:
        postings = postings.filter(purpose=purpose)
    if sources is not None:
        postings = postings.filter(journal__source_id__in=sources)
    debit = postings.aggregate(debit=Sum("amount_minor", default=0))["debit"]
    return _on_its_side(CHART[account].side, debit, fund.settlement_currency)


def totals_by_fund(account: str = "contributions") -> dict[int, Money]:
    """For public pages: every fund that has any, by fund id, each in its own currency. One query."""
    rows = (
        _of_heading(account)
        .filter(currency=F("account__fund__settlement_currency"))
        .order_by()
        .values_list("account__fund", "currency")
        .annotate(Sum("amount_minor"))
    )
    return {fund: _on_its_side(CHART[account].side, debit, currency) for fund, currency, debit in rows}


def balances(fund: Fund) -> list[AccountBalance]:
    """Every account of the fund with lines, by code and currency; zero balances included. One query."""
    rows = (
        Posting.objects.filter(account__fund=fund)
        .values_list("account__code", "account__kind", "account__normal_side", "currency")
        .annotate(debit=Sum("amount_minor"))
        .order_by("account__code", "currency")
    )
    return [
        AccountBalance(code, AccountKind(kind), _on_its_side(side, debit, currency))
        for code, kind, side, currency, debit in rows
    ]


def balance(fund: Fund, code: str, currency: str | None = None) -> Money:
    """One account by its full code (`stripe:acct_1`), in the fund's own currency unless another is named."""
    wanted = currency or fund.settlement_currency
    found = [row.balance for row in balances(fund) if row.code == code and row.balance.currency == wanted]
    return found[0] if found else Money.zero(wanted)


def purpose_balances(fund: Fund) -> list[PurposeBalance]:
    """Every purpose of the fund with lines, by purpose and currency. One query."""
    rows = (
        Posting.objects.filter(account__fund=fund, account__by_purpose=True)
        .values_list("purpose", "currency", "account__code", "account__normal_side")
        .annotate(debit=Sum("amount_minor"))
        .order_by("purpose__position", "purpose", "currency", "account__code")
    )
    found: dict[tuple[int, str], dict[str, Money]] = {}
    for purpose, currency, code, side, debit in rows:
        figures, name = found.setdefault((purpose, currency), {}), heading_of(code).name
        figures[name] = figures.get(name, Money.zero(currency)) + _on_its_side(side, debit, currency)
    return [_purpose_balance(purpose, currency, accounts) for (purpose, currency), accounts in found.items()]


def available(purpose: Purpose, currency: str | None = None) -> Money:
    """What a purpose has and has not spent or promised, in the fund's own currency unless another is named."""
    wanted = currency or purpose.fund.settlement_currency
    for row in purpose_balances(purpose.fund):
        if row.purpose_id == purpose.pk and row.available.currency == wanted:
            return row.available
    return Money.zero(wanted)


def may_promise(purpose: Purpose, currency: str | None = None) -> Money:
    """The most that a new promise may take from a purpose; zero while the fund is in deficit.

    A purpose promises no more than it has, and the fund no more than its purposes have together: who is overdrawn is
    covered before another one promises. What funders still owe counts where the fund says so.
    """
    wanted = currency or purpose.fund.settlement_currency
    left = means(purpose.fund)
    zero = Money.zero(wanted)
    return max(zero, min(left.get((purpose.pk, wanted), zero), left.get((TOGETHER, wanted), zero)))


def may_pay(fund: Fund, bank: str, currency: str | None = None) -> Money:
    """The most that may be instructed now at a bank account, by its code in the books."""
    zero = Money.zero(currency or fund.settlement_currency)
    return max(zero, means(fund).get((bank, zero.currency), zero))


def means(fund: Fund, journal: Journal | None = None) -> Means:
    """What is left to draw on, below zero where overdrawn; with a journal, what that one put in or took.

    A bank account has what it holds less the payments instructed and not yet gone, a purpose what it has less what is
    set aside for decisions whose award is not in the books. One query, and one for each source of holds.
    """
    lines = Posting.objects.filter(account__fund=fund)
    if journal is not None:
        lines = lines.filter(journal=journal)
    rows = lines.order_by().values_list("account__code", "purpose", "currency").annotate(Sum("amount_minor"))
    found: Means = {}
    for code, purpose, currency, debit in rows:
        name, _colon, kept_for = code.partition(":")
        if name in {"bank", "payments_in_transit"}:
            _add(found, kept_for, Money(debit, currency))
        if purpose and not (fund.may_promise_receivables and name == "commitments_receivable"):
            _add(found, purpose, Money(-debit, currency))
            _add(found, TOGETHER, Money(-debit, currency))
    if journal is None:
        set_aside(found, held(fund))
    return found


def set_aside(found: Means, lines: Iterable[tuple[int, Money]]) -> None:
    """Takes what is held back out of its purpose, and out of all purposes together."""
    for purpose, amount in lines:
        _add(found, purpose, -amount)
        _add(found, TOGETHER, -amount)


def journal_of(fund: Fund, source: tuple[str, str]) -> Journal | None:
    """The journal of a fact, named by source kind and id."""
    kind, identifier = source
    return Journal.objects.filter(fund=fund, source_kind=kind, source_id=identifier).first()


def _add(found: Means, pot: Pot, amount: Money) -> None:
    found[pot, amount.currency] = found.get((pot, amount.currency), Money.zero(amount.currency)) + amount


def _of_heading(name: str) -> QuerySet[Posting]:
    """Raises KeyError for a name outside the chart."""
    if not CHART[name].is_many:
        return Posting.objects.filter(account__code=name)
    return Posting.objects.filter(account__code__startswith=f"{name}:")


def _purpose_balance(purpose: int, currency: str, accounts: dict[str, Money]) -> PurposeBalance:
    headings = [name for name, heading in CHART.items() if heading.by_purpose]
    return PurposeBalance(purpose, **{name: accounts.get(name, Money.zero(currency)) for name in headings})


def _on_its_side(side: str, debit: int, currency: str) -> Money:
    return Money(debit if side == Side.DEBIT else -debit, currency)
