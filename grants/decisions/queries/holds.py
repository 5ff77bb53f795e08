"""What adopted decisions hold of a fund's money until the award is in the books."""

from collections.abc import Iterator

from django.db.models import F, Sum

from fundportal.funds.models import Fund
from fundportal.money import Money
from grants.calls.models import Call
from grants.decisions.models import BudgetHold


def held_by_purpose(fund: Fund) -> Iterator[tuple[int, Money]]:
    """For the ledger. One query."""
    in_force = BudgetHold.objects.filter(purpose__fund=fund, ended_at__isnull=True)
    sums = in_force.order_by().values_list("purpose", "currency").annotate(held=Sum("amount_minor"))
    for purpose, currency, held in sums:
        yield purpose, Money(held, currency)


def agreed(call: Call) -> Money:
    """What adopted decisions of the call took of its budget, announced or not, paid or not."""
    promised = BudgetHold.objects.filter(decision__deliberation__call=call, currency=call.currency)
    in_force = promised.filter(ended_at__isnull=True) | promised.filter(is_committed=True)
    return Money(in_force.aggregate(agreed=Sum("amount_minor", default=0))["agreed"], call.currency)


def holds_without_a_decision() -> Iterator[str]:
    """A hold in force stands for an approval in force, to the cent."""
    in_force = BudgetHold.objects.filter(ended_at__isnull=True).select_related("decision__application")
    good = in_force.filter(
        decision__is_effective=True, decision__outcome="approve", decision__amount_minor=F("amount_minor")
    )
    for hold in in_force.exclude(pk__in=good.values("pk")).order_by("pk"):
        yield f"{hold} is held without a decision that says so"
