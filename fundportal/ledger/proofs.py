"""The invariants of the books themselves, numbered as in docs. Each yields a sentence per fact that breaks it.

The database refuses most of these as they happen; asked again here they also hold after a restore, an import, or a
hand at the database's own prompt.
"""

from collections.abc import Iterator

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from fundportal.funds.models import Fund
from fundportal.ledger import invariants, rules
from fundportal.ledger.models import Journal, Posting
from fundportal.ledger.queries import balances, purpose_balances
from fundportal.ledger.states import AccountKind, PeriodState
from fundportal.money import Money


def journals_balance() -> Iterator[str]:
    sums = Posting.objects.order_by().values("journal", "currency").annotate(debit=Sum("amount_minor")).exclude(debit=0)
    for row in sums:
        yield f"journal {row['journal']} is out by {Money(row['debit'], row['currency'])}"
    for journal in Journal.objects.annotate(lines=Count("postings")).filter(lines__lt=2).order_by("pk"):
        yield f"journal {journal.pk} ({journal}) has fewer than two lines"
    for line in Posting.objects.filter(~Exists(Journal.objects.filter(pk=OuterRef("journal_id")))).order_by("pk"):
        yield f"posting {line.pk} has no journal"


def lines_stand_in_their_place() -> Iterator[str]:
    """Accounts and purposes of the journal's own fund; a purpose exactly where the chart asks for one."""
    elsewhere = ~Q(account__fund=F("journal__fund")) | Q(purpose__isnull=False) & ~Q(purpose__fund=F("journal__fund"))
    for line in Posting.objects.filter(elsewhere).order_by("pk"):
        yield f"posting {line.pk} of journal {line.journal_id} stands in the books of another fund"
    unplaced = Q(account__by_purpose=True, purpose__isnull=True) | Q(account__by_purpose=False, purpose__isnull=False)
    for line in Posting.objects.filter(unplaced).order_by("pk"):
        yield f"posting {line.pk} of journal {line.journal_id} has a purpose missing or one too many"


def nothing_is_changed() -> Iterator[str]:
    """The triggers stand; a reversal mirrors its journal, and is not reversed itself."""
    for name in rules.missing():
        yield f"the trigger {name} is not standing in this database"
    for journal in Journal.objects.filter(reverses__reverses__isnull=False).order_by("pk"):
        yield f"journal {journal.pk} reverses a reversal"
    pairs = Posting.objects.filter(
        Q(journal__reverses__isnull=False) | Q(journal__reversed_by__isnull=False)
    ).order_by()
    rests = (
        pairs.annotate(first=Coalesce("journal__reverses", "journal"))
        .values("first", "account", "party", "purpose", "currency")
        .annotate(debit=Sum("amount_minor"))
        .exclude(debit=0)
    )
    for first in sorted({str(row["first"]) for row in rests}):
        yield f"journal {first} is reversed in part only"


def facts_book_once() -> Iterator[str]:
    keys = ("fund", "source_kind", "source_id")
    for row in Journal.objects.order_by().values(*keys).annotate(times=Count("pk")).filter(times__gt=1):
        yield f"{row['source_kind']}:{row['source_id']} is booked {row['times']} times in fund {row['fund']}"


def purposes_account_for_everything() -> Iterator[str]:
    """Assets less liabilities are what the purposes hold, available and disputed, in each fund and currency."""
    for fund in Fund.objects.order_by("pk"):
        held: dict[str, int] = {}
        for row in balances(fund):
            sign = {AccountKind.ASSET: 1, AccountKind.LIABILITY: -1, AccountKind.FUND: 0}[row.kind]
            held[row.balance.currency] = held.get(row.balance.currency, 0) + sign * row.balance.minor
        for purpose in purpose_balances(fund):
            currency = purpose.available.currency
            held[currency] = held.get(currency, 0) - purpose.available.minor - purpose.disputed.minor
        for currency, minor in sorted(held.items()):
            if minor:
                yield f"fund {fund.code} holds {Money(minor, currency)} that no purpose accounts for"


def amounts_are_whole() -> Iterator[str]:
    """SQLite would keep a fraction in a column of integers; PostgreSQL is asked for the column's type."""
    question = (
        "SELECT id FROM ledger_posting WHERE typeof(amount_minor) <> 'integer'"
        if connection.vendor == "sqlite"
        else "SELECT attname FROM pg_attribute WHERE attrelid = 'ledger_posting'::regclass"
        " AND attname = 'amount_minor' AND atttypid <> 'bigint'::regtype"
    )
    with connection.cursor() as cursor:
        cursor.execute(question)
        for (found,) in cursor.fetchall():
            yield f"posting {found} is not in whole minor units"


def closed_periods_stay_closed() -> Iterator[str]:
    late = Q(period__state=PeriodState.CLOSED, posted_at__gt=F("period__closed_at"))
    for journal in Journal.objects.filter(late).select_related("period").order_by("pk"):
        yield f"journal {journal.pk} was booked into {journal.period} after it was closed"
    for journal in Journal.objects.filter(business_on__gt=F("period__ends_on")).order_by("pk"):
        yield f"journal {journal.pk} was booked into a period before its day"


def register_all() -> None:
    invariants.register("1 every journal sums to zero and has two lines", journals_balance)
    invariants.register("1 every line stands in its fund and purpose", lines_stand_in_their_place)
    invariants.register("2 nothing in the books is changed", nothing_is_changed)
    invariants.register("3 a money fact is booked once", facts_book_once)
    invariants.register("7 the purposes account for everything held", purposes_account_for_everything)
    invariants.register("10 amounts are whole minor units", amounts_are_whole)
    invariants.register("11 a closed period takes no journal", closed_periods_stay_closed)
