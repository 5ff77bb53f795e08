"""What must always hold between awards, payments and the books. Each yields a sentence per fact that breaks it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from django.db.models import Exists, F, OuterRef, Q, Sum

from fundportal.ledger.models import Posting
from grants.awards.models import AmendedTerm, Award, Tranche, UnspentSettlement
from grants.awards.states import AT_THE_BANK, ENDED_AT_ONCE, AmendmentState, Settlement, TermKind, TrancheState
from grants.decisions.models import BudgetHold


def awards_account_for_their_money() -> Iterator[str]:
    """Awarded = payable + in transit + paid, for each award: in the books, and against its row and its payments.

    What the grantee returned unspent is awarded no more, and was paid all the same.
    """
    payable, awarded, gone, back = _payable(), _awarded(), _gone(), _returned()
    for award in Award.objects.order_by("pk"):
        key = (award.fund_id, award.reference, award.currency)
        left, sent, booked = payable.get(key, 0), gone.get(award.pk, 0), awarded.get(key, 0)
        kept = award.amount_minor - back.get(award.pk, 0)
        if booked != kept:
            yield f"{award}: the books award {booked} and the award says {kept}"
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


def no_more_is_returned_than_was_paid() -> Iterator[str]:
    gone = _gone()
    for award_id, minor in sorted(_returned().items()):
        if minor > gone.get(award_id, 0):
            yield f"award {award_id}: {minor} came back of {gone.get(award_id, 0)} paid"


def changes_in_force_still_stand() -> Iterator[str]:
    """The last day, the days of reports and the lines of the budget are what the last change in force made of them."""
    in_force = AmendedTerm.objects.filter(amendment__state=AmendmentState.APPLIED, kind__in=STILL_STAND)
    known = in_force.select_related("amendment__award", "report", "budget_line")
    last: dict[tuple[object, ...], AmendedTerm] = {}
    for term in known.order_by("amendment__award", "amendment__number"):
        last[term.amendment.award_id, term.kind, term.report_id, term.budget_line_id] = term
    for term in last.values():
        if STILL_STAND[TermKind(term.kind)](term) != (term.day_after or term.minor_after):
            yield f"{term.amendment}: its {term.kind} does not stand any more"


STILL_STAND: Final[Mapping[TermKind, Callable[[AmendedTerm], object]]] = {
    TermKind.ENDS_ON: lambda term: term.amendment.award.ends_on,
    TermKind.REPORT_PERIOD: lambda term: term.report.period_ends_on,
    TermKind.REPORT_DUE: lambda term: term.report.due_on,
    TermKind.BUDGET_LINE: lambda term: term.budget_line.amount_minor,
}
PROOFS = {
    "7 awarded is payable, at the bank or paid, for each award": awards_account_for_their_money,
    "payments stay within their award": payments_stay_within_their_award,
    "no money is held beside an award": no_money_is_held_beside_an_award,
    "no more is returned than was paid": no_more_is_returned_than_was_paid,
    "changes in force still stand": changes_in_force_still_stand,
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


def _returned() -> dict[int, int]:
    """By award: what its grantee sent back unspent."""
    back = UnspentSettlement.objects.filter(kind=Settlement.RETURNED).order_by()
    return dict(back.values_list("award").annotate(sum=Sum("amount_minor")))
