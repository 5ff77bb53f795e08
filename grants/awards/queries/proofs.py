"""What must always hold between awards, payments and the books. Each yields a sentence per fact that breaks it."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q, Sum

from fundportal.ledger.models import Posting
from grants.awards.models import Award, Tranche
from grants.awards.states import AT_THE_BANK, ENDED_AT_ONCE, TrancheState
from grants.decisions.models import BudgetHold


def awards_account_for_their_money() -> Iterator[str]:
    """Awarded = payable + in transit + paid, for each award: in the books, and against its row and its payments."""
    payable, awarded, gone = _payable(), _awarded(), _gone()
    for award in Award.objects.order_by("pk"):
        key = (award.fund_id, award.reference, award.currency)
        left, sent, booked = payable.get(key, 0), gone.get(award.pk, 0), awarded.get(key, 0)
        if booked != award.amount_minor:
            yield f"{award}: the books award {booked} and the award says {award.amount_minor}"
        if left + sent != award.amount_minor:
            yield f"{award}: {left} payable and {sent} at the bank do not make {award.amount_minor}"


def payments_stay_within_their_award() -> Iterator[str]:
    counting = Tranche.objects.exclude(state=TrancheState.CANCELLED).order_by().values("award")
    sums = counting.annotate(sum=Sum("amount_minor")).filter(sum__gt=F("award__amount_minor"))
    for row in sums.values("award__reference", "sum", "award__amount_minor"):
        yield f"{row['award__reference']}: payments come to {row['sum']} of {row['award__amount_minor']}"


def no_money_is_held_beside_an_award() -> Iterator[str]:
    """Money held for a decision and promised by its award would be counted twice."""
    made = Award.objects.filter(decision=OuterRef("decision"))
    for hold in BudgetHold.objects.filter(Exists(made), ended_at__isnull=True).order_by("pk"):
        yield f"{hold} is held although its award is in the books"
    fallen = Q(decision__award__state__in=ENDED_AT_ONCE, is_committed=True)
    for hold in BudgetHold.objects.filter(fallen).order_by("pk"):
        yield f"{hold} still takes of its call’s budget although its award has ended"


def amounts_are_offered_and_changed() -> Iterator[str]:
    """What is promised now is what was offered with every change since."""
    rows = Award.objects.annotate(changed=Sum("changes__amount_minor", default=0)).order_by("pk")
    for award in rows.exclude(amount_minor=F("offered_minor") + F("changed")):
        yield f"{award}: {award.offered_minor} offered, {award.changed} changed, {award.amount_minor} promised"


PROOFS = {
    "7 awarded is payable, at the bank or paid, for each award": awards_account_for_their_money,
    "payments stay within their award": payments_stay_within_their_award,
    "no money is held beside an award": no_money_is_held_beside_an_award,
    "an award is what was offered and changed since": amounts_are_offered_and_changed,
}
Key = tuple[int, str, str]


def _payable() -> dict[Key, int]:
    """By fund, reference and currency."""
    lines = Posting.objects.filter(account__code__startswith="grants_payable:").order_by()
    rows = lines.values_list("account__fund", "account__code", "currency").annotate(debit=Sum("amount_minor"))
    return {(fund, code.partition(":")[2], currency): -debit for fund, code, currency, debit in rows}


def _awarded() -> dict[Key, int]:
    """The party of the line is the reference of the award."""
    lines = Posting.objects.filter(account__code="grants_awarded").order_by()
    rows = lines.values_list("account__fund", "party", "currency").annotate(debit=Sum("amount_minor"))
    return {(fund, party, currency): debit for fund, party, currency, debit in rows}


def _gone() -> dict[int, int]:
    """By award: what the bank was told to pay, and has not given back."""
    sent = Tranche.objects.filter(state__in=AT_THE_BANK).order_by()
    return dict(sent.values_list("award").annotate(sum=Sum("amount_minor")))
