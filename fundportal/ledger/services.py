"""Booking a fact, taking a whole journal back, closing a period."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.access import SystemActor, authorise
from fundportal.audit.services import record
from fundportal.funds.models import Fund, Purpose
from fundportal.ledger.chart import heading_of
from fundportal.ledger.models import Account, Journal, Period, Posting
from fundportal.ledger.queries import TOGETHER, Pot, journal_of, means
from fundportal.ledger.states import INTERNAL_ACTS, JournalKind, PeriodState
from fundportal.lifecycle import move
from fundportal.money import Money, format_money
from fundportal.refusals import Refusal

FEWEST_LINES = 2
ATTEMPTS = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A debit when the amount is positive, a credit when negative."""

    account_code: str
    amount: Money
    purpose: Purpose | None = None
    party: str = ""


@dataclass(frozen=True, slots=True)
class Memo:
    """`memo` is for staff; `public_memo` may be shown to everybody and names nobody."""

    memo: str = ""
    public_memo: str = ""


@dataclass(frozen=True, slots=True)
class _Entry:
    fund: Fund
    kind: str
    source: tuple[str, str]
    lines: tuple[Line, ...]
    by: Any
    business_on: date
    texts: Memo
    reverses: Journal | None = None


def post(  # noqa: PLR0913  (a journal has these facts, each named at the call)
    *,
    fund: Fund,
    kind: str,
    source: tuple[str, str],
    lines: Sequence[Line],
    by: Any,
    business_on: date,
    texts: Memo | None = None,
) -> Journal:
    """Books a fact in the caller's transaction, or returns the journal it was booked with before.

    `source` names the fact by kind and id. Lines of zero are left out. Raises Refusal when the fact is in the books
    with other lines or an internal act would overdraw, ValueError when the lines do not make a journal. Whoever calls
    has checked who may.
    """
    moving = tuple(line for line in lines if not line.amount.is_zero)
    entry = _Entry(fund, kind, source, moving, by, business_on, texts or Memo())
    _check(entry)
    return _enter(entry)


@transaction.atomic
def reverse(journal_id: UUID, *, by: Any, texts: Memo | None = None) -> Journal:
    """Takes a whole journal back with its mirror image, today. Once, and never a reversal itself.

    Two who do so at once wait for each other at the fund: a row that may never be changed cannot be locked either.
    """
    journal = Journal.objects.with_lines().get(pk=journal_id)
    authorise(by, "ledger.reverse", journal.fund)
    lock_means(journal.fund_id)
    if journal.reverses_id is not None:
        raise Refusal(_("This journal takes another one back. Book the fact again instead of undoing this."))
    if Journal.objects.filter(reverses=journal).exists():
        raise Refusal(_("This journal has been taken back already."))
    lines = tuple(
        Line(line.account.code, -line.amount, line.purpose, line.party) for line in journal.postings.order_by("pk")
    )
    today = max(clock.today(journal.fund.time_zone), journal.business_on)
    source = ("reversal", str(journal.pk))
    entry = _Entry(journal.fund, JournalKind.REVERSAL, source, lines, by, today, texts or Memo(), journal)
    undone = _enter(entry)
    record("journal reversed", journal, by=by, fund=journal.fund, facts={"by_journal": str(undone.pk)})
    return undone


@transaction.atomic
def close_period(period_id: int, *, by: Any, at: datetime | None = None) -> Period:
    """For good. Raises Refusal while its last day has not passed or an earlier period is open."""
    period = Period.objects.select_for_update().get(pk=period_id)
    authorise(by, "ledger.close_period", period.fund)
    move(period, "close", at=at, by=None if isinstance(by, SystemActor) else by)
    period.save()
    record("period closed", period, by=by, fund=period.fund, before=PeriodState.OPEN, after=PeriodState.CLOSED)
    return period


def lock_means(fund_id: int) -> Fund:
    """Whoever promises, transfers or pays waits here for whoever does so in the same fund; facts from outside do not.

    To be taken last, after the row of the act itself, in the caller's transaction.
    """
    return Fund.objects.select_for_update(no_key=True).get(pk=fund_id)


def period_for(fund: Fund, business_on: date) -> Period:
    """Where a fact of that day is booked now: its own month, or the open one when its own is closed."""
    closed = Period.objects.filter(fund=fund, state=PeriodState.CLOSED).aggregate(last=Max("ends_on"))["last"]
    day = business_on
    if closed is not None and business_on <= closed:
        day = max(clock.today(fund.time_zone), closed + timedelta(days=1))
    period = Period.objects.filter(fund=fund, starts_on__lte=day, ends_on__gte=day).first()
    if period is not None:
        return period
    first = day.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return Period.objects.get_or_create(fund=fund, starts_on=first, defaults={"ends_on": last})[0]


