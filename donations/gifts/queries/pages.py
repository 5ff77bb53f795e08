from django.db.models import Prefetch, QuerySet

from donations.gifts.models import Attempt, Gift, MoneyMovement, Refund
from fundportal.ledger.models import Journal


def gift_in_full(gifts: QuerySet[Gift], reference: str) -> Gift | None:
    """One of these gifts with all that its page tells, in a constant number of queries."""
    refunds = Refund.objects.select_related("requested_by", "decided_by").order_by("requested_at", "pk")
    movements = MoneyMovement.objects.select_related("journal").order_by("occurred_at", "pk")
    parts = (
        Prefetch("attempts", Attempt.objects.order_by("number")),
        Prefetch("refunds", refunds),
        Prefetch("movements", movements),
    )
    known = gifts.select_related("fund", "campaign", "purpose", "donor").prefetch_related(*parts)
    return known.filter(reference=reference).first()


def journals_behind(gift: Gift) -> list[Journal]:
    """The journals of the gift's money with their lines, oldest first."""
    booked = [movement.journal_id for movement in gift.movements.all() if movement.journal_id]
    return list(Journal.objects.with_lines().filter(pk__in=booked).order_by("posted_at", "pk"))
