"""What the books say of a grant: promised, paid, on its way to the grantee, still to come, returned unspent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, Sum

from fundportal.ledger.models import Posting
from fundportal.ledger.states import JournalKind
from fundportal.money import Money
from grants.awards.models import Award, Tranche
from grants.awards.states import TrancheState

RETURNED = "returned"
PROMISES = (JournalKind.AWARD, JournalKind.AWARD_CHANGE)


@dataclass(frozen=True)
class GrantMoney:
    """`promised` holds the next three, to the cent. What was `returned` counts in neither: it is promised no more."""

    promised: Money
    paid: Money
    on_its_way: Money
    to_come: Money
    returned: Money


def money_of(awards: Sequence[Award]) -> dict[str, GrantMoney]:
    """By reference. Two queries, however many grants there are.

    The account of what is owed to a grantee grows with promises and shrinks with payments that were instructed; of
    these the ones that the bank has not confirmed are still on their way.
    """
    moves = _moves(awards)
    on_its_way = _on_its_way(awards)
    return {award.reference: _money(award, moves.get(award.payable_account, {}), on_its_way) for award in awards}


def _money(award: Award, moves: dict[str, int], on_its_way: dict[int, int]) -> GrantMoney:
    returned = moves.get(RETURNED, 0)
    promised = -sum(moves.get(kind, 0) for kind in PROMISES) - returned
    to_come = -sum(debit for kind, debit in moves.items() if kind != RETURNED)
    waiting = on_its_way.get(award.pk, 0)
    figures = (promised, promised - to_come - waiting, waiting, to_come, returned)
    return GrantMoney(*(Money(minor, award.currency) for minor in figures))


def _moves(awards: Iterable[Award]) -> dict[str, dict[str, int]]:
    """By account and kind of journal, debits above zero; under RETURNED what a line of the bank brought back."""
    accounts = {award.reference: award.payable_account for award in awards}
    owed = Q(account__code__in=accounts.values())
    back = Q(account__code="grants_awarded", party__in=accounts.keys(), journal__kind=JournalKind.BANK_LINE)
    lines = Posting.objects.filter(owed | back).order_by()
    found: dict[str, dict[str, int]] = {}
    rows = lines.values_list("account__code", "party", "journal__kind").annotate(Sum("amount_minor"))
    for account, party, kind, debit in rows:
        is_back = account == "grants_awarded"
        moves = found.setdefault(accounts[party] if is_back else account, {})
        name = RETURNED if is_back else kind
        moves[name] = moves.get(name, 0) + (-debit if is_back else debit)
    return found


def _on_its_way(awards: Iterable[Award]) -> dict[int, int]:
    at_the_bank = Tranche.objects.filter(award__in=[award.pk for award in awards], state=TrancheState.INSTRUCTED)
    return dict(at_the_bank.order_by().values_list("award").annotate(Sum("amount_minor")))