def _check(entry: _Entry) -> None:
    if len(entry.lines) < FEWEST_LINES:
        message = f"a journal has two lines that move money: {entry.source}"
        raise ValueError(message)
    sums: Counter[str] = Counter()
    for line in entry.lines:
        sums[line.amount.currency] += line.amount.minor
        if heading_of(line.account_code).by_purpose != (line.purpose is not None):
            message = f"{line.account_code} of {entry.source} has a purpose missing or one too many"
            raise ValueError(message)
        if line.purpose is not None and line.purpose.fund_id != entry.fund.pk:
            message = f"purpose {line.purpose.pk} of {entry.source} belongs to another fund"
            raise ValueError(message)
    if any(sums.values()):
        message = f"debits and credits of {entry.source} differ: {dict(sums)}"
        raise ValueError(message)


def _enter(entry: _Entry) -> Journal:
    """Taking an internal act back is one too: it may draw on what was given since."""
    kind = entry.reverses.kind if entry.reverses else entry.kind
    return _book_within_means(entry) if kind in INTERNAL_ACTS else _book(entry)


@transaction.atomic
def _book_within_means(entry: _Entry) -> Journal:
    """Measured when it is booked, and out again with a refusal: what gives back is never in the way."""
    fund = lock_means(entry.fund.pk)
    standing = journal_of(fund, entry.source)
    journal = _book(entry)
    if standing is None:
        _refuse_overdraft(fund, journal)
    return journal


def _refuse_overdraft(fund: Fund, journal: Journal) -> None:
    left = means(fund)
    for (pot, currency), change in means(fund, journal).items():
        rest = left[pot, currency]
        if change.is_negative and rest.is_negative:
            raise Refusal(_overdraft(pot, max(rest - change, Money.zero(currency))))


def _overdraft(pot: Pot, left: Money) -> str:
    if pot is TOGETHER:
        sentence = _("This fund is overdrawn elsewhere. Its purposes together have %(left)s left.")
        return sentence % {"left": format_money(left)}
    what = Purpose.objects.get(pk=pot).name if isinstance(pot, int) else pot
    return _("%(what)s has %(left)s left, and this is more.") % {"what": what, "left": format_money(left)}


def _book(entry: _Entry) -> Journal:
    """Again once after a refusal: somebody else booked the same fact or closed the period in the same moment."""
    for attempt in range(ATTEMPTS):
        standing = journal_of(entry.fund, entry.source)
        if standing is not None:
            return _same(standing, entry)
        try:
            with transaction.atomic():
                return _insert(entry)
        except IntegrityError:
            if attempt + 1 == ATTEMPTS:
                raise
    raise AssertionError


def _same(standing: Journal, entry: _Entry) -> Journal:
    booked = Counter(standing.postings.values_list("account__code", "amount_minor", "currency", "purpose", "party"))
    asked = Counter(
        (line.account_code, line.amount.minor, line.amount.currency, line.purpose and line.purpose.pk, line.party)
        for line in entry.lines
    )
    if booked != asked:
        sentence = _("%(fact)s is in the books already, with other amounts. Reverse that journal before booking again.")
        raise Refusal(sentence % {"fact": standing})
    return standing


def _insert(entry: _Entry) -> Journal:
    """Postings first, the journal last: its insert is the moment at which the database checks the whole."""
    kind, identifier = entry.source
    journal = Journal(
        fund=entry.fund,
        kind=entry.kind,
        source_kind=kind,
        source_id=identifier,
        business_on=entry.business_on,
        period=period_for(entry.fund, entry.business_on),
        posted_at=clock.now(),
        by=None if isinstance(entry.by, SystemActor) else entry.by,
        memo=entry.texts.memo,
        public_memo=entry.texts.public_memo,
        reverses=entry.reverses,
    )
    Posting.objects.bulk_create(_posting(journal, line) for line in entry.lines)
    journal.save(force_insert=True)
    return journal


def _posting(journal: Journal, line: Line) -> Posting:
    account = _account(journal.fund, line.account_code)
    return Posting(
        journal_id=journal.pk,
        account=account,
        party=line.party,
        purpose=line.purpose,
        amount_minor=line.amount.minor,
        currency=line.amount.currency,
    )


def _account(fund: Fund, code: str) -> Account:
    heading = heading_of(code)
    kept = {"kind": heading.kind, "normal_side": heading.side, "by_purpose": heading.by_purpose}
    return Account.objects.get_or_create(fund=fund, code=code, defaults=kept)[0]
