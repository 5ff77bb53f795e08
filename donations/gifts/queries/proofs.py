"""What must hold between gifts, Stripe's movements and the books. Each check names every gift that breaks it."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import F, IntegerField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from donations.gifts.models import Attempt, Gift, MoneyMovement, Refund
from donations.gifts.queries.upkeep import unbooked_gifts
from donations.gifts.states import HOLDING, WITH_MONEY
from fundportal.ledger.models import Posting

PATIENCE = timedelta(hours=1)


def received_gifts_are_booked() -> Iterator[str]:
    """A balance transaction may lag behind the payment, though never for an hour."""
    for gift in unbooked_gifts(waited=PATIENCE).order_by("received_at", "pk"):
        yield f"gift {gift} was received more than an hour ago and is not in the books"


def refunds_stay_within_what_was_paid() -> Iterator[str]:
    """Breaks when somebody gave back in Stripe's dashboard what was being given back here as well."""
    paid = _sum(Attempt.objects.all(), "paid_minor")
    held = _sum(Refund.objects.filter(state__in=HOLDING), "amount_minor")
    gifts = Gift.objects.annotate(paid_minor=paid, held_minor=held).filter(held_minor__gt=F("paid_minor"))
    for gift in gifts.order_by("pk"):
        yield f"more is given back, or on its way back, than was paid for gift {gift}"


def journals_say_what_moved() -> Iterator[str]:
    """The contribution in the books is the gross of the movement that it was booked for."""
    booked = Posting.objects.filter(journal=OuterRef("journal"), account__code="contributions").order_by()
    sums = booked.values("journal").annotate(sum=Sum("amount_minor")).values("sum")
    movements = MoneyMovement.objects.filter(journal__isnull=False)
    wrong = movements.annotate(booked_minor=Coalesce(Subquery(sums), 0)).exclude(booked_minor=-F("gross_minor"))
    for movement in wrong.order_by("pk"):
        yield f"the journal of {movement} says another amount than Stripe"


def received_gifts_were_paid() -> Iterator[str]:
    paid = _sum(Attempt.objects.all(), "paid_minor")
    gifts = Gift.objects.filter(state__in=WITH_MONEY).annotate(paid_minor=paid).filter(paid_minor=0)
    for gift in gifts.order_by("pk"):
        yield f"gift {gift} counts as received although no attempt to pay it succeeded"


def _sum(rows: QuerySet, column: str) -> Coalesce:
    of_gift = rows.filter(gift=OuterRef("pk")).order_by().values("gift")
    return Coalesce(Subquery(of_gift.annotate(sum=Sum(column)).values("sum")), Value(0), output_field=IntegerField())


PROOFS = {
    "gifts: received gifts are in the books within the hour": received_gifts_are_booked,
    "gifts: refunds stay within what was paid": refunds_stay_within_what_was_paid,
    "gifts: journals say what moved at Stripe": journals_say_what_moved,
    "gifts: received gifts were paid": received_gifts_were_paid,
}
