"""Lines of bank statements as pages show them."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet, Value

from fundportal.accounts.models import User
from fundportal.organisations.queries import conflicted_ids
from grants.awards.models import Award
from grants.payments.models import BankLine, Instruction

PER_PAGE = 50
FIRST_FEW = 10
JOINED = ("bank_account__fund", "match__instruction__tranche__award", "match__purpose", "match__award", "match__by")
UNKNOWN_LINES, KNOWN_LINES = "unknown", "known"
FILTERS = {"": Q(), UNKNOWN_LINES: Q(match__isnull=True), KNOWN_LINES: Q(match__isnull=False)}


@dataclass(frozen=True)
class LineCounts:
    total: int
    unknown: int

    @property
    def known(self) -> int:
        return self.total - self.unknown


def line_page(person: User, *, wanted: str, number: object) -> Page[BankLine]:
    """The newest first; `wanted` is a key of FILTERS, any other narrows nothing."""
    found = _seen(person).filter(FILTERS.get(wanted, Q()))
    return Paginator(found.order_by("-booked_on", "-pk"), PER_PAGE).get_page(number)


def line_counts(person: User) -> LineCounts:
    counts = _seen(person).aggregate(total=Count("pk"), unknown=Count("pk", filter=Q(match__isnull=True)))
    return LineCounts(**counts)


def unmatched_lines(person: User) -> list[BankLine]:
    """The oldest few nobody understands yet."""
    return list(_seen(person).filter(match__isnull=True).order_by("booked_on", "pk")[:FIRST_FEW])


def line_in_full(person: User, pk: int) -> BankLine | None:
    return _seen(person).select_related("statement__imported_by").filter(pk=pk).first()


def payments_like(line: BankLine, person: User) -> QuerySet[Instruction]:
    """Payments out of the account of this line that it may be: of its amount, on their way, or back from there."""
    here = Instruction.objects.visible_to(person).filter(
        run__bank_account=line.bank_account_id, amount_minor=abs(line.amount_minor), currency=line.currency
    )
    is_out = line.amount_minor < 0
    fitting = here.filter(confirmed_at__isnull=is_out, ended_at__isnull=True, run__exported_at__isnull=False)
    return fitting.select_related("tranche__award__organisation").order_by("obligation")


def grant_named(line: BankLine, person: User) -> str:
    """The reference of the grant that came back, where the bank printed it; "" where it printed none or several."""
    here = Award.objects.filter(fund=line.bank_account.fund_id).exclude(organisation__in=conflicted_ids(person))
    found = here.annotate(said=Value(line.reference)).filter(said__icontains=F("reference"))
    named = list(found.order_by("reference").values_list("reference", flat=True)[:2])
    return named[0] if len(named) == 1 else ""


def _seen(person: User) -> QuerySet[BankLine]:
    """Without the payments to organisations this person keeps away from."""
    tied = conflicted_ids(person)
    kept_away = Q(match__instruction__tranche__award__organisation__in=tied) | Q(match__award__organisation__in=tied)
    return BankLine.objects.visible_to(person).exclude(kept_away).select_related(*JOINED)
