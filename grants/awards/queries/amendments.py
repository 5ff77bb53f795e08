"""Changes of grants: what they hold of the money, and how far a budget has moved by itself."""

from collections.abc import Iterable, Iterator

from django.db.models import F, QuerySet, Sum

from fundportal.funds.models import Fund
from fundportal.money import Money
from grants.awards.models import AmendedTerm, Amendment, Award
from grants.awards.states import FREE_MOVE_TENTHS, AmendmentState, Side, TermKind


def held_for_raises(fund: Fund) -> Iterator[tuple[int, Money]]:
    """For the ledger: what approved changes will promise once they are signed, by purpose. One query."""
    rows = _raises().filter(amendment__award__fund=fund).order_by()
    sums = rows.values_list("amendment__award__purpose", "amendment__award__currency").annotate(raised=_RAISED)
    for purpose, currency, raised in sums:
        yield purpose, Money(raised, currency)


def pending_raise(award: Award) -> int:
    """In minor units: approved, and not in force yet."""
    return _raises().filter(amendment__award=award).aggregate(raised=_RAISED)["raised"] or 0


def is_small_move(amendment: Amendment, terms: Iterable[AmendedTerm]) -> bool:
    """The grantee moves at most a tenth of the budget between its lines.

    Measured from the budget that both sides signed last, so that many small moves do not add up to a large one.
    """
    changed = {term.budget_line_id: term for term in terms}
    if amendment.side != Side.GRANTEE or any(term.kind != TermKind.BUDGET_LINE for term in changed.values()):
        return False
    signed = _signed_budget(amendment.award)
    after = {line: changed[line].minor_after or 0 if line in changed else now for line, (_then, now) in signed.items()}
    moved = sum(max(0, after[line] - then) for line, (then, _now) in signed.items())
    whole = sum(then for then, _now in signed.values())
    return sum(after.values()) == whole and moved * FREE_MOVE_TENTHS <= whole


def _signed_budget(award: Award) -> dict[int, tuple[int, int]]:
    """Each line of the budget as it was signed, and as it is now."""
    found = {line.pk: (line.amount_minor, line.amount_minor) for line in award.budget_lines.all()}
    applied = Amendment.objects.filter(award=award, state=AmendmentState.APPLIED)
    last_signed = applied.filter(is_small=False).order_by("-number").values_list("number", flat=True).first() or 0
    since = AmendedTerm.objects.filter(
        kind=TermKind.BUDGET_LINE,
        amendment__in=applied.filter(is_small=True, number__gt=last_signed).order_by().values("pk"),
    )
    for term in since.order_by("-amendment__number"):
        found[term.budget_line_id] = (term.minor_before or 0, found[term.budget_line_id][1])
    return found


def _raises() -> QuerySet[AmendedTerm]:
    approved = AmendedTerm.objects.filter(kind=TermKind.AMOUNT, amendment__state=AmendmentState.APPROVED)
    return approved.filter(minor_after__gt=F("minor_before"))


_RAISED = Sum(F("minor_after") - F("minor_before"))
