"""What must always hold between payments and the books. Each yields a sentence per fact that breaks it."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import F, Q, Sum

from fundportal.ledger.models import Journal, Posting
from fundportal.money import Money
from grants.awards.models import UnspentSettlement
from grants.awards.states import Settlement
from grants.payments.models import BankLine, Instruction, LineMatch
from grants.payments.states import AT_THE_BANK, LineKind


def in_transit_is_what_is_not_confirmed() -> Iterator[str]:
    """By bank account: the books know of exactly the payments that left and are not on the statement."""
    booked: Counter[tuple[int, str, str]] = Counter()
    postings = Posting.objects.filter(account__code__startswith="payments_in_transit:").order_by()
    rows = postings.values_list("account__fund", "account__code", "currency").annotate(debit=Sum("amount_minor"))
    for fund, code, currency, debit in rows:
        booked[fund, code.partition(":")[2], currency] -= debit
    kept = ("run__fund", "run__bank_account__code", "currency")
    open_ones = Instruction.objects.in_transit().order_by().values_list(*kept).annotate(sum=Sum("amount_minor"))
    for fund, code, currency, amount in open_ones:
        booked[fund, code, currency] -= amount
    for (fund, code, currency), rest in sorted(booked.items()):
        if rest:
            yield f"fund {fund} has {Money(rest, currency)} in transit at {code} that no open payment accounts for"


def each_payment_is_booked_once() -> Iterator[str]:
    """What went to the bank has its journal over its amount; what did not has none."""
    left = Instruction.objects.filter(run__state__in=AT_THE_BANK)
    journals = Posting.objects.filter(
        journal__source_kind="instruction", account__code__startswith="grants_payable:", amount_minor__gt=0
    )
    facts = journals.values_list("account__fund", "journal__source_id", "amount_minor", "currency")
    booked = Counter(facts.order_by())
    due = Counter(left.order_by().values_list("run__fund", "obligation", "amount_minor", "currency"))
    for (_fund, obligation, amount, currency), _times in sorted((due - booked).items()):
        yield f"{obligation} over {Money(amount, currency)} went to the bank and is not in the books"
    for (_fund, obligation, amount, currency), _times in sorted((booked - due).items()):
        yield f"{obligation} over {Money(amount, currency)} is in the books and no payment that went to the bank"


def no_award_is_overpaid() -> Iterator[str]:
    sums = (
        Instruction.objects.in_force()
        .filter(run__state__in=AT_THE_BANK)
        .order_by()
        .values("tranche__award__reference")
        .annotate(sum=Sum("amount_minor"), award=F("tranche__award__amount_minor"))
        .filter(sum__gt=F("award"))
    )
    for row in sums.order_by("tranche__award__reference"):
        yield f"{row['tranche__award__reference']} was paid more than it is for"


def each_bank_line_is_booked() -> Iterator[str]:
    """To the cent, in the account whose statement it is from."""
    journals = Journal.objects.filter(source_kind="bank_line", postings__account__code__startswith="bank:")
    facts = journals.order_by().values_list("source_id", "postings__amount_minor", "postings__currency")
    booked = Counter(facts.filter(postings__account__code__startswith="bank:"))
    lines = BankLine.objects.order_by().values_list("pk", "amount_minor", "currency")
    told = Counter((str(pk), amount, currency) for pk, amount, currency in lines)
    for (pk, amount, currency), _times in sorted((told - booked).items()):
        yield f"line {pk} of a statement over {Money(amount, currency)} is not in the books"


def each_return_has_its_line() -> Iterator[str]:
    """By award: what its grantee sent back is what lines of the statements brought."""
    lines = LineMatch.objects.filter(kind=LineKind.UNSPENT).order_by().values_list("award__reference")
    brought = Counter(dict(lines.annotate(sum=Sum("line__amount_minor"))))
    rows = UnspentSettlement.objects.filter(kind=Settlement.RETURNED).order_by().values_list("award__reference")
    told = Counter(dict(rows.annotate(sum=Sum("amount_minor"))))
    for reference in sorted(brought.keys() | told.keys()):
        if brought[reference] != told[reference]:
            yield f"{reference}: lines brought {brought[reference]} back and the award says {told[reference]}"


def no_run_is_settled_too_early() -> Iterator[str]:
    early = Q(run__state="settled", confirmed_at__isnull=True, ended_at__isnull=True)
    for instruction in Instruction.objects.filter(early).order_by("pk"):
        yield f"{instruction} is open in a run that says it is settled"
